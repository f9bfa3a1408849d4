"""The thread of a text: which year, month and day are being spoken of as its times go by."""

from __future__ import annotations

import datetime as dt

from pipeline.stages.figures.times.calendar import Interval
from pipeline.stages.figures.times.chains import opens_with_year
from pipeline.stages.figures.times.context import Section, TimeContext, section_at, sections
from pipeline.stages.figures.times.expression import Span
from pipeline.stages.figures.times.grammar import TimeRules

#: How far from the start of a paragraph its opening goes (各位代表！今年…, 做好今年工作).
OPENING = 8
#: How far back the month and the day being spoken of may stand.
MONTH_REACH = 600
DAY_REACH = 120
#: A year after one of these is told as the time of what follows (2020年，订单下降); elsewhere it may be part of a name
#: (召开2022年度表彰会) and counts for less.
_BEFORE_ADVERBIAL = frozenset("，。；：！？\n“‘（( 、—*#|在于自从至到")


class Thread:
    """Walks a text span by span and keeps what each leaves for those after it."""

    def __init__(self, text: str, context: TimeContext, rules: TimeRules) -> None:
        self.text, self.context, self.rules = text, context, rules
        self.sentence = self.paragraph = 0
        self.sentence_year: int | None = None
        self.paragraph_year: int | None = None
        self.topic_year: int | None = None
        self._parts = sections(text, rules, context)
        self._turn: Section | None = None
        self._at = 0
        self._dated = False
        self._period: Interval | None = None
        self._period_end = 0
        self._month: tuple[int, int] | None = None
        self._month_at = 0
        self._day: dt.date | None = None
        self._day_at = 0

    def walk_to(self, start: int) -> None:
        """Notice the ends of sentences and paragraphs since the last span."""
        gap = self.text[self._at : start]
        line = gap.rfind("\n")
        stop = max(gap.rfind("。"), gap.rfind("！"), gap.rfind("？"), line)
        if line >= 0:
            self.paragraph = self._at + line + 1
            self.paragraph_year = None
        if stop >= 0:
            self.sentence = self._at + stop + 1
            self.sentence_year = None
            self._dated = False
        self._at = start

    def cue(self, name: str, span: Span) -> bool:
        """Whether words around the span, within its sentence, say so."""
        return any(cue.hold(self.text, span.start, span.end, self.sentence, span.end + 40) for cue in self.rules.cues.get(name, ()))

    def part(self, span: Span) -> Section | None:
        """The part of the text the span stands in: since its heading, or since a paragraph that turned to another year."""
        part = section_at(self._parts, span.start)
        if self._turn is not None and (part is None or part.start < self._turn.start):
            return self._turn
        return part

    def near(self, position: int) -> str:
        return "sentence" if position >= self.sentence else "text"

    @property
    def period(self) -> Interval | None:
        """The period last told in this paragraph."""
        return self._period if self._period_end >= self.paragraph else None

    def month(self, span: Span, *, here: bool = False) -> tuple[int, int, str] | None:
        """The month being spoken of (`here`: in this paragraph), with where it was named."""
        if self._month is None or (self._month_at < self.paragraph if here else span.start - self._month_at > MONTH_REACH):
            return None
        return *self._month, self.near(self._month_at)

    def day(self, span: Span, *, here: bool = False) -> tuple[dt.date, str] | None:
        """The day being spoken of (`here`: in this sentence), with where it was named."""
        if self._day is None or (self._day_at < self.sentence if here else span.start - self._day_at > DAY_REACH):
            return None
        return self._day, self.near(self._day_at)

    def remember(self, span: Span, interval: Interval) -> None:
        """What this expression leaves for those after it."""
        expression = span.expression
        lead = expression.first[0]
        ops = {step.op for step in expression.first}
        self._at = span.end
        if ops & {"years_back", "years_ahead", "plan", "decade", "century"}:
            return
        in_month = bool(ops & {"month", "day", "date", "month_by_issue"})
        compared = self.cue("comparison", span)
        if interval.first.year == interval.last.year and not compared:
            if opens_with_year(expression.first) and lead.op != "year_by_topic":
                self._remember_year(span, interval.first.year)
            elif in_month:
                self.sentence_year = interval.first.year
        self._dated = self._dated or in_month
        if expression.sense in ("", "until") and "same_period" not in ops and not compared:
            joined = self._period is not None and self.text[self._period_end : span.start] in ("、", "和", "与", "及")
            self._period = Interval(self._period.first, interval.last) if joined and self._period is not None else interval
            self._period_end = span.end
        one_day = interval.first == interval.last
        if in_month or (one_day and ops & {"edge_start", "edge_end"}):
            self._month, self._month_at = (interval.last.year, interval.last.month), span.start
        if one_day and ops & {"day", "date", "day_by_issue"}:
            self._day, self._day_at = interval.first, span.start

    def _remember_year(self, span: Span, year: int) -> None:
        lead, sense = span.expression.first[0], span.expression.sense
        if sense not in ("", "since"):
            return
        adverbial = span.start == self.sentence or self.text[span.start - 1 : span.start] in _BEFORE_ADVERBIAL
        if adverbial or not self._dated:
            self.sentence_year = year
        ahead = lead.op == "year_by_issue" and lead.n > 0
        if adverbial and not sense and not ahead:
            self.paragraph_year = self.topic_year = year
        about = self.context.report_year
        if about is not None and year in (about, about + 1) and span.start - self.paragraph <= OPENING and not sense:
            self._turn = Section(span.start, year, year > about)  # 今年是…, 2024年，…: the report turns to it, headings or none
