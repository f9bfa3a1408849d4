"""The reader alone, on texts whose figures are marked by hand, and on nonsense."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.stages.facts import Article, Places, read
from pipeline.stages.facts.subjects import home_of
from tests.facts.hand import facts_of, lexicon, marked

WORDS = [
    "固定资产投资", "增长", "下降", "分别", "均", "其中", "占", "比重", "居全市", "高于", "比上年", "完成", "目标", "的", "新建", "企业",
    "由", "提高到", "，", "、", "；", "。", "\n", "（", "）", "“", "”", "以上", "力争", "预计", "总数", "出口", "|", "指标|", "分别为",
    "是", "和", "等", "从", "至", "公司", "天元机械有限公司", "人均", "[26]", "**", " ", "<5%=5 % percent>", "<1.2亿元=1.2e8 CNY money>",
    "<3个=3 个 count>", "<第2位=2 rank rank>", "<2倍=2 倍 multiple>", "<-3.1=-3.1 % percent>", "<两年=2 年 duration>",
    "<T:2022年=2022-01-01..2022-12-31>", "<T:年末=2022-12-31..2022-12-31>", "<T:以来=2022-01-01..>", "<P:全区=500118>", "<P:全国=100000>",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=30), st.sampled_from([None, "500118", "500000"]), st.sampled_from([None, 2022]))
def test_no_text_breaks_the_reader(words: list[str], home: str | None, report_year: int | None) -> None:
    article, figures, times, places = marked("".join(words), home, report_year)
    for fact in read(article, figures, times, places, lexicon()):
        assert fact.indicator.strip()
        assert 0 <= fact.anchor < len(figures.start)
        assert fact.figure < len(figures.start) and fact.change < len(figures.start)
        assert fact.figure != fact.change
        assert (fact.change < 0) or fact.direction is not None  # a story can leave open against what something grew
        assert fact.modality in ("actual", "target", "forecast")


def test_a_figure_is_told_once_unless_it_is_said_of_several() -> None:
    facts, _, _ = facts_of("新建车间<3个=3 个 count>，产值<2亿元=2e8 CNY money>，增长<5%=5 % percent>。")
    used = [ref for fact in facts for ref in (fact.figure, fact.change) if ref >= 0]
    assert sorted(used) == [0, 1, 2]


def test_an_unknown_deictic_gives_no_code() -> None:
    facts, _, _ = facts_of("全区税收<2亿元=2e8 CNY money>。", home=None)
    assert [fact.subject.code for fact in facts] == [None]


def test_a_report_speaks_of_its_year_where_it_says_nothing() -> None:
    facts, _, _ = facts_of("税收收入<2亿元=2e8 CNY money>。", report_year=2022)
    assert (facts[0].period.first, facts[0].period.last, facts[0].period.text) == (dt.date(2022, 1, 1), dt.date(2022, 12, 31), None)


def test_a_goal_in_a_report_is_of_the_year_after() -> None:
    facts, _, _ = facts_of("主要预期目标是：税收收入增长<6%=6 % percent>。", report_year=2022)
    assert (facts[0].modality, facts[0].period.first) == ("target", dt.date(2023, 1, 1))


def test_the_year_before_looked_back_on_in_a_plan_is_no_goal() -> None:
    text = "今年重点做好两件事。<T:2022年=2022-01-01..2022-12-31>，新建学校<3所=3 所 count>。"
    facts, _, _ = facts_of(text, report_year=2022)
    assert [fact.modality for fact in facts] == ["actual"]


def test_a_period_holds_for_the_clauses_after_it() -> None:
    facts, _, _ = facts_of("<T:2021年=2021-01-01..2021-12-31>，税收<2亿元=2e8 CNY money>，出口额<1亿元=1e8 CNY money>。")
    assert [fact.period.last for fact in facts] == [dt.date(2021, 12, 31)] * 2


def test_a_time_that_is_only_compared_with_is_no_period() -> None:
    facts, _, _ = facts_of("<T:2022年=2022-01-01..2022-12-31>，税收<2亿元=2e8 CNY money>，比<T:2019年=2019-01-01..2019-12-31>增长<9%=9 % percent>。")
    assert (facts[0].period.last, facts[0].basis) == (dt.date(2022, 12, 31), "other")


def test_a_headline_that_repeats_the_body_is_no_second_fact() -> None:
    article, figures, times, places = marked("新建学校<3所=3 所 count>\n去年新建学校<3所=3 所 count>。")
    article.sentence_kinds[0] = "headline"
    facts = read(article, figures, times, places, lexicon())
    assert [fact.figure for fact in facts] == [1]


def test_whose_whole_village_is_spoken_of_is_whom_a_city_paper_writes_about() -> None:
    """A city's paper that says 全村 of a village tells of its county; one that names counties side by side stays with the city."""
    text = "全村有茶农320户，村民曾在永川和綦江打工。"
    spoken = Places([0, 13, 16], [2, 15, 18], ["500151", "500118", "500110"], ["village", "county", "county"], [True, False, False])
    assert home_of(Article(text, [0], ["body"], [0], home_code="500000"), spoken, lexicon()).code == "500151"
    named = Places([13, 16], [15, 18], ["500118", "500110"], ["county", "county"], [False, False])
    assert home_of(Article(text, [0], ["body"], [0], home_code="500000"), named, lexicon()).code == "500000"
    assert home_of(Article("国内生产总值增长5%。", [0], ["body"], [0]), Places(), lexicon()).code == "100000"
    assert home_of(Article("产值增长5%。", [0], ["body"], [0]), Places(), lexicon()).code is None
