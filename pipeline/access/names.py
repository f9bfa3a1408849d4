"""What a code and a canonical indicator are called, from the rules that come with the project."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from pipeline.rulebook import load
from pipeline.stages import rules_folder

NATION = "100000"
_TABLES = ("divisions.tsv", "divisions_newer.tsv")


class PlaceName(NamedTuple):
    """A division's name and the names of what it lies in; null where there is none."""

    name: str
    city: str | None
    province: str | None


@cache
def place_names(rules: Path | None = None) -> dict[str, PlaceName]:
    """Every six-digit code there is or was, with its latest name."""
    names = _latest_names((rules or rules_folder()) / "places")
    found = {NATION: PlaceName("全国", None, None)}
    for code, name in names.items():
        city = code[:4] + "00" if not code.endswith("00") else ""
        province = code[:2] + "0000" if not code.endswith("0000") else ""
        found[code] = PlaceName(name, names.get(city), names.get(province))
    return found


@cache
def place_table() -> pa.Table:
    """The names as a table: `code, place, city, province`."""
    rows = [(code, *place) for code, place in place_names().items()]
    return pa.table({name: pa.array(values, pa.string()) for name, values in zip(("code", "place", "city", "province"), zip(*rows))})


@cache
def indicator_table() -> pa.Table:
    """The canonical indicators as a table: `indicator_id, indicator_zh, indicator_en`."""
    from pipeline.stages.facts.indicators import INDICATORS  # with the whole stage it takes a second to load

    indicators = load(rules_folder(), [INDICATORS])[INDICATORS.name].by_id.values()
    names = ("indicator_id", "indicator_zh", "indicator_en")
    return pa.table({name: pa.array([getattr(one, key) for one in indicators], pa.string()) for name, key in zip(names, ("id", "zh", "en"))})


def _latest_names(folder: Path) -> dict[str, str]:
    """A code that stands today has today's name, one that was given up the name it had last."""
    latest: dict[str, tuple[str, str]] = {}
    for table in _TABLES:
        with (folder / table).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                until = row["to"] or "9999"
                if row["code"] not in latest or latest[row["code"]][0] <= until:
                    latest[row["code"]] = (until, row["name"])
    return {code: name for code, (_, name) in latest.items()}
