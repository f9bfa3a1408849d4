"""The rule family `quantities`: what its files may say."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pipeline.rulebook import Rule
from pipeline.rulebook.family import Closed

Qualifier = Literal["exact", "about", "at_least", "at_most", "more_than", "less_than", "nearly"]


class UnitEntry(Closed):
    """One unit: how it is written, and how much of the base unit it is."""

    say: list[str] = Field(min_length=1)
    #: In the words of the units library: `kilometre`, `500 metre`, `2000/3 metre ** 2`.
    measure: str | None = Field(default=None, alias="is")
    #: How many of the unit one of these is: 角 is 0.1 CNY.
    times: float = 1.0
    #: `no` where a Chinese digit before it makes a word or a name and no count: 三方, 四化.
    chinese: bool = True
    #: `yes` where a number before it says which one, not how many: 7号.
    ordinal: bool = False


class UnitsRule(Rule):
    """Units of one dimension. `each` lists those that are written one way and convert to nothing."""

    dimension: str
    base: str | None = None
    base_is: str | None = None
    units: dict[str, UnitEntry] = Field(default_factory=dict)
    each: list[str] = Field(default_factory=list)
    #: As `each`, for those that count only after digits and longer numbers.
    each_after_digits: list[str] = Field(default_factory=list)
    #: 一 before them is a count and no article.
    one_counts: bool = False
    #: Signs that stand before the number: $, ￥.
    signs: dict[str, str] = Field(default_factory=dict)


class TrapsRule(Rule):
    """Words that begin like a unit and are none: 人民 after a number is not 人."""

    words: list[str] = Field(min_length=1)
    #: Words with a bar where the unit ends after all: 项|目标 is 项 and 目标, though 项目 is a trap.
    cuts: list[str] = Field(default_factory=list)


class QualifiersRule(Rule):
    """Words before and after a figure that say how exact or how bounded it is."""

    qualifier: Qualifier
    before: list[str] = Field(default_factory=list)
    after: list[str] = Field(default_factory=list)
    #: Before a magnitude without digits only: 上百, 过万.
    before_magnitude: list[str] = Field(default_factory=list)


class NounsRule(Rule):
    """A unit that is left out and follows from the thing counted or measured."""

    unit: str
    #: Right after the number, or within a few characters of it: 22万青年人才.
    after: list[str] = Field(default_factory=list)
    #: In the clause before the number, which then needs 万 or 亿: 产值162亿.
    before: list[str] = Field(default_factory=list)
    needs_magnitude: bool = True
    #: `after` counts only after 亿.
    billions: bool = False


class NamesRule(Rule):
    """Numbers that are part of a word, a name or a code."""

    #: Whole words that hold a numeral.
    words: list[str] = Field(default_factory=list)
    #: Digits that are a name by themselves, where no unit follows them.
    numbers: list[str] = Field(default_factory=list)
    #: A number right after one of these is a code: 电话, 邮编.
    before: list[str] = Field(default_factory=list)
    #: A number right before one of these is a code: 热线.
    after: list[str] = Field(default_factory=list)


class ReadingRule(Rule):
    """A way of reading that is code; the rule says what it does and proves it."""
