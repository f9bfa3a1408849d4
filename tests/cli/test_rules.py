"""`zhengbao rules …` on a small page and a copy of the rules."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.rulebook import load
from pipeline.rulebook.template import template
from pipeline.runner import build
from pipeline.runner.coverage import coverage
from pipeline.stages import families, load_stages

FAMILIES = families(load_stages())


@pytest.fixture(scope="module")
def rules(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rules") / "rules"
    shutil.copytree(root / "rules", folder)
    return folder


@pytest.fixture()
def page(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "page.txt").write_text("合川区新闻\n\n2023年，合川区修好水碾36砻，新修道路12公里。\n", "utf-8")
    return folder


@pytest.mark.parametrize(("family", "kind"), [(family, kind) for family in FAMILIES for kind in family.kinds], ids=lambda x: getattr(x, "name", x))
def test_a_template_is_yaml_with_every_key(family: object, kind: str) -> None:
    text = template(family, kind)  # type: ignore[arg-type]
    content = yaml.safe_load(text)
    assert content["kind"] == kind
    model = family.kinds[kind]  # type: ignore[attr-defined]
    assert {field.alias or name for name, field in model.model_fields.items() if field.is_required()} <= content["rules"][0].keys()
    assert all((field.alias or name) in text for name, field in model.model_fields.items())


def test_an_edit_is_shown_before_it_is_accepted(page: Path, rules: Path, tmp_path: Path) -> None:
    outputs = tmp_path / "outputs"
    build([page], outputs, rules=rules, jobs=1, quiet=True, without=("tokens",))
    run = CliRunner().invoke
    arguments = ["rules", "diff", str(page), "--outputs", str(outputs), "--rules", str(rules)]
    assert "nothing changes" in run(app, arguments).output
    added = rules / "quantities" / "mills.yaml"
    added.write_text(
        "family: quantities\nkind: units\nrules:\n  - id: mill\n    about: Mills.\n    dimension: count\n    each: [砻]\n"
        "    examples: [{text: 修好水碾36砻。}]\n    counterexamples: [{text: 砻谷的声音传来。}]\n",
        "utf-8",
    )
    try:
        told = run(app, arguments).output
    finally:
        added.unlink()
    assert "quantities: " in told
    assert "unknown → count" in told
    assert "quantities/mill" in told
    assert "quantities: 0 gained, 0 lost, 1 changed" in told


def test_coverage_names_the_unit_nobody_knows(page: Path, rules: Path) -> None:
    found = coverage([page], rules=rules, jobs=1)
    assert [(shape.kind, shape.times) for shape in found.shapes if "砻" in shape.shape] == [("unknown_unit", 1)]
    assert (found.digits, found.unread_digits) == (8, 0)


def test_wrong_use_is_told_in_one_line(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["rules", "new", "quantites"])
    assert result.exit_code != 0
    assert "no rule family is called 'quantites'" in str(result.exception)
    written = tmp_path / "new.yaml"
    assert CliRunner().invoke(app, ["rules", "new", "times", "--output", str(written)]).exit_code == 0
    assert yaml.safe_load(written.read_text("utf-8"))["family"] == "times"
    assert CliRunner().invoke(app, ["rules", "new", "times", "--output", str(written)]).exit_code != 0


def test_the_rules_that_come_with_the_project_are_whole(root: Path) -> None:
    load(root / "rules", FAMILIES).check()
