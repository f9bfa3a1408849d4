"""The output folder: where files lie, and how a batch's files are replaced all together or not at all.

A batch's new files are written to `commit`, and last its ledger entry: with that one file it is committed. From there
all are moved into place, and whoever finds a ledger entry in `commit` finishes the move. So nothing is asked of the
storage but that one file is written whole or not at all. Readers see Parquet files only, for the rest is in a hidden
folder; `manifest.json`, written last, says what the build as a whole is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pipeline.contract import DATASETS, digest
from pipeline.runner.ledger import Entry
from pipeline.storage import Files, Kept
from pipeline.storage.lease import HIDDEN

_COMMIT, _LEDGER = f"{HIDDEN}/commit", f"{HIDDEN}/ledger"
_ENTRY = "ledger.json"


class Store:
    """An output folder and its hidden books."""

    def __init__(self, files: Files) -> None:
        self.files = files

    def prepare(self) -> None:
        """Make the folders, finish what a killed run had committed, and drop what it had not."""
        for name in (*DATASETS, _COMMIT, _LEDGER):
            self.files.make_folder(name)
        for batch in self.files.folders(_COMMIT):
            self._move_in(batch)

    def name(self, dataset: str, batch: str) -> str:
        return f"{dataset}/{batch}.parquet"

    def kept(self, dataset: str, batch: str) -> Kept:
        """A dataset's file of a batch, to be read wherever the batch is built."""
        return Kept(self.files, self.name(dataset, batch))

    def entry(self, batch: str) -> Entry | None:
        return self._entry(f"{_LEDGER}/{batch}.json")

    def batches(self) -> Iterator[str]:
        """The batches in the ledger, sorted."""
        for name in self.files.names(_LEDGER):
            if name.endswith(".json"):
                yield name.removesuffix(".json")

    def damaged(self, entry: Entry) -> list[str]:
        """The datasets whose file of this batch is missing or not the bytes that were written."""
        return [name for name, record in entry.files.items() if self.digest(self.name(name, entry.batch)) != record.digest]

    def digest(self, name: str) -> str | None:
        """What a file's bytes come to; None where it cannot be read."""
        try:
            return digest(self.files.read(name))
        except OSError:
            return None

    def stage(self, entry: Entry, files: Mapping[str, bytes]) -> None:
        """Write a batch's new files aside; nothing is visible yet, and without its entry nothing of it counts."""
        folder = f"{_COMMIT}/{entry.batch}"
        self.files.remove_folder(folder)
        self.files.make_folder(folder)
        for name, content in files.items():
            self.files.write(f"{folder}/{name}.parquet", content)

    def commit(self, entry: Entry) -> None:
        """Make a staged batch the batch: once its entry is written it will be complete, whatever happens."""
        folder = f"{_COMMIT}/{entry.batch}"
        self.files.write(f"{folder}/{_ENTRY}", entry.dump())
        self.files.sync(folder)
        self.files.sync(_COMMIT)
        self._move_in(entry.batch)

    def remove(self, batch: str) -> None:
        """Forget a batch whose pages are gone: the ledger first, so a half-done removal is finished later."""
        self.files.remove(f"{_LEDGER}/{batch}.json")
        for name in DATASETS:
            self.files.remove(self.name(name, batch))

    def sweep(self, keep: Iterable[str]) -> list[str]:
        """Remove every batch not in `keep`, and files no ledger entry speaks of; returns the batches removed."""
        keep = set(keep)
        gone = [batch for batch in self.batches() if batch not in keep]
        for batch in gone:
            self.remove(batch)
        for dataset in DATASETS:
            if dataset == "panel":
                continue  # the panel's files are partitions, not batches
            for name in self.files.names(dataset):
                if name.endswith(".parquet") and name.removesuffix(".parquet") not in keep:
                    self.files.remove(f"{dataset}/{name}")
        return gone

    def _move_in(self, batch: str) -> None:
        folder = f"{_COMMIT}/{batch}"
        entry = self._entry(f"{folder}/{_ENTRY}")
        if entry is not None:
            for name in self.files.names(folder):
                if name.endswith(".parquet"):
                    self.files.move(f"{folder}/{name}", self.name(name.removesuffix(".parquet"), batch))
            for dataset in DATASETS:
                if dataset not in entry.files and dataset != "panel":
                    self.files.remove(self.name(dataset, batch))
            self.files.move(f"{folder}/{_ENTRY}", f"{_LEDGER}/{batch}.json")
        self.files.remove_folder(folder)

    def _entry(self, name: str) -> Entry | None:
        try:
            return Entry.of(self.files.read(name))
        except OSError:
            return None
