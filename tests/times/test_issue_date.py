"""When a page appeared, as far as it says itself, and no further."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.stages.figures.times import context_for, infer_issue_date

D = dt.date


@pytest.mark.parametrize(
    ("text", "date", "method"),
    [
        ("云溪日报\n2023年7月25日 星期二 第2版\n昨日，县里开会。", D(2023, 7, 25), "masthead"),
        ("二〇二三年七月二十五日　星期二\n昨日，县里开会。", D(2023, 7, 25), "masthead"),
        ("关于评审的通知\n申报于4月10日截止。\n县人社局\n2023年3月1日", D(2023, 3, 1), "masthead"),
        ("——2022年1月12日在云溪县第九届人民代表大会第一次会议上\n各位代表：", D(2022, 1, 12), "text"),
        ("云溪县政府工作报告（2022年1月12日 张三）\n各位代表：", D(2022, 1, 12), "text"),
        ("听众朋友，今天是2023年7月25日，农历六月初八。", D(2023, 7, 25), "text"),
    ],
)
def test_a_line_gives_the_day(rules, text, date, method):
    assert infer_issue_date([text], rules)[:2] == (date, method)


@pytest.mark.parametrize(
    ("text", "earliest"),
    [
        ("7月24日，县里召开2023年半年工作会。5月1日起，限行。", D(2023, 7, 24)),
        ("截至2021年一季度，贷款过亿。8月11日，直播间开播，9月底前完成改造。", D(2021, 8, 11)),
        ("截至2023年底，专利过千件。3月20日，记者获悉，展会将于4月19日开幕。", D(2024, 3, 20)),
        ("2022年，产量过万吨。7月25日（星期二），客商来访。", D(2023, 7, 25)),
        ("9月28日，庆祝新中国成立74周年音乐会举行。", D(2023, 9, 28)),
    ],
)
def test_a_page_without_such_a_line_has_an_earliest_day(rules, text, earliest):
    found = infer_issue_date([text], rules)
    assert (found.date, found.method, found.earliest) == (None, "none", earliest)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "7月24日，县里开会。",
        "今年种植两万亩。该镇从2015年开始引种，2018年挂果。10月18日，果园开园。",
        "力争到2035年基本建成。7月24日，县里开会。",
        "12月28日，项目开工，2023年底投产。",
        "活动时间：2023年8月1日 星期二 9:00\n7月1日，报名开始。，",
    ],
)
def test_no_day_is_guessed(rules, text):
    found = infer_issue_date([text], rules)
    assert found.date is None
    assert found.earliest is None or found.earliest.year == 2023


def test_a_headline_about_a_part_of_a_year_ties_the_page_to_it(rules):
    body = "\n一季度，全县粮食增产。1-3月，签约九家。"
    assert infer_issue_date(["2022年一季度云溪县经济运行情况" + body], rules).earliest == D(2022, 3, 31)
    assert infer_issue_date(["2022年云溪县粮食生产情况" + body], rules).earliest is None


def test_a_report_is_about_the_year_before_its_delivery(rules):
    text = "云溪县政府工作报告\n——2022年1月12日在云溪县第九届人民代表大会第一次会议上\n现在，我代表县人民政府向大会报告工作。"
    assert context_for(text, rules).report_year == 2021
    late = text.replace("2022年1月12日", "2021年12月28日")
    context = context_for(late, rules, issue_date=D(2022, 1, 15))
    assert (context.report_year, context.current_year) == (2021, 2021)


def test_headings_date_a_report_that_has_no_date(rules):
    text = "现在，我代表县人民政府向大会报告工作。\n一、2021年工作回顾\n全年签约九家。\n二、2022年工作安排\n力争年底通车。"
    assert context_for(text, rules).report_year == 2021


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2023年2月6日，全县干部大会召开。\n2022年，云溪镇产值突破两亿元。今年，我们将再建一座车间。", 2023),
        ("2022年，云溪镇产值突破两亿元。今年，我们将再建一座车间。\n2022年，青木镇新增企业八家。今年，要再引进五家。", 2023),
        ("2024年3月22日，记者来到青木镇。去年，村里修了水渠。", 2024),
    ],
)
def test_two_witnesses_tie_a_year_to_the_page(rules, text, year):
    assert infer_issue_date([text], rules).earliest.year == year


@pytest.mark.parametrize(
    "text",
    [
        "2022年，云溪镇产值突破两亿元。今年，我们将再建一座车间。",  # one witness
        "2022年，云溪镇产值突破两亿元。去年，建成车间。今年，我们将再建一座。\n" * 2,  # 去年 beside it: 2022 is earlier
        "2022年是全面建成小康社会之年。今年，要再建三座车间。\n" * 2,  # the year that runs
        "2022年，云溪镇计划建成三座车间。今年，我们将再建一座。\n" * 2,  # told as ahead
        "2021年，云溪镇产值突破两亿元。今年，将再建车间。\n" * 2 + "2024年，青木镇修了路。",  # a later year is told
        "2020年1至12月，投资过亿元。2020年1—12月，产值过亿元。",  # told when the year was over
        "2023年12月22日，记者来到青木镇。去年，村里修了水渠。",  # may be printed in January
        "喜迎建党100周年，全县推进项目建设。",  # or after it
    ],
)
def test_less_leaves_a_page_undated(rules, text):
    assert infer_issue_date([text], rules).earliest is None
