"""Folding and debris, case by case."""

from __future__ import annotations

import pytest

from pipeline.stages.articles import Rules, clean
from pipeline.text.folding import fold, fold_punctuation, is_traditional


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("增长１２．５％", "增长12.5%"),
        ("ＧＤＰ總量", "GDP总量"),
        ("全縣實現生產總值", "全县实现生产总值"),
        ("\N{CJK RADICAL C-SIMPLIFIED LONG}江", "长江"),
        ("\N{KANGXI RADICAL MAN}民", "人民"),
        ("2021–2023年", "2021-2023年"),
        ("8∶30", "8:30"),
        ("乾隆年间", "乾隆年间"),
        ("工程师陈昇和朱鎔两人走访了全县十二个乡镇的企业和农户", "工程师陈昇和朱鎔两人走访了全县十二个乡镇的企业和农户"),
    ],
)
def test_fold(raw: str, text: str) -> None:
    assert fold(raw) == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("会议指出,要抓好落实", "会议指出，要抓好落实"),
        ("共1,100万元,增长2%,居首位", "共1,100万元，增长2%，居首位"),
        ("8:30开会:地点另定", "8:30开会：地点另定"),
        ("见http://a.b/c?d=1", "见http://a.b/c?d=1"),
        ("COVID-19, SARS等", "COVID-19, SARS等"),
        ("计划(2018-2020)", "计划（2018-2020）"),
    ],
)
def test_fold_punctuation(raw: str, text: str) -> None:
    assert fold_punctuation(raw) == text


def test_a_name_does_not_make_a_text_traditional() -> None:
    assert not is_traditional("县长陈昇走访了全县十二个乡镇的企业和农户，听取了大家对营商环境的意见和建议。")
    assert is_traditional("縣長走訪了全縣十二個鄉鎮的企業和農戶。")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("全 区 实 现", "全区实现"),
        ("2024 年 3 月", "2024年3月"),
        ("使用 AI 技术", "使用AI技术"),
        ("New York 时报", "New York时报"),
        ("李　强和王 伟", "李强和王伟"),
        ("出席会议的有：张玉兰 李建国 王小明", "出席会议的有：张玉兰 李建国 王小明"),
        ("粮食\N{SOFT HYPHEN}丰\N{ZERO WIDTH SPACE}收", "粮食丰收"),
        ("全县實(shí)現(xiàn)豐(fēng)收", "全县实现丰收"),
        ("人口140005万人[9]，增加467万人", "人口140005万人，增加467万人"),
        ("国发〔2021〕5号", "国发〔2021〕5号"),
        ("**产业更优。**三次产业", "产业更优。三次产业"),
        ("R&amp;D投入&lt;3%", "R&D投入<3%"),
        ("还将将在各村推广", "还将在各村推广"),
        ("人人都夸，刚刚开始", "人人都夸，刚刚开始"),
    ],
)
def test_clean(raw: str, text: str, rules: Rules) -> None:
    assert clean(raw, rules) == text
