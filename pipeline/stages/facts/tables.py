"""Tables in a text: a row is a fact, named by its label and the heading of its column."""

from __future__ import annotations

import re
from bisect import bisect_left

from pipeline.stages.facts.context import Context
from pipeline.stages.facts.grids import Cell, Grid, bare, fill
from pipeline.stages.facts.inputs import Figures
from pipeline.stages.facts.marks import MEASURE, NEEDY, PLAIN_HEADING, VERB
from pipeline.stages.facts.statement import NO_PERIOD, Fact, Period, Subject

_PART = re.compile(r"^其中[:：]?|^[#＃]|^[（(]?[一二三四五六七八九十\d]+[）)、.．]")
_CHANGE = re.compile(r"增长|增速|增减|±|同比|比上年|较上年|涨跌|变化|环比")
_SHARE = re.compile(r"比重|占比|构成|占全")
_UNIT_HEADING = ("单位", "计量单位", "序号")
_NUMBERED = re.compile(r"^表\s?\d{1,2}(?=\D|\d{4}年)\s*")
_CAPTION = re.compile(
    r"\d{4}年(?:末|年末)?|及其.*$|(?:增长速度|增速|情况|构成)$|主要(?:指标)?|各种运输方式(?:完成)?|分(?:行业|地区|领域|类型|登记注册类型)"
)
_TRADE = re.compile(r"出口|进口")
_TOTALS_OF = ("总量", "总额", "总数", "数量")
_TOTALS = ("总计", "合计", "总额", "全国", "全市", "全省", "全区", "全县")


def read_table(context: Context, figures: Figures, grid: Grid) -> list[Fact]:
    """The facts of one table."""
    at, caption = _caption_above(context.text, grid.start)
    period = _caption_period(context, at, at + len(caption)) or context.opening
    table = _Table(context, figures, period, _CAPTION.sub("", _NUMBERED.sub("", bare(caption))))
    facts: list[Fact] = []
    for row in fill(context.text, figures, grid):
        if all(cell.figure < 0 for cell in row):
            table.head(row)
        elif not grid.spaced or len(row) == len(table.heads):
            # Where only spaces part the columns, a row with more or fewer cells than headings cannot be told apart.
            facts += table.row(row)
    return facts


def _caption_above(text: str, start: int) -> tuple[int, str]:
    """The line over a table (and over its 单位：…), where it is short enough to be its title, and where it stands."""
    end = start
    for _ in range(2):
        end = max(0, end - 1)
        begin = text.rfind("\n", 0, end) + 1
        line = text[begin:end]
        if not line.startswith("单位"):
            return (begin, line) if len(line) <= 60 and not line.endswith(("。", "；")) else (end, "")
        end = begin
    return end, ""


def _caption_period(context: Context, start: int, end: int) -> Period | None:
    times = context.times
    for n, at in enumerate(times.start):
        if start <= at < end and not times.vague[n] and times.last[n] is not None:
            return Period(times.first[n], times.last[n], at, times.end[n], context.text[at : times.end[n]])
    return None


class _Table:
    """A table being read from top to bottom."""

    def __init__(self, context: Context, figures: Figures, period: Period, measure: str) -> None:
        self.context = context
        self.figures = figures
        self.period = period
        self.measure = measure
        self.heads: list[str] = []
        self.parent = ""
        self.parent_unit = ""
        places = zip(context.places.start, context.places.end, context.places.code, strict=True)
        self.place_names = {context.text[at:end] for at, end, code in places if code is not None}

    def head(self, row: list[Cell]) -> None:
        """A row without numbers is a heading; a lone label in it heads the rows below."""
        filled = [cell for cell in row if cell.text]
        if len(filled) > 1 or not self.heads:
            self.heads = [cell.text for cell in row]
            self.parent = ""

    def row(self, row: list[Cell]) -> list[Fact]:
        facts: list[Fact] = []
        label = Cell(0, 0, "")
        name = ""
        level: Fact | None = None
        level_name = ""
        for n, cell in enumerate(row):
            heading = self.heads[n] if n < len(self.heads) else ""
            if cell.figure < 0:
                if cell.text and heading not in _UNIT_HEADING and cell.text.strip("—-–…"):
                    label, name, level, level_name = cell, self._full(cell.text, self._headed(n, len(row)), self._unit(row)), None, ""
                elif heading not in _UNIT_HEADING:
                    level, level_name = None, self._named(name, heading)
                continue
            if heading in _UNIT_HEADING:
                continue
            if _CHANGE.search(heading) and self.figures.unit[cell.figure] in ("%", "pp", "倍"):
                facts += self._change(label, name, level, level_name, heading, cell)
            elif _SHARE.search(heading):
                facts.append(self._fact(label, name + heading.rstrip("%％"), figure=cell.figure))
            else:
                level_name = self._named(name, heading)
                level = self._fact(label, level_name, figure=cell.figure)
                facts.append(level)
        return [fact for fact in facts if fact.indicator]

    def _change(self, label: Cell, name: str, level: Fact | None, level_name: str, heading: str, cell: Cell) -> list[Fact]:
        change = self.figures.low[cell.figure]
        direction = "down" if change < 0 else "up" if change > 0 else "flat"
        basis = "prev_year" if "末" in heading or "年初" in heading else "mom" if "环比" in heading else "yoy"
        if level is not None and level.change < 0:
            level.change, level.basis, level.direction = cell.figure, basis, direction
            return []
        fact = self._fact(label, level_name or self._named(name, ""), change=cell.figure)
        fact.basis, fact.direction = basis, direction
        return [fact]

    def _fact(self, label: Cell, name: str, *, figure: int = -1, change: int = -1) -> Fact:
        fact = Fact(name, "table", figure, change, self._subject(label), self.period)
        if self.period is NO_PERIOD:
            fact.period = self.context.period
        return fact

    def _subject(self, label: Cell) -> Subject:
        places = self.context.places
        for n in range(bisect_left(places.start, label.start), len(places.start)):
            if places.end[n] > label.end:
                break
            if places.code[n] is not None and self.context.text[places.start[n] : places.end[n]] == label.text:
                # The place is the whole label: 永川区 is, 中国 in 中国香港 is not.
                return Subject(label.text, places.code[n])
        return self.context.home

    def _headed(self, n: int, width: int) -> bool:
        """Whether the first column of numbers right of a label has a heading that says what is measured (产量)."""
        for heading in self.heads[n + 1 : width]:
            if heading not in _UNIT_HEADING:
                return not self.context.lexicon.marks_of(heading) & PLAIN_HEADING and _CHANGE.search(heading) is None
        return False

    def _unit(self, row: list[Cell]) -> str:
        """The unit of a row's first number."""
        return next((self.figures.unit[cell.figure] for cell in row if cell.figure >= 0), "")

    def _full(self, text: str, headed: bool, unit: str) -> str:
        """A row's label, with what it is part of where neither it nor its heading says what is measured."""
        own = _PART.sub("", text)
        if self._complete(self.parent) and not self._complete(own) and (not headed or unit == self.parent_unit):
            return own + self._tail(self.parent)
        if not text.startswith("其中"):
            self.parent, self.parent_unit = own, unit
        return own

    def _named(self, name: str, heading: str) -> str:
        """The label with the heading, where the heading says more than that numbers follow."""
        heading = re.sub(r"\d{4}年", "", heading)
        plain = not heading or bool(self.context.lexicon.marks_of(heading) & PLAIN_HEADING)
        trade = _TRADE.findall(self.measure)
        if self._place_label(name):
            return heading if not plain else self.measure
        if name in _TOTALS:
            return self.measure if plain else self.measure + heading if heading not in self.measure else heading
        if not plain and not self._complete(name):
            return f"{name}{trade[0]}{heading}" if len(trade) == 1 and trade[0] not in heading and heading in ("数量", "总额") else name + heading
        if self._complete(name) or not self.measure:
            return name
        if len(trade) == 1 and not _TRADE.search(name):
            return f"{name}{trade[0]}额"
        return name if len(self.measure) > 16 else name + self.measure

    def _place_label(self, name: str) -> bool:
        return name in self.place_names

    def _complete(self, name: str) -> bool:
        """Whether a label says what is measured."""
        if not name:
            return False
        lexicon = self.context.lexicon
        return name.endswith(("额", "量", "率", "值", "数")) or any(
            lexicon.marks_of(name[-size:]) & (NEEDY | MEASURE) for size in range(2, min(7, len(name) + 1))
        )

    def _tail(self, parent: str) -> str:
        """What of a parent's name is measured: 出口额 of 货物出口额, 施工面积 of 房屋施工面积."""
        lexicon = self.context.lexicon
        for size in range(min(6, len(parent)), 1, -1):
            if lexicon.marks_of(parent[-size:]) & (NEEDY | MEASURE):
                if parent[-size:] in _TOTALS_OF and len(parent) <= 8:
                    return parent
                before = parent[-size - 2 : -size]
                return before + parent[-size:] if len(before) == 2 and lexicon.marks_of(before) & VERB else parent[-size:]
        return parent[-2:] if len(parent) > 2 and parent.endswith(("额", "量", "率", "值", "数")) else ""
