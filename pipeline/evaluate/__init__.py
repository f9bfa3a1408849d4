"""Precision and recall of built datasets against gold annotations."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.evaluate.floors import Floors, measured_below, raised
from pipeline.evaluate.layout import Clusters, score_layout
from pipeline.evaluate.matching import Item, Score
from pipeline.evaluate.mentions import score_mentions
from pipeline.evaluate.observations import score_facts

__all__ = ["Evaluation", "Floors", "Score", "evaluate", "gold_pages", "measured_below", "raised"]

_MENTIONS = ("quantities", "times", "places", "people", "officials", "facts")


@dataclass(frozen=True)
class Evaluation:
    """Scores by measure, in the order of the layers."""

    pages: int
    scores: dict[str, Score]


def gold_pages(folder: Path) -> Iterator[dict[str, Any]]:
    """The gold annotations of a folder, one page each."""
    for path in sorted(folder.glob("*.json")):
        content = json.loads(path.read_text("utf-8"))
        if "doc" in content:
            yield content


def evaluate(outputs: Path, gold: Path) -> Evaluation:
    """Score the datasets in `outputs` on every page of `gold` that they hold (by file name)."""
    scores: dict[str, Score] = defaultdict(Score)
    clusters = Clusters()
    documents = pq.read_table(outputs / "documents", columns=["doc_id", "path", "text"]).to_pylist()
    by_name = {PurePosixPath(row["path"]).name: row for row in documents}
    pages = 0
    for page in gold_pages(gold):
        document = by_name.get(page["doc"])
        if document is None:
            raise FileNotFoundError(f"{page['doc']} has gold but was not built into {outputs}")
        pages += 1
        rows = {name: _rows(outputs, name, document["doc_id"]) for name in _MENTIONS}
        if page.get("articles"):
            articles = sorted(_rows(outputs, "articles", document["doc_id"]), key=lambda row: row["ordinal"])
            score_layout(scores, clusters, page["doc"], document["text"], page["articles"], articles)
        score_mentions(scores, page["doc"], page, rows)
        if "facts" in page:
            score_facts(scores, page["doc"], page, rows)
    if clusters.gold:
        scores["articles: text in the right article"] = clusters.score()
    return Evaluation(pages, dict(sorted(scores.items(), key=lambda item: _order(item[0]))))


def _order(measure: str) -> tuple[int, str]:
    layers = ("articles", "quantities", "times", "places", "people", "officials", "facts")
    layer = measure.split(":")[0]
    return layers.index(layer), "~" + measure if "(of" in measure else measure


def _rows(outputs: Path, name: str, doc_id: str) -> list[Item]:
    folder = outputs / name
    if not any(folder.glob("*.parquet")):
        return []
    table = pq.read_table(folder)
    rows: list[Item] = table.filter(pc.equal(table["doc_id"], doc_id)).to_pylist()
    for row in rows:
        if row.get("raw_start") is not None:
            row["span"] = (row["raw_start"], row["raw_end"])
    return rows
