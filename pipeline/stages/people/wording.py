"""How well ordinary words explain a text, and what they would lose to a name.

A name is believed as far as the text cannot be read without it. Each run of Chinese characters is read in the best
way as words of the table (a Viterbi reading by their frequencies), forwards and backwards; a stretch taken out of the
run then costs what the words are worth that it holds or cuts: nothing for 邱娥国, much for 高兴 in 高兴地.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.stages.people.arrays import Codes, Floats, Ints, Table

#: Words longer than this are none of the table's.
LONGEST = 4
#: The logarithm of all words' counts together, and the count that an unknown character is given.
TOTAL, UNKNOWN = np.float32(7.8), 0.3
#: A run is read in pieces of this many characters, so that one endless run costs no more than many short ones.
PIECE = 40
LN10 = np.float32(np.log(10))


@dataclass(frozen=True)
class Lexicon:
    """Words of one to four characters with the logarithm (to base ten) of their count."""

    single: Floats
    words: Mapping[int, Table]

    def counts(self, codes: Codes, length: int) -> Floats:
        """For each position the count of the word of this length that begins there, 0 where none does."""
        found = np.zeros(len(codes), np.float32)
        last = len(codes) - length + 1
        keys = codes[:last].astype(np.uint64)
        for offset in range(1, length):
            keys = (keys << np.uint64(16)) | codes[offset : last + offset]
        found[:last] = self.words[length].of(keys)
        return found


class Wording:
    """The best reading of one text as ordinary words."""

    def __init__(self, lexicon: Lexicon, codes: Codes) -> None:
        #: By length, the logarithm of the count of the word that begins at each position.
        self.counts = {length: lexicon.counts(codes, length) for length in range(2, LONGEST + 1)}
        alone = (lexicon.single[codes] - TOTAL) * LN10
        gains = {length: _gain(count, alone, length) for length, count in self.counts.items()}
        starts, ends = _pieces((codes >= 0x4E00) & (codes < 0xA000))
        # Pieces without a word lose nothing.
        told = np.add.reduceat(np.maximum.reduce(list(self.counts.values())) > 0, starts) > 0 if len(starts) else np.zeros(0, bool)
        self._forward = _best(gains, starts[told], ends[told], 1)
        self._backward = _best(gains, starts[told], ends[told], -1)
        self._whole, self._ends = self._forward[ends], ends

    def lost(self, starts: Ints, ends: Ints) -> Floats:
        """What reading the text as words is worth beyond reading it with these stretches taken out."""
        if not len(self._ends):
            return np.zeros(len(starts), np.float32)
        piece = np.minimum(np.searchsorted(self._ends, starts, side="right"), len(self._ends) - 1)
        # A stretch that leaves its piece is looked at as far as the piece goes.
        stops = np.minimum(ends, self._ends[piece])
        lost: Floats = (self._whole[piece] - self._forward[starts] - self._backward[stops]).astype(np.float32)
        return np.maximum(lost, 0)


def _gain(count: Floats, alone: Floats, length: int) -> Floats:
    """What a word is worth beyond its characters one by one, by where it begins; nothing could be worth less where there is none."""
    gain = np.full(len(count), -np.inf, np.float32)
    at = np.flatnonzero(count)
    worth = (count[at] - TOTAL) * LN10
    for offset in range(length):
        worth -= alone[at + offset]
    gain[at] = worth
    return gain


def _pieces(inside: npt.NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Where runs of Chinese characters begin and end, long ones cut."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], inside, [False]]).astype(np.int8)))
    starts, ends = edges[::2].astype(np.int64), edges[1::2].astype(np.int64)
    counts = -(-(ends - starts) // PIECE)
    firsts = np.repeat(np.cumsum(counts) - counts, counts)
    cut = np.repeat(starts, counts) + PIECE * (np.arange(len(firsts)) - firsts)
    return cut, np.minimum(cut + PIECE, np.repeat(ends, counts))


def _best(gains: Mapping[int, Floats], starts: Ints, ends: Ints, way: int) -> Floats:
    """For each position the most that words gain between it and its piece's beginning (its end, the other way); all pieces are read in step."""
    best = np.zeros(len(next(iter(gains.values()))) + 1, np.float32)
    order = np.argsort(starts - ends, kind="stable")
    begin, lengths = (starts if way > 0 else ends)[order], (ends - starts)[order]
    left = np.searchsorted(-lengths, -np.arange(1, PIECE + 1), side="right")
    # What is best so many steps from where each piece begins, for the last few steps: pieces side by side, so that most is read in order.
    rows = [np.zeros(len(begin), np.float32)]
    for step in range(1, PIECE + 1):
        n = left[step - 1]
        at = begin[:n] + way * step
        value = rows[-1][:n]
        for length, gain in gains.items():
            if length <= step:
                value = np.maximum(value, rows[-length][:n] + gain[at - length if way > 0 else at])
        best[at] = value
        rows = [*rows[-LONGEST:], value]
    return best
