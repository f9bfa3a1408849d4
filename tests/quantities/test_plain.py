"""Figures settled in one look come to what the full reading makes of them, whatever stands around them."""

from __future__ import annotations

from itertools import product

import pytest

from pipeline.stages.figures import quantities
from pipeline.stages.figures.quantities import QuantityRules, plain

_BEFORE = ("", "新增", "约", "，", "、", "\n", "“", "负", "-", "港币", "前", "东经", "第", "¥", "A", "近 ")
_NUMBERS = ("3", "105", "1.05", "12.7万", "300余", "3万5", "20多", "1千", "1,200", "5亿")
_UNITS = ("个", "元", "人", "亩", "%", "平方公里", "米", "名", "年", "度", "块", "kg", "项目标", "户", "艘次", "两")
_AFTER = ("", "。", "以上", "、8个百分点", "和5户", "至8万元", "多", "半", "/亩", "5角", "决赛", "左右", "（含税）")


@pytest.mark.parametrize("before", _BEFORE)
def test_the_short_way_leads_where_the_long_one_does(before: str, rules: QuantityRules, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [before + "".join(rest) for rest in product(_NUMBERS, _UNITS, _AFTER)]
    short = [quantities.read(text, rules) for text in texts]
    monkeypatch.setattr(plain, "settle", lambda *_: None)
    for text, found in zip(texts, short, strict=True):
        assert found == quantities.read(text, rules), text


def test_plain_figures_take_the_short_way(rules: QuantityRules, monkeypatch: pytest.MonkeyPatch) -> None:
    settled = []
    settle = plain.settle
    monkeypatch.setattr(plain, "settle", lambda *a: settled.append(settle(*a)) or settled[-1])
    quantities.read("建成26所学校、8个公园，投资12.7亿元，增长5.5%。", rules)
    assert settled == [5, 10, 21, 28]


def test_a_lone_digit_in_a_name_counts_nothing(rules: QuantityRules) -> None:
    found = quantities.read("压减三公经费，供销五化提升", rules)
    assert not found.start and [rule for *_, rule in found.known] == ["quantities/name.bound"] * 2
