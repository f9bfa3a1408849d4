"""The rules compiled once, and reading a text into the few columns most tests look at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.rulebook import load
from pipeline.stages.figures import quantities
from pipeline.stages.figures.quantities import Quantities, QuantityRules

Brief = list[tuple[str, float, float, str, str]]


@pytest.fixture(scope="session")
def rules(root: Path) -> QuantityRules:
    compiled: QuantityRules = load(root / "rules", [quantities.FAMILY])["quantities"]
    return compiled


@pytest.fixture
def read(rules: QuantityRules) -> Callable[[str], Quantities]:
    return lambda text: quantities.read(text, rules)


@pytest.fixture
def brief(rules: QuantityRules) -> Callable[[str], Brief]:
    """Text, low, high, unit and qualifier of the quantities; ordinals left out."""

    def read_brief(text: str) -> Brief:
        return [
            (text[row["start"] : row["end"]], row["low"], row["high"], row["unit"], row["qualifier"])
            for row in quantities.read(text, rules).rows()
            if row["dimension"] != "ordinal"
        ]

    return read_brief
