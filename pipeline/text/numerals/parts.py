"""A number of any style, part by part from left to right: digits wait until a magnitude takes them up."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from pipeline.text.numerals.characters import BIG, DIGITS, MAGNITUDES, PAIR, SMALL, TENS, Numeral

_ARABIC = re.compile(r"(\d{1,3}(?:[,，]\d{3})+(?![\d,])|\d+)(?:\. ?(\d+))?")

Range = tuple[Fraction, Fraction]
_NOTHING: Range = (Fraction(0), Fraction(0))


class NumeralReader:
    """Reads one number from left to right: digits wait until a magnitude takes them up."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.total = _NOTHING  # what 万 and 亿 have closed
        self.section = _NOTHING  # what 十百千 have closed since
        self.waiting: Range | None = None
        self.small = 0  # the last 十百千 of this section
        self.big = 0
        self.last = ""  # kind of the last part: digits, arabic, small, big, zero
        self.unit = 0  # the last magnitude
        self.hedge = ""
        self.bare = False
        self.arabic = False
        self.zero = False
        self.by_digit = False
        self.nested = False

    def read(self) -> Numeral | None:
        text = self.text
        if text[:1] == "半":
            if text[1:2] in ("百", "佰"):
                return Numeral(50, 50, 2, "", "chinese")
            return Numeral(0.5, 0.5, 1, "", "half")
        while self.at < len(text) and self._part(text[self.at]):
            pass
        if not self.last:
            return None
        if self.last == "zero" and self.unit:
            self.at -= 1  # 三千零 is 三千 and something else
        return self._result()

    def _part(self, c: str) -> bool:
        """Read one part at `at`; False where the number ends."""
        if "0" <= c <= "9":
            return self._arabic()
        if c in DIGITS:
            return self._digits()
        if c in SMALL:
            return self._small(SMALL[c])
        if c in BIG:
            return self._big(BIG[c])
        if c in TENS:
            return self._tens(TENS[c])
        handler = _OTHER.get(c)
        return handler is not None and handler(self, c)

    def _arabic(self) -> bool:
        if self.waiting is not None or self.hedge:
            return False
        match = _ARABIC.match(self.text, self.at)
        assert match is not None
        whole, fraction = match[1].replace(",", "").replace("，", ""), match[2] or ""
        if self.last and fraction and self.last != "big":
            return False
        number = Fraction(int(whole + fraction), 10 ** len(fraction))
        self.waiting = (number, number)
        self.zero = self.last == "zero" or len(whole) > 1 or bool(fraction)
        self.arabic = True
        self.last = "arabic"
        self.at = match.end()
        return True

    def _digits(self) -> bool:
        text, start = self.text, self.at
        if self.waiting is not None or self.hedge:
            return False
        end = start
        while end < len(text) and text[end] in DIGITS and (text[end] not in PAIR or end == start or text[end - 1] in "一壹"):
            end += 1
        run = [DIGITS[c] for c in text[start:end]]
        if self.last and run[0] == 0:
            self.at += 1
            self.zero = True
            self.last = "zero"
            return True
        if len(run) > 1 and self._adjacent(run, end):
            self.waiting = (Fraction(run[0]), Fraction(run[1]))
            self.at = start + 2
        elif len(run) == 1 or self.last:
            self.waiting = (Fraction(run[0]), Fraction(run[0]))
            self.at = start + 1
        else:
            number = Fraction(int("".join(map(str, run))))
            self.waiting = (number, number)
            self.by_digit = True
            self.at = end
        self.last = "digits"
        return True

    def _adjacent(self, run: list[int], end: int) -> bool:
        """Two digits side by side that mean between the one and the other: 三四, 两三, 三五."""
        return len(run) == 2 and run[0] > 0 and (run[1] == run[0] + 1 or run == [3, 5]) and self.text[end : end + 1] != "点"

    def _small(self, unit: int) -> bool:
        if self.waiting is None:
            if self.section != _NOTHING and self.small <= unit:
                return False
            if unit != 10:
                if self.last:
                    return False
                self.bare = True
            elif self.last == "big" and not self.zero:
                return False
            self.waiting = (Fraction(1), Fraction(1))
        elif self.small and self.small <= unit:
            return self.small == unit and self._give_back()  # in 二十五千克 the digit stays and 千 begins the unit
        if self.by_digit:
            return False
        self.section = _plus(self.section, _times(self.waiting, unit))
        self.waiting = None
        self._took(unit, "small")
        self.small = unit
        return True

    def _tens(self, value: int) -> bool:
        if self.last:
            return False
        self.section = (Fraction(value), Fraction(value))
        self._took(10, "small")
        self.small = 10
        return True

    def _big(self, unit: int) -> bool:
        if self.waiting is None and self.section == _NOTHING:
            if self.last == "big" and (self.big < unit or (self.big == unit == 10**4 and not self.nested)):
                self.total = _times(self.total, unit)  # 二十万亿, 四万万
                self.nested = True
                self.big = unit
                self._took(unit, "big")
                return True
            if self.last:
                return False
            self.bare = True
            self.waiting = (Fraction(1), Fraction(1))
        if self.by_digit or (self.big == unit and not self.nested):
            return False
        section = _plus(self.section, self.waiting or _NOTHING)
        if self.big and self.big < unit:
            self.total = _times(_plus(self.total, section), unit)  # 一万五千亿
            self.nested = True
        else:
            self.total = _plus(self.total, _times(section, unit))
        self.section, self.waiting, self.small = _NOTHING, None, 0
        self.big = unit
        self._took(unit, "big")
        return True

    def _took(self, unit: int, kind: str) -> None:
        self.unit = unit
        self.last = kind
        self.zero = False
        self.at += 1

    def _give_back(self) -> bool:
        """三百五千: the last digit belongs to something else."""
        if not self.arabic:
            self.at -= 1
        self.waiting = None
        return False

    def _point(self, _: str) -> bool:
        """两点五, 一点二亿: Chinese digits after 点."""
        text, end = self.text, self.at + 1
        if not self.last or self.hedge or self.arabic or self.by_digit or self.last == "big":
            return False
        while end < len(text) and text[end] in DIGITS and text[end] not in PAIR:
            end += 1
        tail = "".join(str(DIGITS[c]) for c in text[self.at + 1 : end])
        if not tail:
            return False
        number = _plus(_plus(self.total, self.section), self.waiting or _NOTHING)[0] + Fraction(int(tail), 10 ** len(tail))
        self.total = self.section = _NOTHING
        self.waiting = (number, number)
        self.zero, self.small, self.unit, self.bare = True, 0, 0, False
        self.last = "digits"
        self.at = end
        return True

    def _colloquial(self, _: str) -> bool:
        """两个亿, 1.5个亿: a 个 that means nothing."""
        if (self.waiting is None and self.last != "small") or self.by_digit or self.text[self.at + 1 : self.at + 2] != "亿":
            return False
        self.at += 1
        return True

    def _more(self, c: str) -> bool:
        """余, 多, 来 and 把: 300余万, 二十多, 十来, 千把."""
        if not self.last or self.hedge or self.last == "zero" or self.by_digit:
            return False
        if c == "来" and not (self.last in ("small", "big") or self.text[self.at - 1] == "0"):
            return False
        if c == "把" and not (self.bare and self.at == 1):
            return False  # 三百把椅子
        self.hedge = "about" if c in "来把" else "more"
        self.at += 1
        return self.text[self.at : self.at + 1] in MAGNITUDES

    def _some(self, c: str) -> bool:
        """几 and 数: 几十, 数万, 十几, 二十几万."""
        following = self.text[self.at + 1 : self.at + 2]
        if self.hedge:
            return False
        if self.last == "arabic" and c == "几" and self.waiting is not None and self.text[self.at - 1] == "0":
            self.waiting = _plus(self.waiting, (Fraction(1), Fraction(9)))  # 20几
        elif self.waiting is not None:
            return False
        elif not self.last:
            if following not in MAGNITUDES:
                return False
            self.waiting = (Fraction(2), Fraction(9))
        elif c == "几" and self.last == "small" and (self.small > 10) == (following == "十"):
            self.waiting = (Fraction(1), Fraction(9))
        else:
            return False
        self.last = "digits"
        self.at += 1
        self.hedge = "about"
        return following in MAGNITUDES

    def _result(self) -> Numeral:
        waiting = self.waiting or _NOTHING
        short = self.waiting is not None and self.unit >= 100 and not self.zero and self.last in ("digits", "arabic")
        if short:
            waiting = _times(waiting, Fraction(self.unit, 10))
        low, high = _plus(_plus(self.total, self.section), waiting)
        if self.arabic:
            kind = "arabic"
        elif self.by_digit:
            kind = "digits"
        else:
            kind = "bare" if self.bare and self.section[0] in (0, self.unit) else "chinese"
        return Numeral(float(low), float(high), self.at, self.hedge, kind, short)


_OTHER: dict[str, Callable[[NumeralReader, str], bool]] = {
    "点": NumeralReader._point,
    "余": NumeralReader._more,
    "多": NumeralReader._more,
    "来": NumeralReader._more,
    "把": NumeralReader._more,
    "几": NumeralReader._some,
    "个": NumeralReader._colloquial,
    "数": NumeralReader._some,
}


def _plus(a: Range, b: Range) -> Range:
    return a[0] + b[0], a[1] + b[1]


def _times(a: Range, factor: int | Fraction) -> Range:
    return a[0] * factor, a[1] * factor
