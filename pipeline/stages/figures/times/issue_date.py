"""When a page appeared, as far as it says itself.

A masthead or a line of issue gives the day. Without one the page still names days that are over: the latest of them is
the earliest day it can have appeared, and its year resolves 7月24日 and 去年 on it. A year counts as the page's own only
where the page ties it to its present: a wrong year would spoil every date, so none is taken from a story of the past.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from pipeline.stages.figures.times.chains import YEAR_OPS
from pipeline.stages.figures.times.context import alone, delivered, full_date, names_year
from pipeline.stages.figures.times.expression import Span, Step
from pipeline.stages.figures.times.grammar import TimeRules
from pipeline.stages.figures.times.reading import find

#: A line of issue is short; a paragraph that opens with a date is longer.
LINE_LENGTH = 60
_ISSUE_LINE = re.compile(
    r"星期|周[一二三四五六日]|发布(?:时间|日期)|农历|[0-9一二三四五六七八]+版|[0-9]+期|责任?编辑?|主编|出版|邮发|统一刊号|国家统计局|新闻办"
)
_NOTHING_ELSE = re.compile(r"[\s*#_()（）\[\]【】—\-·|:：]*")
#: Headlines stand in the first lines of a page; one that names a part of a year (2022年一季度…情况) reports on it soon after.
HEAD_LINES = 4
_PARTS = frozenset({"half", "quarter", "month", "first_quarters", "first_months"})
WHOLE_YEAR = 364
#: What a reporter saw in November may be printed in January.
LAST_SURE_MONTH = 10
_YEAR = re.compile(r"((?:19|20)[0-9]{2}) ?年")
_STOPS = re.compile(r"[。！？\n]")


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
    day = delivered("\n".join(lines[:20]), rules) or _told_as_today(texts, rules)
    if day is not None:
        return IssueDate(day, "text", day)
    return IssueDate(None, "none", _Evidence(texts, rules, lines[:HEAD_LINES]).earliest())


def _line_of_issue(lines: list[str], rules: TimeRules) -> dt.date | None:
    """The date of the one line that gives the day of issue; None where two lines disagree."""
    days = {day for line in lines if len(line) <= LINE_LENGTH and "。" not in line and names_year(line) and (day := _issued(line, rules)) is not None}
    return days.pop() if len(days) == 1 else None


def _issued(line: str, rules: TimeRules) -> dt.date | None:
    spans = [(span, day) for span in find(line, rules) if (day := full_date(span)) is not None]
    if len(spans) != 1:
        return None
    span, day = spans[0]
    if any(step.op in ("hour", "daily") for step in span.expression.first):
        return None  # 2023年8月1日 星期二 9:00: when something takes place
    rest = line[: span.start] + line[span.end :]
    said = _ISSUE_LINE.search(rest) or "星期" in line[span.start : span.end] or _NOTHING_ELSE.fullmatch(rest)
    return day if said and "，" not in rest else None


def _told_as_today(texts: Sequence[str], rules: TimeRules) -> dt.date | None:
    """The full date of 今天是2023年7月25日."""
    for text in texts:
        for span in find(text, rules):
            if any(cue.hold(text, span.start, span.end, 0, span.end) for cue in rules.cues.get("issue", ())):
                return full_date(span)
    return None


class _Evidence:
    """What a page without a day of issue says of when it appeared.

    A year is tied to the present where it stands in one sentence with a day told without a year (4月16日，2022年第一季度调度会
    召开), where figures run up to a part of it (截至2021年一季度), where a headline reports on a part of it, where a reporter was
    on the spot on a day of it, or where two witnesses speak for it: each part or day of it told is one, and so is each paragraph
    that tells the year before as finished and then turns to this one (2022年，产值突破十亿元。今年，将再建两座车间).
    """

    def __init__(self, texts: Sequence[str], rules: TimeRules, head: Sequence[str] = ()) -> None:
        self.rules = rules
        self.tied: set[int] = set()
        self.named: set[int] = set()
        self.told: list[int] = []
        self.dated: list[dt.date] = []
        self.bare: list[Span] = []
        self.clues: set[int] = set()
        for text in texts:
            self.clues.update(year for clue in rules.clues for year in clue.years(text))
            turn = _Turn(text, rules)
            for sentence, spans in _sentences(text, rules):
                self.told += turn.witnesses(sentence, spans)
                bare = self._weigh(text, sentence, [span for span in spans if not span.expression.vague])
                if bare:  # 9月20日起，2023年国庆假期门票开始预约
                    self.tied.update(year for span in spans if span.expression.vague and (year := _named_year(text, span)) is not None)
        for line in head:
            if len(line) <= LINE_LENGTH and "。" not in line and names_year(line):
                self._reports_on(line)

    def earliest(self) -> dt.date | None:
        """The latest day told as past, if its year is the page's own."""
        newest = max(self.named, default=0)
        years = self.tied | {year for year, times in Counter(self.told).items() if times > 1 and year >= newest}
        closed = [day.year + 1 for day in self.dated if (day.month, day.day) == (12, 31)]
        if self.bare:
            years.update(closed)  # 截至2023年底 is over: the days told without a year are of the next one
        year = max(years) if years else self._by_clue()
        if year is None:
            return None
        days = _of_year((span.expression.first for span in self.bare), year)
        return max([dt.date(year, 1, 1), *days, *(day for day in self.dated if day.year <= year)])

    def _reports_on(self, headline: str) -> None:
        for span in find(headline, self.rules):
            first = span.expression.first
            if first and first[0].op == "year" and first[-1].op in _PARTS and (period := alone(first, None)) is not None:
                self.tied.add(period.last.year)
                self.dated.append(period.last)

    def _by_clue(self) -> int | None:
        """The year that an anniversary or a weekday gives, unless a later one is named."""
        known = max(self.named, default=None)
        if known is not None:
            for day in self.bare:
                weekday = next((step.n for step in day.expression.first if step.rule == "aside.weekday"), None)
                self.clues.update(year for year in (known, known + 1, known + 2) if weekday is not None and _falls_on(day, year, weekday))
        year = max(self.clues, default=None) if self.bare else None  # with no day beside it, the anniversary may be last year's
        return year if year is not None and (known is None or known <= year) else None

    def _weigh(self, text: str, sentence: int, spans: list[Span]) -> list[Span]:
        """Take in the spans of a sentence; those that are days without a year."""
        dated = [span for span in spans if span.expression.first]  # 近年来 names no date
        past = [span for span in dated if span.expression.sense not in ("before", "after") and not self._to_come(text, sentence, span)]
        bare = [span for span in past if span.expression.first[0].op == "month" and any(step.op == "day" for step in span.expression.first)]
        self.bare += [span for span in bare if not span.expression.second]
        for span in past:
            expression = span.expression
            lead = expression.first[0]
            if lead.op not in ("year", "date") or (lead.op == "year" and lead.n != lead.last):
                continue
            interval = alone(expression.second if expression.second and expression.second[0].op == "year" else expression.first, None)
            if interval is None:
                continue
            year = interval.last.year
            self.named.add(year)
            whole = lead.op == "year" and all(step.op == "whole" for step in expression.first[1:])
            edge = any(step.op.startswith("edge") for step in expression.first)
            if expression.sense == "until":
                self.dated.append(interval.last)
                if (interval.last.month, interval.last.day) != (12, 31):
                    self.tied.add(year)
            elif not whole and (interval.last - interval.first).days >= WHOLE_YEAR:
                self.dated.append(interval.last)  # 2020年1至12月 is over, and no witness for 2020
            elif not whole and not edge:
                self.dated.append(interval.first)
                self.told.append(year)
                if interval.first == interval.last and interval.first.month <= LAST_SURE_MONTH and self._cue("on_the_spot", text, sentence, span):
                    self.told.append(year)
            if bare and not edge and expression.sense != "since" and not self._cue("comparison", text, sentence, span):
                self.tied.add(year)
        return bare

    def _to_come(self, text: str, sentence: int, span: Span) -> bool:
        return self._cue("future", text, sentence, span) or self._cue("horizon", text, sentence, span)

    def _cue(self, name: str, text: str, sentence: int, span: Span) -> bool:
        return _cued(self.rules, name, text, sentence, span)


class _Turn:
    """Notices where a paragraph turns from a year that is over to the one that runs."""

    def __init__(self, text: str, rules: TimeRules) -> None:
        self.text, self.rules = text, rules
        self.paragraph = -1
        self.over: int | None = None

    def witnesses(self, sentence: int, spans: list[Span]) -> list[int]:
        """The year that runs, once for each time the sentence turns to it."""
        text = self.text
        paragraph = text.rfind("\n", 0, sentence) + 1
        if paragraph != self.paragraph:
            self.paragraph, self.over = paragraph, None
        found = []
        for span in spans:
            chain = span.expression.first
            if not chain or chain[0].op not in YEAR_OPS:
                continue
            lead = chain[0]
            alone_there = len(chain) == 1 and not span.expression.second and not span.expression.sense
            if lead.op == "year":
                opens = alone_there and lead.n == lead.last and not text[sentence : span.start].strip()
                self.over = lead.n if opens and _cued(self.rules, "over", text, sentence, span) else None
            elif lead.op == "year_by_issue":
                if lead.n == 0 and alone_there and self.over is not None and _cued(self.rules, "ahead", text, sentence, span):
                    found.append(self.over + 1)
                self.over = None  # told of 去年 beside 2021年, the two are hardly the same
        return found


def _cued(rules: TimeRules, name: str, text: str, sentence: int, span: Span) -> bool:
    return any(cue.hold(text, span.start, span.end, sentence, span.end + 40) for cue in rules.cues.get(name, ()))


def _sentences(text: str, rules: TimeRules) -> Iterator[tuple[int, list[Span]]]:
    """The spans of each sentence that has any, with where the sentence starts."""
    starts = [0, *(match.end() for match in _STOPS.finditer(text))]
    at = 0

    def start_of(span: Span) -> int:
        nonlocal at
        while at + 1 < len(starts) and starts[at + 1] <= span.start:
            at += 1
        return starts[at]

    for start, spans in groupby(find(text, rules), start_of):
        yield start, list(spans)


def _named_year(text: str, span: Span) -> int | None:
    match = _YEAR.match(text, span.start, span.end)
    return int(match[1]) if match else None


def _falls_on(span: Span, year: int, weekday: int) -> bool:
    interval = alone(span.expression.first, year)
    return interval is not None and interval.first.isoweekday() == weekday


def _of_year(chains: Iterable[tuple[Step, ...]], year: int) -> list[dt.date]:
    """The days of a year these chains name; in January and February, those of November and December are last year's."""
    days = [interval.first for chain in chains if (interval := alone(chain, year)) is not None]
    turn = any(day.month <= 2 for day in days) and any(day.month >= 11 for day in days)
    return [day for day in days if not (turn and day.month >= 11)]
