"""Pages of every style come apart into their articles."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.stages.articles import Rules, read_front, read_page
from pipeline.stages.articles.building import Article
from pipeline.stages.articles.lines import read_lines
from pipeline.stages.articles.wrapping import unwrap
from tests.articles.stories import STORIES

ROAD, TEA, CANTEEN, FLOOD, MILL, WASTE, BRIDGE, BOOKS, BUS, SHRIMP, FOREST, *_ = STORIES


def read(text: str, rules: Rules) -> list[Article]:
    return read_page(text, rules).articles


def headlines(text: str, rules: Rules) -> list[str | None]:
    return [article.headline for article in read(text, rules)]


def wrap(text: str, width: int, indent: str = "") -> str:
    text = indent + text
    return "\n".join(text[n : n + width] for n in range(0, len(text), width))


@pytest.mark.parametrize(("width", "indent"), [(22, "　　"), (18, "　　"), (26, ""), (31, "")])
def test_wrapped_lines(width: int, indent: str, rules: Rules) -> None:
    page = "\n".join(
        "\n".join([story.headline, f"本报记者 {story.reporter}", *(wrap(paragraph, width, indent) for paragraph in story.paragraphs)])
        for story in (ROAD, TEA, CANTEEN)
    )
    articles = read(page, rules)
    assert [article.headline for article in articles] == [ROAD.headline, TEA.headline, CANTEEN.headline]
    found = {paragraph for article in articles for paragraph in article.text.split("\n")}
    wanted = [paragraph for story in (ROAD, TEA, CANTEEN) for paragraph in story.paragraphs]
    # Without an indent, a paragraph that happens to end at the edge cannot be told from one that goes on.
    assert sum(paragraph in found for paragraph in wanted) >= len(wanted) - (0 if indent else 4)


FIGURES = (
    "云溪县前三季度实现地区生产总值186.42亿元，按可比价格计算同比增长5.8%，其中第一产业增加值23.6亿元，增长4.1%；第二产业增加值81.25亿元，增长7.3%；第三产业增加值81.57亿元，增长4.9%。",
    "一般公共预算收入完成12.37亿元，为年度预算的78.6%，比上年同期增加0.84亿元，增长7.3%；税收收入8.05亿元，占比65.1%，比上年同期提高2.4个百分点，全市排第3位。",
    "1—9月，全县完成固定资产投资64.8亿元，其中亿元以上项目37个，完成投资41.06亿元；新入库项目112个，较去年同期多19个，计划总投资93.5亿元，到位资金46.18亿元。",
)


@pytest.mark.parametrize("width", [21, 28, 34])
@pytest.mark.parametrize("indent", ["", "    "])
def test_lines_wrapped_by_counting_digits_as_characters(width: int, indent: str, rules: Rules) -> None:
    page = "\n".join(["云溪县经济稳中有进", *(wrap(paragraph, width, indent) for paragraph in FIGURES)])
    (article,) = read(page, rules)
    if indent:
        assert article.text.split("\n") == list(FIGURES)
    else:
        assert article.text.replace("\n", "") == "".join(FIGURES)
        assert article.text.count("\n") <= len(FIGURES)


def test_a_wrapped_page_with_headlines_over_bylines_and_a_line_that_was_never_wrapped(rules: Rules) -> None:
    cut = "".join(ROAD.paragraphs)[: 17 * 9]
    asked = "问：老城区的停车位什么时候能增加？答：已在三处空地划出临时车位二百四十个，下月初投入使用，按小时收费。"
    # The first text breaks off at the edge: what stands under it is a headline in two lines all the same.
    blocks = [ROAD.headline, f"□记者 {ROAD.reporter}", wrap(cut, 17), "田间地头开出春天课", "茶农学会新手艺", f"□记者 {TEA.reporter}"]
    blocks += [*(wrap(paragraph, 17) for paragraph in TEA.paragraphs), "便民信箱", asked]
    articles = read("\n".join(blocks), rules)
    assert [(article.kicker, article.headline) for article in articles] == [
        (None, ROAD.headline),
        ("田间地头开出春天课", "茶农学会新手艺"),
        (None, "便民信箱"),
    ]
    assert [article.reporters for article in articles] == [[ROAD.reporter], [TEA.reporter], []]
    assert [article.text for article in articles] == [cut, "\n".join(TEA.paragraphs), asked]


def test_columns_of_two_widths(rules: Rules) -> None:
    page = "\n".join(
        "\n".join([story.headline, f"本报记者 {story.reporter}", *(wrap(paragraph, width, "　　") for paragraph in story.paragraphs)])
        for story, width in ((ROAD, 24), (TEA, 14))
    )
    articles = read(page, rules)
    assert [article.text.split("\n") for article in articles] == [list(ROAD.paragraphs), list(TEA.paragraphs)]


def test_equally_long_lines_that_are_no_wrapped_text(rules: Rules) -> None:
    listed = ["县城南街老旧小区改造完工", "青石岭隧道本月底双向通车", "新建小学秋季学期开始招生", "乡镇敬老院全部通上了暖气"]
    listed += ["文化馆免费开设书法培训班", "山区饮水工程惠及二十个村", "职工子弟夏令营今日开营了", "大樱桃采摘节周末拉开帷幕"]
    for end in ("", "。"):
        lines = read_lines("\n".join(line + end for line in listed), rules.cleaning).lines
        assert [line.text for line in unwrap(lines, lambda text: False, lambda text: False)] == [line + end for line in listed]


def test_caption_and_far_halves(rules: Rules) -> None:
    halves = ROAD.paragraphs[2][:40], ROAD.paragraphs[2][40:]
    page = "\n\n".join([ROAD.headline, "记者 陈立", *ROAD.paragraphs[:2], halves[0], "", ROAD.caption, halves[1], ROAD.paragraphs[3]])
    (article,) = read(page, rules)
    assert article.text.split("\n") == list(ROAD.paragraphs)
    assert article.captions == [ROAD.caption]
    assert any(segment.sewn for segment in article.segments if segment.kind == "body")
    assert next(segment.paragraph for segment in article.segments if segment.kind == "caption") == 3


def test_an_open_end_without_continuation_is_reported(rules: Rules) -> None:
    blocks = [ROAD.headline, "记者 陈立", ROAD.paragraphs[0], ROAD.paragraphs[2][:60], TEA.headline, "记者 何静", *TEA.paragraphs]
    page = read_page("\n\n".join(blocks), rules)
    assert [trouble.kind for trouble in page.troubles] == ["layout"]
    assert [article.headline for article in page.articles] == [ROAD.headline, TEA.headline]


def test_subheads_stay_inside_their_article(rules: Rules) -> None:
    blocks = ["大山深处的守望", "——记护林员吴昌富", "本报记者 贺明", FOREST.paragraphs[0]]
    blocks += ["“树和人一样”", *FOREST.paragraphs[1:3], "父子接力护青山", FOREST.paragraphs[3]]
    blocks += [BUS.headline, "本报记者 钟小燕", *BUS.paragraphs]
    first, second = read("\n\n".join(blocks), rules)
    assert first.subheads == ["“树和人一样”", "父子接力护青山"]
    assert (first.headline, first.kicker) == ("大山深处的守望", "——记护林员吴昌富")
    assert second.headline == BUS.headline


def test_an_article_that_lost_its_headline_gets_none(rules: Rules) -> None:
    blocks = [ROAD.headline, f"本报讯（记者 陈立）{ROAD.paragraphs[0]}", ROAD.paragraphs[1]]
    blocks += [f"本报讯（记者 何静）{TEA.paragraphs[0]}", TEA.paragraphs[1]]
    assert headlines("\n\n".join(blocks), rules) == [ROAD.headline, None]


def test_a_headline_under_its_text_goes_back_to_it(rules: Rules) -> None:
    blocks = [f"本报讯（记者 陈立）{ROAD.paragraphs[0]}", ROAD.paragraphs[2], ROAD.headline]
    blocks += [BOOKS.headline, f"本报讯（记者 罗小军）{BOOKS.paragraphs[0]}", *BOOKS.paragraphs[1:]]
    first, second = read("\n\n".join(blocks), rules)
    assert (first.headline, second.headline) == (ROAD.headline, BOOKS.headline)
    assert second.kicker is None


SPEECHES = (
    (
        "抓整治 优环境 推动河谷镇再上台阶",
        "河谷镇党委书记 田亮",
        "河谷镇把环境整治放在首位。一是清河道，清理漂浮物三十吨。二是拆违建，拆除棚房四十处，河谷两岸面貌一新。",
    ),
    (
        "稳粮食 兴产业 石桥乡走出新路",
        "石桥乡党委书记 贺明",
        "石桥乡紧盯粮食和产业两件事。一是稳面积，播种一万二千亩。二是兴菌菇，建成大棚三百座，石桥菌菇卖到省外。",
    ),
    (
        "通断头 畅循环 交通先行当尖兵",
        "县交通局局长 周立",
        "县交通局打通断头路三条。一是抓项目，完成投资八千万元。二是保畅通，增设公交站十二处，群众出行更加方便。",
    ),
    (
        "育名师 强内涵 办好家门口的学校",
        "县教育局局长 苏梅",
        "县教育局坚持育人为本。一是强师资，引进名师二十人。二是补短板，新建学校四所，学位紧张有所缓解。",
    ),
)


@pytest.mark.parametrize("order", ["title speaker text", "speaker title text", "text title speaker"])
def test_speeches_whatever_the_order(order: str, rules: Rules) -> None:
    blocks = ["乡镇和部门负责人发言摘要"]
    for title, speaker, text in SPEECHES:
        blocks += [{"title": title, "speaker": speaker, "text": text}[part] for part in order.split()]
    found = {article.text: article for article in read("\n\n".join(blocks), rules) if article.kind == "speech"}
    for title, speaker, text in SPEECHES:
        assert (found[text].headline, found[text].byline) == (title, speaker)
        assert found[text].reporters == [] and speaker.startswith(str(found[text].affiliation))


def test_a_speech_without_title_stays_without(rules: Rules) -> None:
    blocks = ["乡镇和部门负责人发言摘要"]
    for n, (title, speaker, text) in enumerate(SPEECHES):
        blocks += [text] if n == 1 else [title, speaker, text]
    speeches = [article for article in read("\n\n".join(blocks), rules) if article.text]
    assert [article.headline for article in speeches] == [SPEECHES[0][0], None, SPEECHES[2][0], SPEECHES[3][0]]


def test_work_report(rules: Rules) -> None:
    text = """---
source: https://example.org/a.html
title: 云溪县2022年政府工作报告
---

政府工作报告

——2022年1月6日在云溪县第十八届人民代表大会第一次会议上

县长 田亮

各位代表：

现在，我代表县人民政府，向大会报告工作，请予审议。

**一、2021年工作回顾**

（一）稳增长促转型，综合实力再提升

**粮食喜获丰收。**全县粮食总产量203500吨[1]，增长2.1%。

表1 主要农产品产量

| 指标 | 产量（吨） | 增长（%） |
| --- | --- | --- |
| 粮食 | 203500 | 2.1 |
| 其中：稻谷 | 150200 | -1.3 |

[1]粮食产量以统计部门公布为准。
"""
    page = read_page(text, rules)
    (article,) = page.articles
    assert page.format == "work_report" and page.masthead.issue_date == dt.date(2022, 1, 6)
    assert (article.kind, article.headline, article.byline) == ("speech", "云溪县2022年政府工作报告", "县长 田亮")
    assert article.subheads == ["一、2021年工作回顾", "（一）稳增长促转型，综合实力再提升"]
    assert article.captions == ["表1 主要农产品产量"]
    assert "粮食喜获丰收。全县粮食总产量203500吨，增长2.1%。" in article.text.split("\n")
    assert "其中：稻谷|150200|-1.3" in article.text.split("\n")
    assert article.text.endswith("粮食产量以统计部门公布为准。")


def test_rows_parted_by_spaces(rules: Rules) -> None:
    text = "全县农业稳定增长，粮食总产量保持在二十万吨以上。\n\n单位：吨\n\n指标 产量 增长%\n\n粮食 203500 2.1\n\n棉花 120 -3.5\n\n油料 8600 4.0\n"
    assert read(text, rules)[0].text.split("\n")[-3:] == ["粮食 203500 2.1", "棉花 120 -3.5", "油料 8600 4.0"]


def test_interview(rules: Rules) -> None:
    blocks = ["让群众喝上放心水", "——访县水利局局长周立", "本报记者 田小雨", "记者：今年的目标是什么？", "周立：今年投资3700万元，新建供水工程26处。"]
    blocks += ["记者：难在哪里？", "周立：难在管网长、水源少。"]
    (article,) = read("\n\n".join(blocks), rules)
    assert article.kicker == "——访县水利局局长周立"
    assert len(article.text.split("\n")) == 4


def test_photos(rules: Rules) -> None:
    text = "# 古镇夜色美\n\n5月15日夜晚，游客在龙潭古镇游玩。\n\n记者 田小雨 通讯员 贺明 摄影报道\n"
    (article,) = read(text, rules)
    assert (article.kind, article.reporters) == ("photo", ["田小雨", "贺明"])


@pytest.mark.parametrize(
    ("head", "publication", "day"),
    [
        ("云溪报 2022年5月18日 星期三 第2版", "云溪报", dt.date(2022, 5, 18)),
        ("2022年5月18日 星期三\n\n云溪日报", "云溪日报", dt.date(2022, 5, 18)),
        ("2022-05-18 09:30 来源：云溪日报", "云溪日报", dt.date(2022, 5, 18)),
        ("", None, None),
    ],
)
def test_masthead(head: str, publication: str | None, day: dt.date | None, rules: Rules) -> None:
    masthead = read_front(f"{head}\n\n{ROAD.headline}\n\n本报讯（记者 陈立）{ROAD.paragraphs[0]}\n", rules).masthead
    assert (masthead.publication, masthead.issue_date) == (publication, day)


def test_the_day_under_a_notice_is_no_day_of_issue(rules: Rules) -> None:
    text = "\n\n".join([ROAD.headline, *ROAD.paragraphs, "关于开展植树的公告", "各乡镇要组织群众植树。", "云溪县林业局", "2022年3月1日"])
    assert read_front(text, rules).masthead.issue_date is None
    assert read(text, rules)[-1].byline == "云溪县林业局 2022年3月1日"


def test_formats(rules: Rules) -> None:
    assert read_front("近日，全县丰收。", rules).format in ("plain", "district_newspaper")
    assert read_front("\n\n".join([ROAD.headline, f"本报讯（记者 陈立）{ROAD.paragraphs[0]}"]), rules).format == "district_newspaper"


def test_what_a_line_announces_stands_under_its_headline(rules: Rules) -> None:
    page = read_page(
        "云溪县人代会闭幕\n\n本报讯（记者 田小雨）昨日，云溪县人代会闭幕。县委书记周立，县委副书记\n\n"
        "云溪县人大常委会任免名单\n\n（2022年5月18日县人大常委会第三次会议通过）\n\n任命：\n\n贺明为县民政局局长；\n\n钟小燕为县教育局局长。\n\n"
        "田亮，县政协主席安平等在主席台就座。\n",
        rules,
    )
    assert page.articles[1].headline == "云溪县人大常委会任免名单"
    assert page.articles[1].text.split("\n")[1:4] == ["任命：", "贺明为县民政局局长；", "钟小燕为县教育局局长。"]


def test_sections_set_alike_head_no_articles(rules: Rules) -> None:
    said = "在村里住了三十年，哪条沟哪道坎都清楚，乡亲们有事先想到找人商量，再难的事也能商量出个结果来。"
    page = read_page(
        "山坳里的两家人\n\n本报记者 田小雨\n\n石桥村在大山深处，只有两家人还守着老屋，也守着满坡的果树，谁也没有想过要离开这里。\n\n"
        f"护林员周立：“树在人就在”\n\n周立{said}\n\n养蜂人贺明：“蜂比人勤快”\n\n贺明{said}\n",
        rules,
    )
    assert [article.headline for article in page.articles] == ["山坳里的两家人"]


def test_a_sentence_over_its_photographer_is_a_caption(rules: Rules) -> None:
    page = read_page(
        "花椒红了 钱袋鼓了\n\n入伏后，坡上的花椒红了，合作社天天派车来收。\n\n石桥村村民在晾晒花椒。\n\n本报通讯员 钟小燕 摄\n\n"
        "今年全村花椒比去年多收三成，家家户户都添了烘干机，再也不怕连阴雨。\n",
        rules,
    )
    assert page.articles[0].captions == ["石桥村村民在晾晒花椒。"]


def test_what_a_line_announces_under_a_later_row_of_headlines(rules: Rules) -> None:
    page = read_page(
        f"{ROAD.headline}\n\n本报讯（记者 陈立）{ROAD.paragraphs[0]}\n\n老县医院门诊楼月底拆除\n\n山歌大赛报名通知\n\n"
        "用了三十七年的县医院老门诊楼，月底就要拆除，原地建一座停车楼。\n\n县文化馆举办山歌大赛，报名有关事项如下：\n\n"
        "一、山歌爱好者均可报名，年龄不限。\n\n二、比赛时间为十月上旬。\n",
        rules,
    )
    assert [article.headline for article in page.articles] == [ROAD.headline, "老县医院门诊楼月底拆除", "山歌大赛报名通知"]
    assert page.articles[2].text.split("\n")[1:] == ["一、山歌爱好者均可报名，年龄不限。", "二、比赛时间为十月上旬。"]


@pytest.mark.parametrize(
    ("lines", "headline"),
    [
        ("关于划定畜禽养殖\n\n禁养区的通告", "关于划定畜禽养殖 禁养区的通告"),
        ("云溪县生态环境局\n\n关于划定畜禽养殖\n\n禁养区的通告", "云溪县生态环境局 关于划定畜禽养殖 禁养区的通告"),
        ("云溪县人民政府\n\n畜禽养殖禁养区\n\n划定方案", "云溪县人民政府 畜禽养殖禁养区 划定方案"),
    ],
)
def test_all_lines_of_a_documents_title_are_its_headline(lines: str, headline: str, rules: Rules) -> None:
    blocks = [ROAD.headline, f"本报讯（记者 陈立）{ROAD.paragraphs[0]}", lines]
    blocks += ["为保护水源，现将有关事项通告如下：", "一、河道两岸各五百米以内为禁养区，区内不得新建养殖场。", "二、已有养殖场须在年底前搬迁。"]
    assert headlines("\n\n".join(blocks), rules) == [ROAD.headline, headline]


def test_a_headline_over_another_of_as_many_characters_is_half_of_it(rules: Rules) -> None:
    text = "云溪县的冷水鱼产业园引来雪水养鱼，第一批三文鱼昨天上市，按照订单，一年两季供上海，一季四百吨。"
    (article,) = read(f"首个冷水鱼产业园投产\n\n雪水养出三文鱼\n\n一年两季供上海\n\n本报讯（记者 陈立）{text}\n", rules)
    assert (article.headline, article.kicker) == ("雪水养出三文鱼 一年两季供上海", "首个冷水鱼产业园投产")


def test_a_line_said_twice_is_read_once(rules: Rules) -> None:
    blocks = [ROAD.headline, ROAD.headline, f"本报讯（记者 陈立）{ROAD.paragraphs[0]}", ROAD.paragraphs[2], ROAD.paragraphs[2]]
    page = read_page("\n\n".join(blocks), rules)
    assert [(article.headline, article.text.split("\n")) for article in page.articles] == [(ROAD.headline, [ROAD.paragraphs[0], ROAD.paragraphs[2]])]
    assert [trouble.rule_id for trouble in page.troubles] == ["cleaning/repeated_line"] * 2


def test_a_refrain_is_no_line_said_twice(rules: Rules) -> None:
    (article,) = read("山谣\n\n□ 苗禾\n\n山高哟\n\n山高哟\n\n阿妈的背篓装满晨雾\n\n山路弯弯\n\n山路弯弯\n", rules)
    assert article.text.split("\n") == ["山高哟", "山高哟", "阿妈的背篓装满晨雾", "山路弯弯", "山路弯弯"]
