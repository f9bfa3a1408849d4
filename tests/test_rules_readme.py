"""The worked examples of `rules/README.md` do what the page says, and its walk-through is followed to the letter."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import pipeline.runner.asking
import pipeline.stages
from pipeline.runner.examples import cases, try_cases
from pipeline.runner.plan import Plan
from tests.snippets import commands, run_zhengbao


def test_every_worked_example_works(root: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(root / "rules", rules)
    blocks = re.findall(r"```yaml\n(family: (\w+)\n.*?)```", (root / "rules" / "README.md").read_text("utf-8"), re.DOTALL)
    assert {family for _, family in blocks} == {path.name for path in (root / "rules").iterdir() if any(path.glob("*.yaml"))}
    for n, (block, family) in enumerate(blocks):
        (rules / family / f"readme{n}.yaml").write_text(block, "utf-8")
    plan = Plan(tmp_path, rules, without=("tokens",))
    rulebook = plan.rulebook()
    rulebook.check()
    added = [case for case in cases(rulebook) if case.path.name.startswith("readme")]
    assert len(added) >= 2 * len(blocks)
    assert not [str(failure) for failure in try_cases(added, plan.chosen(), rulebook)]


def test_the_walk_through_is_followed_to_the_letter(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(root / "rules", tmp_path / "rules")
    monkeypatch.chdir(tmp_path)
    for room in (pipeline.stages, pipeline.runner.asking):
        monkeypatch.setattr(room, "rules_folder", lambda: tmp_path / "rules")
    page = (root / "rules" / "README.md").read_text("utf-8")
    section = page.partition("## Add a new report format in ten minutes\n")[2].partition("\n## ")[0]
    said, steps = "", 0
    for prose, language, text in re.findall(r"(.*?)^```(\w+)\n(.*?)^```$", section, re.DOTALL | re.MULTILINE):
        steps += 1
        if language == "shell":
            said = "".join(run_zhengbao(arguments) for program, *arguments in commands(text) if program == "zhengbao")
        elif language == "output":
            assert [line for line in text.splitlines() if line not in said] == [], said
        else:
            file = tmp_path / re.findall(r"`([\w/.-]+\.\w+)`", prose)[-1]
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, "utf-8")
    assert steps > 10
