"""Wording that texts of a page share: their pairs of characters, rare ones weighing most."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import chain
from operator import add


def pairs(text: str) -> set[str]:
    """The pairs of letters and characters of a text; its numbers say little about what it speaks of."""
    return set(filter(str.isalpha, map(add, text, text[1:])))


class Wording:
    """What each of some texts, given as their pairs, shares with the others."""

    def __init__(self, texts: Sequence[frozenset[str]]) -> None:
        self._pairs = texts
        counts = Counter(chain.from_iterable(texts))
        self._weights = [0.0, *(math.log((len(texts) + 1) / count) for count in range(1, len(texts) + 1))]
        self._counts = counts
        self._totals = [sum(map(self._weights.__getitem__, map(counts.__getitem__, own))) for own in texts]

    def likeness(self) -> list[dict[int, float]]:
        """For each text those it shares wording with, and how much: 0 is nothing, 1 the same text."""
        shared: list[defaultdict[int, float]] = [defaultdict(float) for _ in self._pairs]
        several = {pair for pair, count in self._counts.items() if count > 1}
        places: defaultdict[str, list[int]] = defaultdict(list)
        for n, own in enumerate(self._pairs):
            for pair in own & several:
                weight = self._weights[self._counts[pair]]
                for m in places[pair]:
                    shared[n][m] += weight
                places[pair].append(n)
        out: list[dict[int, float]] = [{} for _ in self._pairs]
        for n, others in enumerate(shared):
            for m, weight in others.items():
                out[n][m] = out[m][n] = weight / math.sqrt(self._totals[n] * self._totals[m])
        return out

    def repeated(self, line: str) -> dict[int, float]:
        """The share of a line's wording that each text repeats, of those that repeat any."""
        own = pairs(line)
        unknown = math.log(len(self._pairs) + 1)
        weights = {pair: self._weights[self._counts[pair]] if pair in self._counts else unknown for pair in own}
        total = sum(weights.values())
        repeated = ((n, own & text) for n, text in enumerate(self._pairs))
        return {n: sum(map(weights.__getitem__, common)) / total for n, common in repeated if common}
