"""How much of the pages was read: every digit by what it was read as."""

from __future__ import annotations

from collections import Counter

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.report.batches import Batch

#: What a digit can be part of; where two overlap, the first counts.
READINGS = ("unread", "quantity", "time", "ordinal", "left_out", "name")


def count_digits(batch: Batch) -> Counter[str]:
    """The digits of a batch's pages by what they were read as; a name or identifier is what a rule knows and is no number."""
    texts = batch.documents["text"].to_pylist()
    starts = np.concatenate(([0], np.cumsum([len(text) for text in texts]))).astype(np.int64)
    left = _digits("".join(texts))
    quantities, issues = batch.rows("quantities"), batch.rows("issues")
    ordinal = pc.equal(quantities.table["dimension"], "ordinal")
    read = (
        ("unread", issues.table.filter(pc.equal(issues.table["kind"], "unread_number"))),
        ("quantity", quantities.table.filter(pc.invert(ordinal))),
        ("time", batch.rows("times").table),
        ("ordinal", quantities.table.filter(ordinal)),
        ("left_out", issues.table.filter(pc.equal(issues.table["stage"], "articles"))),
    )
    counts: Counter[str] = Counter()
    for reading, rows in read:
        here = left & _covered(rows, batch.documents["doc_id"], starts)
        counts[reading] = int(here.sum())
        left &= ~here
    counts["name"] = int(left.sum())
    return counts


def _digits(text: str) -> npt.NDArray[np.bool_]:
    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    return ((codes >= 0x30) & (codes <= 0x39)) | ((codes >= 0xFF10) & (codes <= 0xFF19))


def _covered(rows: pa.Table, doc_ids: pa.ChunkedArray, starts: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Which characters of the batch's texts, one after the other, the raw ranges of these rows cover."""
    rows = rows.filter(pc.is_valid(rows["raw_start"]))
    base = starts[pc.index_in(rows["doc_id"], value_set=doc_ids.combine_chunks()).to_numpy()]
    steps = np.zeros(int(starts[-1]) + 1, dtype=np.int32)
    np.add.at(steps, base + rows["raw_start"].to_numpy(), 1)
    np.add.at(steps, base + rows["raw_end"].to_numpy(), -1)
    covered = np.cumsum(steps[:-1]) > 0
    if "raw_spans" in rows.column_names:
        for at, spans in zip(base, rows["raw_spans"].to_pylist(), strict=True):
            for span in spans or ():
                covered[at + span["start"] : at + span["end"]] = True
    return covered
