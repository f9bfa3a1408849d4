"""Tables as compact JSON that is safe inside a script: nothing a page says can end the script or start another."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Sequence
from typing import Any

import pyarrow as pa

#: Inside JSON these stand in strings only, so writing them as escapes never changes the value.
_ESCAPES = tuple((char, f"\\u{ord(char):04x}") for char in "<>&\u2028\u2029")


def as_script(key: str, content: str) -> str:
    """One line of script that hands JSON to the page under `key`."""
    return f"zhengbao.pieces.put({as_json(key)},{content});\n"


def as_json(content: Any) -> str:
    """JSON with the characters escaped that mean something to a parser of HTML or script."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for char, escape in _ESCAPES:
        text = text.replace(char, escape)
    return text


def columns(table: pa.Table, leave_out: Collection[str] = ()) -> dict[str, Any]:
    """A table column by column; columns without a value are left out."""
    names = [name for name in table.column_names if name not in leave_out and table[name].null_count < len(table)]
    return {"n": len(table), "columns": {name: packed(values(table[name])) for name in names}}


def packed(column: Sequence[Any]) -> Any:
    """A column as a list, or as its distinct words and an index into them where words are said often."""
    if not any(isinstance(value, str) for value in column):
        return column
    words: dict[str, int] = {}
    index = [-1 if value is None else words.setdefault(value, len(words)) for value in column]
    return {"words": list(words), "index": index} if len(words) * 2 <= len(column) else column


def values(column: pa.ChunkedArray) -> list[Any]:
    """A column's values as JSON has them: days as words, whole numbers without a point, what is no number as nothing."""
    if pa.types.is_date(column.type):
        column = column.cast(pa.string())
    plain: list[Any] = column.to_pylist()
    if pa.types.is_floating(column.type):
        return [_number(value) for value in plain]
    if pa.types.is_list(column.type) and pa.types.is_struct(column.type.value_type):
        return [None if items is None else [list(item.values()) for item in items] for items in plain]
    return plain


def _number(value: float | None) -> float | int | None:
    if value is None or not math.isfinite(value):
        return None
    return int(value) if value.is_integer() and abs(value) < 2**53 else value
