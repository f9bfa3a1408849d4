"""The days of a chain of steps: each narrows the interval of the one before it."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from pipeline.stages.figures.times import calendar
from pipeline.stages.figures.times.calendar import Interval
from pipeline.stages.figures.times.expression import Step

YEAR_OPS = frozenset({"year", "year_by_issue", "year_by_topic", "whole_year", "same_year"})
RELATIVE_YEARS = YEAR_OPS - {"year"}


class Unknown(Exception):
    """The context does not tell the days; `vague` where no days are meant after all."""

    def __init__(self, *, vague: bool = False) -> None:
        super().__init__()
        self.vague = vague


class Base(NamedTuple):
    """Where a chain starts from: a year, a month or a day, as far as known, and where they come from."""

    year: int | None
    month: int | None
    reference: dt.date | None
    anchor: str
    period: Interval | None = None


def opens_with_year(chain: tuple[Step, ...]) -> bool:
    return chain[0].op in YEAR_OPS


def narrow(chain: tuple[Step, ...], base: Base) -> Interval:
    """The interval the chain comes to, or `Unknown`."""
    interval: Interval | None = None
    for step in chain:
        interval = _step(step, interval, base)
    if interval is None:
        raise Unknown
    return interval


def _step(step: Step, within: Interval | None, base: Base) -> Interval:
    op = step.op
    if op == "whole" and within is not None:
        return within
    if op in ("hour", "daily"):
        if within is not None:
            return within
        if base.reference is None:
            raise Unknown(vague=True)
        return Interval(base.reference, base.reference)
    if op == "year":
        return calendar.years(step.n, step.last)
    if op in RELATIVE_YEARS:
        about = _known(base.year)
        return calendar.years(about + step.n, about + max(step.n, step.last))  # 今明两年 are two
    if op == "plan":
        return calendar.five_year_plan(step.n)
    if op in _SPANS:
        return _span_of_years(step, base)
    if op == "first_years":
        if within is None:
            raise Unknown
        return calendar.years(within.first.year, min(within.first.year + step.n - 1, within.last.year))
    if op in ("edge_start", "edge_end"):
        whole = within or _period_of(step.of, base)
        day = whole.first if op == "edge_start" else whole.last
        return Interval(day, day)
    if op == "same_period":
        if within is None or base.period is None:
            raise Unknown
        return calendar.move_to_year(base.period, within.first.year)
    if op in _DAYS:
        return _days(step, base)
    year = within.first.year if within is not None else _known(base.year)
    if op == "half":
        return calendar.months(year, 6 * step.n - 5, 6 * step.n)
    if op == "quarter":
        return calendar.months(year, 3 * step.n - 2, 3 * step.last)
    if op == "first_quarters":
        return calendar.months(year, 1, 3 * step.n)
    if op == "first_months":
        return calendar.months(year, 1, step.n)
    if op == "month":
        return _months(year, step)
    if op == "feast":
        told = step.n if step.days is None else _known(step.days.get(year))
        day = dt.date(year, told // 100, told % 100)
        return Interval(day, day)
    if op == "holiday":
        days = (step.days or {}).get(year)
        if days is None:  # of years whose holidays are not listed
            raise Unknown(vague=True)
        return Interval(*(dt.date(year, day // 100, day % 100) for day in divmod(days, 10_000)))
    if op in ("lunar_day", "lunar_month"):
        found = calendar.lunar(step.days or {}, year, step.n, step.last, step.of == "leap")
        if found is None:
            raise Unknown
        return found
    if op == "weekday" and within is not None:
        return _weekday(step, within)
    month = within.first.month if within is not None else _known(base.month)
    if op == "dekad":
        last = calendar.days_in(year, month) if step.last == 3 else 10 * step.last
        return Interval(dt.date(year, month, 10 * step.n - 9), dt.date(year, month, last))
    if op == "nth_weekday":
        day = calendar.nth_weekday(year, month, step.last, step.n)
        return Interval(day, day)
    if op == "day":
        return Interval(dt.date(year, month, step.n), dt.date(year, month, step.last))
    raise Unknown


_SPANS = frozenset({"decade", "century", "years_back", "years_ahead"})
COUNTED = frozenset(
    {"day_by_issue", "days_from", "months_from", "years_from", "week_by_issue", "month_by_issue", "quarter_by_issue", "weekday_by_issue"}
)
_DAYS = COUNTED | {"date", "day_by_topic", "month_by_topic"}


def _known(number: int | None) -> int:
    if number is None:
        raise Unknown
    return number


def _whole_year(year: int) -> Interval:
    return calendar.years(year, year)


def _months(year: int, step: Step) -> Interval:
    if step.last < step.n:  # 11—2月 runs into the next year
        return Interval(calendar.months(year, step.n, step.n).first, calendar.months(year + 1, step.last, step.last).last)
    return calendar.months(year, step.n, step.last)


def _weekday(step: Step, week: Interval) -> Interval:
    if step.n == 7:
        return Interval(week.first + 5 * calendar.DAY, week.last)
    day = week.first + step.n * calendar.DAY
    return Interval(day, day)


def _period_of(of: str, base: Base) -> Interval:
    year = _known(base.year)
    if of == "month":
        month = _known(base.month)
        return calendar.months(year, month, month)
    return _whole_year(year)


def _span_of_years(step: Step, base: Base) -> Interval:
    if step.op == "century":
        return calendar.years(100 * step.n - 99, 100 * step.n)
    if step.op == "decade":
        return calendar.years(step.n, step.n + 9)
    about = _known(base.year)
    if step.op == "years_back":
        return calendar.years(about - step.n + 1, about)
    return calendar.years(about + 1, about + step.n)


def _days(step: Step, base: Base) -> Interval:
    op = step.op
    if op == "date":
        day = dt.date(step.n // 10000, step.n // 100 % 100, step.n % 100)
        return Interval(day, day)
    if op in ("month_by_topic", "month_by_issue"):
        year, month = calendar.shift_months(_known(base.year), _known(base.month), step.n)
        return calendar.months(year, month, month)
    if op == "quarter_by_issue":
        quarter = (_known(base.month) - 1) // 3
        year, month = calendar.shift_months(_known(base.year), 3 * quarter + 1, 3 * step.n)
        return calendar.months(year, month, month + 2)
    if base.reference is None:
        raise Unknown
    if op == "week_by_issue":
        return calendar.week_of(base.reference, step.n)
    if op == "years_from":
        return _whole_year(base.reference.year + step.n)
    if op == "months_from":
        year, month = calendar.shift_months(base.reference.year, base.reference.month, step.n)
        return calendar.months(year, month, month)
    if op == "weekday_by_issue":
        step_back = (base.reference.weekday() - step.n) % 7  # the last such day, the day of issue included; `_counted` looks ahead where it must
        day = base.reference - step_back * calendar.DAY
        return Interval(day, day)
    day = base.reference + step.n * calendar.DAY
    return Interval(day, day)
