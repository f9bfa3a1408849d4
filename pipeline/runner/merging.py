"""The panel: facts of the whole corpus merged, a partition at a time and only where something changed.

Each batch's facts are cut into shards by place; a partition of places is merged again when one of its shards changed.
So no step holds more than one batch or one partition, and a page changed touches the partitions of its places only.
"""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

import pipeline.stages.panel as panel
from pipeline.contract import digest, encode
from pipeline.rulebook import Rulebook
from pipeline.runner.fingerprints import code_fingerprint, combine
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
    elif not empty.exists():
        # A dataset without a file cannot be read; one without rows can.
        write_atomically(empty, encode("panel", panel.merge(panel.select(_no_facts()))))
    return rows


def _shards_of(store: Store, books: Path, batch: str, key: str) -> dict[int, str]:
    """The digests of a batch's shards by partition, cut anew when its facts changed."""
    book = books / f"{batch}.json"
    known = _read_json(book)
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
        write_atomically(book, json.dumps(known, sort_keys=True).encode("ascii"))
    return {int(partition): value for partition, value in known["shards"].items()}


def _merge_partition(store: Store, books: Path, partition: int, shards: dict[str, str], code: str) -> int:
    book = books / f"partition-{partition:02d}.json"
    target = store.file("panel", f"part-{partition:02d}")
    if not shards:
        book.unlink(missing_ok=True)
        target.unlink(missing_ok=True)
        return 0
    key = combine([("code", code), *shards.items()])
    known = _read_json(book)
    if known.get("key") == key and target.exists() and digest(target.read_bytes()) == known.get("digest"):
        return int(known["rows"])
    rows = pa.concat_tables([pq.read_table(books / batch / f"{partition:02d}.parquet", partitioning=None) for batch in sorted(shards)])
    merged = panel.merge(rows)
    content = encode("panel", merged)
    write_atomically(target, content)
    write_atomically(book, json.dumps({"key": key, "digest": digest(content), "rows": merged.num_rows}).encode("ascii"))
    return int(merged.num_rows)


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


def _read_json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}
