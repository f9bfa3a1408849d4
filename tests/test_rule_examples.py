"""Every rule reads its examples and leaves its counterexamples alone, with all other rules at work beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.rulebook import load
from pipeline.runner.examples import Case, Failure, cases, try_cases
from pipeline.runner.plan import Plan
from pipeline.stages import families, load_stages, rules_folder

PLAN = Plan(Path(), rules_folder(), without=("tokens",))
CASES = list(cases(load(rules_folder(), families(load_stages()))))


@pytest.fixture(scope="module")
def failures() -> dict[str, Failure]:
    rulebook = PLAN.rulebook()
    rulebook.check()
    return {failure.case.name: failure for failure in try_cases(CASES, PLAN.chosen(), rulebook)}


def test_there_are_examples_to_try() -> None:
    assert len(CASES) > 100


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_example(case: Case, failures: dict[str, Failure]) -> None:
    assert case.name not in failures, str(failures[case.name])
