"""The panel: facts of the whole corpus merged, a partition at a time and only where something changed.

Each batch's facts are cut into shards by place; a partition of places is merged again when one of its shards changed.
So no step holds more than one batch or one partition, and a page changed touches the partitions of its places only.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

import pipeline.stages.panel as panel
from pipeline.contract import digest, encode
from pipeline.runner.fingerprints import combine
from pipeline.runner.sealing import seal, unseal
from pipeline.runner.standing import Standing
from pipeline.runner.store import Store
from pipeline.storage.lease import HIDDEN

_PARTITIONS = 64
_BOOKS = f"{HIDDEN}/panel"


def merge_corpus(store: Store, standing: Standing) -> int:
    """Bring `panel` up to date with the facts of every batch; returns its number of rows."""
    store.files.make_folder(_BOOKS)
    code = combine([("code", standing.panel), *((name, standing.rules[name]) for name in panel.RULES)])
    shards: dict[int, dict[str, str]] = defaultdict(dict)
    present: set[str] = set()
    for batch in store.batches():
        entry = store.entry(batch)
        facts = entry.files.get("facts") if entry is not None else None
        if facts is None:
            continue
        present.add(batch)
        for partition, shard in _shards_of(store, batch, combine([("facts", facts.digest), ("code", code)])).items():
            shards[partition][batch] = shard
    for name in store.files.names(_BOOKS):
        stale = name.removesuffix(".json")
        if stale not in present and not stale.startswith("partition-"):
            store.files.remove(f"{_BOOKS}/{name}")
            store.files.remove_folder(f"{_BOOKS}/{stale}")
    rows = sum(_merge_partition(store, partition, shards.get(partition, {}), code) for partition in range(_PARTITIONS))
    empty = store.name("panel", "empty")
    if rows:
        store.files.remove(empty)
    else:
        # A dataset without a file cannot be read; one without rows can.
        content = encode("panel", panel.merge(panel.select(_no_facts())))
        if store.digest(empty) != digest(content):
            store.files.write(empty, content)
    return rows


def _shards_of(store: Store, batch: str, key: str) -> dict[int, str]:
    """The digests of a batch's shards by partition, cut anew when its facts changed."""
    book = f"{_BOOKS}/{batch}.json"
    known = _said(store, book)
    if known.get("key") != key:
        folder = f"{_BOOKS}/{batch}"
        store.files.remove_folder(folder)
        store.files.make_folder(folder)
        selected = panel.select(_facts(store, batch))
        digests = {}
        for partition, rows in _split(selected):
            content = _bytes_of(rows)
            store.files.write(f"{folder}/{partition:02d}.arrow", content)
            digests[str(partition)] = digest(content)
        known = {"key": key, "shards": digests}
        store.files.write(book, seal(known))
    return {int(partition): value for partition, value in known["shards"].items()}


def _merge_partition(store: Store, partition: int, shards: dict[str, str], code: str) -> int:
    book = f"{_BOOKS}/partition-{partition:02d}.json"
    target = store.name("panel", f"part-{partition:02d}")
    if not shards:
        store.files.remove(book)
        store.files.remove(target)
        return 0
    key = combine([("code", code), *shards.items()])
    known = _said(store, book)
    if known.get("key") == key and store.digest(target) == known.get("digest"):
        return int(known["rows"])
    rows = pa.concat_tables([_shard(store, batch, partition, shards[batch]) for batch in sorted(shards)])
    merged = panel.merge(rows)
    content = encode("panel", merged)
    store.files.write(target, content)
    store.files.write(book, seal({"key": key, "digest": digest(content), "rows": merged.num_rows}))
    return int(merged.num_rows)


def _shard(store: Store, batch: str, partition: int, stated: str) -> pa.Table:
    """A batch's facts of a partition; cut from the facts again where the shard is not what was written."""
    try:
        content = store.files.read(f"{_BOOKS}/{batch}/{partition:02d}.arrow")
    except OSError:
        content = b""
    if digest(content) == stated:
        return pa.ipc.open_file(content).read_all()
    store.files.remove(f"{_BOOKS}/{batch}.json")
    return dict(_split(panel.select(_facts(store, batch))))[partition]


def _facts(store: Store, batch: str) -> pa.Table:
    return pq.read_table(pa.BufferReader(store.files.read(store.name("facts", batch))), columns=list(panel.READ))


def _said(store: Store, book: str) -> dict[str, Any]:
    """What a book says; nothing where it is missing or damaged."""
    try:
        return unseal(store.files.read(book)) or {}
    except OSError:
        return {}


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
    # There are many shards of few rows each. Arrow's own form is made and read in a tenth of the time of Parquet, and packing it
    # would take twice as long as all the rest for a fifth of the size.
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, rows.schema) as writer:
        writer.write_table(rows.combine_chunks())
    content: bytes = sink.getvalue().to_pybytes()
    return content
