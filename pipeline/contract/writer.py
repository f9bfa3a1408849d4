"""The one way a table becomes a file: checked against its declaration, then written the same way every time."""

from __future__ import annotations

import hashlib
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.contract.datasets import DATASETS, Dataset

ROW_GROUP_ROWS = 128 * 1024
#: Columns whose values seldom come twice: stretches of text, and where they stand.
_DISTINCT = ("text", "context", "start", "end", "raw_start", "raw_end")


class ContractError(ValueError):
    """Rows that break their dataset's declaration."""


def encode(name: str, table: pa.Table) -> bytes:
    """The Parquet file of a table that keeps its contract; the same rows always give the same bytes."""
    check(DATASETS[name], table)
    sink = pa.BufferOutputStream()
    pq.write_table(
        table.combine_chunks(),
        sink,
        row_group_size=ROW_GROUP_ROWS,
        compression="zstd",
        compression_level=3,
        version="2.6",
        write_page_index=False,
        use_dictionary=_repeating(DATASETS[name]),
    )
    content: bytes = sink.getvalue().to_pybytes()
    return content


@cache
def _repeating(dataset: Dataset) -> list[str]:
    """The columns whose values come again and again: only for these is a dictionary of values smaller, and worth making."""
    columns = [column for column in dataset.columns if column.name not in (dataset.key, *_DISTINCT)]
    # Parquet's name of what a list holds.
    return [f"{column.name}.list.element" if pa.types.is_list(column.type) else column.name for column in columns]


def digest(content: bytes) -> str:
    """The fingerprint files are compared and verified by."""
    return hashlib.sha256(content).hexdigest()


def check(dataset: Dataset, table: pa.Table) -> None:
    """Raise `ContractError`, saying which column and which value, unless every row keeps the declaration."""
    if table.schema.names != dataset.schema.names or table.schema.types != dataset.schema.types:
        raise ContractError(f"{dataset.name}: columns are {table.schema.names}, declared are {dataset.schema.names}")
    if not table.schema.equals(dataset.schema, check_metadata=True):
        raise ContractError(f"{dataset.name}: the schema's metadata is not the declared one; make tables with Dataset.table")
    for column in dataset.columns:
        values = table[column.name]
        if column.required and values.null_count:
            raise ContractError(f"{dataset.name}.{column.name} is required and null in {values.null_count} rows")
        if column.allowed:
            _check_allowed(dataset, column.name, column.allowed, values)
    for low, high in (("start", "end"), ("raw_start", "raw_end"), ("low", "high"), ("change_low", "change_high")):
        if {low, high} <= set(table.schema.names):
            _check_order(dataset, low, high, table)
    if dataset.key and table.num_rows:
        _check_unique(dataset, table[dataset.key])


def _check_allowed(dataset: Dataset, name: str, allowed: tuple[str, ...], values: pa.ChunkedArray) -> None:
    strange = [value for value in pc.unique(values).to_pylist() if value is not None and value not in allowed]
    if strange:
        raise ContractError(f"{dataset.name}.{name} holds {strange[0]!r}; allowed are {', '.join(allowed)}")


def _check_order(dataset: Dataset, low: str, high: str, table: pa.Table) -> None:
    # A length of nothing is no range: `end` is exclusive. Values may be equal, offsets may not.
    wrong = pc.greater(table[low], table[high]) if low in ("low", "change_low") else pc.greater_equal(table[low], table[high])
    n_wrong = pc.sum(pc.cast(wrong, pa.int64())).as_py() or 0
    if n_wrong:
        row = pc.index(wrong.combine_chunks() if isinstance(wrong, pa.ChunkedArray) else wrong, True).as_py()
        raise ContractError(f"{dataset.name}: {low} {table[low][row]} is not before {high} {table[high][row]} (row {row}, {n_wrong} such rows)")


def _check_unique(dataset: Dataset, values: pa.ChunkedArray) -> None:
    if len(pc.unique(values)) == len(values):
        return
    counts = pc.value_counts(values.combine_chunks())
    twice = next(entry["values"] for entry in counts.to_pylist() if entry["counts"] > 1)
    raise ContractError(f"{dataset.name}.{dataset.key} {twice!r} stands in more than one row")
