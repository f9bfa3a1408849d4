"""A rule file is read strictly, and what is wrong is said with file, line and what to write instead."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.rulebook import Family, Rule, RuleError, RuleFile, load, loading


class WordRule(Rule):
    """A word, and perhaps a pattern."""

    word: str
    pattern: str | None = None


def compile_words(files: Sequence[RuleFile], data: Sequence[Path]) -> dict[str, str]:
    COMPILED.append(1)
    return {rule.word: rule.id for file in files for rule in file.rules if isinstance(rule, WordRule)}


COMPILED: list[int] = []
FAMILY = Family(
    "words",
    {"plain": WordRule},
    compile_words,
    data=("*.tsv",),
    patterns=lambda rule: {"pattern": rule.pattern} if getattr(rule, "pattern", None) else {},
)
GOOD = """\
family: words
kind: plain
rules:
  - id: water
    about: Water.
    word: 水
    examples:
      - text: 河水上涨
        gives: {places: [{text: 河, since: 2020-01-01, on: yes}]}
    counterexamples:
      - text: 水平提高
        not: {places: [{text: 水}]}
  - id: road
    about: Roads.
    word: 路
    examples: [{text: 修路}]
    counterexamples: [{text: 思路}]
"""


@pytest.fixture()
def rules(tmp_path: Path) -> Path:
    folder = tmp_path / "rules" / "words"
    folder.mkdir(parents=True)
    (folder / "some.yaml").write_text(GOOD, "utf-8")
    return tmp_path / "rules"


def test_a_good_file_loads_with_the_line_of_each_rule(rules: Path) -> None:
    book = load(rules, [FAMILY])
    assert book["words"] == {"水": "water", "路": "road"}
    (file,) = book.files("words")
    assert file.lines == (4, 13)
    assert file.rules[0].counterexamples[0].gives_no == {"places": [{"text": "水"}]}


def test_dates_and_yes_stay_what_is_written(rules: Path) -> None:
    row = load(rules, [FAMILY]).files("words")[0].rules[0].examples[0].gives["places"][0]
    assert row == {"text": "河", "since": "2020-01-01", "on": "yes"}


@pytest.mark.parametrize(
    ("old", "new", "line", "complaint"),
    [
        ("    word: 水", "    wrod: 水", 6, "unknown key 'wrod' — did you mean 'word'"),
        ("    about: Water.\n", "", 4, "'about' is missing — say in a sentence"),
        ("    counterexamples: [{text: 思路}]\n", "", 13, "'counterexamples' is missing — add at least one"),
        ("counterexamples: [{text: 思路}]", "counterexamples: []", 17, "counterexamples"),
        ("      - text: 河水上涨", "      - txet: 河水上涨", 8, "'txet'"),
        ("        not: {places", "        nto: {places", 12, "unknown key 'nto' — did you mean 'not'"),
        ("id: road", "id: water", 13, "the id 'water' is used before, at some.yaml:4"),
        ("id: road", "id: 路", 13, "id"),
        ("kind: plain", "kind: plian", 2, "kind is 'plian' — one of plain"),
        ("family: words", "family: wrods", 1, "family is 'wrods' — write 'family: words'"),
        ("rules:", "ruels:", 3, "unknown key 'ruels' — did you mean 'rules'"),
        ("    about: Roads.", "    about: [Roads.", 15, "is no YAML"),
        ("    word: 路", "    word: 路\n    pattern: '(路'", 13, "does not compile"),
        ("    word: 路", "    word: 路\n    pattern: '(?:一|一一)+二'", 13, "runs away"),
    ],
)
def test_a_fault_is_named_with_its_line_and_the_fix(rules: Path, old: str, new: str, line: int, complaint: str) -> None:
    assert old in GOOD
    (rules / "words" / "some.yaml").write_text(GOOD.replace(old, new), "utf-8")
    with pytest.raises(RuleError) as caught:
        load(rules, [FAMILY]).check()
    assert complaint in str(caught.value)
    assert caught.value.line == line
    assert caught.value.path.name == "some.yaml"


def test_a_file_that_is_no_utf8_is_named(rules: Path) -> None:
    (rules / "words" / "other.yaml").write_bytes("family: 词".encode("gb18030"))
    with pytest.raises(RuleError, match=r"other\.yaml: is not UTF-8"):
        load(rules, [FAMILY]).check()


def test_a_folder_that_is_no_family_is_named(rules: Path) -> None:
    (rules / "wrods").mkdir()
    with pytest.raises(RuleError, match="did you mean 'words'"):
        load(rules, [FAMILY]).check()


def test_yaml_cannot_make_objects(rules: Path, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    evil = f"!!python/object/apply:pathlib.Path.touch [!!python/object/apply:pathlib.PosixPath [{trace}]]"
    (rules / "words" / "evil.yaml").write_text(f"family: words\nkind: plain\nrules: {evil}\n", "utf-8")
    with pytest.raises(RuleError, match="is no YAML"):
        load(rules, [FAMILY]).check()
    assert not trace.exists()


def test_compiled_rules_are_kept_until_a_byte_changes(rules: Path, tmp_path: Path) -> None:
    COMPILED.clear()
    for _ in range(2):
        assert load(rules, [FAMILY], cache=tmp_path / "cache")["words"]
    assert len(COMPILED) == 1
    (rules / "words" / "more.tsv").write_text("a\tb\n", "utf-8")
    assert load(rules, [FAMILY], cache=tmp_path / "cache")["words"]
    assert len(COMPILED) == 2


def test_a_broken_cache_is_made_anew(rules: Path, tmp_path: Path) -> None:
    load(rules, [FAMILY], cache=tmp_path / "cache")["words"]
    for path in (tmp_path / "cache").iterdir():
        path.write_bytes(b"no pickle")
    loading._LATEST.clear()  # as in another process
    assert load(rules, [FAMILY], cache=tmp_path / "cache")["words"]["水"] == "water"
