"""Names known by now, wherever else their page has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.stages.people.context import NAME_RULE, Mention, bare, stronger
from pipeline.stages.people.foreign import DOT

if TYPE_CHECKING:
    from pipeline.stages.people.reading import Reader

#: A name seen for sure is taken again elsewhere on the page unless it is this unlikely there.
LEAST_AGAIN = -6.0
#: By how much a longer name must look better where a known shorter one could stand.
MUCH_LIKER = 3.0
#: What stands before the family name of a dotted name that is long enough to be told by it.
FAMILY_NAME = re.compile(rf"^.*{DOT}(?=[\u4e00-\u9fff]{{2,}}$)")


class Repeats:
    """Reads names again in one text."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._text, self._surface, self._register = reader.text, reader.surface, reader.register

    def read(self) -> None:
        """Enter the same names elsewhere on the page, and say of all what those who bear them are."""
        roles = self._roles()
        longest_first = sorted(roles.items(), key=lambda item: -len(item[0][1]))
        places = [(at, at + len(name), role) for (page, name), role in longest_first for at in self._places_of(name, page)]
        # They are looked at as well as titled ones are: two characters stand side by side by chance too.
        self._surface.look_at(at for at, end, _ in places if self._register.is_free(at, end))
        for at, end, role in places:
            if self._register.is_free(at, end) and self._surface.can_be(at, end) and self._is_again(at, end):
                self._register.put(Mention(at, end, role, NAME_RULE))
        for mention in self._register.by_start.values():
            if mention.role == "other":
                mention.role = roles[self._reader.page_of(mention.start), bare(self._text[mention.start : mention.end])]

    def _roles(self) -> dict[tuple[int, str], str]:
        """What those are whom a page names, by the page and what they are called there."""
        roles: dict[tuple[int, str], str] = {}
        for mention in self._register.by_start.values():
            page, name = self._reader.page_of(mention.start), bare(self._text[mention.start : mention.end])
            # 莫利纳 after 贝尔托·莫利纳 is the same person.
            family = FAMILY_NAME.sub("", name)
            for called in {name, name if family in self._reader.rules.common else family}:
                roles[page, called] = stronger(roles.get((page, called)), mention.role)
        return roles

    def _places_of(self, name: str, page: int) -> Iterator[int]:
        """Where a page has a name."""
        first, last = self._reader.pages[page]
        at = self._text.find(name, first, last)
        while at >= 0:
            yield at
            at = self._text.find(name, at + 1, last)

    def _is_again(self, start: int, end: int) -> bool:
        """Whether a known name stands here, and not by chance, nor as the head of a longer one."""
        surface = self._surface
        score = surface.scores.get((start, end), 0.0)
        longer = surface.scores.get((start, end + 1))
        if longer is not None and longer + surface.fit(end + 1) > score + surface.fit(end) + MUCH_LIKER:
            return False
        return score > LEAST_AGAIN
