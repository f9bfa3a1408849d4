"""Scripts of broadcasts: labels alone on a line (【口播】), and the list of headlines the presenters read out first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.stages.articles.families import Formats
from pipeline.stages.articles.lines import Line
from pipeline.stages.articles.wording import pairs

#: The longest line that may be an item's headline.
LONGEST = 45
#: A line repeats a headline of the list when it has so much of its wording.
REPEATS = 0.6
_CLOSED = re.compile(r"[。！？；：…](?:[”）])?\Z")


def labels(lines: Sequence[Line], formats: Formats) -> tuple[set[int], set[int]]:
    """Labels alone on their lines: those that stand over an item, and those inside one.

    Over a headline every label opens an item; over a text only those do that presenters begin with (【口播】, 【天气】, not
    【同期声】), and not right under a headline.
    """
    over: set[int] = set()
    inside: set[int] = set()
    marks = [pattern for _, pattern in formats.parts.get("mark", ())]
    inner = [pattern for _, pattern in formats.parts.get("inner", ())]
    for n, line in enumerate(lines):
        if not any(pattern.fullmatch(line.text) for pattern in marks):
            continue
        headed = n + 1 < len(lines) and _short(lines[n + 1])
        above = n - 2 if n > 1 and lines[n - 1].text[0] == "（" else n - 1  # the reporters, in brackets under the headline
        titled = above >= 0 and above not in over and _short(lines[above])
        opens = headed or not (titled or any(pattern.match(line.text) for pattern in inner))
        (over if opens else inside).add(n)
    return over, inside


def contents(lines: Sequence[Line], formats: Formats) -> set[int]:
    """The lines that list the headlines to come: what stands under 内容提要, until an item begins."""
    out: set[int] = set()
    announcing = [pattern for _, pattern in formats.parts.get("contents", ())]
    for n, line in enumerate(lines):
        if not any(pattern.search(line.text) for pattern in announcing):
            continue
        first = n + 1
        for m in range(first, len(lines)):
            parted = m > first and lines[m].gap > lines[first].gap
            again = any(_repeats(lines[m].text, lines[k].text) for k in range(first, m))
            if parted or again or lines[m].level or lines[m].text.startswith("【") or len(lines[m].text) > LONGEST:
                break
            out.add(m)
        break
    return out


def _short(line: Line) -> bool:
    """Whether a line may be a headline."""
    return line.text[0] not in "【（" and len(line.text) <= LONGEST and _CLOSED.search(line.text) is None


def _repeats(line: str, other: str) -> bool:
    own, others = pairs(line), pairs(other)
    return bool(own and others) and len(own & others) >= REPEATS * min(len(own), len(others))
