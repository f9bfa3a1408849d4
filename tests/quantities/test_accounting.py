"""Every digit is accounted for, whatever the text; and reading never breaks or hangs."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.stages.figures import quantities
from pipeline.stages.figures.quantities import QuantityRules
from pipeline.text.numerals import NUMERALS

PIECES = (
    "0", "7", "12", "3.5", "1,200", "2023", "一", "二", "十", "百", "万", "亿", "半", "几", "余", "多", "第", "零", "点", "分之", "%", "元",
    "角", "分", "家", "个", "年", "月", "吨", "千", "瓦", "公里", "平方米", "人", "人次", "倍", "至", "-", "—", "、", "，", "。", "“", "”", "（",
    "）", "|", "\n", " ", "/", ":", "+", ".", "G", "km", "以上", "约", "近", "的", "企业", "项目", "单位：", "翻", "番", "[", "]", "《", "》",
    "$", "负", "±",
)  # fmt: skip
TEXTS = st.one_of(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.text(max_size=60))


@settings(max_examples=400, deadline=None)
@given(text=TEXTS)
def test_every_digit_ends_somewhere(text: str, rules: QuantityRules) -> None:
    found = quantities.read(text, rules)
    covered = set()
    for start, end in zip(found.start, found.end, strict=True):
        assert 0 <= start < end <= len(text)
        covered.update(range(start, end))
    for start, end in [span[:2] for span in found.known] + found.unread:
        covered.update(range(start, end))
    missing = [at for at, c in enumerate(text) if "0" <= c <= "9" and at not in covered]
    assert not missing, text


@settings(max_examples=200, deadline=None)
@given(text=TEXTS)
def test_quantities_come_in_order_and_do_not_overlap(text: str, rules: QuantityRules) -> None:
    found = quantities.read(text, rules)
    assert all(before <= start for before, start in zip(found.end, found.start[1:], strict=False))
    assert all(low <= value <= high for low, value, high in zip(found.low, found.value, found.high, strict=True))


@settings(max_examples=200, deadline=None)
@given(text=TEXTS)
def test_chinese_numerals_end_somewhere_too(text: str, rules: QuantityRules) -> None:
    found = quantities.read(text, rules)
    covered = {at for start, end in zip(found.start, found.end, strict=True) for at in range(start, end)}
    covered.update(at for start, end in [span[:2] for span in found.known] + found.unread for at in range(start, end))
    missing = [at for at, c in enumerate(text) if c in NUMERALS and at not in covered]
    assert not missing, text


@pytest.mark.timing
def test_no_text_makes_it_hang(rules: QuantityRules) -> None:
    began = time.process_time()
    for piece in PIECES:
        quantities.read(piece * 3000, rules)
    for pair in ("1、", "一至", "1-", "“1", "| 1 ", "1/", "1:", "a1", "1 ", "1 1\n", "第一", "一百"):
        quantities.read(pair * 3000, rules)
    assert time.process_time() - began < 20
