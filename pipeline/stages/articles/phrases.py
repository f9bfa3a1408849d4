"""How much likelier two pieces of text are together than apart: a small model of words, alone and in pairs.

The seam model of `joints.py` knows what reports say. This one knows ordinary language, how often each of some thousand words
occurs and which go with which (`phrases.npz`; `NOTICE.md` says where from, `opengram.py` how): 一声令|下 is one word,
a 救护车 is 一辆, one is 躺了|很久. Text is read as whatever words make it likeliest.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.uint64]

MODEL = Path(__file__).with_name("phrases.npz")
#: The longest words of the model; logarithms are stored as whole numbers, so many for each unit.
LONGEST = 4
STEPS = 8
#: What a character costs that is no word of the model.
UNKNOWN = 128
#: So many characters on each side of a seam are looked at.
REACH = 5
#: Before the first word of a text nothing stands that tells anything; before that of a paragraph, a sentence's end.
_NOTHING, _STOP = -1, "。"


class _Words(NamedTuple):
    """Words by their text; how rare each is, what changes where a pair is not listed, and the pairs of each: where its first
    is, what their second words are, and how much they gain."""

    number: dict[str, int]
    rarity: list[int]
    retreat: list[int]
    begins: list[int]
    second: array[int]
    gain: bytes


def cohesion(before: str, after: str) -> float:
    """How much likelier the end of one text and the beginning of another are as one than each for itself, the second as the
    beginning of a paragraph or as any piece of text: a logarithm."""
    return _cohesion(before[-REACH:], after[:REACH])


def rarities(firsts: Codes, seconds: Codes) -> npt.NDArray[np.float64]:
    """How rare pairs of characters are together: as words, or else as one after the other by chance, which is half as telling."""
    singles, pairs, rarity = _rarities()
    both = singles[np.minimum(firsts, len(singles) - 1)] + singles[np.minimum(seconds, len(singles) - 1)]
    wanted = firsts << np.uint64(32) | seconds
    found = np.minimum(np.searchsorted(pairs, wanted), len(pairs) - 1)
    return np.where(pairs[found] == wanted, rarity[found], both / 2) / STEPS


@cache
def _rarities() -> tuple[npt.NDArray[np.int64], Codes, npt.NDArray[np.int64]]:
    """How rare characters are as words, by their codes; words of two characters, and how rare they are."""
    model = _model()
    singles = np.full(1 << 16, UNKNOWN, dtype=np.int64)
    pairs: list[tuple[int, int]] = []
    for word, n in model.number.items():
        if len(word) == 1 and ord(word) < len(singles) - 1:
            singles[ord(word)] = model.rarity[n]
        elif len(word) == 2:
            pairs.append((ord(word[0]) << 32 | ord(word[1]), model.rarity[n]))
    pairs.sort()
    return singles, np.array([code for code, _ in pairs], dtype=np.uint64), np.array([rare for _, rare in pairs], dtype=np.int64)


@lru_cache(maxsize=1 << 15)
def _cohesion(before: str, after: str) -> float:
    together = _cost_of_both(before, after) - _cost(before, _NOTHING)
    alone = _cost(after, _NOTHING) + _cost(after, _model().number.get(_STOP, _NOTHING))
    return (alone / 2 - together) / STEPS


@lru_cache(maxsize=1 << 12)
def _cost(text: str, previous: int) -> int:
    """The least cost of a text that stands after a word."""
    return min(_ways(text, previous, len(text))[-1].values())


def _cost_of_both(before: str, after: str) -> int:
    """The least cost of two texts as one; all that ends before the seam is known from the first."""
    seam = len(before)
    ways = [*_ways(before, _NOTHING, seam + len(after)), *({} for _ in after)]
    _go_on(ways, before + after, max(0, seam + 1 - LONGEST), seam)
    return min(ways[-1].values())


@lru_cache(maxsize=1 << 12)
def _ways(text: str, previous: int, length: int) -> list[dict[int, int]]:
    """The least costs up to each place in a text that stands after a word, and is part of one so long: over all ways of cutting
    it into words, by the last word of each."""
    ways: list[dict[int, int]] = [{} for _ in range(len(text) + 1)]
    ways[0][previous] = 0
    _go_on(ways, text, 0, 0, UNKNOWN * length)
    return ways


def _go_on(ways: list[dict[int, int]], text: str, start: int, known: int, most: int = 0) -> None:
    """Fills in the ways to the places behind `known`, by words from `start` on."""
    number, rarity, retreat, begins, second, gain = _model()
    most = most or UNKNOWN * len(text)
    for at in range(start, len(text)):
        here = ways[at]
        for end in range(max(at, known) + 1, min(at + LONGEST, len(text)) + 1):
            word = number.get(text[at:end], _NOTHING)
            there = ways[end]
            if word == _NOTHING:
                if end > at + 1:
                    continue
                cost = min(here.values()) + UNKNOWN
            else:
                least = most
                for last, so_far in here.items():
                    if last != _NOTHING:
                        so_far -= retreat[last]
                        first, stop = begins[last], begins[last + 1]
                        found = bisect_left(second, word, first, stop)
                        if found < stop and second[found] == word:
                            so_far -= STEPS * gain[found]
                    if so_far < least:
                        least = so_far
                cost = least + rarity[word]
            if word not in there or cost < there[word]:
                there[word] = cost


@cache
def _model() -> _Words:
    with np.load(MODEL) as stored:
        words = stored["words"].tobytes().decode().split("\n")
        begins = np.concatenate([[0], np.cumsum(stored["pairs"], dtype=np.int64)])
        steps = (stored["high"].astype(np.int64) << 8) + stored["low"]
        sums = np.cumsum(steps)
        # The steps of every word's pairs begin anew.
        before = np.concatenate([[0], sums])[begins[:-1]]
        second = sums - np.repeat(before, np.diff(begins))
        return _Words(
            {word: n for n, word in enumerate(words)},
            stored["rarity"].tolist(),
            stored["retreat"].tolist(),
            begins.tolist(),
            array("H", second.astype(np.uint16).tobytes()),
            stored["gain"].tobytes(),
        )
