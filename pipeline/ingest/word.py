"""DOCX to text: a line a paragraph, headings marked `#`, tables drawn; text boxes and content controls included."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import docx
from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from pipeline.ingest.blobs import DAMAGE, explained
from pipeline.ingest.grids import Cell, drawn
from pipeline.ingest.source import Limits, Unreadable

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_P, _TBL, _TR, _TC, _R, _T = (qn(f"w:{name}") for name in ("p", "tbl", "tr", "tc", "r", "t"))
_TEXT_BOX = qn("w:txbxContent")
_WRITTEN = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-", qn("w:ptab"): "\t"}
#: What is deleted, a field's code, a setting, or there a second time for older programs.
_PASSED_OVER = {
    qn(f"w:{name}") for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "tblPr", "tblGrid", "trPr", "sectPr", "sdtPr", "sdtEndPr")
} | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_HEADING = re.compile(r"heading (\d)", re.I)


def read_docx(data: bytes, limits: Limits) -> str:
    if not data:
        raise Unreadable("it is empty")
    if data.startswith(_OLD_OFFICE):
        raise Unreadable("it is encrypted, or an old .doc under another name")
    _refuse_bomb(data, limits)
    try:
        document = docx.Document(io.BytesIO(data))
    except (*DAMAGE, AttributeError, etree.LxmlError) as error:
        raise Unreadable(f"it is no DOCX, damaged or cut short ({str(error)[:200]})") from error
    marks = _heading_marks(document)
    lines = list(_lines(document.element.body, marks))
    return "\n".join(lines)


def _refuse_bomb(data: bytes, limits: Limits) -> None:
    """A DOCX is an archive: what it unpacks to is looked at before anything is unpacked (no member yields more than it states)."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
    except DAMAGE as error:
        raise Unreadable(f"it is no DOCX: {explained(error)}") from error
    if any(info.flag_bits & 1 for info in infos):
        raise Unreadable("it is encrypted")
    size = sum(info.file_size for info in infos)
    text_size = sum(info.file_size for info in infos if info.filename.endswith((".xml", ".rels")))
    if size > limits.document_bytes or (text_size > 4 * limits.page_bytes):
        raise Unreadable(f"it unpacks to {size >> 20} MiB, more than one page may have")
    if size > 1 << 20 and size > limits.ratio * len(data):
        raise Unreadable(f"it swells to more than {limits.ratio} times its packed size, as a zip bomb does")


def _heading_marks(document: Document) -> dict[str, str]:
    marks: dict[str, str] = {}
    for style in document.styles:
        match = _HEADING.fullmatch(style.name or "")
        if match:
            marks[style.style_id] = "#" * int(match[1]) + " "
        elif (style.name or "").lower() == "title":
            marks[style.style_id] = "# "
    return marks


def _lines(container: etree._Element, marks: dict[str, str]) -> Iterator[str]:
    """The lines of a body, a cell or a text box. Word nests shallowly; the parser refuses more than 256 levels."""
    for element in container:
        if element.tag == _P:
            yield from _paragraph(element, marks)
        elif element.tag == _TBL:
            yield from drawn(list(_rows(element, marks)))
        elif element.tag not in _PASSED_OVER:
            yield from _lines(element, marks)


def _paragraph(paragraph: etree._Element, marks: dict[str, str]) -> Iterator[str]:
    pieces: list[str] = []
    boxes: list[etree._Element] = []
    _gather(paragraph, pieces, boxes)
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    mark = marks.get(style.get(qn("w:val")), "") if style is not None else ""
    for line in "".join(pieces).split("\n"):
        yield mark + line if line.strip() else ""
    for box in boxes:
        yield from _lines(box, marks)


def _gather(element: etree._Element, pieces: list[str], boxes: list[etree._Element]) -> None:
    for child in element:
        if child.tag == _T:
            pieces.append(child.text or "")
        elif child.tag in _WRITTEN:
            pieces.append(_WRITTEN[child.tag])
        elif child.tag == _TEXT_BOX:
            boxes.append(child)
        elif child.tag not in _PASSED_OVER:
            _gather(child, pieces, boxes)


def _rows(table: etree._Element, marks: dict[str, str]) -> Iterator[list[Cell]]:
    """A table's rows; a cell that goes on below is counted where it begins."""
    grid: list[list[tuple[int, Cell | None]]] = []
    for row in table.iter(_TR):
        cells: list[tuple[int, Cell | None]] = []
        for cell in row.iterchildren(_TC):
            properties = cell.find(qn("w:tcPr"))
            columns, goes_on = 1, False
            if properties is not None:
                span = properties.find(qn("w:gridSpan"))
                columns = _number(span.get(qn("w:val"))) if span is not None else 1
                merge = properties.find(qn("w:vMerge"))
                goes_on = merge is not None and merge.get(qn("w:val")) != "restart"
            text = " ".join(line for line in _lines(cell, marks) if line.strip())
            cells.append((columns, None if goes_on and not text else Cell(text, columns)))
        grid.append(cells)
    for y, cells in enumerate(grid):
        drawn_row: list[Cell] = []
        x = 0
        for columns, one in cells:
            if one is not None:
                drawn_row.append(Cell(one.text, columns, 1 + _reach(grid, y, x)))
            x += columns
        if drawn_row:
            yield drawn_row


def _reach(grid: list[list[tuple[int, Cell | None]]], y: int, x: int) -> int:
    """How many rows further down the cell at this place goes on."""
    reach = 0
    for cells in grid[y + 1 :]:
        at = 0
        for columns, one in cells:
            if at == x and one is None:
                break
            at += columns
        else:
            return reach
        reach += 1
    return reach


def _number(value: str | None) -> int:
    return max(1, min(int(value), 1000)) if value and value.isdecimal() else 1
