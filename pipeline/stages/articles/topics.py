"""Which article of a page a piece of text shares its wording with."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import chain, groupby
from operator import itemgetter

from pipeline.stages.articles.items import Item, Role
from pipeline.stages.articles.phrases import rarity

#: An article is looked at so many items back from where a piece of it stands.
DEPTH = 6
#: What stands so many lines below a piece, with no heading between, mostly speaks of the same.
BELOW = 2
#: Pairs of characters that are no rarer than this in ordinary language (一个, 今年) tell nothing; what is so much rarer tells all.
PLAIN, TELLING = 5.0, 6.5


class _Telling(dict[str, float]):
    """How much a pair of characters tells, from nothing to all; found out when first asked for."""

    def __missing__(self, pair: str) -> float:
        self[pair] = found = max(0.0, min(1.0, (rarity(pair) - PLAIN) / TELLING))
        return found


#: Of so many pairs at most it is remembered.
_MOST_TOLD = 1 << 17
_TOLD = _Telling()


class Topics:
    """The wording of a page's items: their pairs of characters; those weigh most that are rare on the page and in the language.

    Only pairs that several items have can be shared. Each is a bit, and what items share is told by whole numbers; bits whose
    pairs are equally rare on the page stand together.
    """

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = items
        self._counts: Counter[str] = Counter()
        #: What a pair weighs that so many items have.
        self._weights: list[float] = []
        self._bits: dict[str, int] = {}
        self._classes: list[tuple[float, int]] = []
        self._own: list[int] = []
        self._totals: dict[int, float] = {}
        self._tells: dict[int, tuple[list[tuple[int, float]], float]] = {}
        self._arounds: dict[int, int] = {}
        self._above: dict[int, tuple[int, int]] = {}
        self._below: dict[int, list[int]] = {}

    def leaning(self, n: int, m: int) -> float:
        """How much more of the wording of `m` stands in the article of `n` than in the text before `m`: -1 to 1."""
        self._count()
        if m not in self._totals:
            self._totals[m] = math.fsum(map(self._weights.__getitem__, map(self._counts.__getitem__, self._items[m].pairs())))
        if not self._totals[m]:
            return 0.0
        there, here = self._own[m] & self._around(n), self._own[m] & self._around(m - 1)
        return (self._worth(there & ~here) - self._worth(here & ~there)) / self._totals[m]

    def told(self, n: int, m: int) -> tuple[float, float, float]:
        """How much telling wording the line `m` shares with the headline over `n`; the lines right below it, with the text
        between that headline and `n`, and with the headline."""
        self._count()
        if m not in self._below:
            self._below[m] = self._lines_below(m)
        text, heads = self._article(n)
        below = self._below[m]
        return self._told_in(m, heads), sum(self._told_in(k, text) for k in below), sum(self._told_in(k, heads) for k in below)

    def _lines_below(self, m: int) -> list[int]:
        below: list[int] = []
        for k in range(m + 1, min(m + 1 + BELOW, len(self._items))):
            if self._items[k].role is not Role.BODY or self._items[k].lede is not None:
                break
            below.append(k)
        return below

    def _told_in(self, m: int, wording: int) -> float:
        if m not in self._tells:
            self._tells[m] = self._tell(m)
        tells, total = self._tells[m]
        return math.fsum(weight for bit, weight in tells if bit & wording) / total

    def _tell(self, m: int) -> tuple[list[tuple[int, float]], float]:
        """The telling pairs of an item that others have too, and what shares of its wording are measured by."""
        own = list(self._items[m].pairs())
        weights = [
            2 * weight * told
            for weight, told in zip(map(self._weights.__getitem__, map(self._counts.__getitem__, own)), map(_TOLD.__getitem__, own), strict=True)
        ]
        bits = self._bits
        return [(bits[pair], weight) for pair, weight in zip(own, weights, strict=True) if weight and pair in bits], math.sqrt(1 + math.fsum(weights))

    def _count(self) -> None:
        if self._weights:
            return
        if len(_TOLD) > _MOST_TOLD:
            _TOLD.clear()
        wordings = [item.pairs() for item in self._items]
        self._counts.update(chain.from_iterable(wordings))
        self._weights = [0.0, *(math.log(len(self._items) / count) for count in range(1, len(self._items) + 1))]
        at = 0
        shared = sorted((count, pair) for pair, count in self._counts.items() if count > 1)
        for count, alike in groupby(shared, key=itemgetter(0)):
            start = at
            for _, pair in alike:
                self._bits[pair] = 1 << at
                at += 1
            self._classes.append((self._weights[count], (1 << at) - (1 << start)))
        self._own = [sum(map(self._bits.__getitem__, own & self._bits.keys())) for own in wordings]

    def _worth(self, wording: int) -> float:
        return math.fsum(weight * (wording & alike).bit_count() for weight, alike in self._classes) if wording else 0.0

    def _article(self, n: int) -> tuple[int, int]:
        """The wording of the text of an item's article down to there, and of its headline."""
        if n not in self._above:
            text = heads = 0
            k = n
            while k >= 0 and self._items[k].role is not Role.HEADING:
                text |= self._own[k]
                k -= 1
            while k >= 0 and self._items[k].role is Role.HEADING:
                heads |= self._own[k]
                k -= 1
            self._above[n] = text, heads
        return self._above[n]

    def _around(self, n: int) -> int:
        """The wording of an item and of those before it under the same heading."""
        if n not in self._arounds:
            out = 0
            for k in range(n, max(-1, n - DEPTH), -1):
                out |= self._own[k]
                if self._items[k].role is Role.HEADING:
                    break
            self._arounds[n] = out
        return self._arounds[n]
