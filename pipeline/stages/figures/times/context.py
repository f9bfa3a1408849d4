"""What surrounds a text: when it appeared, whether it reports on a year, and which part of it speaks of which year."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.stages.figures.times.calendar import Interval
from pipeline.stages.figures.times.chains import Base, Unknown, narrow
from pipeline.stages.figures.times.expression import Span, Step
from pipeline.stages.figures.times.grammar import ReportKind, TimeRules
from pipeline.stages.figures.times.reading import find

#: A report is delivered at the beginning of the year after the one it is about, or in the last weeks of that year.
EARLY_MONTHS = range(1, 7)
LATE_MONTHS = range(11, 13)

_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2}) ?年")
_NUMBERED = r"(?:第?[一二三四五六七八九]{1,2}(?:、|部分)|[IVX]+[、.])[^\n。；：]{2,60}?"
_HEADING = re.compile(rf"^[ #*]{{0,8}}(?P<text>(?P<numbered>{_NUMBERED})|[^\n。；：，]{{2,40}}?)[ *]{{0,4}}$", re.MULTILINE)
#: What follows the date in a note of delivery: （2022年1月12日 张三）, ——2022年1月12日在县人民代表大会会议上.
_YEAR_DIGITS = re.compile(r"[0-9]{4}")
_DELIVERED = re.compile(r"[ ]?在?[^\n。，]{2,40}(?:会|大会|会议)|[ \N{IDEOGRAPHIC SPACE}][^\n]{2,8}[）)]|[）)]?[^\n。]{0,12}政府工作报告")
_NOTE_BEFORE = re.compile(r"[ #*（(—─―－-]*|[^\n，。]{0,30}[（(]")


@dataclass(frozen=True)
class TimeContext:
    """What a text's times are resolved against."""

    issue_date: dt.date | None = None
    #: Whether the issue date is known; a date inferred from the text fixes the year, not the day.
    issue_known: bool = True
    dateline: dt.date | None = None
    #: The year a yearly report is about; None for other texts.
    report_year: int | None = None
    #: The year in which a report was written, where that is not the issue date's (delivered in late December).
    written_year: int | None = None
    #: Whether the report also plans the next year.
    plans: bool = False

    @property
    def current_year(self) -> int | None:
        """The year that 今年 means."""
        if self.written_year is not None:
            return self.written_year
        if self.issue_date is not None:
            return self.issue_date.year
        return None if self.report_year is None else self.report_year + 1

    @property
    def anchor(self) -> str:
        if self.issue_date is None or self.written_year is not None:
            return "none" if self.report_year is None else "report_year"
        return "issue_date" if self.issue_known else "text"


class Section(NamedTuple):
    """From here on the text speaks of this year."""

    start: int
    year: int
    plan: bool


def context_for(
    text: str,
    rules: TimeRules,
    *,
    issue_date: dt.date | None = None,
    date_earliest: dt.date | None = None,
    publication: str | None = None,
    headline: str | None = None,
    page_format: str | None = None,
    dateline: str | None = None,
) -> TimeContext:
    """The context of an article, from what its page and the article itself say."""
    opening = text[:600]
    names = [name for name in (publication, headline) if name]
    kind = _kind(names, opening, page_format, rules)
    known = issue_date is not None
    issue = issue_date or date_earliest
    if kind is None:
        return TimeContext(issue, known, _dateline(dateline, issue, rules))
    given = delivered(opening, rules)
    about = _report_year(kind, given, [*names, opening.lstrip().split("\n", 1)[0]])
    if about is None and known and issue is not None:
        about = _about(issue)
    if about is None:
        about = _from_headings(text, rules)
    if about is None and issue is not None:
        about = _about(issue)
    written = given.year if given is not None and (issue is None or given.year != issue.year) else None
    if given is None and issue is not None and issue.month in EARLY_MONTHS and kind.written_late.search(text):
        written = about
    return TimeContext(issue or given, known or given is not None, None, about, written, plans=not kind.named_after_subject)


def _dateline(line: str | None, issue: dt.date | None, rules: TimeRules) -> dt.date | None:
    """The day an article's dateline names (本报讯 7月24日电): the last such day up to the issue, unless it names the year."""
    for span in find(line, rules) if line else ():
        day = full_date(span)
        if day is not None:
            return day
        if issue is not None and [step.op for step in span.expression.first] == ["month", "day"]:
            days = [found.first for year in (issue.year, issue.year - 1) if (found := alone(span.expression.first, year)) is not None]
            return next((day for day in days if day <= issue), None)
    return None


def _kind(names: list[str], opening: str, page_format: str | None, rules: TimeRules) -> ReportKind | None:
    for kind in rules.reports:
        if page_format in kind.formats or any(kind.names.search(name) for name in names) or kind.opening.search(opening):
            return kind
    return None


def _report_year(kind: ReportKind, given: dt.date | None, names: list[str]) -> int | None:
    if given is not None:
        return _about(given)
    for name in names:
        year = _YEAR.search(name)
        if year is not None and kind.names.search(name):
            return int(year[1]) - (not kind.named_after_subject)
    return None


def _from_headings(text: str, rules: TimeRules) -> int | None:
    """The year a report's headings say it looks back on (一、2021年工作回顾) or plans (二、2022年工作安排)."""
    parts = sections(text, rules, TimeContext())
    reviewed = [part.year for part in parts if not part.plan]
    planned = [part.year - 1 for part in parts if part.plan]
    return max(reviewed, default=None) or max(planned, default=None)


def _about(day: dt.date) -> int | None:
    if day.month in EARLY_MONTHS:
        return day.year - 1
    return day.year if day.month in LATE_MONTHS else None


def sections(text: str, rules: TimeRules, context: TimeContext) -> list[Section]:
    """The parts of a text whose headings say which year they speak of."""
    found: list[Section] = []
    plan_year = None if context.report_year is None else context.report_year + 1
    for match in _HEADING.finditer(text):
        heading = match["text"]
        plan = rules.headings["plan"].search(heading) is not None
        review = rules.headings["review"].search(heading) is not None
        years = [int(year) for year in _YEAR.findall(heading)]
        if match["numbered"] and years and plan_year is not None and not (plan or review):
            plan, review = max(years) >= plan_year, max(years) < plan_year  # 二、冲刺2024年，接续拼搏
        if not (plan or review) or heading.startswith(("（", "(")):
            continue
        year = max(years) if years else context.report_year if review else plan_year
        if year is not None and (years or context.report_year is not None):
            found.append(Section(match.start(), year, plan and not review))
    return found


def section_at(parts: list[Section], position: int) -> Section | None:
    at = bisect_right(parts, position, key=lambda part: part.start)
    return parts[at - 1] if at else None


def delivered(text: str, rules: TimeRules) -> dt.date | None:
    """The day on which a report was delivered, as its title or subtitle says."""
    for line in text.split("\n")[:20]:
        for span in find(line[:120], rules) if names_year(line) else ():
            day = full_date(span)
            if day is not None and _NOTE_BEFORE.fullmatch(line, 0, span.start) and _DELIVERED.match(line, span.end):
                return day
    return None


def names_year(text: str) -> bool:
    """Whether a text may name a year: quick to say, and of most lines no."""
    return "年" in text or _YEAR_DIGITS.search(text) is not None


def full_date(span: Span) -> dt.date | None:
    """The day of an expression that names year, month and day."""
    expression = span.expression
    ops = [step.op for step in expression.first if step.op not in ("whole", "hour", "daily")]
    if expression.second or expression.sense or ops not in (["year", "month", "day"], ["date"]):
        return None
    interval = alone(expression.first, None)
    return interval.first if interval is not None and interval.first == interval.last else None


def alone(chain: tuple[Step, ...], year: int | None) -> Interval | None:
    """What a chain comes to with no context but a year, if anything."""
    try:
        return narrow(chain, Base(year, None, None, ""))
    except (Unknown, ValueError, OverflowError):
        return None
