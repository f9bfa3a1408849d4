"""The lines of an article that are no body text: headline, kicker, byline, subheads, captions, each to be a sentence of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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


def units(segments: Iterable[Mapping[str, Any]], wanted: Mapping[str, Sequence[str]]) -> dict[str, list[Unit]]:
    """The lines of each kind, in order. Segments hold their characters; `wanted` says how the article's columns group them.

    A segment ends wherever a character of the page was dropped, so one line can have several; the texts the article
    itself gives for its headline, subheads and so on say where one line ends. Segments in excess of them stand alone.
    """
    by_kind: dict[str, list[Mapping[str, Any]]] = {}
    for segment in segments:
        if segment["kind"] != "body" and segment["text"]:
            by_kind.setdefault(segment["kind"], []).append(segment)
    return {kind: _lines(kind, pieces, wanted.get(kind, ())) for kind, pieces in by_kind.items()}


def _lines(kind: str, pieces: list[Mapping[str, Any]], wanted: Sequence[str]) -> list[Unit]:
    lines: list[Unit] = []
    queue = [bare for bare in ("".join(line.split()) for text in wanted for line in text.split("\n")) if bare]
    left = ""
    for piece in pieces:
        bare = "".join(piece["text"].split())
        if left and left.startswith(bare):
            _extend(lines[-1], piece)
        else:
            left = next((line for line in queue if line.startswith(bare)), "")
            if left:
                del queue[: queue.index(left) + 1]
            else:
                left = bare
            lines.append(Unit(kind, piece["paragraph"] or 0, piece["text"], [(piece["raw_start"], piece["raw_end"])]))
        left = left[len(bare) :]
    return lines


def _extend(line: Unit, piece: Mapping[str, Any]) -> None:
    line.text += piece["text"]
    if piece["sewn"]:
        line.spans.append((piece["raw_start"], piece["raw_end"]))
    else:
        line.spans[-1] = (line.spans[-1][0], piece["raw_end"])
