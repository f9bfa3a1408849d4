"""Reading the quantities of a text: every number is found once, and ends as a quantity, an ordinal, a name or an unread one."""

from __future__ import annotations

from pipeline.stages.figures.quantities import chinese, digits, measured, ordinals, plain, ranges, signs
from pipeline.stages.figures.quantities.columns import Quantities
from pipeline.stages.figures.quantities.compiled import QuantityRules
from pipeline.stages.figures.quantities.reader import LONGEST, RUN, STARTS, Reader, Taken
from pipeline.text.numerals import Numeral, read_prefix

#: What a fraction may be a part of, in the unit after it; short names of units may begin another word (三分之一里程).
_DIVISIBLE = frozenset(("length", "area", "volume", "mass"))
_SHORT = frozenset("里分两担升石平方")
#: With one of these after it, 来 is a verb and no 'or so'.
_COMES = frozenset("自源到了访往此")
#: X分之Y for some X has a unit of its own: the unit, and what to multiply by.
_PARTS_OF = {100: ("%", 1.0), 1000: ("‰", 1.0), 10000: ("%", 0.01)}


def read(text: str, rules: QuantityRules, taken: Taken = ()) -> Quantities:
    """The quantities of `text`. `taken` are spans, in order, that belong to times, places or names already."""
    reader = Reader(text, rules)
    # What nothing is taken from on is taken by nobody: a number may reach to the end of the text.
    ahead = iter((*taken, (len(text), len(text) + 1)))
    begin, stop = next(ahead)
    cursor = 0
    for match in RUN.finditer(text):
        start, end = match.span()
        if start < cursor:
            start = cursor
        while start < end:
            while stop <= start:
                begin, stop = next(ahead)
            if begin <= start:
                start = stop
            elif text[start] in STARTS:
                reader.limit, reader.limit_end = begin, min(stop, len(text))
                settled = _settle(reader, start, end if end < begin else begin)
                start = settled if settled > start else start + 1
            else:
                start += 1
        cursor = start
    return reader.out


def _settle(reader: Reader, start: int, end: int) -> int:
    """Settle the number that starts here; where it ends with all that belongs to it."""
    text = reader.text
    first = text[start]
    if first == "翻":
        return _doubling(reader, start, end)
    number = read_prefix(text[start : min(end, start + LONGEST)])
    if number is None:
        return start + 1
    stop = start + number.end
    digits_first = "0" <= first <= "9"
    if digits_first and (settled := plain.settle(reader, start, stop, number)) is not None:
        return settled
    if text[stop - 1] == "来" and text[stop : stop + 1] in _COMES:
        stop -= 1  # 三万来自外省
        number = read_prefix(text[start:stop]) or number
    before = text[start - 1] if start else "\n"
    if before == "第":
        return ordinals.settle(reader, start, stop, number)
    after = text[stop : stop + 1]
    if after == "分" and text.startswith("分之", stop) and (settled := _fraction(reader, start, stop, number)) is not None:
        return settled
    if after == "又" and (settled := _mixed(reader, start, stop, number)) is not None:
        return settled
    if digits_first:
        if before in signs.LOOK_BEFORE or after in signs.LOOK_AFTER:
            return digits.settle(reader, start, stop, number)
        return measured.settle(reader, start, start, stop, number)
    if number.kind == "half":
        return chinese.half(reader, start, stop, number)
    return chinese.settle(reader, start, stop, number)


def _doubling(reader: Reader, start: int, end: int) -> int:
    """翻番 is one time more, 翻两番 three times."""
    number = read_prefix(reader.text[start + 1 : end].removeprefix("了"))
    times = 2.0 ** (number.low if number is not None else 1.0) - 1
    return reader.value(start, end, times, reader.unit("倍"), "quantities/doubling")


def _fraction(reader: Reader, start: int, stop: int, number: Numeral) -> int | None:
    """X分之Y."""
    text = reader.text
    part = read_prefix(text[stop + 2 : stop + 18])
    if part is None or number.low == 0:
        return None
    unit, scale = digits.RATIO, 1 / number.low
    if number.kind == "bare" and number.low in _PARTS_OF:
        name, scale = _PARTS_OF[int(number.low)]
        unit = reader.unit(name)
    end = stop + 2 + part.end
    if text[end : end + 1] in ranges.BETWEEN:
        part, end = _to(reader, text[start : stop + 2], part, end)
    if unit is digits.RATIO and (whole := reader.unit_at(end)) is not None and whole[0].dimension in _DIVISIBLE and text[end] not in _SHORT:
        low, high = part.low * scale, part.high * scale
        return reader.quantity(start, end, whole[1], part._replace(low=low, high=high), whole[0])  # 四分之一公里
    begin, part = reader.signed(start, part)
    return reader.quantity(begin, end, end, part._replace(low=part.low * scale, high=part.high * scale), unit, rule_id="quantities/fraction")


def _to(reader: Reader, lead: str, part: Numeral, end: int) -> tuple[Numeral, int]:
    """百分之二十到三十, 百分之二十到百分之三十: the range that `part` begins, and its end."""
    text = reader.text
    at = end + 1 + (len(lead) if text.startswith(lead, end + 1) else 0)
    second = read_prefix(text[at : at + 12])
    if second is None or second.high <= part.low or reader.rules.units.at(text, at + second.end) is not None:
        return part, end
    return part._replace(high=second.high), at + second.end


def _mixed(reader: Reader, start: int, stop: int, number: Numeral) -> int | None:
    """三又二分之一."""
    text = reader.text
    below = read_prefix(text[stop + 1 : stop + 9])
    if below is None or below.low == 0 or not text.startswith("分之", stop + 1 + below.end):
        return None
    at = stop + 3 + below.end
    above = read_prefix(text[at : at + 8])
    if above is None:
        return None
    value = number.low + above.low / below.low
    begin, mixed = reader.signed(start, number._replace(low=value, high=value))
    return reader.value(begin, at + above.end, mixed.low, digits.RATIO, "quantities/fraction")
