"""The kinds of rule in `rules/places`, and what they compile to."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple

import ahocorasick_rs as ac
from pydantic import Field

from pipeline.rulebook.family import Claim, Family, Rule, RuleFile
from pipeline.stages.places.ahead import HAN, Ahead, Way, one_of
from pipeline.stages.places.gazetteer import Gazetteer
from pipeline.stages.places.shortnames import township_short_name
from pipeline.stages.places.wordlist import WordList

#: The names of villages all over the country, without 村 and 社区.
VILLAGE_NAMES = "village_names.txt.gz"
#: What the people of a street call its administration, and often the street.
OFFICE = "办事处"
#: How many characters may lie between a place and the kind of zone it is part of: 永川|国家级|高新区.
_BEFORE_ZONE = 8


class Form(Rule):
    """How a name of the gazetteer may stand for a place; its id names the form."""


class Words(Rule):
    """Words, and nothing else to say of them."""

    words: list[str] = Field(min_length=1)


class Region(Rule):
    """Regions that are no administrative place, by name."""

    words: list[str] = Field(min_length=1)
    name: str | None = None


class Deictic(Rule):
    """Words that mean a place of a kind without naming it: ours (我区, 全区) or the one spoken of (该镇).

    Right before `region_before` (patterns) they mean the autonomous region: 全区12个盟市.
    """

    words: list[str] = Field(min_length=1)
    kind: Literal["区", "市", "县", "旗", "省", "州", "盟", "镇", "乡", "街道", "苏木", "村", "嘎查", "社区"]
    whose: Literal["ours", "last"]
    region_before: list[str] = Field(default_factory=list)


class Several(Rule):
    """Short forms of several places at once, each with the codes it stands for."""

    words: dict[str, list[str]]


class Letters(Rule):
    """Single characters that stand for a place after certain words (在渝, 来川), and in runs of three or more, with `in_runs` (甘青宁)."""

    letters: dict[str, str] = Field(default_factory=dict)
    in_runs: dict[str, str] = Field(default_factory=dict)
    before: list[str] = Field(min_length=1)
    after: list[str] = Field(default_factory=list)


class Ending(Rule):
    """What makes a place before it part of a longer name; `reach` characters may lie between.

    `after` is whether any place does, one from the county up, or only a short name.
    """

    words: list[str] = Field(min_length=1)
    reach: int = Field(default=0, ge=0, le=16)
    after: Literal["any", "county", "short"] = "any"
    unless_followed: list[str] = Field(default_factory=list)


class Settlement(Rule):
    """Villages and communities: how their names end, and words that end so and name none."""

    endings: list[str] = Field(min_length=1)
    no_names: list[str] = Field(min_length=1)
    no_ends: list[str] = Field(min_length=1)
    not_before: list[str] = Field(min_length=1)
    of_its_own: list[str] = Field(default_factory=list)


class ZoneKind(Rule):
    """Kinds of zone, as they stand after a place's name or a name of their own."""

    words: list[str] = Field(min_length=1)
    own: list[str] = Field(min_length=1)
    breaks: list[str] = Field(default_factory=list)
    no_names: list[str] = Field(default_factory=list)
    parts: list[str] = Field(default_factory=list)


class Reading(NamedTuple):
    """What a surface of the automaton may be."""

    form: str
    rule_id: str
    payload: Any = None


@dataclass
class PlaceRules:
    """Everything the recogniser uses; the automaton is made anew wherever it is loaded."""

    gazetteer: Gazetteer
    surfaces: list[str] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    common: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    bounded: frozenset[str] = frozenset()
    joined: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()
    tails: frozenset[str] = frozenset()
    villages: WordList = field(default_factory=WordList)
    township_rule: str = ""
    township_short_rule: str = ""
    followers: str = ""
    nested: Ahead = field(default_factory=Ahead)
    nested_county: Ahead = field(default_factory=Ahead)
    nested_short: Ahead = field(default_factory=Ahead)
    zone_tail: Ahead = field(default_factory=Ahead)
    zone_own: str = ""
    zone_parts: tuple[str, ...] = ()
    no_zone: tuple[str, ...] = ()
    zone_rule: str = ""
    settlement: Settlement | None = None
    letters: dict[str, str] = field(default_factory=dict)
    letters_in_runs: dict[str, str] = field(default_factory=dict)
    letters_before: str = ""
    letters_after: str = ""
    letters_rule: str = ""

    def __post_init__(self) -> None:
        self._prepare()

    def __getstate__(self) -> dict[str, Any]:
        return {key: value for key, value in self.__dict__.items() if not key.startswith("_")}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._prepare()

    def _prepare(self) -> None:
        self._automaton = _automaton(self.surfaces)
        self._shorts: dict[str, tuple[Any, list[str]]] = {}
        self._by_surface = dict(zip(self.surfaces, self.readings, strict=True))

    def lexicon(self) -> Iterable[str]:
        """Full names of provinces, cities, counties and zones: words to be kept whole."""
        return [*self.gazetteer.full, *self.gazetteer.zones]

    def reading(self, surface: str) -> Reading | None:
        """What a surface may be."""
        return self._by_surface.get(surface)

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """(reading, start, end) of the surfaces in a text: leftmost, and the longest there."""
        return self._automaton.find_matches_as_indexes(text)  # type: ignore[no-any-return]

    def find_township_shorts(self, county: str, text: str) -> list[tuple[str, int, int]]:
        """(full name, start, end) of a county's townships by their short names."""
        if county not in self._shorts:
            forms = {township_short_name(name): name for name in reversed(self.gazetteer.townships.get(county, ()))}
            forms.pop(None, None)
            self._shorts[county] = (_automaton([form for form in forms if form]), list(forms.values()))
        automaton, names = self._shorts[county]
        return [(names[n], start, end) for n, start, end in automaton.find_matches_as_indexes(text)]


def _automaton(surfaces: Sequence[str]) -> Any:
    return ac.AhoCorasick(surfaces, matchkind=ac.MatchKind.LeftmostLongest, implementation=ac.Implementation.ContiguousNFA, store_patterns=False)


def compile_places(files: Sequence[RuleFile], data: Sequence[Path]) -> PlaceRules:
    """Rule files and tables → the compiled rules."""
    gazetteer = Gazetteer.read(path for path in data if path.suffix == ".tsv")
    out = PlaceRules(gazetteer)
    readings: dict[str, Reading] = {}
    by_kind: dict[str, list[Any]] = {}
    for file in files:
        by_kind.setdefault(file.kind, []).extend(file.rules)

    # A surface has one reading: what comes later here yields to what came before.
    for rule in by_kind.get("traps", ()):
        for word in rule.words:
            readings.setdefault(word, Reading("trap", f"places/{rule.id}"))
    for rule in by_kind.get("deictics", ()):
        for word in rule.words:
            readings.setdefault(word, Reading("deictic", f"places/{rule.id}", (rule.kind, rule.whose, "|".join(rule.region_before))))
    for rule in by_kind.get("several", ()):
        for word, codes in rule.words.items():
            readings.setdefault(word, Reading("several", f"places/{rule.id}", tuple(codes)))
    for kind in ("nation", "regions"):
        for rule in by_kind.get(kind, ()):
            for word in rule.words:
                readings.setdefault(word, Reading(kind, f"places/{rule.id}", rule.name or word))
    never = {word for rule in by_kind.get("no_names", ()) for word in rule.words}
    out.never = frozenset(never)
    forms = {rule.id: f"places/{rule.id}" for rule in by_kind.get("forms", ())}
    tables: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("full", "division.full", gazetteer.full),
        ("zone", "zone.listed", gazetteer.zones),
        ("township", "township.full", gazetteer.counties_of),
        ("short", "division.short", gazetteer.short),
        ("foreign", "foreign", gazetteer.foreign),
    )
    for form, rule_id, table in tables:
        for name, payload in table.items():
            if name not in never:
                readings.setdefault(name, Reading(form, forms[rule_id], payload))
            elif form == "full" and any(place.end is None for place in payload):
                readings.setdefault(name, Reading("chained", forms[rule_id], payload))
    for name, counties in gazetteer.counties_of.items():
        # A street's office stands for the street: 水集办事处. But 北京办事处 is an office of somebody in 北京.
        if name.endswith("街道") and not any(place.level != "county" for place in gazetteer.short.get(name[:-2], ())):
            readings.setdefault(name[:-2] + OFFICE, Reading("township", forms["township.full"], counties))
    out.surfaces, out.readings = list(readings), list(readings.values())

    out.common = frozenset(word for rule in by_kind.get("common", ()) for word in rule.words)
    out.bounded = frozenset(word for rule in by_kind.get("bounded", ()) for word in rule.words)
    out.joined = frozenset(word for rule in by_kind.get("joined", ()) for word in rule.words)
    out.tails = frozenset(word for rule in by_kind.get("tails", ()) for word in rule.words)
    out.township_rule, out.township_short_rule = forms["township.full"], forms["township.short"]
    for path in data:
        if path.name == VILLAGE_NAMES:
            out.villages = WordList(gzip.decompress(path.read_bytes()).decode("utf-8").split())
    out.openers = frozenset(word for rule in by_kind.get("openers", ()) for word in rule.words)
    endings, breaks = by_kind.get("endings", ()), by_kind.get("breaks", ())
    stops = tuple(word for rule in breaks for word in rule.words)
    out.nested, out.nested_county, out.nested_short = (
        Ahead(_ways(rule for rule in endings if rule.after == after), stops, "“”A-Za-z") for after in ("any", "county", "short")
    )
    out.followers = _any([*out.openers, *(word for kind in ("breaks", "followers") for rule in by_kind.get(kind, ()) for word in rule.words)])
    for rule in by_kind.get("zones", ()):
        out.zone_rule = f"places/{rule.id}"
        out.zone_tail = Ahead((Way(rf"{one_of(rule.words)}(?!{HAN}{{0,2}}(?:化|型))", _BEFORE_ZONE),), (*stops, *rule.breaks))
        out.zone_own = _any(rule.own)
        out.no_zone = tuple(rule.no_names)
        out.zone_parts = tuple(rule.parts)
    for rule in by_kind.get("villages", ()):
        out.settlement = rule
    for rule in by_kind.get("letters", ()):
        out.letters |= rule.letters
        out.letters_in_runs |= rule.letters | rule.in_runs
        out.letters_before = _any(rule.before)
        out.letters_after = _any(rule.after)
        out.letters_rule = f"places/{rule.id}"
    out._prepare()
    return out


#: The kinds whose words stand for something by themselves; a word has one reading, that of the kind that comes first here.
_READ_IN_TURN = ("traps", "deictics", "several", "nation", "regions")


def _claims(kind: str, rule: Rule) -> Iterator[Claim]:
    words: Iterable[str] = getattr(rule, "words", ())
    if kind in _READ_IN_TURN:
        gives = {"deictics": lambda: f"{getattr(rule, 'kind', '')} {getattr(rule, 'whose', '')}"}.get(kind, lambda: "")()
        yield from (Claim(word, "a word of the text", f"{kind} {gives}", rank=_READ_IN_TURN.index(kind)) for word in words)
    elif isinstance(rule, Letters):
        yield from (Claim(letter, "a letter that stands for a place", code, later=True) for letter, code in rule.letters.items())
    else:
        yield from (Claim(word, f"a word of kind {kind}") for word in words)


def _ways(endings: Iterable[Ending]) -> tuple[Way, ...]:
    return tuple(Way(one_of(rule.words) + (f"(?!{_any(rule.unless_followed)})" if rule.unless_followed else ""), rule.reach) for rule in endings)


def _any(words: Any) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


FAMILY = Family(
    name="places",
    kinds={
        "forms": Form,
        "traps": Words,
        "no_names": Words,
        "common": Words,
        "bounded": Words,
        "joined": Words,
        "openers": Words,
        "tails": Words,
        "breaks": Words,
        "followers": Words,
        "nation": Region,
        "regions": Region,
        "deictics": Deictic,
        "several": Several,
        "letters": Letters,
        "endings": Ending,
        "villages": Settlement,
        "zones": ZoneKind,
    },
    compile=compile_places,
    data=("*.tsv", VILLAGE_NAMES),
    about="Administrative places: names and codes (tables), and how they stand in a text (rules).",
    claims=_claims,
)
