"""No measure falls below the floor it once reached."""

from __future__ import annotations

from pathlib import Path

from pipeline.evaluate import Floors, evaluate, measured_below


def test_the_seed_pages_keep_their_scores(seeds_outputs: Path, root: Path) -> None:
    floors = Floors.read(root / "tests" / "floors" / "seeds.json")
    assert floors.values
    assert not measured_below(floors, evaluate(seeds_outputs, root / "tests" / "gold").scores)


def test_the_report_passages_keep_their_scores(passages_outputs: Path, shared: Path, root: Path) -> None:
    floors = Floors.read(root / "tests" / "floors" / "reports.json")
    assert floors.values
    assert not measured_below(floors, evaluate(passages_outputs, shared / "gold" / "reports").scores)
