"""Floors: what each measure reached, pinned; below it the tests fail. They are raised by one command, lowered by hand."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.evaluate.matching import Score

_DIGITS = 4


@dataclass(frozen=True)
class Floors:
    """The F1 each measure must reach."""

    values: dict[str, float]

    @staticmethod
    def read(path: Path) -> Floors:
        return Floors(json.loads(path.read_text("utf-8")) if path.exists() else {})

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(self.values, ensure_ascii=False, indent=2) + "\n", "utf-8")


def measured_below(floors: Floors, scores: Mapping[str, Score]) -> dict[str, tuple[float, float]]:
    """The measures under their floor: what they reached and what they should."""
    reached = {name: scores[name].f1 if name in scores else 0.0 for name in floors.values}
    return {name: (reached[name], floor) for name, floor in floors.values.items() if reached[name] < floor}


def raised(floors: Floors, scores: Mapping[str, Score]) -> Floors:
    """Floors lifted to what was reached, rounded down; never lowered."""
    scale = 10**_DIGITS
    reached = {name: math.floor(score.f1 * scale) / scale for name, score in scores.items() if score.gold}
    return Floors({name: max(value, floors.values.get(name, 0.0)) for name, value in reached.items()})
