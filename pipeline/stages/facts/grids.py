"""The tables of a text as rows of cells, each cell with the figure that fills it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.stages.facts.inputs import Figures
from pipeline.stages.figures.quantities.tables import LINE, PIPED, piped_cells, spaced_blocks, spaced_rows

_DRESS = re.compile(r"<[^>]*>|\*\*|\[\d+\]|\s|[（(][^（）()]*[）)]")
_PLAIN = re.compile(r"[-－−–+]?[\d,.]+")


@dataclass(slots=True)
class Cell:
    """A cell: its text, bare, and the figure it holds."""

    start: int
    end: int
    text: str
    figure: int = -1


@dataclass(slots=True)
class Grid:
    """A table: where it stands, its rows as starts and texts of cells, and whether only spaces part its columns."""

    start: int
    end: int
    rows: list[list[tuple[int, str]]]
    spaced: bool = False


def bare(text: str) -> str:
    """A cell without markup, footnote marks, brackets and blanks."""
    return _DRESS.sub("", text)


def grids(text: str) -> list[Grid]:
    """The tables of a text in order, with pipes or with spaces between their columns."""
    found = []
    if "|" in text:
        for block in PIPED.finditer(text):
            rows = [[(cell.start, cell.text) for cell in piped_cells(text, *line.span())] for line in LINE.finditer(text, *block.span())]
            found.append(Grid(block.start(), block.end(), rows))
    if " " in text:
        for start, end in spaced_blocks(text):
            rows = [[(cell.start, cell.text) for cell in row] for row in spaced_rows(text, start, end)]
            heading = text.rfind("\n", 0, max(0, start - 1)) + 1
            found.append(Grid(heading, end, rows, spaced=True))
    return sorted(found, key=lambda grid: grid.start)


def fill(text: str, figures: Figures, grid: Grid) -> Iterator[list[Cell]]:
    """The rows of a table, each figure in its cell; ruling lines are left out."""
    n = next((n for n, at in enumerate(figures.start) if at >= grid.start), len(figures.start))
    for row in grid.rows:
        cells: list[Cell] = []
        for start, content in row:
            cell = Cell(start, start + len(content), bare(content))
            while n < len(figures.start) and figures.start[n] < cell.start:
                n += 1
            if n < len(figures.start) and figures.end[n] <= cell.end and _fills(text, cell, figures, n, first=not cells):
                cell.figure = n
            cells.append(cell)
        if any(cell.text.strip("-:：—–") for cell in cells):
            yield cells


def _fills(text: str, cell: Cell, figures: Figures, n: int, *, first: bool) -> bool:
    """Whether the figure is the cell and no part of a label (60周岁及以上); in the first column 16-59岁 is a label too."""
    figure = text[figures.start[n] : figures.end[n]]
    around = text[cell.start : figures.start[n]] + text[figures.end[n] : cell.end]
    return not bare(around).strip("-－−–+—*") and (not first or _PLAIN.fullmatch(figure) is not None)
