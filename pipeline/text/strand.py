"""A text that knows where on the page each of its characters stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(slots=True)
class Strand:
    """Characters fetched from a page, never changed once made. `runs` are (position in `text`, position on the page), in order of the text.

    From one run to the next, text and page advance together; a run begins wherever a character of the page was left
    out, or the text goes on somewhere else on the page.
    """

    text: str
    runs: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, text: str, raw: int) -> Strand:
        return cls(text, ((0, raw),) if text else ())

    @classmethod
    def join(cls, strands: Iterable[Strand]) -> Strand:
        pieces: list[str] = []
        runs: list[tuple[int, int]] = []
        at = 0
        for strand in strands:
            for position, raw in strand.runs:
                if not runs or runs[-1][1] - runs[-1][0] != raw - position - at:
                    runs.append((at + position, raw))
            pieces.append(strand.text)
            at += len(strand.text)
        return cls("".join(pieces), tuple(runs))

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, part: slice) -> Strand:
        start, stop, _ = part.indices(len(self.text))
        if start >= stop:
            return Strand("", ())
        if start == 0 and stop == len(self.text):
            return self
        first = bisect_right(self.runs, (start, 1 << 60)) - 1
        runs = [(0, self.runs[first][1] + start - self.runs[first][0])]
        # By index: a slice of the runs would copy the rest of a long text for every piece cut out of it.
        for n in range(first + 1, len(self.runs)):
            position, raw = self.runs[n]
            if position >= stop:
                break
            runs.append((position - start, raw))
        return Strand(self.text[start:stop], tuple(runs))

    def without(self, positions: Sequence[int]) -> Strand:
        """The same, the characters at these positions (in order) left out."""
        if not positions:
            return self
        kept: list[Strand] = []
        at = 0
        for position in positions:
            if position > at:
                kept.append(self[at:position])
            at = position + 1
        kept.append(self[at:])
        return Strand.join(kept)

    def reading(self, text: str) -> Strand:
        """The same places, read as another text of the same length."""
        if len(text) != len(self.text):
            raise ValueError("folding must not change the length of a text")
        return Strand(text, self.runs)

    def pieces(self) -> Iterator[tuple[int, int, int]]:
        """Each run as (start, end, raw start)."""
        for n, (position, raw) in enumerate(self.runs):
            end = self.runs[n + 1][0] if n + 1 < len(self.runs) else len(self.text)
            yield position, end, raw

    @property
    def raw_start(self) -> int:
        return self.runs[0][1]

    @property
    def raw_end(self) -> int:
        position, raw = self.runs[-1]
        return raw + len(self.text) - position
