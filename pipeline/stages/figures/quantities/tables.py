"""Tables in a text, with pipes or with spaces between their columns: which unit each number cell takes from its heading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.stages.figures.quantities.compiled import Lexicon, Unit
from pipeline.text.numerals import read_prefix

PIPED = re.compile(r"(?:^[^|\n]*\|[^\n]*(?:\n|\Z)){2,}", re.MULTILINE)
#: A line, not long, that ends in numbers with spaces before them; three make a table.
_SPACED = re.compile(r"[^|\n]*[^\s\d][^|\n]*[ \t](?:[-－−]?\d[\d,]*(?:\.\d+)?|[—–-]{1,3})\Z")
_LONGEST_LINE, _FEWEST_LINES = 90, 3
_NUMBER = re.compile(r"\s*(?:<br>)?\s*([-－−–+]?\s?\d[\d,]*(?:\.\d+)?)\s*(?:\[\d+\])?\s*\Z")
_RULE = re.compile(r"[\s:\-—]+\Z")
_IN_BRACKETS = re.compile(r"[（(]([^（）()]*)[）)]")
_UNIT_LINE = re.compile(r"(?:计量)?单位\s?[:：]\s?([^\s）)|，。]+)")
_MAGNITUDE = re.compile(r"[十百千万亿]+")
LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"\S+")
#: How far above a table its unit may stand.
_ABOVE = 120
_MARK_UP = re.compile(r"<[^>]*>|\*\*|\[\d+\]|\s")


class CellUnit(NamedTuple):
    """The unit of a cell's number, with the magnitude of its heading: 万吨 is 吨, times 10 000."""

    unit: Unit
    magnitude: float


class Head(NamedTuple):
    """The units a table's headings name by column, and which column holds each row's unit."""

    units: dict[int, CellUnit]
    unit_column: int | None


class Cell(NamedTuple):
    start: int
    text: str


def cell_units(text: str, units: Lexicon[Unit | None]) -> dict[int, CellUnit]:
    """For each number that fills a cell, by the position of its first digit: the unit it takes."""
    found: dict[int, CellUnit] = {}
    if "|" in text:
        for block in PIPED.finditer(text):
            rows = [piped_cells(text, *line.span()) for line in LINE.finditer(text, *block.span())]
            _fill(rows, units, unit_line(_above(text, block.start()), units), found)
    if " " in text:
        for start, end in spaced_blocks(text):
            _fill(spaced_rows(text, start, end), units, unit_line(_above(text, start), units), found)
    return found


def _above(text: str, start: int) -> str:
    """The lines right above a table, its title and its 单位：…"""
    return text[max(0, start - _ABOVE) : start]


def _fill(rows: list[list[Cell]], units: Lexicon[Unit | None], general: CellUnit | None, found: dict[int, CellUnit]) -> None:
    """One table, or several one under the other: a row without numbers begins a new one where it names units."""
    head = Head({}, None)
    for row in rows:
        if all(_RULE.match(cell.text) for cell in row):
            continue
        numbers = {n: match for n, cell in enumerate(row) if (match := _NUMBER.match(cell.text)) is not None}
        if not numbers:
            head = _head(row, units) or head
            general = next((unit for cell in row if (unit := unit_line(cell.text, units)) is not None), general)
            continue
        own = None
        if head.unit_column is not None and head.unit_column < len(row):
            own = unit_of(_MARK_UP.sub("", row[head.unit_column].text), units)
        elif 0 not in numbers:
            own = heading_unit(row[0].text, units)
        for n, match in numbers.items():
            unit = head.units.get(n) or own or general
            if unit is not None:
                signed = len(match[1]) - len(match[1].lstrip("-－−–+ "))
                found[row[n].start + match.start(1) + signed] = unit


def _head(row: list[Cell], units: Lexicon[Unit | None]) -> Head | None:
    """What a row of headings says of the columns; None where it says nothing of units."""
    named: dict[int, CellUnit] = {}
    unit_column = None
    for n, cell in enumerate(row):
        if _MARK_UP.sub("", cell.text) in ("单位", "计量单位"):
            unit_column = n
        elif (unit := heading_unit(cell.text, units)) is not None:
            named[n] = unit
    return Head(named, unit_column) if named or unit_column is not None else None


def piped_cells(text: str, start: int, end: int) -> list[Cell]:
    """The cells of a line with pipes; one leading pipe is no cell."""
    at = start
    while at < end and text[at] in " \t":
        at += 1
    if text[at] == "|":
        start = at + 1
    cells = []
    for piece in text[start:end].split("|"):
        cells.append(Cell(start, piece))
        start += len(piece) + 1
    return cells


def spaced_blocks(text: str) -> Iterator[tuple[int, int]]:
    """Where lines of a table with spaces follow one another."""
    at = first = lines = 0
    for line in (*text.split("\n"), ""):
        if len(line) <= _LONGEST_LINE and " " in line and _SPACED.match(line.rstrip()):
            first = first if lines else at
            lines += 1
        else:
            if lines >= _FEWEST_LINES:
                yield first, at
            lines = 0
        at += len(line) + 1


def spaced_rows(text: str, start: int, end: int) -> list[list[Cell]]:
    """The rows of a table with spaces, its heading (the line above it) first; a label with spaces in it is one cell."""
    heading_start = text.rfind("\n", 0, max(0, start - 1)) + 1
    heading = _words(text, heading_start, start)
    rows = [heading]
    for line in LINE.finditer(text, start, end):
        cells = _words(text, *line.span())
        words = next((n for n, cell in enumerate(cells) if _NUMBER.match(cell.text)), len(cells))
        spare = min(len(cells) - len(heading), words - 1)
        if spare > 0:
            label = cells[spare]
            cells = [Cell(cells[0].start, text[cells[0].start : label.start + len(label.text)]), *cells[spare + 1 :]]
        rows.append(cells)
    return rows


def _words(text: str, start: int, end: int) -> list[Cell]:
    return [Cell(match.start(), match[0]) for match in _WORD.finditer(text, start, end)]


def heading_unit(heading: str, units: Lexicon[Unit | None]) -> CellUnit | None:
    """The unit a heading names: in brackets (金额（亿元））, or after 单位."""
    for match in reversed(list(_IN_BRACKETS.finditer(heading))):
        inner = match[1].removeprefix("单位").lstrip(":： ")
        if (unit := unit_of(_MARK_UP.sub("", inner), units)) is not None:
            return unit
    bare = _MARK_UP.sub("", heading)
    if bare.endswith(("%", "％", "‰")):
        return unit_of(bare[-1], units)
    return unit_line(heading, units)


def unit_line(text: str, units: Lexicon[Unit | None]) -> CellUnit | None:
    """The unit of the last 单位：… in a text."""
    found = _UNIT_LINE.findall(text)
    return unit_of(found[-1], units) if found else None


def unit_of(surface: str, units: Lexicon[Unit | None]) -> CellUnit | None:
    """万吨 → 吨 and 10 000; ±% → %. Where two are named (台/套) the first counts."""
    surface = surface.removeprefix("±").removeprefix("+").strip()
    magnitude = 1.0
    match = _MAGNITUDE.match(surface)
    if match is not None and surface not in units.words and units.words.get(surface[match.end() - 1 :]) is None:
        number = read_prefix(match[0])
        magnitude, surface = (number.low if number else 1.0), surface[match.end() :]
    elif match is not None and len(match[0]) > 1 and surface not in units.words:
        number = read_prefix(match[0][:-1])
        magnitude, surface = (number.low if number else 1.0), surface[match.end() - 1 :]
    unit = units.words.get(surface)
    if unit is None and "/" in surface:
        above, _, below = surface.partition("/")
        one = units.words.get(above)
        unit = None if one is None or not below else rate(one, below, units.words.get(below))
    if unit is None:
        head = units.at(surface, 0)
        unit = head[0] if head and surface[head[1] : head[1] + 1] in ("（", "(", "、") else None
    return None if unit is None else CellUnit(unit, magnitude)


_SHORT = {"日": "天", "月": "个月", "时": "小时", "d": "天", "a": "年", "s": "秒", "h": "小时"}


def rate(above: Unit, below: str, unit: Unit | None) -> Unit:
    """元/平方米 and its like: the upper unit for each of the lower one."""
    name = unit.name if unit is not None else _SHORT.get(below, below)
    dimension = f"{above.dimension}/{unit.dimension if unit is not None else 'count'}"
    if above.base is None or unit is None or unit.base is None:
        return replace_unit(above, f"{above.name}/{name}", dimension, None, 1.0)
    factor = float(f"{above.factor / (unit.factor * unit.times):.12g}")
    return replace_unit(above, f"{above.name}/{name}", dimension, f"{above.base}/{unit.base}", factor)


def replace_unit(unit: Unit, name: str, dimension: str, base: str | None, factor: float) -> Unit:
    return unit._replace(name=name, dimension=dimension, rule_id="quantities/unit.rate", base=base, factor=factor, offset=0.0)


__all__ = ["CellUnit", "cell_units", "heading_unit", "rate", "unit_line", "unit_of"]
