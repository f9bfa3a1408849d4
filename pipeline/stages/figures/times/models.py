"""What a rule of the family `times` may say, kind by kind."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from pipeline.rulebook.family import Rule
from pipeline.stages.figures.times.expression import Level, Sense

Meaning = Literal[
    "year", "year_by_issue", "year_by_topic", "whole_year", "same_year", "plan", "decade", "century", "years_back", "years_ahead",
    "half", "quarter", "quarter_by_issue", "first_quarters", "first_months", "first_years",
    "month", "month_by_issue", "month_by_topic", "dekad", "week_by_issue", "weekday",
    "lunar_day", "lunar_month", "nth_weekday", "weekday_by_issue",
    "day", "date", "day_by_issue", "day_by_topic", "days_from", "months_from", "years_from", "feast", "holiday",
    "edge_start", "edge_end", "same_period", "whole", "hour", "daily",
]  # fmt: skip


class Piece(Rule):
    """A piece of a time expression: a year, a month, an edge such as 年底."""

    level: Level = Field(description="where it stands in the chain from years down to the hour")
    means: Meaning = Field(description="what is computed from it")
    times: int = Field(default=1, description="what the number is multiplied by: -7 turns weeks ago into days")
    plus: int = Field(default=0, description="what is added to the number: 1900 makes seventies of seventy")
    of: Literal["", "year", "month"] = Field(default="", description="for an edge that can stand alone: of what")
    column: str = Field(default="", description="for a feast that moves, its column in feasts.tsv; for a holiday, in holidays.tsv")
    words: dict[str, int | tuple[int, int]] = Field(default_factory=dict, description="fixed words and the number or numbers of each")
    forms: list[str] = Field(default_factory=list, description="patterns with slots such as {year}; a space means an optional one")
    head: str = Field(default="", description="the number alone, as the first half of a range or list: {month} in 1—6月")
    never_before: str = Field(default="", description="a pattern that must not follow")
    never_after: str = Field(default="", description="characters that must not stand before it where it opens an expression")
    lifted_after: list[str] = Field(default_factory=list, description="patterns of fixed width after which never_after does not hold")
    only_after: str = Field(default="", description="where it opens an expression, one of these characters, or nothing, stands before it")
    only_before: str = Field(default="", description="where it opens an expression, a pattern that must follow")
    alone: bool = Field(default=True, description="whether it can open an expression")

    @model_validator(mode="after")
    def _says_something(self) -> Piece:
        if not self.words and not self.forms:
            raise ValueError("give words or forms")
        return self


class Bound(Rule):
    """Words that open or close an interval: 截至 … , … 以来."""

    sense: Sense
    opens: list[str] = Field(default_factory=list, description="words that stand before the expression")
    closes: list[str] = Field(default_factory=list, description="words that stand after it")
    never_before: str = Field(default="", description="a pattern that must not follow the closing word")
    needs: list[str] = Field(default_factory=list, description="closing words of this rule count only after one of these opening words")


class Join(Rule):
    """Marks and words between the two ends of a range."""

    marks: list[str]
    lists: bool = Field(default=False, description="joins bare numbers of a list (1、2月) and no whole expressions")


class Vague(Rule):
    """Words that speak of time and mean no dates."""

    words: list[str] = Field(default_factory=list)
    forms: list[str] = Field(default_factory=list)
    never_before: str = ""
    never_after: str = ""


class Cue(Rule):
    """Words around an expression that say which year it must be of."""

    cue: Literal["future", "past", "comparison", "plan", "rhetorical", "target", "horizon", "issue", "over", "ahead", "on_the_spot"]
    before: list[str] = Field(default_factory=list, description="patterns that end right before the expression or a few characters earlier")
    after: list[str] = Field(default_factory=list, description="patterns that follow it within the clause")
    near: int = Field(default=12, description="how many characters away the words may stand")


class Heading(Rule):
    """Headings of a report's parts, which set the year a part speaks of."""

    part: Literal["review", "plan"]
    patterns: list[str]


class Report(Rule):
    """Kinds of document that report on a year and appear early in the next."""

    named_after: Literal["delivery", "subject"] = Field(description="whether the year in its title is that of delivery or the one it is about")
    formats: list[str] = Field(default_factory=list, description="formats of a page (rules/formats) that are always of this kind")
    patterns: list[str] = Field(description="found in the publication's name or the headline")
    opening: list[str] = Field(default_factory=list, description="found in the first lines of the text")
    written_late: list[str] = Field(default_factory=list, description="what only a report written before the year was out says")


class Clue(Rule):
    """Phrases that tell the present year by counting: 新中国成立74周年, 十四届全国人大二次会议."""

    forms: list[str] = Field(description="patterns with one or two counting slots, such as {count}")
    plus: int = Field(description="the year is this, plus the first count times `times`, plus the second count if there is one")
    times: int = Field(default=1, description="what the first count is multiplied by")
