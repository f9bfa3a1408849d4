"""A quarter of a million short words in a few strings: quick to load, and to look one up in."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable


class WordList:
    """A set of words that unpickles at once: the words of each length, sorted and run together."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        by_length: dict[int, set[str]] = defaultdict(set)
        for word in words:
            by_length[len(word)].add(word)
        self._runs = {length: "".join(sorted(found)) for length, found in by_length.items() if length}

    def __contains__(self, word: str) -> bool:
        length = len(word)
        run = self._runs.get(length)
        if not run:
            return False
        at = bisect_left(range(len(run) // length), word, key=lambda n: run[n * length : (n + 1) * length]) * length
        return run[at : at + length] == word

    def __len__(self) -> int:
        return sum(len(run) // length for length, run in self._runs.items())
