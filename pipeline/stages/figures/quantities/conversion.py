"""Units of rule files to factors, by way of the units library."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

import pint

from pipeline.stages.figures.quantities.compiled import Unit

if TYPE_CHECKING:
    from pipeline.stages.figures.quantities.models import UnitsRule


@cache
def _registry() -> Any:
    return pint.UnitRegistry(autoconvert_offset_to_baseunit=True)


def convert(rule: UnitsRule) -> Iterator[tuple[str, Unit]]:
    """Every surface of the rule with the unit it stands for."""
    rule_id = f"quantities/{rule.id}"
    for name, entry in rule.units.items():
        factor, offset, base = 1.0, 0.0, rule.base if entry.measure is None and rule.base == name else None
        if entry.measure is not None and rule.base_is is not None:
            factor, offset = linear(entry.measure, rule.base_is)
            base = rule.base
        unit = Unit(name, rule.dimension, rule_id, entry.times, base, factor, offset, entry.chinese, rule.one_counts, entry.ordinal)
        for surface in entry.say:
            yield surface, unit
    for chinese, names in ((True, rule.each), (False, rule.each_after_digits)):
        for name in names:
            base = rule.base
            yield name, Unit(name, rule.dimension, rule_id, base=base, chinese=chinese, one_counts=rule.one_counts)


def linear(measure: str, base: str) -> tuple[float, float]:
    """`measure` in terms of `base`: factor and offset (which only temperatures have)."""
    registry = _registry()
    number, _, rest = measure.partition(" ")
    try:
        amount = float(Fraction(number))
    except ValueError:
        amount, rest = 1.0, measure
    zero = registry.Quantity(0.0, rest).to(base).magnitude
    one = registry.Quantity(amount, rest).to(base).magnitude
    return round_off(one - zero), round_off(zero)


def round_off(value: float) -> float:
    """Twelve significant digits: what is left of a conversion that should have been exact."""
    return float(f"{value:.12g}")
