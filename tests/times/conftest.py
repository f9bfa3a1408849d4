from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.rulebook.loading import load
from pipeline.stages.figures.times import FAMILY, TimeRules

RULES = Path(__file__).parents[2] / "rules"


@pytest.fixture(scope="session")
def rules() -> TimeRules:
    return load(RULES, [FAMILY])["times"]
