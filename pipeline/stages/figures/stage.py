"""From articles to rows of times and quantities, with an issue for every number nothing could be made of."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from typing import Any

import pyarrow as pa

from pipeline.contract import DATASETS
from pipeline.rulebook import Rulebook
from pipeline.stages.base import Stage, Tables
from pipeline.stages.figures import quantities, times
from pipeline.stages.scan import Scan, ScanArticle

#: How much text around an unread number goes into its issue.
AROUND = 12

Span = tuple[int, int]


def run(tables: Tables, rulebook: Rulebook) -> dict[str, pa.Table]:
    """Read the times, then the quantities, of a batch."""
    scan = Scan.of(tables["documents"], tables["articles"], tables["sentences"])
    time_reader = _TimeReader(scan, tables["documents"], rulebook["times"])
    places = sorted(scan.positions(tables["places"]))
    figures = quantities.Quantities()
    for article in scan.articles:
        spans = time_reader.read(article)
        taken = _merge(spans, _within(places, article))
        figures.extend(quantities.read(article.text, rulebook["quantities"], taken), article.base)
    issues = _issues(scan, figures, time_reader)
    return {"quantities": _rows(scan, figures), "times": time_reader.table(), "issues": issues}


class _TimeReader:
    """Reads the times of one article after the other."""

    def __init__(self, scan: Scan, documents: pa.Table, rules: times.TimeRules) -> None:
        self.scan = scan
        self.rules = rules
        self.earliest: dict[str, dt.date | None] = dict(zip(documents["doc_id"].to_pylist(), documents["date_earliest"].to_pylist(), strict=True))
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.unresolved: list[int] = []
        self.columns: dict[str, list[Any]] = {name: [] for name in ("start_date", "end_date", "granularity", "vague", "anchor", "rule_id")}

    def read(self, article: ScanArticle) -> list[Span]:
        """The spans of the article's times; what they mean is kept for the table."""
        found = times.find(article.text, self.rules)
        context = times.context_for(
            article.text,
            self.rules,
            issue_date=article.issue_date,
            date_earliest=self.earliest[article.doc_id],
            publication=article.publication,
            headline=article.headline,
            page_format=article.format,
            dateline=article.dateline,
        )
        resolved = times.resolve(article.text, found, context, self.rules)
        self.unresolved += [len(self.starts) + n for n in resolved.unresolved]
        for name, values in self.columns.items():
            values += getattr(resolved, name)
        self.starts += [article.base + span.start for span in found]
        self.ends += [article.base + span.end for span in found]
        return [(span.start, span.end) for span in found]

    def table(self) -> pa.Table:
        columns = self.scan.common(self.starts, self.ends, self.columns["rule_id"])
        return DATASETS["times"].table({**self.columns, **columns})


def _within(spans: list[Span], article: ScanArticle) -> list[Span]:
    """The spans of an article, counted from its start."""
    first = bisect_left(spans, (article.base, 0))
    last = bisect_left(spans, (article.base + len(article.text) + 1, 0))
    return [(start - article.base, end - article.base) for start, end in spans[first:last]]


def _merge(*groups: list[Span]) -> list[Span]:
    """All spans in order, those inside an earlier one left out."""
    merged: list[Span] = []
    for start, end in sorted(span for group in groups for span in group):
        if not merged or end > merged[-1][1]:
            merged.append((start, end))
    return merged


def _rows(scan: Scan, figures: quantities.Quantities) -> pa.Table:
    columns = {name: getattr(figures, name) for name in (*quantities.COLUMNS, "value")}
    common = scan.common(figures.start, figures.end, figures.rule_id)
    ids = _unique(f"{doc_id}-q{raw}" for doc_id, raw in zip(common["doc_id"], common["raw_start"], strict=True))
    return DATASETS["quantities"].table({**columns, **common, "quantity_id": ids})


def _unique(ids: Any) -> list[str]:
    """Ids told apart by a letter where two figures begin at the same raw character (sewn from distant places)."""
    seen: dict[str, int] = {}
    out = []
    for name in ids:
        again = seen[name] = seen.get(name, -1) + 1
        out.append(f"{name}{'abcdefghijklmnopqrstuvwxyz'[again % 26]}{again // 26 or ''}" if again else name)
    return out


def _issues(scan: Scan, figures: quantities.Quantities, time_reader: _TimeReader) -> pa.Table:
    found: list[tuple[int, int, str, str | None]] = [(start, end, "unread_number", None) for start, end in figures.unread]
    found += [(start, end, "unknown_unit", "quantities/unit.unknown") for start, end in figures.unknown_units]
    for n in time_reader.unresolved:
        found.append((time_reader.starts[n], time_reader.ends[n], "unresolved_time", time_reader.columns["rule_id"][n]))
    found.sort(key=lambda issue: (issue[0], issue[2]))
    columns: dict[str, Any] = scan.place([start for start, *_ in found], [end for _, end, *_ in found])
    columns.pop("raw_spans")
    columns["kind"] = [kind for _, _, kind, _ in found]
    columns["stage"] = ["figures"] * len(found)
    columns["rule_id"] = [rule_id for *_, rule_id in found]
    columns["context"] = [scan.text[max(0, start - AROUND) : end + AROUND].replace("\n", " ") for start, end, *_ in found]
    return DATASETS["issues"].table(columns)


STAGE = Stage(
    name="figures",
    room="pipeline.stages.figures",
    reads=("documents", "articles", "sentences", "places"),
    writes=("quantities", "times", "issues"),
    rules=("quantities", "times"),
    run=run,
    families=(quantities.FAMILY, times.FAMILY),
    about="Reads every figure with its unit, and every time with its days.",
)
