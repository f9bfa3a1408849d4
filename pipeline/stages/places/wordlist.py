"""A quarter of a million short words in a few strings: quick to load, and to look one up in."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable


class WordList:
    """A set of words that unpickles at once: the words of each length, sorted; their first characters in one string, the second in another …"""

    def __init__(self, words: Iterable[str] = ()) -> None:
        by_length: dict[int, set[str]] = defaultdict(set)
        for word in words:
            by_length[len(word)].add(word)
        self._columns = {length: tuple(map("".join, zip(*sorted(found), strict=True))) for length, found in by_length.items() if length}

    def __contains__(self, word: str) -> bool:
        columns = self._columns.get(len(word))
        if columns is None:
            return False
        low, high = 0, len(columns[0])
        for char, column in zip(word, columns, strict=True):
            # Among words that begin alike, the next characters are in order.
            low, high = bisect_left(column, char, low, high), bisect_right(column, char, low, high)
            if low == high:
                return False
        return True

    def __len__(self) -> int:
        return sum(len(columns[0]) for columns in self._columns.values())
