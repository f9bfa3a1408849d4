"""The stage: tables in, `people` and `officials` out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Literal

import numpy as np
import pyarrow as pa

from pipeline.contract import DATASETS
from pipeline.rulebook import Rulebook
from pipeline.stages.base import Stage, Tables
from pipeline.stages.people.codes import PostPlaces
from pipeline.stages.people.identity import person_id
from pipeline.stages.people.names import Candidates
from pipeline.stages.people.reading import Context, Mention, PlaceSpan, bare, read, stronger
from pipeline.stages.people.rules import FAMILY, Officials
from pipeline.stages.scan import Scan, ScanArticle

#: What to do with persons who hold no public post and are no journalists.
PrivatePersons = Literal["keep", "mask", "drop"]


def run(tables: Tables, rulebook: Rulebook) -> dict[str, pa.Table]:
    """Everyone named on the pages of a batch, and every post that is said of them."""
    scan = Scan.of(tables["documents"], tables["articles"], tables["sentences"])
    return people_tables(scan, tables["places"], rulebook["officials"])


def people_tables(scan: Scan, places: pa.Table, rules: Officials, private_persons: PrivatePersons = "keep") -> dict[str, pa.Table]:
    """The tables of the stage from a scan and the places found in it."""
    articles = list(_articles(scan, places, rules))
    posts_of: dict[tuple[str, str], list[tuple[str, str | None]]] = defaultdict(list)
    roles_of: dict[tuple[str, str], str] = {}
    for article, mentions, locate in articles:
        for mention in mentions:
            key = article.doc_id, bare(article.text[mention.start : mention.end])
            roles_of[key] = stronger(roles_of.get(key), mention.role)
            posts_of[key] += [(post.title, locate.code(post)) for post in mention.posts]
    people: dict[str, list[Any]] = defaultdict(list)
    officials: dict[str, list[Any]] = defaultdict(list)
    for article, mentions, locate in articles:
        for mention in mentions:
            name = bare(article.text[mention.start : mention.end])
            key = article.doc_id, name
            role = "official" if mention.role == "other" and roles_of[key] == "official" else mention.role
            if role == "other" and private_persons == "drop":
                continue
            start, end = article.base + mention.start, article.base + mention.end
            identity = person_id(name, role, posts_of[key], article.doc_id, article.publication)
            shown = identity if role == "other" and private_persons == "mask" else name
            _append(people, start=start, end=end, rule_id=mention.rule_id, person=shown, person_id=identity, role=role)
            for post in mention.posts:
                _append(
                    officials, start=start, end=end, rule_id=post.word.rule_id, person=name, person_id=identity, title=post.title,
                    organisation=post.organisation, post=post.name, place_code=locate.code(post), status=post.status,
                )  # fmt: skip
    made = {"people": _table("people", scan, people), "officials": _table("officials", scan, officials)}
    if private_persons == "mask" and len(made["people"]):
        made["people"] = _masked(made["people"])
    return made


def _articles(scan: Scan, places: pa.Table, rules: Officials) -> Iterator[tuple[ScanArticle, list[Mention], PostPlaces]]:
    candidates = rules.names.find(scan.text)
    spans = _place_spans(scan, places)
    edges = np.array([article.base for article in scan.articles] + [len(scan.text) + 1], dtype=np.int64)
    cuts = np.searchsorted(candidates.starts, edges)
    for n, article in enumerate(scan.articles):
        part = slice(int(cuts[n]), int(cuts[n + 1]))
        own = Candidates(candidates.starts[part] - article.base, candidates.surnames[part], candidates.givens[part], candidates.scores[part])
        context = Context(
            places=spans.get(n, ()),
            kinds=_kinds(article),
            home_code=article.home_code,
            article_code=article.place_code,
        )
        yield article, read(article.text, rules, context, own), PostPlaces(article.text, context)


def _place_spans(scan: Scan, places: pa.Table) -> dict[int, list[PlaceSpan]]:
    """The places of each article, in its own positions."""
    columns = {name: places[name].to_pylist() for name in ("sentence_id", "start", "end", "code", "level", "deictic")}
    at_sentence = {
        scan.sentence_ids[row]: (n, start)
        for n, article in enumerate(scan.articles)
        for row, start in zip(article.sentence_rows, article.sentence_starts, strict=True)
    }
    out: dict[int, list[PlaceSpan]] = defaultdict(list)
    for sentence_id, start, end, code, level, deictic in zip(*columns.values(), strict=True):
        if sentence_id in at_sentence:
            n, offset = at_sentence[sentence_id]
            out[n].append(PlaceSpan(offset + start, offset + end, code, level, bool(deictic)))
    return out


def _kinds(article: ScanArticle) -> list[tuple[int, int, str]]:
    """Where each headline, byline, caption and stretch of body stands in the article's text."""
    ends = [*article.sentence_starts[1:], len(article.text)]
    return list(zip(article.sentence_starts, ends, article.sentence_kinds, strict=True))


def _masked(people: pa.Table) -> pa.Table:
    """The table without the names of private persons in `text` either."""
    columns = zip(people["role"].to_pylist(), people["person"].to_pylist(), people["text"].to_pylist(), strict=True)
    at = people.schema.get_field_index("text")
    shown = [person if role == "other" else text for role, person, text in columns]
    return people.set_column(at, people.schema.field(at), pa.array(shown, pa.string()))


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
    writes=("people", "officials"),
    rules=("officials",),
    run=run,
    families=(FAMILY,),
    about="Finds every named person, and every post that is said of an official.",
)
