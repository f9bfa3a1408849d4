"""Periods: the year no words name, the year a period is of, and how long it is."""

from __future__ import annotations

import datetime as dt
from functools import cache

from pipeline.stages.facts.statement import Period


@cache
def whole_year(year: int) -> Period:
    """A year that no words name: the one a report is about."""
    return Period(dt.date(year, 1, 1), dt.date(year, 12, 31))


def year_of(period: Period) -> int | None:
    if period.last is not None:
        return period.last.year
    return period.first.year if period.first is not None else None


def spans_years(period: Period) -> bool:
    """Whether a period is longer than a year, or open."""
    if period.first is None or period.last is None:
        return False
    return (period.last - period.first) > dt.timedelta(days=366)


def is_quarter(period: Period) -> bool:
    """Whether a period is a quarter, so that 环比 is quarter on quarter."""
    first, last = period.first, period.last
    return first is not None and last is not None and 80 < (last - first).days < 100
