"""How likely it is that one piece of text goes on with another: two small language models, of the seam and of beginnings.

Both are logistic regressions over character n-grams, hashed into a table of signed bytes (`joints.npz`; `NOTICE.md` says
what they were learnt from, `training.py` how). The first sees both sides of a seam and was trained to tell the true
continuation of a cut paragraph from another cut's continuation and from the beginning of a paragraph. The second sees one
line's first characters and tells whether it begins in the middle of a sentence.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from pipeline.stages.dictionary import words

#: Two to this power is the size of the table; most of its weights are zero.
BITS = 21
MASK = (1 << BITS) - 1
#: Characters looked at on each side of the seam.
REACH = 4
#: Stands where a side is shorter than that.
PAD = "\N{SYMBOL FOR NULL}"

#: Which characters make up each feature: how many before the seam and how many after it.
SHAPES = ((1, 1), (2, 1), (1, 2), (2, 2), (3, 1), (1, 3), (3, 2), (2, 3), (4, 1), (0, 1), (0, 2), (0, 3), (1, 0), (2, 0))
#: How much of a line's beginning is looked at, and which stretches of it are features.
OPENING = 8
SPANS = ((0, 1), (0, 2), (0, 3), (0, 4), (1, 2), (1, 3), (1, 4), (2, 3), (2, 4), (3, 5), (4, 6))
MULTIPLIER = 0x01000193
MODEL = Path(__file__).with_name("joints.npz")

_ORDER = "，、。；：”）》"
_MARKS = frozenset(_ORDER)
_CLASSES = re.compile(r"[0-9]|[A-Za-z]")


def continues(before: str, after: str) -> float:
    """Log-odds that `after` goes on where `before` breaks off."""
    left, right = _left(before[-REACH:]), _right(after[:REACH])
    table = _model("")
    weights = table.weights
    total = left.total + right.total
    first, second, third = right.codes
    for key in left.keys[0]:
        key = (key ^ first) * MULTIPLIER & 0xFFFFFFFF
        total += weights[(key ^ key >> BITS) & MASK]
    for key in left.keys[1]:
        key = (((key ^ first) * MULTIPLIER & 0xFFFFFFFF) ^ second) * MULTIPLIER & 0xFFFFFFFF
        total += weights[(key ^ key >> BITS) & MASK]
    for key in left.keys[2]:
        key = (((key ^ first) * MULTIPLIER & 0xFFFFFFFF) ^ second) * MULTIPLIER & 0xFFFFFFFF
        key = (key ^ third) * MULTIPLIER & 0xFFFFFFFF
        total += weights[(key ^ key >> BITS) & MASK]
    return (total + weights[_words_at(left, right)]) * table.scale + table.bias


class _Side(NamedTuple):
    """What one side of a seam adds by itself; its last (or first) characters, and what a dictionary says of them alone. Of the
    left side the keys of features of both sides, so far, by how many characters of the right they take; of the right the codes
    of its characters."""

    total: int
    ends: tuple[str, ...]
    known: int
    keys: tuple[tuple[int, ...], ...] = ()
    codes: tuple[int, int, int] = (0, 0, 0)


@lru_cache(maxsize=1 << 13)
def _left(before: str) -> _Side:
    text = (PAD * REACH + plain(before))[-REACH:]
    keys = {(a, b): _key(n + 1, text[REACH - a :]) for n, (a, b) in enumerate(SHAPES)}
    both = tuple(tuple(key for (a, b), key in keys.items() if a and b == taken) for taken in (1, 2, 3))
    total = sum(_weight(key) for (_, b), key in keys.items() if not b)
    known = words()
    return _Side(total, (text[3:], text[2:], text[1:]), (text[2:] in known) << 3 | (text[1:] in known) << 1, both)


@lru_cache(maxsize=1 << 13)
def _right(after: str) -> _Side:
    text = (plain(after) + PAD * REACH)[:REACH]
    total = sum(_weight(_key(n + 1, text[:b])) for n, (a, b) in enumerate(SHAPES) if not a)
    known = words()
    mark = text[1] in _MARKS or 2 * (text[2] in _MARKS)
    code = mark << 10 | (text[:2] in known) << 2 | (text[:3] in known)
    return _Side(total, (text[:1], text[:2], text[:3]), code, codes=(ord(text[0]), ord(text[1]), ord(text[2])))


def _key(key: int, characters: str) -> int:
    for character in characters:
        key = (key ^ ord(character)) * MULTIPLIER & 0xFFFFFFFF
    return key


def _weight(key: int, name: str = "") -> int:
    return _model(name).weights[(key ^ key >> BITS) & MASK]


def begins_inside(text: str) -> float:
    """Log-odds that a line begins in the middle of a sentence."""
    return _begins_inside(text[:OPENING])


@lru_cache(maxsize=1 << 13)
def _begins_inside(start: str) -> float:
    opening = (plain(start) + PAD * OPENING)[:OPENING]
    table = _model("opening_")
    total = sum(_weight(_key(n + 1, opening[a:b]), "opening_") for n, (a, b) in enumerate(SPANS))
    return (total + sum(table.weights[feature] for feature in opening_features(opening))) * table.scale + table.bias


def word_feature(left: str, right: str) -> int:
    """Which of the words around a seam a dictionary knows: those across it, and those that end or begin at it; and
    where the first mark of punctuation stands, for 面，… begins no paragraph."""
    return _words_at(_left(left), _right(right))


def _words_at(left: _Side, right: _Side) -> int:
    known = words()
    (a, aa, aaa), (b, bb, bbb) = left.ends, right.ends
    across = (a + b in known) << 5 | (aa + b in known) << 4 | (a + bb in known) << 3 | (aa + bb in known) << 2
    across |= (aaa + b in known) << 1 | (a + bbb in known)
    return 1 + (across << 4 | left.known | right.known)


def opening_features(opening: str) -> tuple[int, int]:
    """Which of the words at the beginning of a line a dictionary knows; and where its first mark stands, and which."""
    known = words()
    code = 0
    for a, b in ((0, 2), (0, 3), (0, 4), (1, 3), (1, 4), (2, 4)):
        code = code << 1 | (opening[a:b] in known)
    first = next((n for n, character in enumerate(opening) if character in _MARKS), OPENING)
    mark = 1 + _ORDER.index(opening[first]) if first < OPENING else 0
    return 1 + code, 100 + 16 * first + mark


def plain(text: str) -> str:
    """Digits and letters as their class: which digit it is says nothing about a seam."""
    return _CLASSES.sub(lambda found: "0" if found.group().isdigit() else "A", text)


class _Table(NamedTuple):
    weights: memoryview
    scale: float
    bias: float


@cache
def _model(name: str) -> _Table:
    with np.load(MODEL) as stored:
        weights = np.zeros(MASK + 1, dtype=np.int8)
        weights[np.cumsum(stored[f"{name}steps"], dtype=np.int64)] = stored[f"{name}weights"]
        return _Table(memoryview(weights.tobytes()).cast("b"), float(stored[f"{name}scale"]), float(stored[f"{name}bias"]))
