"""Writing the report's data in pieces small enough to load one when it is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.report.encoding import as_json, as_script, packed


class Pieces:
    """The pieces of one kind: `data/KIND/0000.js`, `0001.js`, …, numbered in the order of what is in them."""

    def __init__(self, folder: Path, kind: str) -> None:
        self._folder = folder / kind
        self._folder.mkdir(parents=True)
        self._kind = kind
        self.count = 0
        self.n_bytes = 0

    def write(self, content: str) -> None:
        """Write the next piece, which is JSON already."""
        script = as_script(f"{self._kind}/{self.count:04d}", content).encode("utf-8")
        (self._folder / f"{self.count:04d}.js").write_bytes(script)
        self.count += 1
        self.n_bytes += len(script)


class RowPieces:
    """A table in pieces of so many rows."""

    def __init__(self, pieces: Pieces, names: Sequence[str], rows: int) -> None:
        self._pieces = pieces
        self._rows = rows
        self._columns: dict[str, list[Any]] = {name: [] for name in names}
        self.n = 0

    def add(self, columns: dict[str, list[Any]]) -> None:
        """Add rows; pieces are written as they fill up."""
        for name, values in self._columns.items():
            values.extend(columns[name])
        self.n += len(next(iter(columns.values())))
        while self._waiting() >= self._rows:
            self._write(self._rows)

    def close(self) -> dict[str, int]:
        """Write what is left; says how many rows and pieces there are."""
        if self._waiting():
            self._write(self._waiting())
        return {"rows": self.n, "pieces": self._pieces.count}

    def _waiting(self) -> int:
        return len(next(iter(self._columns.values())))

    def _write(self, rows: int) -> None:
        self._pieces.write(as_json({"n": rows, "columns": {name: packed(values[:rows]) for name, values in self._columns.items()}}))
        for values in self._columns.values():
            del values[:rows]
