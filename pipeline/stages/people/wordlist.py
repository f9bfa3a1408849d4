"""Where a text has words of a list.

Two characters tell for nearly every place of a text that no word of the list begins there; what is left is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from pipeline.stages.people.arrays import MARGIN, Codes, Ints, Table, key_of, pack


class WordList:
    """Words of two characters and more, found wherever a text has them."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(word for word in words if len(word) > 1)
        self._pairs = Table({word[:2]: 0.0 for word in self._words})
        self._opens, self._follows = np.zeros(65536, bool), np.zeros(65536, bool)
        self._opens[self._pairs.keys >> np.uint64(16)] = True
        self._follows[self._pairs.keys & np.uint64(0xFFFF)] = True
        #: By length, which pairs (by their place in the table) begin a word of this length.
        self._begins = {length: np.zeros(len(self._pairs.keys), bool) for length in sorted({len(word) for word in self._words})}
        for word in self._words:
            self._begins[len(word)][np.searchsorted(self._pairs.keys, np.uint64(key_of(word[:2])))] = True

    def find(self, text: str, codes: Codes) -> tuple[Ints, Ints]:
        """Where words begin and end in a text, all that overlap too, in the order of their beginnings."""
        at = np.flatnonzero(self._opens[codes[:-1]] & self._follows[codes[1:]])
        place = self._pairs.places(pack(codes, at, 2))
        at, place = at[place >= 0] - MARGIN, place[place >= 0]
        starts: list[Ints] = []
        for length, begins in self._begins.items():
            here = at[begins[place] & (at + length <= len(text))]
            if length > 2:
                here = here[[text[start : start + length] in self._words for start in here.tolist()]]
            starts.append(here)
        lengths = np.repeat(np.array(list(self._begins), np.int64), [len(here) for here in starts])
        found = np.concatenate([np.zeros(0, np.int64), *starts])
        order = np.argsort(found, kind="stable")
        return found[order], (found + lengths)[order]
