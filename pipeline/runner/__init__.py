"""Running the pipeline: builds of any size, a text in memory, the rules' own examples."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from pipeline.runner.driver import Plan, build
from pipeline.runner.examples import Failure, cases, try_cases
from pipeline.runner.explaining import Branch, tree_of
from pipeline.runner.lock import BusyError
from pipeline.runner.memory import run_in_memory, text_source
from pipeline.runner.stepping import StageError
from pipeline.runner.summary import Summary
from pipeline.stages import rules_folder

__all__ = ["Branch", "BusyError", "Failure", "StageError", "Summary", "build", "check_rules", "explain", "explain_tree"]


def explain(text: str, *, date: str | None = None, home: str | None = None, rules: Path | str | None = None) -> dict[str, pa.Table]:
    """Every dataset the pipeline makes of a text, as tables; `rule_id` says which rule made a row."""
    plan = _plan(rules)
    return run_in_memory([text_source("text", text, date=date, place_code=home)], plan.chosen(), plan.rulebook())


def explain_tree(text: str, *, date: str | None = None, home: str | None = None, rules: Path | str | None = None) -> Branch:
    """The same as a tree, each branch with the rule behind it, and what was not read with the reason."""
    return tree_of(text, _plan(rules), date=date, home=home)


def check_rules(rules: Path | str | None = None, families: tuple[str, ...] = ()) -> tuple[int, list[Failure]]:
    """Try every rule's examples; returns how many there were and those that failed."""
    plan = _plan(rules)
    rulebook = plan.rulebook()
    rulebook.check()
    chosen = list(cases(rulebook, families))
    return len(chosen), try_cases(chosen, plan.chosen(), rulebook)


def _plan(rules: Path | str | None) -> Plan:
    return Plan(Path(), Path(rules) if rules else rules_folder(), without=("tokens",))
