"""What an article says twice."""

from __future__ import annotations

from pipeline.stages.facts.checks import check
from pipeline.stages.facts.indicators import fits
from tests.facts.hand import facts_of, indicators


def checks_of(text: str) -> list[list[str]]:
    facts, figures, article = facts_of(text)
    for fact in facts:
        named = indicators().named(fact.indicator)
        if named is not None and (fact.figure < 0 or fits(named, figures.unit[fact.figure], figures.dimension[fact.figure])):
            fact.indicator_id = named.id
    check(facts, figures, indicators(), [article.paragraph_at(figures.start[fact.anchor]) for fact in facts])
    return [[line.partition(" ")[0] for line in fact.checks] for fact in facts]


def test_a_rate_is_the_part_of_the_whole() -> None:
    found = checks_of("确定实事<15件=15 件 count>，已开工<13件=13 件 count>，开工率<86.7%=86.7 % percent>。")
    assert all("passed:rate" in checks for checks in found)


def test_a_rate_of_other_counts_is_left_alone() -> None:
    assert checks_of("新增企业<15家=15 家 count>，新增车间<13个=13 个 count>，满意率<90.1%=90.1 % percent>。") == [[], [], []]


def test_a_part_does_not_exceed_its_whole() -> None:
    found = checks_of("新开工项目<30个=30 个 count>，其中工业项目<40个=40 个 count>。")
    assert found == [[], ["failed:part"]]


def test_parts_that_make_up_the_whole() -> None:
    found = checks_of("进出口总额<9亿元=9e8 CNY money>，其中出口<6亿元=6e8 CNY money>，进口<3亿元=3e8 CNY money>。")
    assert found == [["passed:sum"], ["passed:part"], ["passed:part"]]


def test_shares_sum_to_a_hundred() -> None:
    found = checks_of("第一产业占比<10.1%=10.1 % percent>，第二产业占比<45.3%=45.3 % percent>，第三产业占比<44.6%=44.6 % percent>。")
    assert found == [["passed:shares"]] * 3


def test_growth_implies_the_earlier_level() -> None:
    text = (
        "<T:2021年=2021-01-01..2021-12-31>，发明专利授权量<200件=200 件 count>。\n"
        "<T:2022年=2022-01-01..2022-12-31>，发明专利授权量<260件=260 件 count>，增长<{}=VALUE % percent>。"
    )
    assert checks_of(text.replace("{}", "30%").replace("VALUE", "30"))[1] == ["passed:growth"]
    assert checks_of(text.replace("{}", "12%").replace("VALUE", "12"))[1] == ["failed:growth"]


def test_a_misprint_shows_where_a_figure_is_repeated() -> None:
    said = "<T:2022年=2022-01-01..2022-12-31>，税收收入<{}亿元=VALUE CNY money>。\n"
    twice = [said.replace("{}", str(n)).replace("VALUE", f"{n}e8") for n in (62, 68)]
    assert checks_of("".join(twice)) == [["failed:repeat"], ["failed:repeat"]]
    assert checks_of(twice[0] * 2) == [["passed:repeat"], ["passed:repeat"]]


def test_a_unit_the_indicator_is_never_measured_in() -> None:
    assert checks_of("森林覆盖率<62亩=62 亩 area>。") == [["failed:unit"]]
