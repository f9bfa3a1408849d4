"""Between tables and the reader: quantities, times and places of a batch by article, and facts as columns."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.contract import DATASETS
from pipeline.stages.facts.inputs import Figures, Places, Times
from pipeline.stages.facts.statement import Fact
from pipeline.stages.scan import Scan

Ints = npt.NDArray[np.int64]
#: What is read of times and places.
_TIMED = ("start_date", "end_date", "vague")
_PLACED = ("nested", "code", "level", "deictic")
_COMMON = ("doc_id", "article_id", "sentence_id", "start", "end", "raw_start", "raw_end", "raw_spans", "text")


class Sentences:
    """Where the sentences of a batch stand."""

    def __init__(self, scan: Scan) -> None:
        self._starts = np.array([article.base + start for article in scan.articles for start in article.sentence_starts], dtype=np.int64)
        self._ids = pa.array([scan.sentence_ids[row] for article in scan.articles for row in article.sentence_rows], type=pa.string())

    def starts_of(self, ids: pa.ChunkedArray) -> Ints:
        """Where each of these sentences begins."""
        at = pc.index_in(ids, value_set=self._ids).to_numpy(zero_copy_only=False).astype(np.int64)
        return np.asarray(self._starts[at])


class Mentions:
    """The rows of a mention table in reading order, cut by article."""

    def __init__(self, table: pa.Table, sentences: Sentences) -> None:
        within = table["start"].to_numpy(zero_copy_only=False)
        starts = sentences.starts_of(table["sentence_id"]) + within
        ends = starts + table["end"].to_numpy(zero_copy_only=False) - within
        if np.any(starts[1:] < starts[:-1]):
            order = np.argsort(starts, kind="stable")
            table, starts, ends = table.take(pa.array(order)), starts[order], ends[order]
        self.table = table
        self.starts: Ints = starts
        self.ends: Ints = ends
        self._columns: dict[str, list[Any]] = {}

    def column(self, name: str) -> list[Any]:
        if name not in self._columns:
            self._columns[name] = self.table[name].to_pylist()
        return self._columns[name]

    def within(self, base: int, length: int) -> tuple[int, int]:
        """The rows of an article."""
        low, high = np.searchsorted(self.starts, (base, base + length + 1))
        return int(low), int(high)


def figures_of(mentions: Mentions, low: int, high: int, base: int) -> Figures:
    return Figures(
        (mentions.starts[low:high] - base).tolist(),
        (mentions.ends[low:high] - base).tolist(),
        *(mentions.column(name)[low:high] for name in ("low", "high", "unit", "dimension")),
    )


def times_of(mentions: Mentions, low: int, high: int, base: int) -> Times:
    return Times(
        (mentions.starts[low:high] - base).tolist(),
        (mentions.ends[low:high] - base).tolist(),
        *(mentions.column(name)[low:high] for name in _TIMED),
    )


def places_of(mentions: Mentions, low: int, high: int, base: int) -> Places:
    starts, ends = (mentions.starts[low:high] - base).tolist(), (mentions.ends[low:high] - base).tolist()
    nested, code, level, deictic = (mentions.column(name)[low:high] for name in _PLACED)
    own = [n for n, inner in enumerate(nested) if not inner]
    within = [n for n, inner in enumerate(nested) if inner]
    return Places(
        *([column[n] for n in own] for column in (starts, ends, code, level, deictic)),
        *([column[n] for n in within] for column in (starts, ends, code)),
    )


def facts_table(facts: list[Fact], rows: list[tuple[int, int]], quantities: pa.Table) -> pa.Table:
    """The facts as a table; `rows` are each fact's value and change as rows of `quantities`, -1 for none."""
    value = _indices([v for v, _ in rows])
    change = _indices([c for _, c in rows])
    span = _indices([v if v >= 0 else c for v, c in rows])
    at_span = quantities.select(_COMMON).take(span)
    columns: dict[str, Any] = {name: at_span[name] for name in _COMMON}
    columns["rule_id"] = ["facts/" + fact.rule for fact in facts]
    for name in ("quantity_id", "low", "high", "value", "unit"):
        columns[name] = quantities[name].take(value)
    columns["qualifier"] = quantities["qualifier"].take(span)
    columns["change_quantity_id"] = quantities["quantity_id"].take(change)
    columns["change_unit"] = quantities["unit"].take(change)
    ends = [pc.abs(quantities[name].take(change)) for name in ("low", "high")]
    columns["change_low"], columns["change_high"] = pc.min_element_wise(*ends), pc.max_element_wise(*ends)
    columns["change_value"] = pc.abs(quantities["value"].take(change))
    columns["fact_id"] = _ids(quantities["quantity_id"].take(span).to_pylist())
    columns["subject"] = [fact.subject.text for fact in facts]
    columns["subject_code"] = [fact.subject.code for fact in facts]
    columns["organisation"] = [fact.subject.organisation for fact in facts]
    columns["indicator"] = [fact.indicator for fact in facts]
    columns["indicator_id"] = [fact.indicator_id for fact in facts]
    columns["change_basis"] = [fact.basis for fact in facts]
    columns["change_direction"] = [fact.direction for fact in facts]
    columns["period_text"] = [fact.period.text for fact in facts]
    columns["period_start"] = [fact.period.first for fact in facts]
    columns["period_end"] = [fact.period.last for fact in facts]
    columns["rank"] = [fact.rank for fact in facts]
    columns["rank_scope"] = [fact.scope for fact in facts]
    columns["target_share"] = [fact.target_share for fact in facts]
    columns["modality"] = [fact.modality for fact in facts]
    columns["checks"] = [fact.checks or None for fact in facts]
    return DATASETS["facts"].table(columns)


def _indices(rows: list[int]) -> pa.Array:
    return pa.array([row if row >= 0 else None for row in rows], type=pa.int64())


def _ids(anchors: list[str]) -> list[str]:
    """A fact is called after its figure; a second fact of the same figure is counted."""
    seen: dict[str, int] = {}
    out = []
    for anchor in anchors:
        seen[anchor] = seen.get(anchor, 0) + 1
        out.append(f"{anchor}-f{seen[anchor]}")
    return out
