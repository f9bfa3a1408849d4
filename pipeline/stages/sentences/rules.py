"""The family of rules behind `speaker`: which words report speech, what may stand before them, and who speaks without a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import Field

from pipeline.rulebook import Claim, Family, Rule, RuleFile


class Verbs(Rule):
    """Words that say somebody speaks, as they stand before a comma, a colon, a full stop or a quotation."""

    verbs: list[str] = Field(min_length=1)
    beside: bool = Field(default=False, description="They say so only right after a quotation, or before one after a colon or in the next paragraph.")


class Roles(Rule):
    """Words that end the mention of a speaker without a name (相关负责人), or stand after a surname (女士) or a name (同志).

    A clause that has one of `not_with` is about such people and not said by them (获得市民点赞).
    """

    roles: list[str] = Field(default_factory=list)
    after_surname: list[str] = Field(default_factory=list)
    after_name: list[str] = Field(default_factory=list)
    not_with: list[str] = Field(default_factory=list)


class Adverbs(Rule):
    """What stands between the speaker and the word of speaking, and is no part of the speaker's name: a regular expression."""

    pattern: str


class Posts(Rule):
    """What tells a name from other words: last characters of words before it, and what no name is or ends in."""

    endings: str = ""
    never_last: str = ""
    never: list[str] = Field(default_factory=list)


@dataclass(frozen=True)
class SpeechRules:
    """The compiled family."""

    verb: re.Pattern[str]
    beside: frozenset[str]
    tail: re.Pattern[str]
    adverbs: re.Pattern[str]
    role: re.Pattern[str]
    no_role: re.Pattern[str]
    honorific: re.Pattern[str]
    post_after_name: re.Pattern[str]
    before_name: frozenset[str]
    posted_name: re.Pattern[str]
    never_last: frozenset[str]
    never: frozenset[str]
    surnames: frozenset[str] = field(repr=False)

    def reports(self, text: str, at: int) -> bool:
        """Whether the words from here on report the quotation that just closed: 甲说。"""
        return self.tail.match(text, at) is not None


#: What follows a person who has just been named with a post and goes somewhere or does something.
_AFTER_NAME = "[前在到赴率主出参深陪对就向与带先来走调检作发说介致代宣]|一行"


def compile_speech(files: Sequence[RuleFile], data: Sequence[Path]) -> SpeechRules:
    verbs: list[str] = []
    beside: set[str] = set()
    roles: list[str] = []
    not_with: list[str] = []
    honorifics: list[str] = []
    after_name: list[str] = []
    adverbs: list[str] = []
    never: list[str] = []
    endings = never_last = ""
    for rule in (rule for file in files for rule in file.rules):
        if isinstance(rule, Verbs):
            verbs += rule.verbs
            beside.update(rule.verbs if rule.beside else ())
        elif isinstance(rule, Roles):
            roles += rule.roles
            not_with += rule.not_with
            honorifics += rule.after_surname
            after_name += rule.after_name
        elif isinstance(rule, Adverbs):
            adverbs.append(rule.pattern)
        elif isinstance(rule, Posts):
            endings += rule.endings
            never_last += rule.never_last
            never += rule.never
    surnames = frozenset(name for path in data for name in path.read_text("utf-8").split() if not name.startswith("#"))
    said = _any_of(verbs)
    circumstance = r"(?:在|面对|对此|[谈说讲提聊][及到起]|看着|想起)[^，,。！？“”\n]{0,20}[，,]"
    surname = _any_of(surnames)
    return SpeechRules(
        verb=re.compile(rf"{said}(?=[，,：:。！!“「]|$)", re.M),
        beside=frozenset(beside),
        tail=re.compile(rf"(?:{circumstance})?[^，,。！？；：:“”\n]{{1,40}}?{said}(?=[，,。！!]|$)", re.M),
        adverbs=re.compile("|".join(f"(?:{pattern})" for pattern in adverbs)),
        role=re.compile(rf"{_any_of(roles)}$"),
        no_role=re.compile(_any_of(not_with)),
        honorific=re.compile(rf"{surname}(?:{_any_of([*honorifics, *after_name])})$"),
        post_after_name=re.compile(rf"{_any_of([*honorifics, *after_name])}$"),
        before_name=frozenset(endings),
        never_last=frozenset(never_last),
        never=frozenset(never),
        posted_name=re.compile(rf"(?<=[{re.escape(endings)}])(?P<name>{surname}[\u4e00-\u9fff]{{1,2}}?)(?={_AFTER_NAME})"),
        surnames=surnames,
    )


def _claims(_kind: str, rule: Rule) -> Iterator[Claim]:
    if isinstance(rule, Verbs):
        yield from (Claim(word, "a word of speaking") for word in rule.verbs)
    elif isinstance(rule, Roles):
        after = ("a word after a surname", rule.after_surname), ("a word after a name", rule.after_name)
        for use, words in (("a speaker without a name", rule.roles), *after):
            yield from (Claim(word, use) for word in words)


def _any_of(words: Sequence[str] | frozenset[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))})"


FAMILY = Family(
    name="sentences",
    kinds={"verbs": Verbs, "roles": Roles, "adverbs": Adverbs, "posts": Posts},
    compile=compile_speech,
    about="Who is quoted: words of speaking, what stands between them and the speaker, speakers without a name.",
    data=("*.tsv",),
    claims=_claims,
    patterns=lambda rule: {"pattern": rule.pattern} if isinstance(rule, Adverbs) else {},
)
