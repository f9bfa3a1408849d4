"""Scores of `articles`: were cut paragraphs rejoined, do paragraphs end where they should, is each character what it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from pipeline.evaluate.matching import Item, Score, solid
from pipeline.evaluate.mentions import Scores

Joint = tuple[int, int]


@dataclass
class Layout:
    """A reading of a page: which characters follow each other, end a paragraph, are of a kind, are in an article."""

    raw: str
    joints: set[Joint] = field(default_factory=set)
    ends: set[int] = field(default_factory=set)
    kind: dict[int, str] = field(default_factory=dict)
    article: dict[int, int] = field(default_factory=dict)
    headlines: dict[str, int] = field(default_factory=dict)

    def characters(self, start: int, end: int) -> list[int]:
        return [n for n in range(start, end) if not self.raw[n].isspace()]

    def add(self, kind: str, spans: Iterable[tuple[int, int]]) -> None:
        for start, end in spans:
            self.kind.update(dict.fromkeys(self.characters(start, end), kind))

    def add_paragraph(self, article: int, spans: Iterable[tuple[int, int]]) -> None:
        at = [n for start, end in spans for n in self.characters(start, end)]
        self.kind.update(dict.fromkeys(at, "body"))
        self.article.update(dict.fromkeys(at, article))
        # A joint: neighbours of the paragraph that a line break or another text parts on the page.
        self.joints |= {(a, b) for a, b in pairwise(at) if b < a or "\n" in self.raw[a:b]}
        self.ends.update(at[-1:])

    def add_headline(self, article: int, spans: Iterable[tuple[int, int]]) -> None:
        text = solid("".join(self.raw[start:end] for start, end in spans))
        if text:
            self.headlines.setdefault(text, article)


@dataclass
class Clusters:
    """Sums for B-cubed: for every character, how much of its article is right."""

    recall: float = 0.0
    precision: float = 0.0
    gold: int = 0
    found: int = 0

    def score(self) -> Score:
        precision = self.precision / self.found if self.found else 0.0
        return Score(gold=self.gold, found=self.found, given=(precision, self.recall / self.gold if self.gold else 0.0))


def score_layout(scores: Scores, clusters: Clusters, page: str, raw: str, gold: list[Item], rows: list[Item]) -> None:
    """Add one page's counts to the scores of the articles layer."""
    wanted, found = _gold_layout(raw, gold), _found_layout(raw, rows)
    _compare(scores["articles: cut paragraphs rejoined"], page, raw, wanted.joints, found.joints)
    _compare(scores["articles: paragraph ends"], page, raw, wanted.ends, found.ends)
    kinds = scores["articles: kind of character"]
    kinds.gold += len(wanted.kind)
    kinds.found += len(found.kind)
    kinds.hit += len(wanted.kind.items() & found.kind.items())
    kinds.missed += [(page, {"text": text, "kind": kind}) for kind, text in _stretches(raw, wanted.kind, found.kind)]
    heads = scores["articles: headlines exact"]
    heads.gold += len(wanted.headlines)
    heads.found += len(found.headlines)
    heads.hit += len(wanted.headlines.keys() & found.headlines.keys())
    heads.missed += [(page, {"headline": head}) for head in wanted.headlines.keys() - found.headlines.keys()]
    heads.wrong += [(page, {"headline": head}) for head in found.headlines.keys() - wanted.headlines.keys()]
    _score_clusters(scores["articles: headline over its own text"], clusters, page, wanted, found)


def _gold_layout(raw: str, articles: list[Item]) -> Layout:
    layout = Layout(raw)
    for n, article in enumerate(articles):
        for paragraph in article.get("body", []):
            layout.add_paragraph(n, paragraph)
        # A kicker scores as a headline: which of the two lines is which is a matter of taste.
        for key, kind in (("headline", "headline"), ("kicker", "headline"), ("subheads", "subhead"), ("captions", "caption")):
            layout.add(kind, article.get(key, []))
        layout.add("byline", [byline["span"] for byline in article.get("bylines", [])])
        layout.add_headline(n, article.get("headline", []))
    return layout


def _found_layout(raw: str, articles: list[Item]) -> Layout:
    layout = Layout(raw)
    for n, article in enumerate(articles):
        paragraphs: dict[Any, list[tuple[int, int]]] = defaultdict(list)
        for segment in sorted(article["segments"], key=lambda s: -1 if s["start"] is None else s["start"]):
            span = (segment["raw_start"], segment["raw_end"])
            if segment["kind"] == "body":
                paragraphs[segment["paragraph"]].append(span)
            else:
                layout.add("headline" if segment["kind"] == "kicker" else segment["kind"], [span])
        for spans in paragraphs.values():
            layout.add_paragraph(n, spans)
        layout.add_headline(n, [(s["raw_start"], s["raw_end"]) for s in article["segments"] if s["kind"] == "headline"])
    return layout


def _compare(score: Score, page: str, raw: str, wanted: set[Any], found: set[Any]) -> None:
    score.gold += len(wanted)
    score.found += len(found)
    score.hit += len(wanted & found)
    score.missed += [(page, {"text": _around(raw, at)}) for at in sorted(wanted - found)]
    score.wrong += [(page, {"text": _around(raw, at)}) for at in sorted(found - wanted)]


def _around(raw: str, at: Joint | int) -> str:
    if isinstance(at, int):
        return raw[max(0, at - 14) : at + 1]
    first, second = at
    return f"{raw[max(0, first - 14) : first + 1]} | {raw[second : second + 15]}"


def _stretches(raw: str, wanted: Mapping[int, str], found: Mapping[int, str]) -> list[tuple[str, str]]:
    """Runs of characters that gold and the reading call different things."""
    runs: list[tuple[str, str, int]] = []
    for n in sorted(wanted):
        if found.get(n) == wanted[n]:
            continue
        label = f"{wanted[n]}, read as {found.get(n)}"
        if runs and runs[-1][0] == label and not raw[runs[-1][2] + 1 : n].strip():
            runs[-1] = (label, runs[-1][1] + raw[n], n)
        else:
            runs.append((label, raw[n], n))
    return [(label, text) for label, text, _ in runs]


def _score_clusters(attached: Score, clusters: Clusters, page: str, wanted: Layout, found: Layout) -> None:
    both = Counter((wanted.article[n], found.article[n]) for n in wanted.article.keys() & found.article.keys())
    of_gold, of_found = Counter(wanted.article.values()), Counter(found.article.values())
    for (g, f), n in both.items():
        clusters.recall += n * n / of_gold[g]
        clusters.precision += n * n / of_found[f]
    clusters.gold += len(wanted.article)
    clusters.found += len(found.article)
    for text, g in wanted.headlines.items():
        if not of_gold[g]:
            continue
        attached.gold += 1
        attached.found += 1
        match = found.headlines.get(text)
        if match is not None and both[(g, match)] * 2 > max(of_found[match], of_gold[g]):
            attached.hit += 1
        else:
            attached.missed.append((page, {"headline": text}))
