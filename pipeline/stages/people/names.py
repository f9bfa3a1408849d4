"""How much a piece of text looks like a Chinese name: surname, given name, and what stands around them.

A candidate is a surname and one or two characters after it. Its score is a weighted sum of few things: how much
oftener each character serves as surname or given name than it occurs in ordinary text, which common words the
candidate would cut in two or be itself, and which characters stand before and after it. The weights are a table in
`rules/officials`, made by `zhengbao train names`. Everything is arithmetic on arrays, so that a megabyte takes a fraction
of a second.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from pipeline.stages.people.arrays import MARGIN, NEVER, Codes, Floats, Ints, Keys, Table, around, linear, pack
from pipeline.stages.people.wording import Lexicon, Wording

#: Candidates whose characters alone score less are no names (商鹿通, 海钓, but 明治), nor are those for which all that speaks is less,
#: unless a title calls for one.
LEAST_SINGLE, LEAST, LEAST_OF_ALL = 0.5, 0.7, -4.3
#: Given names of three characters, which only compound surnames (mostly Japanese) go with, end in one of these: 龙太郎, 真纪子.
TRIPLE_ENDS = np.array([ord(character) for character in "郎子助"], np.uint16)

DENSE = (
    "bias", "compound", "surname", "surname_high", "surname_low", "given", "given_high", "given_low", "given_worst", "other_length",
    "is_word", "is_listed", "begins_word", "holds_word", "starts_longer_word", "cuts_word_before", "cuts_long_word_before",
    "cuts_word_after", "cuts_long_word_after", "word_follows", "word_precedes", "lost", "much_lost",
)  # fmt: skip
CONTEXTS = ("before", "before_two", "after", "after_two", "surname_is", "begins", "ends")


@dataclass(frozen=True)
class Candidates:
    """Positions in an encoded text, surname lengths and given-name lengths, in step."""

    starts: Ints
    surnames: Ints
    givens: Ints

    @property
    def ends(self) -> Ints:
        return self.starts + self.surnames + self.givens

    def where(self, kept: npt.NDArray[np.bool_]) -> Candidates:
        return Candidates(self.starts[kept], self.surnames[kept], self.givens[kept])


@dataclass(frozen=True)
class NameModel:
    """The tables of `rules/officials` as arrays indexed by character."""

    surname: Floats
    single: Floats
    first: Floats
    last: Floats
    compounds: Table
    lexicon: Lexicon
    dense: Floats
    contexts: Mapping[str, Table]

    def find(self, codes: Codes, wording: Wording) -> dict[tuple[int, int], float]:
        """Start, end and score of every candidate of a text that may be a name by itself."""
        return self._scored(codes, wording, self.candidates(codes), LEAST_OF_ALL)

    def at(self, codes: Codes, wording: Wording, starts: Ints) -> dict[tuple[int, int], float]:
        """The same for names that start at these positions, however unlikely."""
        at = starts + MARGIN
        at = at[(self._opens_compound | (self.surname > NEVER))[codes[at]]]
        compound = self._is_compound(codes, at)
        given = np.tile(np.array([1, 2, 3], np.int64), len(at))
        every = Candidates(np.repeat(at, 3), np.repeat(np.where(compound, 2, 1).astype(np.int64), 3), given)
        every = every.where(every.ends <= len(codes) - MARGIN)
        first, last = codes[every.starts + every.surnames], codes[every.ends - 1]
        possible = (every.surnames == 2) | (self.surname[codes[every.starts]] > NEVER)
        possible &= np.where(every.givens >= 2, np.minimum(self.first[first], self.last[last]), self.single[first]) > NEVER
        possible &= (every.givens < 3) | ((every.surnames == 2) & np.isin(last, TRIPLE_ENDS))
        return self._scored(codes, wording, every.where(possible))

    def is_surname(self, character: str) -> bool:
        return len(character) == 1 and ord(character) < 65536 and bool(self.surname[ord(character)] > 0)

    def candidates(self, codes: Codes) -> Candidates:
        """Every stretch whose characters alone look enough like a name, by where it starts."""
        end = len(codes) - MARGIN
        body = codes[MARGIN:end]
        compound = np.flatnonzero(self._opens_compound[body]) + MARGIN
        compound = compound[self._is_compound(codes, compound)]
        second = np.zeros(len(codes), bool)
        second[compound + 1] = True
        at = np.flatnonzero(self.surname[body] > NEVER) + MARGIN
        at = at[~second[at]]
        surname, following, last = self.surname[codes[at]], codes[at + 1], self.last[codes[at + 2]]
        single = at[surname + self.single[following] > LEAST_SINGLE]
        double = at[(surname + self.first[following] + last > LEAST) & (last > NEVER)]
        triple = compound[np.isin(codes[compound + 4], TRIPLE_ENDS)]
        counts = [len(single), len(double), len(compound), len(compound), len(triple)]
        found = Candidates(
            np.concatenate([single, double, compound, compound, triple]),
            np.repeat(np.array([1, 1, 2, 2, 2], np.int64), counts),
            np.repeat(np.array([1, 2, 1, 2, 3], np.int64), counts),
        )
        return found.where(found.ends <= end)

    @cached_property
    def _opens_compound(self) -> npt.NDArray[np.bool_]:
        """Whether each character is the first of some compound surname."""
        opens = np.zeros(65536, bool)
        opens[(self.compounds.keys >> np.uint64(16)).astype(np.int64)] = True
        return opens

    def _scored(self, codes: Codes, wording: Wording, found: Candidates, least: float = -np.inf) -> dict[tuple[int, int], float]:
        scores = self.score(codes, wording, found.starts, found.surnames, found.givens)
        found, scores = found.where(scores > least), scores[scores > least]
        spans = zip((found.starts - MARGIN).tolist(), (found.ends - MARGIN).tolist(), strict=True)
        return dict(zip(spans, scores.tolist(), strict=True))

    def score(self, codes: Codes, wording: Wording, starts: Ints, surnames: Ints, givens: Ints) -> Floats:
        """Log-odds of being a name, given that the weights were trained on running text."""
        keys = self.context_keys(codes, starts, surnames + givens)
        return linear(self.features(codes, wording, starts, surnames, givens), self.dense, keys, self.contexts)

    def features(self, codes: Codes, wording: Wording, starts: Ints, surnames: Ints, givens: Ints) -> Floats:
        """The dense features, a row a candidate: each of `DENSE`, and each again where the given name is double."""
        ends = starts + surnames + givens
        given_at = starts + surnames
        double = givens >= 2
        compound = surnames == 2
        one, two = codes[given_at], codes[np.maximum(ends - 1, given_at + 1)]
        as_double = self.first[one] + self.last[two]
        as_single = self.single[one]
        surname = np.where(compound, self.compounds.of(pack(codes, starts, 2)), self.surname[codes[starts]])
        given = np.where(double, as_double, as_single)
        nothing = np.zeros(len(starts), np.float32)
        wording.read(starts, ends)
        lost = np.minimum(wording.lost(starts, ends), 20)

        def word(at: Ints, length: int) -> Floats:
            return wording.counts[length][at]

        def longest(*spans: tuple[Ints, int]) -> Floats:
            best: Floats = np.max([word(at, length) for at, length in spans], axis=0)
            return best

        inner = np.where(double, word(given_at, 2), nothing)
        begins = np.where(compound, nothing, word(starts, 2))
        columns = {
            "bias": nothing + 1,
            "compound": compound.astype(np.float32),
            "surname": np.clip(surname, -4, 9) / 3,
            "surname_high": np.clip(surname - 2, 0, 7) / 3,
            "surname_low": np.clip(surname, -4, 0) / 3,
            "given": np.clip(given, -6, 8) / 3,
            "given_high": np.clip(given - 2, 0, 6) / 3,
            "given_low": np.clip(given, -6, 0) / 3,
            "given_worst": np.where(double, np.clip(np.minimum(self.first[one], self.last[two]), -5, 5), 0) / 3,
            "other_length": np.where(double, np.clip(as_single, -5, 6), np.clip(as_double, -6, 8)) / 3,
            "is_word": np.where(double & ~compound, word(starts, 3), nothing),
            "is_listed": np.where(double, word(starts, 3), word(starts, 2)) > 0,
            "begins_word": begins,
            "holds_word": inner,
            "starts_longer_word": np.where(double, word(starts, 4), longest((starts, 3), (starts, 4))),
            "cuts_word_before": word(starts - 1, 2),
            "cuts_long_word_before": longest((starts - 2, 3), (starts - 1, 3), (starts - 3, 4), (starts - 2, 4), (starts - 1, 4)),
            "cuts_word_after": word(ends - 1, 2),
            "cuts_long_word_after": np.maximum(
                longest((ends - 1, 3), (ends - 1, 4)), np.where(double, longest((ends - 2, 3), (ends - 2, 4)), nothing)
            ),
            "word_follows": longest((ends, 2), (ends, 3), (ends, 4)),
            "word_precedes": longest((starts - 2, 2), (starts - 3, 3), (starts - 4, 4)),
            "lost": lost / 5,
            "much_lost": np.maximum(lost - 5, 0) / 5,
        }
        plain = np.stack([columns[name] for name in DENSE], axis=1).astype(np.float32)
        return np.concatenate([plain, plain * double[:, None]], axis=1)

    def context_keys(self, codes: Codes, starts: Ints, lengths: Ints) -> dict[str, Keys]:
        """What stands around each candidate, and its edges, as keys of the weights' tables."""
        ends = starts + lengths
        return {
            **around(codes, starts, ends),
            "surname_is": pack(codes, starts, 1),
            "begins": pack(codes, starts, 2),
            "ends": pack(codes, ends - 1, 1),
        }

    def _is_compound(self, codes: Codes, at: Ints) -> npt.NDArray[np.bool_]:
        found: npt.NDArray[np.bool_] = self.compounds.of(pack(codes, at, 2)) > 0
        return found
