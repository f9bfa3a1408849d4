"""Reading the quantities of a text: every number is found once, and ends as a quantity, an ordinal, a name or an unread one."""

from __future__ import annotations

from pipeline.stages.figures.quantities import chinese, digits, measured, ordinals, signs
from pipeline.stages.figures.quantities.columns import Quantities
from pipeline.stages.figures.quantities.compiled import QuantityRules
from pipeline.stages.figures.quantities.reader import RUN, STARTS, Reader, Taken
from pipeline.text.numerals import Numeral, read_prefix

#: X分之Y for some X has a unit of its own: the unit, and what to multiply by.
_PARTS_OF = {100: ("%", 1.0), 1000: ("‰", 1.0), 10000: ("%", 0.01)}


def read(text: str, rules: QuantityRules, taken: Taken = ()) -> Quantities:
    """The quantities of `text`. `taken` are spans, in order, that belong to times, places or names already."""
    reader = Reader(text, rules)
    n_taken, k, cursor = len(taken), 0, 0
    for match in RUN.finditer(text):
        start, end = match.span()
        if end <= cursor:
            continue
        start = max(start, cursor)
        while start < end:
            while k < n_taken and taken[k][1] <= start:
                k += 1
            if k < n_taken:
                if taken[k][0] <= start:
                    start = taken[k][1]
                    continue
                reader.limit = taken[k][0]
            else:
                reader.limit = len(text)
            start = max(start + 1, _settle(reader, start, min(end, reader.limit))) if text[start] in STARTS else start + 1
        cursor = start
    return reader.out


def _settle(reader: Reader, start: int, end: int) -> int:
    """Settle the number that starts here; where it ends with all that belongs to it."""
    text = reader.text
    first = text[start]
    if first == "翻":
        return _doubling(reader, start, end)
    number = read_prefix(text[start:end])
    if number is None:
        return start + 1
    stop = start + number.end
    before = text[start - 1] if start else "\n"
    if before == "第":
        return ordinals.settle(reader, start, stop, number)
    if text.startswith("分之", stop) and (settled := _fraction(reader, start, stop, number)) is not None:
        return settled
    if "0" <= first <= "9":
        if before in signs.LOOK_BEFORE or text[stop : stop + 1] in signs.LOOK_AFTER:
            return digits.settle(reader, start, stop, number)
        return measured.settle(reader, start, start, stop, number)
    if number.kind == "half":
        return chinese.half(reader, start, stop, number)
    return chinese.settle(reader, start, stop, number)


def _doubling(reader: Reader, start: int, end: int) -> int:
    """翻番 is one time more, 翻两番 three times."""
    number = read_prefix(reader.text[start + 1 : end])
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
    direction, begin = reader.sign(start)
    low, high = sorted((direction * part.low * scale, direction * part.high * scale))
    end = stop + 2 + part.end
    return reader.quantity(begin, end, end, part._replace(low=low, high=high), unit, rule_id="quantities/fraction")
