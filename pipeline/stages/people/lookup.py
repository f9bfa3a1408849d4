"""Tables of short words with a value each, looked up for many stretches of a text at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.uint16]
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Keys = npt.NDArray[np.uint64]

#: Spreads keys over the slots of a table, of which there are so many times more than words.
_SPREAD, _SLOTS_A_WORD = np.uint64(0x9E3779B97F4A7C15), 16


@dataclass(frozen=True)
class WordTable:
    """Words packed into numbers, in order, and their values.

    Most stretches of a text are none of its words, and `_taken` says so of nearly all of them at the price of one step.
    """

    keys: Keys
    values: Floats
    _taken: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, entries: Mapping[str, float]) -> WordTable:
        pairs = sorted((key_of(word), value) for word, value in entries.items())
        keys = np.array([key for key, _ in pairs], np.uint64)
        taken = np.zeros(1 << (len(pairs) * _SLOTS_A_WORD).bit_length(), bool)
        taken[_slots(keys, len(taken))] = True
        return cls(keys, np.array([value for _, value in pairs], np.float32), taken)

    def look_up(self, wanted: Keys) -> Floats:
        """The value of each wanted key, 0 where there is none."""
        found = np.zeros(len(wanted), np.float32)
        if not len(self.keys):
            return found
        maybe = np.flatnonzero(self._taken[_slots(wanted, len(self._taken))])
        asked = wanted[maybe]
        at = np.searchsorted(self.keys, asked)
        at[at == len(self.keys)] = 0
        found[maybe] = np.where(self.keys[at] == asked, self.values[at], np.float32(0))
        return found


def pack(codes: Codes, at: Ints, length: int) -> Keys:
    """The `length` characters at each position as one number."""
    key = codes[at].astype(np.uint64)
    for offset in range(1, length):
        key = (key << np.uint64(16)) | codes[at + offset]
    return key


def key_of(word: str) -> int:
    """The number that `pack` gives for a word."""
    key = 0
    for character in word:
        key = (key << 16) | ord(character)
    return key


def _slots(keys: Keys, size: int) -> Keys:
    return (keys * _SPREAD) >> np.uint64(65 - size.bit_length())
