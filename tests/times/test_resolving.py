"""What times mean where they stand: sentences after sentences, parts of reports, days near New Year."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.stages.figures.times import context_for, find, resolve

WORK_REPORT = "云溪县政府工作报告"
COMMUNIQUE = "云溪县国民经济和社会发展统计公报"


def read(text: str, rules, issue: str | None, publication: str | None = None) -> list[tuple[str, str | None, str | None]]:
    date = dt.date.fromisoformat(issue) if issue else None
    spans = find(text, rules)
    out = resolve(text, spans, context_for(text, rules, issue_date=date, publication=publication), rules)
    days = zip(out.start_date, out.end_date)
    return [(text[span.start : span.end], start and str(start), end and str(end)) for span, (start, end) in zip(spans, days)]


def year(number: int) -> tuple[str, str]:
    return f"{number}-01-01", f"{number}-12-31"


NEWS = [
    ("2023-07-25", "7月24日开会，部署下半年工作。", [("7月24日", "2023-07-24", "2023-07-24"), ("下半年", "2023-07-01", "2023-12-31")]),
    ("2023-07-25", "去年10月签约，今年2月开工，10月投产。", [
        ("去年10月", "2022-10-01", "2022-10-31"), ("今年2月", "2023-02-01", "2023-02-28"), ("10月", "2023-10-01", "2023-10-31"),
    ]),
    ("2023-07-25", "2021年5月建成；同年12月开工；次年6月投产。", [
        ("2021年5月", "2021-05-01", "2021-05-31"), ("同年12月", "2021-12-01", "2021-12-31"), ("次年6月", "2022-06-01", "2022-06-30"),
    ]),
    ("2023-07-25", "2023年1月至6月接待百万人次，较2019年同期增长两成。", [
        ("2023年1月至6月", "2023-01-01", "2023-06-30"), ("2019年同期", "2019-01-01", "2019-06-30"),
    ]),
    ("2023-07-25", "受灾后，2月、3月销量低，与2019年同期持平。", [
        ("2月", "2023-02-01", "2023-02-28"), ("3月", "2023-03-01", "2023-03-31"), ("2019年同期", "2019-02-01", "2019-03-31"),
    ]),
    ("2023-07-25", "2017年回乡创业。三年后，合作社有了起色。", [("2017年", *year(2017)), ("三年后", None, None)]),
    ("2023-07-25", "26号到28号有雷阵雨。", [("26号到28号", "2023-07-26", "2023-07-28")]),
    ("2023-08-02", "28日，县里开会。", [("28日", "2023-07-28", "2023-07-28")]),
    ("2024-01-08", "总结2023年工作，部署2024年任务。12月30日，大桥通车。", [
        ("2023年", *year(2023)), ("2024年", *year(2024)), ("12月30日", "2023-12-30", "2023-12-30"),
    ]),
    ("2024-01-08", "截至年底，全县共有学校九所。预计3月底完工。", [("截至年底", None, "2023-12-31"), ("3月底", "2024-03-31", "2024-03-31")]),
    ("2024-01-08", "2022年第四季度以来，订单回升。上年末贷款两百亿元。", [
        ("2022年第四季度以来", "2022-10-01", None), ("上年末", "2023-12-31", "2023-12-31"),
    ]),
    ("2022-12-20", "部署明年任务。1月至11月，产值增长一成。大会将于1月10日召开。", [
        ("明年", *year(2023)), ("1月至11月", "2022-01-01", "2022-11-30"), ("1月10日", "2023-01-10", "2023-01-10"),
    ]),
    ("2021-12-30", "2021年，喜事多。1月1日起，新规施行。", [("2021年", *year(2021)), ("1月1日起", "2022-01-01", None)]),
    ("2023-02-28", "2月30日，2月29日。", [("2月30日", None, None), ("2月29日", None, None)]),
    (None, "二0二三年一月五日，县里开会。2月1日，新规施行。", [
        ("二0二三年一月五日", "2023-01-05", "2023-01-05"), ("2月1日", "2023-02-01", "2023-02-01"),
    ]),
    (None, "7月24日，去年同期，上半年。", [("7月24日", None, None), ("去年同期", None, None), ("上半年", None, None)]),
]  # fmt: skip


@pytest.mark.parametrize(("issue", "text", "wanted"), NEWS, ids=[text[:12] for _, text, _ in NEWS])
def test_news(rules, issue, text, wanted):
    assert read(text, rules, issue) == wanted


REPORTS = [
    (WORK_REPORT, "2026-01-15", "这五年，总量是“十三五”末的两倍。", [
        ("这五年", "2021-01-01", "2025-12-31"), ("“十三五”末", "2020-12-31", "2020-12-31"),
    ]),
    (WORK_REPORT, "2016-01-15", "过去的一年，预计全年增长一成。今年力争年底通车。", [
        ("过去的一年", *year(2015)), ("全年", *year(2015)), ("今年", *year(2016)), ("年底", "2016-12-31", "2016-12-31"),
    ]),
    (WORK_REPORT, "2022-01-15", "一、2021年工作回顾\n全年签约九家，比上年多两家。\n二、2022年工作安排\n6月底前开工。今后五年翻一番。", [
        ("2021年", *year(2021)), ("全年", *year(2021)), ("上年", *year(2020)),
        ("2022年", *year(2022)), ("6月底前", None, "2022-06-30"), ("今后五年", "2022-01-01", "2026-12-31"),
    ]),
    (COMMUNIQUE, "2020-02-28", "全年粮食增产。按2010年不变价计算，年末贫困人口比上年末减少。", [
        ("全年", *year(2019)), ("2010年", *year(2010)), ("年末", "2019-12-31", "2019-12-31"), ("上年末", "2018-12-31", "2018-12-31"),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("publication", "issue", "text", "wanted"), REPORTS, ids=[text[:12] for *_, text, _ in REPORTS])
def test_reports(rules, publication, issue, text, wanted):
    found = read(text, rules, issue, publication)
    assert [row for row in found if row in wanted] == wanted, found


@pytest.mark.parametrize(
    ("issue", "dateline", "text", "day"),
    [
        ("2023-10-20", None, "水利局18日发布消息。", "2023-10-18"),
        ("2023-10-01", "青木9月30日电", "水利局30日发布消息。", "2023-09-30"),
        (None, "青木2023年9月30日电", "水利局29日发布消息。", "2023-09-29"),
        (None, None, "水利局29日发布消息。", None),
        ("2012-09-12", None, "“去年收成差。”9月8日，周志远说。", "2012-09-08"),
        ("2012-09-12", None, "去年，项目立项。3月8日，动工。", "2011-03-08"),
    ],
)
def test_bare_days(rules, issue, dateline, text, day):
    context = context_for(text, rules, issue_date=dt.date.fromisoformat(issue) if issue else None, dateline=dateline)
    spans = find(text, rules)
    assert str(resolve(text, spans, context, rules).start_date[-1]) == str(day)


def test_a_month_is_compared_with_the_one_before_it(rules):
    text = "9月份，失业率比上月下降。上月，新增岗位八百个。"
    told = [days for name, *days in read(text, rules, "2023-11-20") if name == "上月"]
    assert told == [["2023-08-01", "2023-08-31"], ["2023-10-01", "2023-10-31"]]
