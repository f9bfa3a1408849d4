"""A text while its numbers are being read: what there is to look things up in, and what has come of it so far."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.stages.figures.quantities.columns import Quantities
from pipeline.stages.figures.quantities.compiled import QuantityRules, Unit
from pipeline.stages.figures.quantities.tables import cell_units
from pipeline.text.numerals import Numeral

_C = "零〇一二两三四五六七八九十百千万亿"
_FORMAL_UNITS = "拾佰仟"
_FORMAL = f"壹贰叁肆伍陆柒捌玖{_FORMAL_UNITS}貳參陸"
#: 两个亿, but not the 个 of 三个亿元村.
_GE_YI = "个亿(?![元万吨级])"
#: The surface of a number. What of it makes one number is for the numerals to say; this only finds where to begin.
#: A blank after the point is of the page (线路6. 7万米), but not after the number of a list (；6. 7万人参加).
#: One set of characters comes first, and which it was is looked back at: so a text is searched several times as fast.
RUN = re.compile(
    rf"[0-9{_C}半几数翻廿卅{_FORMAL}](?:"
    rf"(?<=[0-9])[0-9]*(?:[,，][0-9]{{3}}(?![0-9]))*(?:\.[0-9]+|\. [0-9]{{2}}(?=[万亿%])|(?<=[一-鿿][0-9])\. [0-9](?=[万亿%]))?"
    rf"(?:[余多来几{_C}{_FORMAL_UNITS}]+(?:[0-9]+[十百千万亿]+)*(?:[0-9]+(?:\.[0-9]+)?[余多十百千万亿]*)?|{_GE_YI})?"
    rf"|(?<=[百千万])把(?=[块元人亩斤公里户棵株头只字])"
    rf"|(?<=[{_C}])[{_C}余多来几点]*(?:(?=[{_FORMAL}]?[{_FORMAL_UNITS}])[{_C}余多来几点{_FORMAL}]+)?(?:{_GE_YI})?"
    rf"|(?<=[几数])(?=[十百千万亿])[{_C}余多来几数]*"
    r"|(?<=半)(?=[个天小年月亩斤吨公里米元块点成刻学辈圈桶箱碗瓶袋车加英平立千毫])"
    rf"|(?:(?<=[{_FORMAL}])(?=[{_FORMAL}零万亿])|(?<=[壹贰叁肆])(?=[百千]))[{_C}{_FORMAL}点]+"
    rf"|(?<=[廿卅])[{_C}]*"
    r"|(?<=翻)(?:了?[一两三四])?番)"
)
#: A tag's end says nothing of the figure after it: <br>-19.8.
_TAG = re.compile(r"</?[A-Za-z][^<>]*>\Z")
_LONGEST_TAG = 24
#: No number is longer than this; what is, is some code.
LONGEST = 40
#: What a number can begin with.
STARTS = frozenset("0123456789半几数翻廿卅" + _FORMAL + _C)

Span = tuple[int, int]


class Reader:
    """One text, its rules, and the quantities read so far."""

    __slots__ = ("cells", "last", "limit", "limit_end", "out", "rules", "text")

    def __init__(self, text: str, rules: QuantityRules) -> None:
        self.text = text
        self.rules = rules
        self.out = Quantities()
        self.cells = cell_units(text, rules.units)
        #: The last figure's unit and where it ends, for a next one without its own.
        self.last: tuple[Unit, int] | None = None
        #: Where the next time, place or name begins that no number may reach into.
        self.limit = len(text)
        #: Where that ends: a unit may hold it whole (印度 in 印度卢比).
        self.limit_end = self.limit

    def unit(self, surface: str) -> Unit:
        """A unit the readings themselves need."""
        unit = self.rules.units.words.get(surface)
        if unit is None:
            raise KeyError(f"rules/quantities must have the unit {surface!r}")
        return unit

    def unit_at(self, at: int) -> tuple[Unit, int] | None:
        """The unit written here, and where it ends."""
        found = self.rules.units.at(self.text, at)
        if found is None:
            return None
        unit, end = found
        if unit is None:
            return None
        return (unit, at + unit.width) if unit.width else (unit, end)

    def signed(self, start: int, number: Numeral) -> tuple[int, Numeral]:
        """The number at `start` with its sign (-, 负, 零下, ±), and where it begins with that."""
        text = self.text
        before = text[start - 1] if start else "\n"
        if before not in "负－−-下±":
            return start, number
        if before == "±" or text.startswith("正负", start - 2):
            return start - (1 if before == "±" else 2), number._replace(low=-number.high)
        begin = start
        if before == "负":
            begin = start - 1
        elif before == "下":
            begin = start - 2 if text.startswith("零下", start - 2) and text[start - 3 : start - 2] != "第" else start
        else:
            previous = text[start - 2] if start > 1 else "\n"
            if not (previous.isascii() and previous.isalnum()) and previous not in ")）]":
                begin = start - 1
        return begin, number if begin == start else number._replace(low=-number.high, high=-number.low)

    def qualifier(self, begin: int, end: int, hedge: str) -> str:
        """How exact or bounded the figure is said to be, by a word inside it (余), after it (以上) or before it (近)."""
        if hedge == "more":
            return "more_than"
        rules, text = self.rules, self.text
        after = rules.after.at(text, end)
        if after is not None and after[0] != "exact":
            return after[0]
        at = begin
        while at and text[at - 1] in " *":
            at -= 1
        before = rules.before.before(text, at)
        if before is not None and text[at - 1] == ">" and _TAG.search(text, max(0, at - _LONGEST_TAG), at):
            before = None
        if before is not None and before[0] != "exact":
            return before[0]
        if hedge:
            return hedge
        if text[begin : begin + 1] in "百千万亿" and (magnitude := rules.before_magnitude.before(text, begin)) is not None:
            return magnitude[0]
        return "exact"

    # What can become of a number; each says where it ends.

    def quantity(self, begin: int, stop: int, end: int, number: Numeral, unit: Unit, *, hedge: str | None = None, rule_id: str | None = None) -> int:
        """The number from `begin` to `stop`, with its unit to `end`."""
        text = self.text
        self.last = (unit, end)
        qualifier = self.qualifier(begin, end, number.hedge if hedge is None else hedge)
        self.out.add(begin, end, text[begin:stop], text[stop:end].strip(), number.low, number.high, unit, qualifier, rule_id)
        return end

    def value(self, begin: int, end: int, value: float, unit: Unit, rule_id: str | None = None) -> int:
        """A figure that is a number as a whole: 三分之二, 2.19:1, 一半."""
        return self.quantity(begin, end, end, Numeral(value, value, 0, "", "value"), unit, rule_id=rule_id)

    def ordinal(self, begin: int, stop: int, end: int, number: Numeral, name: str = "ordinal") -> int:
        """Which one, not how many; `name` is of use where the classifier stands elsewhere."""
        text = self.text
        unit = Unit(text[stop:end] or name, "ordinal", "quantities/ordinal")
        self.out.add(begin, end, text[begin:stop], text[stop:end], number.low, number.high, unit, "exact")
        return end

    def known(self, start: int, end: int, rule: str) -> int:
        """Part of a name, a code, a list number: nothing that is lost, and nothing that counts."""
        self.out.known.append((start, end, rule if rule.startswith("quantities/") else f"quantities/{rule}"))
        return end

    def unread(self, start: int, end: int) -> int:
        """Nothing could be made of it."""
        self.out.unread.append((start, end))
        return end


Taken = Sequence[Span]
