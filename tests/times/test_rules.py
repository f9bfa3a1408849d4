"""Every rule's examples and counterexamples, read by the core alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.rulebook.loading import load
from pipeline.stages.figures.times import FAMILY, TimeRules, context_for, find, infer_issue_date, resolve

RULES = Path(__file__).parents[2] / "rules"
CASES = [rule for file in load(RULES, [FAMILY]).files("times") for rule in file.rules]


def rows(text: str, date: str | None, rules: TimeRules) -> list[dict[str, object]]:
    issue = dt.date.fromisoformat(date) if date else None
    earliest = None if issue else infer_issue_date([text], rules).earliest
    spans = find(text, rules)
    out = resolve(text, spans, context_for(text, rules, issue_date=issue, date_earliest=earliest), rules)
    return [
        {
            "text": text[span.start : span.end],
            "start_date": out.start_date[n] and str(out.start_date[n]),
            "end_date": out.end_date[n] and str(out.end_date[n]),
            "granularity": out.granularity[n],
            "vague": out.vague[n],
            "anchor": out.anchor[n],
            "rule_id": out.rule_id[n],
        }
        for n, span in enumerate(spans)
    ]


def holds(wanted: dict[str, object], row: dict[str, object]) -> bool:
    return all(row[key] == (value == "true" if key == "vague" and isinstance(value, str) else value) for key, value in wanted.items())


@pytest.mark.parametrize("rule", CASES, ids=lambda rule: rule.id)
def test_examples(rule, rules):
    for example in rule.examples:
        found = rows(example.text, example.date, rules)
        wanted = example.gives.get("times", [])
        if not example.gives and type(rule).__name__ in ("Piece", "Vague"):
            assert any(row["rule_id"] == f"times/{rule.id}" for row in found), (example.text, found)
        for want in wanted:
            assert any(holds(want, row) for row in found), (example.text, want, found)


@pytest.mark.parametrize("rule", CASES, ids=lambda rule: rule.id)
def test_counterexamples(rule, rules):
    for example in rule.counterexamples:
        found = rows(example.text, example.date, rules)
        unwanted = example.gives_no.get("times", [])
        if not example.gives_no:
            assert not any(row["rule_id"] == f"times/{rule.id}" for row in found), (example.text, found)
        for row in unwanted:
            assert not any(holds(row, other) for other in found), (example.text, row, found)


@pytest.mark.parametrize(("holiday", "feast"), [("春节假期", "春节"), ("“五一”假期", "“五一”当天"), ("国庆长假", "国庆节当天")])
@pytest.mark.parametrize("year", range(2008, 2026))
def test_a_holiday_holds_its_feast(holiday: str, feast: str, year: int, rules: TimeRules) -> None:
    (off,), (day, *_) = (rows(f"{year}年{name}，景区人多。", None, rules) for name in (holiday, feast))
    assert str(off["start_date"]) <= str(day["start_date"]) <= str(off["end_date"])


def test_the_days_of_a_holiday_that_is_not_listed_are_not_told(rules: TimeRules) -> None:
    (off,) = rows("1999年国庆长假，景区人多。", None, rules)
    assert (off["start_date"], off["end_date"], off["vague"]) == (None, None, True)
