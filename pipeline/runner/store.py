"""The output folder: where files lie, and how a batch's files are replaced all together or not at all.

A batch is written to `staging`, renamed to `commit` in one step, and moved into place from there; whoever finds
something in `commit` finishes the move. Readers see Parquet files only, for the rest is in a hidden folder.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.contract import DATASETS, digest
from pipeline.runner.ledger import Entry

HIDDEN = ".zhengbao"


class Store:
    """An output folder and its hidden books."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.hidden = root / HIDDEN
        self._staging = self.hidden / "staging"
        self._commit = self.hidden / "commit"
        self._ledger = self.hidden / "ledger"

    def prepare(self) -> None:
        """Make the folders, finish what a killed run had committed, and drop what it had not."""
        for name in DATASETS:
            (self.root / name).mkdir(parents=True, exist_ok=True)
        for folder in (self._staging, self._commit, self._ledger):
            folder.mkdir(parents=True, exist_ok=True)
        for folder in sorted(self._commit.iterdir()):
            self._move_in(folder)
        for folder in self._staging.iterdir():
            shutil.rmtree(folder, ignore_errors=True)

    def file(self, dataset: str, batch: str) -> Path:
        return self.root / dataset / f"{batch}.parquet"

    def entry(self, batch: str) -> Entry | None:
        return Entry.read(self._ledger / f"{batch}.json")

    def batches(self) -> Iterator[str]:
        """The batches in the ledger, sorted."""
        for path in sorted(self._ledger.glob("*.json")):
            yield path.stem

    def damaged(self, entry: Entry) -> list[str]:
        """The datasets whose file of this batch is missing or not the bytes that were written."""
        return [name for name, record in entry.files.items() if _digest_of(self.file(name, entry.batch)) != record.digest]

    def stage(self, run: str, entry: Entry, files: Mapping[str, bytes]) -> Path:
        """Write a batch's new files and its ledger entry aside; nothing is visible yet."""
        folder = self._staging / f"{run}-{entry.batch}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name, content in files.items():
            _write(folder / f"{name}.parquet", content)
        _write(folder / "ledger.json", entry.dump())
        return folder

    def commit(self, batch: str, staged: Path) -> None:
        """Make a staged batch the batch: after the first rename it will be complete, whatever happens."""
        target = self._commit / batch
        if target.exists():
            self._move_in(target)
        staged.replace(target)
        _sync_folder(self._commit)
        self._move_in(target)

    def remove(self, batch: str) -> None:
        """Forget a batch whose pages are gone: the ledger first, so a half-done removal is finished later."""
        (self._ledger / f"{batch}.json").unlink(missing_ok=True)
        for name in DATASETS:
            self.file(name, batch).unlink(missing_ok=True)

    def sweep(self, keep: Iterator[str] | set[str]) -> list[str]:
        """Remove every batch not in `keep`, and files no ledger entry speaks of; returns the batches removed."""
        keep = set(keep)
        gone = [batch for batch in self.batches() if batch not in keep]
        for batch in gone:
            self.remove(batch)
        for name, dataset in DATASETS.items():
            if dataset.name == "panel":
                continue  # the panel's files are partitions, not batches
            for path in (self.root / name).glob("*.parquet"):
                if path.stem not in keep:
                    path.unlink(missing_ok=True)
        return gone

    def _move_in(self, folder: Path) -> None:
        batch = folder.name
        for path in sorted(folder.glob("*.parquet")):
            path.replace(self.file(path.stem, batch))
        ledger = folder / "ledger.json"
        if ledger.exists():
            entry = Entry.read(ledger)
            for name in DATASETS:
                if entry is not None and name not in entry.files and name != "panel":
                    self.file(name, batch).unlink(missing_ok=True)
            ledger.replace(self._ledger / f"{batch}.json")
        shutil.rmtree(folder, ignore_errors=True)


def write_atomically(path: Path, content: bytes) -> None:
    """Replace a file in one step: a reader sees the old bytes or the new."""
    aside = path.with_name(f".{path.name}.new")
    _write(aside, content)
    aside.replace(path)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _digest_of(path: Path) -> str | None:
    try:
        return digest(path.read_bytes())
    except OSError:
        return None
