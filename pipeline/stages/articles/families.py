"""The rules this stage reads: what kinds of report there are, what lines are made of, and what debris pages carry."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pydantic import Field

from pipeline.rulebook import Family, Rule, RuleError, RuleFile
from pipeline.rulebook.family import Closed
from pipeline.rulebook.glance import Glance, glance

#: How a pattern names a class of words.
_WORD = re.compile(r"~([a-z_]+)~")

#: A pattern that finds nothing, for a family without rules.
_NOTHING = r"(?!)"

#: For so many pairs of first and last characters it is remembered which rules may take a line.
_MOST_EDGES = 1 << 14

#: What a whole line, or a part of one, can be.
LineKind = Literal["byline", "speaker", "caption", "furniture", "masthead", "section", "kicker", "body"]
TextPart = Literal["lede", "credit", "turn", "opening", "first", "scene", "label"]
ScriptPart = Literal["start", "closing", "mark", "inner", "contents"]
PagePart = Literal["briefs", "notice", "box", "more", "note"]
PartKind = TextPart | ScriptPart | PagePart


class Evidence(Closed):
    """A pattern that speaks for (or, with a negative weight, against) a kind of report."""

    pattern: str
    weight: float = 1.0
    most: int = Field(default=1, ge=1, description="How many finds count.")


class Profile(Rule):
    """A kind of report: what tells it, and how its articles are laid out."""

    evidence: list[Evidence]
    threshold: float = 1.0
    articles: Literal["headlines", "one", "speeches"] = "headlines"
    kind: Literal["news", "speech", "brief", "notice", "photo"] = "news"
    columns: bool = True


class LineRule(Rule):
    """A pattern for a whole line. Named groups say what its parts are."""

    type: LineKind
    pattern: str
    longest: int = 80
    under: bool = Field(default=False, description="Only right under the end of a text.")
    ends: bool = Field(default=False, description="Only where no text follows on the next line.")
    edge: bool = Field(default=False, description="Only the first and last lines of a page are taken for it.")
    keep: bool = Field(default=False, description="A masthead that stays on the page as a byline.")
    only: list[str] = Field(default_factory=list, description="Formats the rule is for; all when left out.")


class PartRule(Rule):
    """A pattern for a part of a paragraph: who reports at its start (lede) or its end (credit, which ends with no mark but a
    bracket), a pointer to another page at its end (turn), words that only the beginning of a news item has (opening), words
    that open a sentence and seldom stand inside one (first), a mark that begins an item (start), what a picture shows
    (scene), or a label whose value stands on the next line (label). In scripts of broadcasts: how presenters take their
    leave (closing), a label alone on its line (mark) and those of them that never open an item (inner), what announces the
    list of headlines (contents). And what a headline says: over a list of news in brief (briefs), over a notice (notice),
    over a box such as the weather's (box), over a list of other texts to read (more); the last three head articles of their
    own. What the editors say before a digest (note) is no speech."""

    type: PartKind
    pattern: str


class Word(Rule):
    """A class of words, for other patterns to use as `~id~`."""

    pattern: str


class Debris(Rule):
    """Characters that are no text. The group `keep` stays; `becomes` stands in place of the rest; `breaks` ends a line."""

    begins: str = Field(min_length=1, description="The characters, as a regular expression's class, that its finds begin with.")
    pattern: str
    becomes: str = Field(default="", max_length=1)
    reference: bool = Field(default=False, description="The find is an HTML character reference; the character it means stands in its place.")
    breaks: bool = False
    after: Literal["anything", "traditional"] = "anything"
    report: bool = False


class Doubled(Rule):
    """A pair of equal characters that bad OCR makes of one."""

    pattern: str


@dataclass(frozen=True)
class LinePattern:
    """A compiled line rule; where its finds have one word for certain, that is the `word`."""

    rule_id: str
    type: str
    pattern: re.Pattern[str]
    longest: int
    edge: bool
    under: bool
    ends: bool
    keep: bool
    only: frozenset[str]
    glance: Glance
    word: str = ""


@dataclass(frozen=True)
class Clue:
    """Compiled evidence for a kind of report."""

    pattern: re.Pattern[str]
    weight: float
    most: int
    glance: Glance


@dataclass(frozen=True)
class Formats:
    """The family `formats`, compiled. `clue_words` are what clues ask for, `turns` what pointers to other pages have."""

    profiles: tuple[tuple[Profile, tuple[Clue, ...]], ...]
    lines: tuple[LinePattern, ...]
    parts: dict[str, tuple[tuple[str, re.Pattern[str]], ...]]
    words: dict[str, re.Pattern[str]]
    longest: int
    clue_words: tuple[str, ...]
    turns: tuple[Glance, ...]
    _by_edges: dict[tuple[str, str], tuple[LinePattern, ...]] = field(default_factory=dict, compare=False, repr=False)

    def lines_like(self, text: str) -> tuple[LinePattern, ...]:
        """The rules that may take a line, which is not empty, by its first and last characters."""
        edges = text[0], text[-1]
        rules = self._by_edges.get(edges)
        if rules is None:
            if len(self._by_edges) >= _MOST_EDGES:
                self._by_edges.clear()
            rules = self._by_edges[edges] = tuple(rule for rule in self.lines if rule.glance.line(text))
        return rules

    def says(self, kind: str, text: str) -> bool:
        """Whether a pattern of this kind finds itself in a text."""
        return any(pattern.search(text) for _, pattern in self.parts.get(kind, ()))


@dataclass(frozen=True)
class Cleaning:
    """The family `cleaning`, compiled: one pattern reads all debris, its group names say which rule; `suspects` finds
    the characters debris begins with, so that clean text is passed over quickly."""

    suspects: re.Pattern[str]
    debris: re.Pattern[str]
    rules: dict[str, tuple[str, Debris]]
    doubled: re.Pattern[str]
    doubled_look: Glance
    doubled_rules: dict[str, str]


def _compile_formats(files: Sequence[RuleFile], data: Sequence[Path]) -> Formats:
    words = {rule.id: rule.pattern for file in files for rule in file.rules if isinstance(rule, Word)}

    def spelt_out(pattern: str) -> re.Pattern[str]:
        while used := _WORD.search(pattern):
            if used[1] not in words:
                raise RuleError(files[0].path.parent, None, f"no words are called ~{used[1]}~", f"one of {', '.join(words)}")
            pattern = f"{pattern[: used.start()]}(?:{words[used[1]]}){pattern[used.end() :]}"
        return re.compile(pattern, re.MULTILINE)

    def clue(evidence: Evidence) -> Clue:
        pattern = spelt_out(evidence.pattern)
        return Clue(pattern, evidence.weight, evidence.most, glance(pattern))

    profiles: list[tuple[Profile, tuple[Clue, ...]]] = []
    lines: list[LinePattern] = []
    parts: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for file in files:
        for rule in file.rules:
            if isinstance(rule, Profile):
                profiles.append((rule, tuple(map(clue, rule.evidence))))
            elif isinstance(rule, LineRule):
                pattern = spelt_out(rule.pattern)
                where = {"edge": rule.edge, "under": rule.under, "ends": rule.ends, "keep": rule.keep}
                look = glance(pattern)
                word = look.words[0] if look.words is not None and len(look.words) == 1 else ""
                only = frozenset(rule.only)
                lines.append(LinePattern(f"formats/{rule.id}", rule.type, pattern, rule.longest, **where, only=only, glance=look, word=word))
            elif isinstance(rule, PartRule):
                parts.setdefault(rule.type, []).append((f"formats/{rule.id}", spelt_out(rule.pattern)))
    return Formats(
        tuple(profiles),
        tuple(lines),
        {kind: tuple(found) for kind, found in parts.items()},
        {word: spelt_out(f"~{word}~") for word in words},
        max((line.longest for line in lines), default=0),
        tuple(sorted({word for _, clues in profiles for clue in clues for word in clue.glance.words or ()})),
        tuple(glance(pattern) for _, pattern in parts.get("turn", ())),
    )


def _compile_cleaning(files: Sequence[RuleFile], data: Sequence[Path]) -> Cleaning:
    alternatives: list[str] = []
    rules: dict[str, tuple[str, Debris]] = {}
    pairs: list[str] = []
    doubled: dict[str, str] = {}
    for file in files:
        for rule in file.rules:
            if isinstance(rule, Debris):
                name = f"r{len(rules)}"
                # Several rules may have a group `keep`; in one pattern each needs a name of its own.
                alternatives.append(f"(?P<{name}>{rule.pattern.replace('(?P<keep>', f'(?P<{name}keep>')})")
                rules[name] = (f"cleaning/{rule.id}", rule)
            elif isinstance(rule, Doubled):
                name = f"d{len(doubled)}"
                pairs.append(f"(?P<{name}>{rule.pattern})")
                doubled[name] = f"cleaning/{rule.id}"
    suspects = "".join(rule.begins for _, rule in rules.values())
    doubled_pattern = re.compile("|".join(pairs) or _NOTHING)
    return Cleaning(
        re.compile(f"[{suspects}]" if suspects else _NOTHING),
        re.compile("|".join(alternatives) or _NOTHING),
        rules,
        doubled_pattern,
        glance(doubled_pattern),
        doubled,
    )


def _format_patterns(rule: Rule) -> dict[str, str]:
    if isinstance(rule, Profile):
        return {f"evidence.{n}": evidence.pattern for n, evidence in enumerate(rule.evidence)}
    if isinstance(rule, (LineRule, PartRule, Word)):
        return {"pattern": rule.pattern}
    return {}


def _cleaning_patterns(rule: Rule) -> dict[str, str]:
    if isinstance(rule, Debris):
        return {"pattern": rule.pattern, "begins": f"[{rule.begins}]"}
    return {"pattern": rule.pattern} if isinstance(rule, Doubled) else {}


FORMATS = Family(
    name="formats",
    kinds={"profile": Profile, "lines": LineRule, "parts": PartRule, "words": Word},
    compile=_compile_formats,
    about="Kinds of report, one file each; and what lines and parts of paragraphs are, told by their wording.",
    patterns=_format_patterns,
)
CLEANING = Family(
    name="cleaning",
    kinds={"debris": Debris, "doubled": Doubled},
    compile=_compile_cleaning,
    about="Characters on a page that are no text: markup, invisible characters, what broken exports leave behind.",
    patterns=_cleaning_patterns,
)
FAMILIES = (FORMATS, CLEANING)
