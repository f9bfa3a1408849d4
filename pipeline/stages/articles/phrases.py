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


@lru_cache(maxsize=1 << 14)
def rarity(pair: str) -> float:
    """How rare two characters are together: as a word, or else as one after the other by chance, which is half as telling."""
    model = _model()
    word = model.number.get(pair)
    if word is not None:
        return model.rarity[word] / STEPS
    return sum(model.rarity[model.number[one]] if one in model.number else UNKNOWN for one in pair) / 2 / STEPS


@lru_cache(maxsize=1 << 15)
def _cohesion(before: str, after: str) -> float:
    together = _cost(before + after, _NOTHING) - _side(before, _NOTHING)
    alone = _side(after, _NOTHING) + _side(after, _model().number.get(_STOP, _NOTHING))
    return (alone / 2 - together) / STEPS


@lru_cache(maxsize=1 << 12)
def _side(text: str, previous: int) -> int:
    return _cost(text, previous)


def _cost(text: str, previous: int) -> int:
    """The least cost of a text that stands after a word: over all ways of cutting it into words, by the last word of each."""
    model = _model()
    number, rarity, retreat, begins, second, gain = model
    ways: list[dict[int, int]] = [{} for _ in range(len(text) + 1)]
    ways[0][previous] = 0
    for at in range(len(text)):
        here = ways[at]
        if not here:
            continue
        for end in range(at + 1, min(at + LONGEST, len(text)) + 1):
            word = number.get(text[at:end], _NOTHING)
            there = ways[end]
            if word == _NOTHING:
                if end > at + 1:
                    continue
                cost = min(here.values()) + UNKNOWN
            else:
                least = UNKNOWN * len(text)
                for last, so_far in here.items():
                    if last != _NOTHING:
                        so_far -= retreat[last]
                        first, stop = begins[last], begins[last + 1]
                        found = bisect_left(second, word, first, stop)
                        if found < stop and second[found] == word:
                            so_far -= STEPS * gain[found]
                    least = min(least, so_far)
                cost = least + rarity[word]
            if word not in there or cost < there[word]:
                there[word] = cost
    return min(ways[len(text)].values())


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
