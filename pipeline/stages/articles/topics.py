"""Which article of a page a piece of text shares its wording with."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from pipeline.stages.articles.items import Item, Role
from pipeline.stages.articles.phrases import rarity

#: An article is looked at so many items back from where a piece of it stands.
DEPTH = 6
#: What stands so many lines below a piece, with no heading between, mostly speaks of the same.
BELOW = 2
#: Pairs of characters that are no rarer than this in ordinary language (一个, 今年) tell nothing; what is so much rarer tells all.
PLAIN, TELLING = 5.0, 6.5


class Topics:
    """The wording of a page's items: their pairs of characters; those weigh most that are rare on the page and in the language."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = items
        self._weights: dict[str, float] = {}
        self._totals: dict[int, float] = {}
        self._tells: dict[int, tuple[dict[str, float], float]] = {}
        self._arounds: dict[int, frozenset[str]] = {}
        self._above: dict[int, tuple[int, frozenset[str], frozenset[str]]] = {}
        self._shared: dict[tuple[int, int, bool], float] = {}

    def leaning(self, n: int, m: int) -> float:
        """How much more of the wording of `m` stands in the article of `n` than in the text before `m`: -1 to 1."""
        self._count()
        own = self._items[m].pairs()
        if m not in self._totals:
            self._totals[m] = math.fsum(self._weights[pair] for pair in own)
        if not self._totals[m]:
            return 0.0
        there, here = own & self._around(n), own & self._around(m - 1)
        return (math.fsum(self._weights[pair] for pair in there - here) - math.fsum(self._weights[pair] for pair in here - there)) / self._totals[m]

    def told(self, n: int, m: int) -> tuple[float, float, float]:
        """How much telling wording the line `m` shares with the headline over `n`; the lines right below it, with the text
        between that headline and `n`, and with the headline."""
        self._count()
        below: list[int] = []
        for k in range(m + 1, min(m + 1 + BELOW, len(self._items))):
            if self._items[k].role is not Role.BODY or self._items[k].lede is not None:
                break
            below.append(k)
        return self._with(m, n, headline=True), sum(self._with(k, n) for k in below), sum(self._with(k, n, headline=True) for k in below)

    def _with(self, m: int, n: int, *, headline: bool = False) -> float:
        start, text, heads = self._article(n)
        key = (m, start if headline else -1 - n, headline)
        if key not in self._shared:
            tells, total = self._tell(m)
            common = tells.keys() & (heads if headline else text)
            self._shared[key] = math.fsum(tells[pair] for pair in common) / total if common else 0.0
        return self._shared[key]

    def _tell(self, m: int) -> tuple[dict[str, float], float]:
        """The telling pairs of an item, and what shares of its wording are measured by."""
        if m not in self._tells:
            rare = {pair: min(1.0, (rarity(pair) - PLAIN) / TELLING) for pair in self._items[m].pairs()}
            tells = {pair: 2 * weight * self._weights[pair] for pair, weight in rare.items() if weight > 0}
            self._tells[m] = (tells, math.sqrt(1 + math.fsum(tells.values())))
        return self._tells[m]

    def _count(self) -> None:
        if not self._weights:
            counts = Counter(pair for item in self._items for pair in item.pairs())
            self._weights = {pair: math.log(len(self._items) / count) for pair, count in counts.items()}

    def _article(self, n: int) -> tuple[int, frozenset[str], frozenset[str]]:
        """Where the article of an item begins, the wording of its text down to there, and of its headline."""
        if n not in self._above:
            text: set[str] = set()
            k = n
            while k >= 0 and self._items[k].role is not Role.HEADING:
                text |= self._items[k].pairs()
                k -= 1
            heads: set[str] = set()
            while k >= 0 and self._items[k].role is Role.HEADING:
                heads |= self._items[k].pairs()
                k -= 1
            self._above[n] = (k + 1, frozenset(text), frozenset(heads))
        return self._above[n]

    def _around(self, n: int) -> frozenset[str]:
        """The wording of an item and of those before it under the same heading."""
        if n not in self._arounds:
            out: set[str] = set()
            for k in range(n, max(-1, n - DEPTH), -1):
                out |= self._items[k].pairs()
                if self._items[k].role is Role.HEADING:
                    break
            self._arounds[n] = frozenset(out)
        return self._arounds[n]
