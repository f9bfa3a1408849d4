"""The lines of an article that are no body text: headline, kicker, byline, subheads, captions, each to be a sentence of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

#: Kinds that open an article, in the order they are given.
OPENING_KINDS = ("headline", "kicker", "byline")
#: Kinds that stand between paragraphs.
INNER_KINDS = ("subhead", "caption")


@dataclass
class Unit:
    """One line: its clean text and the pieces of the page it comes from."""

    kind: str
    paragraph: int
    text: str
    spans: list[tuple[int, int]]


#: Pieces of one line are parted on the page by no more than a dropped space or line break.
_LARGEST_GAP = 2


def units(segments: Iterable[Mapping[str, Any]], wanted: Mapping[str, Sequence[str]]) -> dict[str, list[Unit]]:
    """The lines of each kind, in order. Segments hold their characters; `wanted` is the lines as the article's columns give them.

    A segment ends wherever a character of the page was dropped, so one line can have several of them. Where the article
    does not say what the lines are, pieces that stand close together on the page are one.
    """
    by_kind: dict[str, list[Mapping[str, Any]]] = {}
    for segment in segments:
        if segment["kind"] != "body" and segment["text"]:
            by_kind.setdefault(segment["kind"], []).append(segment)
    return {kind: _lines(kind, pieces, wanted.get(kind, ())) for kind, pieces in by_kind.items()}


def _lines(kind: str, pieces: list[Mapping[str, Any]], wanted: Sequence[str]) -> list[Unit]:
    ends = set(accumulate(len(_bare(line)) for line in wanted))
    known = "".join(map(_bare, wanted)) == "".join(_bare(piece["text"]) for piece in pieces)
    lines: list[Unit] = []
    at = 0
    for piece in pieces:
        gap = piece["raw_start"] - lines[-1].spans[-1][1] if lines else 0
        if not lines or (at in ends if known else not 0 <= gap <= _LARGEST_GAP):
            lines.append(Unit(kind, piece["paragraph"] or 0, piece["text"], [(piece["raw_start"], piece["raw_end"])]))
        else:
            _extend(lines[-1], piece)
        at += len(_bare(piece["text"]))
    return lines


def _bare(text: str) -> str:
    return "".join(text.split())


def _extend(line: Unit, piece: Mapping[str, Any]) -> None:
    line.text += piece["text"]
    if piece["sewn"]:
        line.spans.append((piece["raw_start"], piece["raw_end"]))
    else:
        line.spans[-1] = (line.spans[-1][0], piece["raw_end"])
