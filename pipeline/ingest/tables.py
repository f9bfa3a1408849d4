"""Tables of documents: each record with a `text` is a page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.ingest.archives import seekable
from pipeline.ingest.blobs import Blob, too_large
from pipeline.ingest.lines import BUFFER, Lines, restored, rows
from pipeline.ingest.source import Limits, Unreadable, clean_name
from pipeline.ingest.stated import SILENT, Stated, stated

_COLUMNS = ("text", "id", "date", "publication", "place_code")
#: JSON may write a character of three bytes as six: 中 as \\u4e2d.
_ESCAPED = 2
#: A file whose first so many lines are no records is no table.
_GIVE_UP = 20
#: Rows of Parquet in memory at a time.
_ROWS = 32


@dataclass(frozen=True)
class Record:
    """One row of a table: its text as UTF-8, or why there is none."""

    #: Its id, or its number in the table.
    name: str
    data: bytes
    stated: Stated = SILENT
    encoding: str | None = None
    fault: str | None = None


def records(blob: Blob, kind: str, limits: Limits) -> Iterator[Record]:
    """The records of a table in order, never more than a few in memory."""
    match kind:
        case "jsonl":
            return _jsonl(blob, limits)
        case "csv":
            return _csv(blob, limits)
        case _:
            return _parquet(blob, limits)


def _jsonl(blob: Blob, limits: Limits) -> Iterator[Record]:
    with blob.open() as stream:
        lines = Lines(stream, limits.page_bytes * _ESCAPED)
        n_good = n_bad = 0
        for line in lines:
            if line is not None and not line.strip():
                continue
            record = _json_record(line, lines, limits)
            n_good, n_bad = n_good + (record.fault is None), n_bad + (record.fault is not None)
            if n_bad == _GIVE_UP and not n_good:
                raise Unreadable(f"its first {n_bad} lines are no records with a text; the rest was not read")
            yield record
        if not n_good and not n_bad:
            raise Unreadable("it is empty")


def _json_record(line: str | None, lines: Lines, limits: Limits) -> Record:
    number = str(lines.number)
    if line is None:
        return Record(number, b"", fault=too_large(limits.page_bytes))
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Record(number, b"", fault=f"the line is no JSON ({error})")
    if not isinstance(fields, dict):
        return Record(number, b"", fault="the line is no JSON object")
    return _record(fields, number, lines.encoding, limits)


def _csv(blob: Blob, limits: Limits) -> Iterator[Record]:
    with blob.open() as stream:
        lines = Lines(stream, limits.page_bytes)
        table = rows(lines, limits.page_bytes)
        header = [cell.strip().lower() for cell in next(table, (0, []))[1]]
        _require_text(header)
        for number, (_, row) in enumerate(table, 1):
            if len(row) > len(header) and any(cell.strip() for cell in row[len(header) :]):
                yield Record(str(number), b"", fault=f"the row has {len(row)} cells under {len(header)} column names: a comma outside quotes?")
            else:
                yield _record(dict(zip(header, row)), str(number), lines.encoding, limits)


def _parquet(blob: Blob, limits: Limits) -> Iterator[Record]:
    try:
        with seekable(blob, limits) as handle, pq.ParquetFile(handle, buffer_size=BUFFER, pre_buffer=False) as file:
            spelled = {name.strip().lower(): name for name in file.schema_arrow.names}
            _require_text(list(spelled))
            wanted = {column: spelled[column] for column in _COLUMNS if column in spelled}
            number = 0
            for batch in file.iter_batches(_ROWS, columns=list(wanted.values()), use_threads=False):
                columns = {column: _values(batch.column(name)) for column, name in wanted.items()}
                for row in range(batch.num_rows):
                    number += 1
                    yield _record({column: values[row] for column, values in columns.items()}, str(number), "utf-8", limits)
            if not number:
                raise Unreadable("it is empty")
    except pa.ArrowException as error:
        raise Unreadable(f"it is no Parquet file, or damaged ({str(error).splitlines()[0][:200]})") from error


def _values(column: pa.Array) -> list[object]:
    """Plain values; strings as bytes, because not every writer keeps to UTF-8."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        column = column.cast(pa.large_binary())
    values: list[object] = column.to_pylist()
    return values


def _require_text(header: list[str]) -> None:
    if not header:
        raise Unreadable("it is empty")
    if "text" not in header:
        found = clean_name(", ".join(header[:12])[:200])
        raise Unreadable(f"it is no table of documents: no column is called text (there are: {found})")


def _record(fields: Mapping[str, object], number: str, encoding: str, limits: Limits) -> Record:
    text = fields.get("text")
    name = _label(fields.get("id")) or number
    if text is None:
        return Record(name, b"", fault="the record has no text")
    if isinstance(text, str):
        data = restored(text)
    elif isinstance(text, bytes):
        data = text
    else:
        return Record(name, b"", fault=f"the record's text is no text but {type(text).__name__}")
    if len(data) > limits.page_bytes:
        return Record(name, b"", fault=too_large(limits.page_bytes))
    said = stated(f"record {name}", *(_plain(fields.get(cell)) for cell in ("publication", "date", "place_code")))
    return Record(name, data, said, encoding)


def _label(cell: object) -> str:
    return clean_name(" ".join(str(_plain(cell)).split())[:200]) if cell is not None else ""


def _plain(cell: object) -> object:
    return cell.decode("utf-8", "replace") if isinstance(cell, bytes) else cell
