"""Two pages of our own: a broadcast script without a digit in it, and briefs of sport, culture, prices and notices."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from pipeline.runner import explain

PAGES = Path(__file__).parent / "pages"
#: Each page's day of issue.
DAYS = {"broadcast": "2023-11-08", "briefs": "2024-05-17"}


def _gold(name: str) -> list[tuple[str, ...]]:
    with (PAGES / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return [tuple(row) for row in csv.reader(file, delimiter="\t")]


def _read(page: str, dataset: str) -> list[dict[str, Any]]:
    rows = explain((PAGES / f"{page}.txt").read_text("utf-8"), date=DAYS[page])[dataset].to_pylist()
    return sorted(rows, key=lambda row: row["raw_start"])


@pytest.mark.parametrize("page", DAYS)
def test_every_figure_and_no_other_is_read(page: str) -> None:
    found = [row for row in _read(page, "quantities") if row["dimension"] != "ordinal"]
    assert [(row["text"], row["low"], row["high"], row["unit"], row["qualifier"]) for row in found] == [
        (text, float(low), float(high), unit, qualifier) for text, low, high, unit, qualifier in _gold(page)
    ]


@pytest.mark.parametrize("page", DAYS)
def test_every_time_has_its_days(page: str) -> None:
    found = [(row["text"], str(row["start_date"] or "-"), str(row["end_date"] or "-")) for row in _read(page, "times")]
    missed = [wanted for wanted in _gold(f"{page}.times") if wanted not in found]
    assert not missed, found
