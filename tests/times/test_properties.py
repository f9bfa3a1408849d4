"""What must hold of any text, and dates written in every style read back."""

from __future__ import annotations

import datetime as dt
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.stages.figures.times import TimeContext, find, resolve

DIGITS = "〇一二三四五六七八九"
WORDS = """
年 月 日 号 旬 上旬 中旬 底 初 末 前 后 至 到 — - 、 和 第 季度 上半年 下半年 今年 去年 上年 全年 同期 截至 自 从 起 以来
“十四五” 时期 世纪 年代 近 过去 五年 来 上 下 周 星期 个月 天 上午 点 时 分 : . / （ ） ， 。 将 预计 了 2023 2019 20 12 3 0
二〇二三 十二 三十一 廿 半 春节 国庆 目前 近日 当日 次日 当年 一、 工作回顾 工作安排 政府工作报告 全市 增长 元
"""
PIECES = [*WORDS.split(), "\n"]
DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2099, 12, 31))


def small(number: int) -> str:
    """A number below a hundred in Chinese numerals."""
    tens, ones = divmod(number, 10)
    if not tens:
        return DIGITS[ones]
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")


def spelt(year: int, zero: str = "〇") -> str:
    return "".join(DIGITS[int(digit)] for digit in str(year)).replace("〇", zero)


STYLES = {
    "digits": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "spaced": lambda d: f"{d.year} 年 {d.month} 月 {d.day} 日",
    "padded": lambda d: f"{d.year}年{d.month:02}月{d.day:02}日",
    "号": lambda d: f"{d.year}年{d.month}月{d.day}号",
    "chinese": lambda d: f"{spelt(d.year)}年{small(d.month)}月{small(d.day)}日",
    "零": lambda d: f"{spelt(d.year, '零')}年{small(d.month)}月{small(d.day)}日",
    "circle": lambda d: f"{spelt(d.year, '○')}年{small(d.month)}月{small(d.day)}日",
    "iso": lambda d: d.isoformat(),
    "slashes": lambda d: f"{d.year}/{d.month}/{d.day}",
    "dots": lambda d: f"{d.year}.{d.month:02}.{d.day:02}",
    "hour": lambda d: f"{d.year}年{d.month}月{d.day}日上午9时30分",
}


NOTHING = TimeContext()


def one(text: str, rules, context: TimeContext = NOTHING) -> tuple[str, dt.date | None, dt.date | None]:
    spans = find(text, rules)
    assert len(spans) == 1, [text[span.start : span.end] for span in spans]
    out = resolve(text, spans, context, rules)
    return text[spans[0].start : spans[0].end], out.start_date[0], out.end_date[0]


@pytest.mark.parametrize("style", STYLES)
@given(day=DAYS)
@settings(max_examples=60, deadline=None)
def test_a_date_reads_back(rules, style, day):
    written = STYLES[style](day)
    assert one(f"会议于{written}召开。", rules) == (written, day, day)


@given(first=DAYS, length=st.integers(1, 400), mark=st.sampled_from("至到-—–~～"))
@settings(max_examples=100, deadline=None)
def test_a_range_of_days_reads_back(rules, first, length, mark):
    last = first + dt.timedelta(length)
    if last.year > 2099:
        return
    short = f"{last.month}月{last.day}日" if last.year == first.year else STYLES["digits"](last)
    if (last.year, last.month) == (first.year, first.month):
        short = f"{last.day}日"
    written = f"{STYLES['digits'](first)}{mark}{short}"
    assert one(f"展期为{written}。", rules) == (written, first, last)


@given(day=DAYS, issue=DAYS)
@settings(max_examples=200, deadline=None)
def test_a_day_without_a_year_is_of_the_issue_or_near_it(rules, day, issue):
    _, start, end = one(f"{day.month}月{day.day}日，会议召开。", rules, TimeContext(issue))
    if start is not None:
        assert start == end and (start.month, start.day) == (day.month, day.day)
        assert start.year in (issue.year, issue.year - 1)


@given(text=st.lists(st.sampled_from(PIECES), max_size=60).map("".join), issue=st.none() | DAYS, report=st.none() | st.integers(1990, 2090))
@settings(max_examples=400, deadline=None)
def test_any_text_is_read_without_overlap_and_no_interval_runs_backwards(rules, text, issue, report):
    spans = find(text, rules)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    out = resolve(text, spans, TimeContext(issue, report_year=report, plans=True), rules)
    assert len(out.start_date) == len(out.end_date) == len(out.rule_id) == len(spans)
    for n, (start, end) in enumerate(zip(out.start_date, out.end_date)):
        assert start is None or end is None or start <= end
        assert not out.vague[n] or (start is None and end is None)
        assert (n in out.unresolved) == (start is None and end is None and not out.vague[n])


@given(text=st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_characters_at_all(rules, text):
    resolve(text, find(text, rules), TimeContext(dt.date(2023, 7, 25)), rules)


@pytest.mark.timing
@pytest.mark.parametrize("run", ["年", "1", "12月", "十", "至", "、1", "“十四五", "前", "2023—", "一、二、", " ", "截至", "上周", "9:00-"])
def test_long_runs_take_no_time(rules, run):
    started = time.process_time()
    find(run * 3000, rules)
    assert time.process_time() - started < 2
