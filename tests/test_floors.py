"""No measure falls below the floor it once reached."""

from __future__ import annotations

from pathlib import Path

from pipeline.evaluate import Floors, evaluate, measured_below
from pipeline.runner import build


def test_the_seed_pages_keep_their_scores(seeds_outputs: Path, root: Path) -> None:
    floors = Floors.read(root / "tests" / "floors" / "seeds.json")
    assert floors.values
    assert not measured_below(floors, evaluate(seeds_outputs, root / "tests" / "gold").scores)


def test_pages_nothing_was_tuned_on_keep_their_scores(root: Path, tmp_path: Path) -> None:
    pages, gold = root / "tests" / "pages", root / "tests" / "pages" / "gold"
    build([pages], tmp_path, jobs=1, quiet=True, without=("tokens", "panel"))
    floors = Floors.read(root / "tests" / "floors" / "pages.json")
    assert floors.values
    assert not measured_below(floors, evaluate(tmp_path, gold).scores)


def test_layouts_keep_their_scores(root: Path, tmp_path: Path) -> None:
    pages, gold = root / "tests" / "layouts", root / "tests" / "layouts" / "gold"
    build([pages], tmp_path, jobs=1, quiet=True, without=("tokens", "places"))
    floors = Floors.read(root / "tests" / "floors" / "layouts.json")
    assert floors.values
    assert not measured_below(floors, evaluate(tmp_path, gold).scores)


def test_the_report_passages_keep_their_scores(passages_outputs: Path, shared: Path, root: Path) -> None:
    floors = Floors.read(root / "tests" / "floors" / "reports.json")
    assert floors.values
    assert not measured_below(floors, evaluate(passages_outputs, shared / "gold" / "reports").scores)
