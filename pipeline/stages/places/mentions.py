"""What the reader of places works on and gives back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from pipeline.stages.places.gazetteer import Place

HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0002fa1f〇]")


@dataclass(slots=True)
class Mention:
    """A place found in a text. `code` is null for regions, foreign places and what could not be resolved."""

    start: int
    end: int
    name: str
    code: str | None
    level: str
    method: str
    rule_id: str
    deictic: bool = False
    nested: bool = False
    township: str | None = None
    candidates: tuple[Place, ...] = ()
    of_road: bool = False

    @property
    def is_division(self) -> bool:
        """Whether it names a place that others can lie in: resolved, by name, and no region. A road is named after places far away."""
        return self.code is not None and not self.deictic and not self.of_road and self.level not in ("nation", "region", "foreign")


@dataclass(frozen=True)
class PageText:
    """An article's text as one string, and the code of where it is set, if that is known."""

    text: str
    place_code: str | None = None


class Cover:
    """Which stretches of a text are taken."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._taken = set(chain.from_iterable([range(m.start, m.end) for m in mentions]))

    def free(self, start: int, end: int) -> bool:
        return self._taken.isdisjoint(range(start, end))

    def take(self, mention: Mention) -> None:
        self._taken.update(range(mention.start, mention.end))

    def leave(self, mention: Mention) -> None:
        self._taken.difference_update(range(mention.start, mention.end))


def last_before(mentions: Sequence[Mention], position: int, levels: tuple[str, ...]) -> Mention | None:
    """The last resolved mention of one of these levels that ends before a position."""
    return next((m for m in reversed(mentions) if m.end <= position and m.level in levels and m.is_division), None)


def without_overlaps(mentions: Iterable[Mention]) -> list[Mention]:
    """In order of the text; of two that overlap, the one that starts first, then the longer. Several places of one span all stay."""
    out: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, m.start - m.end)):
        if out and mention.start < out[-1].end and (mention.start, mention.end) != (out[-1].start, out[-1].end):
            continue
        out.append(mention)
    return out
