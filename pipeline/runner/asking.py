"""What is asked of the pipeline without building: what it makes of a text, and whether its rules are in order."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from pipeline.rulebook.clashes import Clash, clashes
from pipeline.runner.dead import DeadRule, dead_rules, fired
from pipeline.runner.examples import Failure, cases, judge, run_cases
from pipeline.runner.explaining import Branch, tree_of
from pipeline.runner.memory import run_in_memory, text_source
from pipeline.runner.plan import Plan
from pipeline.stages import rules_folder


def explain(text: str, *, date: str | None = None, home: str | None = None, rules: Path | str | None = None) -> dict[str, pa.Table]:
    """Every dataset the pipeline makes of a text, as tables; `rule_id` says which rule made a row."""
    plan = _plan(rules)
    return run_in_memory([text_source("text", text, date=date, place_code=home)], plan.chosen(), plan.rulebook())


def explain_tree(text: str, *, date: str | None = None, home: str | None = None, rules: Path | str | None = None) -> Branch:
    """The same as a tree, each branch with the rule behind it, and what was not read with the reason."""
    return tree_of(text, _plan(rules), date=date, home=home)


@dataclass(frozen=True)
class Checked:
    """What is wrong with the rules: examples that fail, words claimed twice, and rules a corpus has no use for."""

    tried: int
    failures: list[Failure]
    clashes: list[Clash]
    dead: list[DeadRule]


def check_rules(rules: Path | str | None = None, families: tuple[str, ...] = (), *, corpus: tuple[Path, ...] = (), examples: bool = True) -> Checked:
    """Load every rule, look for clashes, try the examples (unless told not to), and look for rules dead on `corpus`."""
    plan = _plan(rules)
    rulebook = plan.rulebook()
    rulebook.check()
    found = list(clashes(rulebook, families))
    chosen = list(cases(rulebook, families)) if examples or corpus else []
    tables = run_cases(chosen, plan.chosen(), rulebook) if chosen else {}
    dead = dead_rules(corpus, rulebook, fired(tables), families) if corpus else []
    return Checked(len(chosen), judge(chosen, tables) if chosen else [], found, dead)


def _plan(rules: Path | str | None) -> Plan:
    return Plan(Path(), Path(rules) if rules else rules_folder(), without=("tokens",))
