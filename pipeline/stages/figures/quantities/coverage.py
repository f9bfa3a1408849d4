"""What the rules do not read yet: the commonest shapes of unread numbers and unknown units, as a worklist."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.stages.figures.quantities.columns import Quantities
from pipeline.text.numerals import NUMERALS

_DIGITS = re.compile(r"\d+")
#: How much after a number belongs to its shape, and how much around it to an example.
_SHAPE, _AROUND = 2, 12
_MOST_EXAMPLES = 5


class Gap(NamedTuple):
    """A shape nothing reads: how often it comes, and where."""

    shape: str
    count: int
    examples: tuple[str, ...]


@dataclass
class Coverage:
    """How many numerals a corpus has, how many of them are accounted for, and what the others look like."""

    digits: int = 0
    digits_unread: int = 0
    numerals: int = 0
    numerals_unread: int = 0
    quantities: int = 0
    known: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)
    units: Counter[str] = field(default_factory=Counter)
    _examples: dict[str, list[str]] = field(default_factory=dict)

    def add(self, text: str, read: Quantities) -> None:
        """Count what was read of a text, and what was not."""
        self.digits += sum(map(len, _DIGITS.findall(text)))
        self.numerals += sum(c in NUMERALS for c in text)
        self.quantities += len(read)
        self.known.update(rule for _, _, rule in read.known)
        for start, end in read.unread:
            surface = text[start:end]
            self.digits_unread += sum(map(str.isdigit, surface))
            self.numerals_unread += sum(c in NUMERALS for c in surface)
            shape = _DIGITS.sub("9", surface) + text[end : end + _SHAPE].replace("\n", " ")
            self.unread[shape] += 1
            self._keep(shape, text, start, end)
        for start, end in read.unknown_units:
            unit = text[end - 1]
            self.units[unit] += 1
            self._keep("unit " + unit, text, start, end)

    @property
    def share_unread(self) -> float:
        """The share of all digits that nothing reads."""
        return self.digits_unread / self.digits if self.digits else 0.0

    def gaps(self, most: int = 20) -> list[Gap]:
        """The commonest unread shapes; 9 stands for any digits."""
        return [Gap(shape, n, tuple(self._examples[shape])) for shape, n in _common(self.unread, most)]

    def unknown_units(self, most: int = 20) -> list[Gap]:
        """The commonest units that no rule lists."""
        return [Gap(unit, n, tuple(self._examples["unit " + unit])) for unit, n in _common(self.units, most)]

    def _keep(self, shape: str, text: str, start: int, end: int) -> None:
        kept = self._examples.setdefault(shape, [])
        if len(kept) < _MOST_EXAMPLES:
            kept.append(f"{text[max(0, start - _AROUND) : start]}[{text[start:end]}]{text[end : end + _AROUND]}".replace("\n", " "))


def coverage(texts: Iterable[tuple[str, Quantities]]) -> Coverage:
    """The coverage of texts and what was read of them."""
    total = Coverage()
    for text, read in texts:
        total.add(text, read)
    return total


def _common(counts: Counter[str], most: int) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]
