"""What surrounds a text: when it appeared, whether it reports on a year, and which part of it speaks of which year."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.stages.figures.times.grammar import TimeRules

#: A report is delivered at the beginning of the year after the one it is about, or in the last weeks of that year.
EARLY_MONTHS = range(1, 7)
LATE_MONTHS = range(11, 13)

_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2}) ?年")
_HEADING = re.compile(
    r"^[ #*]{0,8}(?P<text>(?:第?[一二三四五六七八九]{1,2}(?:、|部分)|[IVX]+[、.])?[ ]?[^\n。；：，]{2,40}?)[ *]{0,4}$", re.MULTILINE
)
#: A title's or a subtitle's note of delivery: （2022年1月12日 张三）, ——2022年1月12日在县人民代表大会会议上.
DELIVERED = re.compile(
    r"^[ #*（(—─―－-]{0,8}(?:[^\n，。]{0,30}[（(])?((?:19|20)[0-9]{2}) ?年 ?([0-9]{1,2}) ?月 ?([0-9]{1,2}) ?日"
    r"(?:在[^\n]{2,40}会议?|[ \N{IDEOGRAPHIC SPACE}][^\n]{2,8}[）)])",
    re.MULTILINE,
)


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
    dateline: dt.date | None = None,
) -> TimeContext:
    """The context of an article, from what its page and the article itself say."""
    opening = text[:600]
    names = [name for name in (publication, headline) if name]
    is_report = any(rules.report_names.search(name) for name in names) or rules.report_openings.search(opening) is not None
    known = issue_date is not None
    issue = issue_date or date_earliest
    if not is_report:
        return TimeContext(issue, known, dateline)
    delivered = DELIVERED.search(opening)
    given = None
    if delivered is not None:
        given = _date(*(int(part) for part in delivered.groups()))
    report_year = _report_year(given, names, opening, rules)
    if report_year is None and issue is not None:
        report_year = _about(issue)
    written = given.year if given is not None and (issue is None or given.year != issue.year) else None
    return TimeContext(issue or given, known or given is not None, dateline, report_year, written)


def _report_year(given: dt.date | None, names: list[str], opening: str, rules: TimeRules) -> int | None:
    if given is not None:
        return _about(given)
    first = opening.lstrip().split("\n", 1)[0]
    for name in (*names, first):
        year = _YEAR.search(name)
        if year is None:
            continue
        if "公报" in name or "执行情况" in name:
            return int(year[1])  # a communiqué is named after the year it is about
        if rules.report_names.search(name):
            return int(year[1]) - 1  # a work report after the year it is delivered in
    return None


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
        if not (plan or review) or heading.startswith(("（", "(")):
            continue
        years = [int(year) for year in _YEAR.findall(heading)]
        year = max(years) if years else context.report_year if review else plan_year
        if year is not None and (years or context.report_year is not None):
            found.append(Section(match.start(), year, plan and not review))
    return found


def section_at(parts: list[Section], position: int) -> Section | None:
    at = bisect_right(parts, position, key=lambda part: part.start)
    return parts[at - 1] if at else None


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
