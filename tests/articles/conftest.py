"""The rules of this stage, compiled once for all its tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.rulebook import Rulebook, load
from pipeline.stages.articles import STAGE, Rules


@pytest.fixture(scope="session")
def rulebook(root: Path) -> Rulebook:
    return load(root / "rules", STAGE.families)


@pytest.fixture(scope="session")
def rules(rulebook: Rulebook) -> Rules:
    return Rules(rulebook["formats"], rulebook["cleaning"])
