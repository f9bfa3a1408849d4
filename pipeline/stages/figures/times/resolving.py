"""From expressions to days: what each means in its context, or null where the context does not say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.stages.figures.times.calendar import DAY, Interval, move_to_year
from pipeline.stages.figures.times.chains import Base, Unknown, narrow, opens_with_year
from pipeline.stages.figures.times.context import EARLY_MONTHS, LATE_MONTHS, Section, TimeContext, section_at, sections
from pipeline.stages.figures.times.expression import Expression, Span, Step
from pipeline.stages.figures.times.grammar import TimeRules

GRANULARITY = {
    "year": "year", "year_by_issue": "year", "year_by_topic": "year", "plan": "plan", "decade": "years", "century": "years",
    "years_back": "years", "years_ahead": "years", "half": "half", "quarter": "quarter", "quarter_by_issue": "quarter",
    "first_quarters": "quarter", "first_months": "month", "month": "month", "month_by_issue": "month", "month_by_topic": "month",
    "dekad": "other", "week_by_issue": "week", "weekday": "day", "day": "day", "date": "day", "day_by_issue": "day", "day_by_topic": "day",
    "days_from": "day", "months_from": "day", "feast": "day", "edge_start": "day", "edge_end": "day",
    "hour": "hour", "daily": "hour",
}  # fmt: skip
#: How far from the start of a paragraph its opening goes (各位代表！今年…, 做好今年工作).
OPENING = 8
#: How far back the day or month being spoken of may stand.
REACH = 600
DAY_REACH = 120


@dataclass
class Resolved:
    """The columns of `times` for a text's spans, and which of them could not be resolved though dates are meant."""

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
    thread = _Thread(text, context, rules)
    out = Resolved()
    for n, span in enumerate(spans):
        meaning = thread.resolve(span)
        out.start_date.append(meaning.start)
        out.end_date.append(meaning.end)
        out.granularity.append(_granularity(span.expression))
        out.vague.append(meaning.vague)
        out.anchor.append(meaning.anchor)
        out.rule_id.append("times/" + span.expression.rule)
        if meaning.start is None and meaning.end is None and not meaning.vague:
            out.unresolved.append(n)
    return out


def _granularity(expression: Expression) -> str:
    if expression.vague:
        return "other"
    chain = expression.second or expression.first
    step = next((step for step in reversed(chain) if step.op in GRANULARITY), None)
    if step is None:
        return "other"
    grain = GRANULARITY[step.op]
    ranged = step.last != step.n if step.op == "year" else bool(expression.second) and grain == "year"
    return "years" if ranged else grain


class _Thread:
    """The thread of a text: which year, month and day are being spoken of as its times go by."""

    def __init__(self, text: str, context: TimeContext, rules: TimeRules) -> None:
        self.text, self.context, self.rules = text, context, rules
        self.parts = sections(text, rules, context)
        self.at = 0
        self.sentence = self.paragraph = 0
        self.sentence_year: int | None = None
        self.paragraph_year: int | None = None
        self.topic_year: int | None = None
        self.turn: Section | None = None
        self.period: Interval | None = None
        self.period_end = 0
        self.month: tuple[int, int] | None = None
        self.month_at = 0
        self.day: dt.date | None = None
        self.day_at = 0

    def resolve(self, span: Span) -> Meaning:
        self._walk_to(span.start)
        expression = span.expression
        if expression.vague:
            return Meaning(None, None, "none", vague=True)
        lead = expression.first[0]
        if self._rhetorical(span, lead):
            return Meaning(None, None, "none", vague=True)
        try:
            interval, anchor = self._interval(span)
        except Unknown as unknown:
            return Meaning(None, None, "none", vague=unknown.vague)
        except (ValueError, OverflowError):
            return Meaning(None, None, "none")
        self._remember(span, interval)
        return _bounded(expression, interval, anchor)

    def _walk_to(self, start: int) -> None:
        """Notice the ends of sentences and paragraphs since the last span."""
        gap = self.text[self.at : start]
        if "\n" in gap:
            self.paragraph = self.sentence = self.at + gap.rindex("\n") + 1
            self.paragraph_year = self.sentence_year = None
        stop = max(gap.rfind(mark) for mark in "。！？")
        if self.at + stop >= self.sentence and stop >= 0:
            self.sentence = self.at + stop + 1
            self.sentence_year = None
        self.at = start

    def _rhetorical(self, span: Span, lead: Step) -> bool:
        return lead.op == "day_by_issue" and (self.context.report_year is not None or self._cue("rhetorical", span))

    def _interval(self, span: Span) -> tuple[Interval, str]:
        expression = span.expression
        base = self._base(span, expression.first)
        first = narrow(expression.first, base)
        if not expression.second:
            return first, base.anchor
        if opens_with_year(expression.second) or expression.second[0].op in ("date", "day_by_issue"):
            second = narrow(expression.second, self._base(span, expression.second))
        else:
            second = narrow(expression.second, Base(first.first.year, first.first.month, base.reference, base.anchor, period=base.period))
            if second.last < first.first:  # 11月至次年2月: the second end lies in the next year
                second = move_to_year(second, second.first.year + 1)
        if not opens_with_year(expression.first) and opens_with_year(expression.second) and len(expression.first) and first.first > second.last:
            first = move_to_year(first, second.last.year if move_to_year(first, second.last.year).first <= second.last else second.last.year - 1)
        if second.last < first.first:
            raise Unknown
        return Interval(first.first, second.last), base.anchor

    def _base(self, span: Span, chain: tuple[Step, ...]) -> Base:
        """The year, month and reference day the chain starts from, and where they come from."""
        context = self.context
        lead = chain[0]
        op = lead.op
        if op in ("year", "date", "plan", "century", "decade"):
            return Base(None, None, None, "none", period=self._period_before(span))
        reference = context.dateline or (context.issue_date if context.issue_known else None)
        if op == "year_by_issue":
            return Base(context.current_year, None, reference, context.anchor, period=self._period_before(span))
        if op == "year_by_topic":
            year, anchor = self._topic(span, whole=lead.n == 0)
            return Base(year, None, reference, anchor, period=self._period_before(span))
        if op in ("years_back", "years_ahead"):
            if context.report_year is None:
                raise Unknown(vague=lead.n == 1)
            return Base(context.report_year, None, None, "report_year")
        if op in ("day_by_issue", "days_from", "months_from", "week_by_issue"):
            if reference is None or context.report_year is not None:
                raise Unknown
            return Base(reference.year, reference.month, reference, "dateline" if context.dateline else "issue_date")
        if op in ("month_by_issue", "quarter_by_issue"):
            if context.issue_date is None or context.report_year is not None:
                raise Unknown
            return Base(context.issue_date.year, context.issue_date.month, context.issue_date, context.anchor)
        if op == "day_by_topic":
            if self.day is None or span.start - self.day_at > DAY_REACH:
                raise Unknown
            return Base(self.day.year, self.day.month, self.day, self._near(self.day_at))
        if op == "month_by_topic":
            if self.month is None or span.start - self.month_at > REACH:
                raise Unknown
            return Base(*self.month, None, self._near(self.month_at))
        if op == "daily":
            if self.day is None or self.day_at < self.sentence:
                raise Unknown(vague=True)
            return Base(self.day.year, self.day.month, self.day, "sentence")
        if op == "day" or (op in ("edge_start", "edge_end") and lead.of == "month"):
            return self._month_for(span, chain)
        year, anchor = self._year_for(span, chain)
        return Base(year, None, reference, anchor, period=self._period_before(span))

    def _period_before(self, span: Span) -> Interval | None:
        return self.period if self.period_end >= self.paragraph else None

    def _near(self, position: int) -> str:
        return "sentence" if position >= self.sentence else "text"

    def _month_for(self, span: Span, chain: tuple[Step, ...]) -> Base:
        """The month of a bare day (25日) or edge (月底): the one spoken of, else the one of the issue date."""
        if self.month is not None and self.month_at >= self.paragraph:
            return Base(*self.month, None, self._near(self.month_at))
        issue = self.context.issue_date
        if issue is None or self.context.report_year is not None or not self.context.issue_known:
            if self.month is not None and span.start - self.month_at <= REACH:
                return Base(*self.month, None, "text")
            raise Unknown
        base = Base(issue.year, issue.month, None, self.context.anchor)
        if chain[0].op == "day" and narrow(chain, base).first > issue and not self._cue("future", span):
            year, month = (issue.year, issue.month - 1) if issue.month > 1 else (issue.year - 1, 12)
            return Base(year, month, None, self.context.anchor)
        return base

    def _topic(self, span: Span, *, whole: bool) -> tuple[int | None, str]:
        """The year being spoken of where a whole year is meant (全年, 上年)."""
        if self._cue("target", span):
            part = self._part(span)
            if part is not None:
                return part.year, "text"
            return self._default(span)
        if self.sentence_year is not None:
            return self.sentence_year, "sentence"
        if self.paragraph_year is not None:
            return self.paragraph_year, "text"
        year, anchor = self._default(span)
        if not whole or anchor not in ("issue_date", "text") or self._part(span) is not None or self._cue("plan", span):
            return year, anchor
        return self._year_over(year), anchor

    def _year_over(self, year: int | None) -> int | None:
        """The year that 全年 told as past means: not the current one before it is nearly over."""
        issue = self.context.issue_date
        if year is None or issue is None or issue.month in LATE_MONTHS:
            return year
        if self.topic_year is not None:
            return self.topic_year
        return year - 1 if issue.month in EARLY_MONTHS else None

    def _default(self, span: Span) -> tuple[int | None, str]:
        part = self._part(span)
        if part is not None:
            return part.year, "text"
        context = self.context
        if context.report_year is not None:
            compared = span.expression.first[0].n < 0  # 比上年: however the clause goes on, the year told of is the one reviewed
            planned = context.plans and not compared and self._cue("plan", span)
            return context.report_year + planned, "report_year"
        return context.current_year, context.anchor

    def _part(self, span: Span) -> Section | None:
        """The part of the text the span stands in: since its heading, or since a paragraph that turned to another year."""
        part = section_at(self.parts, span.start)
        if self.turn is not None and (part is None or part.start < self.turn.start):
            return self.turn
        return part

    def _year_for(self, span: Span, chain: tuple[Step, ...]) -> tuple[int | None, str]:
        """The year of a part of one (7月24日, 上半年, 年底) that names none."""
        if self.sentence_year is not None:
            return self.sentence_year, "sentence"
        if self.paragraph_year is not None:
            return self.paragraph_year, "text"
        year, anchor = self._default(span)
        issue = self.context.issue_date
        if year is None or issue is None or self.context.report_year is not None or self._part(span) is not None:
            return year, anchor
        return self._by_issue(span, chain, issue), anchor

    def _by_issue(self, span: Span, chain: tuple[Step, ...], issue: dt.date) -> int:
        """The year that puts a day or period rightly before or after the issue date."""
        interval = narrow(chain, Base(issue.year, None, issue, ""))
        if not self.context.issue_known:
            return issue.year
        if interval.first <= issue:
            directly = self._cue("future", span) and interval.last < issue - 60 * DAY and issue.month >= 10
            return issue.year + 1 if directly and interval.first.month <= 4 else issue.year
        if self._cue("future", span):
            return issue.year
        back = move_to_year(interval, issue.year - 1)
        lately = issue - back.last <= 100 * DAY and issue.month <= 3
        return issue.year - 1 if lately or self._cue("past", span) else issue.year

    def _cue(self, name: str, span: Span) -> bool:
        floor, ceiling = self.sentence, span.end + 40
        return any(cue.hold(self.text, span.start, span.end, floor, ceiling) for cue in self.rules.cues.get(name, ()))

    def _remember(self, span: Span, interval: Interval) -> None:
        """What this expression leaves for those after it."""
        expression = span.expression
        chain = expression.second or expression.first
        ops = {step.op for step in expression.first}
        if ops & {"years_back", "years_ahead", "plan", "decade", "century"}:
            return
        self.at = span.end
        one_year = interval.first.year == interval.last.year
        if one_year and not self._cue("comparison", span):
            if opens_with_year(expression.first) and expression.first[0].op != "year_by_topic" and expression.sense in ("", "since"):
                self.sentence_year = self.paragraph_year = self.topic_year = interval.first.year
                self._turn(span, interval.first.year)
            elif ops & {"day", "month", "date"}:
                self.sentence_year = interval.first.year
        if expression.sense in ("", "until") and "same_period" not in ops:
            joined = self.period is not None and self.text[self.period_end : span.start] in ("、", "和", "与", "及")
            self.period = Interval(self.period.first, interval.last) if joined and self.period is not None else interval
            self.period_end = span.end
        if ops & {"month", "day", "date", "month_by_issue"} or (chain[-1].op == "edge_end" and interval.first == interval.last):
            self.month, self.month_at = (interval.last.year, interval.last.month), span.start
        if interval.first == interval.last and ops & {"day", "date", "day_by_issue", "days_from"}:
            self.day, self.day_at = interval.first, span.start


    def _turn(self, span: Span, year: int) -> None:
        """A report's paragraph that opens with a year (今年是…, 2024年，…) turns to it, headings or none."""
        about = self.context.report_year
        if about is not None and year in (about, about + 1) and span.start - self.paragraph <= OPENING and not span.expression.sense:
            self.turn = Section(span.start, year, year > about)


def _bounded(expression: Expression, interval: Interval, anchor: str) -> Meaning:
    first, last = interval
    sense = expression.sense
    if sense == "until":
        return Meaning(None, last, anchor)
    if sense == "since":
        return Meaning(first, None, anchor)
    if sense == "after":
        return Meaning(last + DAY, None, anchor)
    if sense == "before":
        return Meaning(None, last if first == last else first - DAY, anchor)
    return Meaning(first, last, anchor)

