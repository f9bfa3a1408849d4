"""Whom figures are about: the place an article is told of, and the places of a list that figures are dealt to."""

from __future__ import annotations

from collections import Counter

from pipeline.stages.facts.inputs import Article, Places
from pipeline.stages.facts.lexicon import Atom, Lexicon
from pipeline.stages.facts.marks import FIGURE, JOIN, PLACE, SEP
from pipeline.stages.facts.statement import Fact, Subject

NATION = "100000"
_NO_HOMES = ("region", "foreign", "nation")


def home_of(article: Article, places: Places, lexicon: Lexicon) -> Subject:
    """Whom the article is about where a sentence does not say: its own place, the page's, or the county it keeps naming."""
    code = article.place_code or article.home_code
    if article.report or (code is not None and not code.endswith("00")):
        return Subject(None, code)
    named = [
        (at, other)
        for n, (at, other) in enumerate(zip(places.start, places.code, strict=True))
        if places.level[n] not in _NO_HOMES and not places.deictic[n]
    ]
    named += zip(places.nested, places.nested_code, strict=True)
    others = sorted((at, other) for at, other in named if other is not None and other != code)
    spoken = _spoken_of(places, code)
    nation = NATION if code is None and (NATION in places.code or lexicon.national.search(article.text)) else None
    if not others and not spoken:
        return Subject(None, code or nation)
    counts = Counter(other for _, other in others) + spoken
    place = max(counts, key=lambda key: (counts[key], key == code, key))
    opens = bool(others) and others[0][1] == place and article.text.find("。", 0, others[0][0]) < 0 and (code is None or within(place, code))
    if counts[place] * 2 > counts.total() and (counts[place] >= 2 or opens):
        return Subject(None, place)
    # Places of equal weight are told of one after the other; whose 全市, 全县 or 全村 is spoken of is what the article is about.
    return Subject(None, max(spoken, key=lambda key: (spoken[key], key == code, key)) if spoken else code or nation)


def _spoken_of(places: Places, code: str | None) -> Counter[str]:
    """How often an article says 全市, 全县 or 全村 of which place: what a city's paper tells of a village is its county's."""
    return Counter(
        other
        for n, other in enumerate(places.code)
        if other is not None and places.deictic[n] and places.level[n] not in _NO_HOMES and (code is None or within(other, code))
    )


def within(code: str, wider: str) -> bool:
    """Whether a place lies in another, by their codes."""
    if wider == NATION:
        return True
    return code.startswith(wider[:2]) if wider.endswith("0000") else wider.endswith("00") and code.startswith(wider[:4])


def deal_to_places(text: str, places: Places, atoms: list[Atom], facts: list[Fact]) -> None:
    """永安县、清河县产值分别增长5%和6%: where a clause lists as many places as it tells figures of one thing, each has its own."""
    if len(facts) < 2 or len({fact.indicator for fact in facts}) > 1:
        return
    listed = _listed(atoms)
    if len(listed) == len(facts):
        for fact, (start, end, _, ref) in zip(facts, listed, strict=True):
            fact.subject = Subject(text[start:end], places.code[ref])


def _listed(atoms: list[Atom]) -> list[Atom]:
    """The places a clause begins its list with, joined by nothing but a sign or an 和."""
    listed: list[Atom] = []
    position = -1
    for atom in atoms:
        if atom[2] & FIGURE:
            break
        if atom[2] & PLACE and (not listed or atom[0] == position):
            listed.append(atom)
            position = atom[1]
        elif listed and atom[0] == position and atom[2] & (SEP | JOIN):
            position = atom[1]
        elif listed:
            break
    return listed
