"""How many names are found, and how many of those found are names, in sentences written for the purpose.

`sentences.txt` has them with the names in square brackets: appointments, lists of leaders, delegations, awards,
villagers, doctors, teachers, police, firms, athletes, foreign guests.
"""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.rulebook import load
from pipeline.stages.people import FAMILY, Context, Officials, read
from pipeline.stages.people.context import PlaceSpan

ROOT = Path(__file__).parents[2]
#: Names of persons written down with the sentences that the tables do not tell: pen names and words that are names as well.
LEAST_RECALL, LEAST_PRECISION = 0.93, 0.95


@pytest.fixture(scope="module")
def rules() -> Officials:
    return load(ROOT / "rules", [FAMILY])["officials"]


def marked(line: str) -> tuple[str, set[tuple[int, int]]]:
    text, spans = "", set()
    for n, piece in enumerate(re.split(r"\[(.*?)\]", line)):
        if n % 2:
            spans.add((len(text), len(text) + len(piece)))
        text += piece
    return text, spans


def test_names_in_sentences(rules: Officials) -> None:
    wanted = found = right = 0
    for line in (Path(__file__).parent / "sentences.txt").read_text("utf-8").splitlines():
        text, names = marked(line)
        seen = {(mention.start, mention.end) for mention in read(text, rules)}
        wanted += len(names)
        found += len(seen)
        right += len(names & seen)
    assert right / wanted >= LEAST_RECALL
    assert right / found >= LEAST_PRECISION


TELLING = "王李欧阳俊强书记长委主任区县市镇、，。和与及兼任免去为同志的记者摄（）()“”·•. \n\u3000米哈伊尔斯克"
TEXTS = st.text(st.one_of(st.sampled_from(TELLING), st.characters(codec="utf-8")), max_size=80)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_any_text_is_read(text: str) -> None:
    rules = any_rules()
    places = [PlaceSpan(match.start(), match.end(), "500109", "county") for match in re.finditer("..区", text)]
    end = 0
    for mention in read(text, rules, Context(places=places, kinds=[(0, len(text), "byline")])):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end
        for post in mention.posts:
            assert post.title


def any_rules() -> Officials:
    if not _RULES:
        _RULES.append(load(ROOT / "rules", [FAMILY])["officials"])
    return _RULES[0]


_RULES: list[Officials] = []


RUNS = ["和" * 4000, "王、" * 2000, "书记" * 2000, "区委" * 2000, "·" * 3000, "阿·" * 2000, "任命" * 2000, "斯" * 4000, "（" * 3000, "甲任" * 2000]


@pytest.mark.parametrize("run", RUNS, ids=lambda run: run[:2])
def test_long_runs_are_read_quickly(run: str, rules: Officials) -> None:
    start = time.process_time()
    read(run, rules)
    assert time.process_time() - start < 3


def test_a_page_is_read_alike_in_any_batch(rules: Officials) -> None:
    lines = [marked(line)[0] for line in (Path(__file__).parent / "sentences.txt").read_text("utf-8").splitlines()]
    alone = [[(mention.start, mention.end, mention.role, [post.title for post in mention.posts]) for mention in read(line, rules)] for line in lines]
    pages, at = [], 0
    for line in lines:
        pages.append((at, at + len(line)))
        at += len(line) + 1
    together: list[list[tuple[int, int, str, list[str]]]] = [[] for _ in lines]
    for mention in read("\n".join(lines), rules, Context(pages=pages)):
        n = next(n for n, (start, end) in enumerate(pages) if start <= mention.start < end)
        shift = pages[n][0]
        together[n].append((mention.start - shift, mention.end - shift, mention.role, [post.title for post in mention.posts]))
    assert together == alone
