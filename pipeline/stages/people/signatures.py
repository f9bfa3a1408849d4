"""Who wrote a piece or took its picture, where no word for it leads the name: in bylines, before 摄, in brackets at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.stages.people.arrays import is_han
from pipeline.stages.people.context import Mention
from pipeline.stages.people.titles import BLANKS

if TYPE_CHECKING:
    from pipeline.stages.people.reading import Reader

#: What a byline and a credit add to a name's score, and what names alone in brackets.
IN_BYLINE, CREDITED, IN_BRACKETS = 7.0, 5.0, 4.5
#: What follows the name of who made a picture or a text.
CREDIT = re.compile(r"(?:摄影报道|摄影|摄|文/图|图/文|文/摄|/摄|/图|/文|供图)(?![\u4e00-\u9fff])")
#: Names alone in brackets at the end of a paragraph.
SIGNED = re.compile(r"[（(](?<![^。！？”\n].)[\u4e00-\u9fff]{2,4}(?:[ \N{IDEOGRAPHIC SPACE}、][\u4e00-\u9fff]{2,4}){0,3}[）)](?=\n|$)")
BYLINE, CREDITS = "officials/post.press", "officials/post.press.credit"


class Signatures:
    """Reads who signs in one text."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._text, self._surface, self._register = reader.text, reader.surface, reader.register

    def read(self) -> None:
        self._bylines()
        self._credits()
        self._signed()

    def _bylines(self) -> None:
        """Names in a byline that no title leads: 綦江区融媒体中心 甲 乙."""
        bylines = (piece for start, end, kind in self._reader.context.kinds if kind == "byline" for piece in _pieces(self._text, start, end))
        pieces = [piece for piece in bylines if self._register.is_free(*piece)]
        self._surface.look_at(start for start, _ in pieces)
        for start, end in pieces:
            name_end = self._surface.name_at(start, IN_BYLINE)
            if name_end is not None and (name_end == end or self._text[name_end:end] in ("摄", "文", "图")):
                self._put(start, name_end, BYLINE)

    def _credits(self) -> None:
        """Who took the picture or wrote the piece, said behind the name: 甲 摄."""
        ends = [_before_blanks(self._text, match.start()) for match in CREDIT.finditer(self._text)]
        self._surface.look_before(ends)
        for end in ends:
            start = self._surface.name_before(end, CREDITED)
            if start is not None and self._register.is_free(start, end):
                self._put(start, end, CREDITS)

    def _signed(self) -> None:
        """The same said in brackets at a paragraph's end: （甲 乙）."""
        for match in SIGNED.finditer(self._text):
            pieces = list(_pieces(self._text, match.start(), match.end()))
            if all(
                self._register.is_free(*piece) and self._surface.name_at(piece[0], IN_BRACKETS, titled="reporter") == piece[1] for piece in pieces
            ):
                for start, end in pieces:
                    self._put(start, end, CREDITS)

    def _put(self, start: int, end: int, rule_id: str) -> None:
        self._register.put(Mention(start, end, "reporter", rule_id))


def _before_blanks(text: str, at: int) -> int:
    while at > 0 and text[at - 1] in BLANKS:
        at -= 1
    return at


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Runs of Chinese characters in a stretch."""
    at = start
    while at < end:
        while at < end and not is_han(text[at]):
            at += 1
        stop = at
        while stop < end and is_han(text[stop]):
            stop += 1
        if stop > at:
            yield at, stop
        at = stop
