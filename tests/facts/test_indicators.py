"""Finding the canonical indicator a phrase names."""

from __future__ import annotations

import pytest

from tests.facts.hand import indicators


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("规模以上工业增加值", "industry_value_added_scale"),
        ("规上工业增加值", "industry_value_added_scale"),
        ("全市累计完成固定资产投资", "investment"),
        ("固定资产投资（不含农户）", "investment"),
        ("城镇常住居民人均可支配收入", "income_urban"),
        ("“专精特新”企业数量", "specialised_firms"),
        ("研究与试验发展（R&D）经费支出", "rd_spending"),
        ("小麦总产量", "output.wheat"),
        ("金融业增加值", "sector_value_added.finance"),
        ("细颗粒物（PM2.5）平均浓度", "pm25"),
    ],
)
def test_other_wordings(phrase: str, found: str) -> None:
    indicator = indicators().named(phrase)
    assert indicator is not None and indicator.id == found


@pytest.mark.parametrize("phrase", ["民营工业增加值", "某某项目固定资产投资", "出口", "投资", "高新技术企业产值", "税收大厅"])
def test_a_phrase_that_says_more_or_less_is_another_thing(phrase: str) -> None:
    indicator = indicators().named(phrase)
    assert indicator is None or indicator.id in {"exports"}


def test_enough_of_them() -> None:
    known = indicators().by_id
    assert len(known) >= 200
    assert all(indicator.zh and indicator.en and indicator.unit and indicator.dimensions for indicator in known.values())
