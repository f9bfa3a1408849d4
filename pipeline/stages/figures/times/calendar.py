"""Intervals of days and the arithmetic of years, quarters, months and weeks."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

DAY = dt.timedelta(days=1)


class Interval(NamedTuple):
    """A closed range of days."""

    first: dt.date
    last: dt.date


def years(first: int, last: int) -> Interval:
    return Interval(dt.date(first, 1, 1), dt.date(last, 12, 31))


def months(year: int, first: int, last: int) -> Interval:
    return Interval(dt.date(year, first, 1), dt.date(year, last, days_in(year, last)))


def days_in(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def shift_months(year: int, month: int, by: int) -> tuple[int, int]:
    """The year and month `by` months on."""
    count = year * 12 + month - 1 + by
    return count // 12, count % 12 + 1


def move_to_year(interval: Interval, year: int) -> Interval:
    """The same part of another year; an interval over New Year keeps its length in years."""
    by = year - interval.first.year
    last = interval.last
    end_of_month = last.day == days_in(last.year, last.month)
    day = days_in(last.year + by, last.month) if end_of_month else min(last.day, days_in(last.year + by, last.month))
    first = interval.first
    return Interval(
        dt.date(first.year + by, first.month, min(first.day, days_in(first.year + by, first.month))),
        dt.date(last.year + by, last.month, day),
    )


def week_of(day: dt.date, by: int = 0) -> Interval:
    """The week, Monday to Sunday, so many weeks from the one `day` is in."""
    monday = day - day.weekday() * DAY + 7 * by * DAY
    return Interval(monday, monday + 6 * DAY)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> dt.date:
    """The nth of a weekday (1 Monday … 7 Sunday) in a month; ValueError beyond its end."""
    first = dt.date(year, month, 1)
    return first.replace(day=1 + (weekday - first.isoweekday()) % 7 + 7 * (nth - 1))


def lunar_key(year: int, month: int, leap: bool) -> int:
    """A month of the lunar calendar as one number, as tables of its months are keyed."""
    return (year * 100 + month) * 2 + leap


def lunar(months: Mapping[int, int], year: int, month: int, day: int, leap: bool) -> Interval | None:
    """The day of the lunar calendar, or its whole month where `day` is 0; None where the table has no such day."""
    packed = months.get(lunar_key(year, month, leap))
    if packed is None or day > packed % 100:
        return None
    first = dt.date.fromordinal(packed // 100)
    return Interval(first + (day - 1) * DAY, first + (day - 1) * DAY) if day else Interval(first, first + (packed % 100 - 1) * DAY)


def five_year_plan(number: int) -> Interval:
    """The years of a five-year plan: the first ran from 1953, the third from 1966 on without a gap."""
    first = 1953 + 5 * (number - 1) if number <= 2 else 1966 + 5 * (number - 3)
    return years(first, first + 4)
