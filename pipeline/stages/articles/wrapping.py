"""Undoing line wrapping: exports that end a line wherever the column on paper did.

Such lines are equally long but for the last of a paragraph, and no empty line parts them. What an indent begins, or a
short line ends, is a paragraph. A page may be set in columns of two widths, and hold lines that were never wrapped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.stages.articles.joints import begins_inside, continues
from pipeline.stages.articles.lines import Line
from pipeline.text.strand import Strand

#: Columns are this many characters wide.
NARROWEST, WIDEST = 8, 60
#: How wide a Latin letter or a digit is: half a character where lines were set, a whole one where characters were counted.
LATIN_WIDTHS = (0.5, 1.0)
#: Lines that reach the edge of a column: how many there must be, and how far from it they may end.
FEWEST, SLACK = 5, 1.5
#: A line so many times as wide as the column was never wrapped.
BEYOND = 1.4
#: Of the lines that break off in mid-sentence right over another, so many stand at an edge (a page that is not wrapped
#: has such lines too: headlines, and paragraphs a column break cut).
SHARE = 0.6
#: How well lines at an edge are gone on with by those under them, on average: wrapped text is by 4, one headline by another by 0.5.
GONE_ON = 2.4
#: The second column is looked for among this many lines that the first leaves over.
MOST_COLUMNS = 3

_ENDS = re.compile("[。！？…][”’）]?$")
#: What no line of a list or a headline ends with, and no wrapped paragraph as a rule does.
_BREAKS_OFF = re.compile(r"[^。！？…；：”’）》\]]$")
#: How many last characters decide whether a paragraph ends there.
_ENDS_WITHIN = 2
#: The most lines a headline is set in.
_HEAD_LINES = 4

#: The value of a label is short.
LONGEST_VALUE = 24


@dataclass(frozen=True)
class Column:
    """How wide a column is, and how wide a Latin letter is in it."""

    width: float
    latin: float

    def reach(self, line: Line, indents: bool = True) -> float:
        """How far a line reaches, an indent counting as the two characters it is."""
        latin = sum(map(str.isascii, line.text))
        return len(line.text) - latin + latin * self.latin + 2 * (line.indented and indents)

    def is_full(self, line: Line, indents: bool = True) -> bool:
        """Whether a line reaches the edge, and not far beyond it."""
        return abs(self.reach(line, indents) - self.width) <= SLACK


def join_labels(lines: Sequence[Line], labels: Sequence[re.Pattern[str]]) -> list[Line]:
    """The lines, a label that stands alone (来源：) put together with its value on the next line."""
    out: list[Line] = []
    for line in lines:
        labelled = bool(out) and any(label.fullmatch(out[-1].text) for label in labels)
        if labelled and len(line.text) <= LONGEST_VALUE and not line.level and not _ENDS.search(line.text):
            out[-1].strand = Strand.join([out[-1].strand, line.strand])
            out[-1].raw_end = line.raw_end
        else:
            out.append(line)
    return out


def unwrap(lines: Sequence[Line], is_byline: Callable[[str], bool], is_lede: Callable[[str], bool]) -> list[Line]:
    """The lines, those of a wrapped paragraph put together.

    With a byline, or the words a report opens with, begins something, and short lines over it are its headline.
    """
    columns = _columns(lines)
    if not columns:
        return list(lines)
    indents = sum(line.indented for line in lines) >= 2
    bylines = [is_byline(line.text) for line in lines]
    fresh = _fresh(lines, columns, [byline or is_lede(line.text) for line, byline in zip(lines, bylines, strict=True)])
    out: list[Line] = []
    parts: list[list[Strand]] = []
    tail = ""
    full = False
    for line, starts, byline in zip(lines, fresh, bylines, strict=True):
        at_edge = any(column.is_full(line, indents) for column in columns)
        short = all(column.reach(line, indents) < column.width - SLACK for column in columns)
        unwrapped = all(column.reach(line, indents) > BEYOND * column.width for column in columns)
        # A paragraph may by chance end at the edge; a short line without a full stop under it is then a headline.
        headline = full and short and _ENDS.search(tail) is not None and _ENDS.search(line.text) is None
        apart = starts or headline or line.gap > 0 or line.level or line.table or line.title or line.bold or line.bullet or line.indented
        begun = bool(out) and (out[-1].indented or not indents)
        # Latin letters and digits are not always half as wide: an indented paragraph goes on until a full stop.
        if begun and not apart and not unwrapped and (full or (indents and _ENDS.search(tail) is None)):
            parts[-1].append(line.strand)
            out[-1].raw_end = line.raw_end
            tail = (tail + line.text)[-_ENDS_WITHIN:]
        else:
            out.append(line)
            parts.append([line.strand])
            tail = line.text[-_ENDS_WITHIN:]
        full = at_edge and not (byline or line.table or line.title or line.level)
    for line, strands in zip(out, parts, strict=True):
        line.strand = Strand.join(strands) if len(strands) > 1 else line.strand
    return out


def _fresh(lines: Sequence[Line], columns: Sequence[Column], firsts: Sequence[bool]) -> list[bool]:
    """Which lines begin something, whatever stands over them: the first of a report, and the lines of the headline over it."""
    fresh = list(firsts)
    for n, first in enumerate(firsts):
        if not first:
            continue
        for m in range(n - 1, max(n - 1 - _HEAD_LINES, -1), -1):
            if _ENDS.search(lines[m].text) or any(column.reach(lines[m]) > column.width - SLACK for column in columns):
                break
            fresh[m] = True
    return fresh


def _columns(lines: Sequence[Line]) -> list[Column]:
    """The columns the page is set in; none where its lines are not wrapped."""
    upper = [(line, below) for line, below in pairwise(lines) if below.gap == 0 and not line.table and not line.level]
    broken = [(line, below) for line, below in upper if _BREAKS_OFF.search(line.text)]
    found: list[Column] = []
    while len(broken) >= FEWEST and len(found) < MOST_COLUMNS:
        column, edge = max((_edge(broken, latin) for latin in LATIN_WIDTHS), key=_sharpness)
        gone_on = sum(continues(line.text, below.text) + begins_inside(below.text) for line, below in edge)
        if len(edge) < max(FEWEST, 0 if found else SHARE * len(broken)) or gone_on < GONE_ON * len(edge):
            break
        found.append(column)
        broken = [(line, below) for line, below in broken if not column.is_full(line)]
    return found


def _sharpness(found: tuple[Column, list[tuple[Line, Line]]]) -> tuple[int, float]:
    column, edge = found
    return len(edge), -sum(abs(column.reach(line) - column.width) for line, _ in edge)


def _edge(lines: Sequence[tuple[Line, Line]], latin: float) -> tuple[Column, list[tuple[Line, Line]]]:
    """The commonest width of lines, and those that are about as wide."""
    counts = Counter(round(Column(0, latin).reach(line)) for line, _ in lines)
    usual = [width for width in counts if NARROWEST <= width <= WIDEST]
    if not usual:
        return Column(0, latin), []
    column = Column(max(usual, key=lambda width: (sum(counts[width + step] for step in (-1, 0, 1)), counts[width], width)), latin)
    return column, [pair for pair in lines if column.is_full(pair[0])]
