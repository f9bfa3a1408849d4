"""Names spelled out by sound: 内塔尼亚胡, 米哈伊尔·戈尔巴乔夫, 买买提·艾力, 才旦卓玛.

Spellings draw on some hundreds of characters that ordinary words seldom put side by side. Each character has log-odds,
in a table of `rules/officials`, of opening, continuing and closing a spelled name as against ordinary text; a run of
them that adds up to enough is a candidate. Places and brands are spelled from the same characters, so that what stands
around a run, which known names of persons and places it is or cuts, and what the text loses without its words decide;
the weights are learnt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from pipeline.stages.people.arrays import MARGIN, Codes, Floats, Ints, Table, around, linear, pack, ranges
from pipeline.stages.people.wording import Wording
from pipeline.stages.people.wordlist import WordList

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
#: Nobody has more parts to a name: a page of dots is not gone through to its end from each of them.
CHAIN = re.compile(rf"{JOINT}(?:(?:{PART}){JOINT}){{0,8}}+({PART})")
FIRST_JOINT = re.compile(rf"[{DOTS}.](?<=[\u4e00-\u9fffA-Z].)")
INITIAL = re.compile(r"[A-Z]\.?")
TENTHS = 10
#: Further than any text reaches.
NOWHERE = 1 << 31
#: A character beside a run that could belong to it counts with this added.
ONWARD = 1.5
#: How little the least likely character counts in the last part of a dotted name, but for those that are words by themselves.
UNHEARD, NO_SOUNDS = -2.5, frozenset("的了在是和与及说称将被把对向从由就也还都又等以为因会中上到")
#: What a mark or a common word beside a dotted name says for its ending there.
EDGE = 2.0
#: A ruler's number, which belongs to the name before it: 伊丽莎白二世.
REIGN = re.compile("[一二三四五六七八九十]{1,3}世(?!纪|界|代|人|家|博|袭)")
NUMERALS = np.array([ord(character) for character in "一二三四五六七八九十"], np.uint16)
#: A dotted name's score by its dot alone.
DOTTED_SCORE = 40.0
DENSE = (
    "bias", "total", "total_high", "mean", "two", "three", "four", "long", "known", "holds_known", "cuts_known", "place", "holds_place",
    "cuts_place", "words_held", "words_cut", "lost", "much_lost", "sounds_on_left", "sounds_on_right", "reign",
)  # fmt: skip
CONTEXTS = ("before", "before_two", "after", "after_two")


@dataclass(frozen=True)
class Runs:
    """Runs that may be names: where they begin and end in an encoded text, and what their characters add up to."""

    starts: Ints
    ends: Ints
    totals: Floats
    #: Where the name ends with the ruler's number after the run.
    stops: Ints


class Listed:
    """Lists of names: where they stand in a text, and which of them a run is, holds or cuts."""

    def __init__(self, *lists: frozenset[str]) -> None:
        self._lists = [WordList(names) for names in lists]

    def beside(self, text: str, codes: Codes, runs: Runs) -> list[tuple[npt.NDArray[np.bool_], ...]]:
        """A list at a time for each run whether it is one of the names, holds a shorter one, and cuts one or lies within."""
        return [_beside(*names.find(text, codes), runs) for names in self._lists]


def _beside(begins: Ints, closes: Ints, runs: Runs) -> tuple[npt.NDArray[np.bool_], ...]:
    starts, ends = runs.starts - MARGIN, runs.ends - MARGIN
    # How far names reach that begin before the n-th, and which of those from the n-th on ends first.
    reach = np.maximum.accumulate(np.concatenate([[0], closes]))
    first = np.minimum.accumulate(np.concatenate([closes, [NOWHERE]])[::-1])[::-1]
    from_start, from_end = np.searchsorted(begins, starts), np.searchsorted(begins, ends)
    known = np.isin(starts * NOWHERE + ends, begins * NOWHERE + closes)
    # One that begins before the run and ends after its first character, or begins in it and ends after it.
    return known, ~known & (first[from_start] <= ends), (reach[from_start] > starts) | (reach[from_end] > ends)


@dataclass(frozen=True)
class SpelledModel:
    """Log-odds by character of opening, continuing and closing a spelled name, and the weights of what else tells one."""

    first: Floats
    middle: Floats
    last: Floats
    #: Words so common that a run that holds or cuts one is no name on that account: 科普基|地, 赛马|比拼.
    common: frozenset[str]
    pairs: Table
    #: Names of persons and of places that are spelled by sound.
    known: frozenset[str]
    places: frozenset[str]
    dense: Floats
    contexts: Mapping[str, Table]

    @cached_property
    def lists(self) -> Listed:
        return Listed(self.known, self.places)

    @cached_property
    def _tenths(self) -> tuple[Ints, ...]:
        """The tables in whole tenths, so that a sum does not depend on how much text stands before it."""
        return tuple(np.rint(table * TENTHS).astype(np.int64) for table in (self.first, self.middle, self.last))

    def __getstate__(self) -> dict[str, object]:
        return {key: value for key, value in self.__dict__.items() if key not in ("lists", "_tenths")}

    def find(self, text: str, codes: Codes, wording: Wording) -> Iterator[tuple[int, int, float]]:
        """Start, end and score of every run that may be a name, longer and shorter ones at the same place too."""
        runs = self.candidates(text, codes)
        if not len(runs.starts):
            return
        scores = linear(self.features(text, codes, wording, runs), self.dense, around(codes, runs.starts, runs.stops), self.contexts)
        yield from zip((runs.starts - MARGIN).tolist(), (runs.stops - MARGIN).tolist(), scores.tolist(), strict=True)

    def candidates(self, text: str, codes: Codes) -> Runs:
        """Every run whose characters add up to something."""
        opens, goes_on, closes = self._tenths
        sums = np.concatenate([np.zeros(1, np.int64), np.cumsum(goes_on[codes], dtype=np.int64)])
        limit = MARGIN + len(text)
        at = np.flatnonzero((self.first > LEAST_INSIDE)[codes])
        found: list[tuple[Ints, Ints, Ints]] = []
        for length in range(SHORTEST, LONGEST + 1):
            ends, closing = at + length, codes[at + length - 1]
            total = opens[codes[at]] + sums[ends - 1] - sums[at + 1] + closes[closing]
            good = (ends <= limit) & (self.last[closing] > LEAST_CLOSING) & (total > LEAST_TOTAL * TENTHS)
            found.append((at[good], ends[good], total[good]))
            at = at[(ends < limit) & (self.middle[closing] > LEAST_INSIDE)]
        starts, ends, totals = (np.concatenate(part) for part in zip(*found, strict=True))
        stops = ends.copy()
        for n in np.flatnonzero(np.isin(codes[ends], NUMERALS)).tolist():
            number = REIGN.match(text, int(ends[n]) - MARGIN)
            stops[n] = number.end() + MARGIN if number else ends[n]
        return Runs(starts, ends, (totals / TENTHS).astype(np.float32), stops)

    def features(self, text: str, codes: Codes, wording: Wording, runs: Runs) -> Floats:
        """A row a run: each of `DENSE`."""
        starts, ends, totals = runs.starts, runs.ends, runs.totals
        lengths = ends - starts
        lost = np.minimum(wording.lost(starts, ends), 20)
        pair = np.zeros(len(codes), bool)
        pair[ranges(starts - 2, ends + 1)] = True
        near = np.flatnonzero(pair)
        pair[near] = self.pairs.places(pack(codes, near, 2)) >= 0
        held = np.concatenate([[0], np.cumsum(pair)])
        (known, holds_known, cuts_known), (place, holds_place, cuts_place) = self.lists.beside(text, codes, runs)
        columns = {
            "bias": np.ones(len(starts)),
            "total": totals / 10,
            "total_high": np.maximum(totals - 6, 0) / 10,
            "mean": totals / lengths / 3,
            "two": lengths == 2,
            "three": lengths == 3,
            "four": lengths == 4,
            "long": lengths >= 6,
            "known": known,
            "holds_known": holds_known,
            "cuts_known": cuts_known,
            "place": place,
            "holds_place": holds_place,
            "cuts_place": cuts_place,
            "words_held": np.minimum(held[ends - 1] - held[starts], 3),
            # A word over the edge counts where the text beside it can't be read without the piece cut off.
            "words_cut": (pair[starts - 1] & ~pair[starts - 2]).astype(int) + (pair[ends - 1] & ~pair[ends]),
            "lost": lost / 5,
            "much_lost": np.maximum(lost - 5, 0) / 5,
            # A name that goes on to sound like one, on either side, is not all there.
            "sounds_on_left": np.where(pair[starts - 1], 0, np.clip(self.first[codes[starts - 1]] + ONWARD, 0, 5)) / 3,
            "sounds_on_right": np.where(pair[ends - 1], 0, np.clip(self.last[codes[ends]] + ONWARD, 0, 5)) / 3,
            "reign": runs.stops > ends,
        }
        return np.stack([columns[name] for name in DENSE], axis=1).astype(np.float32)

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
            middle = float(self.middle[code])
            begins_word = text[at : at + 2] in self.common
            if text[at] in NO_SOUNDS or (at > start and middle < 0 and begins_word):
                break
            # Beside a dot an unheard-of character is no great wonder: 封 in 拉封丹.
            middle, last = max(middle, UNHEARD), max(float(self.last[code]), UNHEARD)
            closing = total + last + (EDGE if at + 1 == ceiling or text[at + 1] in NO_SOUNDS or text[at + 1 : at + 3] in self.common else 0.0)
            total += middle
            if best is None or closing >= best[0]:
                best = closing, at + 1
        return best[1] if best is not None and best[0] > 0 else None


def _code(character: str) -> int:
    point = ord(character)
    return point if point < 65536 else 0
