"""`manifest.csv`: what is known beforehand of the pages of a folder, held so that millions of rows stay small."""

from __future__ import annotations

import hashlib
import io
import unicodedata
from array import array
from collections.abc import Sequence

import numpy as np

from pipeline.ingest.lines import Lines, rows
from pipeline.ingest.source import Unreadable, WalkReport
from pipeline.ingest.stated import SILENT, Stated, stated

NAME = "manifest.csv"
_COLUMNS = ("file", "publication", "issue_date", "place_code")
#: A cell of a manifest is a name, a day or a code.
_LINE_BYTES = 1 << 16
_CELLS = ("publication", "issue_date", "place_code")


class Manifest:
    """The rows of one manifest. A file is kept as 64 bits of its name's hash: eight bytes where a string takes a hundred."""

    def __init__(self, path: str, base: str) -> None:
        #: Where the manifest stands, for messages.
        self.path = path
        #: What the path of each page it speaks of begins with.
        self.base = base
        self._stated: list[Stated] = []
        self._keys = np.empty(0, np.uint64)
        self._values = np.empty(0, np.uint32)
        self._lines = np.empty(0, np.uint32)
        self._used = np.empty(0, np.bool_)

    @classmethod
    def read(cls, stream: io.RawIOBase, path: str, base: str, report: WalkReport) -> Manifest:
        """A manifest that cannot be read says nothing, and the report says why."""
        manifest = cls(path, base)
        try:
            manifest._fill(stream, report)
        except Unreadable as reason:
            report.warn(f"{path}: {reason}.")
        return manifest

    def _fill(self, stream: io.RawIOBase, report: WalkReport) -> None:
        keys, values, lines = array("Q"), array("L"), array("L")
        known: dict[Stated, int] = {SILENT: 0}
        as_written: dict[tuple[str | None, ...], Stated] = {}
        table = rows(Lines(stream, _LINE_BYTES), _LINE_BYTES)
        header = [cell.strip().lower() for cell in next(table, (0, [""]))[1]]
        if "file" not in header:
            raise Unreadable(f"its first row must name the columns {', '.join(_COLUMNS)}; nothing in it was used")
        for strange in (name for name in header if name and name not in _COLUMNS):
            report.warn(f"{self.path}: column {strange!r} is not one of {', '.join(_COLUMNS)}, and was not used.")
        try:
            for line, row in table:
                where = f"{self.path} line {line}"
                cells = dict(zip(header, row))
                key = _key(cells.get("file", ""))
                if len(row) > len(header) and any(cell.strip() for cell in row[len(header) :]):
                    report.warn(f"{where}: {len(row)} cells under {len(header)} column names; the row was not used.")
                elif key is None:
                    report.warn(f"{where}: {cells.get('file', '')!r} is no path inside the manifest's folder; the row was not used.")
                else:
                    said = tuple(cells.get(name) for name in _CELLS)
                    value = as_written.get(said) or stated(where, *said)
                    if not value.warnings:  # a warning names its line, and so belongs to one row
                        as_written[said] = value
                    for warning in value.warnings:
                        report.warn(warning)
                    keys.append(key)
                    values.append(known.setdefault(value, len(known)))
                    lines.append(line)
        finally:  # a manifest that breaks off still says what it said
            self._index(keys, values, lines, list(known))

    def _index(self, keys: array[int], values: array[int], lines: array[int], known: list[Stated]) -> None:
        unsorted = np.array(keys, np.uint64)
        order = np.argsort(unsorted, kind="stable")
        self._keys = unsorted[order]
        self._values = np.array(values, np.uint32)[order]
        self._lines = np.array(lines, np.uint32)[order]
        self._used = np.zeros(len(order), np.bool_)
        self._stated = known

    def about(self, path: str) -> Stated:
        """What it says of a page; rows that contradict each other say nothing, with a warning."""
        if not len(self._keys) or not path.startswith(self.base):
            return SILENT
        key = _key(path[len(self.base) :])
        first, last = (int(np.searchsorted(self._keys, np.uint64(key or 0), side)) for side in ("left", "right"))
        if first == last:
            return SILENT
        self._used[first:last] = True
        values: set[int] = set(self._values[first:last].tolist())
        if len(values) == 1:
            return self._stated[values.pop()]
        lines = ", ".join(str(line) for line in sorted(self._lines[first:last].tolist()))
        return Stated(void=frozenset(_CELLS), warnings=(f"{self.path}: lines {lines} contradict each other, and were not used.",))

    def close(self, report: WalkReport) -> None:
        """Say which rows spoke of nothing that was there."""
        idle = sorted(self._lines[~self._used].tolist())
        if idle:
            shown = ", ".join(str(line) for line in idle[:10]) + (", …" if len(idle) > 10 else "")
            report.warn(f"{self.path}: {len(idle)} row{'s' if len(idle) > 1 else ''} name no page that was found (line {shown}).")


def _key(file: str) -> int | None:
    """The hash of a path as it may be written: `./b\\c.txt` is `b/c.txt`, and `a.zip/c.txt` is `a.zip#c.txt`."""
    path = unicodedata.normalize("NFC", file.strip()).replace("\\", "/").replace("#", "/")
    parts = [part for part in path.split("/") if part and part != "."]
    if not parts or path.startswith("/") or ".." in parts:
        return None
    return int.from_bytes(hashlib.blake2b("/".join(parts).encode("utf-8", "replace"), digest_size=8).digest(), "big")


def gathered(path: str, manifests: Sequence[Manifest], record: Stated = SILENT) -> tuple[Stated, dict[str, str]]:
    """What is stated of a page and who stated it (`manifest` or `record`), cell by cell.

    The innermost manifest's row for the page itself comes first, then what its record says, then what manifests say of
    the table or archive it is in. A void cell ends the search: what was meant is not known.
    """
    if not manifests and record.silent:
        return record, {}
    voices = [(manifest.about(path), "manifest") for manifest in manifests]
    voices.append((record, "record"))
    container = path
    while "#" in container:
        container = container.rpartition("#")[0]
        voices += [(manifest.about(container), "manifest") for manifest in manifests]
    voices = [(value, voice) for value, voice in voices if not value.silent]
    cells: dict[str, object] = {}
    voice_of: dict[str, str] = {}
    for cell in _CELLS:
        for value, voice in voices:
            if cell in value.void:
                break
            if (said := getattr(value, cell)) is not None:
                cells[cell], voice_of[cell] = said, voice
                break
    warnings = tuple(dict.fromkeys(warning for value, _ in voices for warning in value.warnings))
    return Stated(**cells, warnings=warnings), voice_of  # type: ignore[arg-type]
