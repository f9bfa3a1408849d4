"""The rule family `officials`: what its files may hold, and what they compile to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from pipeline.rulebook import Claim, Family, Rule, RuleFile
from pipeline.stages.people.foreign import SpelledModel
from pipeline.stages.people.names import NameModel
from pipeline.stages.people.tables import read_common, read_common_in_spelled, read_names, read_spelled, read_spelled_places
from pipeline.stages.people.wordlist import WordList

Role = Literal["official", "reporter", "other"]


#: What follows a verb that tells what somebody does before one's eyes: 领着, 掏出.
ASPECTS = ("着", "了", "起", "出", "来", "上")


class Posts(Rule):
    """Words for posts that mean the same for whoever holds them."""

    words: str
    role: Literal["official", "reporter", "other", "body"]
    own_body: bool = False
    level: Literal["nation", "province", "city", "county", "township", "village"] | None = None
    #: A name after such a word stands apart, behind a blank or a colon: 编辑：甲.
    apart: bool = False
    #: Whether such a word is a given name too, so that a surname before it makes no form of address: 周亚军.
    given: bool = False


class Words(Rule):
    """A closed class of words around posts and names; `as` says which."""

    words: str
    use: Literal[
        "rank",
        "former",
        "nominated",
        "break",
        "part",
        "level",
        "public",
        "private",
        "follow",
        "act",
        "address",
        "of_things",
        "kind",
        "thing",
        "nation",
        "state_body",
        "state_firm",
        "unit",
        "rare_surname",
    ]


class Verbs(Rule):
    """Verbs that give or take a post, and what the post is after them."""

    words: str
    status: Literal["incumbent", "appointed", "nominated", "former"]
    order: Literal["name_verb_title", "verb_name_title", "name_title_verb"]


@dataclass(frozen=True)
class PostWord:
    """A word for a post and the rule it comes from."""

    word: str
    rule_id: str
    role: str
    own_body: bool
    level: str | None
    apart: bool = False
    given: bool = False


@dataclass(frozen=True)
class Officials:
    """The compiled family."""

    names: NameModel
    spelled: SpelledModel
    posts: dict[str, PostWord]
    classes: dict[str, dict[str, str]]
    verbs: tuple[Verbs, ...]
    common: frozenset[str]

    @cached_property
    def post_words(self) -> WordList:
        """The words for posts, to be found in a text."""
        return WordList(self.posts)

    @cached_property
    def verb_patterns(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        """One pattern for verbs after the name, one for verbs before it."""
        return _pattern(self.verbs, "name_verb_title"), _pattern(self.verbs, "verb_name_title")

    @cached_property
    def thing_pattern(self) -> re.Pattern[str]:
        """What makes a thing's name of a person's: words for firms and schools soon after it, those of one character at once."""
        near = "".join(re.escape(word) for word in self.words("thing") if len(word) == 1)
        far = "|".join(map(re.escape, (word for word in self.words("thing") if len(word) > 1)))
        return re.compile(rf"^.?[{near}]|{far}" if near and far else r"(?!)")

    @cached_property
    def listed_things(self) -> re.Pattern[str]:
        """The rest of a list that says at its end which kind of things it lists: 、…等6家企业; 、…三家公司."""
        kinds = "|".join(map(re.escape, self.words("kind"))) or r"(?!)"
        return re.compile(
            rf"(?:、[^、，。；！？\n等]{{1,14}}){{0,8}}(?:等|[一二两三四五六七八九十\d][家座条处])[^、，。；！？\n人名位]{{0,8}}?(?:{kinds})"
        )

    def __getstate__(self) -> dict[str, object]:
        return {key: value for key, value in self.__dict__.items() if key not in ("post_words", "verb_patterns", "thing_pattern", "listed_things")}

    def lexicon(self) -> Iterable[str]:
        """Words for posts, to be kept whole."""
        return self.posts

    def words(self, use: str) -> dict[str, str]:
        """The words of a class, each with the id of its rule."""
        return self.classes.get(use, {})


def _pattern(verbs: Sequence[Verbs], order: str) -> re.Pattern[str]:
    words = sorted((word for rule in verbs if rule.order == order for word in rule.words.split()), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)) or r"(?!)")


def _claims(_kind: str, rule: Rule) -> Iterator[Claim]:
    if isinstance(rule, Posts):
        gives = f"{rule.role} {rule.own_body} {rule.level} {rule.apart} {rule.given}"
        yield from (Claim(word, "a post", gives) for word in rule.words.split())
    elif isinstance(rule, Words):
        yield from (Claim(word, f"a word of use {rule.use}") for word in rule.words.split())
    elif isinstance(rule, Verbs):
        yield from (Claim(word, f"a verb ({rule.order})", rule.status, later=True) for word in rule.words.split())


def _compile(files: Sequence[RuleFile], data: Sequence[Path]) -> Officials:
    posts: dict[str, PostWord] = {}
    classes: dict[str, dict[str, str]] = {}
    verbs: list[Verbs] = []
    for file in files:
        for rule in file.rules:
            if isinstance(rule, Posts):
                for word in rule.words.split():
                    posts.setdefault(word, PostWord(word, f"officials/{rule.id}", rule.role, rule.own_body, rule.level, rule.apart, rule.given))
            elif isinstance(rule, Words):
                for word in rule.words.split():
                    classes.setdefault(rule.use, {}).setdefault(word, f"officials/{rule.id}")
            elif isinstance(rule, Verbs):
                verbs.append(rule)
    for word, rule_id in classes.get("act", {}).items():
        classes["follow"].update({word + aspect: rule_id for aspect in ASPECTS if word + aspect not in classes["follow"]})
    common = read_common(data) | read_spelled_places(data)
    return Officials(read_names(data), read_spelled(data, read_common_in_spelled(data)), posts, classes, tuple(verbs), common)


FAMILY = Family(
    name="officials",
    kinds={"posts": Posts, "words": Words, "verbs": Verbs},
    compile=_compile,
    data=("*.tsv",),
    about="Posts, bodies and the words around them; what names are made of.",
    claims=_claims,
)
