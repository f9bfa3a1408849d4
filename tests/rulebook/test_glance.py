"""A look at a text spares trying a pattern on it, and never one that would find itself there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.rulebook import load
from pipeline.rulebook.glance import glance
from pipeline.stages.articles import STAGE

PATTERNS = [
    "甲|乙丙", "^[甲乙]?丙+$", "(?:甲乙|丙)丁?$", "(?:甲|乙){2}丙", "^(?>甲|丙)乙",
    r"(甲)丙\1", "(?<=甲)乙$", "^(?:[甲丙]|乙丁)?丙$", "(?:甲|乙)(?:丙|丁乙)",
]  # fmt: skip


@pytest.mark.parametrize(
    ("pattern", "firsts", "lasts", "words"),
    [
        ("^(?:责任编辑|校对)：", "责校", None, {"责任编辑：", "校对："}),
        ("^第[0-9一二三]{1,3}版$", "第", "版", {"第"}),
        ("^.{2,20}(?:摄|供图)$", None, "摄图", {"摄", "供图"}),
        ("(?:县|市)(?:委|政府)讯", "县市", None, {"县委讯", "县政府讯", "市委讯", "市政府讯"}),
        ("^[（【]?通知", "（【通", None, {"通知"}),
        ("[一-鿿]{2,4}(?:日报|晚报|报)", None, None, {"报"}),
        ("^(?!表)[^。]{2,9}$", None, None, None),
        ("(?i)ok", None, None, None),
        ("x?", None, None, None),
        ("^(?:甲|乙)*丙$", "甲乙丙", "丙", {"丙"}),
    ],
)
def test_what_a_pattern_says_of_its_finds(pattern: str, firsts: str | None, lasts: str | None, words: set[str] | None) -> None:
    seen = glance(re.compile(pattern, re.MULTILINE))
    assert seen.firsts == (None if firsts is None else set(firsts))
    assert seen.lasts == (None if lasts is None else set(lasts))
    assert (None if seen.words is None else set(seen.words)) == words


def test_where_a_find_stands() -> None:
    assert glance(re.compile("^(?:记者|通讯员) ", re.MULTILINE)).at_start
    assert glance(re.compile("^县|^市", re.MULTILINE)).at_start
    assert not glance(re.compile("^县|市", re.MULTILINE)).at_start


@given(st.sampled_from(PATTERNS), st.text("甲乙丙丁", min_size=1, max_size=6))
def test_no_find_is_overlooked(pattern: str, text: str) -> None:
    compiled = re.compile(pattern, re.MULTILINE)
    seen = glance(compiled)
    if compiled.match(text):
        assert seen.line(text)
    if compiled.search(text):
        assert seen.within(text)


def test_no_line_of_a_page_is_overlooked(root: Path) -> None:
    formats = load(root / "rules", STAGE.families)["formats"]
    pages = sorted((root / "tests" / "pages").glob("*.txt"))
    lines = [line.strip() for page in pages for line in page.read_text("utf-8").splitlines() if line.strip()]
    taken = 0
    for rule in formats.lines:
        for line in lines:
            if rule.pattern.match(line):
                taken += 1
                assert rule in formats.lines_like(line)
                assert rule.glance.within(line)
    assert taken > len(pages)
