"""An analyst's pattern that runs away on some page is stopped, and named; the other pages are built."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.runner import Summary, patience
from pipeline.stages import rules_folder

#: It passes the probes tried on every pattern when rules are loaded: they repeat one character, and this needs two in turn.
_RULE = """\
family: cleaning
kind: debris
rules:
  - id: analyst.refrain
    about: A refrain that a printer repeats.
    begins: 'a'
    pattern: '(?:ab|abab)+c'
    examples:
      - text: 村里修路ababc。
    counterexamples:
      - text: 村里修桥。
"""


def test_the_rule_is_named_and_the_page_set_aside(run: Callable[..., Summary], pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(rules_folder(), rules)
    (rules / "cleaning" / "analyst.yaml").write_text(_RULE, "utf-8")
    for path in list(pages.glob("page*.txt"))[2:]:
        path.unlink()
    (pages / "refrain.txt").write_text("村里修路。" + "ab" * 60 + "村里修桥。", "utf-8")
    monkeypatch.setattr(patience, "SECONDS", 1.0)
    summary = run(rules=rules)
    assert summary.pages == 3
    ((path, reason),) = summary.quarantined
    assert path == "refrain.txt"
    assert "took more than" in reason
    assert "cleaning/analyst.refrain runs away" in reason
