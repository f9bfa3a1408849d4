"""The unit after a number, and all that may still belong to it: 千瓦, 个多月, 元/平方米, 123元1角1分."""

from __future__ import annotations

import re

from pipeline.stages.dictionary import words
from pipeline.stages.figures.quantities.compiled import Unit
from pipeline.stages.figures.quantities.reader import STARTS, Reader
from pipeline.stages.figures.quantities.signs import LETTER
from pipeline.stages.figures.quantities.tables import rate
from pipeline.text.numerals import Numeral, read_prefix

HAN = re.compile(r"[\u3400-\u9fff]")
#: What makes 分 before it minutes and no points.
_MINUTES = re.compile(r"半钟|零?(?:[0-9.]{1,4}|[一二三四五六七八九十点]{1,5})秒")
_OPENS, _CLOSES = ("（", "("), ("）", ")")
_SPACES = (" ", "\N{NO-BREAK SPACE}")
#: Dimensions whose units are said one after the other.
_COMPOSED = frozenset(("money", "length", "area", "mass", "duration", "angle", "age", "percent"))
#: What a single character means after a larger unit of the same dimension, in base units.
_SUBUNITS = {
    ("money", "角"): 0.1,
    ("money", "毛"): 0.1,
    ("money", "分"): 0.01,
    ("area", "分"): 200 / 3,
    ("duration", "分"): 1 / 1440,
    ("angle", "分"): 1 / 60,
    ("angle", "秒"): 1 / 3600,
}
_BELOW = re.compile(r"[日月时人户亩次家辆株头台套床年天季秒]|[A-Za-z]{1,3}")


def unit_after(reader: Reader, start: int, stop: int, number: Numeral) -> tuple[Unit, int, int, Numeral] | None:
    """The unit after a number: unit, end of the number, end of the unit, and the number itself.

    The number gives its last character back where that begins the unit: 12|千米, 二|两.
    """
    text = reader.text
    last = text[stop - 1]
    if stop - start > 1 and last in "千兆百":
        found = reader.unit_at(stop - 1)
        if found is not None and found[1] > stop and (shorter := _whole(text[start : stop - 1])) is not None:
            return found[0], stop - 1, found[1], _signed_like(number, shorter)
    known = reader.rules.units.at(text, stop)
    if known is None and text[stop : stop + 1] in _SPACES and number.kind == "arabic":
        known = reader.rules.units.at(text, stop + 1)
    if known is not None:
        unit, end = known
        if unit is not None and unit.width:
            end = stop + unit.width
        if unit is None or reader.limit < end < reader.limit_end or price_before(number, text[start:stop]):
            return None
        if text[end - 1] in LETTER and text[end : end + 1] in LETTER:
            return None  # 3 models
        if unit.name == "分" and _MINUTES.match(text, end):
            unit = reader.unit("分钟")  # 1分32秒, 五分半钟
        return unit, stop, end, number
    if text[stop : stop + 1] in _OPENS and (bracketed := reader.unit_at(stop + 1)) is not None and text[bracketed[1] : bracketed[1] + 1] in _CLOSES:
        return bracketed[0], stop, bracketed[1] + 1, number
    if stop - start > 1 and last == "两" and (shorter := _whole(text[start : stop - 1])) is not None:
        return reader.unit("两"), stop - 1, stop, shorter
    return None


def cut_short(reader: Reader, stop: int) -> tuple[Unit, int] | None:
    """The unit before a word that a trap runs into: 15天|然后 for 天然, 6项|目前 for 项目.

    Only where the trap's word leaves nothing sensible after it and the unit leaves a word of the dictionary: 3天才完成 may be
    either, and stays unread.
    """
    text = reader.text
    trap = reader.rules.units.at(text, stop)
    if trap is None or trap[0] is not None or trap[1] - stop != 2:
        return None
    end = trap[1]
    unit = reader.rules.units.words.get(text[stop])
    known = words()
    if unit is None or text[stop + 1 : end + 1] not in known or text[stop : end + 1] in known or text[end : end + 2] in known:
        return None
    return unit, stop + 1


def _signed_like(number: Numeral, shorter: Numeral) -> Numeral:
    """The shorter reading with the sign of the longer: 负2.3千克, ±3千米."""
    if number.low >= 0:
        return shorter
    return shorter._replace(low=-shorter.high, high=shorter.high if number.high > 0 else -shorter.low)


def price_before(number: Numeral, surface: str) -> bool:
    """三万一 before a unit is 三万 for one of them (三万一天), not 31 000."""
    return number.short and surface[-1:] == "一"


def _whole(text: str) -> Numeral | None:
    number = read_prefix(text)
    return number if number is not None and number.end == len(text) else None


def infixed(reader: Reader, stop: int, end: int) -> tuple[Unit, int] | None:
    """个多月, 个来月 and 个半小时 are 个月 and 小时: the unit that 个 makes with what stands after 多, 来 or 半."""
    if reader.text[end : end + 1] not in ("多", "半", "余", "来"):
        return None
    found = reader.rules.units.at("个" + reader.text[end + 1 : end + 6], 0)
    if found is not None and found[0] is not None and found[0].name != "个":
        return found[0], end + found[1]
    found = reader.rules.units.at(reader.text, end + 1)  # 五个半分钟; but a 半天 and a 半年 are things themselves
    return (found[0], found[1]) if found is not None and found[0] is not None and found[0].name in ("分钟", "秒") else None


def slashed(reader: Reader, unit: Unit, end: int) -> tuple[Unit, int] | None:
    """The unit with what it is for each of, where `end` stands before a slash or 每."""
    below = reader.unit_at(end + 1)
    if reader.text[end] == "每" and (below is None or (below[0].dimension in ("duration", "visits") and HAN.match(reader.text, below[1]))):
        return None  # 补助3万元每年递增
    if below is not None:
        return rate(unit, reader.text[end + 1 : below[1]], below[0]), below[1]
    match = _BELOW.match(reader.text, end + 1)
    return None if match is None else (rate(unit, match[0], None), match.end())


def composed(reader: Reader, unit: Unit, value: float, end: int) -> tuple[Unit, float, int] | None:
    """123元1角1分, 5小时30分钟, 五块二, 1米8: unit, value in it and end, with what follows in smaller units added."""
    whole = reader.unit("元") if unit.name == "块" else unit
    if whole.dimension not in _COMPOSED or _scale(whole) is None:
        return None
    smallest = whole.times * whole.factor
    total, stop = value * smallest, end
    while (part := _part(reader, whole, stop)) is not None:
        size, number, part_end = part
        if size * max(number, 1) >= smallest:
            break  # 一天24小时 is no day and 24 hours
        total, smallest, stop = total + number * size, size, part_end
    tail = _tail_digits(reader, whole.dimension, value, stop)
    if tail is not None:
        total, stop = total + tail[0] * smallest, tail[1]
    if stop == end:
        return None
    return whole, float(f"{total / (whole.times * whole.factor):.12g}"), stop


def _scale(unit: Unit) -> str | None:
    """What units must share for one to be part of the other: the base unit, for foreign money (美元, 美分) the currency."""
    return unit.base if unit.base is not None or unit.dimension != "money" else unit.name


def _part(reader: Reader, whole: Unit, at: int) -> tuple[float, float, int] | None:
    """A number in a smaller unit: size of the unit in base units, number, end."""
    text = reader.text
    if text[at : at + 1] in ("零", "又"):
        at += 1
    if text[at : at + 1] not in STARTS or at >= reader.limit:
        return None
    number = read_prefix(text[at : at + 8])
    if number is None or number.low != number.high or number.kind == "bare":
        return None
    unit_at = at + number.end
    found = reader.rules.units.at(text, unit_at)
    sub = _SUBUNITS.get((whole.dimension, text[unit_at : unit_at + 1]))
    if sub is not None and (found is None or found[1] == unit_at + 1) and not text.startswith("分之", unit_at):
        return sub, number.low, unit_at + 1
    if found is None or found[0] is None or found[0].dimension != whole.dimension or _scale(found[0]) != _scale(whole):
        return None
    return found[0].times * found[0].factor, number.low, found[1]


#: So many metres nobody tells to the decimetre: 1米8 is said of a height or a jump.
_TALL = 100
#: What may stand after digits that add to the unit before them: 1米8高, 五块二包邮.
_AFTER_TAIL = frozenset("的高长宽深厚以左包到至就才体重夺获摘冲过完")
#: … and after those that add to a sum: 从一块二涨到两块三, 按两块四算.
_AFTER_PRICE = _AFTER_TAIL | frozenset("涨降跌升调提增减算收卖每不也都还")


def _tail_digits(reader: Reader, dimension: str, value: float, end: int) -> tuple[float, int] | None:
    """五块二, 1米75, 9秒83, 三块零四: what a bare number after the unit adds to it, as a share of the unit, and where it ends."""
    text = reader.text
    if text[end - 1] == "米" and value >= _TALL:
        return None  # 29420米2 is no 29420.2 metres
    if text[end - 1] not in "块毛米成秒" or (text[end - 1] == "秒") != (dimension == "duration") or text[end : end + 1] not in STARTS:
        return None
    zero = text[end] == "零"
    at = end + zero
    priced = text[at + 1 : at + 2] == "一" and reader.unit_at(at + 2) is not None  # 五块二一斤
    number = read_prefix(text[at : at + (1 if priced else 4)])
    if number is None or number.end > 2 or not 0 < number.low < 100 or number.low != int(number.low) or number.low != number.high:
        return None
    stop = at + number.end
    following = text[stop : stop + 1]
    ends = _AFTER_PRICE if dimension == "money" else _AFTER_TAIL
    if not priced and (reader.unit_at(stop) is not None or (HAN.match(following) and following not in ends)):
        return None
    return number.low / (10 if number.end + zero == 1 else 100), stop
