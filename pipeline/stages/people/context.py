"""What is known around a text before people are looked for, and what is said of them after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.stages.people.titles import Post

#: From the role that says most to the one that says least.
ROLES = ("official", "reporter", "other")
#: The rule of names that no word beside them tells.
NAME_RULE = "officials/name"


class PlaceSpan(NamedTuple):
    """A place as the places stage found it."""

    start: int
    end: int
    code: str | None
    level: str
    deictic: bool = False

    @property
    def opens_titles(self) -> bool:
        """Whether a title may begin with it; 我区 and 我国 say whose it is and are no part of it."""
        return not self.deictic and self.level != "nation"


@dataclass(frozen=True)
class Context:
    """What is known around a text: places in it, the kinds of those of its stretches that are no body, and where its page is at home.

    `pages` are the stretches that belong together: a name seen in one part of a page is known in all of it. Without
    them the text is one page.
    """

    places: Sequence[PlaceSpan] = ()
    kinds: Sequence[tuple[int, int, str]] = ()
    home_code: str | None = None
    article_code: str | None = None
    pages: Sequence[tuple[int, int]] = ()
    #: The places of this text and of the others of its page.
    page_places: Sequence[PlaceSpan] = ()


@dataclass
class Mention:
    """A person named at one place of the text."""

    start: int
    end: int
    role: str
    rule_id: str
    posts: list[Post] = field(default_factory=list)


class Register:
    """The mentions found so far, and which characters they hold."""

    def __init__(self, size: int) -> None:
        self.by_start: dict[int, Mention] = {}
        self.by_end: dict[int, Mention] = {}
        self._held = bytearray(size)

    def is_free(self, start: int, end: int) -> bool:
        return self._held.find(1, start, end) < 0

    def put(self, mention: Mention) -> None:
        """Enter a mention; one at the same place takes the place of the earlier."""
        self.by_start[mention.start] = self.by_end[mention.end] = mention
        self._held[mention.start : mention.end] = b"\1" * (mention.end - mention.start)

    def in_order(self) -> list[Mention]:
        return [self.by_start[start] for start in sorted(self.by_start)]


def stronger(one: str | None, other: str) -> str:
    """Of two roles of the same person the one that says more."""
    return other if one is None or ROLES.index(other) < ROLES.index(one) else one


def bare(name: str) -> str:
    """A name without the blanks it may be padded with."""
    return "".join(name.split())
