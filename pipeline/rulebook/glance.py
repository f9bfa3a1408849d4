"""What every find of a pattern has, told from the pattern: a look at a text that spares trying the pattern on it.

`^(?:责任编辑|校对)：` needs one of 责 and 校 for a first character, and `责任编辑` or `校对` somewhere. Where a pattern
says nothing simple of that kind, nothing is asked of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

#: A class of more characters is not written out, nor a choice of more words.
_MOST_CHARACTERS, _MOST_WORDS = 600, 16
#: A class of so few characters is as good as a choice of words.
_FEW = 4
#: How much dearer a single character is than a word: many texts have it by chance.
_SINGLE = 4

Node = tuple[Any, Any]
Characters = frozenset[str] | None
Words = tuple[str, ...] | None


@dataclass(frozen=True)
class Glance:
    """What a find begins with and, where it reaches the end of its line, ends with; words of which it has one; whether it
    stands at the beginning of a line. `None` is anything."""

    firsts: Characters
    lasts: Characters
    words: Words
    at_start: bool

    def line(self, text: str) -> bool:
        """Whether the pattern can match at the beginning of a line (which is not empty)."""
        return (self.firsts is None or text[0] in self.firsts) and (self.lasts is None or text[-1] in self.lasts)

    def within(self, text: str) -> bool:
        """Whether a text can have a find."""
        return self.words is None or any(word in text for word in self.words)


def glance(pattern: re.Pattern[str]) -> Glance:
    """What a pattern says of its finds."""
    if pattern.flags & (re.IGNORECASE | re.VERBOSE):
        return Glance(None, None, None, at_start=False)
    parser = getattr(re, "_parser")  # noqa: B009 - the type stubs do not know it
    nodes: list[Node] = list(parser.parse(pattern.pattern, pattern.flags & re.MULTILINE))
    firsts, empty = _edge(nodes, last=False)
    lasts, _ = _edge(nodes, last=True)
    to_end = _at(nodes, -1, ("AT_END", "AT_END_STRING"))
    at_start = _at(nodes, 0, ("AT_BEGINNING", "AT_BEGINNING_STRING"))
    return Glance(None if empty else firsts, lasts if to_end and not empty else None, _words(nodes), at_start)


def _name(node: Node) -> str:
    return str(node[0])


def _inside(node: Node) -> list[Node] | None:
    """What a group holds."""
    name, value = _name(node), node[1]
    if name == "SUBPATTERN":
        return list(value[3]) if not value[1] and not value[2] else None
    return list(value) if name == "ATOMIC_GROUP" else None


def _at(nodes: Sequence[Node], end: int, places: Sequence[str]) -> bool:
    """Whether all ways through a pattern begin (or end) at one of these places."""
    if not nodes:
        return False
    node = nodes[end]
    if _name(node) == "AT":
        return str(node[1]) in places
    if _name(node) == "BRANCH":
        return all(_at(list(way), end, places) for way in node[1][1])
    inside = _inside(node)
    return inside is not None and _at(inside, end, places)


def _edge(nodes: Iterable[Node], *, last: bool) -> tuple[Characters, bool]:
    """The characters a find begins (or ends) with, and whether it may be empty."""
    out: frozenset[str] = frozenset()
    known = True
    for node in reversed(list(nodes)) if last else nodes:
        characters, empty = _edge_of(node, last=last)
        if characters is None:
            known = False
        else:
            out |= characters
        if not empty:
            return (out if known else None), False
    return (out if known else None), True


def _edge_of(node: Node, *, last: bool) -> tuple[Characters, bool]:
    name, value = _name(node), node[1]
    if name in ("AT", "ASSERT", "ASSERT_NOT"):
        return frozenset(), True
    if name == "LITERAL":
        return frozenset((chr(value),)), False
    if name == "IN":
        return _class(value), False
    if name == "BRANCH":
        edges = [_edge(list(way), last=last) for way in value[1]]
        sets = [characters for characters, _ in edges if characters is not None]
        return (frozenset().union(*sets) if len(sets) == len(edges) else None), any(empty for _, empty in edges)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        characters, empty = _edge(list(value[2]), last=last)
        return characters, empty or value[0] == 0
    inside = _inside(node)
    if inside is not None:
        return _edge(inside, last=last)
    return None, name not in ("NOT_LITERAL", "ANY")


def _class(members: Iterable[Node]) -> Characters:
    out: set[str] = set()
    for node in members:
        name, value = _name(node), node[1]
        if name == "LITERAL":
            out.add(chr(value))
        elif name == "RANGE" and value[1] - value[0] < _MOST_CHARACTERS:
            out.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return None
    return frozenset(out)


def _words(nodes: Sequence[Node]) -> Words:
    """The choice of words that is quickest looked for, of those of which every find has one."""
    best: Words = None
    run: tuple[str, ...] = ("",)
    for node in (*nodes, ("END", None)):
        spelt = _spelt(node)
        longer = tuple(start + end for start in run for end in spelt) if spelt is not None else ()
        if 0 < len(longer) <= _MOST_WORDS:
            run = longer
            continue
        for words in (run if all(run) else None, _words_of(node)):
            if words is not None and (best is None or _dearness(words) < _dearness(best)):
                best = words
        run = ("",)
    return best if best is None else _shortest(set(best))


def _spelt(node: Node) -> Words:
    """All texts that a piece of a pattern stands for, where it is but a choice of words."""
    name, value = _name(node), node[1]
    if name == "LITERAL":
        return (chr(value),)
    ways = [list(way) for way in value[1]] if name == "BRANCH" else [_inside(node) or [node]] if name != "IN" else []
    if not ways:
        characters = _class(value)
        return tuple(sorted(characters)) if characters is not None and len(characters) <= _FEW else None
    if ways == [[node]]:
        return None
    out: list[str] = []
    for way in ways:
        texts: list[str] = [""]
        for part in way:
            spelt = _spelt(part)
            if spelt is None or len(texts) * len(spelt) > _MOST_WORDS:
                return None
            texts = [start + end for start in texts for end in spelt]
        out += texts
    return tuple(out) if len(out) <= _MOST_WORDS else None


def _words_of(node: Node) -> Words:
    name, value = _name(node), node[1]
    if name == "IN":
        return _spelt(node)
    if name == "BRANCH":
        ways = [_words(list(way)) for way in value[1]]
        known = [words for words in ways if words is not None]
        words = _shortest({word for way in known for word in way})
        return words if len(known) == len(ways) and len(words) <= _MOST_WORDS else None
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _words(list(value[2])) if value[0] else None
    inside = _inside(node)
    return _words(inside) if inside is not None else None


def _shortest(words: set[str]) -> tuple[str, ...]:
    """The words without those that hold another of them: 日报 is found where 报 is."""
    return tuple(sorted(word for word in words if not any(other in word for other in words - {word})))


def _dearness(words: Sequence[str]) -> int:
    return sum(1 if len(word) > 1 else _SINGLE for word in words)
