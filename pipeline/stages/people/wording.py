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

from pipeline.stages.people.arrays import Codes, Floats, Ints, Table, by_character, key_of, pack, ranges

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
    #: Words of two characters, and what longer ones begin with, which counts nothing by itself.
    pairs: Table
    #: By a pair's place in the table how long the words are that it begins: a bit a length.
    onward: npt.NDArray[np.uint8]
    longer: Mapping[int, Table]

    @classmethod
    def of(cls, words: Mapping[str, float]) -> Lexicon:
        """The lexicon of these words."""
        by_length: dict[int, dict[str, float]] = {length: {} for length in range(1, LONGEST + 1)}
        for word, count in words.items():
            if len(word) in by_length:
                by_length[len(word)][word] = count
        longer = [word for length in range(3, LONGEST + 1) for word in by_length[length]]
        pairs = Table({word[:2]: 0.0 for word in longer} | by_length[2])
        onward = np.zeros(len(pairs.keys), np.uint8)
        for word in longer:
            onward[np.searchsorted(pairs.keys, np.uint64(key_of(word[:2])))] |= 1 << len(word)
        tables = {length: Table(by_length[length]) for length in range(3, LONGEST + 1)}
        return cls(by_character(by_length[1], UNKNOWN, UNKNOWN), pairs, onward, tables)

    def counts(self, codes: Codes, at: Ints) -> dict[int, Floats]:
        """By length, for each of these positions the count of the word that begins there, 0 where none does."""
        place = self.pairs.places(pack(codes, at, 2))
        known = np.flatnonzero(place >= 0)
        place = place[known]
        counts = {length: np.zeros(len(at), np.float32) for length in range(2, LONGEST + 1)}
        counts[2][known] = self.pairs.values[place]
        onward = self.onward[place]
        for length, table in self.longer.items():
            here = known[onward & np.uint8(1 << length) > 0]
            counts[length][here] = table.of(pack(codes, at[here], length))
        return counts


class Wording:
    """The best reading of a text as ordinary words, made where it is asked for: most runs of a text hold nothing like a name."""

    def __init__(self, lexicon: Lexicon, codes: Codes) -> None:
        self._lexicon, self._codes = lexicon, codes
        self._starts, self._ends = _runs((codes >= 0x4E00) & (codes < 0xA000))
        self._is_read = np.zeros(len(self._ends), bool)
        #: By length, the logarithm of the count of the word that begins at each position that was read.
        self.counts = {length: np.zeros(len(codes), np.float32) for length in range(2, LONGEST + 1)}
        self._forward, self._backward, self._whole = (np.zeros(len(codes), np.float32) for _ in range(3))
        #: By position the end of the piece it stands in.
        self._stop = np.zeros(len(codes), np.int64)

    def read(self, *positions: Ints) -> None:
        """Read the runs in which these positions stand; what was read is not read again."""
        if not len(self._ends):
            return
        wanted = np.zeros(len(self._ends), bool)
        for at in positions:
            run = np.minimum(np.searchsorted(self._ends, at, side="right"), len(self._ends) - 1)
            wanted[run[self._starts[run] <= at]] = True
        new = np.flatnonzero(wanted & ~self._is_read)
        if not len(new):
            return
        self._is_read[new] = True
        # Each run with one character more, so that what is best up to its end has a place of its own.
        sizes = self._ends[new] - self._starts[new] + 1
        at = ranges(self._starts[new], self._ends[new] + 1)
        counts = self._lexicon.counts(self._codes, at)
        alone = (self._lexicon.single[self._codes[at]] - TOTAL) * LN10
        gains = {length: _gain(count, alone, length) for length, count in counts.items()}
        ends = np.cumsum(sizes) - 1
        starts, ends = _pieces(ends - sizes + 1, ends)
        # Pieces without a word lose nothing.
        told = np.add.reduceat(np.maximum.reduce(list(counts.values())) > 0, starts) > 0
        forward = _best(gains, starts[told], ends[told], 1)
        self._forward[at], self._backward[at] = forward, _best(gains, starts[told], ends[told], -1)
        inside = at[ranges(starts, ends)]
        self._whole[inside] = np.repeat(forward[ends], ends - starts)
        self._stop[inside] = np.repeat(at[ends], ends - starts)
        for length, count in counts.items():
            self.counts[length][at] = count

    def lost(self, starts: Ints, ends: Ints) -> Floats:
        """What reading the text as words is worth beyond reading it with these stretches taken out."""
        self.read(starts)
        # A stretch that leaves its piece is looked at as far as the piece goes.
        stops = np.minimum(ends, self._stop[starts])
        lost: Floats = self._whole[starts] - self._forward[starts] - self._backward[stops]
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


def _runs(inside: npt.NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Where runs of Chinese characters begin and end."""
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    return edges[::2], edges[1::2]


def _pieces(starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """The same runs, long ones cut."""
    counts = -(-(ends - starts) // PIECE)
    firsts = np.repeat(np.cumsum(counts) - counts, counts)
    cut = np.repeat(starts, counts) + PIECE * (np.arange(len(firsts)) - firsts)
    return cut, np.minimum(cut + PIECE, np.repeat(ends, counts))


def _best(gains: Mapping[int, Floats], starts: Ints, ends: Ints, way: int) -> Floats:
    """For each position the most that words gain between it and its piece's beginning (its end, the other way); all pieces are read in step."""
    best = np.zeros(len(next(iter(gains.values()))), np.float32)
    order = np.argsort(starts - ends, kind="stable")
    begin, lengths = (starts if way > 0 else ends)[order], (ends - starts)[order]
    longest = int(lengths[0]) if len(lengths) else 0
    left = np.searchsorted(-lengths, -np.arange(1, longest + 1), side="right")
    # What is best so many steps from where each piece begins, for the last few steps: pieces side by side, so that most is read in order.
    rows = [np.zeros(len(begin), np.float32)]
    for step in range(1, longest + 1):
        n = left[step - 1]
        at = begin[:n] + way * step
        value = rows[-1][:n]
        for length, gain in gains.items():
            if length <= step:
                value = np.maximum(value, rows[-length][:n] + gain[at - length if way > 0 else at])
        best[at] = value
        rows = [*rows[-LONGEST:], value]
    return best
