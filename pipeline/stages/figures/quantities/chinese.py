"""Numbers in Chinese characters: counting ones have a unit; most others are parts of words and names."""

from __future__ import annotations

import re

from pipeline.stages.figures.quantities import bare, digits, measured, ordinals, ranges, signs
from pipeline.stages.figures.quantities.compiled import Unit
from pipeline.stages.figures.quantities.reader import STARTS, Reader
from pipeline.stages.figures.quantities.units import HAN, composed, infixed, price_before, unit_after
from pipeline.text.numerals import NUMERALS, Numeral, read_prefix

#: After a single digit and a unit they make the name of a place: 三元桥, 三角镇.
_PLACE_ENDS = frozenset("桥镇乡村街路山湾沟坝塘岭坪店庙寺巷弄园区县市州城洲湖河江岛屯堡寨关港")
#: So many digits spelt one by one are a number of something: 幺二三四五 and its like.
_SPELT = 5
#: What may follow the members of a catchphrase: 三张清单两本台账.
_CATCHPHRASE = re.compile(r"[\u4e00-\u9fff]{0,2}[一二三四五六七八九十两][\u4e00-\u9fff]")
#: After one of these stands what was got or done, and no place.
_GOT = re.compile(r"[^去到来进回走]了\Z|[买添购]置?\Z|配备\Z")
_PLACE = "quantities/name.place"
#: 二 before one of these is the second; before others it is written for 两.
_IN_ORDER = frozenset("组级类次档批队班层章节段回轮个条")
#: 全国前百 is no rank of anybody.
_LOW_RANK = 50
#: 亿元以上项目 are a class of projects; nothing of 100 million is told.
_CLASS = re.compile(r"及?以[上下](?:的)?[\u4e00-\u9fff]")
_ONLY_HAS = ("只有", "仅有", "共有", "各有")
_ONLY = ("仅", "只", "共", "唯", "计")
#: A meeting of a body is the how-manieth: 十二届十次全会, 七届人大三次会议.
_MEETING = re.compile(r"(?:、?[一二三四五六七八九十]+次)*(?:全会|全委|会议|全体|代表大会|常[务委]会|人代会|党代会)")
_SITTING = frozenset("届大协会委次、")
#: Before 一年, 一天 they say which one and not how long: 关键一年, 每一天.
_ARTICLE_BEFORE = frozenset("的每又这那键比一新头")
#: 一年做五茬: so many a year, and no year that lasted; what makes a length of it may not follow at once.
_RATE = re.compile(r"(?![多半来余零又前后内里间的以之左])[^，。；：！？、\n]{0,10}?[0-9二两三四五六七八九十百千万几]|一[次趟回遍季茬年天周月个]")
_CLAUSE_EDGES = frozenset("，。；：！？、\n“‘（(")
#: A small sum or length without more after it is a name: 三元电池, 八角楼.
_NAME_UNITS = frozenset("元角里尺")
_AFTER_SUM = frozenset("以左上的每一五钱至到起整")
#: From here on a number without a unit may be one of its noun (工资三千五六); smaller ones are mostly names.
#: Which half, not how much: 下半年, 后半程; but 延后半个小时.
_HALVED = tuple("上下前后大多过北南一东西对")
_SPOKEN_SUM = 100
_LONGEST_MONTH = 31
#: 九家湾, 五间房, 三棵树.
_PLACE_LIKE = re.compile(r"[家间站道排棵顶步门][湾畈泡河沟堰房树岗山子庄店坝关峡]")


def settle(reader: Reader, start: int, stop: int, number: Numeral) -> int:
    """Settle a number in Chinese characters."""
    text, rules = reader.text, reader.rules
    before = text[start - 1] if start else "\n"
    if start and stop - start == 1 and rules.counts_nothing(text[start - 1 : stop + 1]):
        return reader.known(start, stop, "name.bound")
    if text.startswith("一半", start) and text[start + 2 : start + 3] not in ("个", "天"):
        return reader.value(start, start + 2, 0.5, digits.RATIO, "quantities/half")
    counted = number.kind == "bare" and rules.before_magnitude.before(text, start) is not None
    if not counted:
        word = rules.word_around(text, start)
        if word is not None and word[:2] == (start, stop) and unit_after(reader, start, stop, number) is not None:
            word = None  # 十一 with a unit is a number and no holiday
        if word is not None and word[2] == _PLACE and word[0] == start and _GOT.search(text, max(0, start - 2), start):
            word = None  # 买了三台电脑
        if word is not None and word[1] >= stop and not _splits(text, word[0]) and not _splits(text, word[1]):
            return max(stop, reader.known(*word))
        if before in "（(" and text[stop : stop + 1] in ("）", ")"):
            return reader.known(start, stop, "name.marker")
        if before in "\n #*" and signs.list_number(text, start, stop) is not None:
            return reader.known(start, stop, "name.marker")
    if number.kind == "digits" and stop - start >= _SPELT:
        return reader.known(start, stop, "name.code")  # 拨打一二三四五
    if text[stop : stop + 1] == "比" and (second := read_prefix(text[stop + 1 : stop + 9])) is not None:
        end = stop + 1 + second.end
        if reader.unit_at(end) is None and second.kind != "bare":
            return _compared(reader, start, end, number, second)
    found = unit_after(reader, start, stop, number)
    if found is None and text[stop : stop + 1] == "、" and (close := ranges.neighbours(reader, start, stop, number)) is not None:
        second_stop, end, joined, unit = close
        if text[second_stop] not in _IN_ORDER and unit.chinese:
            return measured.finish(reader, start, start, second_stop, joined, unit, end)
    if found is None and ranges.begins(text, stop) and (wide := ranges.span(reader, start, start, stop, number, None)) is not None:
        second_stop, end, joined, unit = wide
        return measured.finish(reader, start, start, second_stop, joined, unit, end)
    if found is None:
        return _without_unit(reader, start, stop, number)
    unit, stop, end, number = found
    lone = stop - start == 1
    if unit.name == "年" and measured.is_year_of_era(reader, start, end):
        return reader.known(start, end, "name.era")
    if unit.name == "级" and text[stop - 1] in "百千万亿":
        return reader.known(start, end, "name.magnitude")
    if lone or not unit.one_counts:
        settled = _name(reader, start, stop, end, number, unit, lone, counted)
        if settled is not None:
            return settled
    threshold = unit.dimension == "money" and _CLASS.match(text, end) is not None
    if number.kind == "bare" and text[start] != "十" and not counted and (threshold or reader.qualifier(start, end, number.hedge) == "exact"):
        return reader.known(start, end, "name.magnitude")
    begin, number = reader.signed(start, number)
    return measured.finish(reader, begin, start, stop, number, unit, end)


def _compared(reader: Reader, start: int, end: int, number: Numeral, second: Numeral) -> int:
    """二点三比一 is a ratio where something is compared; 七十八比九十六 is the score of a match."""
    if number.low == number.high and second.low > 0 and digits.compares(reader.text, start):
        return reader.value(start, end, number.low / second.low, digits.RATIO)
    return reader.known(start, end, "name.score")


def half(reader: Reader, start: int, stop: int, number: Numeral) -> int:
    """半 with a unit of measure, or with 个 inside one: 半亩, 半个多月."""
    word = reader.rules.word_around(reader.text, start)
    if word is not None:
        return reader.known(*word)
    found = reader.unit_at(stop)
    if found is None:
        return stop
    unit, end = found
    if reader.text[start - 1 : start] in _HALVED and reader.text[stop] != "个":
        return stop
    if unit.one_counts or (unit.name == "个" and infixed(reader, stop, end) is not None):
        return measured.finish(reader, start, start, stop, number, unit, end)
    return end


def _splits(text: str, at: int) -> bool:
    """Whether this is the middle of a number, where no word begins or ends: 三|万一."""
    return 0 < at < len(text) and text[at - 1] in NUMERALS and text[at] in NUMERALS


def _name(reader: Reader, start: int, stop: int, end: int, number: Numeral, unit: Unit, lone: bool, counted: bool) -> int | None:
    """Settle a Chinese number whose classifier makes it an ordinal, a name or an article; None where it counts."""
    text = reader.text
    first = text[start]
    phase = unit.name == "期" and first != "两" and text[start - 1 : start] not in ("分", "共", "了", "为")
    if lone and not unit.chinese and not (first == "两" and unit.dimension == "duration"):
        return reader.known(start, end, "name.bound")
    which = unit.ordinal or (phase and not number.hedge) or (lone and first == "二" and text[stop] in _IN_ORDER)
    if which or (unit.name == "次" and text[start - 1 : start] in _SITTING and _MEETING.match(text, end)):
        return reader.ordinal(start, stop, end, number)
    if number.kind == "digits" or (lone and _in_name(reader, stop, end, number, unit)):
        return reader.known(start, end, "name.bound")
    if first == "一" and lone and unit.dimension == "duration" and _is_rate(text, start, end):
        return reader.known(start, end, "name.article")
    quote = signs.quoted(text, start, stop)
    if quote is not None and signs.is_name(text[quote[0] : quote[1]], quote[2]):
        return reader.known(start, end, "name.quoted")
    if (
        not lone
        or unit.one_counts
        or counted
        or (unit.name == "块" and (measured.is_money(reader, start, end, number) or composed(reader, unit, number.low, end) is not None))
        or (unit.name == "个" and infixed(reader, stop, end) is not None)
    ):
        return None
    if first == "一" and _is_article(reader, start, end):
        return reader.known(start, end, "name.article")
    if unit.name not in ("个", "块") and _CATCHPHRASE.match(text, end):
        return reader.known(start, end, "name.pattern")
    return None


def _is_rate(text: str, start: int, end: int) -> bool:
    """Whether 一年 says which year or how often, and not how long."""
    before = text[start - 1 : start]
    return before in _ARTICLE_BEFORE or ((not before or before in _CLAUSE_EDGES) and _RATE.match(text, end) is not None)


def _is_article(reader: Reader, start: int, end: int) -> bool:
    """一批, 一个: no count unless something says that it is only one, or how exact it is."""
    text = reader.text
    if text[start - 1 : start] in _ONLY or text[start - 2 : start] in _ONLY_HAS:
        return False
    return reader.qualifier(start, end, "") == "exact"


def _in_name(reader: Reader, stop: int, end: int, number: Numeral, unit: Unit) -> bool:
    """Whether one digit and this unit are no count but the beginning of a name."""
    text = reader.text
    following = text[end : end + 1]
    if unit.one_counts and end == stop + 1 and following in _PLACE_ENDS:
        return True
    if text[stop] == "角" and text[stop - 1] == "一" and not measured.MONEY_TALK.search(text, max(0, stop - measured.MONEY_REACH), stop):
        return True  # 公园一角
    if end == stop + 1 and text[stop] in _NAME_UNITS:
        if following in STARTS and composed(reader, unit, number.low, end) is not None:
            return False  # 五元三角
        return bool(HAN.match(following)) and following not in _AFTER_SUM
    return _PLACE_LIKE.match(text, stop) is not None


def _without_unit(reader: Reader, start: int, stop: int, number: Numeral) -> int:
    """A name or a short form (三农, 二十大), unless its shape or what follows says that it counts."""
    text = reader.text
    if text[start - 1 : start] == "前" and number.low <= _LOW_RANK and ordinals.ranks(text, start - 1, stop):
        return reader.quantity(start, stop, stop, number, ordinals.RANK, hedge="at_most")
    told = number.kind == "bare" and (reader.rules.before_magnitude.before(text, start) is not None or reader.qualifier(start, stop, "") != "exact")
    if price_before(number, text[start:stop]) and reader.unit_at(stop) is not None:
        return bare.price(reader, start, stop - 1)
    if told or (number.kind == "chinese" and number.low >= _SPOKEN_SUM):
        noun = bare.noun(reader, start, stop)
        if noun is not None:
            return reader.quantity(start, stop, stop, number, noun[0], rule_id=noun[1])
    if text[start - 1 : start] == "月" and number.high <= _LONGEST_MONTH:
        return reader.known(start, stop, "name.time")  # 八月十五
    if number.kind in ("bare", "digits") or stop - start == 1:
        while text[stop : stop + 1] in NUMERALS:
            stop += 1
        return reader.known(start, stop, "name.magnitude" if number.kind == "bare" else "name.bound")
    if text[stop - 1] in "万亿" or number.low != int(number.low):
        return _plain(reader, start, stop, number)
    if HAN.match(text, stop) or number.low != number.high:
        return reader.known(start, stop, "name.bound")
    return _plain(reader, start, stop, number)


def _plain(reader: Reader, start: int, stop: int, number: Numeral) -> int:
    begin, number = reader.signed(start, number)
    return bare.settle(reader, begin, start, stop, number)
