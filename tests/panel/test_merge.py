"""The panel: what several pages say of a place, an indicator and a period."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa

from pipeline.contract import DATASETS
from pipeline.stages.panel import merge, select


def fact(n: int, **said: Any) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(("start", "raw_start"), 0) | dict.fromkeys(("end", "raw_end"), 1)
    row |= {"fact_id": f"f{n}", "doc_id": f"d{n}", "article_id": "a", "sentence_id": "s", "text": "x", "rule_id": "facts/level"}
    row |= {"subject_code": "500118", "indicator": "税收收入", "indicator_id": "tax_revenue", "modality": "actual"}
    row |= {"value": 6.2e8, "low": 6.2e8, "high": 6.2e8, "unit": "CNY", "qualifier": "exact"}
    row |= {"period_start": dt.date(2022, 1, 1), "period_end": dt.date(2022, 12, 31)}
    return {**row, **said}


def change_of(direction: str) -> dict[str, Any]:
    """What is said where a change stands without its level."""
    nothing = dict.fromkeys(("value", "low", "high", "unit"), None)
    return {**nothing, "change_value": 3.1, "change_unit": "%", "change_basis": "yoy", "change_direction": direction}


def panel_of(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    names = DATASETS["facts"].schema.names
    table = DATASETS["facts"].table({name: [row.get(name) for row in rows] for name in names})
    merged: list[dict[str, Any]] = merge(select(table)).to_pylist()
    return merged


def test_two_pages_that_agree_are_one_row() -> None:
    (row,) = panel_of(fact(1), fact(2))
    assert (row["n_sources"], row["agree"], row["value"], row["fact_ids"]) == (2, True, 6.2e8, ["f1", "f2"])


def test_rounding_is_no_disagreement_and_the_exact_value_stays() -> None:
    (row,) = panel_of(fact(1, value=6.2e8), fact(2, value=6.21e8))
    assert (row["agree"], row["value"]) == (True, 6.21e8)


def test_pages_that_disagree_say_so_and_most_win() -> None:
    (row,) = panel_of(fact(1), fact(2), fact(3, value=9e8))
    assert (row["n_sources"], row["agree"], row["value"]) == (3, False, 6.2e8)


def test_two_mentions_on_one_page_are_one_source() -> None:
    (row,) = panel_of(fact(1), fact(2, doc_id="d1"))
    assert row["n_sources"] == 1


def test_a_change_stated_elsewhere_joins_its_level() -> None:
    change = change_of("down")
    (row,) = panel_of(fact(1), fact(2, **change))
    assert (row["value"], row["change_value"], row["change_basis"], row["n_sources"]) == (6.2e8, -3.1, "yoy", 2)


def test_a_change_without_any_level_has_a_row_of_its_own() -> None:
    change = change_of("up")
    (row,) = panel_of(fact(1, **change))
    assert (row["unit"], row["value"], row["change_value"]) == (None, None, 3.1)


def test_what_is_no_observation_of_a_place_stays_out() -> None:
    assert (
        panel_of(
            fact(1, modality="target"),
            fact(2, organisation="某公司"),
            fact(3, indicator_id=None),
            fact(4, subject_code=None),
            fact(5, period_end=None),
        )
        == []
    )


def test_merging_does_not_depend_on_the_order_of_pages() -> None:
    rows = [fact(n, value=value) for n, value in enumerate((6.2e8, 6.3e8, 6.2e8, 7e8))]
    assert panel_of(*rows) == panel_of(*reversed(rows))


def test_an_empty_partition_is_an_empty_table() -> None:
    assert isinstance(merge(select(DATASETS["facts"].empty())), pa.Table)
