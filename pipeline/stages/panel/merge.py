"""Facts that say the same thing, merged: one row a place, indicator, period and unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.contract import DATASETS

#: The rule families whose change makes the panel be merged again.
RULES = ("indicators",)
#: Statements of a level agree when they differ by no more than rounding: 183.2亿元 and 183亿元.
TOLERANCE = 0.005
#: Facts of these rules name an indicator but measure something else of it.
_OTHER_MEASURES = ["facts/comparison", "facts/target_share", "facts/growth_of_growth", "facts/rank"]
_KEY = ("subject_code", "indicator_id", "unit", "period_start", "period_end")
_KEPT = (
    "subject_code", "indicator_id", "unit", "period_start", "period_end", "value", "change_value", "change_unit", "change_basis",
    "change_direction", "doc_id", "fact_id", "qualifier",
)  # fmt: skip
#: What of the facts is read: what is kept, and what tells whether to keep it.
READ = (*_KEPT, "modality", "organisation", "rule_id")


def select(facts: pa.Table) -> pa.Table:
    """Of a batch's facts, those the panel is made of: canonical, of a known place and period, achieved, of nobody smaller."""
    keep = pc.and_(pc.is_valid(facts["subject_code"]), pc.is_valid(facts["indicator_id"]))
    keep = pc.and_(keep, pc.is_valid(facts["period_end"]))
    keep = pc.and_(keep, pc.and_(pc.equal(facts["modality"], "actual"), pc.is_null(facts["organisation"])))
    keep = pc.and_(keep, pc.invert(pc.is_in(facts["rule_id"], value_set=pa.array(_OTHER_MEASURES))))
    return facts.filter(keep).select(_KEPT)


def merge(rows: pa.Table) -> pa.Table:
    """The panel rows of one partition."""
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    changes: list[dict[str, Any]] = []
    for row in rows.to_pylist():
        if row["value"] is None:
            changes.append(row)
        else:
            groups.setdefault(tuple(row[name] for name in _KEY), []).append(row)
    _join_changes(groups, changes)
    ordered = sorted(groups, key=lambda key: tuple("" if part is None else str(part) for part in key))
    merged = [_merged(key, groups[key]) for key in ordered]
    names = DATASETS["panel"].schema.names
    return DATASETS["panel"].table({name: [row[name] for row in merged] for name in names})


def _join_changes(groups: dict[tuple[Any, ...], list[dict[str, Any]]], changes: Iterable[dict[str, Any]]) -> None:
    """A change stated without its level joins the level of the same place, indicator and period; else it has a row of its own."""
    by_rest: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for key in sorted(groups, key=str):
        by_rest.setdefault((key[0], key[1], key[3], key[4]), key)
    for row in changes:
        rest = (row["subject_code"], row["indicator_id"], row["period_start"], row["period_end"])
        key = by_rest.get(rest, (row["subject_code"], row["indicator_id"], None, row["period_start"], row["period_end"]))
        groups.setdefault(key, []).append(row)


def _merged(key: tuple[Any, ...], rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    levels = [(row["value"], row["doc_id"]) for row in rows if row["value"] is not None]
    value, levels_agree = _most_said(levels)
    signed = [(_signed(row), row) for row in rows if row["change_value"] is not None and row["change_unit"] == "%"]
    basis = _most_common([row["change_basis"] for _, row in signed])
    change, changes_agree = _most_said([(amount, row["doc_id"]) for amount, row in signed if row["change_basis"] == basis])
    return {
        **dict(zip(_KEY, key, strict=True)),
        "value": value,
        "change_value": change,
        "change_basis": basis,
        "n_sources": len({row["doc_id"] for row in rows}),
        "agree": levels_agree and changes_agree,
        "fact_ids": sorted(row["fact_id"] for row in rows),
    }


def _signed(row: dict[str, Any]) -> float:
    amount = float(row["change_value"])
    return -amount if row["change_direction"] == "down" else amount


def _most_said(stated: Sequence[tuple[float, str]]) -> tuple[float | None, bool]:
    """The value most pages state (of several, the more exact one), and whether all agree up to rounding."""
    if not stated:
        return None, True
    if len(stated) == 1:
        return stated[0][0], True
    pages = Counter(value for value, _ in set(stated))
    best = max(pages, key=lambda value: (pages[value], _digits(value), value))
    return best, all(abs(value - best) <= TOLERANCE * max(abs(value), abs(best)) for value, _ in stated)


def _most_common(values: Sequence[str | None]) -> str | None:
    if len(values) < 2:
        return values[0] if values else None
    counts = Counter(value for value in values if value is not None)
    return max(counts, key=lambda value: (counts[value], value)) if counts else None


def _digits(value: float) -> int:
    """How many digits a value is stated with, less the zeros at its end."""
    return len(f"{value:.12g}".replace(".", "").replace("-", "").rstrip("0"))
