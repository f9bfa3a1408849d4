"""Reading the quantities of a text: every number is found once, and ends as a quantity, an ordinal, a name or an unread one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.stages.figures import signs
from pipeline.stages.figures.columns import Quantities
from pipeline.stages.figures.family import QuantityRules, Unit
from pipeline.stages.figures.tables import cell_units, rate
from pipeline.text.numerals import NUMERALS, Numeral, read_prefix

_C = "零〇一二两三四五六七八九十百千万亿兆"
RUN = re.compile(
    rf"\d+(?:,\d{{3}}(?!\d))*(?:\.\d+)?(?:[余多来几{_C}]+(?:\d+(?:\.\d+)?[余多十百千万亿]*)?)?"
    rf"|[{_C}][{_C}余多来几点]*"
    rf"|[几数](?=[十百千万亿])[{_C}余多来几数]*"
    r"|半(?=[个天小年月亩斤吨公里米元块点成刻学辈圈桶箱碗瓶袋车])"
    r"|[壹贰叁肆伍陆柒捌玖拾佰仟貳參陸][壹贰叁肆伍陆柒捌玖拾佰仟貳參陸零万亿萬億]+"
    r"|翻[一两三四五]?番"
)
_STARTS = frozenset("0123456789半几数翻壹贰叁肆伍陆柒捌玖拾佰仟貳參陸" + _C)
_LONE = frozenset("零〇一二两三四五六七八九十百千万亿")
_RANGE = signs.HYPHENS | {"至", "到"}
_LISTED = frozenset("、和及与或，,")
_GIVE_BACK = frozenset("千兆百")
_RANKERS = re.compile(
    r"(?:[居列排位]|名次|获|夺得|拿下|跃升|跃居|升至|升到|进至|进位|[省市区县州旗国]|全球|世界|亚洲|全国|西部|中部|东部|东北|西北|西南|城市|地区|同类|方阵|保持|稳居|均|为|前移至|提升至|上升至)(?:了|到|至|为|第)?\Z"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")

ONE = Unit("1", "number", "quantities/number.plain", base="1")
RATIO = Unit("1", "ratio", "quantities/ratio", base="1")
SHARE = Unit("%", "percent", "quantities/ratio", base="1", factor=0.01)
RANK = Unit("rank", "rank", "quantities/rank")


def read(text: str, rules: QuantityRules, taken: Sequence[tuple[int, int]] = ()) -> Quantities:
    """The quantities of `text`. `taken` are spans, in order, that belong to times, places or names already."""
    return _Pass(text, rules, taken).run()


class _Pass:
    """One pass over one text."""

    def __init__(self, text: str, rules: QuantityRules, taken: Sequence[tuple[int, int]]) -> None:
        self.text = text
        self.rules = rules
        self.taken = taken
        self.out = Quantities()
        self.cells = cell_units(text, rules) if "|" in text else {}

    def run(self) -> Quantities:
        taken, n_taken, k = self.taken, len(self.taken), 0
        cursor = 0
        for match in RUN.finditer(self.text):
            start, end = match.span()
            if start < cursor:
                if end <= cursor:
                    continue
                start = cursor
            while start < end:
                while k < n_taken and taken[k][1] <= start:
                    k += 1
                if k < n_taken and taken[k][0] <= start:
                    start = taken[k][1]
                    continue
                self.limit = taken[k][0] if k < n_taken else len(self.text)
                if self.text[start] in _STARTS:
                    start = max(start + 1, self._number(start, min(end, self.limit)))
                else:
                    start += 1
            cursor = start
        return self.out

    # -- one number -------------------------------------------------------------------------------------------------

    def _number(self, start: int, end: int) -> int:
        """Settle the number that starts here; where it, with all that belongs to it, ends."""
        text = self.text
        first = text[start]
        if first == "翻":
            return self._doubling(start, end)
        number = read_prefix(text[start:end])
        if number is None:
            return start + 1
        stop = start + number.end
        before = text[start - 1] if start else "\n"
        if before == "第":
            return self._ordinal(start, stop, number)
        if text.startswith("分之", stop):
            settled = self._fraction(start, stop, number)
            if settled is not None:
                return settled
        if "0" <= first <= "9":
            after = text[stop : stop + 1]
            if before in signs.LOOK_BEFORE or after in signs.LOOK_AFTER or before in "\n |":
                return self._marked(start, stop, number)
            return self._measured(start, start, stop, number)
        return self._chinese(start, stop, number, before)

    def _doubling(self, start: int, end: int) -> int:
        number = read_prefix(self.text[start + 1 : end]) if end - start > 2 else None
        times = 2.0 ** (number.low if number else 1.0) - 1
        unit = self.rules.units.words.get("倍")
        assert unit is not None
        self.out.add(start, end, self.text[start : end - 1], "番", times, times, unit, self._qualifier(start, end, ""), "quantities/doubling")
        return end

    def _fraction(self, start: int, stop: int, number: Numeral) -> int | None:
        """X分之Y."""
        tail = read_prefix(self.text[stop + 2 : stop + 18])
        if tail is None or number.low == 0:
            return None
        end = stop + 2 + tail.end
        percent = {100: ("%", 1.0), 1000: ("‰", 1.0), 10000: ("%", 0.01)}.get(int(number.low)) if number.kind == "bare" else None
        unit = self.rules.units.words.get(percent[0]) if percent else RATIO
        assert unit is not None
        scale = percent[1] if percent else 1 / number.low
        sign, begin = self._sign(start)
        low, high = sorted((sign * tail.low * scale, sign * tail.high * scale))
        self.out.add(begin, end, self.text[begin:end], "", low, high, unit, self._qualifier(begin, end, tail.hedge), "quantities/fraction")
        return end

    def _sign(self, start: int) -> tuple[int, int]:
        """The sign of the number at `start`, and where it begins with it."""
        text = self.text
        before = text[start - 1] if start else ""
        if before in "负－−-" and before:
            previous = text[start - 2] if start > 1 else ""
            if before == "负" or not (previous in signs.ALNUM or previous in ")）]" and previous):
                return -1, start - 1
        if before == "下" and text.startswith("零下", start - 2):
            return -1, start - 2
        return 1, start

    # -- digits with signs about them -------------------------------------------------------------------------------

    def _marked(self, start: int, stop: int, number: Numeral) -> int:
        """Digits with a letter or a sign beside them: a code, a list number, a ratio, or a plain quantity after all."""
        text, before, after = self.text, self.text[start - 1] if start else "\n", self.text[stop : stop + 1]
        settled = self._listed(start, stop, before, after)
        if settled is not None:
            return settled
        if after in ("/", ":", "：", "∶") and after:
            settled = self._ratio(start, stop, number)
            if settled is not None:
                return settled
        if after == "." and (end := signs.dotted(text, start)) is not None:
            return self._known(start, end, "name.code")
        if after in ("·", "•") and (end := signs.event_day(text, start)) is not None:
            return self._known(start, end, "name.quoted")
        if after == "+" and text[stop + 1 : stop + 2] not in ("", "”", "，", "。", "、", "；", "）", " ") and (end := signs.plus_chain(text, start)):
            return self._known(start, end, "name.code")
        if before == "+" or before in ("#", "№") or (after and after in "#@_"):
            return self._known(start, stop, "name.code")
        if after in ("×", "*") and text[stop + 1 : stop + 2].isdigit():
            return self._known(start, stop, "name.code")
        found = self.rules.units.at(text, stop)
        unit = found[0] if found else None
        sign = self.rules.signs.before(text, start)
        if sign is not None:
            return self._priced(sign[1], start, stop, number, sign[0], unit)
        left_code = before in signs.LETTER or (before in "-_./\\@&=?~" and before and text[start - 2 : start - 1] in signs.ALNUM)
        if left_code and not (unit is not None and unit.one_counts and text[start - 3 : start].isalpha() and text[start - 3 : start].isascii()):
            return self._code(start, stop)
        if after in signs.LETTER and after and not (found and unit is not None and text[found[1] : found[1] + 1] not in signs.ALNUM):
            return self._code(start, stop)
        if before == "±":
            low, high = -number.high, number.high
            return self._measured(start - 1, start, stop, number._replace(low=low, high=high))
        direction, begin = self._sign(start)
        if direction < 0:
            return self._measured(begin, start, stop, number._replace(low=-number.high, high=-number.low))
        return self._measured(start, start, stop, number)

    def _listed(self, start: int, stop: int, before: str, after: str) -> int | None:
        """List and section numbers, footnote marks, numbers of documents."""
        text = self.text
        if before in "[〔【" and before:
            close = re.match(r"[\d\s,，、\-—–]*[\]〕】]", text[stop : stop + 12])
            if close is not None:
                return self._known(start, stop + close.end(), "name.marker")
        if before in "（(" and after in ("）", ")") and stop - start <= 2:
            return self._known(start, stop, "name.marker")
        if stop - start <= 8 and (before in "\n |（(*#" or after in (".", "．", "、")):
            end = signs.list_number(text, start, stop)
            if end is not None:
                return self._known(start, end, "name.marker")
        return None

    def _code(self, start: int, stop: int) -> int:
        text = self.text
        span = signs.address(text, start, stop) or signs.token(text, start, stop)
        end = span[1]
        while end > stop and text[end - 1] in ".-:/?=":
            end -= 1
        return self._known(span[0], end, "name.code")

    def _ratio(self, start: int, stop: int, number: Numeral) -> int | None:
        """1/3, 2.19:1, 8:52:40; None where it is no ratio."""
        text = self.text
        match = re.compile(r"(\d+(?:\.\d+)?)\s?([:：∶/])\s?(\d+(?:\.\d+)?)((?:\s?\2\s?\d+(?:\.\d+)?)*)(?![\d/:%])").match(text, start)
        if match is None or number.kind != "arabic" or match[1] != text[start:stop]:
            return None
        parts = [float(match[1]), float(match[3])] + [float(n) for n in re.findall(r"\d+(?:\.\d+)?", match[4])]
        end = match.end()
        if len(parts) == 2:
            if parts[1] == 0 or (match[2] == "/" and (parts[0] > parts[1] or "." in match[0])):
                return None
            if match[2] != "/" and re.fullmatch(r"[0-2]?\d[:：][0-5]\d", match[0]) and not text[max(0, start - 6) : start].strip("为是约达至到 ").endswith(("比", "例")):
                return self._known(start, end, "name.code")  # the time of day
            value = parts[0] / parts[1]
            self.out.add(start, end, match[0], "", value, value, RATIO, self._qualifier(start, end, ""))
            return end
        if match[2] == "/":
            return self._known(start, end, "name.code")
        unit = SHARE if abs(sum(parts) - 100) <= 0.5 else RATIO
        for piece in re.finditer(r"\d+(?:\.\d+)?", match[0]):
            value = float(piece[0])
            self.out.add(start + piece.start(), start + piece.end(), piece[0], "", value, value, unit, self._qualifier(start, end, ""))
        return end

    def _priced(self, begin: int, start: int, stop: int, number: Numeral, currency: Unit, unit: Unit | None) -> int:
        """A sum with its currency before it: $300万."""
        if unit is not None and unit.dimension == "money":
            return self._measured(start, start, stop, number)
        if currency.name == "CNY" and unit is not None:
            return self._measured(start, start, stop, number)
        self.out.add(begin, stop, self.text[start:stop], self.text[begin:start], number.low, number.high, currency, self._qualifier(begin, stop, number.hedge))
        return stop

    # -- Chinese numerals -------------------------------------------------------------------------------------------

    def _chinese(self, start: int, stop: int, number: Numeral, before: str) -> int:
        text, rules = self.text, self.rules
        if number.kind == "half":
            return self._half(start, stop, number, before)
        magnitude = number.kind == "bare" and rules.before_magnitude.before(text, start)
        if text.startswith("一半", start) and text[start + 2 : start + 3] not in ("个", "天"):
            self.out.add(start, start + 2, "一半", "", 0.5, 0.5, RATIO, self._qualifier(start, start + 2, ""), "quantities/half")
            return start + 2
        if not magnitude:
            word = rules.word_around(text, start)
            if word is not None and not self._splits(word[0]) and not self._splits(word[1]):
                return max(stop, self._known(word[0], word[1], word[2]))
            if before in "（(" and text[stop : stop + 1] in ("）", ")") or before in "\n #*" and (end := signs.list_number(text, start, stop)):
                return self._known(start, stop, "name.marker")
        found = self._unit_after(start, stop, number)
        if found is None or found[0] is None:
            return self._chinese_alone(start, stop, number)
        unit, stop, end, number = found
        lone = stop - start == 1
        if text[stop : stop + 1] in NUMERALS and text[stop : stop + 1] != "两" and unit.rule_id != "quantities/mass":
            return self._known(start, stop, "name.bound")
        if lone or not unit.one_counts:
            name = self._counted_name(start, stop, end, number, unit, lone, bool(magnitude))
            if name is not None:
                return name
        if number.kind == "bare" and text[start] != "十" and not magnitude and not self._bounded(start, end):
            return self._known(start, end, "name.magnitude")
        direction, begin = self._sign(start)
        if direction < 0:
            number = number._replace(low=-number.high, high=-number.low)
        return self._finish(begin, start, stop, number, unit, end)

    def _splits(self, at: int) -> bool:
        """Whether this is the middle of a number, where no word begins or ends: 三|万一."""
        return 0 < at < len(self.text) and self.text[at - 1] in NUMERALS and self.text[at] in NUMERALS

    def _counted_name(self, start: int, stop: int, end: int, number: Numeral, unit: Unit, lone: bool, magnitude: bool) -> int | None:
        """Where a Chinese number with a classifier is a name, an ordinal or an article, settle it."""
        text = self.text
        first = text[start]
        if unit.ordinal or (lone and first == "二" and not unit.one_counts):
            self.out.add(start, end, text[start:stop], text[stop:end], number.low, number.high, _ordinal_unit(unit.name), "exact", "quantities/ordinal")
            return end
        if number.kind == "digits" or (lone and not unit.chinese) or (lone and unit.one_counts and text[end : end + 1] in _PLACE_ENDS):
            return self._known(start, end, "name.bound")
        quote = signs.quoted(text, start, stop)
        if quote is not None and signs.is_name(text[quote[0] : quote[1]], quote[2]):
            return self._known(start, end, "name.quoted")
        if lone and first == "一" and not unit.one_counts and not self._one_counts(start, end):
            return self._known(start, end, "name.article")
        if lone and not unit.one_counts and not magnitude and _CATCHPHRASE.match(text, end) and unit.name != "个":
            return self._known(start, end, "name.pattern")
        return None

    def _one_counts(self, start: int, end: int) -> bool:
        return self.text[start - 1 : start] in ("仅", "只", "共", "唯", "计") and start > 0 or self._bounded(start, end)

    def _bounded(self, start: int, end: int) -> bool:
        """Whether something before or after says how exact it is: only amounts have that."""
        return self._qualifier(start, end, "") != "exact" or self.rules.before_magnitude.before(self.text, start) is not None

    def _chinese_alone(self, start: int, stop: int, number: Numeral) -> int:
        """A Chinese number without a unit: a name or a short form, unless its shape or what follows says that it counts."""
        text = self.text
        following = text[stop : stop + 1]
        if stop - start == 1 or number.kind in ("bare", "digits"):
            while text[stop : stop + 1] in _LONE and text[stop : stop + 1]:
                stop += 1
            return self._known(start, stop, "name.magnitude" if number.kind == "bare" else "name.bound")
        if number.short and text[stop - 1] == "一" and (found := self.rules.units.at(text, stop)) and found[0] is not None:
            return self._price(start, stop - 1)
        if text[stop - 1] in "万亿" or number.low != int(number.low):
            return self._bare(start, start, stop, number)
        if _HAN.match(following) or number.low != number.high:
            return self._known(start, stop, "name.bound")
        return self._bare(start, start, stop, number)

    def _price(self, start: int, stop: int) -> int:
        unit = self.rules.units.words.get("元")
        number = read_prefix(self.text[start:stop])
        assert unit is not None and number is not None
        qualifier = self._qualifier(start, stop, number.hedge)
        self.out.add(start, stop, self.text[start:stop], "", number.low, number.high, unit, qualifier, "quantities/unit.price")
        return stop

    def _half(self, start: int, stop: int, number: Numeral, before: str) -> int:
        found = self.rules.units.at(self.text, stop)
        if found is None or found[0] is None or before in "上下前后大多过北南一东西对":
            return stop
        unit, end = found
        if unit.name == "个" and not self._infixed(stop, end):
            return end
        if unit.one_counts or unit.name == "个":
            return self._finish(start, start, stop, number, unit, end)
        return end

    # -- units ------------------------------------------------------------------------------------------------------

    def _unit_after(self, start: int, stop: int, number: Numeral) -> tuple[Unit, int, int, Numeral] | None:
        """The unit after a number: unit, end of the number, end of the unit, the number (which may give back a 千 to 千瓦)."""
        text, units = self.text, self.rules.units
        last = text[stop - 1]
        if stop - start > 1:
            if last in _GIVE_BACK:
                found = units.at(text, stop - 1)
                if found is not None and found[0] is not None and found[1] - stop >= 1:
                    shorter = read_prefix(text[start : stop - 1])
                    if shorter is not None and shorter.end == stop - 1 - start:
                        return found[0], stop - 1, found[1], shorter
            elif last == "一" and number.short and (found := units.at(text, stop)) and found[0] is not None:
                return None  # 三万一天 is a price
        found = units.at(text, stop)
        if found is None and text[stop : stop + 1] in (" ", "\u00a0") and number.kind == "arabic":
            found = units.at(text, stop + 1)
        if found is not None:
            return None if found[0] is None or found[1] > self.limit else (found[0], stop, found[1], number)
        if stop - start > 1 and last == "两" and (shorter := read_prefix(text[start : stop - 1])) is not None and shorter.end == stop - 1 - start:
            found = units.at(text, stop - 1)
            if found is not None and found[0] is not None:
                return found[0], stop - 1, found[1], shorter
        return None

    def _measured(self, begin: int, start: int, stop: int, number: Numeral) -> int:
        """Digits that may have a unit after them."""
        found = self._unit_after(start, stop, number)
        text = self.text
        if found is None:
            if text[stop : stop + 1] in _RANGE and (end := self._range(begin, start, stop, number, None)) is not None:
                return end
            if number.short and text[stop - 1] == "一" and not (self.rules.units.at(text, stop) or (None,))[0] is None:
                return self._price(start, stop - 1)
            return self._bare(begin, start, stop, number)
        unit, stop, end, number = found
        if unit.name == "年" and _YEAR.match(text[start:stop]) and text[end - 1] == "年":
            return self._unread(start, end)
        if unit.ordinal:
            self.out.add(begin, end, text[begin:stop], text[stop:end], number.low, number.high, _ordinal_unit(unit.name), "exact", "quantities/ordinal")
            return end
        if not unit.one_counts and text[start - 1 : start] in ("“", "《") and start:
            quote = signs.quoted(text, start, stop)
            if quote is not None and signs.is_name(text[quote[0] : quote[1]], quote[2]):
                return self._known(start, end, "name.quoted")
        return self._finish(begin, start, stop, number, unit, end)

    def _finish(self, begin: int, start: int, stop: int, number: Numeral, unit: Unit, end: int) -> int:
        """A number with its unit: what else belongs to it, and out with it."""
        text = self.text
        low, high, hedge = number.low, number.high, number.hedge
        following = text[end : end + 1]
        rule_id: str | None = None
        if following in _TAIL and following:
            if following in _RANGE and (wide := self._range(begin, start, stop, number, (unit, end))) is not None:
                return wide
            if following == "/" and (slash := self._rate(unit, end)) is not None:
                unit, end = slash
            elif following in "半多余":
                infixed = self._infixed(stop, end) if unit.name == "个" else None
                if infixed is not None:
                    half = 0.5 if following == "半" else 0.0
                    hedge = hedge or ("" if half else "more")
                    low, high, (unit, end) = low + half, high + half, infixed
                elif unit.one_counts and text[end + 1 : end + 2] not in _NO_TAIL:
                    if following == "半":
                        low, high = low + 0.5, high + 0.5
                    else:
                        hedge = hedge or "more"
                    end += 1
            else:
                composed = self._composed(unit, low, high, end)
                if composed is not None:
                    unit, low, high, end = composed
        if unit.name == "度" and (begin < start or self._about_heat(begin)):
            unit = self._named("摄氏度", unit)
        if text[begin - 1 : begin] == "前" and begin and unit.name in ("位", "名"):
            unit, rule_id = RANK, "quantities/rank"
            hedge = hedge or "at_most"
        qualifier = hedge if hedge == "at_most" else self._qualifier(begin, end, hedge)
        self.out.add(begin, end, text[begin:stop], text[stop:end].strip(), low, high, unit, qualifier, rule_id)
        return end

    def _named(self, surface: str, otherwise: Unit) -> Unit:
        return self.rules.units.words.get(surface) or otherwise

    def _about_heat(self, begin: int) -> bool:
        return any(word in self.text[max(0, begin - 8) : begin] for word in ("气温", "温度", "高温", "低温", "体温", "零上", "水温", "室温"))

    def _infixed(self, stop: int, end: int) -> tuple[Unit, int] | None:
        """个多月, 个半小时: the unit is 个月, 个小时."""
        if self.text[end : end + 1] not in ("多", "半", "余"):
            found = self.rules.units.at(self.text, stop)
            return None if found is None or found[0] is None or found[0].name == "个" else (found[0], found[1])
        joined = "个" + self.text[end + 1 : end + 6]
        found = self.rules.units.at(joined, 0)
        if found is None or found[0] is None or found[0].name == "个":
            return None
        return found[0], end + found[1]

    def _rate(self, unit: Unit, end: int) -> tuple[Unit, int] | None:
        below = self.rules.units.at(self.text, end + 1)
        if below is not None and below[0] is not None:
            return rate(unit, self.text[end + 1 : below[1]], below[0]), below[1]
        match = re.match(r"[日月时人户亩次家辆株头台套床年天季秒]|[A-Za-z]{1,3}", self.text[end + 1 : end + 4])
        return None if match is None else (rate(unit, match[0], None), end + 1 + match.end())

    def _composed(self, unit: Unit, low: float, high: float, end: int) -> tuple[Unit, float, float, int] | None:
        """123元1角1分, 5小时30分钟, 五块二, 1米8: what comes in smaller units is added."""
        text = self.text
        whole = unit
        if unit.name == "块" and text[end - 1] == "块":
            whole = self._named("元", unit)
        if whole.dimension not in _COMPOSED or low != high or whole.base is None:
            return None
        smallest = whole.times * whole.factor
        total, stop, parts = low * smallest, end, 0
        while True:
            at = stop + (text[stop : stop + 1] in ("零", "又") and text[stop : stop + 1] != "")
            part = read_prefix(text[at : at + 8]) if text[at : at + 1] in _STARTS and text[at : at + 1] else None
            if part is None or part.low != part.high or part.kind == "bare":
                break
            unit_at = at + part.end
            sub = _SUBUNITS.get((whole.dimension, text[unit_at : unit_at + 1])) if text[unit_at : unit_at + 2] != "分之" else None
            found = self.rules.units.at(text, unit_at)
            if sub is None or (found is not None and found[0] is not None and found[1] - unit_at > 1):
                if found is None:
                    if parts == 0 and part.end <= 2 and part.low < 100 and (whole.name in ("CNY", "米") and text[end - 1] in "块毛米"):
                        tenth = 10 if part.low < 10 else 100
                        if not _HAN.match(text[unit_at : unit_at + 1]) or text[unit_at : unit_at + 1] in "的高长宽深，":
                            total += part.low * smallest / tenth
                            stop, parts = unit_at, 1
                    break
                other = found[0]
                if other is None or other.dimension != whole.dimension or other.base != whole.base:
                    break
                sub, unit_end = other.times * other.factor, found[1]
            else:
                unit_end = unit_at + 1
            if sub >= smallest or (part.low * sub >= smallest and parts):
                break
            total += part.low * sub
            smallest, stop, parts = sub, unit_end, parts + 1
        if not parts:
            return None
        value = float(f"{total / (whole.times * whole.factor):.12g}")
        return whole, value, value, stop

    # -- ranges and lists -------------------------------------------------------------------------------------------

    def _range(self, begin: int, start: int, stop: int, number: Numeral, own: tuple[Unit, int] | None) -> int | None:
        """2-3次, 5至8万元, 10亿-50亿元, 30%-40%: the unit and the magnitude belong to both ends."""
        text = self.text
        at = stop if own is None else own[1]
        if own is not None and text[at] in "至到" and text[begin - 1 : begin] in ("从", "由", "自") and begin:
            return None
        second_at = at + 1
        while text[second_at : second_at + 1] in (*signs.HYPHENS, " ") and second_at - at < 3:
            second_at += 1
        match = RUN.match(text, second_at)
        if match is None or second_at >= self.limit or number.hedge:
            return None
        second = read_prefix(match[0])
        if second is None or (second.kind == "bare" and number.kind != "bare"):
            return None
        found = self._unit_after(second_at, second_at + second.end, second)
        if found is None:
            return None
        unit, second_stop, end, second = found
        if own is not None and own[0] != unit or unit.ordinal:
            return None
        if _YEAR.match(text[start:stop]) and unit.name == "年":
            return None
        low, high = number.low, second.high
        if own is None:
            low = _share_magnitude(text[start:stop], low, text[second_at:second_stop], high)
        if low >= high or number.low < 0:
            return None
        joined = Numeral(low, high, 0, second.hedge, "range")
        return self._finish(begin, start, second_stop, joined, unit, end)

    def _shared(self, start: int, stop: int, number: Numeral) -> tuple[Unit, float] | None:
        """The unit and magnitude of the last number in a list that this one begins: 1.2、1.5倍."""
        text, at = self.text, stop
        for _ in range(6):
            if text[at : at + 1] not in _LISTED or not text[at : at + 1]:
                return None
            match = RUN.match(text, at + 1)
            if match is None or match.start() >= self.limit:
                return None
            following = read_prefix(match[0])
            if following is None or match[0][0] not in "0123456789" and following.kind != "chinese":
                return None
            end = at + 1 + following.end
            found = self._unit_after(at + 1, end, following)
            if found is not None:
                unit = found[0]
                if unit.ordinal or unit.name in ("年", "大") or _YEAR.match(text[start:stop]):
                    return None
                return unit, _share_magnitude(text[start:stop], number.low, text[at + 1 : found[1]], found[3].low)
            at = end
        return None

    # -- numbers without a unit -------------------------------------------------------------------------------------

    def _bare(self, begin: int, start: int, stop: int, number: Numeral) -> int:
        """A number with no unit of its own: the unit of its column, its list or its noun; a code; or a plain number."""
        text, rules = self.text, self.rules
        cell = self.cells.get(start)
        if cell is not None:
            low, high = number.low * cell.magnitude, number.high * cell.magnitude
            self.out.add(begin, stop, text[begin:stop], "", low, high, cell.unit, self._qualifier(begin, stop, number.hedge), "quantities/unit.column")
            return stop
        shared = self._shared(start, stop, number)
        if shared is not None:
            self.out.add(begin, stop, text[begin:stop], "", shared[1], shared[1], shared[0], self._qualifier(begin, stop, number.hedge), "quantities/unit.shared")
            return stop
        surface = text[start:stop]
        digits = surface.isdigit()
        year = digits and _YEAR.match(surface) is not None
        quote = signs.quoted(text, start, stop)
        if quote is not None and signs.is_name(text[quote[0] : quote[1]], quote[2]):
            return self._known(start, stop, "name.quoted")
        code = rules.code_after.at(text, stop) if digits else None
        if code is not None:
            return self._known(start, code[1], code[0])
        noun = None if year else self._noun(begin, stop, surface)
        if noun is not None:
            unit, rule_id = noun
            self.out.add(begin, stop, text[begin:stop], "", number.low, number.high, unit, self._qualifier(begin, stop, number.hedge), rule_id)
            return stop
        named = rules.code_before.before(text, begin - (text[begin - 1 : begin] in (":", "：", " ") and begin > 0))
        if named is not None:
            return self._known(start, stop, named[0])
        if digits and (len(surface) >= 7 or surface[0] == "0" and len(surface) > 1):
            return self._known(start, stop, "name.code")
        if not digits and not year:
            self.out.add(begin, stop, text[begin:stop], "", number.low, number.high, ONE, self._qualifier(begin, stop, number.hedge))
            if text[stop - 1] in "万亿":
                self.out.unknown_units.append((begin, stop))
            return stop
        if year:
            return self._known(start, stop, "name.year")
        if self._unknown_classifier(stop):
            unit = Unit(text[stop], "unknown", "quantities/unit.unknown")
            self.out.unknown_units.append((begin, stop + 1))
            self.out.add(begin, stop + 1, text[begin:stop], text[stop], number.low, number.high, unit, self._qualifier(begin, stop + 1, number.hedge))
            return stop + 1
        return self._unread(start, stop)

    def _noun(self, begin: int, stop: int, surface: str) -> tuple[Unit, str] | None:
        """The unit that follows from the noun after the number, or before it."""
        text, rules = self.text, self.rules
        for at in range(stop, min(stop + 7, self.limit)):
            if not _HAN.match(text, at) or text[at] in "的了和与及等在为是":
                break
            found = rules.noun_after.at(text, at)
            if found is not None:
                return found[0]
        if surface[-1] in "万亿余多":
            for at in range(begin, max(0, begin - 12), -1):
                if text[at - 1] in "，。；、\n：！？":
                    break
                noun = rules.noun_before.before(text, at)
                if noun is not None:
                    return noun[0]
        return None

    def _unknown_classifier(self, stop: int) -> bool:
        text = self.text
        c, following = text[stop : stop + 1], text[stop + 1 : stop + 2]
        if not c or not _HAN.match(c) or c in _FUNCTION or self.rules.units.at(text, stop) is not None:
            return False
        return not following or not _HAN.match(following)

    # -- ordinals ---------------------------------------------------------------------------------------------------

    def _ordinal(self, start: int, stop: int, number: Numeral) -> int:
        """第N: a rank with 位 or 名 or where the clause ranks, else an ordinal."""
        text, begin = self.text, start - 1
        found = self.rules.units.at(text, stop)
        unit, end = found if found is not None and found[0] is not None else (None, stop)
        surface = text[stop:end]
        if surface in ("位", "名") or (unit is None and self._ranks(begin, stop)):
            self.out.add(begin, end, text[begin:stop], surface, number.low, number.high, RANK, "exact")
            return end
        if surface == "大":
            self.out.add(begin, end, text[begin:stop], surface, number.low, number.high, RANK, "exact")
            return end
        name = surface or "ordinal"
        self.out.add(begin, end, text[begin:stop], surface, number.low, number.high, _ordinal_unit(name), "exact", "quantities/ordinal")
        return end

    def _ranks(self, begin: int, stop: int) -> bool:
        following = self.text[stop : stop + 1]
        if following and _HAN.match(following) and following not in "的且和":
            return False
        return _RANKERS.search(self.text, max(0, begin - 6), begin) is not None

    # -- outcomes ---------------------------------------------------------------------------------------------------

    def _qualifier(self, begin: int, end: int, hedge: str) -> str:
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
        if before is not None and before[0] != "exact":
            return before[0]
        if hedge == "about":
            return "about"
        if text[begin : begin + 1] in "百千万亿" and (magnitude := rules.before_magnitude.before(text, begin)) is not None:
            return magnitude[0]
        return "exact"

    def _known(self, start: int, end: int, rule: str) -> int:
        self.out.known.append((start, end, rule if rule.startswith("quantities/") else f"quantities/{rule}"))
        return end

    def _unread(self, start: int, end: int) -> int:
        self.out.unread.append((start, end))
        return end


_TAIL = _RANGE | frozenset("/半多余零又0123456789一二两三四五六七八九十")
_NO_TAIL = frozenset("数家元次样方少种个名项部功媒地级渠层边产载岛程山径路")
_COMPOSED = frozenset(("money", "length", "mass", "duration", "angle", "age"))
_SUBUNITS = {
    ("money", "角"): 0.1,
    ("money", "毛"): 0.1,
    ("money", "分"): 0.01,
    ("duration", "分"): 1 / 1440,
    ("angle", "分"): 1 / 60,
    ("angle", "秒"): 1 / 3600,
}
#: After a single digit and a unit they make the name of a place: 三元桥, 三角镇.
_PLACE_ENDS = frozenset("桥镇乡村街路山湾沟坝塘岭坪店庙寺巷弄园区县市州城洲湖河江岛屯堡寨关港")
_CATCHPHRASE = re.compile(r"[\u4e00-\u9fff]{0,2}[一二三四五六七八九十两][\u4e00-\u9fff]")
_FUNCTION = frozenset("的了和与及在为是将被对从由以并而或者等至到比较把让给向于之其此该各每已可能要会应须均都也又还再更最很不未无有没上下中内外前后")


def _ordinal_unit(name: str) -> Unit:
    return Unit(name, "ordinal", "quantities/ordinal")


def _share_magnitude(first: str, low: float, second: str, high: float) -> float:
    """5至8万元: the 万 of the last number belongs to the first too, unless the first has one or is the larger as written."""
    if any(c in first for c in "十百千万亿"):
        return low
    match = re.search(r"[十百千万亿]+$", second.rstrip("余多"))
    if match is None or not (number := read_prefix(match[0])) or len(match[0]) == len(second):
        return low
    return float(f"{low * number.low:.12g}") if low <= high / number.low or "、" in second else low
