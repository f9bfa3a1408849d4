"""Tables as text: one line a row, `|` between cells, a rule under the header row, as Markdown writes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

#: Spans are drawn out, and nobody draws a table wider or longer than this.
_MAX_SPAN = 200
_MAX_CELLS = 200_000
_MAX_HEADER = 4
_NUMBER = re.compile(r"[^\w]*\d[\d\s.,，．%％]*[^\w]*")


@dataclass(frozen=True)
class Cell:
    text: str
    columns: int = 1
    rows: int = 1
    header: bool = False


def drawn(rows: Sequence[Sequence[Cell]]) -> list[str]:
    """The lines of a table.

    Labels that span rows or columns stand in each of them, so that every row can be read alone; numbers stand once.
    Several header rows become one. A first or last row that is one cell all across (its title, its unit, its notes) is a
    line of its own.
    """
    kept = [list(row) for row in rows if any(cell.text.strip() for cell in row)]
    if not kept:
        return []
    before, kept = _banners(kept)
    after, kept = _banners(kept[::-1])
    kept = kept[::-1]
    if not kept:
        return [*before, *after[::-1]]
    grid = _grid(kept)
    depth = _header_depth(kept)
    header = [_joined(column) for column in zip(*grid[:depth])]
    body = [_line(row) for row in grid[depth:]]
    return [*before, _line(header), "|" + " --- |" * len(header), *body, *after[::-1]]


def _banners(rows: list[list[Cell]]) -> tuple[list[str], list[list[Cell]]]:
    """The rows at the start that are one cell all across, and the rest."""
    width = max(sum(cell.columns for cell in row) for row in rows)
    lines: list[str] = []
    for place, row in enumerate(rows):
        if width == 1 or len(row) > 1 or row[0].columns < width:
            return lines, rows[place:]
        lines.append(_clean(row[0].text))
    return lines, []


def _grid(rows: list[list[Cell]]) -> list[list[str]]:
    """Every row with a text in every column."""
    drawn_rows: list[dict[int, str]] = [{} for _ in rows]
    n_cells = width = 0
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while x in drawn_rows[y]:
                x += 1
            text = _clean(cell.text)
            again = "" if _NUMBER.fullmatch(text) else text
            for dy in range(min(cell.rows, _MAX_SPAN, len(rows) - y)):
                for dx in range(min(cell.columns, _MAX_SPAN)):
                    drawn_rows[y + dy].setdefault(x + dx, again if dx or dy else text)
                    n_cells += 1
            x += min(cell.columns, _MAX_SPAN)
            width = max(width, x)
        if n_cells > _MAX_CELLS:
            break
    return [[row.get(x, "") for x in range(width)] for row in drawn_rows]


def _header_depth(rows: list[list[Cell]]) -> int:
    """How many rows the header takes: those marked as header, or as many as the first row's cells reach down."""
    marked = 0
    for row in rows:
        if not all(cell.header for cell in row):
            break
        marked += 1
    reach = max(cell.rows for cell in rows[0]) if any(cell.columns > 1 for cell in rows[0]) else 1
    return max(1, min(max(marked, reach), _MAX_HEADER, len(rows) - 1))


def _joined(column: Sequence[str]) -> str:
    return " ".join(dict.fromkeys(text for text in column if text))


def _clean(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _line(row: Sequence[str]) -> str:
    return "| " + " | ".join(row) + " |"
