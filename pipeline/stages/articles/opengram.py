"""Making `phrases.npz`, which words go with which, from the language model of the project open-gram.

The model comes as two files of the input method SunPinyin (Debian's package `sunpinyin-data`): `pydict_sc.bin` holds the words
in the order of their numbers, `lm_sc.t3g` how likely each is alone, after one other and after two. Kept are its most
frequent words and those pairs that tell most: pairs that are frequent, and much more so than their words alone would be.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pipeline.stages.articles.phrases import LONGEST, MODEL, STEPS

#: How many words and pairs are kept, and how many times likelier than by chance a pair is at least (as a logarithm).
WORDS, PAIRS, LEAST = 25_000, 250_000, 0.7
#: How `lm_sc.t3g` begins: two numbers, four sizes of levels, and the probabilities that its entries point to.
_HEAD, _CHANCES, _RETREATS = 6, 1 << 16, 1 << 14
#: Numbers below this stand for sentence ends, numbers and the like; the bits of a node that hold a word's number.
_FIRST_WORD, _NUMBER = 70, (1 << 18) - 1
_SENTENCE_END = "。"

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Counts:
    """A model of pairs: its words, how likely each is, by what factor that changes where a pair is not listed; and of every
    listed pair its words and how likely the second is after the first."""

    words: list[str]
    alone: Floats
    retreat: Floats
    first: Numbers
    second: Numbers
    after: Floats


def read(folder: Path) -> Counts:
    """The model as the two files in a folder hold it."""
    names = _names((folder / "pydict_sc.bin").read_bytes())
    stored = (folder / "lm_sc.t3g").read_bytes()
    sizes = [int(size) for size in np.frombuffer(stored, "<u4", _HEAD)[2:]]
    at = 4 * _HEAD
    chances = np.frombuffer(stored, "<f4", _CHANCES, at).astype(np.float64)
    at += 4 * _CHANCES
    retreats = np.frombuffer(stored, "<f4", _RETREATS, at).astype(np.float64)
    at += 4 * _RETREATS + 12 * sizes[0]
    # A node is three numbers: a word and its retreat; its chance and the low half of where its pairs begin; the high half.
    single = np.frombuffer(stored, "<u4", 3 * sizes[1], at).reshape(-1, 3)
    at += 12 * sizes[1]
    double = np.frombuffer(stored, "<u4", 3 * sizes[2], at).reshape(-1, 3)
    numbers = (single[:-1, 0] & _NUMBER).astype(np.int64)
    begins = (single[:, 2] >> 25 << 16 | single[:, 1] >> 16).astype(np.int64)
    first = np.repeat(np.arange(len(numbers)), np.diff(begins))
    double = double[: len(first)]
    place = np.full(int(_NUMBER) + 1, -1, dtype=np.int64)
    place[numbers] = np.arange(len(numbers))
    second = place[double[:, 0] & _NUMBER]
    known = second >= 0
    return Counts(
        [names[number] if number >= _FIRST_WORD else "" for number in numbers],
        np.maximum(chances[single[:-1, 1] & 0xFFFF], 1e-12),
        np.maximum(retreats[single[:-1, 0] >> 18], 1e-12),
        first[known],
        second[known],
        chances[double[:, 1] & 0xFFFF][known],
    )


def _names(stored: bytes) -> list[str]:
    """The words of the dictionary, by their numbers: they end its file, four bytes a character."""
    start = int(np.frombuffer(stored, "<u4", 3)[2])
    return stored[start:].decode("utf-32-le").split("\0")


def compress(counts: Counts, target: Path = MODEL, *, words: int = WORDS, pairs: int = PAIRS) -> int:
    """Keeps the words and pairs that tell most, writes them to `target`, and gives how many pairs there are."""
    usable = np.array([0 < len(word) <= LONGEST for word in counts.words])
    order = np.argsort(np.where(usable, -counts.alone, 1.0), kind="stable")[: min(words, int(usable.sum()))]
    rank = np.full(len(counts.words), -1, dtype=np.int64)
    rank[order] = np.arange(len(order))
    both = (rank[counts.first] >= 0) & (rank[counts.second] >= 0)
    first, second, after = counts.first[both], counts.second[both], counts.after[both]
    gain = np.log(after / (counts.alone[second] * counts.retreat[first]))
    worth = np.where(gain > LEAST, counts.alone[first] * after * gain, 0.0)
    best = np.argsort(-worth, kind="stable")[: min(pairs, int((worth > 0).sum()))]
    a, b, gain = rank[first[best]], rank[second[best]], gain[best]
    sort = np.lexsort((b, a))
    a, b, gain = a[sort], b[sort], gain[sort]
    # Second words are stored as steps from one to the next, high and low bytes apart, for they compress better so.
    steps = np.where(np.diff(a, prepend=-1) != 0, b, np.diff(b, prepend=0)).astype(np.uint16)
    np.savez_compressed(
        target,
        words=np.frombuffer("\n".join(counts.words[n] for n in order).encode(), np.uint8),
        rarity=np.clip(np.round(-np.log(counts.alone[order]) * STEPS), 0, 255).astype(np.uint8),
        retreat=np.clip(np.round(np.log(counts.retreat[order]) * STEPS), -127, 127).astype(np.int8),
        pairs=np.bincount(a, minlength=len(order)).astype(np.uint16),
        high=(steps >> 8).astype(np.uint8),
        low=(steps & 0xFF).astype(np.uint8),
        gain=np.clip(np.round(gain), 1, 8).astype(np.uint8),
    )
    return len(best)
