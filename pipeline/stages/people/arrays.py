"""A text's characters as arrays, and tables that give stretches of characters a value."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.uint16]
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Keys = npt.NDArray[np.uint64]

#: Characters added on both sides of a text, so that looking around a candidate never leaves the array.
MARGIN = 8
LINE_END = ord("\n")
#: What a character that never serves in a place scores there.
NEVER = -9.0
#: How many slots a table has for each key, and what slots without one key hold.
SPARSE, NOTHING, SEVERAL = 8, -1, -2
#: A Chinese character too rare for the tables is rarer still outside names: 玥, 堃.
RARE = 1.0


class Table:
    """Stretches of characters and their values, looked up by the thousand."""

    def __init__(self, entries: Mapping[str, float]) -> None:
        pairs = sorted((key_of(word), value) for word, value in entries.items())
        self.keys = np.array([key for key, _ in pairs], np.uint64)
        self.values = np.array([value for _, value in pairs], np.float32)

    @cached_property
    def _slots(self) -> npt.NDArray[np.int32]:
        """By a key's digest its place, or that there is none, or that there are several."""
        bits = max(8, int(np.ceil(np.log2(len(self.keys) * SPARSE + 1))))
        slots = np.full(1 << bits, NOTHING, np.int32)
        digests = _digests(self.keys, bits)
        slots[digests] = np.arange(len(self.keys), dtype=np.int32)
        taken, counts = np.unique(digests, return_counts=True)
        slots[taken[counts > 1]] = SEVERAL
        return slots

    def places(self, wanted: Keys) -> Ints:
        """For each wanted key its place among the keys, -1 where it is none."""
        slots = self._slots
        place = slots[_digests(wanted, len(slots).bit_length() - 1)].astype(np.int64)
        at = np.flatnonzero(place >= 0)
        place[at[self.keys[place[at]] != wanted[at]]] = NOTHING
        unsure = np.flatnonzero(place == SEVERAL)
        if len(unsure):
            near = np.minimum(np.searchsorted(self.keys, wanted[unsure]), len(self.keys) - 1)
            place[unsure] = np.where(self.keys[near] == wanted[unsure], near, NOTHING)
        return place

    def of(self, wanted: Keys) -> Floats:
        """The value of each wanted key, 0 where there is none."""
        found = np.zeros(len(wanted), np.float32)
        place = self.places(wanted)
        at = np.flatnonzero(place >= 0)
        found[at] = self.values[place[at]]
        return found

    def __getstate__(self) -> dict[str, object]:
        return {"keys": self.keys, "values": self.values}


def _digests(keys: Keys, bits: int) -> Ints:
    mixed: Ints = ((keys * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(64 - bits)).astype(np.int64)
    return mixed


def linear(features: Floats, dense: Floats, keys: Mapping[str, Keys], contexts: Mapping[str, Table]) -> Floats:
    """Log-odds of each row: its features and what the tables say of its surroundings, weighed."""
    # In double precision, so that sums taken in another order, as in another batch, decide alike.
    total = features.astype(np.float64) @ dense.astype(np.float64)
    for kind, wanted in keys.items():
        total = total + contexts[kind].of(wanted)
    scores: Floats = total.astype(np.float32)
    return scores


def encode(text: str) -> Codes:
    """The text's characters as numbers with a margin of line ends; what is outside the basic plane becomes 0."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    margin = np.full(MARGIN, LINE_END, np.uint16)
    return np.concatenate([margin, np.where(points < 65536, points, 0).astype(np.uint16), margin])


def is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def pack(codes: Codes, at: Ints, length: int) -> Keys:
    """The `length` characters at each position as one number."""
    key = codes[at].astype(np.uint64)
    for offset in range(1, length):
        key = (key << np.uint64(16)) | codes[at + offset]
    return key


def around(codes: Codes, starts: Ints, ends: Ints) -> dict[str, Keys]:
    """What stands before and after each stretch, as keys: a character and two. Nothing counts beyond the line."""
    line_end = np.uint64(LINE_END << 16 | LINE_END)
    return {
        "before": pack(codes, starts - 1, 1),
        "before_two": np.where(codes[starts - 1] == LINE_END, line_end, pack(codes, starts - 2, 2)),
        "after": pack(codes, ends, 1),
        "after_two": np.where(codes[ends] == LINE_END, line_end, pack(codes, ends, 2)),
    }


def key_of(word: str) -> int:
    """The number that `pack` gives for a word."""
    key = 0
    for character in word:
        key = (key << 16) | ord(character)
    return key


def ranges(starts: Ints, ends: Ints) -> Ints:
    """The positions of some stretches, one stretch after another."""
    lengths = ends - starts
    before = np.cumsum(lengths) - lengths
    positions: Ints = np.repeat(starts - before, lengths) + np.arange(int(lengths.sum()))
    return positions


def by_character(entries: Mapping[str, float], rare: float = NEVER, other: float = NEVER) -> Floats:
    """Characters and their values as an array indexed by code."""
    values = np.full(65536, other, np.float32)
    values[0x4E00:0xA000] = rare
    for character, value in entries.items():
        if ord(character) < len(values):
            values[ord(character)] = value
    return values
