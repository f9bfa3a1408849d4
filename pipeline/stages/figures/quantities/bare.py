"""A number with no unit after it: the unit of its column, its list or its noun; a code; or a plain number."""

from __future__ import annotations

import re

from pipeline.stages.figures.quantities import ordinals, ranges, signs
from pipeline.stages.figures.quantities.compiled import Unit
from pipeline.stages.figures.quantities.reader import Reader
from pipeline.stages.figures.quantities.units import HAN, cut_short
from pipeline.text.numerals import Numeral, read_prefix

#: 2260-2007: numbers of something.
_CHAIN = re.compile(r"\d+(?:[-–—]\d+)+(?![\d.])")
_VERSION = re.compile(r"\d\.\d\Z")
#: What stands between a figure and what it became, or the next of its list.
_CHANGE = re.compile(
    r"[、和与及到至]|，其中[^，。；、\n\d]{0,8}|[，；](?:一共|总共|合计|共计|平均每[年月天人户亩斤])[^，。；、\n\d]{0,3}"
    r"|[，；](?:[去今前]年|[现如]今|现在|眼下|后来)[就便已又]?(?:到|达|升|涨|变|增|降)[到成至]?了?[约近超]?|[，；]第[二三四五]年[约近超]?"
    r"|[，；][比较][^，。；、\n\d]{1,8}(?:[多少增减涨降]|增加|减少|增长|下降)了?[约近超]?"
    r"|[^，。；、\n\d]{0,5}[增减提扩升降涨缩跌][^，。；、\n\d]{0,3}[到至为]了?[约近超]?"
)
_LONGEST_CHANGE = 12
#: 90后, 80、90后: people by the decade they were born in.
_GENERATION = re.compile(r"[015-9]0(?:[、，,][015-9]0)*后(?![勤续期备置台])")
#: 收于3245.31点: an index is told with its decimals.
_POINTS = Unit("点", "number", "quantities/number.index", base="1")
_MAGNITUDES = frozenset("百千万亿余多")
_YEAR_MONTH = re.compile(r"(?:19|20)\d\d\.(?:0[1-9]|1[0-2])")
ONE = Unit("1", "number", "quantities/number.plain", base="1")
#: How far after the number its noun may begin, and how far before it.
_NOUN_AFTER = 10
#: … and where the number has no 万 or 亿.
_NOUN_NEAR = 3
_NOUN_BEFORE = 12
_NOUN_STOPS = frozenset("的了和与等为是给向把将由从")
_CLAUSE_STOPS = frozenset("，。；、\n：！？")
#: Digits without a unit from this length on are numbers of something: telephones, identity cards.
_LONG = 7
#: Characters that are no classifier, whatever the number before them.
_FUNCTION = frozenset(
    "的了和与及在为是将被对从由以并而或者等至到比较把让给向于之其此该各每已可能要会应须均都也又还再更最很不未无没有上下中内外前后年月日时点号第负"
)


def settle(reader: Reader, begin: int, start: int, stop: int, number: Numeral) -> int:
    """Settle a number that has no unit of its own."""
    text, rules = reader.text, reader.rules
    cell = reader.cells.get(start)
    if cell is not None:
        scaled = number._replace(low=number.low * cell.magnitude, high=number.high * cell.magnitude)
        return reader.quantity(begin, stop, stop, scaled, cell.unit, rule_id="quantities/unit.column")
    priced = _priced(reader, start, stop, number)
    if priced is not None:
        return priced
    shared = ranges.shared_unit(reader, start, stop, number)
    if shared is not None:
        unit, value = shared
        if unit.name == "级" and text[stop - 1] in "万亿":
            return reader.known(start, stop, "name.magnitude")
        if unit.ordinal:
            return reader.ordinal(begin, stop, stop, number, unit.name)
        return reader.quantity(begin, stop, stop, number._replace(low=value, high=value), unit, rule_id="quantities/unit.shared")
    quote = signs.quoted(text, start, stop)
    if quote is not None and signs.is_name(text[quote[0] : quote[1]], quote[2]):
        return reader.known(start, stop, "name.quoted")
    surface = text[start:stop]
    digits = surface.isdigit()
    if surface in rules.numbers:
        return reader.known(start, stop, rules.numbers[surface])
    code = rules.code_after.at(text, stop) if digits or _VERSION.match(surface) else None
    if code is not None:
        return reader.known(start, code[1], code[0])
    shared_code = ranges.shared_code(reader, stop) if digits else None
    if shared_code is not None:
        return reader.known(start, stop, shared_code)
    if digits and (generation := _GENERATION.match(text, start)) is not None:
        return reader.known(start, generation.end(), "name.generation")
    if text[stop : stop + 1] == "点" and not digits and "0" <= text[stop - 1] <= "9":
        return reader.quantity(begin, stop, stop + 1, number, _POINTS)
    if stop + 1 == reader.limit and text[stop] in ranges.BETWEEN | {"、", "和", "与", "及", "或"}:
        return reader.known(start, stop, "name.time")
    year = digits and ranges.YEAR.match(surface) is not None
    elided = None if year else noun(reader, begin, stop)
    if elided is not None:
        return reader.quantity(begin, stop, stop, number, elided[0], rule_id=elided[1])
    word_end = begin
    while word_end > begin - 2 and text[word_end - 1 : word_end] in tuple(":： 为是"):
        word_end -= 1
    named = rules.code_before.before(text, word_end)
    if named is not None:
        return reader.known(start, stop, named[0])
    if text[begin - 1 : begin] == "前" and ordinals.ranks(text, begin - 1, stop):
        return reader.quantity(begin, stop, stop, number, ordinals.RANK, hedge="at_most")
    if year:
        return reader.known(start, stop, "name.year")
    if _VERSION.match(surface) and (surface.endswith("0") or text[begin - 2 : begin - 1] in signs.LETTER):
        return reader.known(start, stop, "name.code")  # 信息化2.0, PM 2.5
    if _YEAR_MONTH.fullmatch(surface):
        return reader.known(start, stop, "name.year")
    if not digits:
        if text[stop - 1] in "万亿":
            reader.out.unknown_units.append((begin, stop))
        return reader.quantity(begin, stop, stop, number, ONE)
    if begin < start or len(surface) >= _LONG or (len(surface) > 1 and surface[0] == "0"):
        return reader.known(start, stop, "name.code")
    chain = _CHAIN.match(text, start)
    if chain is not None:
        return reader.known(start, chain.end(), "name.code")
    if _unknown_classifier(reader, stop):
        reader.out.unknown_units.append((begin, stop + 1))
        return reader.quantity(begin, stop, stop + 1, number, Unit(text[stop], "unknown", "quantities/unit.unknown"))
    if (cut := cut_short(reader, stop)) is not None and not cut[0].ordinal and cut[0].dimension != "money":
        return reader.quantity(begin, stop, cut[1], number, cut[0], rule_id="quantities/unit.cut")
    return reader.unread(start, stop)


def _priced(reader: Reader, start: int, stop: int, number: Numeral) -> int | None:
    """A sum with its currency before it: $300万, 港币500."""
    currency = reader.rules.signs.before(reader.text, start)
    if currency is None or reader.text[currency[1] - 1 : currency[1]].isdigit():
        return None  # 10日元5枚
    unit, begin = currency
    text = reader.text
    reader.out.add(begin, stop, text[start:stop], text[begin:start], number.low, number.high, unit, reader.qualifier(begin, stop, number.hedge))
    return stop


def price(reader: Reader, start: int, stop: int) -> int:
    """三万 in 三万一天."""
    number = read_prefix(reader.text[start:stop])
    if number is None:
        return reader.unread(start, stop)
    return reader.quantity(start, stop, stop, number, reader.unit("元"), rule_id="quantities/unit.price")


def noun(reader: Reader, begin: int, stop: int) -> tuple[Unit, str] | None:
    """The unit that follows from the noun after the number, or from the one before it where the number has 万 or 亿."""
    text, rules = reader.text, reader.rules
    surface = text[begin:stop]
    billions, large = surface[-1] == "亿", not _MAGNITUDES.isdisjoint(surface)
    if surface.endswith("个亿"):
        return reader.unit("元"), "quantities/elided.money"  # nothing else is counted so: 投了两个亿
    first = reader.limit_end if large and reader.limit == stop else stop  # 874万泉州儿女: past the place
    for at in range(first, min(first + (_NOUN_AFTER if large else _NOUN_NEAR), reader.limit if first == stop else len(text))):
        if not HAN.match(text, at) or (text[at] in _NOUN_STOPS and not (billions and text[at] == "的")):
            break
        after = rules.noun_after.at(text, at)
        if after is not None:
            head = rules.noun_after.at(text, after[1])
            if head is not None and head[0][0][0].dimension == "people":
                after = head  # 企业退休人员 are people
            unit, rule_id, _ = next((one for one in after[0] if billions or not one[2]), (None, "", False))
            if unit is not None and (large or unit.dimension != "money"):
                return unit, rule_id
    if large and text[stop : stop + 1] == "的" and (owner := rules.noun_before.at(text, stop + 1)) is not None:
        return owner[0][:2]  # 两百万的投资
    for at in range(begin, max(0, begin - _NOUN_BEFORE), -1):
        if text[at - 1] in _CLAUSE_STOPS or text[at - 1].isdigit():
            break
        before = rules.noun_before.before(text, at)
        if before is not None:
            unit, rule_id, needs_magnitude = before[0]
            return (unit, rule_id) if large or not needs_magnitude or _only_links(text[at:begin]) else None
    if (carried := _carried(reader, begin)) is not None:
        return carried, "quantities/unit.carried"
    alone = billions and surface[0] in "0123456789" and not (reader.limit == stop and stop < len(text))
    return (reader.unit("元"), "quantities/elided.money") if alone else None  # of 亿 without more, nearly all are money


def _carried(reader: Reader, begin: int) -> Unit | None:
    """The unit of the figure before, where this one is what it became (由128万减少到56万) or the next of a list (50亿、40亿)."""
    if reader.last is None or begin - reader.last[1] > _LONGEST_CHANGE:
        return None
    unit, end = reader.last
    return unit if _CHANGE.fullmatch(reader.text, end, begin) is not None else None


def _only_links(between: str) -> bool:
    """人口为1912: nothing between noun and number but a word that links them."""
    return len(between) <= 2 and all(c in "为约达近超有共是至到" for c in between)


def _unknown_classifier(reader: Reader, stop: int) -> bool:
    """Whether the one character after the number stands where a classifier would, though nobody has listed it."""
    text = reader.text
    c, following = text[stop : stop + 1], text[stop + 1 : stop + 2]
    if not HAN.match(c) or c in _FUNCTION or reader.rules.units.at(text, stop) is not None:
        return False
    return not following or not HAN.match(following)
