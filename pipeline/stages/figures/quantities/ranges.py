"""Two numbers that share what stands after the second: 2-3次, 5至8万元, 增长1.2、1.5倍."""

from __future__ import annotations

import re

from pipeline.stages.figures.quantities.compiled import Unit
from pipeline.stages.figures.quantities.reader import LONGEST, RUN, STARTS, Reader
from pipeline.stages.figures.quantities.signs import HYPHENS
from pipeline.stages.figures.quantities.units import composed, unit_after
from pipeline.text.numerals import Numeral, read_prefix

#: What may stand between the ends of a range.
BETWEEN = HYPHENS | {"至", "到"}
_LISTED = frozenset("、和与及或，,")
_MAGNITUDE = re.compile(r"([十百千拾佰仟]*)([万亿]*)$")
_SMALL, _LARGE = frozenset("十百千拾佰仟"), frozenset("万亿")
#: 1万（含）-5万元: the bracket says that the end counts in, which all ends do.
_MINUS = frozenset("-－−")
_GAPS = ("（", "(", " ")
_INCLUSIVE = ("（含）", "(含)")
YEAR = re.compile(r"(?:1[5-9]|20)\d\d\Z")
_MOST_LISTED = 8
#: Dimensions of which a list of two is just that: 增长1、2个百分点 is nothing anybody says.
_EXACT = frozenset(("percent", "percentage_point", "permille", "money"))


def to(text: str, at: int) -> int:
    """Where the sign of a range stands, or would, after what ends at `at`: past a bracket (含) and a space before a dash."""
    if text.startswith(_INCLUSIVE, at):
        at += len(_INCLUSIVE[0])
    return at + 1 if text[at : at + 1] == " " and text[at + 1 : at + 2] in HYPHENS else at


def begins(text: str, at: int) -> bool:
    """Whether a range may go on after what ends at `at`."""
    c = text[at : at + 1]
    return c in BETWEEN or (c in _GAPS and text[to(text, at) : to(text, at) + 1] in BETWEEN)


def span(reader: Reader, begin: int, start: int, stop: int, number: Numeral, own: tuple[Unit, int] | None) -> tuple[int, int, Numeral, Unit] | None:
    """The range that begins with this number (and its own unit, where it has one): end of the numbers, end of the unit, number, unit."""
    text = reader.text
    at = to(text, stop if own is None else own[1])
    if number.hedge or (own is not None and text[at] in "至到" and text[begin - 1 : begin] in ("从", "由", "自")):
        return None  # 从5%到8% is a change
    second_at = at + 1
    minus = text[second_at : second_at + 1] in _MINUS and (number.low < 0 or text[at] not in _MINUS)  # -9℃~-2℃; but 1万--5万
    while second_at - at < 3 and text[second_at : second_at + 1] in HYPHENS | {" "}:
        second_at += 1
    above_zero = text.startswith("零上", second_at)
    second_at += 2 * (above_zero or text.startswith("零下", second_at))
    second = _number(reader, second_at)
    if second is None or second.kind == "bare":
        return None
    found = unit_after(reader, second_at, second_at + second.end, second)
    if found is None:
        return None
    unit, second_stop, end, second = found
    if text[end : end + 1] in STARTS and (parts := composed(reader, unit, second.low, end)) is not None:
        unit, value, end = parts  # 五块六到五块七毛八
        second = second._replace(low=value, high=value)
    if (own is not None and own[0] != unit) or (unit.name == "年" and YEAR.match(text[start:stop])):
        return None
    if text.startswith("零下", begin):  # 零下3到零下5度; 零下3到5度 is all below zero too
        other = second.low if above_zero else -second.low
        return second_stop, end, Numeral(min(number.low, other), max(number.low, other), 0, second.hedge, "range"), unit
    if minus:
        second = second._replace(low=-second.high, high=-second.low)
    low = number.low if own is not None else share_magnitude(text[start:stop], number.low, text[second_at:second_stop], second.low)
    if low > second.high and unit.dimension == "temperature":  # 22℃~9℃: the day's end is told last
        return second_stop, end, Numeral(second.low, low, 0, second.hedge, "range"), unit
    if low >= second.high:
        return None
    return second_stop, end, Numeral(low, second.high, 0, second.hedge, "range"), unit


def neighbours(reader: Reader, start: int, stop: int, number: Numeral) -> tuple[int, int, Numeral, Unit] | None:
    """五、六户 and 23、4岁: between the one and the other, as 五六户 is; in a longer list each counts for itself."""
    text = reader.text
    second = _number(reader, stop + 1)
    if second is None or second.end != 1 or number.low != number.high or number.low != int(number.low) or text[start - 1 : start] == "、":
        return None
    tens, ones = divmod(int(number.low), 10)
    found = unit_after(reader, stop + 1, stop + 2, second) if second.low == ones + 1 and tens < 10 else None
    if found is None or found[0].ordinal or text[found[2] : found[2] + 1] in _LISTED or found[0].dimension in _EXACT:
        return None
    unit, second_stop, end, _ = found
    return second_stop, end, Numeral(number.low, 10 * tens + second.low, 0, "", "range"), unit


def shared_unit(reader: Reader, start: int, stop: int, number: Numeral) -> tuple[Unit, float] | None:
    """The unit, and the value with its magnitude, that a number in a list takes from the last one: 5、6万元."""
    text, at = reader.text, stop
    for _ in range(_MOST_LISTED):
        if text[at : at + 1] not in _LISTED:
            return None
        following = _number(reader, at + 1)
        if following is None or following.kind not in ("arabic", "chinese"):
            return None
        if text[at] == "，" and "chinese" in (number.kind, following.kind):
            return None  # 一袋一百六，一亩地要三袋: the next clause
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
    """5至8万元: the magnitude of the last number belongs to the first too, unless that has one of its own or is the larger as written.

    万 and 亿 are shared by numbers with 十百千 of their own: 十八至三十万 is from 18万 on, 七千到九千亿 from 7000亿 on.
    """
    match = _MAGNITUDE.search(second.rstrip("余多"))
    if match is None or not match[0] or len(match[0]) == len(second) or not _LARGE.isdisjoint(first):
        return low
    shared = match[0] if _SMALL.isdisjoint(first) else match[2]
    magnitude = read_prefix(shared) if shared else None
    if magnitude is None or (low > high / magnitude.low and not listed):
        return low
    return float(f"{low * magnitude.low:.12g}")
