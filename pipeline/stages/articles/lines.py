"""A page as its lines, each cleaned and still knowing where it stands."""

from __future__ import annotations

import html
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.stages.articles.families import Cleaning
from pipeline.text.folding import fold, fold_punctuation, is_traditional_form, simplify
from pipeline.text.strand import Strand

#: What a page says of itself before its text: `title: …` and `source: …` between two lines of dashes.
_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n(?P<keys>(?:[A-Za-z_][\w-]*:[^\n]*\n){1,40})---[ \t]*(?:\n|\Z)")
_KEY = re.compile(r"^(?P<key>[A-Za-z_][\w-]*):[ \t]*(?P<value>[^\n]*)$", re.MULTILINE)

_LINE_ENDS = "\n\x0b\x0c\r\x85\u2028\u2029"
_NEWLINE = re.compile(f"[{_LINE_ENDS}]")
_BLANK = " " + _LINE_ENDS
_MARK = re.compile(r"(?P<heading>#{1,6})[ ]*(?=[^\s#])|(?P<quote>>[ ]?)+|(?P<bullet>[-*+•●][ ]+)(?=\S)")
_RULE = re.compile(r"[-=_*—~·#\s|:+]*\Z")
#: What a marked line begins with.
_MARKS = frozenset("#>-*+•●")
_CLOSING_HASHES = re.compile(r"[ ]#+\Z")
_CELL_EDGE = re.compile(r" *\| *")
_BOLD = re.compile(r"\*\*[^*]+\*\*[ ]*\Z")
_INDENT = re.compile(r"[ \t\u00a0]*\u3000[\u3000 \t]*|[ \t\u00a0]{2,}")
_SPACES = re.compile(r" +")
_CELLS = re.compile(r"[^|]{0,40}(?: *\|[^|]{0,40}){2,}\Z")
_HAS_CONTENT = re.compile(r"\w")
_HAS_DIGIT = re.compile(r"\d")


@dataclass(slots=True)
class Line:
    """One line that carries text. `strand` is its text with single spaces and Chinese punctuation."""

    strand: Strand
    raw_start: int
    raw_end: int
    level: int = 0
    bold: bool = False
    table: bool = False
    bullet: bool = False
    indented: bool = False
    gap: int = 0
    title: bool = False

    @property
    def text(self) -> str:
        return self.strand.text


@dataclass(slots=True)
class Dropped:
    """A piece of the page that is no text; reported where it carries letters or digits."""

    start: int
    end: int
    rule_id: str


@dataclass(slots=True)
class Lines:
    """A page's lines in order, and what was left out."""

    lines: list[Line] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)


def read_lines(raw: str, cleaning: Cleaning, *, traditional: bool | None = None) -> Lines:
    """The lines of a page; whether it is Traditional is found out unless said."""
    out = Lines()
    folded = fold(raw, traditional=traditional)
    start = _front_matter(raw, folded, out)
    drops, overrides, breaks = _debris(raw, folded, start, cleaning, out)
    if overrides:
        characters = list(folded)
        for at, character in overrides:
            characters[at] = character
        folded = "".join(characters)
    shown = fold_punctuation(folded)
    blank = 0
    kept = _Drops(drops, {at for at, character in overrides if character == "|"})
    for begin, end in _spans(raw, start, breaks):
        line = None if raw[begin:end].isspace() else _line(shown, raw, begin, end, kept)
        if line is None:
            blank += 1
            continue
        line.gap = blank
        blank = 0
        out.lines.append(line)
    _open_rows(out.lines)
    return out


def _open_rows(lines: list[Line]) -> None:
    """Rows of a table without an outer bar: two or more lines in a row whose cells bars part (指标 | 总量 | 增长 |)."""
    barred = [not line.table and "|" in line.text and _CELLS.match(line.text) is not None for line in lines]
    for n, line in enumerate(lines):
        if barred[n] and (barred[n - 1 : n] == [True] or barred[n + 1 : n + 2] == [True] or lines[max(n - 1, 0)].table):
            line.table = True
            line.strand = _cells(line.strand)


def _front_matter(raw: str, folded: str, out: Lines) -> int:
    """Keeps the title of the front matter as a line; the rest is reported. Gives where the text begins."""
    found = _FRONT_MATTER.match(raw)
    if found is None:
        return 0
    for key in _KEY.finditer(raw, found.start("keys"), found.end("keys")):
        value = key["value"].strip(" \t\"'")
        if key["key"].lower() == "title" and value:
            at = raw.index(value, key.start("value"))
            text = fold_punctuation(folded[at : at + len(value)])
            out.lines.append(Line(_single_spaced(Strand.of(text, at)), at, at + len(value), title=True))
        else:
            out.dropped.append(Dropped(key.start(), key.end(), "cleaning/front_matter"))
    return found.end()


def _debris(raw: str, folded: str, start: int, cleaning: Cleaning, out: Lines) -> tuple[list[tuple[int, int]], list[tuple[int, str]], list[int]]:
    """Ranges that are no text, characters that stand in for others, and places where a line ends."""
    drops: list[tuple[int, int]] = []
    overrides: list[tuple[int, str]] = []
    breaks: list[int] = []
    at = start
    for suspect in cleaning.suspects.finditer(folded, start):
        if suspect.start() < at or (found := cleaning.debris.match(folded, suspect.start())) is None:
            continue
        name = found.lastgroup or ""
        rule_id, rule = cleaning.rules[name.removesuffix("keep")]
        name = name.removesuffix("keep")
        begin, end = found.span()
        if begin == end:
            continue
        if rule.after == "traditional":
            if not is_traditional_form(raw[begin - 1]):
                continue
            overrides.append((begin - 1, simplify(raw[begin - 1])))
        at = end
        if rule.breaks:
            if folded[folded.rfind("\n", 0, begin) + 1 : begin].lstrip().startswith("|"):
                drops.append((begin, end))  # `<br>` inside a cell of a Markdown table
                continue
            breaks.append(begin)
        becomes = _character(found.group()) if rule.reference else rule.becomes
        if rule.reference and not becomes:
            continue
        if becomes:
            overrides.append((begin, becomes))
            begin += 1
        kept = found.span(f"{name}keep") if f"{name}keep" in found.re.groupindex else (-1, -1)
        if kept[0] >= 0:
            drops += [(begin, kept[0]), (kept[1], end)]
        else:
            drops.append((begin, end))
        if (_HAS_CONTENT if rule.report else _HAS_DIGIT).search(folded, *found.span()):
            out.dropped.append(Dropped(*found.span(), rule_id))
    return drops, overrides, breaks


def _character(reference: str) -> str:
    """The character an HTML reference means, in one width; nothing where it means none or several."""
    meant = fold(html.unescape(reference), traditional=False)
    return "" if len(meant) != 1 else " " if meant.isspace() else meant


def _spans(raw: str, start: int, breaks: list[int]) -> Iterator[tuple[int, int]]:
    at = start
    ends = _line_ends(raw, start)
    # A tag that breaks a line is itself dropped, a line end is white space; both may stay in the next span.
    for end in sorted({*breaks, *ends}) if breaks else ends:
        yield at, end
        at = end
    yield at, len(raw)


def _line_ends(raw: str, start: int) -> list[int]:
    if any(end in raw for end in _LINE_ENDS[1:]):
        return [found.start() for found in _NEWLINE.finditer(raw, start)]
    ends: list[int] = []
    at = raw.find("\n", start)
    while at >= 0:
        ends.append(at)
        at = raw.find("\n", at + 1)
    return ends


def _line(shown: str, raw: str, start: int, end: int, drops: _Drops) -> Line | None:
    """The line between two ends, without its markup; `None` where nothing is left."""
    strand = drops.kept(shown, start, end)
    text = strand.text
    if not text or (not text[0].isalnum() and len(text) < 400 and _RULE.match(text)):
        return None
    line = Line(strand, 0, 0)
    line.indented = _INDENT.match(raw, start + (raw[start] in _LINE_ENDS)) is not None
    if text[0] in _MARKS and (mark := _MARK.match(text)) is not None:
        line.level = len(mark["heading"] or "")
        line.bullet = mark["bullet"] is not None
        strand = strand[mark.end() :]
        if line.level and (tail := _CLOSING_HASHES.search(strand.text)):
            strand = strand[: tail.start()]
    if drops.any:
        line.bold = _BOLD.match(raw[start:end].strip().lstrip("# ")) is not None
    if strand.text.startswith("|") or drops.cell_between(start, end):
        line.table = True
        strand = _cells(strand)
    line.strand = _single_spaced(strand)
    if not line.strand.text:
        return None
    line.raw_start, line.raw_end = line.strand.raw_start, line.strand.raw_end
    return line


def _cells(row: Strand) -> Strand:
    """A table's row without its outer bars and the padding of its cells."""
    text = row.text
    start = 1 if text.startswith("|") else 0
    row = row[start : len(text) - 1 if text.endswith("|") and len(text) > 1 else len(text)]
    padding = [at for edge in _CELL_EDGE.finditer(row.text) for at in range(*edge.span()) if row.text[at] == " "]
    first, last = len(row.text) - len(row.text.lstrip()), len(row.text.rstrip())
    ends = [at for at in (*range(first), *range(last, len(row.text))) if row.text[at] == " "]
    return row.without(sorted({*padding, *ends}))


def _single_spaced(strand: Strand) -> Strand:
    text = strand.text
    if "  " not in text and not text.startswith(" ") and not text.endswith(" "):
        return strand
    extra: list[int] = []
    for run in _SPACES.finditer(text):
        inner = run.start() > 0 and run.end() < len(text)
        extra.extend(range(run.start() + inner, run.end()))
    return strand.without(extra)


class _Drops:
    """The ranges of a page that are no text, for lines to be cut around."""

    def __init__(self, ranges: list[tuple[int, int]], cells: set[int]) -> None:
        self._starts = [start for start, _ in ranges]
        self._ends = [end for _, end in ranges]
        self._cells = sorted(cells)
        self.any = bool(ranges)

    def kept(self, shown: str, start: int, end: int) -> Strand:
        """What is text between two places, without the white space at its ends."""
        first = bisect_right(self._ends, start) if self.any else 0
        if first >= len(self._starts) or self._starts[first] >= end:
            text = shown[start:end].lstrip(_BLANK)
            return Strand.of(text.rstrip(_BLANK), end - len(text))
        pieces: list[Strand] = []
        at = start
        for n in range(first, len(self._starts)):
            if self._starts[n] >= end:
                break
            if self._starts[n] > at:
                pieces.append(Strand.of(shown[at : self._starts[n]], at))
            at = max(at, self._ends[n])
        if at < end:
            pieces.append(Strand.of(shown[at:end], at))
        strand = Strand.join(pieces)
        text = strand.text.lstrip(_BLANK)
        begin = len(strand) - len(text)
        return strand[begin : begin + len(text.rstrip(_BLANK))]

    def cell_between(self, start: int, end: int) -> bool:
        at = bisect_left(self._cells, start)
        return at < len(self._cells) and self._cells[at] < end
