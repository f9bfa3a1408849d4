"""The commonest figures, settled in one look: digits and a unit that means nothing else, and nothing beside them (105个, 1.05平方公里).

Whatever could make more of the figure (a sign, a range, a rate, a half, a currency, a code) leaves it to the full reading,
which would come to the same here.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.stages.figures.quantities import signs
from pipeline.stages.figures.quantities.compiled import Unit
from pipeline.stages.figures.quantities.measured import GOES_ON
from pipeline.stages.figures.quantities.reader import Reader
from pipeline.text.numerals import Numeral

#: Before the digits: what a sign or a code may be, a degree of longitude (东经105度), a rank (前3位). A list says nothing of its units.
_LOOK_BEFORE = (signs.LOOK_BEFORE | frozenset("经纬前")) - frozenset("、\n")
#: After the unit: what may go on with the figure. A list of figures does where the unit is 个 and stands for another (6.9个、4.4个百分点).
_GOES_ON = GOES_ON - frozenset("、和")
#: What the end of a number may give back to its unit (12|千米), and a hedge that may be a verb (3万来自外省).
_GIVES_BACK = frozenset("千兆百两来")
#: Units whose meaning hangs on what is around them: minutes or points, degrees of heat, a place in a ranking, a year of an era.
_HANGS_ON_MORE = frozenset(["分", "级", "年", "日", "块", "点", "度", "位", "名"])


def plain_units(units: Mapping[str, Unit | None], codes: Mapping[str, str]) -> frozenset[str]:
    """How the units are written that need no second look: none that begins a code word (100米|决赛) or ends in a letter."""
    begun = {word[:length] for word in codes for length in range(1, len(word))}
    return frozenset(
        surface
        for surface, unit in units.items()
        if unit is not None and not unit.width and not unit.ordinal and unit.name not in _HANGS_ON_MORE
        if surface not in _HANGS_ON_MORE and surface not in begun and surface[-1] not in signs.LETTER
    )


def settle(reader: Reader, start: int, stop: int, number: Numeral) -> int | None:
    """Settle digits from `start` to `stop`; None where they are no plain figure."""
    text, rules = reader.text, reader.rules
    found = rules.units.at(text, stop)
    if found is None or number.short or text[stop - 1] in _GIVES_BACK:
        return None
    before = text[start - 1] if start else "\n"
    if before in _LOOK_BEFORE or before in rules.signs.to_end:
        return None
    unit, end = found
    after = text[end : end + 1]
    if unit is None or after in _GOES_ON or end > reader.limit or text[stop:end] not in rules.plain or (after in "、和" and text[end - 1] == "个"):
        return None
    if number.hedge or before in rules.before.to_end or after in rules.after.from_start or before == "*":
        return reader.quantity(start, stop, end, number, unit)
    reader.last = (unit, end)
    reader.out.add(start, end, text[start:stop], text[stop:end], number.low, number.high, unit, "exact")
    return end
