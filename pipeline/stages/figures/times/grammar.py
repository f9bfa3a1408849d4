"""How pieces make expressions: the rules put together into one pattern that finds them and a reader that takes them apart.

An expression is a chain of pieces from years down to the hour (2023年 › 7月 › 24日 › 上午), each level with the levels
that may follow it; two chains make a range (4月19日至21日); words before and after bound it (截至…, …以来).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import get_args

from pipeline.rulebook.family import Rule
from pipeline.stages.figures.times.expression import Expression, Level, Sense, Span, Step
from pipeline.stages.figures.times.finding import DIGITS, Beginnings, beginnings
from pipeline.stages.figures.times.models import Bound, Clue, Cue, Heading, Join, Piece, Report, Vague
from pipeline.stages.figures.times.slots import fill, number

#: The day of each feast that moves, by year.
Feasts = Mapping[str, Mapping[int, int]]
#: The months of the lunar calendar: year, month and whether it is the second of its name, in one number → first day, as an ordinal, and length.
LUNAR_COLUMN = "lunar"
#: Which levels may follow which.
FOLLOWS: dict[Level, tuple[Level, ...]] = {
    "years": ("part", "edge"),
    "year": ("part", "feast", "month", "edge", "tail"),
    "part": ("edge", "tail"),
    "month": ("dekad", "nth", "day", "edge", "tail"),
    "nth": (),
    "dekad": ("tail",),
    "week": ("weekday", "daypart"),
    "weekday": ("daypart", "clock"),
    "feast": ("daypart", "clock"),
    "day": ("aside", "daypart", "clock"),
    "date": ("aside", "daypart", "clock"),
    "aside": ("daypart", "clock"),
    "daypart": ("clock",),
}
#: Levels that may follow one after another, each of them left out or not.
IN_TURN: tuple[Level, ...] = ("aside", "daypart", "clock")
#: The levels that may open an expression, the greedier ones first.
OPENERS: tuple[Level, ...] = ("date", "years", "year", "part", "feast", "month", "week", "weekday", "day", "daypart", "clock", "edge")
#: The levels that may open the second half of a range.
SECONDS: tuple[Level, ...] = ("date", "years", "year", "part", "feast", "month", "week", "day", "daypart", "clock", "edge")


@dataclass(frozen=True)
class Reader:
    """Reads one piece off the start of a surface."""

    pattern: re.Pattern[str]
    rule: str
    means: str
    of: str
    times: int
    plus: int
    words: dict[str, int | tuple[int, int]]
    alone: bool
    days: Mapping[int, int] | None
    joins: re.Pattern[str]
    lists: frozenset[str]

    def read(self, surface: str, at: int) -> tuple[int, Step] | None:
        match = self.pattern.match(surface, at)
        if match is None:
            return None
        if match[0] in self.words:
            means = self.words[match[0]]
            n, last = means if isinstance(means, tuple) else (means, means)
            return match.end(), Step(self.means, n, last, self.rule, self.of, self.days)
        numbers = [number(group) for group in match.groups()[1:] if group]
        if self.means == "date":
            return match.end(), Step("date", numbers[0] * 10000 + numbers[1] * 100 + numbers[2], 0, self.rule)
        if self.means in ("lunar_day", "lunar_month"):
            return match.end(), Step(self.means, numbers[0], numbers[1] if len(numbers) > 1 else 0, self.rule, "leap" * ("闰" in match[0]), self.days)
        if self.means == "nth_weekday":
            return match.end(), Step(self.means, numbers[0], numbers[1], self.rule)
        if self.means == "decade" and len(numbers) == 2:
            numbers = [100 * (numbers[0] - 1) + numbers[1]]
        if self.means == "year" and numbers[0] < 100 and not match[0].startswith("公元"):
            numbers = [numbers[0] + (1900 if numbers[0] >= 50 else 2000)]
        last = numbers[0] * self.times + self.plus if numbers else 0
        heads = [number(head.lstrip("第")) for head in self.joins.split(match[1]) if head]
        if not heads:
            return match.end(), Step(self.means, last, last, self.rule, self.of, self.days)
        listed = any(mark in match[1] for mark in self.lists)
        if listed and [*heads, last] != list(range(heads[0], last + 1)):
            return match.end(), Step("apart", heads[0], last, self.rule)  # 一、三季度 is no span of quarters
        return match.end(), Step(self.means, heads[0], last, self.rule, self.of)


@dataclass(frozen=True)
class CueWords:
    """Words before and after an expression that decide something about it."""

    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    near: int

    def hold(self, text: str, start: int, end: int, floor: int, ceiling: int) -> bool:
        if self.before is not None and self.before.search(text, max(floor, start - self.near), start):
            return True
        return self.after is not None and self.after.match(text, end, min(ceiling, end + self.near)) is not None


@dataclass(frozen=True)
class ClueForm:
    """A phrase that tells the present year by counting."""

    pattern: re.Pattern[str]
    plus: int
    times: int

    def years(self, text: str) -> list[int]:
        """The years the phrases found in a text tell."""
        counts = ([number(group) for group in match.groups() if group] for match in self.pattern.finditer(text))
        return [self.plus + first * self.times + sum(rest) for first, *rest in counts]


@dataclass(frozen=True)
class ReportKind:
    """A kind of document that reports on a year."""

    formats: frozenset[str]
    names: re.Pattern[str]
    opening: re.Pattern[str]
    written_late: re.Pattern[str]
    named_after_subject: bool


@dataclass
class TimeRules:
    """The compiled family. `memo` keeps what each surface reads as, `lines` what short lines hold; neither travels with a pickle."""

    #: Where an expression may begin, and what one is.
    beginnings: Beginnings
    whole: re.Pattern[str]
    readers: dict[Level, tuple[Reader, ...]]
    opens: re.Pattern[str]
    closes: re.Pattern[str]
    join: re.Pattern[str]
    open_sense: dict[str, Sense]
    close_sense: dict[str, tuple[Sense, tuple[str, ...]]]
    vague_rules: tuple[tuple[re.Pattern[str], str], ...]
    cues: dict[str, tuple[CueWords, ...]]
    headings: dict[str, re.Pattern[str]]
    reports: tuple[ReportKind, ...]
    clues: tuple[ClueForm, ...]
    memo: dict[str, tuple[int, int, Expression] | None] = field(default_factory=dict)
    lines: dict[str, list[Span]] = field(default_factory=dict)

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "memo": {}, "lines": {}}


def compile_rules(rules: Sequence[Rule], feasts: Feasts) -> TimeRules:
    """Put the family's rules together."""
    pieces = [rule for rule in rules if isinstance(rule, Piece)]
    bounds = [rule for rule in rules if isinstance(rule, Bound)]
    joins = [rule for rule in rules if isinstance(rule, Join)]
    vagues = sorted((rule for rule in rules if isinstance(rule, Vague)), key=lambda rule: not rule.forms)
    headings = [rule for rule in rules if isinstance(rule, Heading)]
    marks = _words(mark for rule in joins if not rule.lists for mark in rule.marks)
    lists = frozenset(mark for rule in joins if rule.lists for mark in rule.marks)
    head_join = rf"[ ]?(?:{marks}|{_words(lists)})[ ]?" if lists else rf"[ ]?(?:{marks})[ ]?"

    opens = _words(word for rule in bounds for word in rule.opens)
    closes = "|".join(_closing(rule) for rule in bounds if rule.closes)
    chain = "|".join(_tree(pieces, level, head_join, opening=True) for level in OPENERS if _has(pieces, level, opening=True))
    second = "|".join(_tree(pieces, level, head_join, opening=False) for level in SECONDS if _has(pieces, level))
    shaped = "|".join(_vague(rule) for rule in vagues if rule.forms)  # 19世纪末, 每年5月: no date, though pieces of one stand in it
    worded = "|".join(_vague(rule) for rule in vagues if not rule.forms)
    whole = rf"(?:(?:{opens})[ ]?)?(?:{shaped}|(?:{chain})(?:[ ]?(?:{marks})[ ]?(?:{second}))?(?:[ ]?(?:{closes}))?|{worded})"
    starts = [*(_piece(piece, head_join, opening=True) for piece in pieces if piece.alone), *map(_vague, vagues)]
    return TimeRules(
        beginnings=beginnings([*starts, *(rf"(?:{opens})[ ]?{start}" for start in starts)]),
        whole=re.compile(whole),
        readers={level: tuple(_reader(piece, head_join, lists, feasts) for piece in pieces if piece.level == level) for level in get_args(Level)},
        opens=re.compile(rf"(?:{opens})[ ]?"),
        closes=re.compile(rf"[ ]?({_words(word for rule in bounds for word in rule.closes)})"),
        join=re.compile(rf"[ ]?(?:{marks})[ ]?"),
        open_sense={word: rule.sense for rule in bounds for word in rule.opens},
        close_sense={word: (rule.sense, tuple(rule.needs)) for rule in bounds for word in rule.closes},
        vague_rules=tuple((re.compile(_vague(rule, guarded=False)), rule.id) for rule in vagues),
        cues=_cues([rule for rule in rules if isinstance(rule, Cue)]),
        headings={part: _any(pattern for rule in headings if rule.part == part for pattern in rule.patterns) for part in ("review", "plan")},
        clues=tuple(
            ClueForm(re.compile(fill(form, capture=True)), rule.plus, rule.times) for rule in rules if isinstance(rule, Clue) for form in rule.forms
        ),
        reports=tuple(
            ReportKind(frozenset(rule.formats), _any(rule.patterns), _any(rule.opening), _any(rule.written_late), rule.named_after == "subject")
            for rule in rules
            if isinstance(rule, Report)
        ),
    )


def _tree(pieces: list[Piece], level: Level, head_join: str, *, opening: bool) -> str:
    """The pattern of a chain that starts at this level."""
    own = _own(pieces, level, head_join, opening=opening)
    followers = [follower for follower in FOLLOWS.get(level, ()) if _has(pieces, follower)]
    if followers and set(followers) <= set(IN_TURN):
        return own + "".join(rf"(?:[ ]?{_own(pieces, follower, head_join)})?" for follower in followers)
    after = "|".join(_tree(pieces, follower, head_join, opening=False) for follower in followers)
    return rf"{own}(?:[ ]?(?:{after}))?" if after else own


def _own(pieces: list[Piece], level: Level, head_join: str, *, opening: bool = False) -> str:
    """The pattern of one level's pieces, without what may follow."""
    return rf"(?:{'|'.join(_piece(piece, head_join, opening=opening) for piece in pieces if piece.level == level and (piece.alone or not opening))})"


def _has(pieces: list[Piece], level: Level, *, opening: bool = False) -> bool:
    return any(piece.level == level and (piece.alone or not opening) for piece in pieces)


def _piece(piece: Piece, head_join: str, *, opening: bool) -> str:
    body = "|".join(_bodies(piece))
    head = rf"(?:(?:{fill(piece.head)}){head_join}){{0,3}}" if piece.head else ""
    before = ""
    if opening:
        never = piece.never_after + (DIGITS + "." if piece.forms else "")
        before = rf"(?<![{re.escape(never)}])" if never else ""
        if piece.lifted_after:
            before = rf"(?:{before}|{'|'.join(f'(?<={pattern})' for pattern in piece.lifted_after)})"
        if piece.only_after:
            before += rf"(?<![^{re.escape(piece.only_after)}])"
    after = rf"(?!{piece.never_before})" if piece.never_before else ""
    if opening and piece.only_before:
        after += rf"(?={piece.only_before})"
    return rf"{before}{head}(?:{body}){after}"


def _bodies(rule: Piece | Vague, *, capture: bool = False) -> list[str]:
    return [*([_words(rule.words)] if rule.words else []), *(fill(form, capture=capture) for form in rule.forms)]


def _reader(piece: Piece, head_join: str, lists: frozenset[str], feasts: Feasts) -> Reader:
    head = rf"((?:(?:{fill(piece.head)}){head_join}){{0,3}})" if piece.head else "()"
    return Reader(
        pattern=re.compile(rf"{head}(?:{'|'.join(_bodies(piece, capture=True))})"),
        rule=piece.id,
        means=piece.means,
        of=piece.of,
        times=piece.times,
        plus=piece.plus,
        words=piece.words,
        alone=piece.alone,
        days=feasts[piece.column] if piece.column else None,
        joins=re.compile(head_join),
        lists=lists,
    )


def _closing(rule: Bound) -> str:
    after = rf"(?!{rule.never_before})" if rule.never_before else ""
    return rf"(?:{_words(rule.closes)}){after}"


def _vague(rule: Vague, *, guarded: bool = True) -> str:
    body = "|".join(_bodies(rule))
    if not guarded:
        return rf"(?:{body})"
    before = rf"(?<![{re.escape(rule.never_after)}])" if rule.never_after else ""
    after = rf"(?!{rule.never_before})" if rule.never_before else ""
    return rf"{before}(?:{body}){after}"


def _cues(rules: list[Cue]) -> dict[str, tuple[CueWords, ...]]:
    out: dict[str, tuple[CueWords, ...]] = {}
    for rule in rules:
        before = re.compile("|".join(rule.before)) if rule.before else None
        after = re.compile("|".join(rule.after)) if rule.after else None
        out[rule.cue] = (*out.get(rule.cue, ()), CueWords(before, after, rule.near))
    return out


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns) or "(?!)")


def _words(words: Iterable[str]) -> str:
    """Alternatives, the longer before the shorter; words that begin alike share their beginning."""
    tree: dict[str, dict] = {}  # type: ignore[type-arg]
    for word in words:
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return _written(tree) or "(?!)"


def _written(tree: dict[str, dict]) -> str:  # type: ignore[type-arg]
    branches = [re.escape(char) + _written(below) for char, below in sorted(tree.items()) if char]
    if not branches:
        return ""
    body = branches[0] if len(branches) == 1 and "" not in tree else rf"(?:{'|'.join(branches)})"
    return rf"{body}?" if "" in tree else body
