"""Where each run of an article's characters stands on its page, from the segments that `articles` gives.

Within a segment clean and raw characters correspond one to one. The sentences of a body say where they stand in the
article's text, so that all segments are matched with them at once; headlines, bylines and captions say nothing, and
take the segments of their kind in order.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Ints = npt.NDArray[np.int64]
#: Further apart than anything in a text: what keeps the positions of one article from those of the next.
APART = 1 << 32


class Units(NamedTuple):
    """The sentences of a batch, column by column: their kinds, where they begin in their article's text (null where they
    are no body), how long they are, which article they are in and where they stand in the batch."""

    kinds: Sequence[str]
    starts: pa.ChunkedArray
    lengths: Ints
    articles: Ints
    positions: Ints


class _Segments(NamedTuple):
    """The segments of a batch, column by column."""

    kinds: npt.NDArray[np.object_]
    articles: Ints
    starts: Ints
    ends: Ints
    raw_starts: Ints
    raw_ends: Ints
    sewn: npt.NDArray[np.bool_]


def runs_on_page(units: Units, column: pa.ChunkedArray) -> tuple[Ints, Ints, Ints]:
    """Runs of characters in order: where each stands in the batch, where on its page, and whether it is sewn to the one before."""
    segments = _segments(column)
    in_body = np.array(units.kinds, dtype=object) == "body"
    in_body &= pc.is_valid(units.starts).to_numpy()
    parts = [_of_bodies(units, segments, np.flatnonzero(in_body)), _of_others(units, segments, np.flatnonzero(~in_body))]
    at, raw, jump = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.argsort(at, kind="stable")
    return at[order], raw[order], jump[order]


def _of_bodies(units: Units, segments: _Segments, rows: Ints) -> tuple[Ints, Ints, Ints]:
    """The runs of body sentences: the segments that each overlaps, as far as it does."""
    body = np.flatnonzero(segments.kinds == "body")
    order = body[np.lexsort((segments.starts[body], segments.articles[body]))]
    article = segments.articles[order] * APART
    seg_start, seg_end = article + segments.starts[order], article + segments.ends[order]
    start = units.articles[rows] * APART + pc.fill_null(units.starts, 0).to_numpy()[rows].astype(np.int64)
    first = np.searchsorted(seg_end, start, side="right")
    counts = np.maximum(np.searchsorted(seg_start, start + units.lengths[rows], side="left") - first, 0)
    sentence = np.repeat(np.arange(len(rows)), counts)
    segment = np.repeat(first - np.cumsum(counts) + counts, counts) + np.arange(len(sentence))
    begin = np.maximum(start[sentence], seg_start[segment])
    at = units.positions[rows][sentence] + begin - start[sentence]
    raw = segments.raw_starts[order][segment] + begin - seg_start[segment]
    jump = segments.sewn[order][segment] & (begin == seg_start[segment])
    return at, raw, jump.astype(np.int64)


def _of_others(units: Units, segments: _Segments, rows: Ints) -> tuple[Ints, Ints, Ints]:
    """The runs of headlines and the like: each takes of the next segments of its kind as much as it has characters."""
    queues: dict[tuple[int, str], deque[tuple[int, int, bool]]] = {}
    columns = (segments.articles, segments.kinds, segments.raw_starts, segments.raw_ends, segments.sewn)
    other = segments.kinds != "body"
    for article, kind, raw_start, raw_end, sewn in zip(*(column[other].tolist() for column in columns), strict=True):
        queues.setdefault((article, kind), deque()).append((raw_start, raw_end, sewn))
    runs: list[tuple[int, int, int]] = []
    for row in rows.tolist():
        queue = queues.get((int(units.articles[row]), units.kinds[row]), deque())
        at, left = int(units.positions[row]), int(units.lengths[row])
        while left > 0 and queue:
            raw_start, raw_end, sewn = queue.popleft()
            runs.append((at, raw_start, int(sewn)))
            taken = min(left, raw_end - raw_start)
            at, left = at + taken, left - taken
            if taken < raw_end - raw_start:
                queue.appendleft((raw_start + taken, raw_end, False))
    found = np.array(runs, dtype=np.int64).reshape(-1, 3)
    return found[:, 0], found[:, 1], found[:, 2]


def _segments(column: pa.ChunkedArray) -> _Segments:
    lists = whole(column)
    flat = pc.list_flatten(lists)
    counts = pc.fill_null(pc.list_value_length(lists), 0).to_numpy(zero_copy_only=False)

    def values(name: str, missing: int | bool | str) -> npt.NDArray[Any]:
        found: npt.NDArray[Any] = pc.fill_null(flat.field(name), missing).to_numpy(zero_copy_only=False)
        return found

    start, end, raw_start, raw_end = (values(name, 0).astype(np.int64) for name in ("start", "end", "raw_start", "raw_end"))
    article = np.repeat(np.arange(len(counts)), counts)
    return _Segments(values("kind", ""), article, start, end, raw_start, raw_end, values("sewn", False).astype(bool))


def whole(column: pa.ChunkedArray) -> pa.Array:
    """A column in one piece."""
    array = column.combine_chunks()
    if isinstance(array, pa.ChunkedArray):
        array = array.chunk(0) if array.num_chunks else pa.array([], type=array.type)
    return array
