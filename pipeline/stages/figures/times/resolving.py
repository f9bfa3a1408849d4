"""From expressions to days: what each means in its context, or null where the context does not say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.stages.figures.times.calendar import DAY, Interval, move_to_year, years
from pipeline.stages.figures.times.chains import COUNTED, RELATIVE_YEARS, Base, Unknown, narrow, opens_with_year
from pipeline.stages.figures.times.context import EARLY_MONTHS, LATE_MONTHS, TimeContext, alone
from pipeline.stages.figures.times.expression import Expression, Span, Step
from pipeline.stages.figures.times.grammar import TimeRules
from pipeline.stages.figures.times.thread import Thread

_GRAINS = {
    "year": "year year_by_issue year_by_topic whole_year same_year years_from",
    "years": "decade century years_back years_ahead first_years",
    "plan": "plan",
    "half": "half",
    "quarter": "quarter quarter_by_issue first_quarters",
    "month": "lunar_month month month_by_issue month_by_topic first_months months_from",
    "week": "week_by_issue",
    "day": "day date day_by_issue day_by_topic days_from weekday weekday_by_issue nth_weekday lunar_day feast edge_start edge_end",
    "hour": "hour daily",
    "other": "dekad holiday",
}
GRANULARITY = {op: grain for grain, ops in _GRAINS.items() for op in ops.split()}
#: Early in a month, 28日 is of the month before; later on it lies ahead.
NEW_MONTH, OLD_MONTH = 10, 20
#: How old the news of a page may be.
NEWS_DAYS = 14
#: More days than any day of the lunar calendar is away.
_NEVER = 10_000
_BY_MONTHS = {0: "month", 1: "month", 3: "quarter", 6: "half"}
_OF_ITSELF = frozenset({"year", "date", "plan", "century", "decade"})


@dataclass
class Resolved:
    """The columns of `times` for a text's spans; `unresolved` lists those that mean dates the context does not tell."""

    start_date: list[dt.date | None] = field(default_factory=list)
    end_date: list[dt.date | None] = field(default_factory=list)
    granularity: list[str] = field(default_factory=list)
    vague: list[bool] = field(default_factory=list)
    anchor: list[str] = field(default_factory=list)
    rule_id: list[str] = field(default_factory=list)
    unresolved: list[int] = field(default_factory=list)


class Meaning(NamedTuple):
    start: dt.date | None
    end: dt.date | None
    anchor: str
    vague: bool = False


def resolve(text: str, spans: Sequence[Span], context: TimeContext, rules: TimeRules) -> Resolved:
    """Resolve the spans of one article, in order."""
    thread = Thread(text, context, rules)
    out = Resolved()
    for n, span in enumerate(spans):
        thread.walk_to(span.start)
        start, end, anchor, vague = _meaning(span, thread)
        if n + 1 < len(spans) and _explained(text, span, spans[n + 1]):
            start, end, anchor, vague = _meaning(spans[n + 1], thread)
        out.start_date.append(start)
        out.end_date.append(end)
        out.granularity.append(_granularity(span.expression, start, end))
        out.vague.append(vague)
        out.anchor.append(anchor)
        out.rule_id.append("times/" + span.expression.rule)
        if start is None and end is None and not vague:
            out.unresolved.append(n)
    return out


def _explained(text: str, span: Span, following: Span) -> bool:
    """Whether the days of a week stand in brackets after it: 本周（9月22日—28日）, told long after."""
    week = bool(span.expression.first) and span.expression.first[-1].op == "week_by_issue"
    return week and following.start == span.end + 1 and text[span.end] in "（(" and bool(following.expression.second)


def _granularity(expression: Expression, start: dt.date | None, end: dt.date | None) -> str:
    chain = expression.second or expression.first
    if start is not None and end is not None and any(step.op == "same_period" for step in chain):
        return _BY_MONTHS.get((end - start).days // 30, "month" if (end - start).days < 360 else "year")
    step = next((step for step in reversed(chain) if step.op in GRANULARITY), None)
    if step is None:
        return "other"
    grain = GRANULARITY[step.op]
    ranged = bool(expression.second) or (step.op == "year" and step.last != step.n)
    return "years" if grain == "year" and ranged else grain


def _meaning(span: Span, thread: Thread) -> Meaning:
    expression = span.expression
    if expression.vague or _rhetorical(span, thread):
        return Meaning(None, None, "none", vague=True)
    try:
        interval, anchor = _interval(span, thread)
    except Unknown as unknown:
        return Meaning(None, None, "none", vague=unknown.vague)
    except (ValueError, OverflowError):  # 2月30日, or a day beyond the calendar
        return Meaning(None, None, "none")
    if interval.last < interval.first:  # 四到一季度: of which years is not said
        return Meaning(None, None, "none")
    thread.remember(span, interval)
    return _bounded(expression, interval, anchor)


def _rhetorical(span: Span, thread: Thread) -> bool:
    """今天的县城, 更美好的明天: no day is meant, and in a report never."""
    today = span.expression.first[0].op == "day_by_issue"
    return today and (thread.context.report_year is not None or thread.cue("rhetorical", span))


def _bounded(expression: Expression, interval: Interval, anchor: str) -> Meaning:
    first, last = interval
    match expression.sense:
        case "until":
            return Meaning(None, last, anchor)
        case "since":
            return Meaning(first, None, anchor)
        case "after":  # a day counts in (6月30日以后, 6月30日前), a period does not (10月以后, 10月前)
            return Meaning(first if first == last else last + DAY, None, anchor)
        case "before":
            return Meaning(None, last if first == last else first - DAY, anchor)
        case _:
            return Meaning(first, last, anchor)


def _interval(span: Span, thread: Thread) -> tuple[Interval, str]:
    chain, other = span.expression.first, span.expression.second
    base = _base(span, chain, thread)
    first = narrow(chain, base)
    if not other:
        return first, base.anchor
    if opens_with_year(other) or other[0].op in ("date", "day_by_issue"):
        second = narrow(other, _base(span, other, thread))
        if not opens_with_year(chain) and first.first > second.last:  # 11月至2024年2月: the first end lies in the year before
            first = move_to_year(first, second.last.year)
            first = first if first.first <= second.last else move_to_year(first, second.last.year - 1)
    elif other[0].op in ("hour", "daily"):  # 9日上午8时至12时
        second = Interval(first.last, first.last)
    else:
        second = narrow(other, Base(first.first.year, first.first.month, base.reference, base.anchor, base.period))
        if second.last < first.first:  # 11月至2月: the second lies in the next
            second = move_to_year(second, second.first.year + 1)
    if second.last < first.first:
        raise Unknown
    return Interval(first.first, second.last), base.anchor


def _base(span: Span, chain: tuple[Step, ...], thread: Thread) -> Base:
    """The year, month and day the chain starts from, and where they come from."""
    context, lead = thread.context, chain[0]
    op = lead.op
    if op in _OF_ITSELF:
        return Base(None, None, None, "none", _period(thread))
    if op == "year_by_issue":
        return Base(context.current_year, None, None, context.anchor, _period(thread))
    if op in RELATIVE_YEARS:
        return Base(*_topic(span, op, thread), _period(thread))
    if op in ("years_back", "years_ahead"):
        if context.report_year is None:
            raise Unknown(vague=True)
        return Base(context.report_year, None, None, "report_year")
    if op in COUNTED:
        return _counted(span, lead, thread)
    if op in ("day_by_topic", "daily"):
        day = thread.day(span, here=op == "daily")
        if day is None:
            raise Unknown(vague=op == "daily")
        return Base(day[0].year, day[0].month, *day)
    if op == "month_by_topic":
        month = thread.month(span)
        if month is None:
            raise Unknown
        return Base(month[0], month[1], None, month[2])
    if op == "day" or (op in ("edge_start", "edge_end") and lead.of == "month"):
        return _month_for(span, chain, thread)
    if op in ("lunar_day", "lunar_month"):
        return Base(*_lunar_year(span, chain, thread))
    return Base(*_year_for(span, chain, thread), _period(thread))


def _lunar_year(span: Span, chain: tuple[Step, ...], thread: Thread) -> tuple[int, None, None, str]:
    """The lunar year of a day (三月初三) that names none: that of the sentence, else the one that puts it nearest to the day of issue."""
    if thread.sentence_year is not None:
        return thread.sentence_year, None, None, "sentence"
    issue = thread.context.issue_date if thread.context.issue_known and thread.context.report_year is None else None
    if issue is None:
        raise Unknown(vague=True)
    ahead = thread.cue("future", span)

    def distance(year: int) -> int:
        day = alone(chain, year)  # not every year has a 正月三十
        return _NEVER if day is None else abs((day.first - issue).days) + (_NEVER // 2 if ahead and day.first < issue else 0)

    return min((issue.year - 1, issue.year, issue.year + 1), key=distance), None, None, thread.context.anchor


def _period(thread: Thread) -> Interval | None:
    """What 同期 is the same part of: the period last told, in a yearly report the year it is about."""
    about = thread.context.report_year
    return thread.period or (years(about, about) if about is not None else None)


def _counted(span: Span, lead: Step, thread: Thread) -> Base:
    """What is counted from the day of issue: 昨天, 上个月, 三天后."""
    context = thread.context
    told_of = thread.month(span, here=True) if lead.op == "month_by_issue" and lead.n < 0 and thread.cue("comparison", span) else None
    if told_of is not None:  # 9月份，失业率比上月下降: than in August, whenever the page appeared
        return Base(told_of[0], told_of[1], None, told_of[2])
    if context.report_year is not None:
        raise Unknown
    if lead.op in ("month_by_issue", "quarter_by_issue") and context.issue_date is not None:
        return Base(context.issue_date.year, context.issue_date.month, context.issue_date, context.anchor)
    told = lead.op.endswith("_from") and lead.n > 0 and (thread.paragraph_year is not None or thread.cue("past", span))
    reference = context.issue_date if lead.op == "weekday_by_issue" and context.issue_known and context.issue_date else None
    if reference is not None:
        back = (reference.weekday() - lead.n) % 7
        reference += (7 * DAY) if back and thread.cue("future", span) else 0 * DAY
    reference = reference or context.dateline or (context.issue_date if context.issue_known else None)
    if reference is None or told:  # 三年后，合作社有了起色: counted from something in the story
        raise Unknown
    return Base(reference.year, reference.month, reference, "dateline" if context.dateline else "issue_date")


def _month_for(span: Span, chain: tuple[Step, ...], thread: Thread) -> Base:
    """The month of a bare day (25日) or edge (月底): the one spoken of, else the one of the dateline or the issue date."""
    context = thread.context
    issue = context.dateline or (context.issue_date if context.issue_known and context.report_year is None else None)
    month = thread.month(span, here=issue is not None)
    if month is not None:
        return Base(month[0], month[1], None, month[2])
    if issue is None:
        raise Unknown
    anchor = "dateline" if context.dateline else context.anchor
    base = Base(issue.year, issue.month, None, anchor)
    if chain[0].op == "day" and issue.day <= NEW_MONTH and chain[0].n >= OLD_MONTH and not thread.cue("future", span):
        before = issue.replace(day=1) - DAY
        return Base(before.year, before.month, None, anchor)
    return base


def _topic(span: Span, op: str, thread: Thread) -> tuple[int | None, None, None, str]:
    """The year being spoken of where a whole year is meant (全年, 上年, 当年)."""
    part = thread.part(span)
    if op == "whole_year" and thread.cue("target", span):
        year, anchor = _default(span, thread)
        return year, None, None, anchor
    if thread.sentence_year is not None:
        return thread.sentence_year, None, None, "sentence"
    if thread.paragraph_year is not None:
        return thread.paragraph_year, None, None, "text"
    year, anchor = _default(span, thread)
    if part is None and thread.context.report_year is None:
        if op == "same_year":
            raise Unknown(vague=True)  # 当年落户、当年投产: of any year
        if op == "whole_year" and not thread.cue("plan", span):
            year = _year_over(year, thread)
    return year, None, None, anchor


def _year_over(year: int | None, thread: Thread) -> int | None:
    """The year that 全年 told as past means: not the current one before that is nearly over."""
    issue = thread.context.issue_date
    if year is None or issue is None or issue.month in LATE_MONTHS:
        return year
    if thread.topic_year is not None:
        return thread.topic_year
    return year - 1 if issue.month in EARLY_MONTHS else None


def _default(span: Span, thread: Thread) -> tuple[int | None, str]:
    """The year of the part of the text, of the report, or of the issue."""
    part, context = thread.part(span), thread.context
    if part is not None:
        return part.year, "text"
    if context.report_year is None:
        return context.current_year, context.anchor
    compared = span.expression.first[0].n < 0  # 比上年: however the clause goes on, the year told of is the one reviewed
    planned = context.plans and not compared and thread.cue("plan", span)
    return context.report_year + planned, "report_year"


def _year_for(span: Span, chain: tuple[Step, ...], thread: Thread) -> tuple[int | None, None, None, str]:
    """The year of a part of one (7月24日, 上半年, 年底) that names none."""
    context = thread.context
    issue = context.issue_date if context.report_year is None and thread.part(span) is None else None
    year: int | None
    if thread.sentence_year is not None:
        year, anchor = thread.sentence_year, "sentence"
    elif thread.paragraph_year is not None and not (issue is not None and chain[-1].op == "day" and _is_news(chain, issue, thread.paragraph_year)):
        year, anchor = thread.paragraph_year, "text"
    else:
        year, anchor = _default(span, thread)
    if issue is not None and year == issue.year:
        turned = _by_issue(span, chain, issue, thread)  # 部署2024年任务。12月30日，大桥通车: the current year, carried on, is not meant
        return turned, None, None, anchor if turned == year else context.anchor
    return year, None, None, anchor


def _is_news(chain: tuple[Step, ...], issue: dt.date, carried: int) -> bool:
    """Whether a day lies so close before the issue that it is what the page reports, and not of the year before: 去年收成差。9月8日，记者…"""
    day = alone(chain, issue.year)
    return carried == issue.year - 1 and day is not None and 0 <= (issue - day.first).days <= NEWS_DAYS


def _by_issue(span: Span, chain: tuple[Step, ...], issue: dt.date, thread: Thread) -> int:
    """The year that puts a day or period rightly before or after the day of issue."""
    interval = narrow(chain, Base(issue.year, None, None, ""))
    future = thread.cue("future", span)
    lately = issue.month <= 3 and interval.first > issue and issue - move_to_year(interval, issue.year - 1).last <= 100 * DAY
    if not thread.context.issue_known:  # the day is a lower bound: only New Year is sure to lie between
        return issue.year - 1 if lately and not future else issue.year
    if interval.first <= issue:
        turns = future and issue.month >= 10 and interval.first.month <= 4  # in December, 将于1月10日
        return issue.year + 1 if turns else issue.year
    return issue.year - 1 if not future and (lately or thread.cue("past", span)) else issue.year
