"""Names spelled out by sound: 内塔尼亚胡, 米哈伊尔·戈尔巴乔夫, 买买提·艾力, 才旦卓玛.

Spellings draw on some hundreds of characters that ordinary words seldom put side by side. Each character has log-odds,
in a table of `rules/officials`, of opening, continuing and closing a spelled name as against ordinary text; a run of
them that adds up to enough is a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pipeline.stages.people.names import MARGIN, Floats, encode

SHORTEST, LONGEST = 2, 8
#: A character that scores less cannot stand in a spelled name, but beside a dot.
LEAST_INSIDE, LEAST_CLOSING, LEAST_BESIDE_DOT = -1.2, -0.6, -2.2
#: A run that adds up to less is not looked at.
LEAST_TOTAL = 0.5
DOT = re.compile(r"(?<=[\u4e00-\u9fffA-Z])[·•・‧∙⋅](?=[\u4e00-\u9fffA-Z])|(?<=[A-Z])\.(?=[\u4e00-\u9fff])")
INITIAL = re.compile(r"[A-Z]\.?")
#: From the sum of a run to a score beside those of Chinese names; short runs prove less.
SCALE, OFFSET, OFFSET_SHORT = 0.6, 4.5, 5.5
#: A character beside a run that could belong to it takes away what it would add, and this.
ONWARD = 1.5
#: What each common word that a run holds or cuts takes away.
WORD = 3.0
#: A dotted name's score by its dot alone.
DOTTED_SCORE = 40.0


@dataclass(frozen=True)
class SpelledModel:
    """Log-odds by character of opening, continuing and closing a spelled name."""

    first: Floats
    middle: Floats
    last: Floats
    #: Words so common that a run that holds or cuts one is no name on that account: 科普基|地, 赛马|比拼.
    common: frozenset[str]

    def find(self, text: str) -> Iterator[tuple[int, int, float]]:
        """Start, end and score of every run that may be a name, longer and shorter ones at the same place too."""
        codes = encode(text)
        first, middle, last = self.first[codes], self.middle[codes], self.last[codes]
        size = len(text)
        at = np.arange(MARGIN, MARGIN + size)
        sums = np.concatenate([[0.0], np.cumsum(middle)])
        open_ = first[at] > LEAST_INSIDE
        inside = middle > LEAST_INSIDE
        alive = open_.copy()
        for length in range(SHORTEST, LONGEST + 1):
            ends = at + length
            alive[ends > MARGIN + size] = False
            total = first[at] + (sums[ends - 1] - sums[at + 1]) + last[ends - 1]
            good = alive & (last[ends - 1] > LEAST_CLOSING) & (total > LEAST_TOTAL)
            offset = OFFSET_SHORT if length == SHORTEST else OFFSET
            for n in np.flatnonzero(good).tolist():
                end = n + length
                words = sum(text[k : k + 2] in self.common for k in range(n, end - 1)) + self._cut(text, n, end)
                # A name that goes on to sound like one, on either side, is not all there.
                if text[end - 1 : end + 1] not in self.common:
                    total[n] -= max(0.0, float(last[end + MARGIN]) + ONWARD)
                if text[max(0, n - 1) : n + 1] not in self.common:
                    total[n] -= max(0.0, float(first[n + MARGIN - 1]) + ONWARD)
                yield n, end, float(total[n]) * SCALE - offset - WORD * words
            alive &= inside[ends - 1]
            if not alive.any():
                return

    def _cut(self, text: str, start: int, end: int) -> int:
        """How many common words a run cuts at its edges, where the text beside it can't be read without the piece cut off."""
        common = self.common
        before = text[max(0, start - 1) : start + 1] in common and text[max(0, start - 2) : start] not in common
        after = text[end - 1 : end + 1] in common and text[end : end + 2] not in common
        return before + after

    def dotted(self, text: str, stops: frozenset[int]) -> Iterator[tuple[int, int]]:
        """Names with dots in them. `stops` are positions that a name cannot reach across, as where a title ends."""
        done = 0
        for dot in DOT.finditer(text):
            if dot.start() < done:
                continue
            start = self._left(text, dot.start(), max(done, dot.start() - LONGEST), stops)
            if start is None:
                continue
            end = self._right(text, dot.end())
            while end is not None and end < len(text):
                following = DOT.match(text, end)
                if following is None or following.end() >= len(text):
                    break
                further = self._right(text, following.end())
                if further is None:
                    break
                end = further
            if end is not None:
                yield start, end
                done = end

    def _left(self, text: str, end: int, floor: int, stops: frozenset[int]) -> int | None:
        """Where the part before a dot begins: as far left as characters go on to sound like a name."""
        initial = INITIAL.fullmatch(text, max(floor, end - 1), end)
        if initial is not None:
            return initial.start()
        at = end
        best: tuple[float, int] | None = None
        total = 0.0
        while at > floor and at not in stops and self.middle[_code(text[at - 1])] > LEAST_BESIDE_DOT and text[at - 1 : at + 1] not in self.common:
            at -= 1
            opening = total + float(self.first[_code(text[at])])
            total += float(self.middle[_code(text[at])])
            if best is None or opening >= best[0]:
                best = opening, at
        return best[1] if best is not None and (best[0] > 0 or end - best[1] == 1) else None

    def _right(self, text: str, start: int) -> int | None:
        """Where the part after a dot ends: where its characters add up to most."""
        initial = INITIAL.match(text, start)
        if initial is not None:
            return initial.end()
        at = start
        best: tuple[float, int] | None = None
        total = 0.0
        while at < len(text) and at - start < LONGEST + 2 and self.middle[_code(text[at])] > LEAST_BESIDE_DOT:
            if at > start and text[at : at + 2] in self.common:
                break
            closing = total + float(self.last[_code(text[at])])
            total += float(self.middle[_code(text[at])])
            at += 1
            if best is None or closing >= best[0]:
                best = closing, at
        return best[1] if best is not None and (best[0] > 0 or DOT.match(text, best[1])) else None


def _code(character: str) -> int:
    point = ord(character)
    return point if point < 65536 else 0
