"""Wording that texts of a page share: their pairs of characters, rare ones weighing most."""

from __future__ import annotations

import math
from collections.abc import Sequence
from operator import add
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint64]
#: A character's code takes no more bits than this.
WIDTH = 21
_BOTH = np.uint64((1 << 2 * WIDTH) - 1)


def pairs(text: str) -> set[str]:
    """The pairs of letters and characters of a text; its numbers say little about what it speaks of."""
    return set(filter(str.isalpha, map(add, text, text[1:])))


class Counted(NamedTuple):
    """The pairs of some texts: those there are, by the codes of their characters, and how many texts have each; and for every
    pair of every text whose it is and which."""

    known: Codes
    counts: Ints
    owner: Ints
    which: Ints

    @classmethod
    def of(cls, texts: Sequence[str]) -> Counted:
        owner, codes = _pairs_of(texts)
        known, which, counts = np.unique(codes, return_inverse=True, return_counts=True)
        return cls(known, counts, owner, which)


def _pairs_of(texts: Sequence[str]) -> tuple[Ints, Codes]:
    page = "\n".join(texts)
    codes = np.frombuffer(page.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    alpha = np.fromiter(map(str.isalpha, page), dtype=bool, count=len(page))
    owners = np.repeat(np.arange(len(texts), dtype=np.uint64), [len(text) + 1 for text in texts])[: max(0, len(page) - 1)]
    every = owners << np.uint64(2 * WIDTH) | codes[:-1].astype(np.uint64) << np.uint64(WIDTH) | codes[1:]
    distinct = np.unique(every[alpha[:-1] & alpha[1:]])
    return (distinct >> np.uint64(2 * WIDTH)).astype(np.int64), distinct & _BOTH


class Wording:
    """What each of some texts, which may have several lines, shares with the others."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._size = len(texts)
        # The separator of texts must not stand inside one.
        self._counted = Counted.of([text.replace("\n", " ") for text in texts])
        self._weights = np.log((len(texts) + 1) / self._counted.counts)

    def likeness(self) -> list[dict[int, float]]:
        """For each text those it shares wording with, and how much: 0 is nothing, 1 the same text."""
        _, counts, owner, which = self._counted
        places = np.flatnonzero(counts[which] > 1)
        places = places[np.argsort(which[places], kind="stable")]
        pair, text = which[places], owner[places]
        # Those that have a pair stand together: each is set beside the next, the one after that, and so on.
        both: list[Ints] = []
        weights: list[npt.NDArray[np.float64]] = []
        for step in range(1, int(counts.max(initial=1))):
            same = np.flatnonzero(pair[step:] == pair[:-step])
            both.append(text[same] * self._size + text[same + step])
            weights.append(self._weights[pair[same]])
        out: list[dict[int, float]] = [{} for _ in range(self._size)]
        if not both:
            return out
        shared = np.bincount(np.concatenate(both), np.concatenate(weights), self._size**2)
        totals = np.bincount(owner, self._weights[which], self._size)
        found = np.flatnonzero(shared)
        first, second = found // self._size, found % self._size
        like = shared[found] / np.sqrt(totals[first] * totals[second])
        for n, m, weight in zip(first.tolist(), second.tolist(), like.tolist(), strict=True):
            out[n][m] = out[m][n] = weight
        return out

    def repeated(self, lines: Sequence[str]) -> list[dict[int, float]]:
        """For each of some lines the share of its wording that each text repeats, of those that repeat any."""
        known, _, owner, which = self._counted
        line, codes = _pairs_of(lines)
        at = np.minimum(np.searchsorted(known, codes), max(0, len(known) - 1))
        there = known[at] == codes if len(known) else np.zeros(len(codes), dtype=bool)
        weights = np.where(there, self._weights[at] if len(known) else 0.0, math.log(self._size + 1))
        totals = np.bincount(line, weights, len(lines)).tolist()
        starts = np.searchsorted(which, np.arange(len(known) + 1), sorter=(order := np.argsort(which, kind="stable")))
        out: list[dict[int, float]] = [{} for _ in lines]
        for n, pair, weight in zip(line[there].tolist(), at[there].tolist(), weights[there].tolist(), strict=True):
            share = weight / totals[n]
            for text in owner[order[starts[pair] : starts[pair + 1]]].tolist():
                out[n][text] = out[n].get(text, 0.0) + share
        return out
