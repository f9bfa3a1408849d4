"""Tables in a text: a row is a fact, named by its label and the heading of its column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.stages.facts.context import Context
from pipeline.stages.facts.inputs import Figures
from pipeline.stages.facts.marks import MEASURE, NEEDY, PLAIN_HEADING, VERB
from pipeline.stages.facts.statement import NO_PERIOD, Fact, Period, Subject

_BLOCK = re.compile(r"(?:^[^|\n]*\|[^\n]*(?:\n|\Z)){2,}", re.MULTILINE)
_DRESS = re.compile(r"<[^>]*>|\*\*|\[\d+\]|\s|[（(][^（）()]*[）)]")
_PART = re.compile(r"^其中[:：]?|^[#＃]|^[（(]?[一二三四五六七八九十\d]+[）)、.．]")
_CHANGE = re.compile(r"增长|增速|增减|±|同比|比上年|较上年|涨跌|变化|环比")
_SHARE = re.compile(r"比重|占比|构成|占全")
_UNIT_HEADING = ("单位", "计量单位", "序号")
_NUMBERED = re.compile(r"^表\s?\d{1,2}(?=\D|\d{4}年)\s*")
_CAPTION = re.compile(
    r"\d{4}年(?:末|年末)?|及其.*$|(?:增长速度|增速|情况|构成)$|主要(?:指标)?|各种运输方式(?:完成)?|分(?:行业|地区|领域|类型|登记注册类型)"
)
_PLAIN = re.compile(r"[-－−–+]?[\d,.]+")
_TRADE = re.compile(r"出口|进口")
_TOTALS_OF = ("总量", "总额", "总数", "数量")
_TOTALS = ("总计", "合计", "总额", "全国", "全市", "全省", "全区", "全县")


@dataclass(slots=True)
class Cell:
    """A cell: its text, bare, and the figure it holds."""

    start: int
    end: int
    text: str
    figure: int = -1


@dataclass(slots=True)
class Row:
    cells: list[Cell]

    @property
    def numeric(self) -> bool:
        return any(cell.figure >= 0 for cell in self.cells)


def table_spans(text: str) -> list[tuple[int, int]]:
    """Where the tables of an article stand."""
    return [match.span() for match in _BLOCK.finditer(text)] if "|" in text else []


def read_table(context: Context, figures: Figures, start: int, end: int) -> list[Fact]:
    """The facts of one table."""
    caption = _caption_above(context.text, start)
    period = _caption_period(context, start, len(caption)) or context.opening
    table = _Table(context, figures, period, _CAPTION.sub("", _NUMBERED.sub("", _DRESS.sub("", caption))))
    facts: list[Fact] = []
    for row in _rows(context.text, figures, start, end):
        if row.numeric:
            facts += table.row(row)
        else:
            table.head(row)
    return facts


def _caption_above(text: str, start: int) -> str:
    """The line over a table, where it is short enough to be its title."""
    line = text[max(0, start - 80) : start].rstrip("\n").rpartition("\n")[2]
    return line if len(line) <= 60 and not line.endswith(("。", "；")) else ""


def _caption_period(context: Context, start: int, length: int) -> Period | None:
    times = context.times
    for n, at in enumerate(times.start):
        if start - length - 2 <= at < start and not times.vague[n] and times.last[n] is not None:
            return Period(times.first[n], times.last[n], at, times.end[n], context.text[at : times.end[n]])
    return None


def _rows(text: str, figures: Figures, start: int, end: int) -> Iterator[Row]:
    """The rows of a table, each figure in its cell; ruling lines are left out."""
    n = _first_at(figures, start)
    for line in re.finditer(r"[^\n]+", text[start:end]):
        at = start + line.start()
        cells: list[Cell] = []
        for piece in line[0].split("|"):
            stop = at + len(piece)
            cell = Cell(at, stop, _DRESS.sub("", piece))
            while n < len(figures.start) and figures.start[n] < at:
                n += 1
            if n < len(figures.start) and figures.end[n] <= stop and _fills(text, cell, figures, n, first=not cells):
                cell.figure = n
            cells.append(cell)
            at = stop + 1
        if any(cell.text.strip("-:—–") for cell in cells):
            yield Row(cells)


def _first_at(figures: Figures, start: int) -> int:
    return next((n for n, at in enumerate(figures.start) if at >= start), len(figures.start))


def _fills(text: str, cell: Cell, figures: Figures, n: int, *, first: bool) -> bool:
    """Whether the figure is the cell and no part of a label (60周岁及以上); in the first column 16-59岁 is a label too."""
    figure = text[figures.start[n] : figures.end[n]]
    around = text[cell.start : figures.start[n]] + text[figures.end[n] : cell.end]
    return not _DRESS.sub("", around).strip("-－−–+—*") and (not first or _PLAIN.fullmatch(figure) is not None)


class _Table:
    """A table being read from top to bottom."""

    def __init__(self, context: Context, figures: Figures, period: Period, measure: str) -> None:
        self.context = context
        self.figures = figures
        self.period = period
        self.measure = measure
        self.heads: list[str] = []
        self.parent = ""

    def head(self, row: Row) -> None:
        """A row without numbers is a heading; a lone label in it heads the rows below."""
        filled = [cell for cell in row.cells if cell.text]
        if len(filled) > 1 or not self.heads:
            self.heads = [cell.text for cell in row.cells]
            self.parent = ""

    def row(self, row: Row) -> list[Fact]:
        facts: list[Fact] = []
        label = Cell(0, 0, "")
        name = ""
        level: Fact | None = None
        level_name = ""
        for n, cell in enumerate(row.cells):
            heading = self.heads[n] if n < len(self.heads) else ""
            if cell.figure < 0:
                if cell.text and heading not in _UNIT_HEADING and cell.text.strip("—-–…"):
                    label, name, level, level_name = cell, self._full(cell.text), None, ""
                elif heading not in _UNIT_HEADING:
                    level, level_name = None, self._named(name, heading)
                continue
            if heading in _UNIT_HEADING:
                continue
            if _CHANGE.search(heading) and self.figures.unit[cell.figure] in ("%", "pp", "倍"):
                facts += self._change(label, name, level, level_name, heading, cell)
            elif _SHARE.search(heading):
                facts.append(self._fact(label, name + heading, figure=cell.figure))
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
        for n, at in enumerate(places.start):
            if label.start <= at and places.end[n] <= label.end and places.code[n] is not None and self._is_label(label, n):
                return Subject(self.context.text[at : places.end[n]], places.code[n])
        return self.context.home

    def _is_label(self, label: Cell, n: int) -> bool:
        """Whether a place is the whole label: 永川区 is, 中国 in 中国香港 is not."""
        places = self.context.places
        return self.context.text[places.start[n] : places.end[n]] == label.text

    def _full(self, text: str) -> str:
        """A row's label, with what it is part of where it does not say what is measured."""
        own = _PART.sub("", text)
        complete = self._complete(own)
        if self._complete(self.parent) and not complete:
            return own + self._tail(self.parent)
        if not text.startswith("其中"):
            self.parent = own
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
        text = self.context.text
        places = self.context.places
        return any(text[at:end] == name and code is not None for at, end, code in zip(places.start, places.end, places.code, strict=True))

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
