"""Reading an output folder batch by batch: the runner gives a batch's file the same name in every dataset."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.contract import DATASETS

#: What is marked in a page's text, in the order the report lists it.
LAYERS = ("facts", "quantities", "times", "people", "officials", "places", "issues")


@dataclass
class Grouped:
    """A batch's rows of one dataset, in page order, and where each page's rows begin."""

    table: pa.Table
    bounds: npt.NDArray[np.int64]

    def of(self, page: int) -> pa.Table:
        """The rows of the batch's page with this number."""
        start = int(self.bounds[page])
        return self.table.slice(start, int(self.bounds[page + 1]) - start)


class Batch:
    """The datasets of one batch of pages, each read when first asked for."""

    def __init__(self, outputs: Path, name: str) -> None:
        self._outputs = outputs
        self._name = name
        self._grouped: dict[str, Grouped] = {}

    @cached_property
    def documents(self) -> pa.Table:
        """The batch's pages."""
        return self._read("documents")

    def rows(self, dataset: str) -> Grouped:
        """A dataset's rows of this batch, grouped by page."""
        if dataset not in self._grouped:
            self._grouped[dataset] = self._group(self._read(dataset))
        return self._grouped[dataset]

    def _read(self, dataset: str) -> pa.Table:
        path = self._outputs / dataset / self._name
        return pq.read_table(path, partitioning=None) if path.is_file() else DATASETS[dataset].empty()

    def _group(self, table: pa.Table) -> Grouped:
        pages = pc.index_in(table["doc_id"], value_set=self.documents["doc_id"].combine_chunks())
        order = pc.sort_indices(pa.table({"page": pages}), sort_keys=[("page", "ascending")])
        counts = np.bincount(pages.drop_null().to_numpy(), minlength=len(self.documents))
        return Grouped(table.take(order), np.concatenate(([0], np.cumsum(counts))))


def batches(outputs: Path) -> Iterator[Batch]:
    """Every batch of an output folder, in the order of their names."""
    for path in sorted((outputs / "documents").glob("*.parquet")):
        yield Batch(outputs, path.name)


def panel(outputs: Path) -> Iterator[pa.Table]:
    """The panel, one part at a time."""
    for path in sorted((outputs / "panel").glob("*.parquet")):
        yield pq.read_table(path, partitioning=None)
