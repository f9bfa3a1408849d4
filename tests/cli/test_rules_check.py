"""`zhengbao rules check`: failed examples, clashes and dead rules, each with its place, and an exit code that says which."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app

RULE = """family: times
kind: vague
rules:
  - id: vague.market_days
    about: On market days, whichever they are.
    words: [逢场时节]
    examples:
      - text: 逢场时节，街上人来人往。
    counterexamples:
      - text: {counterexample}
"""
BOUND = """family: times
kind: bounds
rules:
  - id: {id}
    about: From then on.
    sense: {sense}
    opens: [自打从]
    examples: [{{text: 自打从2021年起，村里通了车。}}]
    counterexamples: [{{text: 他自打小就会唱。}}]
"""
PAGE = "# 合川区修路忙\n\n2023年上半年，合川区新修道路12公里，同比增长8%。\n"


@pytest.fixture()
def rules(root: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    shutil.copytree(root / "rules", folder)
    return folder


def check(rules: Path, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["rules", "check", "times", "--rules", str(rules), *arguments])
    return result.exit_code, result.output


def test_all_is_well(rules: Path) -> None:
    code, said = check(rules)
    assert code == 0
    assert "0 failed; 0 words claimed twice" in said


def test_a_failed_example_is_named_with_its_place(rules: Path) -> None:
    (rules / "times" / "mine.yaml").write_text(RULE.format(counterexample="逢场时节到了。"), "utf-8")
    code, said = check(rules)
    assert code == 3
    assert f"{rules / 'times' / 'mine.yaml'}:4: times/vague.market_days counterexample 1" in said


def test_a_clash_asks_for_a_look(rules: Path) -> None:
    (rules / "times" / "mine.yaml").write_text(BOUND.format(id="bound.mine", sense="since"), "utf-8")
    (rules / "times" / "yours.yaml").write_text(BOUND.format(id="bound.yours", sense="until"), "utf-8")
    code, said = check(rules, "--no-examples")
    assert code == 1
    assert "'自打从'" in said
    assert "times/bound.yours" in said.partition("which wins")[0]
    assert "1 words claimed twice" in said
    assert "examples tried" not in said


def test_a_word_said_twice_to_the_same_end_does_no_harm(rules: Path) -> None:
    (rules / "times" / "mine.yaml").write_text(RULE.format(counterexample="相逢场面热烈。"), "utf-8")
    (rules / "times" / "yours.yaml").write_text(RULE.format(counterexample="相逢场面热烈。").replace("vague.market_days", "vague.more"), "utf-8")
    code, said = check(rules, "--no-examples")
    assert code == 0
    assert "both make the same of it" in said


def test_dead_rules_are_named(rules: Path, tmp_path: Path) -> None:
    (rules / "times" / "mine.yaml").write_text(RULE.format(counterexample="相逢场面热烈。"), "utf-8")
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "page.txt").write_text(PAGE, "utf-8")
    code, said = check(rules, "--corpus", str(pages))
    assert code == 0
    assert f"{rules / 'times' / 'mine.yaml'}:4: times/vague.market_days: none of its words is on these pages" in said
    assert "times/part.half:" not in said
    (pages / "page.txt").write_text(PAGE + "\n逢场时节，街上人来人往。\n", "utf-8")
    assert "vague.market_days" not in check(rules, "--corpus", str(pages))[1]


def test_a_corpus_that_is_not_there(rules: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["rules", "check", "--corpus", str(tmp_path / "nowhere")])
    assert "there is no such file or folder" in str(result.exception)
