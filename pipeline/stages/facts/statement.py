"""What the reader makes: one fact a figure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days and the words that named it."""

    first: dt.date | None = None
    last: dt.date | None = None
    start: int = -1
    end: int = -1
    text: str | None = None

    @property
    def known(self) -> bool:
        return self.first is not None or self.last is not None


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a fact is about."""

    text: str | None = None
    code: str | None = None
    organisation: str | None = None


NO_PERIOD = Period()
NO_SUBJECT = Subject()


@dataclass(slots=True)
class Fact:
    """One observation; figures are positions in the article's `Figures`, -1 where there is none."""

    indicator: str
    rule: str
    figure: int = -1
    change: int = -1
    subject: Subject = NO_SUBJECT
    period: Period = NO_PERIOD
    basis: str | None = None
    direction: str | None = None
    rank: float | None = None
    scope: str | None = None
    target_share: float | None = None
    modality: str = "actual"
    indicator_id: str | None = None
    part_of: Fact | None = None
    checks: list[str] = field(default_factory=list)

    @property
    def anchor(self) -> int:
        """The figure the fact stands at: its value, else its change."""
        return self.figure if self.figure >= 0 else self.change
