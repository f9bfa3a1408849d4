"""The rule family `quantities`, and how its files become look-ups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from pipeline.rulebook import Claim, Family, Rule, RuleError, RuleFile
from pipeline.stages.figures.quantities.compiled import Lexicon, QuantityRules, Unit
from pipeline.stages.figures.quantities.models import NamesRule, NounsRule, QualifiersRule, ReadingRule, TrapsRule, UnitsRule
from pipeline.stages.figures.quantities.plain import plain_units

R = TypeVar("R", bound=Rule)
_NUMERALS = frozenset("零〇一二两三四五六七八九十百千万亿半双")


def compile_rules(files: Sequence[RuleFile], data: Sequence[Path]) -> QuantityRules:
    """Rule files to look-ups."""
    units, signs = _units(files)
    noun_after: dict[str, list[tuple[Unit, str, bool]]] = {}
    noun_before: dict[str, tuple[Unit, str, bool]] = {}
    for nouns, path, line in _rules(files, NounsRule):
        unit = units.get(nouns.unit)
        if unit is None:
            raise RuleError(path, line, f"no unit is written {nouns.unit!r}", "name one that a rule of kind 'units' has")
        for word in nouns.after:
            noun_after.setdefault(word, []).append((unit, _full(nouns), nouns.billions))
        noun_before.update(dict.fromkeys(nouns.before, (unit, _full(nouns), nouns.needs_magnitude)))
    before: dict[str, str] = {}
    magnitude: dict[str, str] = {}
    after: dict[str, str] = {}
    for qualifiers, _, _ in _rules(files, QualifiersRule):
        before.update(dict.fromkeys(qualifiers.before, qualifiers.qualifier))
        magnitude.update(dict.fromkeys(qualifiers.before_magnitude, qualifiers.qualifier))
        after.update(dict.fromkeys(qualifiers.after, qualifiers.qualifier))
    words: dict[str, str] = {}
    numbers: dict[str, str] = {}
    code_before: dict[str, str] = {}
    code_after: dict[str, str] = {}
    for names, _, _ in _rules(files, NamesRule):
        rule_id = _full(names)
        words.update(dict.fromkeys(names.words, rule_id))
        numbers.update(dict.fromkeys(names.numbers, rule_id))
        code_before.update(dict.fromkeys(names.before, rule_id))
        code_after.update(dict.fromkeys(names.after, rule_id))
    return QuantityRules(
        units=Lexicon.of(units),
        plain=plain_units(units, code_after),
        signs=Lexicon.of(signs),
        before=Lexicon.of(before),
        before_magnitude=Lexicon.of(magnitude),
        after=Lexicon.of(after),
        noun_after=Lexicon.of({word: tuple(sorted(found, key=lambda one: not one[2])) for word, found in noun_after.items()}),
        noun_before=Lexicon.of(noun_before),
        code_before=Lexicon.of(code_before),
        code_after=Lexicon.of(code_after),
        numbers=numbers,
        words=words,
        words_onward=_shapes(words, onward=True),
        words_ending=_shapes(words, onward=False),
    )


def _units(files: Sequence[RuleFile]) -> tuple[dict[str, Unit | None], dict[str, Unit]]:
    """Units by how they are written, None for words that only begin like one; and by the signs before a number."""
    from pipeline.stages.figures.quantities.conversion import convert  # the units library is slow to load, and not needed with a warm cache

    units: dict[str, Unit | None] = {}
    signs: dict[str, Unit] = {}
    owner: dict[str, str] = {}
    for rule, path, line in _rules(files, UnitsRule):
        try:
            own = dict(convert(rule))
        except Exception as error:  # noqa: BLE001 - whatever the units library says of a unit it does not know
            raise RuleError(path, line, f"rule {rule.id}: {error}", "write 'is' with units that pint knows, such as 500 metre") from None
        twice = sorted(own.keys() & units.keys())
        if twice:
            raise RuleError(path, line, f"rule {rule.id}: {twice[0]!r} is a unit of {owner[twice[0]]} already", "leave it to one of the two")
        units.update(own)
        owner.update(dict.fromkeys(own, rule.id))
        for sign, surface in rule.signs.items():
            if surface not in own:
                raise RuleError(path, line, f"rule {rule.id}: sign {sign!r} stands for {surface!r}, no unit of the rule", "name one of its units")
            signs[sign] = own[surface]
    for trap, path, line in _rules(files, TrapsRule):
        both = sorted(owner.keys() & set(trap.words))
        if both:
            raise RuleError(path, line, f"rule {trap.id}: {both[0]!r} is a unit of {owner[both[0]]}", "take it out of one of the two")
        units.update(dict.fromkeys(trap.words))
        for surface, _, rest in (cut.partition("|") for cut in trap.cuts):
            unit = units.get(surface)
            if unit is None:
                raise RuleError(path, line, f"rule {trap.id}: {surface!r} before the bar is no unit", "write unit, bar and what follows: 项|目标")
            units[surface + rest] = unit._replace(width=len(surface))
    return units, signs


def _rules(files: Sequence[RuleFile], kind: type[R]) -> Iterator[tuple[R, Path, int]]:
    """The rules of one kind, with where they stand."""
    for file in files:
        for rule, line in zip(file.rules, file.lines, strict=True):
            if isinstance(rule, kind):
                yield rule, file.path, line


def _claims(_kind: str, rule: Rule) -> Iterator[Claim]:
    if isinstance(rule, UnitsRule):
        said = (surface for entry in rule.units.values() for surface in entry.say)
        yield from (Claim(word, "a unit") for word in (*said, *rule.each, *rule.each_after_digits))
    elif isinstance(rule, TrapsRule):
        yield from (Claim(word, "a word that is no unit") for word in rule.words)
    elif isinstance(rule, QualifiersRule):
        for use, words in (("before a figure", rule.before), ("after a figure", rule.after), ("before a magnitude", rule.before_magnitude)):
            yield from (Claim(word, f"a qualifier {use}", rule.qualifier, later=True) for word in words)
    elif isinstance(rule, NounsRule):
        yield from (Claim(word, f"a thing counted{' by 亿' * rule.billions}", rule.unit, later=True) for word in rule.after)
        yield from (Claim(word, "a thing measured", rule.unit, later=True) for word in rule.before)
    elif isinstance(rule, NamesRule):
        before, after = ("what stands before a code", rule.before), ("what follows one", rule.after)
        for use, words in (("a word", rule.words), ("a number", rule.numbers), before, after):
            yield from (Claim(word, f"{use} that counts nothing", later=True) for word in words)


def _full(rule: Rule) -> str:
    return f"quantities/{rule.id}"


def _shapes(words: Iterable[str], *, onward: bool) -> dict[str, tuple[tuple[int, int], ...]]:
    """Where numerals stand in words, by the numeral and its neighbour; the longest words first."""
    shapes: dict[str, set[tuple[int, int]]] = {}
    for word in words:
        for at, c in enumerate(word):
            if c in _NUMERALS and (at + 1 < len(word)) == onward:
                shapes.setdefault(word[at : at + 2] if onward else word[at - 1 : at + 1], set()).add((at, len(word)))
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
    claims=_claims,
)
