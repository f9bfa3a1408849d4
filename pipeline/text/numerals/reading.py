"""The number a text starts with."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.text.numerals.characters import Numeral
from pipeline.text.numerals.parts import NumeralReader

_PLAIN = re.compile(r"(\d+)(?:\.(\d+))?([十百千万亿]{0,2})$")
_POWER = {"": 0, "十": 1, "百": 2, "千": 3, "万": 4, "亿": 8, "十万": 5, "百万": 6, "千万": 7, "十亿": 9, "百亿": 10, "千亿": 11, "万亿": 12}


def scaled(digits: str, fraction: str, power: int) -> float:
    """`digits.fraction` times ten to the `power`, correctly rounded."""
    return float(f"{digits}.{fraction or '0'}e{power}")


@lru_cache(maxsize=1 << 16)
def read_prefix(text: str) -> Numeral | None:
    """The longest well-formed number `text` starts with, or None."""
    plain = _PLAIN.match(text)
    if plain is not None and (power := _POWER.get(plain[3])) is not None:
        value = scaled(plain[1], plain[2] or "", power)
        return Numeral(value, value, len(text), "", "arabic")
    return NumeralReader(text).read()


def read(text: str) -> Numeral | None:
    """The number that the whole of `text` is, or None."""
    number = read_prefix(text)
    return number if number is not None and number.end == len(text) else None
