"""What carries over from clause to clause: subject, period, how sure it is, and what was named last."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from copy import copy
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pipeline.stages.facts.inputs import Article, Figures, Places, Times
from pipeline.stages.facts.lexicon import Atom, Lexicon
from pipeline.stages.facts.marks import (
    ADVERB,
    BEGINS,
    COMPARE,
    CUT,
    DOWN,
    FIGURE,
    FLAT,
    FORECAST,
    FROM,
    GOAL,
    JOIN,
    PART,
    PLACE,
    PLAN,
    PORTION,
    REGAIN,
    SHARE,
    TARGET,
    THAN,
    TIME,
    UP,
    VERB,
)
from pipeline.stages.facts.organisations import Organisations
from pipeline.stages.facts.phrases import trim, words
from pipeline.stages.facts.statement import NO_PERIOD, Fact, Period, Subject
from pipeline.stages.facts.subjects import NATION, within

#: 他掰着指头说，去年…: who speaks is nothing that is measured.
_SAYING = ("说", "表示", "介绍", "坦言", "告诉", "道")
_LISTED = re.compile(r"(?:[、和][^，。；：、等]{2,10}){0,8}等(?![级次候])")
#: Words before a place that say where.
_WHERE = ("在", "到", "赴", "往", "于")
_SO_FAR = ("目前", "截至目前", "截止目前", "如今", "当前", "至今")
_TILL = ("截至", "截止", "截止到", "截至到")
#: How near a time stands to another of the same statement.
_BESIDE = 12
#: Words that put the deed behind them into the future.
_AHEAD = ("计划", "将")
_SHORTLY = 120
#: What a bracket leaves as it was.
_PASSING = ("subject", "period", "modality", "group", "said", "whole", "part_begins", "topic", "in_part")
#: What may stand before a time or a place that opens a clause (到2025年, 在永川区).
_LEADING = " *　的“”到至在于自从截"
#: What says of whom, when and how surely a clause speaks; what compares; and after what the clause still begins.
_CUES = TIME | PLACE | FORECAST | GOAL | PLAN | PART | FIGURE | TARGET | ADVERB
_COMPARING = THAN | COMPARE | SHARE | FROM | REGAIN
_LED = TIME | PLACE | ADVERB | PART | FORECAST | GOAL | JOIN | CUT


@dataclass
class Context:
    """The state of reading one article."""

    article: Article
    text: str
    times: Times
    places: Places
    lexicon: Lexicon
    organisations: Organisations = field(default_factory=lambda: Organisations(""))
    subject: Subject = field(default_factory=Subject)
    figured: bool = False
    opening_clause: bool = True
    lent: Subject | None = None
    settled: str | None = None
    home: Subject = field(default_factory=Subject)
    period: Period = NO_PERIOD
    carried: Period = NO_PERIOD
    opening: Period = NO_PERIOD
    beginning: bool = False
    first_figures: bool = False
    modality: str = "actual"
    planned: bool = False
    group: list[Fact] = field(default_factory=list)
    said: list[Fact] = field(default_factory=list)
    figures: Figures = field(default_factory=Figures)
    whole: Fact | None = None
    part_begins: int = 0
    left_scope: str | None = None
    topic: str = ""
    in_part: bool = False
    #: What has been reached of the goal told last.
    reached: Fact | None = None
    #: Facts that the changes of this clause are dealt to (分别下降3.6%和上升9.4%).
    in_turn: list[Fact] = field(default_factory=list)
    aside: dict[str, Any] | None = None
    #: Whether this paragraph of the nation's news is told of other countries.
    abroad: bool = False

    def open_paragraph(self, position: int) -> None:
        """A new paragraph: what its part of a report speaks of, else what the article opened with."""
        article = self.article
        if article.report_year is not None:
            year, planned = article.report_year, self.planned
            for part in article.parts:
                if part.start > position:
                    break
                year, planned = part.year, part.plan
            self.planned = planned
            self.opening = whole_year(article.report_year + 1 if planned and year <= article.report_year else year)
        self.carried = self.opening
        self.group = []
        if self.home.code == NATION or self.abroad:
            self.abroad = self._abroad(position)
            self.home = Subject(None, None if self.abroad else NATION)

    def _abroad(self, start: int) -> bool:
        """Whether a paragraph tells of other countries alone: among the nation's news, their figures are not the nation's."""
        places, end = self.places, self.article.paragraph_end(start)
        levels = {level for at, level in zip(places.start, places.level, strict=True) if start <= at < end}
        return levels == {"foreign"}

    def open_sentence(self) -> None:
        self.period = self.carried
        self.subject = self.home
        self.modality = "target" if self.planned else "actual"
        self.whole = None
        self.topic = ""
        self.in_part = False
        self.said = []
        self.lent = self.settled = self.aside = None
        self.opening_clause = True

    def bracket(self, sign: str) -> None:
        """What is told in brackets is told in passing: after 4822件（含再审1件） a change is of what stands before the bracket."""
        if sign in "（(":
            self.aside = {name: copy(getattr(self, name)) for name in _PASSING}
        elif sign in "）)" and self.aside is not None:
            for name, value in self.aside.items():
                setattr(self, name, value)
            self.aside = None

    def fact(self, indicator: str, rule: str, *, figure: int = -1, change: int = -1, basis: str | None = None, direction: str | None = None) -> Fact:
        """A fact of the subject, period and modality that hold here."""
        fact = Fact(indicator, rule, figure, change, self.subject, self.period, basis, direction)
        fact.modality = self._modality_here()
        if fact.modality == "target" and self.article.report_year is not None and self.period.text is None:
            fact.period = whole_year(self.article.report_year + 1)
        fact.part_of = self.whole
        self.said.append(fact)
        return fact

    def _modality_here(self) -> str:
        """What is planned, unless the period is over: a plan looks back where it gives its grounds."""
        report_year, year = self.article.report_year, year_of(self.period)
        if self.planned and self.modality == "target" and report_year is not None and year is not None:
            return "target" if year > report_year else "actual"
        return self.modality

    @property
    def told(self) -> list[Fact]:
        """The facts of the sentence that say how much of something there is or how it changed: what is said next can be about them."""
        return [fact for fact in self.said if fact.rule not in ("comparison", "growth_of_growth")]

    def value(self, ref: int) -> float:
        """A figure as one number."""
        low, high = self.figures.low[ref], self.figures.high[ref]
        return low if low == high else (low + high) / 2

    def unit_of(self, fact: Fact) -> str:
        """The unit a fact's level, or else its change, is in."""
        return self.figures.unit[fact.anchor]

    def only_deed(self, head: str) -> bool:
        """Whether a head is a deed and nothing else (投产)."""
        return bool(self.lexicon.marks_of(head) & VERB)

    def quarterly(self) -> bool:
        """Whether the period is a quarter, so that 环比 is quarter on quarter."""
        first, last = self.period.first, self.period.last
        return first is not None and last is not None and 80 < (last - first).days < 100

    def note_topic(self, atoms: list[Atom], start: int, end: int) -> None:
        """Remember what a clause without figures is about: 高耗能行业比重降，占比下降2.7个百分点."""
        if self.said and any(atom[2] & FLAT for atom in atoms):
            last = self.said[-1]
            if last.direction is None and last.change < 0:
                last.direction, last.basis = "flat", "yoy"
            return
        start = trim(self.text, atoms, start, end)
        for atom in atoms:
            if atom[0] > start and atom[2] & (VERB | UP | DOWN | PORTION | ADVERB):
                end = atom[0]
                break
        if 2 <= end - start <= 16 and not self.text.startswith(_SAYING, end - 1) and not self.text.startswith(_SAYING, end - 2):
            self.topic = words(self.text, atoms, start, end)

    def take_cues(self, atoms: list[Atom], begin: int, end: int, figured: bool) -> int:
        """Times, places and signs of planning of one clause, taken over before its figures are read; where its matter begins."""
        lead, spoken_of = begin, None
        if self.organisations:
            lead = trim(self.text, [atom for atom in atoms if not atom[2] & PLACE], begin, end)
            spoken_of = self.organisations.speaks_of(lead, end)
        compared = False
        leading = before_figure = True
        if self.lent is not None:
            self.subject, self.lent = self.lent, None
        if self.settled is not None:
            self.modality, self.settled = self.settled, None
        position = begin
        for start, stop, mark, ref in atoms:
            if leading:
                leading = start == position or not self.text[position:start].strip(_LEADING)
                position = stop
            if not mark & _CUES:
                pass
            elif mark & TIME:
                if not compared and before_figure and (figured or (leading and not self._only_begins(end))):
                    self._take_time(ref, leading)
            elif mark & PLACE:
                if leading:
                    self._take_place(ref, start, stop, figured)
            elif mark & (FORECAST | GOAL):
                if figured or leading or self.lexicon.value(ref, "goal") == "noun":
                    if not leading and self.lexicon.value(ref, "goal") != "noun":
                        self.settled = self.modality  # 总产值预计增长6%: said of this clause alone
                    self.modality = "forecast" if mark & FORECAST else "target"
            elif mark & (TARGET | ADVERB) and self._announces(start, stop, atoms):
                self.modality = "target"
            elif mark & PLAN:
                self._take_time_within(start, stop)
                self.modality = "target"
                if self.article.report_year is not None and not self.planned:
                    self.planned = True
                    self.opening = self.carried = self.period = whole_year(self.article.report_year + 1)
            elif mark & PART:
                self.open_part()
            elif mark & FIGURE:
                before_figure = False
            compared = compared or bool(mark & _COMPARING)
            leading = leading and bool(mark & _LED)
        if spoken_of is None:
            return begin
        self.subject = Subject(spoken_of[0], None, spoken_of[0])
        return spoken_of[1] if spoken_of[1] > lead else begin

    def _announces(self, start: int, end: int, atoms: list[Atom]) -> bool:
        """计划出栏10万只, 将新建管网7477公里: a deed directly behind says that it is yet to be done."""
        return self.text[start:end] in _AHEAD and any(atom[0] == end and atom[2] & VERB for atom in atoms)

    def _only_begins(self, end: int) -> bool:
        """项目2016年3月开工，将新建管网12公里: when something began is not when what follows was so."""
        return self.article.report_year is None and bool(self.lexicon.ends_in(self.text[max(0, end - 4) : end], BEGINS))

    def _take_time_within(self, start: int, end: int) -> None:
        """今年将种植…: the words of a plan can hold its time."""
        at = bisect_left(self.times.start, start)
        if at < len(self.times.start) and self.times.end[at] <= end and self.article.report_year is None:
            self._take_time(at, leading=False)

    def open_part(self) -> None:
        if not self.in_part and self.group:
            self.whole = self.group[-1]
            self.part_begins = len(self.said)
        self.in_part = True

    def _take_time(self, ref: int, leading: bool) -> None:
        times = self.times
        first, last = times.first[ref], times.last[ref]
        issued = self.article.issue_date
        stated = self.text[times.start[ref] : times.end[ref]]
        if first is None and last is None and stated == "全年" and self.modality != "actual" and issued is not None:
            first, last = dt.date(issued.year, 1, 1), dt.date(issued.year, 12, 31)  # 预计全年…: a year not over yet is this one
        elif times.vague[ref] or (first is None and last is None):
            if leading:
                if times.vague[ref] and not self.planned and self.text.startswith(_SO_FAR, times.start[ref]):
                    self.modality = "actual"  # 今年将种植3600亩，目前已插种500亩
                self.period = NO_PERIOD  # 近年来, or a 明年 of an unknown year: at any rate not what was said before
            return
        if first is not None and issued is not None and first > issued and self.modality == "actual":
            self.modality = "target"  # what lies ahead can have been reached by nobody
        if first is not None and first == last and self.text[times.start[ref] - 1 : times.start[ref]] == "到":
            first = None  # 到9月底，全县有茶园36万亩: up to that day, as 截至9月底 is
        until = self.period.last
        till = self.period.first is None or self.text.endswith(_TILL, 0, max(0, self.period.start))
        beside = till and 0 <= times.start[ref] - self.period.end <= _BESIDE
        if beside and first is not None and last is not None and until is not None and first <= until <= last:
            last = until  # 截至昨天，全县今年已扑救火情9起
        self.period = Period(first, last, times.start[ref], times.end[ref], stated)
        if leading and (self.opening_clause or self.article.report_year is None):
            self._carry(first, last)

    def _carry(self, first: dt.date | None, last: dt.date | None) -> None:
        """In a report a time holds until another takes over; elsewhere the one the article opens with does."""
        if self.in_part:
            return  # 其中，6月份增长6.9%: said of the part alone
        long = first is not None and last is not None and (last - first).days >= 170
        if self.article.report_year is not None:
            if long:
                self.carried = self.period
        elif self.opening is NO_PERIOD:
            self.carried = self.period
        if self.first_figures and self.opening is NO_PERIOD and first is not None and self._just_past(first, last):
            self.opening = self.period  # a bulletin opens with who told it, and names its time with its first figures
        if self.beginning and self.article.report_year is None and first is not None and last is not None and (last - first).days >= 27:
            self.opening = self.period

    def _just_past(self, first: dt.date, last: dt.date | None) -> bool:
        """Whether a time of a month or more ended shortly before the page came out."""
        issued = self.article.issue_date
        if issued is None or last is None or self.article.report_year is not None:
            return False
        return (last - first).days >= 27 and 0 <= (issued - last).days <= _SHORTLY

    def _several(self, ref: int) -> bool:
        """Whether the words name several places at once (川渝, 京津冀): no single code is theirs."""
        starts = self.places.start
        return starts[ref] in (starts[ref - 1] if ref else -1, starts[ref + 1] if ref + 1 < len(starts) else -1)

    def _take_place(self, ref: int, start: int, end: int, figured: bool) -> None:
        if _LISTED.match(self.text, end):
            return  # 郑州等10个地市, 北京、上海等地: some of those counted, and nobody the clause is about
        code = self.places.code[ref] if not self._several(ref) else None
        subject = Subject(self.text[start:end], code)
        home = self.home.code
        if (
            home is not None
            and code is not None
            and self.text[start - 1 : start] in _WHERE
            and not (within(code, home) or within(home, code) or code == home)
        ):
            return  # 还在西湖区开了两家店: where it was done, not who did it
        unfigured = self.article.report_year is not None and not figured
        if home is not None and code is not None and code != home and (within(home, code) or unfigured):
            # 全区85%的企业集聚…: a wider place, or one of which no figure is told, is spoken of in passing.
            self.lent = self.subject
        self.subject = subject


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
