"""Which of two articles of a page a piece of text shares its wording with."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from pipeline.stages.articles.items import Item, Role

#: An article is looked at so many items back from where a piece of it stands.
DEPTH = 6


class Topics:
    """The wording of a page's items: their pairs of characters, rare ones weighing most."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = items
        self._weights: dict[str, float] = {}

    def leaning(self, n: int, m: int) -> float:
        """How much more of the wording of `m` stands in the article of `n` than in the text before `m`: -1 to 1."""
        if not self._weights:
            counts = Counter(pair for k in range(len(self._items)) for pair in self._items[k].pairs())
            self._weights = {pair: math.log(len(self._items) / count) for pair, count in counts.items()}
        own = self._items[m].pairs()
        total = sum(self._weights[pair] for pair in own)
        if not total:
            return 0.0
        there, here = self._around(n), self._around(m - 1)
        return sum(self._weights[pair] * ((pair in there) - (pair in here)) for pair in own) / total

    def _around(self, n: int) -> set[str]:
        """The wording of an item and of those before it under the same heading."""
        out: set[str] = set()
        for k in range(n, max(-1, n - DEPTH), -1):
            out |= self._items[k].pairs()
            if self._items[k].role is Role.HEADING:
                break
        return out
