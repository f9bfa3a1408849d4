"""Quantities in texts: values, units, spans and qualifiers, one table a subject."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.stages.figures import quantities
from pipeline.stages.figures.quantities import Quantities, QuantityRules
from tests.quantities.conftest import Brief

Case = tuple[str, Brief]


def one(text: str, low: float, unit: str, qualifier: str = "exact", high: float | None = None) -> Brief:
    return [(text, low, low if high is None else high, unit, qualifier)]


LARGE_AND_MIXED = [
    ("规划投资一万五千亿元", one("一万五千亿元", 1.5e12, "CNY")),
    ("总量二十万亿元", one("二十万亿元", 2e13, "CNY")),
    ("惠及3万4000人", one("3万4000人", 34000, "人")),
    ("惠及25万6千人", one("25万6千人", 256000, "人")),
    ("铺设步道6. 7万平方米", one("6. 7万平方米", 67000, "平方米")),
    ("捐款1,100万元", one("1,100万元", 11000000, "CNY")),
    ("零售价123元1角1分", one("123元1角1分", 123.11, "CNY")),
    ("共二百五十万零三百人", one("二百五十万零三百人", 2500300, "人")),
    ("合同金额壹佰贰拾叁万元整", one("壹佰贰拾叁万元整", 1230000, "CNY")),
]
WHERE_THE_UNIT_BEGINS = [
    ("管网长12千米", one("12千米", 12, "公里")),
    ("重2.3千克", one("2.3千克", 2.3, "千克")),
    ("加盐二两", one("二两", 2, "两")),
    ("两两结对", []),
    ("载重一吨半", one("一吨半", 1.5, "吨")),
    ("租金三万一天", [("三万", 30000, 30000, "CNY", "exact"), ("一天", 1, 1, "天", "exact")]),
    ("名列全市第1位", one("第1位", 1, "rank")),
    ("走进三角镇", []),
    ("十分头痛", []),
    ("向李四人民币账户转账", []),
    ("装机五百万千瓦", one("五百万千瓦", 5000000, "千瓦")),
    ("等了两个半小时", one("两个半小时", 2.5, "小时")),
    ("等了一个半月", one("一个半月", 1.5, "个月")),
    ("身高1米75", one("1米75", 1.75, "米")),
    ("只卖五块二一斤", [("五块二", 5.2, 5.2, "CNY", "exact"), ("一斤", 1, 1, "斤", "exact")]),
    ("历时1小时30分", one("1小时30分", 1.5, "小时")),
    ("实现21项目标", one("21项", 21, "项")),
]
ABOUT_RANGES_POINTS = [
    ("吸引十几万人", one("十几万人", 110000, "人", "about", 190000)),
    ("投入500多亿元", one("500多亿元", 5e10, "CNY", "more_than")),
    ("上百家企业", one("百家", 100, "家", "at_least")),
    ("每斤卖四五角", one("四五角", 0.4, "CNY", high=0.5)),
    ("增长三四倍", one("三四倍", 3, "倍", high=4)),
    ("每周直播2-3次", one("2-3次", 2, "次", high=3)),
    ("整治3000余亩", one("3000余亩", 3000, "亩", "more_than")),
    ("总数达到1675家", one("1675家", 1675, "家")),
    ("提高20个百分点", one("20个百分点", 20, "pp")),
    ("接待20万人次以上", one("20万人次", 200000, "人次", "at_least")),
    ("奖励5至8万元", one("5至8万元", 50000, "CNY", high=80000)),
    ("投资20亿-60亿元的项目", one("20亿-60亿元", 2e9, "CNY", high=6e9)),
    ("误差±0.5%", one("±0.5%", -0.5, "%", high=0.5)),
    ("三至五年内", one("三至五年", 3, "年", "at_most", 5)),
    ("从5%到8%", [("5%", 5, 5, "%", "exact"), ("8%", 8, 8, "%", "exact")]),
    ("占百分之二十到三十", one("百分之二十到三十", 20, "%", high=30)),
    ("气温零下5℃", one("零下5℃", -5, "摄氏度")),
    ("翻两番", one("翻两番", 3, "倍")),
    ("九成以上", one("九成", 90, "%", "at_least")),
    ("一半以上", one("一半", 0.5, "1", "at_least")),
]
SPOKEN = [
    ("全县两千三百亿元增长百分之六点五", [("两千三百亿元", 2.3e11, 2.3e11, "CNY", "exact"), ("百分之六点五", 6.5, 6.5, "%", "exact")]),
    ("重达二十五千克", one("二十五千克", 25, "千克")),
    ("共有十一个村", one("十一个", 11, "个")),
    ("投资两个亿", one("两个亿", 2e8, "CNY")),
    ("大棚能卖三万来块", one("三万来块", 30000, "CNY", "about")),
    ("三百万来自外县", one("三百万", 3000000, "1")),
    ("忙了两个来月", one("两个来月", 2, "个月", "about")),
    ("挣一万多块不难", one("一万多块", 10000, "CNY", "more_than")),
    ("铺了三千块石板", one("三千块", 3000, "块")),
    ("由每吨两块一毛五调整为两块六", [("两块一毛五", 2.15, 2.15, "CNY", "exact"), ("两块六", 2.6, 2.6, "CNY", "exact")]),
    ("化肥一袋一百六，一亩用三袋", [("一百六", 160, 160, "1", "exact"), ("一亩", 1, 1, "亩", "exact"), ("三袋", 3, 3, "袋", "exact")]),
    ("拿出五千万给企业贴息", one("五千万", 5e7, "CNY")),
    ("收入四十万块，比前年多了十三万", [("四十万块", 4e5, 4e5, "CNY", "exact"), ("十三万", 1.3e5, 1.3e5, "CNY", "exact")]),
    ("三个亿元村", [("三个", 3, 3, "个", "exact")]),
    ("五块六到五块七毛八", one("五块六到五块七毛八", 5.6, "CNY", high=5.78)),
    ("只要三块零四", one("三块零四", 3.04, "CNY")),
    ("每包五元三毛", one("五元三毛", 5.3, "CNY")),
    ("车票两美元又三美分", one("两美元又三美分", 2.03, "USD")),
    ("月工资三千五六", one("三千五六", 3500, "CNY", high=3600)),
    ("十八至三十万元", one("十八至三十万元", 180000, "CNY", high=300000)),
    ("七千到九千亿元", one("七千到九千亿元", 7e11, "CNY", high=9e11)),
    ("负0.2千米", one("负0.2千米", -0.2, "公里")),
    ("气温零下3到零下5度", one("零下3到零下5度", -5, "摄氏度", high=-3)),
    ("他以9秒83夺冠", one("9秒83", 9.83, "秒")),
    ("用时五分半钟", one("五分半钟", 5.5, "分钟")),
    ("种了三亩五分", one("三亩五分", 3.5, "亩")),
    ("四分之一公里", one("四分之一公里", 0.25, "公里")),
    ("沿河50亿投资带", one("50亿", 5e9, "CNY")),
    ("每公斤卖7元，比去年还高出一块多", [("7元", 7, 7, "CNY", "exact"), *one("一块多", 1, "CNY", "more_than")]),
    ("产值位居全省果品类第一", one("第一", 1, "rank")),
    ("坐在公园一角", []),
    ("乘坐一二三四五路车", []),
]
QUALIFIERS = [
    ("签约5个", one("5个", 5, "个")),
    ("附近5家", one("5家", 5, "家")),
    ("近5家", one("5家", 5, "家", "nearly")),
    ("不超过3天", one("3天", 3, "天", "at_most")),
    ("不足100人", one("100人", 100, "人", "less_than")),
    ("突破了6亿元", one("6亿元", 6e8, "CNY", "more_than")),
    ("3天内容丰富", one("3天", 3, "天")),
    ("5年多来", one("5年多", 5, "年", "more_than")),
    ("5亿元多渠道筹集", one("5亿元", 5e8, "CNY")),
]
ELSEWHERE = [
    ("园区实现产值162亿", one("162亿", 1.62e10, "CNY")),
    ("分别增长1.4、1.8倍", [("1.4", 1.4, 1.4, "倍", "exact"), ("1.8倍", 1.8, 1.8, "倍", "exact")]),
    ("帮助4.36万新市民子女入学", one("4.36万", 43600, "人")),
    ("港币500元", one("500元", 500, "HKD")),
    ("合同额$300万", one("$300万", 3000000, "USD")),
    ("受益129万（人次）", one("129万（人次）", 1290000, "人次")),
]
RATES = [
    ("均价8500元/平方米", one("8500元/平方米", 8500, "CNY/平方米")),
    ("浓度30微克/立方米", one("30微克/立方米", 30, "微克/立方米")),
    ("收入比为2.35:1", one("2.35:1", 2.35, "1")),
    ("三次产业比8:52:40", [("8", 8, 8, "%", "exact"), ("52", 52, 52, "%", "exact"), ("40", 40, 40, "%", "exact")]),
    ("每亩800斤", one("800斤", 800, "斤")),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [*LARGE_AND_MIXED, *WHERE_THE_UNIT_BEGINS, *ABOUT_RANGES_POINTS, *SPOKEN, *QUALIFIERS, *ELSEWHERE, *RATES],
)
def test_reads(text: str, expected: Brief, brief: Callable[[str], Brief]) -> None:
    assert brief(text) == expected


@pytest.mark.parametrize("text", ["257家企业", "6318人", "760余场次", "1483个问题", "40余场活动", "134座桥梁", "621个网格", "72件提案", "86笔贷款"])
def test_counts_have_their_classifier(text: str, brief: Callable[[str], Brief]) -> None:
    (found,) = brief(text)
    assert found[3] in text


NO_QUANTITIES = (
    "第五批名单", "巡演第37站", "“3618”产业集群", "“1+4+3”模式", "双随机、一公开", "建设“四美乡村院”", "国道G312线", "新药QT-3", "三农工作",
    "共建一带一路", "万众一心", "千方百计", "百年奋斗", "一站式服务", "三访三帮活动", "一店一专员制度", "二组村民", "（一）加强领导",
    "二是抓好落实", "5G基站", "国家4A级景区", "十一届九次全会", "八届人大四次会议", "拨打12345", "《三年行动方案》", "推动一批项目",
    "GB/T 2260-2007", "https://example.org/a1/2023.html", "党的二十大精神",
)  # fmt: skip


@pytest.mark.parametrize("text", NO_QUANTITIES)
def test_names_codes_and_slogans_are_no_quantities(text: str, brief: Callable[[str], Brief], read: Callable[[str], Quantities]) -> None:
    assert brief(text) == []
    assert not read(text).unread


def test_what_is_taken_is_left_alone(rules: QuantityRules) -> None:
    text = "2023年投入5亿元"
    assert [row["number_text"] for row in quantities.read(text, rules, [(0, 5)]).rows()] == ["5亿"]
    assert quantities.read("三元家园5户", rules, [(0, 4)]).rows()[0]["number_text"] == "5"


def test_a_year_nobody_took_is_unread_and_no_duration(read: Callable[[str], Quantities]) -> None:
    found = read("2023年启动")
    assert not len(found)
    assert found.unread == [(0, 5)]


def test_base_values_are_exact(read: Callable[[str], Quantities]) -> None:
    rows = read("3亩、2斤、1.5公里、12万千瓦、36℃").rows()
    assert [(row["base_value"], row["base_unit"]) for row in rows] == [(2000, "平方米"), (1, "千克"), (1500, "米"), (120000, "千瓦"), (36, "摄氏度")]


def test_units_are_told_apart_by_rule(read: Callable[[str], Quantities]) -> None:
    found = read("编织了12嘎。")
    assert found.rows()[0]["unit"] == "嘎"
    assert found.unknown_units == [(3, 6)]


TABLE = "表1 主要指标\n单位：亿元\n| 指标 | 单位 | 绝对数 | 增长（%） |\n| --- | --- | --- | --- |\n| 粮食 | 万吨 | 12.5 | -3.1 |\n| 出口 |  | 7 |  |"
SPACED = "指标 单位 绝对数 比上年增长%\n发电量 亿千瓦时 50 3.2\n原煤 万吨 1200 -0.5\n新建公路 公里 36 —\n"


def test_tables_give_their_units_to_their_cells(brief: Callable[[str], Brief]) -> None:
    assert [row for row in brief(TABLE) if row[3] != "1"] == [
        ("12.5", 125000, 125000, "吨", "exact"),
        ("-3.1", -3.1, -3.1, "%", "exact"),
        ("7", 7e8, 7e8, "CNY", "exact"),
    ]
    assert brief(SPACED) == [
        ("50", 5e9, 5e9, "千瓦时", "exact"),
        ("3.2", 3.2, 3.2, "%", "exact"),
        ("1200", 1.2e7, 1.2e7, "吨", "exact"),
        ("-0.5", -0.5, -0.5, "%", "exact"),
        ("36", 36, 36, "公里", "exact"),
    ]
