"""Two rules after the same word are found, and it is said which one wins and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.rulebook import load
from pipeline.rulebook.clashes import Clash, clashes
from pipeline.stages import families, load_stages, rules_folder

FAMILIES = families(load_stages())
TAIL = "    examples: [{text: 甲。}]\n    counterexamples: [{text: 乙。}]\n"


def found(folder: Path, family: str, *files: str) -> list[Clash]:
    (folder / family).mkdir()
    for n, text in enumerate(files):
        (folder / family / f"{n}.yaml").write_text(text, "utf-8")
    return list(clashes(load(folder, [one for one in FAMILIES if one.name == family])))


def cues(name: str, words: str, value: str = "up") -> str:
    return (
        f"family: facts\nkind: cues\nrules:\n  - id: {name}\n    about: Some words.\n    role: rate\n    value: {value}\n    words: {words}\n{TAIL}"
    )


def test_the_later_of_two_cues_wins(tmp_path: Path) -> None:
    (clash,) = found(tmp_path, "facts", cues("first", "[增速, 涨势]"), cues("second", "[涨势]", "down"))
    assert (clash.winner.rule_id, clash.loser.rule_id, clash.harmless) == ("facts/second", "facts/first", False)
    assert f"{tmp_path / 'facts' / '0.yaml'}:4: facts/first: '涨势' as a word of role rate" in str(clash)
    assert f"facts/second ({tmp_path / 'facts' / '1.yaml'}:4) too, which wins: it comes later" in str(clash)


def test_two_that_make_the_same_are_harmless(tmp_path: Path) -> None:
    (clash,) = found(tmp_path, "facts", cues("first", "[涨势]"), cues("second", "[涨势]"))
    assert clash.harmless
    assert "both make the same of it" in str(clash)


def test_a_word_twice_in_one_rule(tmp_path: Path) -> None:
    (clash,) = found(tmp_path, "facts", cues("only", "[涨势, 涨势]"))
    assert "stands twice in the rule" in str(clash)


@pytest.mark.parametrize("turned", [False, True])
def test_the_first_post_wins(tmp_path: Path, turned: bool) -> None:
    def posts(name: str, role: str) -> str:
        return f"family: officials\nkind: posts\nrules:\n  - id: {name}\n    about: Posts.\n    role: {role}\n    words: 塘长\n{TAIL}"

    files = [posts("ours", "official"), posts("theirs", "other")]
    (clash,) = found(tmp_path, "officials", *(files[::-1] if turned else files))
    assert clash.winner.rule_id == ("officials/theirs" if turned else "officials/ours")
    assert "it comes first" in str(clash)


def test_a_kind_comes_before_another_whatever_the_order(tmp_path: Path) -> None:
    def words(kind: str, name: str) -> str:
        return f"family: places\nkind: {kind}\nrules:\n  - id: {name}\n    about: Words.\n    words: [江南水乡]\n{TAIL}"

    (clash,) = found(tmp_path, "places", words("regions", "region"), words("traps", "trap"))
    assert clash.winner.rule_id == "places/trap"
    assert "traps come before regions" in str(clash)


def test_the_rules_that_come_with_the_project_do_not_clash() -> None:
    assert [str(clash) for clash in clashes(load(rules_folder(), FAMILIES)) if not clash.harmless] == []
