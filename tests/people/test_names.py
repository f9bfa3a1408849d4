"""What the tables say of stretches that look like names: words they would cut, runs spelled by sound, the best of many that overlap."""

from __future__ import annotations

from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.rulebook import load
from pipeline.stages.people import FAMILY, Officials, read
from pipeline.stages.people.alone import best_together
from pipeline.stages.people.arrays import MARGIN, Table, encode, key_of
from pipeline.stages.people.wording import PIECE, Wording


@pytest.fixture(scope="module")
def rules() -> Officials:
    return load(Path(__file__).parents[2] / "rules", [FAMILY])["officials"]


def lost(rules: Officials, text: str, stretch: str) -> float:
    start = text.index(stretch) + MARGIN
    return float(Wording(rules.names.lexicon, encode(text)).lost(np.array([start]), np.array([start + len(stretch)]))[0])


def test_a_name_costs_the_words_it_cuts(rules: Officials) -> None:
    text = "大家高兴地说，桥修好了。"
    assert lost(rules, text, "高兴地") > 3
    assert lost(rules, text, "兴地说") > 3
    assert lost(rules, "村民覃娥国收到来信。", "覃娥国") == 0


def test_a_long_run_is_read_in_pieces(rules: Officials) -> None:
    text = "高兴" * PIECE
    codes = encode(text)
    starts = np.arange(MARGIN, MARGIN + len(text) - 3)
    found = Wording(rules.names.lexicon, codes).lost(starts, starts + 3)
    assert found.shape == starts.shape and (found >= 0).all()


@given(
    st.dictionaries(
        st.text(st.characters(codec="utf-8", max_codepoint=0xFFFF, categories=["L"]), min_size=2, max_size=2), st.floats(1, 9), max_size=60
    )
)
def test_a_table_gives_back_what_it_was_given(entries: dict[str, float]) -> None:
    table = Table(entries)
    wanted = [*entries, "甲乙", "乙甲"]
    found = table.of(np.array([key_of(word) for word in wanted], np.uint64))
    assert found.tolist() == [np.float32(entries.get(word, 0)) for word in wanted]


ITEM = st.tuples(st.integers(0, 12), st.integers(2, 4), st.floats(0.1, 9)).map(lambda item: (item[0], item[0] + item[1], item[2]))


@given(st.lists(ITEM, max_size=7, unique_by=lambda item: item[:2]))
def test_no_choice_is_worth_more(items: list[tuple[int, int, float]]) -> None:
    worth = {item[:2]: item[2] for item in items}

    def total(spans: list[tuple[int, int]]) -> float:
        return sum(worth[span] for span in spans)

    def apart(spans: list[tuple[int, int]]) -> bool:
        return all(one[1] <= other[0] for one, other in pairwise(spans))

    chosen = sorted(best_together(items))
    assert apart(chosen)
    every = (sorted(some) for size in range(len(worth) + 1) for some in combinations(worth, size))
    assert total(chosen) == pytest.approx(max(total(some) for some in every if apart(some)))


NAMES = [
    ("钱国梁贺秋生出席大会。", {"钱国梁", "贺秋生"}),
    ("外长贝尔卡迪说，访问是有益的。", {"贝尔卡迪"}),
    ("首都莫尔卡迪亚市中心昨天发生了爆炸。", set()),
    ("会谈中，总统和梅洛卡主席交换了意见。", {"梅洛卡"}),
    ("老人的旧房子陈旧不堪，余震不断，贺卡堆满了桌子。", set()),
    ("农民余粮充足，卢布贬值。", set()),
    ("新华社记者季远蔡秋禾报道。", {"季远", "蔡秋禾"}),
    ("省委书记殷切嘱托，乡亲们牢记在心。", set()),
]


@pytest.mark.parametrize(("text", "names"), NAMES, ids=[text[:8] for text, _ in NAMES])
def test_names(text: str, names: set[str], rules: Officials) -> None:
    assert {text[mention.start : mention.end] for mention in read(text, rules)} == names
