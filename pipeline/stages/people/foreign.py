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

from pipeline.stages.people.lookup import Codes, Floats
from pipeline.stages.people.names import MARGIN

SHORTEST, LONGEST, LONGEST_PART = 2, 8, 9
#: A character that scores less cannot stand in a spelled name, but beside a dot.
LEAST_INSIDE, LEAST_CLOSING, LEAST_BESIDE_DOT = -1.2, -1.2, -3.4
#: A run that adds up to less is not looked at.
LEAST_TOTAL = 0.5
DOTS = "·•・‧∙⋅"
DOT = f"[{DOTS}]"
PART = r"[\u4e00-\u9fff]{1,9}|[A-Z]\.?"
#: What follows the first part of a dotted name: parts between dots, and the last one.
JOINT = rf"(?:{DOT}|(?<=[A-Z])\.)"
CHAIN = re.compile(rf"{JOINT}(?:(?:{PART}){JOINT})*+({PART})")
FIRST_JOINT = re.compile(rf"[{DOTS}.](?<=[\u4e00-\u9fffA-Z].)")
INITIAL = re.compile(r"[A-Z]\.?")
TENTHS = 10
#: From the sum of a run to a score beside those of Chinese names; short runs prove less.
SCALE, OFFSET, OFFSET_SHORT = 0.6, 4.5, 5.5
#: A character beside a run that could belong to it takes away what it would add, and this.
ONWARD = 1.5
#: What each common word that a run holds or cuts takes away.
WORD = 3.0
#: What a mark or a common word beside a dotted name says for its ending there.
EDGE = 2.0
#: A ruler's number, and what it says for a name before it: 伊丽莎白二世.
REIGN, REIGNS = re.compile("[一二三四五六七八九十]{1,3}世(?!纪|界|代|人|家|博|袭)"), 3.0
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

    def find(self, text: str, codes: Codes) -> Iterator[tuple[int, int, float]]:
        """Start, end and score of every run that may be a name, longer and shorter ones at the same place too."""
        first, middle, last = self.first[codes], self.middle[codes], self.last[codes]
        # Whole tenths, so that a sum does not depend on how much text stands before it.
        opens, closes = np.rint(first * TENTHS).astype(np.int64), np.rint(last * TENTHS).astype(np.int64)
        sums = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.rint(middle * TENTHS).astype(np.int64))])
        limit = MARGIN + len(text)
        at = np.flatnonzero(first > LEAST_INSIDE)
        at = at[(at >= MARGIN) & (at < limit)]
        for length in range(SHORTEST, LONGEST + 1):
            ends = at + length
            total = opens[at] + sums[ends - 1] - sums[at + 1] + closes[ends - 1]
            good = (ends <= limit) & (last[ends - 1] > LEAST_CLOSING) & (total > LEAST_TOTAL * TENTHS)
            for start, end, tenths in zip((at[good] - MARGIN).tolist(), (ends[good] - MARGIN).tolist(), total[good].tolist(), strict=True):
                number = REIGN.match(text, end)
                score = self._score(text, start, end, tenths / TENTHS, float(first[start + MARGIN - 1]), float(last[end + MARGIN]))
                yield start, number.end() if number else end, score + REIGNS * (number is not None)
            at = at[(ends < limit) & (middle[ends - 1] > LEAST_INSIDE)]
            if not len(at):
                return

    def _score(self, text: str, start: int, end: int, total: float, before: float, after: float) -> float:
        """The score of a run that adds up to `total`, `before` and `after` being what the characters beside it would add."""
        words = sum(text[k : k + 2] in self.common for k in range(start, end - 1)) + self._cut(text, start, end)
        # A name that goes on to sound like one, on either side, is not all there.
        if text[end - 1 : end + 1] not in self.common:
            total -= max(0.0, after + ONWARD)
        if text[max(0, start - 1) : start + 1] not in self.common:
            total -= max(0.0, before + ONWARD)
        return total * SCALE - (OFFSET_SHORT if end - start == SHORTEST else OFFSET) - WORD * words

    def _cut(self, text: str, start: int, end: int) -> int:
        """How many common words a run cuts at its edges, where the text beside it can't be read without the piece cut off."""
        common = self.common
        before = text[max(0, start - 1) : start + 1] in common and text[max(0, start - 2) : start] not in common
        after = text[end - 1 : end + 1] in common and text[end : end + 2] not in common
        return before + after

    def dotted(self, text: str, stops: frozenset[int]) -> Iterator[tuple[int, int]]:
        """Names with dots in them. `stops` are positions that a name cannot reach across, as where a title ends.

        What stands between two dots is all name; the first part reaches left and the last one right as far as
        characters go on to sound like a name.
        """
        done = 0
        for joint in FIRST_JOINT.finditer(text):
            at = joint.start()
            chain = CHAIN.match(text, at) if at > done else None
            if chain is None:
                continue
            floor = at - 1
            while floor > done and at - floor < LONGEST_PART and "\u4e00" <= text[floor - 1] <= "\u9fff":
                floor -= 1
            start = self._left(text, floor, at, stops)
            end = self._right(text, chain.start(1), chain.end())
            if start is not None and end is not None:
                number = REIGN.match(text, end)
                done = number.end() if number else end
                yield start, done

    def _left(self, text: str, floor: int, end: int, stops: frozenset[int]) -> int | None:
        if INITIAL.fullmatch(text, end - 1, end):
            return end - 1
        best: tuple[float, int] | None = None
        total = 0.0
        for at in range(end - 1, floor - 1, -1):
            code = _code(text[at])
            if at + 1 in stops or self.middle[code] < LEAST_BESIDE_DOT:
                break
            opening = total + float(self.first[code]) + (EDGE if at == floor or at in stops or text[at - 2 : at] in self.common else 0.0)
            total += float(self.middle[code])
            if best is None or opening >= best[0]:
                best = opening, at
        if best is None or (end - best[1] == 1 and best[1] != floor and best[1] not in stops):
            return None
        return best[1] if best[0] > 0 or end - best[1] == 1 else None

    def _right(self, text: str, start: int, ceiling: int) -> int | None:
        initial = INITIAL.match(text, start)
        if initial is not None:
            return initial.end()
        best: tuple[float, int] | None = None
        total = 0.0
        for at in range(start, ceiling):
            code = _code(text[at])
            if self.middle[code] < LEAST_BESIDE_DOT or (at > start and self.middle[code] < 0 and text[at : at + 2] in self.common):
                break
            closing = total + float(self.last[code]) + (EDGE if at + 1 == ceiling or text[at + 1 : at + 3] in self.common else 0.0)
            total += float(self.middle[code])
            if best is None or closing >= best[0]:
                best = closing, at + 1
        return best[1] if best is not None and best[0] > 0 else None


def _code(character: str) -> int:
    point = ord(character)
    return point if point < 65536 else 0
