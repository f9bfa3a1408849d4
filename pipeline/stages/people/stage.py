"""The stage: tables in, `people` and `officials` out."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby
from typing import Any

import numpy as np
import pyarrow as pa

from pipeline.contract import DATASETS
from pipeline.rulebook import Rulebook
from pipeline.stages.base import Stage, Tables
from pipeline.stages.people.codes import PostPlaces
from pipeline.stages.people.context import Context, Mention, PlaceSpan, bare
from pipeline.stages.people.identity import Held, People, Person, person_id
from pipeline.stages.people.reading import read
from pipeline.stages.people.rules import FAMILY, Officials
from pipeline.stages.people.titles import Post
from pipeline.stages.scan import Scan, ScanArticle


def run(tables: Tables, rulebook: Rulebook) -> dict[str, pa.Table]:
    """Everyone named on the pages of a batch, and every post that is said of them."""
    scan = Scan.of(tables["documents"], tables["articles"], tables["sentences"])
    return people_tables(scan, tables["places"], rulebook["officials"])


def people_tables(scan: Scan, places: pa.Table, rules: Officials) -> dict[str, pa.Table]:
    """The tables of the stage from a scan and the places found in it."""
    articles = _contexts(scan, places)
    mentions = _by_article(scan, read(scan.text, rules, _whole(scan, articles)))
    located = [PostPlaces(scan.text, context, rules.words("nation"), rules.words("state_body")) for context in articles]
    persons = _persons(scan, mentions, located)
    people: dict[str, list[Any]] = defaultdict(list)
    officials: dict[str, list[Any]] = defaultdict(list)
    unplaced: list[tuple[int, int, Post]] = []
    for article, locate, found in zip(scan.articles, located, mentions, strict=True):
        for mention in found:
            name = bare(scan.text[mention.start : mention.end])
            identity = person_id(persons[mention.start], mention.role, article.doc_id, article.publication)
            where = {"start": mention.start, "end": mention.end, "person_id": identity}
            _append(people, **where, rule_id=mention.rule_id, person=name, role=mention.role)
            for post in mention.posts:
                code = locate.code(post)
                if code is None and locate.is_local(post):
                    unplaced.append((mention.start, mention.end, post))
                own = {"title": post.title, "organisation": post.organisation, "post": post.name, "status": post.status}
                _append(officials, **where, rule_id=post.word.rule_id, person=name, place_code=code, **own)
    return {"people": _table("people", scan, people), "officials": _table("officials", scan, officials), "issues": _issues(scan, unplaced)}


def _persons(scan: Scan, mentions: Sequence[Sequence[Mention]], located: Sequence[PostPlaces]) -> dict[int, Person]:
    """Who each mention is, by where it starts."""
    out: dict[int, Person] = {}
    pages: dict[str, People] = defaultdict(People)
    for article, locate, found in zip(scan.articles, located, mentions, strict=True):
        for mention in found:
            posts = [Held(post.title, locate.code(post), locate.settles(post)) for post in mention.posts]
            out[mention.start] = pages[article.doc_id].who(bare(scan.text[mention.start : mention.end]), posts)
    return out


def _contexts(scan: Scan, places: pa.Table) -> list[Context]:
    """What is known around each article, in the positions of the whole batch."""
    positions = scan.positions(places)
    bases = [article.base for article in scan.articles]
    of_article = (np.searchsorted(bases, [start for start, _ in positions], side="right") - 1).tolist()
    spans: list[list[PlaceSpan]] = [[] for _ in scan.articles]
    columns = (places[name].to_numpy().tolist() for name in ("code", "level", "deictic"))
    for n, (start, end), code, level, deictic in zip(of_article, positions, *columns, strict=True):
        spans[n].append(PlaceSpan(start, end, code, level, bool(deictic)))
    pages: dict[str, list[PlaceSpan]] = defaultdict(list)
    for n, article in enumerate(scan.articles):
        pages[article.doc_id] += spans[n]
    return [
        Context(spans[n], _kinds(article), article.home_code, article.place_code, page_places=pages[article.doc_id])
        for n, article in enumerate(scan.articles)
    ]


def _whole(scan: Scan, articles: Sequence[Context]) -> Context:
    """The articles' contexts as one, each page a stretch of its own."""
    pages: list[tuple[int, int]] = []
    for _, group in groupby(scan.articles, key=lambda article: article.doc_id):
        own = list(group)
        pages.append((own[0].base, own[-1].base + len(own[-1].text)))
    return Context(
        places=[place for context in articles for place in context.places],
        kinds=[kind for context in articles for kind in context.kinds],
        pages=pages,
    )


def _by_article(scan: Scan, mentions: Sequence[Mention]) -> list[list[Mention]]:
    out: list[list[Mention]] = [[] for _ in scan.articles]
    bases = [article.base for article in scan.articles]
    for mention in mentions:
        out[bisect_right(bases, mention.start) - 1].append(mention)
    return out


def _kinds(article: ScanArticle) -> list[tuple[int, int, str]]:
    """Where each headline, byline and caption stands."""
    ends = [*article.sentence_starts[1:], len(article.text)]
    return [
        (article.base + start, article.base + end, kind)
        for start, end, kind in zip(article.sentence_starts, ends, article.sentence_kinds, strict=True)
        if kind != "body"
    ]


def _issues(scan: Scan, unplaced: Sequence[tuple[int, int, Post]]) -> pa.Table:
    """A row for each post that some place has and neither the page nor the title says which."""
    columns: dict[str, Any] = scan.place([start for start, _, _ in unplaced], [end for _, end, _ in unplaced])
    columns.pop("raw_spans")
    columns["kind"] = ["unresolved_place"] * len(unplaced)
    columns["stage"] = ["people"] * len(unplaced)
    columns["rule_id"] = [post.word.rule_id for _, _, post in unplaced]
    columns["context"] = [f"the place of the post {post.title}" for _, _, post in unplaced]
    return DATASETS["issues"].table(columns)


def _append(columns: dict[str, list[Any]], **values: object) -> None:
    for name, value in values.items():
        columns[name].append(value)


def _table(name: str, scan: Scan, columns: dict[str, list[Any]]) -> pa.Table:
    if not columns:
        return DATASETS[name].empty()
    starts: Sequence[int] = columns.pop("start")
    ends: Sequence[int] = columns.pop("end")
    return DATASETS[name].table({**scan.common(starts, ends, columns.pop("rule_id")), **columns})


STAGE = Stage(
    name="people",
    room="pipeline.stages.people",
    reads=("documents", "articles", "sentences", "places"),
    writes=("people", "officials", "issues"),
    rules=("officials",),
    run=run,
    families=(FAMILY,),
    about="Finds every named person, and every post that is said of an official.",
)
