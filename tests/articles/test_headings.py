"""Headlines, subheads and what stands between stories, in the shapes papers differ in."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.stages.articles import Rules
from pipeline.stages.articles.building import Article
from pipeline.stages.articles.page import read_page

WELL = "入夏以来，柳河镇打了十二眼机井，两千亩坡地有水浇了。村民不用再半夜排队挑水。"
WELL_ON = "镇里还给每眼井配了管水员，水费按表收，一个月公布一次账目。"
WOOL = "本报讯（记者 田小雨）昨日，河口村的羊毛合作社卖出第一批地毯，订单来自三个省。"


def read(rules: Rules, *blocks: str, gap: str = "\n\n") -> list[Article]:
    return read_page(gap.join(blocks), rules).articles


def heads(articles: list[Article]) -> list[tuple[str | None, str | None]]:
    return [(article.kicker, article.headline) for article in articles]


@pytest.mark.parametrize(
    ("upper", "lower", "kicker", "headline"),
    [
        ("柳河机井全部通水", "坡地亩产增120公斤", None, "柳河机井全部通水 坡地亩产增120公斤"),
        ("柳河镇", "十二眼机井浇透千层坡", None, "柳河镇 十二眼机井浇透千层坡"),
        ("清泉上坡 地有活水", "柳河镇十二眼机井浇灌坡地2000亩", "清泉上坡 地有活水", "柳河镇十二眼机井浇灌坡地2000亩"),
        ("全县新增灌溉面积居全市第二位", "柳河十二眼机井解了坡地的渴", "全县新增灌溉面积居全市第二位", "柳河十二眼机井解了坡地的渴"),
        ("县委农村工作会议强调", "把水送上坡 把路修到地头", "县委农村工作会议强调", "把水送上坡 把路修到地头"),
    ],
    ids=["a deed and its figure", "a place and its deed", "a theme and a figure", "a figure over all", "who said it"],
)
def test_two_lines_over_a_text(upper: str, lower: str, kicker: str | None, headline: str, rules: Rules) -> None:
    text = "本报讯（记者 何静）昨日，柳河镇十二眼机井通水，灌溉坡地2000亩，亩产增120公斤，全县新增灌溉面积居全市第二位。"
    assert heads(read(rules, upper, lower, text)) == [(kicker, headline)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("●从挑水吃到拧龙头", "●有人管水，有账可查"),
        ("01 / 井打到坡顶上", "02 / 账贴到门口来"),
        ("——井打到坡顶上", "——账贴到门口来"),
        ("■ 打井，从坡顶开始", "■ 管水，从账本开始"),
    ],
)
def test_subheads_set_alike(first: str, second: str, rules: Rules) -> None:
    articles = read(rules, "柳河镇的水", "□记者 何静", WELL, first, WELL_ON, second, "村民说，如今浇一亩地只花八块钱，比从前省了一半。")
    assert [(article.headline, article.subheads) for article in articles] == [("柳河镇的水", [first.replace("■ ", "■ "), second])]


def test_marked_headlines_of_news_are_no_subheads(rules: Rules) -> None:
    articles = read(
        rules,
        "■ 柳河镇机井通水",
        "近日，柳河镇十二眼机井通水，两千亩坡地有水浇了。（何静）",
        "■ 河口村地毯出省",
        "日前，河口村羊毛合作社卖出第一批地毯，订单来自三个省。（田小雨）",
    )
    assert [article.headline for article in articles] == ["■ 柳河镇机井通水", "■ 河口村地毯出省"]


def test_what_stands_under_a_signed_headline_is_its_first_subhead(rules: Rules) -> None:
    articles = read(rules, "柳河：一眼机井浇活一面坡", "□ 本报记者 何静", "“水来了，账也来了”", WELL, "河口村卖出第一批地毯", WOOL)
    assert heads(articles) == [(None, "柳河：一眼机井浇活一面坡"), (None, "河口村卖出第一批地毯")]
    assert articles[0].subheads == ["“水来了，账也来了”"]


def test_a_jump_inside_the_page_is_no_text(rules: Rules) -> None:
    cut, rest = WELL[:24], WELL[24:]
    articles = read(rules, "柳河镇打了十二眼机井", cut, "（下转右栏）", "河口村卖出第一批地毯", WOOL, "（上接左栏）", rest)
    assert heads(articles) == [(None, "柳河镇打了十二眼机井"), (None, "河口村卖出第一批地毯")]
    assert articles[0].text == WELL


def test_a_box_inside_a_story(rules: Rules) -> None:
    articles = read(rules, "柳河镇打了十二眼机井", WELL, WELL_ON, "农技小贴士", "坡地浇水宜在清晨，一次浇透，三天后松土保墒。")
    assert heads(articles) == [(None, "柳河镇打了十二眼机井"), (None, "农技小贴士")]
    assert articles[0].text == f"{WELL}\n{WELL_ON}"


def test_marked_items_without_a_headline_are_articles_of_their_own(rules: Rules) -> None:
    items = [
        "●柳河镇日前完成十二眼机井的验收，两千亩坡地有水浇了，村民不用再半夜排队。（何静）",
        "●河口村的羊毛合作社近日卖出第一批地毯，订单来自三个省，工钱当天就发到了手里。（田小雨）",
    ]
    articles = read(rules, "县城新添两座立交", "本报讯（记者 范林）昨日，县城东西两头的立交开工。", *items, "白沙村办起夜校", WELL_ON)
    assert [article.headline for article in articles] == ["县城新添两座立交", None, None, "白沙村办起夜校"]
    assert [article.byline for article in articles[1:3]] == ["（何静）", "（田小雨）"]


@pytest.mark.parametrize(
    ("line", "publication", "day"),
    [
        ("今日柳河  第2版 乡村  来稿邮箱 jrlh@example.com  主编/何静 责编/范 林", "今日柳河", None),
        ("柳河时讯　一周要闻　２０２２－０５－１８（星期三）　第４版", "柳河时讯", dt.date(2022, 5, 18)),
        ("柳河报 本版编辑：何静 组版：范林", "柳河报", None),
        ("柳河报·河岸副刊", "柳河报", None),
        ("壬寅年四月十八 星期三 2022年5月18日 总第1204期", None, dt.date(2022, 5, 18)),
    ],
)
def test_imprints(line: str, publication: str | None, day: dt.date | None, rules: Rules) -> None:
    page = read_page("\n\n".join([line, "柳河镇打了十二眼机井", WELL]), rules)
    assert (page.masthead.publication, page.masthead.issue_date) == (publication, day)
    assert heads(page.articles) == [(None, "柳河镇打了十二眼机井")]
    assert any(trouble.kind == "furniture" for trouble in page.troubles)


def test_a_script_with_labels_before_its_paragraphs(rules: Rules) -> None:
    page = read_page(
        "\n\n".join(
            [
                "《柳河新闻》播出稿 2022年5月18日",
                "播音：何 静 范小林 编导：田小雨",
                "【内容提要】柳河镇机井通水；河口村地毯出省；一组简讯。",
                "柳河镇十二眼机井通水",
                "【导语】" + WELL,
                "【正文】" + WELL_ON,
                "【同期声】村民 老马：浇一亩地只花八块钱。",
                "河口村卖出第一批地毯",
                "【口播】河口村的羊毛合作社卖出第一批地毯，订单来自三个省。",
                "【片尾】监制：范 林 本节目由柳河县融媒体中心制作",
            ]
        ),
        rules,
    )
    assert page.format == "broadcast"
    assert page.masthead.issue_date == dt.date(2022, 5, 18)
    assert [article.headline for article in page.articles] == [None, "柳河镇十二眼机井通水", "河口村卖出第一批地毯"]
    assert [article.subheads for article in page.articles] == [[], [], []]


def test_a_report_that_has_lost_its_title_begins_with_its_first_part(rules: Rules) -> None:
    (article,) = read(rules, "一、去年工作回顾", WELL, "二、今年工作安排", WELL_ON)
    assert (article.headline, article.subheads) == (None, ["一、去年工作回顾", "二、今年工作安排"])


def test_a_reporter_signs_again_with_nothing_but_a_name(rules: Rules) -> None:
    signed = "日前，柳河镇十二眼机井通水，两千亩坡地有水浇了。"
    known = read(rules, "河口村卖出第一批地毯", WOOL, "柳河镇机井通水", signed + "田小雨", "白沙村办起夜校", WELL_ON)
    assert (known[1].text, known[1].byline, known[1].reporters) == (signed, "田小雨", ["田小雨"])
    unknown = read(rules, "河口村卖出第一批地毯", WOOL, "柳河镇机井通水", signed + "老马家", "白沙村办起夜校", WELL_ON)
    assert not any("老马家" in (article.byline or "") for article in unknown)


def test_what_a_picture_shows_among_paragraphs(rules: Rules) -> None:
    shown = "老马在坡地里查看水表。"
    blocks = ["柳河镇的水", "□ 本报记者 何静 文/图", WELL, shown, WELL_ON]
    (article,) = read(rules, *blocks)
    assert (article.captions, article.text) == ([shown], f"{WELL}\n{WELL_ON}")
    (article,) = read(rules, *(block.replace(" 文/图", "") for block in blocks))
    assert (article.captions, article.text) == ([], f"{WELL}\n{shown}\n{WELL_ON}")
    (article,) = read(rules, *(block.replace("老马在", "他在") for block in blocks))
    assert article.captions == []


def test_a_picture_by_itself_between_stories(rules: Rules) -> None:
    shown = "5月8日，柳河镇的志愿者给独居老人理发。这样的活动每月办一次。"
    articles = read(rules, "河口村卖出第一批地毯", WOOL + "（何静）", shown, "田小雨 摄", "柳河镇打了十二眼机井", WELL)
    assert [caption for article in articles for caption in article.captions] == [shown]
    assert shown not in "".join(article.text for article in articles)


def test_a_text_goes_on_where_its_pointer_says(rules: Rules) -> None:
    # Both halves are whole sentences: nothing but the pointers tells whose the second is.
    blocks = ["柳河镇打了十二眼机井", WELL + "（下转左下栏）", "河口村卖出第一批地毯", WOOL, "（上接右上栏）" + WELL_ON, "白沙村办起夜校"]
    articles = read(rules, *blocks, "本报讯（记者 范林）白沙村的农民夜校昨晚开课，来了六十多人。")
    assert [article.headline for article in articles] == ["柳河镇打了十二眼机井", "河口村卖出第一批地毯", "白沙村办起夜校"]
    assert articles[0].text == f"{WELL}\n{WELL_ON}"


def test_the_body_that_issues_a_notice_stands_in_its_title_also_under_another_notice(rules: Rules) -> None:
    lost = "马立国遗失身份证，声明作废，特此说明，拾到者请交还。"
    articles = read(rules, "遗失声明", lost, "河口县柳河镇人民政府\n关于坡地禁牧的公告", "全镇坡地禁牧五年，违者依法处理，请相互转告。")
    assert [article.headline for article in articles] == ["遗失声明", "河口县柳河镇人民政府 关于坡地禁牧的公告"]
    assert [article.byline for article in articles] == [None, None]


def test_a_speech_that_opens_with_its_speakers_body_is_no_rest_of_another(rules: Rules) -> None:
    first = "县人民医院去年门诊量七十一万人次，比上年多了六万。困难也很实在，十五家卫生院里能独立做检查的只有六家，全科医生每万人仅"
    second = "金盆村挨着景区，农家乐从十一家发展到七十四家，旺季一张床位要一百五六十元，可停车位只有三百八十个。"
    rest = "有二点一名。建议三年内新增全科医生六十名。"
    articles = read(
        rules,
        "委员建言摘登",
        "会上，委员们先后发言，现摘登如下。",
        "看病在家门口",
        "县政协委员、县人民医院副院长 何静",
        first,
        second,
        rest,
        "县政协委员、柳河镇金盆村村委会主任 范小林",
        "留得住年轻人",
        "县政协委员、县职业学校校长 田小雨",
        "县职业学校去年毕业四百五十人，留在县里的不到三成，留人要靠待遇，也要靠前程。",
    )
    assert {article.byline: article.text for article in articles if article.byline} == {
        "县政协委员、县人民医院副院长 何静": first + rest,
        "县政协委员、柳河镇金盆村村委会主任 范小林": second,
        "县政协委员、县职业学校校长 田小雨": "县职业学校去年毕业四百五十人，留在县里的不到三成，留人要靠待遇，也要靠前程。",
    }


def test_a_short_headline_that_its_news_says_again_is_no_subhead(rules: Rules) -> None:
    told = "日前，柳河镇十二眼机井通水，两千亩坡地有水浇了。"
    articles = read(rules, "河口村卖出第一批地毯", WOOL, "柳河镇机井通水", told)
    assert [article.headline for article in articles] == ["河口村卖出第一批地毯", "柳河镇机井通水"]
    # A section that begins with a day speaks of something else than its subhead.
    section = "3月12日，社员们把染好的线挂满了院墙，老人坐在墙根下挑线头，一坐就是半天。"
    (article,) = read(rules, "河口村卖出第一批地毯", WOOL + "羊毛合作社有五十名社员。", "好线出好活", section)
    assert article.subheads == ["好线出好活"]
