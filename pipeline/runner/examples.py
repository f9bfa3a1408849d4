"""Trying every rule's examples and counterexamples, all together, through the whole pipeline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.rulebook import Counterexample, Example, Rulebook
from pipeline.runner.memory import run_in_memory, text_source
from pipeline.stages.base import Stage

Row = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """One example or counterexample of a rule, and where the rule stands."""

    rule_id: str
    path: Path
    line: int
    number: int
    example: Example | Counterexample

    @property
    def name(self) -> str:
        kind = "example" if isinstance(self.example, Example) else "counterexample"
        return f"{self.rule_id} {kind} {self.number}"


@dataclass(frozen=True)
class Failure:
    """A case that did not come out as its rule says."""

    case: Case
    problem: str

    def __str__(self) -> str:
        return f"{self.case.path}:{self.case.line}: {self.case.name}: {self.problem}\n    text: {self.case.example.text!r}"


def cases(rulebook: Rulebook, families: Sequence[str] = ()) -> Iterator[Case]:
    """Every example and counterexample of the families named (default: all)."""
    for family in families or rulebook.families:
        for file in rulebook.files(family):
            for rule, line in zip(file.rules, file.lines, strict=True):
                rule_id = f"{family}/{rule.id}"
                yield from (Case(rule_id, file.path, line, n, example) for n, example in enumerate(rule.examples, 1))
                yield from (Case(rule_id, file.path, line, n, example) for n, example in enumerate(rule.counterexamples, 1))


def try_cases(chosen: Sequence[Case], stages: Sequence[Stage], rulebook: Rulebook) -> list[Failure]:
    """The cases that fail; all texts run as pages of one batch."""
    return judge(chosen, run_cases(chosen, stages, rulebook))


def run_cases(chosen: Sequence[Case], stages: Sequence[Stage], rulebook: Rulebook) -> dict[str, pa.Table]:
    """What the pipeline makes of the cases' texts, each a page."""
    sources = [
        text_source(name, case.example.text, date=case.example.date, place_code=case.example.home)
        for name, case in zip(_names(chosen), chosen, strict=True)
    ]
    return run_in_memory(sources, stages, rulebook)


def judge(chosen: Sequence[Case], tables: dict[str, pa.Table]) -> list[Failure]:
    """The cases whose page did not come out as their rule says."""
    rows = _rows_by_page(tables)
    failures = []
    for name, case in zip(_names(chosen), chosen, strict=True):
        problem = _problem(case, rows[name])
        if problem:
            failures.append(Failure(case, problem))
    return failures


def _names(chosen: Sequence[Case]) -> list[str]:
    return [f"case-{n:05d}" for n in range(len(chosen))]


def _rows_by_page(tables: dict[str, pa.Table]) -> dict[str, dict[str, list[Row]]]:
    page_of = dict(zip(tables["documents"]["doc_id"].to_pylist(), tables["documents"]["path"].to_pylist(), strict=True))
    rows: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for dataset, table in tables.items():
        if "doc_id" in table.schema.names:
            for row in table.to_pylist():
                rows[page_of[row["doc_id"]]][dataset].append(row)
    return rows


def _problem(case: Case, rows: dict[str, list[Row]]) -> str | None:
    example = case.example
    unwanted = example.gives_no if isinstance(example, Counterexample) else {}
    for dataset, partials in example.gives.items():
        for partial in partials:
            if not any(_agrees(partial, row) for row in rows[dataset]):
                return f"no row of {dataset} has {partial}; {_seen(partial, rows[dataset])}"
    for dataset, partials in unwanted.items():
        for partial in partials:
            match = next((row for row in rows[dataset] if _agrees(partial, row)), None)
            if match is not None:
                return f"{dataset} has a row with {partial}, made by {match.get('rule_id')}"
    if example.gives or unwanted:
        return None
    fired = [row for dataset in rows.values() for row in dataset if row.get("rule_id") == case.rule_id]
    if isinstance(example, Example) and not fired:
        return "the rule made no row of it"
    if isinstance(example, Counterexample) and fired:
        return f"the rule made a row of it: {fired[0].get('text')!r}"
    return None


def _agrees(partial: Row, row: Row) -> bool:
    return all(name in row and _same(value, row[name]) for name, value in partial.items())


def _same(wanted: Any, found: Any) -> bool:
    if isinstance(wanted, bool) or wanted is None or found is None:
        return wanted is found
    if isinstance(wanted, (int, float)) and isinstance(found, (int, float)):
        return abs(wanted - found) <= 1e-9 * max(1.0, abs(wanted), abs(found))
    if isinstance(wanted, list):
        return isinstance(found, list) and len(wanted) == len(found) and all(map(_same, wanted, found))
    return str(wanted) == str(found)


def _seen(partial: Row, rows: list[Row]) -> str:
    if not rows:
        return "it has no rows"
    shown = [{name: str(row.get(name)) for name in partial} for row in rows[:6]]
    return f"its rows have {shown}"
