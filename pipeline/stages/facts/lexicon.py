"""The cue words of `rules/facts`, found in a text in one pass."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import ahocorasick_rs
from pydantic import Field

from pipeline.rulebook.family import Claim, Family, Rule, RuleError, RuleFile
from pipeline.stages.facts import marks
from pipeline.stages.facts.coordination import Coordination
from pipeline.stages.facts.marks import ROLES

#: A stretch of text: where it starts and ends, what it can be (marks), and which one it is.
Atom = tuple[int, int, int, int]

PUNCTUATION = {
    marks.CUT: ("，", ",", "；", ";", "。", "！", "!", "？", "?", "：", ":", "\n", "**", "……", "—", "–", "|", *"●■◆▲△▼★☆◇□○◎▶►"),
    marks.SEP: ("、", "/"),
    marks.OPEN: ("（", "(", "“", "《", "「", "【", "[", "‘"),
    marks.CLOSE: ("）", ")", "”", "》", "」", "】", "]", "’"),
}


class CueRule(Rule):
    """Words with one role in a statement of a figure; `value` says more where the role needs it (a direction, a basis)."""

    role: str
    words: list[str] = Field(min_length=1)
    value: str = ""


class ShapeRule(Rule):
    """A shape that a statement of a figure can have; how it is read is code, its name is on the facts read by it."""


class CoordinationRule(Rule):
    """How several things are named together: run-together names, members of one set, heads that the last one carries for all."""

    compounds: dict[str, list[str]] = Field(default_factory=dict)
    siblings: list[str] = Field(default_factory=list)
    heads: list[str] = Field(default_factory=list)


@dataclass
class Lexicon:
    """Every cue word with its marks, and one automaton over them all."""

    words: list[str]
    word_marks: list[int]
    values: list[dict[str, str]]
    joint: Coordination
    _marks: dict[str, int] = field(default_factory=dict, repr=False)
    _automaton: ahocorasick_rs.AhoCorasick | None = field(default=None, repr=False)

    @cached_property
    def plans(self) -> re.Pattern[str]:
        """The words by which what is planned is told."""
        return self._any_of(marks.PLAN)

    @cached_property
    def national(self) -> re.Pattern[str]:
        """The words by which an article without a place of its own is told of the nation."""
        return self._any_of(marks.NATIONAL)

    def _any_of(self, role: int) -> re.Pattern[str]:
        words = [word for word, mark in zip(self.words, self.word_marks, strict=True) if mark & role]
        return re.compile("|".join(map(re.escape, words)) or r"(?!)")

    def find(self, text: str, base: int = 0) -> list[Atom]:
        """The cue words in a text that can be atoms, longest first where they overlap, in order; `base` is where the text stands."""
        if self._automaton is None:
            self._automaton = ahocorasick_rs.AhoCorasick(
                self.words, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest, implementation=ahocorasick_rs.Implementation.DFA
            )
        atom_marks = self._atom_marks
        return [
            (base + start, base + end, mark, word) for word, start, end in self._automaton.find_matches_as_indexes(text) if (mark := atom_marks[word])
        ]

    def rest_of(self, atom: Atom, text: str, start: int) -> Atom:
        """A cue less what stands before `start`: as the word that is left, where that is a cue too."""
        n = bisect_left(self.words, text[start : atom[1]])
        if n < len(self.words) and self.words[n] == text[start : atom[1]]:
            return start, atom[1], self._atom_marks[n], n
        return start, *atom[1:]

    def value(self, word: int, role: str) -> str:
        """What a cue says in a role: a direction, a basis."""
        return self.values[word].get(role, "")

    def marks_of(self, phrase: str) -> int:
        """The marks of a phrase that is one cue word as a whole."""
        return self._marks.get(phrase, 0)

    def says(self, phrase: str, role: str) -> str:
        """What a phrase that is one cue word says in a role."""
        return self.values[bisect_left(self.words, phrase)].get(role, "") if phrase in self._marks else ""

    def ends_in(self, phrase: str, marks: int) -> str:
        """The longest cue word with one of these marks that a phrase ends in."""
        known = self._marks
        for size in range(min(6, len(phrase)), 1, -1):
            if known.get(phrase[-size:], 0) & marks:
                return phrase[-size:]
        return ""

    def measure_at_end(self, head: str) -> str:
        """The measure a head ends in (产值, 总投资)."""
        return self.ends_in(head, marks.NEEDY)

    @cached_property
    def _atom_marks(self) -> list[int]:
        return [mark & ~marks.OF_PHRASES for mark in self.word_marks]

    def __post_init__(self) -> None:
        self._marks = dict(zip(self.words, self.word_marks, strict=True))

    def __getstate__(self) -> dict[str, object]:
        return {**{name: value for name, value in self.__dict__.items() if name not in ("plans", "national", "_atom_marks")}, "_automaton": None}


def compile_lexicon(files: Sequence[RuleFile], data: Sequence[Path]) -> Lexicon:
    """One table of cue words; a word with several roles carries all their marks."""
    word_marks: dict[str, int] = {}
    values: dict[str, dict[str, str]] = {}
    joint = Coordination()
    for mark, signs in PUNCTUATION.items():
        _add(word_marks, values, signs, mark, "sign", "")
    for file in files:
        for rule, line in zip(file.rules, file.lines, strict=True):
            if isinstance(rule, CoordinationRule):
                joint.compounds.update({name: tuple(parts) for name, parts in rule.compounds.items()})
                joint.siblings += rule.siblings
                joint.heads += rule.heads
            elif isinstance(rule, CueRule):
                if rule.role not in ROLES:
                    raise RuleError(file.path, line, f"no role is called {rule.role!r}", f"one of {', '.join(sorted(ROLES))}")
                _add(word_marks, values, rule.words, ROLES[rule.role], rule.role, rule.value)
    joint.heads += [word for word, mark in word_marks.items() if mark & marks.NEEDY and word not in joint.heads]
    joint.siblings.sort(key=lambda word: (-len(word), word))
    joint.heads.sort(key=lambda head: (-len(head), head))
    words = sorted(word_marks)
    return Lexicon(words, [word_marks[word] for word in words], [values[word] for word in words], joint)


def _claims(_kind: str, rule: Rule) -> Iterator[Claim]:
    if isinstance(rule, CueRule):
        yield from (Claim(word, f"a word of role {rule.role}", rule.value, later=True) for word in rule.words)
    elif isinstance(rule, CoordinationRule):
        yield from (Claim(word, "a run-together name", " ".join(parts), later=True) for word, parts in rule.compounds.items())


def _add(word_marks: dict[str, int], values: dict[str, dict[str, str]], words: Iterable[str], mark: int, role: str, value: str) -> None:
    for word in words:
        word_marks[word] = word_marks.get(word, 0) | mark
        values.setdefault(word, {})[role] = value


FACTS = Family(
    name="facts",
    kinds={"cues": CueRule, "coordination": CoordinationRule, "shapes": ShapeRule},
    compile=compile_lexicon,
    about="The words a statement of a figure is built of.",
    claims=_claims,
)
