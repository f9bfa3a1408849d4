"""What carries over from clause to clause: subject, period, how sure it is, and what was named last."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Any

from pipeline.stages.facts.clauses import Clause
from pipeline.stages.facts.inputs import Article, Figures, Places, Times
from pipeline.stages.facts.lexicon import Lexicon
from pipeline.stages.facts.marks import FLAT, VERB
from pipeline.stages.facts.organisations import Organisations
from pipeline.stages.facts.periods import whole_year, year_of
from pipeline.stages.facts.statement import NO_PERIOD, Fact, Period, Subject
from pipeline.stages.facts.subjects import NATION
from pipeline.stages.facts.topics import topic_of

#: What a bracket leaves as it was.
_PASSING = ("subject", "period", "modality", "group", "said", "told", "whole", "part_begins", "topic", "in_part")
#: Facts about how something compares, which say neither how much of it there is nor how it changed.
_COMPARED = ("comparison", "growth_of_growth")


@dataclass(slots=True)
class Context:
    """The state of reading one article."""

    article: Article
    text: str
    times: Times
    places: Places
    lexicon: Lexicon
    organisations: Organisations | None = None
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
    #: The facts of the sentence, and those of them that say how much of something there is or how it changed.
    said: list[Fact] = field(default_factory=list)
    told: list[Fact] = field(default_factory=list)
    figures: Figures = field(default_factory=Figures)
    whole: Fact | None = None
    part_begins: int = 0
    left_scope: str | None = None
    in_part: bool = False
    #: What has been reached of the goal told last.
    reached: Fact | None = None
    #: Facts that the changes of this clause are dealt to (分别下降3.6%和上升9.4%).
    in_turn: list[Fact] = field(default_factory=list)
    aside: dict[str, Any] | None = None
    #: Whether this paragraph of the nation's news is told of other countries.
    abroad: bool = False
    _topic: str = ""
    #: Clauses without figures since the topic was named: what they are about is looked for only when it is asked.
    _unasked: list[tuple[Clause, int]] = field(default_factory=list)

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
        return set(places.level[bisect_left(places.start, start) : bisect_left(places.start, end)]) == {"foreign"}

    def open_sentence(self) -> None:
        self.period = self.carried
        self.subject = self.home
        self.modality = "target" if self.planned else "actual"
        self.whole = None
        self.topic = ""
        self.in_part = False
        self.said = []
        self.told = []
        self.lent = self.settled = self.aside = None
        self.opening_clause = True

    def bracket(self, sign: str) -> None:
        """What is told in brackets is told in passing: after 4822件（含再审1件） a change is of what stands before the bracket."""
        if sign in "（(":
            self.aside = {name: getattr(self, name) for name in _PASSING}
            self.group, self.said, self.told = list(self.group), list(self.said), list(self.told)
        elif sign in "）)" and self.aside is not None:
            for name, value in self.aside.items():
                setattr(self, name, value)
            self.aside = None

    def open_part(self) -> None:
        """其中: what follows is part of what was told last."""
        if not self.in_part and self.group:
            self.whole = self.group[-1]
            self.part_begins = len(self.said)
        self.in_part = True

    @property
    def topic(self) -> str:
        """What the clauses without figures before this one are about."""
        while self._unasked:
            clause, start = self._unasked.pop()
            topic = topic_of(self.text, clause, start)
            if topic is not None:
                self._topic = topic
                self._unasked = []
        return self._topic

    @topic.setter
    def topic(self, topic: str) -> None:
        self._topic = topic
        self._unasked = []

    def pass_over(self, clause: Clause, start: int) -> None:
        """A clause without figures, whose matter begins at `start`, may name what the next figures are of."""
        if not clause.marks & FLAT or not self.said:
            self._unasked.append((clause, start))
            return
        last = self.said[-1]
        if last.direction is None and last.change < 0:
            last.direction, last.basis = "flat", "yoy"  # 全县货运量86万吨，同比持平

    def fact(self, indicator: str, rule: str, *, figure: int = -1, change: int = -1, basis: str | None = None, direction: str | None = None) -> Fact:
        """A fact of the subject, period and modality that hold here."""
        fact = Fact(indicator, rule, figure, change, self.subject, self.period, basis, direction)
        fact.modality = modality = self._modality_here() if self.planned else self.modality
        if modality == "target" and self.article.report_year is not None and self.period.text is None:
            fact.period = whole_year(self.article.report_year + 1)
        fact.part_of = self.whole
        self.said.append(fact)
        if rule not in _COMPARED:
            self.told.append(fact)
        return fact

    def _modality_here(self) -> str:
        """What is planned, unless the period is over: a plan looks back where it gives its grounds."""
        report_year, year = self.article.report_year, year_of(self.period)
        if self.modality == "target" and report_year is not None and year is not None:
            return "target" if year > report_year else "actual"
        return self.modality

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
