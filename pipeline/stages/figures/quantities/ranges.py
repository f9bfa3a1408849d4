"""Two numbers that share what stands after the second: 2-3次, 5至8万元, 增长1.2、1.5倍."""

from __future__ import annotations

import re

from pipeline.stages.figures.quantities.compiled import Unit
from pipeline.stages.figures.quantities.reader import LONGEST, RUN, Reader
from pipeline.stages.figures.quantities.signs import HYPHENS
from pipeline.stages.figures.quantities.units import unit_after
from pipeline.text.numerals import Numeral, read_prefix

#: What may stand between the ends of a range.
BETWEEN = HYPHENS | {"至", "到"}
_LISTED = frozenset("、和与及或，,")
_MAGNITUDE = re.compile(r"[十百千万亿]+$")
YEAR = re.compile(r"(?:1[5-9]|20)\d\d\Z")
_MOST_LISTED = 8


def span(reader: Reader, begin: int, start: int, stop: int, number: Numeral, own: tuple[Unit, int] | None) -> tuple[int, int, Numeral, Unit] | None:
    """The range that begins with this number (and its own unit, where it has one): end of the numbers, end of the unit, number, unit."""
    text = reader.text
    at = stop if own is None else own[1]
    if number.hedge or (own is not None and text[at] in "至到" and text[begin - 1 : begin] in ("从", "由", "自")):
        return None  # 从5%到8% is a change
    second_at = at + 1
    while second_at - at < 3 and text[second_at : second_at + 1] in HYPHENS | {" "}:
        second_at += 1
    second = _number(reader, second_at)
    if second is None or second.kind == "bare":
        return None
    found = unit_after(reader, second_at, second_at + second.end, second)
    if found is None:
        return None
    unit, second_stop, end, second = found
    if (own is not None and own[0] != unit) or (unit.name == "年" and YEAR.match(text[start:stop])):
        return None
    low = number.low if own is not None else share_magnitude(text[start:stop], number.low, text[second_at:second_stop], second.low)
    if low >= second.high:
        return None
    return second_stop, end, Numeral(low, second.high, 0, second.hedge, "range"), unit


def shared_unit(reader: Reader, start: int, stop: int, number: Numeral) -> tuple[Unit, float] | None:
    """The unit, and the value with its magnitude, that a number in a list takes from the last one: 5、6万元."""
    text, at = reader.text, stop
    for _ in range(_MOST_LISTED):
        if text[at : at + 1] not in _LISTED:
            return None
        following = _number(reader, at + 1)
        if following is None or following.kind not in ("arabic", "chinese"):
            return None
        end = at + 1 + following.end
        found = unit_after(reader, at + 1, end, following)
        if found is not None:
            unit = found[0]
            if unit.name in ("年", "大") or YEAR.match(text[start:stop]):
                return None
            return unit, share_magnitude(text[start:stop], number.low, text[at + 1 : found[1]], found[3].low, listed=True)
        at = end
    return None


def shared_code(reader: Reader, stop: int) -> str | None:
    """The rule of the word that makes the last number of a list or range a code, and this one with it: 80至90年代."""
    text, at = reader.text, stop
    for _ in range(_MOST_LISTED):
        if text[at : at + 1] not in _LISTED | BETWEEN:
            return None
        following = _number(reader, at + 1)
        if following is None or following.kind != "arabic":
            return None
        at += 1 + following.end
        code = reader.rules.code_after.at(text, at)
        if code is not None:
            return code[0]
    return None


def _number(reader: Reader, at: int) -> Numeral | None:
    match = RUN.match(reader.text, at, at + LONGEST)
    return None if match is None or at >= reader.limit else read_prefix(match[0])


def share_magnitude(first: str, low: float, second: str, high: float, *, listed: bool = False) -> float:
    """5至8万元: the 万 of the last number belongs to the first too, unless that has one of its own or is the larger as written."""
    match = _MAGNITUDE.search(second.rstrip("余多"))
    if match is None or len(match[0]) == len(second) or _MAGNITUDE.search(first) is not None:
        return low
    magnitude = read_prefix(match[0])
    if magnitude is None or (low > high / magnitude.low and not listed):
        return low
    return float(f"{low * magnitude.low:.12g}")
