"""HTML to text: a line a block, headings marked `#`, tables drawn, and no scripts, menus or other page furniture."""

from __future__ import annotations

import re
from collections import Counter

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.ingest.encodings import Reading, read_text
from pipeline.ingest.grids import Cell, drawn
from pipeline.ingest.source import Unreadable


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_HEAD_BYTES = 4096
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)>")
#: Elements that HTML lets stand unclosed, or that hold nothing: they do not nest.
_UNCLOSED = _names(
    "p li dt dd tr td th thead tbody tfoot option optgroup colgroup br hr img input meta link area base col embed source track wbr param html "
    "head body"
)
#: Elements the parser opens again in every block until they are closed.
_FORMATTING = _names("a b big code em font i nobr s small strike strong tt u")
_MAX_DEPTH = 1_000
_MAX_REOPENED = 3_000_000

_BLOCKS = _names(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hgroup hr html legend li main menu ol p pre section summary table tbody td tfoot th thead tr ul br"
)
_DROPPED = _names(
    "script style noscript template head nav footer aside button select option input textarea iframe frame object embed applet svg canvas "
    "audio video map dialog rp rt -comment"
)
_HEADINGS = {f"h{level}": "#" * level + " " for level in range(1, 7)}
_FURNITURE = re.compile(
    r"\b(?:nav|navbar|navigation|menu|topbar|breadcrumbs?|crumbs?|sidebar|footer|copyright|share|pagination|pager|toolbar|friendlink|banner"
    r"|contentinfo|search)\b"
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
#: A block that is mostly links is a menu or a list of other stories.
_MOSTLY_LINKS = 0.8
_FURNITURE_LINKS = 0.5
_FURNITURE_CHARS = 120
#: A cell as long as this holds a story: the table only lays out the page.
_CELL_CHARS = 400
_SPACE = re.compile(r"[ \t\n\r\f]+")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def read_html(data: bytes) -> Reading:
    """The text of an HTML page, and the encoding its bytes were in."""
    declared = _DECLARED.search(data[:_HEAD_BYTES])
    reading = read_text(data, declared[1].decode("ascii", "replace") if declared else None)
    return Reading(html_text(reading.text), reading.encoding, reading.warnings)


def html_text(html: str) -> str:
    _refuse_runaway(html)
    root = LexborHTMLParser(html).root
    if root is None:
        return ""
    lines = _Writer(root, sparing=False).lines
    if not lines:  # a page of nothing but links and menus is still what was given
        lines = _Writer(root, sparing=True).lines
    return "\n".join(lines)


def _refuse_runaway(html: str) -> None:
    """HTML nested so deep, or with so much left open, that parsing it takes time out of proportion to its length."""
    open_now: Counter[str] = Counter()
    depth = deepest = formatting = most_formatting = n_tags = 0
    for closing, name, _ in _TAG.findall(html):
        n_tags += 1
        name = name.lower()
        if name in _UNCLOSED:
            continue
        step = -1 if closing else 1
        if closing and not open_now[name]:
            continue
        open_now[name] += step
        depth += step
        deepest = max(deepest, depth)
        if name in _FORMATTING:
            formatting += step
            most_formatting = max(most_formatting, formatting)
    if deepest > _MAX_DEPTH or (most_formatting > 3 and most_formatting * n_tags > _MAX_REOPENED):
        raise Unreadable(f"its tags are not closed, or nested {deepest} deep")


class _Writer:
    """Goes through a tree once, without recursion, and gathers its lines."""

    def __init__(self, root: LexborNode, sparing: bool) -> None:
        self.lines: list[str] = []
        self._sparing = sparing
        self._line: list[str] = []
        self._mark = ""
        self._verbatim = 0
        self._go_through(root)
        self._end_line()

    def _go_through(self, root: LexborNode) -> None:
        open_nodes: list[LexborNode] = []
        node: LexborNode | None = root
        while node is not None:
            child = node.child if self._enter(node) else None
            if child is not None:
                open_nodes.append(node)
                node = child
                continue
            self._leave(node)
            following = node.next if open_nodes else None
            while following is None and open_nodes:
                parent = open_nodes.pop()
                self._leave(parent)
                following = parent.next if open_nodes else None
            node = following

    def _enter(self, node: LexborNode) -> bool:
        """Take the node in; whether to go on to its children."""
        tag = node.tag or ""
        if tag == "-text":
            self._write(node.text_content or "")
            return False
        if tag in _DROPPED or (tag[:1] != "-" and self._is_furniture(node, tag)):
            return False
        if tag in _BLOCKS:
            self._end_line()
            if tag in _HEADINGS:
                self._mark = _HEADINGS[tag]
            elif tag == "pre":
                self._verbatim += 1
            elif tag == "table" and (rows := _rows(node)):
                self.lines += drawn(rows)
                return False
        elif tag in ("sup", "sub") and (digits := (node.text() or "").strip()).isdecimal() and digits.isascii():
            self._write(digits.translate(_RAISED if tag == "sup" else _LOWERED))
            return False
        return True

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag in _BLOCKS:
            self._end_line()
            if tag in _HEADINGS:
                self._mark = ""
            elif tag == "pre":
                self._verbatim -= 1

    def _write(self, text: str) -> None:
        if not self._verbatim:
            self._line.append(text)
            return
        first, *others = text.split("\n")
        self._line.append(first)
        for other in others:
            self._end_line()
            self._line.append(other)

    def _end_line(self) -> None:
        line = "".join(self._line)
        self._line.clear()
        line = line.rstrip(" \t\r\f") if self._verbatim else _SPACE.sub(" ", line).strip(" ")
        if line.strip():
            self.lines.append(self._mark + line)

    def _is_furniture(self, node: LexborNode, tag: str) -> bool:
        attributes = node.attributes
        if "hidden" in attributes or attributes.get("aria-hidden") == "true" or _HIDDEN.search(attributes.get("style") or ""):
            return True
        if self._sparing:
            return False
        if tag in ("ul", "ol"):
            return _link_share(node, at_least=3) >= _MOSTLY_LINKS
        named = " ".join(attributes.get(key) or "" for key in ("class", "id", "role")).lower().replace("_", "-")
        if not _FURNITURE.search(named) or tag in ("body", "html", "main", "article"):
            return False
        if _link_share(node) >= _FURNITURE_LINKS:
            return True
        # A banner may hold the headline, and `nav-content` the story: only what is called a menu outright, and is short, is one.
        said = (node.text() or "").strip()
        return any(map(_FURNITURE.fullmatch, named.split())) and len(said) <= _FURNITURE_CHARS and node.css_first("h1, h2, h3, p") is None


def _link_share(node: LexborNode, at_least: int = 1) -> float:
    links = node.css("a")
    if len(links) < at_least:
        return 0.0
    everything = len("".join((node.text() or "").split()))
    return sum(len("".join((link.text() or "").split())) for link in links) / everything if everything else 0.0


def _rows(table: LexborNode) -> list[list[Cell]]:
    """The cells of a table of data; none where a table only lays out the page."""
    if len(table.css("table")) > 1:
        return []
    rows: list[list[Cell]] = []
    for tr in table.css("tr"):
        row: list[Cell] = []
        in_head = tr.parent is not None and tr.parent.tag == "thead"
        for cell in tr.iter():
            if cell.tag not in ("td", "th"):
                continue
            text = " ".join(_Writer(cell, sparing=True).lines)
            if len(text) > _CELL_CHARS:
                return []
            row.append(Cell(text, _span(cell, "colspan"), _span(cell, "rowspan"), in_head or cell.tag == "th"))
        if row:
            rows.append(row)
    caption = table.css_first("caption")
    if caption is not None and rows:
        width = max(sum(cell.columns for cell in row) for row in rows)
        rows.insert(0, [Cell(caption.text() or "", columns=width)])
    return rows if max((len(row) for row in rows), default=0) > 1 else []


def _span(cell: LexborNode, name: str) -> int:
    stated = (cell.attributes.get(name) or "1").strip()
    return max(1, min(int(stated), 1000)) if stated.isdecimal() and len(stated) < 6 else 1
