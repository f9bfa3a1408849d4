"""People and posts in sentences written for the purpose, in the manner of many districts' papers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.rulebook import load
from pipeline.stages.people import FAMILY, Context, Officials, PlaceSpan, read
from pipeline.stages.people.codes import PostPlaces
from pipeline.stages.people.context import bare

RULES = Path(__file__).parents[2] / "rules"
CODES = {"永川区": "500118", "北碚区": "500109", "綦江区": "500110", "望江县": "340827", "安庆市": "340800", "安徽省": "340000", "岳西县": "340828"}


@pytest.fixture(scope="module")
def rules() -> Officials:
    return load(RULES, [FAMILY])["officials"]


def seen(text: str, rules: Officials, home: str | None = "340827", byline: bool = False) -> dict[str, tuple[str, list[tuple[str, str | None, str]]]]:
    places = [PlaceSpan(match.start(), match.end(), CODES[match.group()], "county") for match in re.finditer("|".join(CODES), text)]
    context = Context(places=places, home_code=home, kinds=[(0, len(text), "byline")] if byline else [])
    locate = PostPlaces(text, context, rules.words("nation"))
    out: dict[str, tuple[str, list[tuple[str, str | None, str]]]] = {}
    for mention in read(text, rules, context):
        name = bare(text[mention.start : mention.end])
        posts = [(post.title, locate.code(post), post.status) for post in mention.posts]
        out[name] = mention.role, out.get(name, ("", []))[1] + posts
    return out


TITLED = [
    ("县委书记汪建国主持会议并讲话。", {"汪建国": ["县委书记"]}),
    ("县委副书记、县长程晓燕出席。", {"程晓燕": ["县委副书记", "县长"]}),
    ("县领导查文、石磊、江小兰陪同调研。", {"查文": ["县领导"], "石磊": ["县领导"], "江小兰": ["县领导"]}),
    ("县委常委、宣传部部长吴倩致辞。", {"吴倩": ["县委常委", "宣传部部长"]}),
    ("望江县农业农村局党组书记、局长方志刚汇报了情况。", {"方志刚": ["望江县农业农村局党组书记", "望江县农业农村局局长"]}),
    ("县人大常委会主任徐光明，县政协主席陈月英参加活动。", {"徐光明": ["县人大常委会主任"], "陈月英": ["县政协主席"]}),
    ("岳西县委书记余国平、县长何静一行到我县考察。", {"余国平": ["岳西县委书记"], "何静": ["县长"]}),
    ("会议由县委书记汪建国主持，县纪委书记、县监委主任钱大勇通报情况。", {"汪建国": ["县委书记"], "钱大勇": ["县纪委书记", "县监委主任"]}),
    ("安庆市副市长鲁明率队督查。", {"鲁明": ["安庆市副市长"]}),
    ("县公安局交警大队大队长郝猛介绍说。", {"郝猛": ["县公安局交警大队大队长"]}),
    ("原县政协副主席丁宝山捐出藏书。", {"丁宝山": ["县政协副主席"]}),
    ("县人武部政委马铁军授旗。", {"马铁军": ["县人武部政委"]}),
    ("县人民检察院检察长白洁作报告。", {"白洁": ["县人民检察院检察长"]}),
    ("团县委书记叶青青宣读倡议。", {"叶青青": ["团县委书记"]}),
    ("中学校长邱志国为获奖学生颁奖。", {"邱志国": ["中学校长"]}),
    ("县人民医院党委书记、院长段海峰说。", {"段海峰": ["县人民医院党委书记", "县人民医院院长"]}),
    ("县水利局局长  李　强  汇报。", {"李强": ["县水利局局长"]}),
    ("北碚区委书记欧阳志明会见客人。", {"欧阳志明": ["北碚区委书记"]}),
]


@pytest.mark.parametrize(("text", "wanted"), TITLED, ids=[text[:12] for text, _ in TITLED])
def test_title_before_name(text: str, wanted: dict[str, list[str]], rules: Officials) -> None:
    found = seen(text, rules)
    assert {name: [post[0] for post in posts] for name, (_, posts) in found.items()} == wanted
    assert all(role == "official" for role, _ in found.values())


IN_LISTS = [
    ("县领导向国权、田野、黎昌平参加。", {"向国权": "official", "田野": "official", "黎昌平": "official"}),
    ("副旗长其其格、白云峰出席。", {"其其格": "official", "白云峰": "official"}),
    ("参加座谈的县领导还有强建业、石立本。", {"强建业": "official", "石立本": "official"}),
    ("技术员巴特苏和：今年草好。", {"巴特苏和": "other"}),
    ("83岁的秦广田老人天天来。", {"秦广田": "other"}),
    ("父子章大海、章小海同上一条船。", {"章大海": "other", "章小海": "other"}),
    ("引进金盛源、华宇恒、万达富三家公司，整治钱文江、柳江，推出英才·未来计划。", {}),
    ("艾康达公司投产，艾康达产品畅销。", {}),
    ("王婶和李姐都来了，各乡镇主要负责人参加。", {}),
]


@pytest.mark.parametrize(("text", "wanted"), IN_LISTS, ids=[text[:10] for text, _ in IN_LISTS])
def test_what_a_list_or_phrase_makes_of_a_name(text: str, wanted: dict[str, str], rules: Officials) -> None:
    assert {name: role for name, (role, _) in seen(text, rules).items()} == wanted


def test_appointments(rules: Officials) -> None:
    text = "会议宣布，孙立诚同志任望江县委委员、常委、副书记，提名为望江县县长人选；免去龚志强的县财政局局长职务。"
    found = seen(text, rules)
    assert found["孙立诚"][1] == [
        ("望江县委委员", "340827", "appointed"),
        ("望江县委常委", "340827", "appointed"),
        ("望江县委副书记", "340827", "appointed"),
        ("望江县县长", "340827", "nominated"),
    ]
    assert found["龚志强"][1] == [("县财政局局长", "340827", "former")]


def test_place_of_a_post(rules: Officials) -> None:
    found = seen("省委书记苗青，市委书记戴东，县委书记汪建国，岳西县委书记余国平、县长何静出席。", rules)
    codes = {name: posts[0][1] for name, (_, posts) in found.items()}
    assert codes == {"苗青": "340000", "戴东": "340800", "汪建国": "340827", "余国平": "340828", "何静": "340828"}


def test_byline(rules: Officials) -> None:
    found = seen("望江县融媒体中心 高立 龙腾飞", rules, byline=True)
    assert {name: role for name, (role, _) in found.items()} == {"高立": "reporter", "龙腾飞": "reporter"}


def test_bare_mention_is_the_same_person(rules: Officials) -> None:
    text = "县委书记汪建国到长岭镇调研。汪建国强调，要抓好春耕。"
    mentions = read(text, rules)
    assert [(text[m.start : m.end], m.role, len(m.posts)) for m in mentions] == [("汪建国", "official", 1), ("汪建国", "official", 0)]


ORDINARY = [
    "要坚持高质量发展，于是大家齐心协力，方面军集结。",
    "江阴市长泾镇的老街很热闹。",
    "和平时期，成功来之不易。",
    "全面落实河长制、林长制。",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_no_person(text: str, rules: Officials) -> None:
    assert read(text, rules) == []


def test_names_like_no_other(rules: Officials) -> None:
    found = seen("县长才让当吉、岳西县委书记石中华出席，州长阿力木达主持会议，宣传部部长桑吉东珠，副县长完么才让陪同。", rules)
    assert set(found) == {"才让当吉", "石中华", "阿力木达", "桑吉东珠", "完么才让"}


def test_a_list_of_appointments(rules: Officials) -> None:
    text = "县人大常委会任免名单\n任命：\n冯一鸣为县人民政府副县长；\n蔡建荣为县财政局局长。\n免去：\n杨卫东的县财政局局长职务。\n"
    text += "接受郑文斌辞去县人民政府副县长职务的请求。"
    found = seen(text, rules)
    assert {name: (posts[0][0], posts[0][2]) for name, (_, posts) in found.items()} == {
        "冯一鸣": ("县人民政府副县长", "appointed"),
        "蔡建荣": ("县财政局局长", "appointed"),
        "杨卫东": ("县财政局局长", "former"),
        "郑文斌": ("县人民政府副县长", "former"),
    }


def test_former_within_the_title(rules: Officials) -> None:
    found = seen("安徽省水利厅原党组书记、厅长宋长河受到审查，安庆市中级人民法院原院长陈昌明接受调查。", rules)
    assert found["宋长河"][1] == [("安徽省水利厅党组书记", "340000", "former"), ("安徽省水利厅厅长", "340000", "former")]
    assert found["陈昌明"][1] == [("安庆市中级人民法院院长", "340800", "former")]


ROLES = [
    ("县公安局民警操家旺赶到现场。", {"操家旺": "other"}),
    ("宏达纺织有限公司总经理董小红说。", {"董小红": "other"}),
    ("国网望江县供电公司董事长欧阳俊带队检查。", {"欧阳俊": "official"}),
    ("驻村第一书记孟凡宇和村民查老四聊天。", {"孟凡宇": "official", "查老四": "other"}),
    ("图为工人赶制订单。 李小龙 摄", {"李小龙": "reporter"}),
    ("李女士和牟世芬是邻居。", {"牟世芬": "other"}),
    ("俄罗斯总统弗拉基米尔·普京会见来宾。", {"弗拉基米尔·普京": "official"}),
]


@pytest.mark.parametrize(("text", "wanted"), ROLES, ids=[text[:10] for text, _ in ROLES])
def test_roles(text: str, wanted: dict[str, str], rules: Officials) -> None:
    assert {name: role for name, (role, _) in seen(text, rules).items()} == wanted


def test_a_county_that_is_a_city_keeps_its_own_code(rules: Officials) -> None:
    text = "安庆市桐城市副市长鲁明率队督查，老挝万象省工贸厅厅长李志新陪同。"
    places = [PlaceSpan(0, 3, "340800", "city"), PlaceSpan(3, 6, "340881", "county"), PlaceSpan(15, 17, None, "foreign")]
    context = Context(places=places, home_code="340827")
    locate = PostPlaces(text, context, rules.words("nation"))
    codes = {text[mention.start : mention.end]: [locate.code(post) for post in mention.posts] for mention in read(text, rules, context)}
    assert codes == {"鲁明": ["340881"], "李志新": [None]}


def codes_of(
    text: str, rules: Officials, home: str | None, *places: tuple[str, str], page: tuple[tuple[str, str], ...] = ()
) -> dict[str, list[str | None]]:
    """Each person's codes in a text, given the counties it names and those its page does."""
    spans = [PlaceSpan(text.index(name), text.index(name) + len(name), code, "county") for name, code in places]
    context = Context(places=spans, home_code=home, page_places=[*spans, *(PlaceSpan(0, 0, code, "county") for _, code in page)])
    locate = PostPlaces(text, context, rules.words("nation"), rules.words("state_body"))
    return {bare(text[mention.start : mention.end]): [locate.code(post) for post in mention.posts] for mention in read(text, rules, context)}


def test_bodies_of_the_nation_have_its_code(rules: Officials) -> None:
    text = "水利部部长鲁明、国家统计局副局长叶青青到会，全国人大代表、县医院院长钱大勇发言，公司商务部经理邱志国旁听。"
    assert codes_of(text, rules, "340827") == {"鲁明": ["100000"], "叶青青": ["100000"], "钱大勇": ["100000", "340827"], "邱志国": []}
    assert codes_of("法国财政部部长鲁明访华。", rules, "340827")["鲁明"] == [None]
    assert codes_of("俄外交部副部长鲁明访华。", rules, "340827")["鲁明"] == [None]
    assert codes_of("外交部长阿尔贝托·莫里访华。", rules, "340827")["阿尔贝托·莫里"] == [None]


def test_a_county_level_city_is_its_own_city(rules: Officials) -> None:
    text = "市委书记汪建国、市财政局局长鲁明到会，市委巡察组组长钱大勇讲话，市中级人民法院院长叶青青列席。"
    assert codes_of(text, rules, "410883") == {"汪建国": ["410883"], "鲁明": ["410883"], "钱大勇": ["410883"], "叶青青": ["410800"]}
    assert codes_of(text, rules, "410882")["汪建国"] == ["410882"]
    assert codes_of(text, rules, "410822")["汪建国"] == codes_of(text, rules, "410822")["钱大勇"] == ["410800"]
    assert codes_of("市委巡察组组长汪建国、副组长鲁明到会。", rules, "410822") == {"汪建国": ["410800"], "鲁明": ["410800"]}
    assert codes_of("孟州市传来消息，市委书记汪建国到会。", rules, "410800", ("孟州市", "410883"))["汪建国"] == ["410800"]
    assert codes_of("州长汪建国到会。", rules, "522601")["汪建国"] == ["522600"]


YUEXI, WANGJIANG, DAGUAN = ("岳西县", "340828"), ("望江县", "340827"), ("大观区", "340803")


def test_a_county_body_in_a_city_paper_is_where_the_story_is(rules: Officials) -> None:
    text = "岳西县传来消息，县水利局局长鲁明、乡卫生院院长叶青青到会。"
    assert codes_of(text, rules, "340800", YUEXI) == {"鲁明": ["340828"], "叶青青": ["340828"]}
    assert codes_of("乡卫生院院长叶青青到会。", rules, "340800", page=(YUEXI,)) == {"叶青青": ["340828"]}
    assert codes_of("岳西县、望江县来人，乡卫生院院长叶青青到会。", rules, "340800", YUEXI, WANGJIANG) == {"叶青青": [None]}
    assert codes_of("乡卫生院院长叶青青是永川区人。", rules, "340800", ("永川区", "500118")) == {"叶青青": [None]}
    assert codes_of("乡卫生院院长叶青青是岳西县人。", rules, "340800", YUEXI) == {"叶青青": [None]}
    assert codes_of("岳西县来榜镇的党支部书记汪建国到会。", rules, "340800", YUEXI) == {"汪建国": ["340828"]}
    assert codes_of("大观区举办晚会，县委书记汪建国到会。", rules, "340800", DAGUAN) == {"汪建国": [None]}


def test_a_standing_committee_is_no_member(rules: Officials) -> None:
    assert "会副" not in seen("县人大常委会副主任龙海波、何永，副县长白小兰参加会议。", rules)


def test_an_entry_names_several_persons(rules: Officials) -> None:
    text = "任命：\n\n陶志明、李保华为望江县监察委员会委员；\n汪建国为望江县教育局局长，免去鲁明的望江县教育局局长职务。"
    found = seen(text, rules)
    assert [title for title, *_ in found["李保华"][1]] == ["望江县监察委员会委员"]
    assert [(title, status) for title, _, status in found["汪建国"][1]] == [("望江县教育局局长", "appointed")]
    left = seen("县红十字会会长由副县长汪建国兼任，陶平任常务副会长。", rules)
    assert [title for title, *_ in left["汪建国"][1]] == ["副县长", "县红十字会会长"]
    assert [title for title, *_ in left["陶平"][1]] == ["县红十字会常务副会长"]


def test_goods_are_no_persons_however_often_repeated(rules: Officials) -> None:
    assert not seen("柳编产业兴旺。老人编柳编。柳编合作社办起来了，柳编销往各地，村里的柳编、竹编很有名。", rules)
    assert not seen("激活一池春水。", rules)


def test_posts_go_on_before_a_former_one(rules: Officials) -> None:
    text = "省委督导组组长、省人大常委会原副主任汪建国到会。"
    assert [title for title, *_ in seen(text, rules)["汪建国"][1]] == ["省委督导组组长", "省人大常委会副主任"]


def test_those_elected_after_the_head_of_a_body_are_its_deputies(rules: Officials) -> None:
    for text in (
        "会议选举马国强为县人大常委会主任，田秀英（女）、石磊为副主任。",
        "马国强当选为县人大常委会主任，田秀英、石磊当选为副主任。",
    ):
        found = seen(text, rules)
        assert [title for title, *_ in found["田秀英"][1]] == [title for title, *_ in found["石磊"][1]] == ["县人大常委会副主任"]
