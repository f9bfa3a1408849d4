"""Facts of tables."""

from __future__ import annotations

from tests.facts.hand import facts_of

TRADE = (
    "表3 <T:2022年=2022-01-01..2022-12-31>货物进出口总额及其增长速度\n"
    "指标|金额（亿元）|比上年增长（%）\n"
    "货物进出口总额|<90=9e9 CNY money>|<1.2=1.2 % percent>\n"
    "货物出口额|<60=6e9 CNY money>|<2.1=2.1 % percent>\n"
    "其中：一般贸易|<40=4e9 CNY money>|<-3.0=-3.0 % percent>\n"
    "加工贸易|<20=2e9 CNY money>|<0.0=0.0 % percent>\n"
    "货物进口额|<30=3e9 CNY money>|<-0.5=-0.5 % percent>\n"
)


def test_a_row_is_named_by_its_label_and_what_it_is_part_of() -> None:
    facts, figures, _ = facts_of(TRADE)
    assert [fact.indicator for fact in facts] == ["货物进出口总额", "货物出口额", "一般贸易出口额", "加工贸易出口额", "货物进口额"]
    assert [figures.low[fact.figure] for fact in facts] == [9e9, 6e9, 4e9, 2e9, 3e9]


def test_a_change_goes_down_when_it_is_negative_and_nowhere_at_nought() -> None:
    facts, _, _ = facts_of(TRADE)
    assert [fact.direction for fact in facts] == ["up", "up", "down", "flat", "down"]


def test_the_caption_says_when() -> None:
    facts, _, _ = facts_of(TRADE)
    assert {(str(fact.period.first), str(fact.period.last)) for fact in facts} == {("2022-01-01", "2022-12-31")}


def test_the_heading_completes_a_label() -> None:
    facts, _, _ = facts_of(
        "产品名称|单位|产量|比上年增长（%）\n水泥|万吨|<52=520000 吨 mass>|<3.1=3.1 % percent>\n纱|万吨|<2=20000 吨 mass>|<1.0=1 % percent>\n"
    )
    assert [fact.indicator for fact in facts] == ["水泥产量", "纱产量"]


def test_a_share_is_a_level_of_its_own() -> None:
    facts, _, _ = facts_of(
        "指标|年末数（万人）|比重（%）\n全区人口|<60=600000 人 people>|<100=100 % percent>\n其中：城镇|<39=390000 人 people>|<65=65 % percent>\n"
    )
    assert [fact.indicator for fact in facts] == ["全区人口", "全区人口比重", "城镇人口", "城镇人口比重"]


def test_a_row_of_a_place_is_about_that_place() -> None:
    facts, _, _ = facts_of("地区|工业增加值（亿元）\n<P:永川区=500118>|<120=1.2e10 CNY money>\n<P:荣昌区=500153>|<90=9e9 CNY money>\n", home="500000")
    assert [(fact.subject.code, fact.indicator) for fact in facts] == [("500118", "工业增加值"), ("500153", "工业增加值")]


def test_an_age_in_the_first_column_is_a_label() -> None:
    facts, figures, _ = facts_of("指标|年末数\n全区人口|<60=600000 人 people>\n<16-59岁=37.5 岁 age>|<39=390000 人 people>\n")
    assert [figures.unit[fact.figure] for fact in facts] == ["人", "人"]
