"""Tables as compact JSON that is safe inside a script: nothing a page says can end the script or start another."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

#: Inside JSON these stand in strings only, so writing them as escapes never changes the value.
_ESCAPES = str.maketrans({char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"})


def as_script(key: str, content: Any) -> str:
    """One line of script that hands `content` to the page under `key`."""
    return f"zhengbao.pieces.put({as_json(key)},{as_json(content)});\n"


def as_json(content: Any) -> str:
    """JSON with the characters escaped that mean something to a parser of HTML or script."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False).translate(_ESCAPES)


def columns(table: pa.Table, leave_out: Iterable[str] = ()) -> dict[str, Any]:
    """A table column by column; columns without a value are left out, words said often are said once."""
    absent = set(leave_out)
    content = {name: packed(table[name].to_pylist()) for name in table.column_names if name not in absent and table[name].null_count < len(table)}
    return {"n": len(table), "columns": content}


def packed(values: Sequence[Any]) -> Any:
    """A column as a list, or as its distinct words and an index into them where that is shorter."""
    made = [plain(value) for value in values]
    if not any(isinstance(value, str) for value in made):
        return made
    words: dict[str, int] = {}
    index = [-1 if value is None else words.setdefault(value, len(words)) for value in made]
    return {"words": list(words), "index": index} if len(words) * 2 <= len(made) else made


def plain(value: Any) -> Any:
    """A value JSON has: dates as words, whole numbers without a point, what is no number as nothing."""
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, list):
        return [list(item.values()) if isinstance(item, dict) else plain(item) for item in value]
    return value
