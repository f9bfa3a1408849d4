"""The compiled rules of the family."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.rulebook import Rulebook, load
from pipeline.stages.sentences import FAMILY, SpeechRules

RULES = Path(__file__).parents[2] / "rules"


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return load(RULES, [FAMILY])


@pytest.fixture(scope="session")
def speech_rules(rulebook: Rulebook) -> SpeechRules:
    rules: SpeechRules = rulebook["sentences"]
    return rules
