"""What reading a text gives: quantities as columns, and what became of every other number."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pipeline.stages.figures.quantities.compiled import Unit

COLUMNS = ("start", "end", "rule_id", "number_text", "unit_text", "low", "high", "unit", "dimension", "base_value", "base_unit", "qualifier")


@dataclass
class Quantities:
    """Columns of quantities and ordinals in the order of the text, and the spans of all other numbers."""

    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    rule_id: list[str] = field(default_factory=list)
    number_text: list[str] = field(default_factory=list)
    unit_text: list[str] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    value: list[float] = field(default_factory=list)
    unit: list[str] = field(default_factory=list)
    dimension: list[str] = field(default_factory=list)
    base_value: list[float | None] = field(default_factory=list)
    base_unit: list[str | None] = field(default_factory=list)
    qualifier: list[str] = field(default_factory=list)
    #: Numbers that are part of a name, a code, a list: start, end, rule.
    known: list[tuple[int, int, str]] = field(default_factory=list)
    #: Numbers nothing could be made of.
    unread: list[tuple[int, int]] = field(default_factory=list)
    #: Quantities whose unit is on no list: start, end.
    unknown_units: list[tuple[int, int]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.start)

    def add(
        self, start: int, end: int, number: str, unit_text: str, low: float, high: float, unit: Unit, qualifier: str, rule_id: str | None = None
    ) -> None:
        """A quantity; `low` and `high` are as written, and are put into the unit here."""
        if unit.times != 1.0:
            low, high = _exact(low * unit.times), _exact(high * unit.times)
        value = low if low == high else _exact((low + high) / 2)
        self.start.append(start)
        self.end.append(end)
        self.rule_id.append(rule_id or unit.rule_id)
        self.number_text.append(number)
        self.unit_text.append(unit_text)
        self.low.append(low)
        self.high.append(high)
        self.value.append(value)
        self.unit.append(unit.name)
        self.dimension.append(unit.dimension)
        if unit.base is None:
            self.base_value.append(None)
            self.base_unit.append(None)
        else:
            plain = unit.factor == 1.0 and unit.offset == 0.0
            self.base_value.append(value if plain else _exact(value * unit.factor + unit.offset))
            self.base_unit.append(unit.base)
        self.qualifier.append(qualifier)

    def extend(self, other: Quantities, base: int) -> None:
        """Take over what another text gave, `base` characters further on."""
        for name in (*COLUMNS, "value"):
            values = getattr(other, name)
            getattr(self, name).extend([n + base for n in values] if name in ("start", "end") else values)
        self.known += [(start + base, end + base, rule) for start, end, rule in other.known]
        self.unread += [(start + base, end + base) for start, end in other.unread]
        self.unknown_units += [(start + base, end + base) for start, end in other.unknown_units]

    def rows(self) -> list[dict[str, Any]]:
        """The same, a mapping a row: for `explain` and tests."""
        names = (*COLUMNS, "value")
        return [{name: getattr(self, name)[n] for name in names} for n in range(len(self))]


def _exact(value: float) -> float:
    """What a product of decimals should have been: twelve significant digits."""
    return float(f"{value:.12g}")
