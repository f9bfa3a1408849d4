"""From pages and their articles to `documents`: what the manifest left out is read from the page, or stays null."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pyarrow as pa

from pipeline.contract import DATASETS
from pipeline.rulebook import Rulebook
from pipeline.stages.articles import Masthead, read_front
from pipeline.stages.articles import Rules as PageRules
from pipeline.stages.base import Stage, Tables
from pipeline.stages.context.home import infer_home
from pipeline.stages.figures.times import FAMILY as TIMES
from pipeline.stages.figures.times import TimeRules, infer_issue_date
from pipeline.stages.places import FAMILY as PLACES
from pipeline.stages.places import PlaceReader
from pipeline.stages.scan import Scan


def run(tables: Tables, rulebook: Rulebook) -> dict[str, pa.Table]:
    """Complete the pages of a batch."""
    pages = tables["pages"]
    scan = Scan.of(pages, tables["articles"], tables["sentences"])
    texts = {doc_id: [article.text for article in group] for doc_id, group in groupby(scan.articles, key=lambda article: article.doc_id)}
    reading = _Reading(rulebook)
    names = DATASETS["documents"].schema.names
    rows = pages.select([name for name in names if name in pages.column_names]).to_pylist()
    for row in rows:
        if row["status"] == "ok":
            reading.complete(row, texts.get(row["doc_id"], []))
    return {"documents": DATASETS["documents"].table({name: [row.get(name) for row in rows] for name in names})}


class _Reading:
    """Fills the cells of a page's row that are empty."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._page_rules = PageRules.of(rulebook)
        self._times: TimeRules = rulebook["times"]
        self._places = PlaceReader(rulebook["places"])

    def complete(self, row: dict[str, Any], texts: list[str]) -> None:
        page: str = row["text"]
        if not (row.get("format") and row["publication"] and row["issue_date"]):
            front = read_front(page, self._page_rules)
            row["format"] = row.get("format") or front.format
            self._masthead(row, front.masthead)
        if row["issue_date"] is None:
            found = infer_issue_date(texts or [page], self._times)
            row["issue_date"], row["issue_date_method"], row["date_earliest"] = found.date, found.method, found.earliest
        if row["place_code"] is None:
            home = infer_home(texts, self._places, row["publication"])
            row["place_code"], row["place_code_method"] = home.code, home.method

    def _masthead(self, row: dict[str, Any], masthead: Masthead) -> None:
        if row["publication"] is None:
            row["publication"] = masthead.publication
        if row["issue_date"] is None and masthead.issue_date is not None:
            row["issue_date"], row["issue_date_method"], row["date_earliest"] = masthead.issue_date, "masthead", masthead.issue_date


STAGE = Stage(
    name="context",
    room="pipeline.stages.context",
    reads=("pages", "articles", "sentences"),
    writes=("documents",),
    rules=("formats", "cleaning", "places", "times"),
    run=run,
    families=(PLACES, TIMES),
    about="Says what kind of page it is, when it was published and which place it belongs to.",
)
