"""What a build stands on is kept between builds, and asked again as soon as anything it follows from changed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.rulebook import RuleError
from pipeline.runner import Summary
from pipeline.runner.plan import Plan
from pipeline.runner.standing import Standing
from tests.runner.conftest import STAGES

Run = Callable[..., Summary]


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place of its own for what is kept."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


def kept(cache: Path) -> list[Path]:
    return sorted((cache / "zhengbao").glob("standing-*.json"))


@pytest.fixture()
def plan(rules: Path) -> Plan:
    return Plan(Path(), rules, stages=STAGES)


def test_what_is_kept_says_what_the_stages_say(plan: Plan, cache: Path) -> None:
    asked = Standing.of(plan)
    assert len(kept(cache)) == 1
    again = Standing.of(plan)
    assert again == asked
    assert list(again.stages) == [stage.name for stage in plan.chosen()]
    assert again.rules == plan.rulebook().fingerprints()


def test_a_rule_edited_is_another_standing(plan: Plan, rules: Path, cache: Path) -> None:
    before = Standing.of(plan)
    path = rules / "marks" / "stops.yaml"
    path.write_text(path.read_text("utf-8").replace("。", "！"), "utf-8")
    after = Standing.of(plan)
    assert after.rules != before.rules
    assert len(kept(cache)) == 2


@pytest.mark.parametrize("setting", [{"private": "mask"}, {"without": ("words",)}])
def test_a_setting_is_part_of_it(plan: Plan, rules: Path, setting: dict[str, object]) -> None:
    other = Plan(Path(), rules, stages=STAGES, **setting)  # type: ignore[arg-type]
    assert Standing.of(other).stages != Standing.of(plan).stages


def test_a_broken_rule_is_said_each_time(plan: Plan, rules: Path, cache: Path) -> None:
    Standing.of(plan)
    path = rules / "marks" / "stops.yaml"
    path.write_text(path.read_text("utf-8").replace("about:", "abuot:"), "utf-8")
    for _ in range(2):
        with pytest.raises(RuleError):
            Standing.of(plan)
    assert len(kept(cache)) == 1


def test_a_folder_that_is_no_family_is_said_each_time(plan: Plan, rules: Path) -> None:
    Standing.of(plan)
    (rules / "marcks").mkdir()
    for _ in range(2):
        with pytest.raises(RuleError, match="marcks"):
            Standing.of(plan)


def test_a_book_that_is_damaged_is_asked_for_anew(plan: Plan, cache: Path) -> None:
    asked = Standing.of(plan)
    book = kept(cache)[0]
    content = bytearray(book.read_bytes())
    content[-5] ^= 1
    book.write_bytes(bytes(content))
    assert Standing.of(plan) == asked
    assert book.read_bytes() != bytes(content)


def test_pages_that_did_not_change_are_looked_through_without_the_stages(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.txt").write_text("全县修路12公里。", "utf-8")
    code = (
        "import sys\nfrom pathlib import Path\nfrom pipeline.runner import build\n"
        f"summary = build([Path({str(tmp_path / 'pages')!r})], Path({str(tmp_path / 'out')!r}), without=('tokens',), jobs=1, quiet=True)\n"
        "print(summary.rebuilt, 'pipeline.stages.facts' in sys.modules, 'pipeline.stages.articles' in sys.modules)"
    )
    said = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split() for _ in range(2)]
    assert said == [["1", "True", "True"], ["0", "False", "False"]]
