"""What an edit of the rules changes in the outputs: rows gained, lost and changed, before it is accepted."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipeline.contract import COMMON_NAMES, DATASETS
from pipeline.runner.driver import build

#: The datasets an edit is judged by; the span on the page tells rows apart.
COMPARED = ("facts", "quantities", "times", "places", "officials", "people", "issues")
_SPAN = ("doc_id", "raw_start", "raw_end")
#: More of the row's own, where several rows share a span.
_APART = {"officials": ("title",), "places": ("code",), "issues": ("kind",)}

#: Columns that hold where a row stands: they move with the text and say nothing of what was read.
_POINTERS = ("fact_id", "quantity_id", "change_quantity_id")

Row = dict[str, Any]


@dataclass
class Difference:
    """One dataset's rows that an edit brings, takes, or changes (each with the columns that differ)."""

    gained: list[Row] = field(default_factory=list)
    lost: list[Row] = field(default_factory=list)
    changed: list[tuple[Row, Row, list[str]]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.gained or self.lost or self.changed)


def difference(inputs: Sequence[Path], outputs: Path, *, rules: Path | None = None, jobs: int | None = None) -> dict[str, Difference]:
    """Build the pages aside with the rules as they are now, and compare with `outputs`, the last accepted build."""
    with tempfile.TemporaryDirectory() as folder:
        # A copy of the outputs and their books: only what the edit touches is built.
        trial = Path(folder) / "outputs"
        shutil.copytree(outputs, trial)
        build(inputs, trial, rules=rules, jobs=jobs, without=("panel",), quiet=True)
        return {name: found for name in COMPARED if (found := _compare(name, outputs, trial))}


def _compare(name: str, before: Path, after: Path) -> Difference:
    found = Difference()
    names = {path.name for root in (before, after) for path in (root / name).glob("*.parquet")}
    old_rows: dict[tuple[Any, ...], Row] = {}
    new_rows: dict[tuple[Any, ...], Row] = {}
    for file in sorted(names):
        old, new = before / name / file, after / name / file
        if old.exists() and new.exists() and old.read_bytes() == new.read_bytes():
            continue
        old_rows.update(_rows(name, old))
        new_rows.update(_rows(name, new))
    columns = [column for column in DATASETS[name].schema.names if column not in COMMON_NAMES and column not in _POINTERS]
    for key in sorted(old_rows.keys() | new_rows.keys(), key=str):
        if key not in old_rows:
            found.gained.append(new_rows[key])
        elif key not in new_rows:
            found.lost.append(old_rows[key])
        else:
            differing = [column for column in columns if old_rows[key][column] != new_rows[key][column]]
            if differing:
                found.changed.append((old_rows[key], new_rows[key], differing))
    return found


def _rows(name: str, path: Path) -> dict[tuple[Any, ...], Row]:
    if not path.exists():
        return {}
    keys = (*_SPAN, *_APART.get(name, ()))
    return {tuple(row[key] for key in keys): row for row in pq.read_table(path, partitioning=None).to_pylist()}
