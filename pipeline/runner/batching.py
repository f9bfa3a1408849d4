"""Cutting the input into batches whose borders stay put when pages come and go.

A border falls after a page whose path hashes low, once a batch has its size; so a page added or removed moves the
borders of its own batch at most, and every other batch is recognised as done.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.ingest import Source

DEFAULT_BATCH_BYTES = 1_000_000
_ONE_IN = 4


@dataclass(frozen=True)
class Batch:
    """Some pages that are built together. `id` is that of the border before it, so it outlives changes inside."""

    id: str
    sources: tuple[Source, ...]

    @property
    def n_bytes(self) -> int:
        return sum(len(source.data) for source in self.sources)


def cut(sources: Iterable[Source], batch_bytes: int = DEFAULT_BATCH_BYTES) -> Iterator[Batch]:
    """Batches of about `batch_bytes`, never over four times that unless a single page is."""
    border = ""
    held: list[Source] = []
    size = 0
    for source in sources:
        held.append(source)
        size += len(source.data)
        if size >= 4 * batch_bytes or (size >= batch_bytes and _hash(source.path)[0] % _ONE_IN == 0):
            yield Batch(_batch_id(border), tuple(held))
            border, held, size = source.path, [], 0
    if held:
        yield Batch(_batch_id(border), tuple(held))


class Occurrences:
    """Counts pages with the same bytes, on disk, so that memory does not grow with the corpus."""

    def __init__(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode=OFF")
        self._db.execute("PRAGMA synchronous=OFF")
        self._db.execute("CREATE TABLE seen (digest BLOB PRIMARY KEY, times INT) WITHOUT ROWID")
        self._db.execute("BEGIN")

    def number(self, sources: Iterable[Source]) -> Iterator[Source]:
        """The same sources, each knowing how often its bytes have been seen before it."""
        for source in sources:
            digest = bytes.fromhex(source.content_key)[:16]
            row = self._db.execute(
                "INSERT INTO seen VALUES (?, 0) ON CONFLICT (digest) DO UPDATE SET times = times + 1 RETURNING times", (digest,)
            ).fetchone()
            yield source if not row[0] else replace(source, occurrence=row[0])

    def close(self) -> None:
        self._db.close()


def _batch_id(border: str) -> str:
    return _hash(border).hex()[:12]


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
