"""Canonical indicators: the family of rules that names them, and finding the one a stated phrase means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pydantic import Field

from pipeline.rulebook.family import Claim, Closed, Family, Rule, RuleError, RuleFile


class IndicatorRule(Rule):
    """A canonical indicator: its names, the synonyms and short forms reports use, and what it is counted in."""

    zh: str = Field(min_length=2)
    en: str
    also: list[str] = Field(default_factory=list)
    dimension: str | list[str]
    unit: str


class Part(Closed):
    """One part of a composed indicator: the words for it."""

    zh: list[str] = Field(min_length=1)
    en: str


class ComposedRule(Rule):
    """Many indicators at once: every part put into every form."""

    forms: list[str] = Field(min_length=1)
    en: str
    dimension: str | list[str]
    unit: str
    parts: dict[str, Part]


class RewriteRule(Rule):
    """Wordings of the same thing brought to one: what an indicator's name drops or replaces before it is looked up."""

    drop_before: list[str] = Field(default_factory=list)
    drop_after: list[str] = Field(default_factory=list)
    replace: dict[str, str] = Field(default_factory=dict)


@dataclass(frozen=True)
class Indicator:
    """A canonical indicator and what it is expected to be counted in."""

    id: str
    zh: str
    en: str
    dimensions: tuple[str, ...]
    unit: str


#: What a name may carry without being another name: quotes, brackets with what they hold, blanks, footnote marks.
_DRESS = re.compile(r"[（(][^（）()]*[）)]|\[\d+\]|[“”‘’\"'《》*\s]|的(?!士)")


@dataclass
class Wording:
    """How names are brought to one wording; names and stated phrases go through the same."""

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    replace: tuple[tuple[str, str], ...] = ()

    @cached_property
    def _replaced(self) -> re.Pattern[str]:
        return re.compile("|".join(re.escape(old) for old, _ in self.replace) or r"(?!)")

    def plain(self, phrase: str) -> str:
        text = _DRESS.sub("", phrase)
        if self._replaced.search(text) is not None:
            for old, new in self.replace:
                text = text.replace(old, new)
        return text

    def variants(self, text: str) -> Iterator[str]:
        """The phrase, and what is left of it when words that change nothing are taken off its ends."""
        yield text
        for word in self.before if text.startswith(self.before) else ():
            if text.startswith(word) and len(text) > len(word) + 1:
                yield from self.variants(text[len(word) :])
                return
        for word in self.after if text.endswith(self.after) else ():
            if text.endswith(word) and len(text) > len(word) + 1:
                yield from self.variants(text[: -len(word)])
                return


@dataclass
class Indicators:
    """Canonical indicators by the plain wording of every name they go by."""

    wording: Wording
    by_id: dict[str, Indicator] = field(default_factory=dict)
    by_name: dict[str, Indicator] = field(default_factory=dict)
    _known: dict[str, Indicator | None] = field(default_factory=dict, repr=False)

    def named(self, phrase: str) -> Indicator | None:
        """The indicator a stated phrase names as a whole; a phrase that says more than a name is none."""
        known = self._known
        if phrase in known:
            return known[phrase]
        found = None
        for name in self.wording.variants(self.wording.plain(phrase)):
            found = self.by_name.get(name)
            if found is not None:
                break
        if len(known) < 200_000:
            known[phrase] = found
        return found

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_known": {}}


def fits(indicator: Indicator, unit: str, dimension: str) -> bool:
    """Whether a figure of this unit can be a level of the indicator."""
    if unit == indicator.unit or dimension in indicator.dimensions:
        return True
    return "money" in indicator.dimensions and dimension == "money"


def compile_indicators(files: Sequence[RuleFile], data: Sequence[Path]) -> Indicators:
    """Names to indicators; a name that two indicators claim is an error in the rules."""
    rewrites = [rule for file in files for rule in file.rules if isinstance(rule, RewriteRule)]
    out = Indicators(
        Wording(
            before=_longest_first(word for rule in rewrites for word in rule.drop_before),
            after=_longest_first(word for rule in rewrites for word in rule.drop_after),
            replace=tuple((old, new) for rule in rewrites for old, new in rule.replace.items()),
        )
    )
    for file in files:
        for rule, line in zip(file.rules, file.lines, strict=True):
            for indicator, names in _indicators_of(rule):
                out.by_id[indicator.id] = indicator
                for name in names:
                    known = out.by_name.setdefault(out.wording.plain(name), indicator)
                    if known.id != indicator.id:
                        raise RuleError(file.path, line, f"the name {name!r} is one of {known.id} too", "leave it to one of the two")
    return out


def _indicators_of(rule: Rule) -> Iterator[tuple[Indicator, list[str]]]:
    if isinstance(rule, IndicatorRule):
        yield Indicator(rule.id, rule.zh, rule.en, _listed(rule.dimension), rule.unit), [rule.zh, *rule.also]
    elif isinstance(rule, ComposedRule):
        for key, part in rule.parts.items():
            names = [form.replace("{part}", word) for word in part.zh for form in rule.forms]
            yield Indicator(f"{rule.id}.{key}", names[0], rule.en.replace("{part}", part.en), _listed(rule.dimension), rule.unit), names


def _claims(_kind: str, rule: Rule) -> Iterator[Claim]:
    yield from (Claim(name, "a name of an indicator", indicator.id) for indicator, names in _indicators_of(rule) for name in names)
    if isinstance(rule, RewriteRule):
        yield from (Claim(old, "a wording replaced", new) for old, new in rule.replace.items())


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words), key=lambda word: (-len(word), word)))


def _listed(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


INDICATORS = Family(
    name="indicators",
    kinds={"indicators": IndicatorRule, "composed": ComposedRule, "rewrites": RewriteRule},
    compile=compile_indicators,
    about="Canonical indicators of local statistics and government reports, and the names they go by.",
    claims=_claims,
)
