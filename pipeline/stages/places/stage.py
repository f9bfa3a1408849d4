"""From articles to rows of places, and issues for the names that could not be resolved."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pyarrow as pa

from pipeline.contract import DATASETS
from pipeline.rulebook import Rulebook
from pipeline.stages.base import Stage, Tables
from pipeline.stages.places.gazetteer import Gazetteer
from pipeline.stages.places.mentions import Mention, PageText
from pipeline.stages.places.recognise import PlaceReader
from pipeline.stages.places.rules import FAMILY, PlaceRules
from pipeline.stages.scan import Scan

#: How much text around an unresolved name goes into its issue.
_AROUND = 15
_MOST_CANDIDATES = 8


def run(tables: Tables, rulebook: Rulebook) -> dict[str, pa.Table]:
    """Find the places of a batch."""
    rules: PlaceRules = rulebook["places"]
    scan = Scan.of(tables["documents"], tables["articles"], tables["sentences"])
    reader = PlaceReader(rules)
    years = _years(tables["documents"])
    found: list[tuple[int, Mention]] = []
    for _, group in groupby(scan.articles, key=lambda article: article.doc_id):
        articles = list(group)
        first = articles[0]
        page = reader.read_page([PageText(a.text, a.place_code) for a in articles], first.home_code, years.get(first.doc_id))
        for article, mentions in zip(articles, page, strict=True):
            found += [(article.base, mention) for mention in mentions]
    return {"places": _rows(found, scan, rules.gazetteer), "issues": _issues(found, scan)}


def _years(documents: pa.Table) -> dict[str, int]:
    """The year of each page, for names and codes change: of its issue, or at least of the latest day it names."""
    columns = (documents[name].to_pylist() for name in ("doc_id", "issue_date", "date_earliest"))
    return {doc_id: day.year for doc_id, issued, earliest in zip(*columns, strict=True) if (day := issued or earliest)}


def _rows(found: list[tuple[int, Mention]], scan: Scan, gazetteer: Gazetteer) -> pa.Table:
    columns: dict[str, Any] = scan.common([base + m.start for base, m in found], [base + m.end for base, m in found], [m.rule_id for _, m in found])
    for name in ("name", "code", "level", "deictic", "nested", "method", "township"):
        columns[name] = [getattr(m, name) for _, m in found]
    above = {code: gazetteer.names_above(code) for code in {m.code for _, m in found}}
    for n, name in enumerate(("province", "city", "county")):
        columns[name] = [above[m.code][n] for _, m in found]
    return DATASETS["places"].table(columns)


def _issues(found: list[tuple[int, Mention]], scan: Scan) -> pa.Table:
    unread = [(base + m.start, base + m.end, m) for base, m in found if m.method == "unresolved"]
    columns: dict[str, Any] = scan.place([start for start, _, _ in unread], [end for _, end, _ in unread])
    columns.pop("raw_spans")
    columns["kind"] = ["unresolved_place"] * len(unread)
    columns["stage"] = ["places"] * len(unread)
    columns["rule_id"] = [m.rule_id for _, _, m in unread]
    columns["context"] = [_context(scan.text, start, end, m) for start, end, m in unread]
    return DATASETS["issues"].table(columns)


def _context(text: str, start: int, end: int, mention: Mention) -> str:
    around = text[max(0, start - _AROUND) : end + _AROUND].replace("\n", " ")
    candidates = sorted({f"{p.name} {p.code}" for p in mention.candidates})
    more = f" and {len(candidates) - _MOST_CANDIDATES} more" if len(candidates) > _MOST_CANDIDATES else ""
    return f"…{around}… may be {', '.join(candidates[:_MOST_CANDIDATES])}{more}" if candidates else f"…{around}… no place of this kind is known here"


STAGE = Stage(
    name="places",
    room="pipeline.stages.places",
    reads=("documents", "articles", "sentences"),
    writes=("places", "issues"),
    rules=("places",),
    run=run,
    families=(FAMILY,),
    about="Finds administrative places and gives them their codes.",
)
