"""Rule files of the family: what cannot be used is refused with its place and a remedy; what is compiled can be kept."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from pipeline.rulebook import RuleError, load
from pipeline.stages.figures import quantities
from pipeline.stages.figures.quantities import QuantityRules

HEAD = "family: quantities\nkind: {kind}\nrules:\n  - id: one\n    about: For a test.\n"
TAIL = "    examples: [{text: 一}]\n    counterexamples: [{text: 二}]\n"


def compiled(folder: Path, kind: str, body: str) -> QuantityRules:
    family = folder / "quantities"
    family.mkdir()
    (family / "one.yaml").write_text(HEAD.format(kind=kind) + body + TAIL, "utf-8")
    rules: QuantityRules = load(folder, [quantities.FAMILY])["quantities"]
    return rules


def test_a_unit_is_converted_by_the_units_library(tmp_path: Path) -> None:
    rules = compiled(tmp_path, "units", "    dimension: length\n    base: 米\n    base_is: metre\n    units: {链: {is: 22 yard, say: [链]}}\n")
    unit = rules.units.words["链"]
    assert unit is not None
    assert unit.factor == 20.1168


@pytest.mark.parametrize(
    ("kind", "body", "problem"),
    [
        ("units", "    dimension: length\n    base: 米\n    base_is: metre\n    units: {链: {is: 22 smoots_or_so, say: [链]}}\n", "smoots_or_so"),
        ("units", "    dimension: money\n    signs: {$: 元}\n", "no unit of the rule"),
        ("nouns", "    unit: 口\n    after: [人]\n", "no unit is written"),
        ("traps", "    words: [项目]\n    cuts: [项|目标]\n", "no unit"),
    ],
)
def test_what_cannot_be_used_is_refused(tmp_path: Path, kind: str, body: str, problem: str) -> None:
    with pytest.raises(RuleError, match=problem) as refused:
        compiled(tmp_path, kind, body)
    assert refused.value.line == 4
    assert refused.value.fix


def test_a_surface_is_the_unit_of_one_rule(tmp_path: Path) -> None:
    family = tmp_path / "quantities"
    family.mkdir()
    rule = "  - id: {id}\n    about: For a test.\n    dimension: count\n    each: [件]\n" + TAIL
    (family / "one.yaml").write_text("family: quantities\nkind: units\nrules:\n" + rule.replace("{id}", "one") + rule.replace("{id}", "two"), "utf-8")
    with pytest.raises(RuleError, match="already"):
        load(tmp_path, [quantities.FAMILY])["quantities"]


def test_compiled_rules_can_be_kept(rules: QuantityRules) -> None:
    again = pickle.loads(pickle.dumps(rules))
    assert quantities.read("新增257家", again).rows() == quantities.read("新增257家", rules).rows()
