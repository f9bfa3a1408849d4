"""The rule family `quantities`: what its files may say, and what they compile to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import Field

from pipeline.rulebook import Family, Rule, RuleFile
from pipeline.rulebook.family import Closed
from pipeline.stages.figures.quantities.compiled import Lexicon, QuantityRules, Unit

T = TypeVar("T")

Qualifier = Literal["exact", "about", "at_least", "at_most", "more_than", "less_than", "nearly"]
NUMERAL_CHARACTERS = "零〇一二两三四五六七八九十百千万亿半双"


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


def compile_rules(files: Sequence[RuleFile], data: Sequence[Path]) -> QuantityRules:
    """Rule files to look-ups; units are resolved with the units library here and nowhere else."""
    from pipeline.stages.figures.quantities.conversion import convert  # pint is slow to load and not needed with a warm cache

    rules = [rule for file in files for rule in file.rules]
    units: dict[str, Unit | None] = {}
    signs: dict[str, Unit] = {}
    for measured in _of(rules, UnitsRule):
        own = dict(convert(measured))
        units.update(own)
        signs.update((sign, own[surface]) for sign, surface in measured.signs.items())
    for trap in _of(rules, TrapsRule):
        units.update(dict.fromkeys(trap.words))
        for surface, _, rest in (cut.partition("|") for cut in trap.cuts):
            unit = units.get(surface)
            units[surface + rest] = None if unit is None else unit._replace(width=len(surface))
    before: dict[str, str] = {}
    magnitude: dict[str, str] = {}
    after: dict[str, str] = {}
    for qualifiers in _of(rules, QualifiersRule):
        before.update(dict.fromkeys(qualifiers.before, qualifiers.qualifier))
        magnitude.update(dict.fromkeys(qualifiers.before_magnitude, qualifiers.qualifier))
        after.update(dict.fromkeys(qualifiers.after, qualifiers.qualifier))
    noun_after: dict[str, tuple[Unit, str]] = {}
    noun_before: dict[str, tuple[Unit, str, bool]] = {}
    for nouns in _of(rules, NounsRule):
        unit = units.get(nouns.unit)
        if unit is None:
            raise KeyError(f"{nouns.id}: no unit is called {nouns.unit!r}")
        noun_after.update(dict.fromkeys(nouns.after, (unit, _full(nouns))))
        noun_before.update(dict.fromkeys(nouns.before, (unit, _full(nouns), nouns.needs_magnitude)))
    words: dict[str, str] = {}
    code_before: dict[str, str] = {}
    code_after: dict[str, str] = {}
    numbers: dict[str, str] = {}
    for names in _of(rules, NamesRule):
        numbers.update(dict.fromkeys(names.numbers, _full(names)))
        words.update(dict.fromkeys(names.words, _full(names)))
        code_before.update(dict.fromkeys(names.before, _full(names)))
        code_after.update(dict.fromkeys(names.after, _full(names)))
    return QuantityRules(
        units=Lexicon.of(units),
        signs=Lexicon.of(signs),
        before=Lexicon.of(before),
        before_magnitude=Lexicon.of(magnitude),
        after=Lexicon.of(after),
        noun_after=Lexicon.of(noun_after),
        noun_before=Lexicon.of(noun_before),
        code_before=Lexicon.of(code_before),
        code_after=Lexicon.of(code_after),
        numbers=numbers,
        words=words,
        word_shapes=_shapes(words),
    )


def _of(rules: Iterable[Rule], kind: type[T]) -> list[T]:
    return [rule for rule in rules if isinstance(rule, kind)]


def _full(rule: Rule) -> str:
    return f"quantities/{rule.id}"


def _shapes(words: Iterable[str]) -> dict[str, tuple[tuple[int, int], ...]]:
    shapes: dict[str, set[tuple[int, int]]] = {}
    for word in words:
        for at, c in enumerate(word):
            if c in NUMERAL_CHARACTERS:
                shapes.setdefault(c, set()).add((at, len(word)))
    return {c: tuple(sorted(found, key=lambda shape: -shape[1])) for c, found in shapes.items()}


FAMILY = Family(
    name="quantities",
    kinds={
        "units": UnitsRule,
        "traps": TrapsRule,
        "qualifiers": QualifiersRule,
        "nouns": NounsRule,
        "names": NamesRule,
        "readings": ReadingRule,
    },
    compile=compile_rules,
    about="Numbers with their units, and numbers that are none",
)
