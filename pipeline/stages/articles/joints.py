"""How likely it is that one piece of text goes on with another: a small language model of the seam.

The model is a logistic regression over character n-grams on both sides of a seam, hashed into one table of signed
bytes (`joints.npz`; `NOTICE.md` says what it was learnt from, `training.py` how). It was trained to tell the true
continuation of a cut paragraph from another cut's continuation and from the beginning of a paragraph.
"""

from __future__ import annotations

import pickle
import re
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np

#: Two to this power is the size of the table; most of its weights are zero.
BITS = 21
MASK = (1 << BITS) - 1
#: Characters looked at on each side of the seam.
REACH = 4
#: Stands where a side is shorter than that.
PAD = "\N{SYMBOL FOR NULL}"

#: Which characters make up each feature: how many before the seam and how many after it.
SHAPES = ((1, 1), (2, 1), (1, 2), (2, 2), (3, 1), (1, 3), (3, 2), (2, 3), (4, 1), (0, 1), (0, 2), (0, 3), (1, 0), (2, 0))
MULTIPLIER = 0x01000193
MODEL = Path(__file__).with_name("joints.npz")

_MARKS = frozenset("，、。；：”）》")
_CLASSES = re.compile(r"[0-9]|[A-Za-z]")


def continues(before: str, after: str) -> float:
    """Log-odds that `after` goes on where `before` breaks off."""
    left = (PAD * REACH + plain(before[-REACH:]))[-REACH:]
    right = (plain(after[:REACH]) + PAD * REACH)[:REACH]
    weights, scale, bias = _model()
    total = 0
    for n, (a, b) in enumerate(SHAPES):
        key = n + 1
        for character in left[REACH - a :] + right[:b]:
            key = (key ^ ord(character)) * MULTIPLIER & 0xFFFFFFFF
        total += weights[(key ^ key >> BITS) & MASK]
    return (total + weights[word_feature(left, right)]) * scale + bias


def word_feature(left: str, right: str) -> int:
    """Which of the words around a seam a dictionary knows: those across it, and those that end or begin at it; and
    where the first mark of punctuation stands, for 面，… begins no paragraph."""
    known = words()
    code = right[1] in _MARKS or 2 * (right[2] in _MARKS)
    for a, b in ((1, 1), (2, 1), (1, 2), (2, 2), (3, 1), (1, 3), (2, 0), (0, 2), (3, 0), (0, 3)):
        code = code << 1 | (left[REACH - a :] + right[:b] in known)
    return 1 + code


@cache
def words() -> frozenset[str]:
    """The words of two to four characters in the dictionary that comes with spacy-pkuseg."""
    stored = resources.files("spacy_pkuseg") / "dicts" / "default.pkl"
    return frozenset(word for word in pickle.loads(stored.read_bytes()).split("\n") if 2 <= len(word) <= REACH)


def plain(text: str) -> str:
    """Digits and letters as their class: which digit it is says nothing about a seam."""
    return _CLASSES.sub(lambda found: "0" if found.group().isdigit() else "A", text)


@cache
def _model() -> tuple[memoryview, float, float]:
    with np.load(MODEL) as stored:
        weights = np.zeros(MASK + 1, dtype=np.int8)
        weights[np.cumsum(stored["steps"], dtype=np.int64)] = stored["weights"]
        return memoryview(weights.tobytes()).cast("b"), float(stored["scale"]), float(stored["bias"])
