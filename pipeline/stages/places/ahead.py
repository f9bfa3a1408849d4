"""Looking ahead from a place for words that make it part of something longer: 永川区 in 永川区职业教育中心学校."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_HAN = r"\u3400-\u9fff\U00020000-\U0002fa1f〇·"
HAN = f"[{_HAN}]"
#: No word that is looked for is longer, with what is looked at behind it.
_LONGEST = 64


@dataclass(frozen=True)
class Way:
    """A pattern for what may follow a place, and how many characters may lie between."""

    pattern: str
    reach: int


@dataclass(frozen=True)
class Ahead:
    """What is looked for, and what parts it from the place: words, and characters that are neither Chinese nor among `between`."""

    ways: tuple[Way, ...] = ()
    breaks: tuple[str, ...] = ()
    between: str = ""


class Lookout:
    """Looks for the words of an `Ahead`; one search steps over all characters that begin neither a word nor a break."""

    def __init__(self, ahead: Ahead) -> None:
        # Of two ways at one place the one that reaches further: where it is out of reach, so is the other.
        ways = sorted(ahead.ways, key=lambda way: -way.reach)
        self._reach = [way.reach for way in ways]
        # On a page without a break a search would go on to its end, from every place of it.
        self._limit = max(self._reach, default=0) + _LONGEST
        stop = f"{one_of(ahead.breaks)}|[^{_HAN}{ahead.between}]"
        self._stop = re.compile(stop)
        self._search = re.compile("|".join([*(f"({way.pattern})" for way in ways), stop]))

    def end(self, text: str, at: int) -> int | None:
        """Where what is looked for ends, if it stands within reach behind `at`."""
        begin, limit = at, at + self._limit
        while (found := self._search.search(text, begin, limit)) is not None and found.lastindex is not None:
            start = found.start()
            if start - at <= self._reach[found.lastindex - 1]:
                return found.end()
            if start - at > self._reach[0] or self._stop.match(text, start):
                return None
            begin = start + 1
        return None


def one_of(words: Iterable[str]) -> str:
    """A pattern for the longest of these words; most characters begin none, which a look at the first one shows."""
    longest_first: Sequence[str] = sorted(set(words), key=lambda word: (-len(word), word))
    if not longest_first:
        return r"(?!)"
    firsts = "".join(sorted({re.escape(word[0]) for word in longest_first}))
    return f"(?=[{firsts}])(?:{'|'.join(map(re.escape, longest_first))})"
