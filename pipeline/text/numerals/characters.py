"""The characters numbers are written with, and what a number comes to."""

from __future__ import annotations

from typing import NamedTuple

_WRITTEN = ("零〇○", "一壹弌幺", "二贰貳两兩", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
DIGITS = {c: n for n, characters in enumerate(_WRITTEN) for c in characters}
SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
BIG = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
TENS = {"廿": 20, "卅": 30}

#: Characters that are numerals wherever they stand in a number; 几 and 数 only make one before 十百千万亿.
NUMERALS = frozenset("零〇一二两三四五六七八九十百千万亿")
PAIR = frozenset("两兩")
MAGNITUDES = frozenset((*SMALL, *BIG))


class Numeral(NamedTuple):
    """A number read at the start of a text."""

    low: float
    high: float
    #: Where it ends in the text it was read from.
    end: int
    #: `more` with 余 or 多, `about` with 几, 数 or 来, else empty.
    hedge: str
    #: `arabic`, `chinese`, `digits` (read digit by digit: 二〇二三), `bare` (a magnitude alone: 百万, 亿) or `half`.
    kind: str
    #: The last digit stands for tenths of the magnitude before it: 一万五, 两百三.
    short: bool = False
