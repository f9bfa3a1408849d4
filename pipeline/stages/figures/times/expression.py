"""What a time expression says by itself, before any context: a chain of steps, each narrowing the one before.

`去年10月底` is year(-1) › month(10) › edge(end); `2021—2023年` is the one step year(2021, 2023).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

Level = Literal[
    "years", "year", "part", "month", "dekad", "week", "weekday", "nth", "day", "date", "feast", "aside", "daypart", "clock", "edge", "tail",
]  # fmt: skip
Sense = Literal["", "until", "since", "before", "after"]


class Step(NamedTuple):
    """One piece of an expression: what it means (`op`) with its numbers; `last` differs from `n` in a range (1—6月)."""

    op: str
    n: int
    last: int
    rule: str
    of: str = ""
    #: For a feast that moves, its day in each year, as month and day in one number (122 for 22 January); for a holiday, its
    #: first and last day (9291006 for 29 September to 6 October).
    days: Mapping[int, int] | None = None


class Expression(NamedTuple):
    """A whole expression; `second` is the other end of a range of two chains (4月19日至21日)."""

    first: tuple[Step, ...]
    second: tuple[Step, ...]
    sense: Sense
    rule: str
    vague: bool = False


class Span(NamedTuple):
    """An expression in a text."""

    start: int
    end: int
    expression: Expression
