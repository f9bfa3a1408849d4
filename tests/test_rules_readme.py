"""The worked examples of `rules/README.md` do what the page says: each is added to the rules and tried."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from pipeline.runner.driver import Plan
from pipeline.runner.examples import cases, try_cases


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
