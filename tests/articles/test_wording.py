"""Shared wording is counted for all texts at once; counted one pair at a time it is the same."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.stages.articles.topics import Shared
from pipeline.stages.articles.wording import Wording, pairs

LETTERS = st.text("水厂修路荔溪，1 ", max_size=12)
TEXTS = ["荔溪水厂扩建，日供水增加3000吨", "荔溪镇修路\n接通水厂", "", "街心公园种下紫薇"]


def weights_of(texts: list[str]) -> dict[str, float]:
    every = [pairs(text) for text in texts]
    return {pair: math.log((len(texts) + 1) / sum(pair in own for own in every)) for pair in set().union(*every)}


@given(st.lists(LETTERS, min_size=1, max_size=5), LETTERS)
def test_wording_counted_pair_by_pair(texts: list[str], line: str) -> None:
    weights = weights_of(texts)
    own = [pairs(text) for text in texts]
    wording = Wording(texts)
    likeness = wording.likeness()
    for n, some in enumerate(own):
        for m, others in enumerate(own):
            if n == m or not some & others:
                assert m not in likeness[n]
                continue
            measure = math.sqrt(math.fsum(weights[pair] for pair in some) * math.fsum(weights[pair] for pair in others))
            assert likeness[n][m] == pytest.approx(sum(weights[pair] for pair in some & others) / measure)
    (repeated,) = wording.repeated([line])
    total = sum(weights.get(pair, math.log(len(texts) + 1)) for pair in pairs(line))
    assert repeated == pytest.approx(
        {n: sum(weights[pair] for pair in pairs(line) & some) / total for n, some in enumerate(own) if pairs(line) & some}
    )


def test_wording_of_a_page() -> None:
    likeness = Wording(TEXTS).likeness()
    assert set(likeness[0]) == {1}
    assert likeness[2] == likeness[3] == {}
    first, second = Wording(TEXTS).repeated(["水厂扩建", "公园"])
    assert first[0] > first[1]
    assert second == {3: 1.0}


def test_what_items_share_is_told_by_bits() -> None:
    shared = Shared.of([text.replace("\n", "，") for text in TEXTS])
    assert shared.shared[0] & shared.shared[1]
    assert not shared.shared[2] | shared.shared[3]
    weighed = math.log(len(TEXTS) / 2) * len(pairs(TEXTS[0]) & pairs(TEXTS[1]))
    assert shared.worth_more(shared.shared[0], 0) == pytest.approx(weighed)
    assert shared.worth_more(shared.shared[0], shared.shared[1]) == pytest.approx(0)
