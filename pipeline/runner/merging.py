"""The panel: facts of the whole corpus merged, a partition at a time and only where something changed.

Each batch's facts are cut into shards by place; a partition of places is merged again when one of its shards changed.
So no step holds more than one batch or one partition, and a page changed touches the partitions of its places only.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

import pipeline.stages.panel as panel
from pipeline.contract import digest, encode
from pipeline.rulebook import Rulebook
from pipeline.runner.fingerprints import code_fingerprint, combine
from pipeline.runner.sealing import seal, unseal
from pipeline.runner.store import Store, write_atomically

_PARTITIONS = 64


def merge_corpus(store: Store, rulebook: Rulebook) -> int:
    """Bring `panel` up to date with the facts of every batch; returns its number of rows."""
    books = store.hidden / "panel"
    books.mkdir(parents=True, exist_ok=True)
    code = combine([("code", code_fingerprint(panel.__name__)), *((name, rulebook.fingerprint(name)) for name in panel.RULES)])
    shards: dict[int, dict[str, str]] = defaultdict(dict)
    present: set[str] = set()
    for batch in store.batches():
        entry = store.entry(batch)
        facts = entry.files.get("facts") if entry is not None else None
        if facts is None:
            continue
        present.add(batch)
        for partition, shard in _shards_of(store, books, batch, combine([("facts", facts.digest), ("code", code)])).items():
            shards[partition][batch] = shard
    for stale in books.glob("*.json"):
        if stale.stem not in present and not stale.stem.startswith("partition-"):
            stale.unlink()
            shutil.rmtree(books / stale.stem, ignore_errors=True)
    rows = sum(_merge_partition(store, books, partition, shards.get(partition, {}), code) for partition in range(_PARTITIONS))
    empty = store.file("panel", "empty")
    if rows:
        empty.unlink(missing_ok=True)
    else:
        # A dataset without a file cannot be read; one without rows can.
        content = encode("panel", panel.merge(panel.select(_no_facts())))
        if not empty.exists() or empty.read_bytes() != content:
            write_atomically(empty, content)
    return rows


def _shards_of(store: Store, books: Path, batch: str, key: str) -> dict[int, str]:
    """The digests of a batch's shards by partition, cut anew when its facts changed."""
    book = books / f"{batch}.json"
    known = unseal(book) or {}
    if known.get("key") != key:
        folder = books / batch
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        selected = panel.select(pq.read_table(store.file("facts", batch), partitioning=None))
        digests = {}
        for partition, rows in _split(selected):
            content = _bytes_of(rows)
            (folder / f"{partition:02d}.parquet").write_bytes(content)
            digests[str(partition)] = digest(content)
        known = {"key": key, "shards": digests}
        write_atomically(book, seal(known))
    return {int(partition): value for partition, value in known["shards"].items()}


def _merge_partition(store: Store, books: Path, partition: int, shards: dict[str, str], code: str) -> int:
    book = books / f"partition-{partition:02d}.json"
    target = store.file("panel", f"part-{partition:02d}")
    if not shards:
        book.unlink(missing_ok=True)
        target.unlink(missing_ok=True)
        return 0
    key = combine([("code", code), *shards.items()])
    known = unseal(book) or {}
    if known.get("key") == key and target.exists() and digest(target.read_bytes()) == known.get("digest"):
        return int(known["rows"])
    rows = pa.concat_tables([_shard(store, books, batch, partition, shards[batch]) for batch in sorted(shards)])
    merged = panel.merge(rows)
    content = encode("panel", merged)
    write_atomically(target, content)
    write_atomically(book, seal({"key": key, "digest": digest(content), "rows": merged.num_rows}))
    return int(merged.num_rows)


def _shard(store: Store, books: Path, batch: str, partition: int, stated: str) -> pa.Table:
    """A batch's facts of a partition; cut from the facts again where the shard is not what was written."""
    try:
        content = (books / batch / f"{partition:02d}.parquet").read_bytes()
    except OSError:
        content = b""
    if digest(content) == stated:
        return pq.read_table(pa.BufferReader(content))
    (books / f"{batch}.json").unlink(missing_ok=True)
    facts = panel.select(pq.read_table(store.file("facts", batch), partitioning=None))
    return dict(_split(facts))[partition]


def _split(rows: pa.Table) -> list[tuple[int, pa.Table]]:
    """Rows by the partition of their place."""
    at: dict[int, list[int]] = defaultdict(list)
    for n, code in enumerate(rows["subject_code"].to_pylist()):
        at[int(digest(str(code).encode("utf-8"))[:8], 16) % _PARTITIONS].append(n)
    return [(partition, rows.take(at[partition])) for partition in sorted(at)]


def _no_facts() -> pa.Table:
    from pipeline.contract import DATASETS

    return DATASETS["facts"].empty()


def _bytes_of(rows: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(rows, sink, compression="zstd")
    content: bytes = sink.getvalue().to_pybytes()
    return content
