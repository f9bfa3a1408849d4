"""When a page appeared, as far as it says itself.

A masthead or a line of issue gives the day. Without one the page still names days that are over: the latest of them is
the earliest day it can have appeared, and its year is enough to resolve 7月24日 and 去年 on it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.stages.figures.times.context import alone, delivered, full_date
from pipeline.stages.figures.times.expression import Span, Step
from pipeline.stages.figures.times.grammar import TimeRules
from pipeline.stages.figures.times.reading import find

#: A line of issue is short; a paragraph that opens with a date is longer.
LINE_LENGTH = 60
_ISSUE_LINE = re.compile(r"星期|周[一二三四五六日]|发布|来源|日期|时间|版|期|编辑|责编|主编|农历|出版|邮发|统一刊号|国家统计局|新闻办")
_NOTHING_ELSE = re.compile(r"[\s*#_()（）\[\]【】—\-·|:：]*")


class IssueDate(NamedTuple):
    """The day of issue or None, how it is known, and the earliest day it can have been."""

    date: dt.date | None
    method: str
    earliest: dt.date | None


def infer_issue_date(texts: Sequence[str], rules: TimeRules) -> IssueDate:
    """From a page's texts in reading order, mastheads and stray lines included."""
    lines = [line for text in texts for line in text.split("\n") if line.strip()]
    printed = _line_of_issue(lines, rules)
    if printed is not None:
        return IssueDate(printed, "masthead", printed)
    day = delivered("\n".join(lines[:20]), rules)
    if day is not None:
        return IssueDate(day, "text", day)
    return IssueDate(None, "none", _earliest(texts, rules))


def _line_of_issue(lines: list[str], rules: TimeRules) -> dt.date | None:
    """The date of the one line that gives the day of issue; None where two lines disagree."""
    days = {day for line in lines if len(line) <= LINE_LENGTH and "。" not in line and (day := _issued(line, rules)) is not None}
    return days.pop() if len(days) == 1 else None


def _issued(line: str, rules: TimeRules) -> dt.date | None:
    spans = find(line, rules)
    dates = [day for span in spans if (day := full_date(span)) is not None]
    if len(dates) != 1:
        return None
    span = next(span for span in spans if full_date(span) is not None)
    rest = line[: span.start] + line[span.end :]
    said = _ISSUE_LINE.search(rest) or "星期" in line[span.start : span.end] or _NOTHING_ELSE.fullmatch(rest)
    return dates[0] if said and "，" not in rest else None


def _earliest(texts: Sequence[str], rules: TimeRules) -> dt.date | None:
    """The latest day the texts tell of as past."""
    dated: list[dt.date] = []  # with their year
    years: list[int] = []
    planned: list[int] = []
    bare: list[Span] = []  # months and days without one
    for text in texts:
        for span in find(text, rules):
            chain = span.expression.first
            if span.expression.vague:
                continue
            if span.expression.sense in ("before", "after") or _to_come(text, span, rules):
                planned += [chain[0].n] if chain[0].op == "year" else []
                continue
            if chain[0].op in ("year", "date") and not (chain[0].op == "year" and chain[0].n != chain[0].last):
                interval = alone(span.expression.second if _opens(span, "year") else chain, None)
                if interval is None:
                    continue
                years.append(interval.first.year)
                if interval.first == interval.last or span.expression.sense == "until":
                    dated.append(interval.last)
                elif any(step.op == "month" for step in chain):
                    dated.append(interval.first)
            elif chain[0].op == "month" and any(step.op == "day" for step in chain) and not span.expression.second:
                bare.append(span)
    if not years:
        return None
    year = _current(years, planned)
    latest = max((day for day in dated if day.year <= year), default=dt.date(year, 1, 1))
    if (latest.month, latest.day) == (12, 31) and bare:
        year = max(year, latest.year + 1)  # 截至2023年底 is over: the days told without a year are of the next one
    days = _of_year([span.expression.first for span in bare], year)
    return max([latest, dt.date(year, 1, 1), *days])


def _current(years: list[int], planned: list[int]) -> int:
    """The latest year told as past that is no lone goal far ahead: a neighbour of it is named too."""
    named = {*years, *planned}
    latest = sorted(set(years), reverse=True)
    return next((year for year in latest if named & {year - 2, year - 1, year + 1}), latest[0] if len(latest) == 1 else latest[-1])


def _of_year(chains: Iterable[tuple[Step, ...]], year: int) -> list[dt.date]:
    """The days of a year these chains name; in January and February, those of November and December are last year's."""
    days = [interval.first for chain in chains if (interval := alone(chain, year)) is not None]
    turn = any(day.month <= 2 for day in days) and any(day.month >= 11 for day in days)
    return [day for day in days if not (turn and day.month >= 11)]


def _to_come(text: str, span: Span, rules: TimeRules) -> bool:
    floor = max(text.rfind(mark, 0, span.start) for mark in "。！？\n") + 1
    return any(cue.hold(text, span.start, span.end, floor, span.end + 40) for name in ("future", "horizon") for cue in rules.cues.get(name, ()))


def _opens(span: Span, op: str) -> bool:
    return bool(span.expression.second) and span.expression.second[0].op == op
