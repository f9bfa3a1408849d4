"""What the reader is given: an article, and what was recognised in it, as columns sorted by position."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass, field

#: Dimensions of what is counted one by one; the others are measured.
COUNTED = frozenset({"count", "people", "visits", "number"})


@dataclass(frozen=True)
class ReportPart:
    """From `start` on a report speaks of this year; `plan` where it says what is to be done."""

    start: int
    year: int
    plan: bool


@dataclass
class Article:
    """An article as one text, with what is known of it; positions everywhere count in `text`."""

    text: str
    sentence_starts: list[int]
    sentence_kinds: list[str]
    paragraphs: list[int]
    kind: str = "news"
    home_code: str | None = None
    place_code: str | None = None
    issue_date: dt.date | None = None
    report_year: int | None = None
    parts: list[ReportPart] = field(default_factory=list)

    def paragraph_at(self, position: int) -> int:
        """The paragraph a position stands in."""
        return self.paragraphs[bisect_right(self.sentence_starts, position) - 1]

    def paragraph_end(self, position: int) -> int:
        """Where the paragraph that a position stands in ends."""
        n = bisect_right(self.sentence_starts, position) - 1
        after = bisect_right(self.paragraphs, self.paragraphs[n])
        return self.sentence_starts[after] if after < len(self.sentence_starts) else len(self.text)

    @property
    def report(self) -> bool:
        """Whether it is a yearly report."""
        return self.report_year is not None


@dataclass
class Figures:
    """Numbers with their units; ordinals are left out."""

    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    unit: list[str] = field(default_factory=list)
    dimension: list[str] = field(default_factory=list)


@dataclass
class Times:
    """Time expressions resolved to days."""

    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    first: list[dt.date | None] = field(default_factory=list)
    last: list[dt.date | None] = field(default_factory=list)
    vague: list[bool] = field(default_factory=list)


@dataclass
class Places:
    """Administrative places; those nested in the name of something else (永川区 in 永川区财政局) only by where they stand."""

    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    code: list[str | None] = field(default_factory=list)
    level: list[str] = field(default_factory=list)
    deictic: list[bool] = field(default_factory=list)
    nested: list[int] = field(default_factory=list)
    nested_end: list[int] = field(default_factory=list)
    nested_code: list[str | None] = field(default_factory=list)
