"""Which article of a page a piece of text shares its wording with."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from pipeline.stages.articles.items import Item, Role
from pipeline.stages.articles.phrases import rarities
from pipeline.stages.articles.wording import WIDTH, Counted

#: An article is looked at so many items back from where a piece of it stands.
DEPTH = 6
#: What stands so many lines below a piece, with no heading between, mostly speaks of the same.
BELOW = 2
#: Pairs of characters that are no rarer than this in ordinary language (一个, 今年) tell nothing; what is so much rarer tells all.
PLAIN, TELLING = 5.0, 6.5


class Shared(NamedTuple):
    """What each of some texts shares with any other: pairs of characters, each a bit of a whole number, those that are equally
    rare standing together; what the pairs of such a class weigh. Of each text what all its pairs weigh, the telling pairs that
    others have too, and what shares of these are measured by."""

    shared: list[int]
    classes: list[tuple[float, int]]
    totals: list[float]
    telling: list[list[tuple[int, float]]]
    measures: list[float]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Shared:
        """Those pairs weigh most that are rare on the page, and tell most that are rare in the language too."""
        known, counts, owner, which = Counted.of(texts)
        weights = np.log(len(texts) / counts)
        rare = rarities(known >> np.uint64(WIDTH), known & np.uint64((1 << WIDTH) - 1))
        tells = 2 * weights * np.clip((rare - PLAIN) / TELLING, 0.0, 1.0)
        order = np.argsort(counts, kind="stable")
        order = order[np.searchsorted(counts[order], 2) :]
        places = np.full(len(known), -1)
        places[order] = np.arange(len(order))
        ends = np.append(np.flatnonzero(np.diff(counts[order])) + 1, len(order)).tolist() if len(order) else []
        classes = [(float(weights[order[start]]), (1 << end) - (1 << start)) for start, end in zip([0, *ends], ends, strict=False)]
        shared = [0] * len(texts)
        telling: list[list[tuple[int, float]]] = [[] for _ in texts]
        common = np.flatnonzero(places[which] >= 0)
        pair = which[common]
        for n, place, weight in zip(owner[common].tolist(), places[pair].tolist(), tells[pair].tolist(), strict=True):
            bit = 1 << place
            shared[n] |= bit
            if weight:
                telling[n].append((bit, weight))
        totals = np.bincount(owner, weights[which], len(texts)).tolist()
        measures = np.sqrt(1 + np.bincount(owner, tells[which], len(texts))).tolist()
        return cls(shared, classes, totals, telling, measures)

    def worth_more(self, some: int, others: int) -> float:
        """How much more some pairs weigh together than others."""
        more = 0.0
        for weight, alike in self.classes:
            more += weight * ((some & alike).bit_count() - (others & alike).bit_count())
        return more

    def told(self, n: int, pairs: int) -> float:
        """How much of what a text tells stands among some pairs."""
        if not self.shared[n] & pairs:
            return 0.0
        return math.fsum([weight for bit, weight in self.telling[n] if bit & pairs]) / self.measures[n]


class Topics:
    """What the items of a page, and the articles they stand in, share."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = items
        self._arounds: dict[int, int] = {}
        self._above: dict[int, tuple[int, int]] = {}
        self._below: dict[int, list[int]] = {}
        self._known: dict[tuple[int, int], float] = {}

    def leaning(self, n: int, m: int) -> float:
        """How much more of the wording of `m` stands in the article of `n` than in the text before `m`: -1 to 1."""
        wording = self._wording
        if not wording.totals[m]:
            return 0.0
        own = wording.shared[m]
        there, here = own & self._around(n), own & self._around(m - 1)
        return wording.worth_more(there, here) / wording.totals[m] if there != here else 0.0

    def told(self, n: int, m: int) -> tuple[float, float, float]:
        """How much telling wording the line `m` shares with the headline over `n`; the lines right below it, with the text
        between that headline and `n`, and with the headline."""
        if m not in self._below:
            self._below[m] = self._lines_below(m)
        text, heads = self._article(n)
        in_text = in_heads = 0.0
        for k in self._below[m]:
            in_text += self._told(k, text)
            in_heads += self._told(k, heads)
        return self._told(m, heads), in_text, in_heads

    def _told(self, k: int, pairs: int) -> float:
        if (k, pairs) not in self._known:
            self._known[k, pairs] = self._wording.told(k, pairs)
        return self._known[k, pairs]

    @cached_property
    def _wording(self) -> Shared:
        return Shared.of([item.text for item in self._items])

    def _lines_below(self, m: int) -> list[int]:
        below: list[int] = []
        for k in range(m + 1, min(m + 1 + BELOW, len(self._items))):
            if self._items[k].role is not Role.BODY or self._items[k].lede is not None:
                break
            below.append(k)
        return below

    def _article(self, n: int) -> tuple[int, int]:
        """The wording of the text of an item's article down to there, and of its headline."""
        if n not in self._above:
            text = heads = 0
            k = n
            while k >= 0 and self._items[k].role is not Role.HEADING:
                text |= self._wording.shared[k]
                k -= 1
            while k >= 0 and self._items[k].role is Role.HEADING:
                heads |= self._wording.shared[k]
                k -= 1
            self._above[n] = text, heads
        return self._above[n]

    def _around(self, n: int) -> int:
        """The wording of an item and of those before it under the same heading."""
        if n not in self._arounds:
            out = 0
            for k in range(n, max(-1, n - DEPTH), -1):
                out |= self._wording.shared[k]
                if self._items[k].role is Role.HEADING:
                    break
            self._arounds[n] = out
        return self._arounds[n]
