"""`zhengbao explain`: the tree says what was read by which rule, and why the rest was not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.runner import Branch, explain_tree

TEXT = """# 合川区修路忙

本报讯（记者 周小河）合川区交通局局长李志强说，第5批16公里农村公路已动工，2023年上半年完成投资3.2亿元，同比增长8%。
请拨打12345热线。中山先生说到朝阳产业，修好水碾36砻。
"""
OPTIONS = {"date": "2023-10-10", "home": "500117"}


def walk(branch: Branch) -> Iterator[Branch]:
    yield branch
    for child in branch.branches:
        yield from walk(child)


@pytest.fixture(scope="module")
def tree() -> Branch:
    return explain_tree(TEXT, **OPTIONS)


def find(tree: Branch, kind: str, text: str) -> Branch:
    return next(branch for branch in walk(tree) if branch.kind == kind and branch.text == text)


def test_the_tree_goes_from_the_page_to_the_fact(tree: Branch) -> None:
    assert tree.kind == "page"
    assert tree.branches[0].kind == "article"
    money = find(tree, "quantities", "3.2亿元")
    assert [child.kind for child in money.branches] == ["facts"]
    assert ("change_value", "8") in money.branches[0].values
    assert find(tree, "quantities", "8%").branches[0].kind == "part of"
    assert ("title", "合川区交通局局长") in find(tree, "people", "李志强").branches[0].values


def test_every_row_names_its_rule_and_where_it_stands(tree: Branch, root: Path) -> None:
    made = [branch for branch in walk(tree) if branch.rule_id is not None]
    assert len(made) > 10
    for branch in made:
        file, _, line = branch.place.rpartition(":")
        name = (branch.rule_id or "").partition("/")[2]
        assert f"- id: {name}" in (root / file).read_text("utf-8").splitlines()[int(line) - 1]
        assert branch.about


@pytest.mark.parametrize(
    ("text", "why", "rule"),
    [
        ("12345", "counts nothing", "quantities/"),
        ("朝阳产业", "only looks like a place", "places/trap"),
        ("中山", "nothing here says", "places/division.short"),
    ],
)
def test_what_was_not_read_says_why(tree: Branch, text: str, why: str, rule: str) -> None:
    branch = find(tree, "not read", text)
    assert why in dict(branch.values)["why"]
    assert (branch.rule_id or "").startswith(rule)


def test_ordinals_and_unknown_units_are_explained(tree: Branch) -> None:
    assert "which one" in dict(find(tree, "quantities", "第5批").branches[0].values)["why"]
    assert dict(find(tree, "issue", "36砻").values)["kind"] == "unknown_unit"


def test_the_print_is_a_tree_and_plain_in_a_pipe(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(TEXT, "utf-8")
    plain = CliRunner().invoke(app, ["explain", f"@{page}", "--date", OPTIONS["date"], "--home", OPTIONS["home"]])
    assert plain.exit_code == 0
    assert "\x1b" not in plain.output
    assert plain.output.startswith("page ")
    assert re.search(r"^ +[│ ]*[├└]─ quantities 3\.2亿元  →  value 320000000, unit CNY", plain.output, re.MULTILINE)
    coloured = CliRunner().invoke(app, ["explain", "--brief", f"@{page}"], color=True)
    assert "\x1b[" in coloured.output
    assert ": Yuan" not in coloured.output
