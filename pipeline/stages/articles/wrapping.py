"""Undoing line wrapping: exports that end a line wherever the column on paper did.

Such lines are equally long but for the last of a paragraph, and no empty line parts them. What an indent begins, or a
short line ends, is a paragraph.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pipeline.stages.articles.lines import Line
from pipeline.text.strand import Strand

#: Columns are this many characters wide, Latin letters and digits counting half.
NARROWEST, WIDEST = 8, 60
#: Lines of a wrapped page that reach the edge of the column: how many, how large a share of those that have another
#: right under them, and how far from the edge they may end.
FEWEST, SHARE, SLACK = 5, 0.5, 1.5
_ENDS = re.compile("[。！？…][”’）]?$")
#: How many last characters decide whether a paragraph ends there.
_ENDS_WITHIN = 2


#: The value of a label is short.
LONGEST_VALUE = 24


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


def unwrap(lines: Sequence[Line]) -> list[Line]:
    """The lines, those of a wrapped paragraph put together."""
    width = _width(lines)
    if not width:
        return list(lines)
    indents = sum(line.indented for line in lines) >= 2
    out: list[Line] = []
    parts: list[list[Strand]] = []
    tail = ""
    full = False
    for line in lines:
        reach = _measure(line) + (2 if line.indented and indents else 0)
        # A paragraph may by chance end at the edge; a short line without a full stop under it is then a headline.
        headline = full and reach < width - SLACK and _ENDS.search(tail) is not None and _ENDS.search(line.text) is None
        apart = headline or line.gap > 0 or line.level or line.table or line.title or line.bold or line.bullet or line.indented
        begun = bool(out) and (out[-1].indented or not indents)
        # Latin letters and digits are not always half as wide: an indented paragraph goes on until a full stop.
        if begun and not apart and (full or (indents and _ENDS.search(tail) is None)):
            parts[-1].append(line.strand)
            out[-1].raw_end = line.raw_end
            tail = (tail + line.text)[-_ENDS_WITHIN:]
        else:
            out.append(line)
            parts.append([line.strand])
            tail = line.text[-_ENDS_WITHIN:]
        full = not (line.table or line.title or line.level) and reach >= width - SLACK
    for line, strands in zip(out, parts, strict=True):
        line.strand = Strand.join(strands) if len(strands) > 1 else line.strand
    return out


def _width(lines: Sequence[Line]) -> float:
    """How wide the page's columns are, or 0 where its lines are not wrapped."""
    upper = [line for line, below in pairwise(lines) if below.gap == 0 and not line.table and not line.level]
    if len(upper) < FEWEST:
        return 0.0
    widths = [_measure(line) + 2 * line.indented for line in upper]
    counts = Counter(round(width) for width in widths)
    common, _ = max(counts.items(), key=lambda entry: (entry[1], entry[0]))
    if not NARROWEST <= common <= WIDEST:
        return 0.0
    edge = [width for width in widths if abs(width - common) <= SLACK]
    within = sum(width <= common + SLACK for width in widths)
    return float(common) if len(edge) >= max(FEWEST, SHARE * len(widths)) and within >= 0.9 * len(widths) else 0.0


def _measure(line: Line) -> float:
    return sum(0.5 if character.isascii() else 1.0 for character in line.text)
