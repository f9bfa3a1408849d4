"""Wording that texts of a page share: their pairs of characters, rare ones weighing most."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from operator import add


def pairs(text: str) -> set[str]:
    """The pairs of letters and characters of a text; its numbers say little about what it speaks of."""
    return {pair for pair in map(add, text, text[1:]) if pair.isalpha()}


class Wording:
    """What each of some texts, given as their pairs, shares with the others."""

    def __init__(self, texts: Sequence[frozenset[str]]) -> None:
        self._pairs = texts
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for n, own in enumerate(self._pairs):
            for pair in own:
                self._places[pair].append(n)
        most = len(texts) + 1
        self._weights = {pair: math.log(most / len(places)) for pair, places in self._places.items()}
        self._unknown = math.log(most)
        self._totals = [sum(self._weights[pair] for pair in own) for own in self._pairs]

    def likeness(self) -> list[dict[int, float]]:
        """For each text those it shares wording with, and how much: 0 is nothing, 1 the same text."""
        shared: list[defaultdict[int, float]] = [defaultdict(float) for _ in self._pairs]
        for pair, places in self._places.items():
            weight = self._weights[pair]
            for at, n in enumerate(places):
                for m in places[:at]:
                    shared[n][m] += weight
        out: list[dict[int, float]] = [{} for _ in self._pairs]
        for n, others in enumerate(shared):
            for m, weight in others.items():
                out[n][m] = out[m][n] = weight / math.sqrt(self._totals[n] * self._totals[m])
        return out

    def repeated(self, line: str) -> dict[int, float]:
        """The share of a line's wording that each text repeats, of those that repeat any."""
        own = pairs(line)
        total = sum(self._weights.get(pair, self._unknown) for pair in own)
        out: defaultdict[int, float] = defaultdict(float)
        for pair in own:
            for n in self._places.get(pair, ()):
                out[n] += self._weights[pair] / total
        return out
