"""What the rule files compile to: units, words and qualifiers to look up at a place in a text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

#: Digits that are a number by themselves.
_ONES = frozenset("一二两三四五六七八九")
#: What makes more of such a digit: before it an ordinal, a rank, a month, the opening of a list number; after it a fraction, a
#: ratio, a range, a list, more of the number, a unit in brackets or after a space.
_BESIDE_BEFORE = frozenset("第前月（(\n #*")
_BESIDE_AFTER = frozenset("分又比至到-–—－―～~〜、半（( \N{NO-BREAK SPACE}0123456789") | frozenset("零〇一二两三四五六七八九十百千万亿")
#: The memo of lone numerals is emptied at this size, so that memory does not grow with the corpus.
_MOST_KEPT = 50_000


class Unit(NamedTuple):
    """A unit as a number meets it: value × times is in `name`, that × factor + offset is in `base`."""

    name: str
    dimension: str
    rule_id: str
    times: float = 1.0
    base: str | None = None
    factor: float = 1.0
    offset: float = 0.0
    chinese: bool = True
    one_counts: bool = False
    ordinal: bool = False
    #: How much of its surface is the unit, where not all of it: 1 in 项|目标.
    width: int = 0


@dataclass
class Lexicon(Generic[T]):
    """Words looked up at a place in a text, the longest first."""

    words: dict[str, T] = field(default_factory=dict)
    from_start: dict[str, tuple[int, ...]] = field(default_factory=dict)
    to_end: dict[str, tuple[int, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, words: dict[str, T]) -> Lexicon[T]:
        starts: dict[str, set[int]] = {}
        ends: dict[str, set[int]] = {}
        for word in words:
            starts.setdefault(word[0], set()).add(len(word))
            ends.setdefault(word[-1], set()).add(len(word))
        longest_first = [{c: tuple(sorted(lengths, reverse=True)) for c, lengths in table.items()} for table in (starts, ends)]
        return cls(words, *longest_first)

    def at(self, text: str, start: int) -> tuple[T, int] | None:
        """The longest word that starts here, and where it ends."""
        words = self.words
        for length in self.from_start.get(text[start : start + 1], ()):
            word = text[start : start + length]
            if word in words:
                return words[word], start + len(word)
        return None

    def before(self, text: str, end: int) -> tuple[T, int] | None:
        """The longest word that ends here, and where it starts."""
        words = self.words
        for length in self.to_end.get(text[end - 1 : end], ()) if end else ():
            word = text[max(0, end - length) : end]
            if word in words:
                return words[word], end - len(word)
        return None


@dataclass
class QuantityRules:
    """What the rule files compile to; plain data, so that it is cached."""

    #: A unit, or None for a word that only begins like one.
    units: Lexicon[Unit | None]
    #: How those are written that mean one thing wherever they stand.
    plain: frozenset[str]
    signs: Lexicon[Unit]
    before: Lexicon[str]
    before_magnitude: Lexicon[str]
    after: Lexicon[str]
    #: With whether the number must have 亿; those that must come first.
    noun_after: Lexicon[tuple[tuple[Unit, str, bool], ...]]
    #: With whether the number must have 万 or 亿.
    noun_before: Lexicon[tuple[Unit, str, bool]]
    code_before: Lexicon[str]
    code_after: Lexicon[str]
    numbers: dict[str, str]
    words: dict[str, str]
    #: For a numeral and the character after it (or, where the word ends with it, before it): where it stands in a word
    #: (characters before it, length of the word).
    words_onward: dict[str, tuple[tuple[int, int], ...]]
    words_ending: dict[str, tuple[tuple[int, int], ...]]
    #: What was told of a lone numeral between two characters; does not travel with a pickle.
    lone: dict[str, bool] = field(default_factory=dict)

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "lone": {}}

    def lexicon(self) -> Iterable[str]:
        """Words for units, to be kept whole."""
        return [word for word, unit in self.units.words.items() if unit is not None]

    def counts_nothing(self, around: str) -> bool:
        """Whether a Chinese digit between these two characters can only be part of a name: no word, unit, list or range begins there."""
        try:
            return self.lone[around]
        except KeyError:
            if len(self.lone) >= _MOST_KEPT:
                self.lone.clear()
            told = self.lone[around] = self._counts_nothing(around)
            return told

    def _counts_nothing(self, around: str) -> bool:
        if len(around) < 3 or around[1] not in _ONES or around[0] in _BESIDE_BEFORE or around[2] in _BESIDE_AFTER:
            return False
        return around[2] not in self.units.from_start and around[1:] not in self.words_onward and around[:2] not in self.words_ending

    def word_around(self, text: str, at: int) -> tuple[int, int, str] | None:
        """The longest known word with the numeral at `at` in it: start, end and rule."""
        for shapes in (self.words_onward.get(text[at : at + 2], ()), self.words_ending.get(text[at - 1 : at + 1], ()) if at else ()):
            for before, length in shapes:
                start = at - before
                word = text[start : start + length] if start >= 0 else ""
                # At the end of a text less than `length` may be left, and be a shorter word.
                if len(word) == length and (rule := self.words.get(word)) is not None:
                    return start, start + length, rule
        return None
