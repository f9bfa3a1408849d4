"""Making the report of an output folder: data streamed into pieces, the fixed files beside them, put in place at once."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

import pyarrow.parquet as pq

from pipeline.contract import DATASETS
from pipeline.report.batches import LAYERS, Batch, batches, panel
from pipeline.report.coverage import READINGS, count_digits
from pipeline.report.encoding import as_json, as_script
from pipeline.report.naming import PlaceNames
from pipeline.report.pages import page_marks, page_text
from pipeline.report.pieces import Pieces
from pipeline.report.tables import Tables

#: Pages are gathered into a piece until it is about this long.
PIECE_LENGTH = 150_000
#: The file that says a folder is a report, and so may be replaced.
_MARK = Path("data") / "summary.js"


class NotAReportError(ValueError):
    """The folder to write to holds something else."""


@dataclass(frozen=True)
class Written:
    """What was written."""

    index: Path
    pages: int
    files: int
    n_bytes: int


def write_report(outputs: Path, to: Path | None = None, indicators: Mapping[str, tuple[str, str]] | None = None) -> Written:
    """Write the report of `outputs` to `to` (its `report` folder when left out); an older report there is replaced.

    `indicators` says what canonical indicators are called in Chinese and in English; one that is not in it is called by its id.
    """
    target = to or outputs / "report"
    if not any((outputs / "documents").glob("*.parquet")):
        raise ValueError(f"{outputs}: no datasets there; build them first with zhengbao build PAGES --output {outputs}")
    if target.exists() and not (target / _MARK).is_file() and (not target.is_dir() or any(target.iterdir())):
        raise NotAReportError(f"{target}: holds something that is no report; name another folder with --to")
    made = target.with_name(f".{target.name}.making")
    shutil.rmtree(made, ignore_errors=True)
    with as_file(files("pipeline.report") / "static") as static:
        shutil.copytree(static, made)
    pages = _write_data(outputs, made / "data", indicators or {})
    _replace(target, made)
    sizes = [path.stat().st_size for path in target.rglob("*") if path.is_file()]
    return Written(target / "index.html", pages, len(sizes), sum(sizes))


def _write_data(outputs: Path, data: Path, indicators: Mapping[str, tuple[str, str]]) -> int:
    """Stream every batch into the pieces; returns the number of pages."""
    writer = _PageWriter(data)
    tables, names = Tables(data), PlaceNames()
    digits: Counter[str] = Counter()
    issues: Counter[str] = Counter()
    facts: Counter[tuple[str | None, str]] = Counter()
    for batch in batches(outputs):
        first = writer.pages
        tables.add(batch, first, writer.add(batch))
        names.add(batch)
        digits += count_digits(batch)
        issues.update(batch.rows("issues").table["kind"].to_pylist())
        rows = batch.rows("facts").table
        facts.update(zip(rows["indicator_id"].to_pylist(), rows["modality"].to_pylist(), strict=True))
    writer.close()
    used = {indicator for indicator, _ in facts if indicator is not None}
    for part in panel(outputs):
        tables.add_panel(part)
        names.use(part["subject_code"])
    summary = {
        "rows": {name: _count(outputs / name) for name in DATASETS},
        "layers": LAYERS,
        "tables": tables.close(),
        "firsts": writer.firsts,
        "digits": {reading: digits[reading] for reading in READINGS},
        "issues": dict(sorted(issues.items(), key=lambda item: (-item[1], item[0]))),
        "facts": [[indicator, modality, n] for (indicator, modality), n in sorted(facts.items(), key=lambda item: (item[0][0] or "", item[0][1]))],
        "places": names.named(),
        "indicators": {indicator: indicators[indicator] for indicator in sorted(used) if indicator in indicators},
        "columns": {name: {column.name: column.about for column in DATASETS[name].columns} for name in ("documents", "articles", *LAYERS)},
    }
    (data / "summary.js").write_text(as_script("summary", as_json(summary)), "utf-8")
    return writer.pages


class _PageWriter:
    """Writes pages into pieces: what is searched in `text`, what a page's view needs beside it in `marks`, under one number."""

    def __init__(self, data: Path) -> None:
        self._text, self._marks = Pieces(data, "text"), Pieces(data, "marks")
        self._waiting: list[tuple[str, str]] = []
        self._length = 0
        self.pages = 0
        #: The first page of each piece.
        self.firsts: list[int] = [0]

    def add(self, batch: Batch) -> list[int]:
        """Add a batch's pages; returns the piece each of them lies in."""
        pieces = []
        for page in range(len(batch.documents)):
            articles, sentences = page_text(batch, page)
            marks = as_json(page_marks(batch, page, sentences))
            if self._waiting and self._length + len(marks) > PIECE_LENGTH:
                self._write()
            self._waiting.append((as_json(articles), marks))
            self._length += len(marks)
            pieces.append(self._text.count)
            self.pages += 1
        return pieces

    def close(self) -> None:
        """Write what is left."""
        if self._waiting:
            self._write()
        self.firsts.pop()

    def _write(self) -> None:
        for pieces, pages in zip((self._text, self._marks), zip(*self._waiting, strict=True), strict=True):
            pieces.write(f"[{','.join(pages)}]")
        self.firsts.append(self.firsts[-1] + len(self._waiting))
        self._waiting, self._length = [], 0


def _count(folder: Path) -> int:
    return sum(pq.read_metadata(path).num_rows for path in sorted(folder.glob("*.parquet")))


def _replace(target: Path, made: Path) -> None:
    """Put the new report in the old one's place; killed at any moment, one of the two is whole on the disk."""
    old = target.with_name(f".{target.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    made.rename(target)
    shutil.rmtree(old, ignore_errors=True)
