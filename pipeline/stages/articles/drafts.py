"""Pieces of a page put together to paragraphs, and articles in the making."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.stages.articles.items import Item, Role
from pipeline.stages.articles.sewing import Seams
from pipeline.stages.articles.titles import Title


@dataclass(slots=True, eq=False)
class Unit:
    """A whole paragraph, or a piece of another kind."""

    items: list[Item]

    @property
    def head(self) -> Item:
        return self.items[0]

    @property
    def role(self) -> Role:
        return self.items[0].role

    @property
    def text(self) -> str:
        return "".join(item.text for item in self.items)


@dataclass(slots=True, eq=False)
class Draft:
    """An article in the making. `parts` are its subheads, captions, tables and paragraphs in order."""

    title: Title = field(default_factory=Title)
    bylines: list[Item] = field(default_factory=list)
    parts: list[tuple[str, Unit]] = field(default_factory=list)

    @property
    def has_body(self) -> bool:
        return any(kind in ("body", "table") for kind, _ in self.parts)

    @property
    def empty(self) -> bool:
        return not (self.title.headline or self.title.kicker or self.bylines or self.parts)


def units_of(items: Sequence[Item], seams: Seams) -> list[Unit]:
    """Paragraphs put together; each stands where its first piece stands."""
    continued = set(seams.follows.values())
    units: list[Unit] = []
    for n, item in enumerate(items):
        if n in continued:
            continue
        chain = [item]
        at = n
        while at in seams.follows:
            at = seams.follows[at]
            chain.append(items[at])
        units.append(Unit(chain))
    return units


def heading_runs(units: Sequence[Unit]) -> dict[int, int]:
    """Where runs of headings start, and where each ends."""
    runs: dict[int, int] = {}
    start: int | None = None
    for n, unit in enumerate([*units, None]):
        heading = unit is not None and unit.role is Role.HEADING
        if heading and start is None:
            start = n
        elif not heading and start is not None:
            runs[start] = n
            start = None
    return runs
