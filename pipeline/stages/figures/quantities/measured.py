"""A number with its unit: what else belongs to it, and out with it."""

from __future__ import annotations

import re

from pipeline.stages.figures.quantities import bare, ranges, signs
from pipeline.stages.figures.quantities.compiled import Unit
from pipeline.stages.figures.quantities.ordinals import RANK
from pipeline.stages.figures.quantities.reader import Reader
from pipeline.stages.figures.quantities.units import HAN, composed, infixed, price_before, slashed, unit_after
from pipeline.text.numerals import Numeral

#: Characters after a unit that may go on with the figure; all others end it in one test.
GOES_ON = ranges.BETWEEN | frozenset("、和/每半多余来零又（( 0123456789一二两三四五六七八九十廿")
#: What may stand after 多 or 半 where they belong to the figure (3年多来), and begin no word of their own (3年多次).
_AFTER_MORE = frozenset("的了前来后时以高长宽远重大深钱就才还也都没")
#: 半 with one of these is a word of its own: 一年半载.
_HALF_WORDS = frozenset("径岛价数成载程山")
#: How far back an index may be named whose points are told.
_INDEX_REACH = 40
_CHANGES = re.compile(r"[增降升涨跌落高低减缩扩]")
MONEY_TALK = re.compile(
    r"[卖花赚挣钱价租付买贵省罚费元]|工资|收入|便宜|每(?:公?斤|吨|亩|度)|毛|(?<=[0-9一二两三四五六七八九十百])块(?:钱|[0-9一二三四五六七八九])"
)
#: What may follow a sum of so many 块; before anything else, 块 may count it (三千块石板).
_AFTER_MONEY = frozenset("出左以上的一多半余不就也都还呢吧了到至是没够给每")
#: How far before a figure money may be spoken of.
MONEY_REACH = 20
_CLAUSE_EDGES = frozenset(("", "，", "。", "；", "！", "？", "\n"))
_COMMON_YEAR = re.compile(r"[（(](?:公元|西元)?前?\d{1,4}")
_YEAR_OR = re.compile(r"(?:19|20)\d\d[或、至到-]\Z")
_EARLY_YEAR = re.compile(r"[1-9]\d{2,3}\Z")
_YEAR_AFTER = ("在", "于", "至", "到", "从", "自", "元", "，", "。", "（", "(", "、", "\n", "")
_LONG_TIME = re.compile(r"的?(?:历史|以来|来|以上|间|后|前)")
_LASTING = re.compile(r"(?:为期|历时|连续|长达|持续|共计?|满)\Z")
_LONGEST_MONTH = 31
_HEAT = ("气温", "温度", "高温", "低温", "体温", "零上", "水温", "室温", "恒温", "空调", "发烧", "烧到")


def settle(reader: Reader, begin: int, start: int, stop: int, number: Numeral) -> int:
    """Digits that may have a unit after them."""
    text = reader.text
    if (place := signs.coordinates(text, start)) is not None:
        return reader.known(start, place, "name.coordinates")
    found = unit_after(reader, start, stop, number)
    if found is None:
        if text[stop : stop + 1] == "、" and (close := ranges.neighbours(reader, start, stop, number)) is not None:
            second_stop, end, joined, unit = close
            return finish(reader, begin, start, second_stop, joined, unit, end)
        if ranges.begins(text, stop) and (wide := ranges.span(reader, begin, start, stop, number, None)) is not None:
            second_stop, end, joined, unit = wide
            if unit.ordinal:
                return reader.ordinal(begin, second_stop, end, joined)
            return finish(reader, begin, start, second_stop, joined, unit, end)
        if price_before(number, text[start:stop]) and reader.unit_at(stop) is not None:
            return bare.price(reader, start, stop - 1)
        return bare.settle(reader, begin, start, stop, number)
    unit, stop, end, number = found
    named = reader.rules.code_after.at(text, stop)
    if named is not None and named[1] > end:
        return reader.known(start, named[1], named[0])  # 100米决赛
    if text[stop - 1] in "万亿" and unit.name == "级":
        return reader.known(start, end, "name.magnitude")  # 500亿级产业
    if number.low == -number.high and unit.dimension == "voltage":
        number = number._replace(low=number.high)  # ±800千伏 is a line of 800千伏
    if text[stop:end] == "年":
        if is_year_of_era(reader, start, end):
            return reader.known(start, end, "name.era")
        if _is_year(text, start, stop, end):
            return reader.unread(start, end)  # and the times did not know it
    if text[stop:end] == "日" and not _is_span_of_days(reader, start, end, number):
        return bare.settle(reader, begin, start, stop, number)
    if unit.ordinal:
        return reader.ordinal(begin, stop, end, number)
    if not unit.one_counts and text[start - 1 : start] in ("“", "《"):
        quote = signs.quoted(text, start, stop)
        if quote is not None and signs.is_name(text[quote[0] : quote[1]], quote[2]):
            return reader.known(start, end, "name.quoted")
    return finish(reader, begin, start, stop, number, unit, end)


def is_year_of_era(reader: Reader, start: int, end: int) -> bool:
    """乾隆三年, and any year with the common one in brackets after it: 六年（1917年）."""
    named = reader.rules.code_before.before(reader.text, start)
    return (named is not None and named[0] == "quantities/name.era") or _COMMON_YEAR.match(reader.text, end) is not None


def _is_year(text: str, start: int, stop: int, end: int) -> bool:
    if ranges.YEAR.match(text[start:stop]) or (stop - start == 2 and _YEAR_OR.match(text, max(0, start - 5), start)):
        return True  # 1983或84年
    early = _EARLY_YEAR.match(text[start:stop]) is not None
    return early and text[start - 1 : start] in _YEAR_AFTER and not _LONG_TIME.match(text, end)


def _is_span_of_days(reader: Reader, start: int, end: int, number: Numeral) -> bool:
    """120日, 30日内, 为期7日."""
    if number.low > _LONGEST_MONTH or reader.rules.after.at(reader.text, end) is not None:
        return True
    return _LASTING.search(reader.text, max(0, start - 4), start) is not None


def finish(reader: Reader, begin: int, start: int, stop: int, number: Numeral, unit: Unit, end: int) -> int:
    """A number and its unit, with a range, a rate, a half or smaller units after them."""
    text = reader.text
    if text[stop:end] == "元" and (currency := reader.rules.signs.before(text, start - (text[start - 1 : start] == " "))) is not None:
        unit = currency[0]  # 港币500元, 新台币 1.7亿元
    following = text[end : end + 1]
    if unit.name == "块" and following in ("多", "半", "余") and is_money(reader, begin, end, number):
        unit = reader.unit("元")
    if following in GOES_ON:
        if number.low == number.high and (parts := composed(reader, unit, number.low, end)) is not None:
            unit, value, end = parts
            number = number._replace(low=value, high=value)
        if ranges.begins(text, end):
            wide = ranges.span(reader, begin, start, stop, number, (unit, end))
            if wide is not None:
                stop, end, number, unit = wide
        elif following in "、和":
            unit = _points(reader, start, end, number) or unit
        elif following in "/每":
            unit, end = slashed(reader, unit, end) or (unit, end)
        elif following in "半多余来":
            number, unit, end = _half_or_more(reader, stop, number, unit, end)
    if (
        unit.name == "点"
        and "指数" not in text[max(0, begin - _INDEX_REACH) : begin]
        and (number.low != int(number.low) or _CHANGES.search(text, max(0, begin - 6), begin))
    ):
        unit = reader.unit("百分点")  # 涨了3个点
    if unit.name == "度":
        unit = _degrees(reader, text[max(0, begin - 8) : begin], signed=begin < start) or unit
    if unit.name == "块" and is_money(reader, begin, end, number):
        unit = reader.unit("元")
    if text[begin - 1 : begin] == "前" and unit.name in ("位", "名"):
        return reader.quantity(begin, stop, end, number, RANK, hedge=number.hedge or "at_most")
    return reader.quantity(begin, stop, end, number, unit)


def _may_follow(c: str) -> bool:
    return not HAN.match(c) or c in _AFTER_MORE


def is_money(reader: Reader, begin: int, end: int, number: Numeral) -> bool:
    """Whether 块 is yuan (卖了20块, 3.5块) and not a classifier (20块牌子): nothing counted follows, and it is much or money is spoken of."""
    text = reader.text
    following = text[end : end + 1]
    if HAN.match(following) and following not in _AFTER_MONEY:
        return False
    if number.low >= 100 or number.low != int(number.low) or MONEY_TALK.search(text, max(0, begin - MONEY_REACH), begin) is not None:
        return True
    return _only_sum(text, begin, end)


def _only_sum(text: str, begin: int, end: int) -> bool:
    """A figure that is all its clause says (一斤，7块): what else could it count?"""
    return text[begin - 1 : begin] in _CLAUSE_EDGES and text[end : end + 1] in _CLAUSE_EDGES


def _degrees(reader: Reader, before: str, *, signed: bool) -> Unit | None:
    """What 度 measures, by what is said before it: heat, or electricity."""
    if before.endswith(("华氏", "华氏温度")):
        return reader.unit("华氏度")
    if signed or before.endswith("摄氏") or any(word in before for word in _HEAT):
        return reader.unit("摄氏度")
    return reader.unit("千瓦时") if "电" in before else None


def _points(reader: Reader, start: int, end: int, number: Numeral) -> Unit | None:
    """提高6.9个、4.4个百分点: the first 个 is one of percentage points."""
    if reader.text[end - 1] != "个":
        return None
    shared = ranges.shared_unit(reader, start, end, number)
    return shared[0] if shared is not None and shared[0].dimension == "percentage_point" else None


def _half_or_more(reader: Reader, stop: int, number: Numeral, unit: Unit, end: int) -> tuple[Numeral, Unit, int]:
    """两个半小时, 半个多月, 两个来月, 一吨半, 3年多."""
    half, roughly = reader.text[end] == "半", reader.text[end] == "来"
    behind = reader.text[end + 1 : end + 2]
    if unit.name == "个":
        inside = infixed(reader, stop, end)
        if inside is None:
            return number, unit, end
        unit, end = inside
    elif unit.one_counts and not roughly and (_may_follow(behind) or (half and behind not in _HALF_WORDS)):
        end += 1
    else:
        return number, unit, end
    if half:
        end += reader.text.startswith("钟", end) and unit.name == "分钟"
        return number._replace(low=number.low + 0.5, high=number.high + 0.5), unit, end
    return number._replace(hedge=number.hedge or ("about" if roughly else "more")), unit, end
