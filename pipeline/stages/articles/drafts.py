"""Pieces of a page put together to paragraphs, and articles in the making."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.stages.articles.items import Item, Role
from pipeline.stages.articles.sewing import Seams
from pipeline.stages.articles.titles import Title


@dataclass(slots=True, eq=False)
class Unit:
    """A whole paragraph, or a piece of another kind. `resumes` is the paragraph whose end stands right before it on the
    page, where that end was fetched from there past other text: both are of one article. `open` says that it breaks off
    in mid-sentence, `need` how much it looks as if it began in one, where nothing was found to go on with; `joins` holds the
    open paragraphs that it may go on with, and how well each seam reads; `likely` is the one it would be joined to for want
    of better knowledge."""

    items: list[Item]
    resumes: Unit | None = None
    open: bool = False
    need: float = 0.0
    joins: list[tuple[Unit, float]] = field(default_factory=list)
    likely: Unit | None = None
    #: The paragraph it became the rest of.
    part_of: Unit | None = None

    @property
    def head(self) -> Item:
        return self.items[0]

    @property
    def role(self) -> Role:
        return self.items[0].role

    @property
    def text(self) -> str:
        return self.items[0].strand.text if len(self.items) == 1 else "".join(item.text for item in self.items)

    @property
    def whole(self) -> Unit:
        """The paragraph it is, or has become a part of."""
        return self if self.part_of is None else self.part_of.whole

    def join(self, rest: Unit) -> None:
        """Goes on with the rest of itself; where it is itself the rest of another, that one does."""
        whole = self.whole
        whole.items += rest.items
        whole.open = rest.open
        rest.part_of = whole


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
    left_open = set(seams.open_ends)
    fetched: dict[int, Unit] = {}
    units: list[Unit] = []
    first: dict[int, Unit] = {}
    last: dict[int, Unit] = {}
    for n, item in enumerate(items):
        if n in continued:
            continue
        unit = Unit([item], fetched.get(n - 1) if item.role is Role.BODY else None, need=seams.needs.get(n, 0.0))
        at = n
        while at in seams.follows:
            before, at = at, seams.follows[at]
            unit.items.append(items[at])
            if any(between.role in (Role.HEADING, Role.BODY) for between in items[before + 1 : at]):
                fetched[at] = unit
        unit.open = at in left_open
        first[n] = last[at] = unit
        units.append(unit)
    for (n, m), score in seams.doubtful.items():
        first[m].joins.append((last[n], score))
        if seams.likely.get(m) == n:
            first[m].likely = last[n]
    return units


def heading_runs(units: Sequence[Unit]) -> dict[int, int]:
    """Where runs of headings start, and where each ends."""
    runs: dict[int, int] = {}
    start: int | None = None
    for n, unit in enumerate([*units, None]):
        heading = unit is not None and unit.role is Role.HEADING
        apart = heading and unit is not None and unit.head.apart
        if start is not None and (apart or not heading):
            runs[start] = n
            start = None
        if heading and start is None:
            start = n
    return runs
