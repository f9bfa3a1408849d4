"""Where in a text a time expression may begin: the first characters decide, and are looked up for the whole text at once.

Of the characters that begin an expression most are common ones (全, 国, 大, 5) that nearly always begin something else.
So the rules say, for each of them, which character may follow, and for those two which may come third; the pattern that
reads an expression is tried only where all three may stand together. Digits count as one character up to the last of
their run: what follows them is looked at (15日, and not 15亿).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import regex

DIGITS = "0123456789"
_SPACE = " "
#: Numbers that stand for all of their length when it is asked what may follow digits; any four digits may stand by a title's (表10).
_SAMPLES = (("0", "1", "3", "5", "9"), ("08", "10", "12", "15", "24", "25", "31", "45", "90"), ("100",), ("1542", "2023", "2030"))
#: Characters past the first plane of Unicode are of no expression, and looked up as the last of that plane, which is none.
_LAST = 0xFFFF
#: The id of the end of a text; id 0 is of all characters that no rule names, and the others follow.
_END = 1
#: Where texts to be asked about are put together: a character that a pattern does not name, what it may be, and the end of the text.
_OTHER, _OTHERS, _ENDED = "\1", ("\N{CJK UNIFIED IDEOGRAPH-9F98}", "\N{WHITE STAR}", "x", "X"), "\0"
#: Characters that a pattern may mean without naming each.
_ANYWHERE = frozenset(DIGITS + _SPACE)

Table = npt.NDArray[np.uint16]


@dataclass(frozen=True)
class Beginnings:
    """The tables. A state stands for the characters read so far, state 0 for no expression; one more character leads on to the next."""

    #: The id of each character, by its code.
    ids: Table
    #: The state after a first character, by its id; and after a run of digits, by its length (4 for longer ones).
    first: Table
    after_digits: Table
    #: The state after one more character, by state and id; and whether a last one may follow.
    second: Table
    third: npt.NDArray[np.bool_]
    space: int
    digits: range

    def of(self, text: str) -> list[int]:
        """The positions where an expression may begin, in order."""
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        ids = np.full(len(codes) + 3, _END, dtype=np.uint16)
        ids[: len(codes)] = self.ids[np.minimum(codes, _LAST)]
        state = self.first[ids]
        at = np.flatnonzero(state)
        words = at[self._goes_on(state[at], ids, at + 1)]
        is_digit = (ids >= self.digits.start) & (ids < self.digits.stop)
        edges = np.flatnonzero(is_digit[1:] != is_digit[:-1]) + 1
        edges = np.concatenate(([0], edges)) if is_digit[0] else edges
        begin, end = edges[::2], edges[1::2]
        length = np.minimum(end - begin, len(_SAMPLES))
        begin = np.where(length == len(_SAMPLES), end - len(_SAMPLES), begin)
        numbers = begin[self._goes_on(self.after_digits[length], ids, end + (ids[end] == self.space))]
        return np.sort(np.concatenate((words, numbers))).tolist()  # type: ignore[no-any-return]

    def _goes_on(self, state: Table, ids: Table, at: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
        """Whether the two characters from each of these positions on may follow what led to the states."""
        return self.third[self.second[state, ids[at]], ids[at + 1]]


def beginnings(patterns: Iterable[str]) -> Beginnings:
    """The tables for expressions that begin with one of these patterns."""
    starts = [_Start(regex.compile(pattern), frozenset(pattern) | _ANYWHERE) for pattern in patterns]
    alphabet = sorted(char for char in frozenset().union(*(start.alphabet for start in starts)) if ord(char) < _LAST)
    characters = [_OTHER, _ENDED, *alphabet]
    ids = np.zeros(_LAST + 1, dtype=np.uint16)
    ids[[ord(char) for char in alphabet]] = range(2, len(characters))
    first = np.zeros(len(characters), dtype=np.uint16)
    after_digits = np.zeros(len(_SAMPLES) + 1, dtype=np.uint16)
    second: list[list[int]] = [[0] * len(characters)]
    none = (False,) * len(characters)
    thirds = {none: 0}

    def row(texts: Sequence[str], starts: Sequence[_Start]) -> tuple[bool, ...]:
        followers = frozenset().union(*(start.followers(texts, characters) for start in starts))
        return tuple(char in followers for char in characters) if followers else none

    def state(texts: Sequence[str], starts: Sequence[_Start]) -> int:
        """The state after any of these texts, with the states that follow it."""
        own = frozenset((_OTHER, _ENDED)).union(*(start.alphabet for start in starts))
        opened: dict[str, list[_Start]] = {char: [] for char in own}
        for start in starts:
            for char in start.followers(texts, own):
                opened[char].append(start)
        rows = {char: row([text + char for text in texts], still) for char, still in opened.items()}
        second.append([thirds.setdefault(rows.get(char, rows[_OTHER]), len(thirds)) for char in characters])
        return len(second) - 1

    for n, char in enumerate(characters):
        if char not in DIGITS and (opened := [start for start in starts if start.opens([char])]):
            first[n] = state([char], opened)
    for length, samples in enumerate(_SAMPLES, 1):
        spaced = [sample + space for sample in samples for space in ("", _SPACE)]
        after_digits[length] = state(spaced, [start for start in starts if start.opens(spaced)])
    digits = range(characters.index(DIGITS[0]), characters.index(DIGITS[-1]) + 1)
    return Beginnings(ids, first, after_digits, np.array(second, dtype=np.uint16), np.array(list(thirds)), characters.index(_SPACE), digits)


@dataclass(frozen=True)
class _Start:
    """A pattern that begins an expression, with the characters it tells from others."""

    pattern: regex.Pattern[str]
    alphabet: frozenset[str]

    def opens(self, texts: Iterable[str]) -> bool:
        """Whether an expression may begin with one of these texts."""
        return any(self._match(text, partial=True) for text in texts)

    def followers(self, texts: Sequence[str], characters: Iterable[str]) -> Iterable[str]:
        """Which of these characters may stand after the texts: all of them where the expression ends there."""
        if any(self._match(text, partial=False) for text in texts):
            return characters
        told = {char: self.opens([text + char for text in texts]) for char in (*self.alphabet, _OTHER, _ENDED)}
        return (char for char in characters if told.get(char, told[_OTHER]))

    def _match(self, text: str, *, partial: bool) -> bool:
        whole, ended, _ = text.partition(_ENDED)
        readings = [whole.replace(_OTHER, other) for other in _OTHERS] if _OTHER in whole else [whole]
        return any(self.pattern.match(reading, partial=partial and not ended) is not None for reading in readings)
