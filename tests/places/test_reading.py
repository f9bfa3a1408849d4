"""Places in a text: which they are, and what only looks like one."""

from __future__ import annotations

import pytest

from pipeline.rulebook import load
from pipeline.stages import rules_folder
from pipeline.stages.places import FAMILY, Mention, PageText, PlaceReader


@pytest.fixture(scope="module")
def reader() -> PlaceReader:
    return PlaceReader(load(rules_folder(), [FAMILY])["places"])


def found(reader: PlaceReader, text: str, home: str | None = None, year: int | None = None) -> list[tuple[str, str | None]]:
    return [(text[m.start : m.end], m.code) for m in reader.read(text, home, year) if not m.nested]


def test_a_chain_settles_what_is_ambiguous(reader: PlaceReader) -> None:
    assert found(reader, "代表团访问南通市通州区。") == [("南通市", "320600"), ("通州区", "320612")]
    assert found(reader, "代表团访问北京市通州区。") == [("北京市", "110000"), ("通州区", "110112")]


def test_the_home_place_settles_what_is_ambiguous(reader: PlaceReader) -> None:
    assert found(reader, "鼓楼区启动改造。", home="320100") == [("鼓楼区", "320106")]
    assert found(reader, "鼓楼区启动改造。", home="350100") == [("鼓楼区", "350102")]


def test_what_nothing_speaks_for_stays_without_a_code(reader: PlaceReader) -> None:
    (mention,) = reader.read("鼓楼区启动改造。")
    assert mention.code is None
    assert {p.code for p in mention.candidates} >= {"320106", "350102", "410204", "320302"}


def test_city_and_county_of_one_name(reader: PlaceReader) -> None:
    assert found(reader, "长沙市长沙县与长沙高校合作。")[:2] == [("长沙市", "430100"), ("长沙县", "430121")]
    assert found(reader, "列车从长沙开出。") == [("长沙", "430100")]


def test_ours_by_the_level_of_home(reader: PlaceReader) -> None:
    assert found(reader, "全区上下行动起来，全市推广。", home="500117") == [("全区", "500117"), ("全市", "500000")]
    assert found(reader, "全区上下行动起来，全市推广。", home="640100") == [("全区", "640000"), ("全市", "640100")]
    assert found(reader, "全县上下行动起来，全市推广。", home="510521") == [("全县", "510521"), ("全市", "510500")]


def test_ours_on_a_page_of_several_places_is_the_articles(reader: PlaceReader) -> None:
    first, second = "合川区修路。全区受益。", "垫江县修桥。全县受益。"
    pages = reader.read_page([PageText(first), PageText(second)], home="500000")
    assert [m.code for m in pages[0]] == ["500117", "500117"]
    assert [m.code for m in pages[1]] == ["500231", "500231"]


def test_codes_are_those_of_the_pages_year(reader: PlaceReader) -> None:
    assert found(reader, "公主岭市粮食增产。", year=2016) == [("公主岭市", "220381")]
    assert found(reader, "公主岭市粮食增产。", year=2022) == [("公主岭市", "220184")]


def test_news_places_are_found_without_any_home(reader: PlaceReader) -> None:
    text = "新华社北京电 美国代表团访问中国后前往香港和上海浦东。"
    places = {text[m.start : m.end]: m for m in reader.read(text)}
    assert {"北京", "美国", "中国", "香港", "上海"} <= places.keys()
    assert places["美国"].level == "foreign" and places["中国"].code == "100000"


@pytest.mark.parametrize(
    "text",
    [
        "重庆阳光灿烂。",
        "社员加入合作社。",
        "这是朝阳产业。",
        "唱好双城记。",
        "长城汽车发布新车。",
        "坚持长治久安。",
        "建立健全市场体系。",
        "江阴市长泾镇办灯会。",
    ],
)
def test_what_only_looks_like_a_place(reader: PlaceReader, text: str) -> None:
    names = {text[m.start : m.end] for m in reader.read(text)}
    assert names <= {"重庆", "江阴市", "长泾镇"}


def nested(mentions: list[Mention]) -> list[bool]:
    return [m.nested for m in mentions]


def test_a_place_in_a_longer_name_is_nested(reader: PlaceReader) -> None:
    assert nested(reader.read("合川区交通局发文。")) == [True]
    assert nested(reader.read("重庆大学招生。")) == [True]
    assert nested(reader.read("合川区钓鱼城街道党工委开会。")) == [True, True]
    assert nested(reader.read("合川区各部门发力。")) == [False]


def test_a_place_and_a_kind_of_zone_are_one_zone(reader: PlaceReader) -> None:
    text = "合川高新区签约。"
    (zone,) = reader.read(text)
    assert (text[zone.start : zone.end], zone.level, zone.code) == ("合川高新区", "zone", "500117")


def test_two_places_in_one_form_are_two_mentions(reader: PlaceReader) -> None:
    assert [m.code for m in reader.read("川渝携手发展。")] == ["510000", "500000"]


def test_a_town_at_home_goes_before_a_county_elsewhere(reader: PlaceReader) -> None:
    assert found(reader, "艺术团走进古田演出。", home="350823") == [("古田", "350823")]
    assert found(reader, "艺术团走进古田演出。", home="350922") == [("古田", "350922")]


def test_a_town_is_the_one_the_page_names_under_its_county(reader: PlaceReader) -> None:
    assert found(reader, "黄寨镇的菌菇。商水县黄寨镇种菌菇。") == [("黄寨镇", "411623"), ("商水县", "411623"), ("黄寨镇", "411623")]


def test_a_person_named_like_a_county_is_no_place(reader: PlaceReader) -> None:
    assert found(reader, "市长凌云到会。凌云曾在外地工作。", home="340100") == []
    assert found(reader, "游客从凌云出发。", home="340100") == [("凌云", "451027")]
    assert found(reader, "凌云上月换届，县长凌云到会。", home="451027") == [("凌云", "451027"), ("凌云", "451027")]


@pytest.mark.parametrize("text", ["治理和县区污水。", "顺应城市化潮流。", "建设海滨城区。", "县城及以上城区实现覆盖。"])
def test_the_seam_of_two_words_is_no_full_name(reader: PlaceReader, text: str) -> None:
    assert found(reader, text, home="450100") == []


def test_a_firm_named_like_a_county_elsewhere_is_no_place(reader: PlaceReader) -> None:
    assert found(reader, "引进秦淮数据、常熟汽饰等企业。", home="441200") == []
    assert found(reader, "苏州市常熟市与常熟汽饰签约。", home="441200")[-1] == ("常熟", "320581")


def test_a_county_elsewhere_is_one_where_it_stands_alone_or_on_a_list(reader: PlaceReader) -> None:
    assert found(reader, "组织人员到义乌、常熟考察。", home="441200") == [("义乌", "330782"), ("常熟", "320581")]


def test_a_place_right_after_one_that_does_not_hold_it_needs_more(reader: PlaceReader) -> None:
    assert found(reader, "中国太平在南宁设点。", home="450100")[1:] == [("南宁", "450100")]


def test_districts_named_as_what_they_are_follow_their_city(reader: PlaceReader) -> None:
    assert found(reader, "晋城市城区修路。城区面貌一新。") == [("晋城市", "140500"), ("城区", "140502")]
    assert found(reader, "潍坊市城区修路。") == [("潍坊市", "370700")]


def test_a_village_whose_county_is_not_said_stays_without_a_code(reader: PlaceReader) -> None:
    text = "平罗县修路，大武口区修桥。\n走进红花村，家家门前种花。"
    assert ("红花村", None) in found(reader, text, home="640200")
    assert ("红花村", "640221") in found(reader, text, home="640221")


def test_a_list_of_neighbours_settles_what_is_shared(reader: PlaceReader) -> None:
    assert found(reader, "其余分别是玉树、果洛、海南、海北。")[2] == ("海南", "632500")
    assert found(reader, "平川、白银两区并进。", home="620400") == [("平川", "620403"), ("白银", "620402")]
    assert found(reader, "他到过广州的荔湾、白云、天河。", home="420100")[1:] == [("荔湾", "440103"), ("白云", "440111"), ("天河", "440106")]


def test_an_ended_name_at_home_goes_before_a_short_one_elsewhere(reader: PlaceReader) -> None:
    assert found(reader, "东乡县修路。", home="361000") == [("东乡县", "361003")]
    assert found(reader, "东乡县修路。", home="620000") == [("东乡县", "622926")]


def test_a_run_of_letters_is_so_many_provinces(reader: PlaceReader) -> None:
    assert [m.code for m in reader.read("川滇黔渝四省市联手。")] == ["510000", "530000", "520000", "500000"]


def test_a_streets_office_stands_for_the_street(reader: PlaceReader) -> None:
    (office,) = [m for m in reader.read("水集办事处城北社区修路。", home="370285") if m.level == "township"]
    assert (office.name, office.code) == ("水集街道", "370285")
    assert all(m.level != "township" for m in reader.read("驻北京办事处搬了家。", home="440104"))


def test_ours_without_a_home_is_what_the_item_is_about_or_nothing(reader: PlaceReader) -> None:
    digest = "定西市安定区的药材涨价，全市行情看好。\n天水市麦积区的辣椒不够卖，全市都缺货。"
    assert [code for text, code in found(reader, digest) if text == "全市"] == ["621100", "620500"]
    assert found(reader, "黄山市、上饶市来人，我市欢迎。")[-1] == ("我市", None)


def test_a_person_named_like_a_city_or_county_is_no_place(reader: PlaceReader) -> None:
    assert found(reader, "林业站站长石玉林说，方正为县监察委员会主任。", home="530427") == []


def test_a_chain_goes_before_a_name_that_lives_on_elsewhere(reader: PlaceReader) -> None:
    assert found(reader, "邢台市桥东区的老街。") == [("邢台市", "130500"), ("桥东区", "130502")]
    assert found(reader, "张家口市桥东区的老街。")[1] == ("桥东区", "130702")


def test_what_leads_to_a_village_is_no_part_of_its_name(reader: PlaceReader) -> None:
    assert ("新华村", "620102") in found(reader, "兰州市城关区青白石街道辖新华村等四个村。")


def test_a_form_of_several_provinces_is_read_once(reader: PlaceReader) -> None:
    assert [m.code for m in reader.read("晋冀鲁豫四省相邻。")] == ["140000", "130000", "370000", "410000"]


def test_a_provinces_character_in_a_list(reader: PlaceReader) -> None:
    assert found(reader, "金名片引来沪、苏、福建等地客人。") == [("沪", "310000"), ("苏", "320000"), ("福建", "350000")]
    assert found(reader, "湘、鄂、渝、黔四省市联动。") == [("湘", "430000"), ("鄂", "420000"), ("渝", "500000"), ("黔", "520000")]
    assert found(reader, "黑、白、青三色，宋、辽、金三朝，新、旧都有。") == []
    assert found(reader, "沪、浙客商走访云、贵、川三省。") == [
        ("沪", "310000"),
        ("浙", "330000"),
        ("云", "530000"),
        ("贵", "520000"),
        ("川", "510000"),
    ]
    assert found(reader, "白云、彩云间，金、银、贵三样，魏、蜀、吴三国。") == []
    assert found(reader, "督导组来莒督导。", home="371122") == [("莒", "371122")]


def test_what_stands_in_a_village_after_its_town_is_part_of_its_name(reader: PlaceReader) -> None:
    assert found(reader, "在莒县夏庄镇大柏林村收麦。")[-1] == ("大柏林村", "371122")
    assert found(reader, "柏林下雪。") == [("柏林", None)]
    assert found(reader, "昨天，岳家村社区食堂开张。", home="371122") == [("岳家村社区", "371122")]


def test_a_village_has_the_code_its_town_gives_it(reader: PlaceReader) -> None:
    text = "考察团走进解放区民主街道民权街社区。江干区的客人说，民权街社区很热闹。"
    assert [code for name, code in found(reader, text, home="410800", year=2012) if name == "民权街社区"] == ["410802", "410802"]


def test_a_village_lies_in_the_town_of_its_name(reader: PlaceReader) -> None:
    text = "宝塔区枣园街道修路，子长市瓦窑堡街道修桥。枣园村丰收。"
    (village,) = (m for m in reader.read(text, "610600", 2022) if m.level == "village")
    assert (village.name, village.code, village.township) == ("枣园村", "610602", "枣园街道")


def test_the_next_of_a_list_of_villages(reader: PlaceReader) -> None:
    text = "萨麦苏木巴彦敖包嘎查、陶森宝拉格嘎查、每个嘎查、推动建设嘎查。"
    assert [name for name, _ in found(reader, text, home="152525")] == ["萨麦苏木", "巴彦敖包嘎查", "陶森宝拉格嘎查"]


def test_a_town_under_another_kind_than_the_lists_have(reader: PlaceReader) -> None:
    assert found(reader, "昂素苏木的牧民到会。", home="150623") == [("昂素苏木", "150623")]
    assert found(reader, "修武县岸上乡岸上村“渔家乐”饭店开张。") == [("修武县", "410821"), ("岸上乡", "410821"), ("岸上村", "410821")]


def test_a_mountain_of_a_towns_name(reader: PlaceReader) -> None:
    text = "浮来山街道修路，游客登上浮来山看银杏。"
    assert found(reader, text, home="371122") == [("浮来山街道", "371122")]


def test_a_township_named_in_another_part_of_the_page(reader: PlaceReader) -> None:
    _, second = reader.read_page([PageText("宁化县济村乡修路。"), PageText("全乡受益。")], "350400")
    assert [(m.name, m.code) for m in second] == [("济村乡", "350424")]
    _, second = reader.read_page([PageText("宁化县济村乡新田村修路。"), PageText("全村受益。")], "350400")
    assert [(m.name, m.code) for m in second] == [("新田村", "350424")]
    *_, third = reader.read_page([PageText("宁化县济村乡修路。"), PageText("清流县里田乡修路。"), PageText("全乡受益。")], "350400")
    assert third == []


def test_a_short_name_that_goes_on_to_a_towns(reader: PlaceReader) -> None:
    assert found(reader, "考察团走进大峃镇和安阳镇。", home="330328") == [("大峃镇", "330328"), ("安阳镇", None)]
    assert found(reader, "无锡镇江两地客商到会。") == [("无锡", "320200"), ("镇江", "321100")]
    assert found(reader, "安阳乡镇干部到会。") == [("安阳", "410500")]


def test_a_community_that_begins_like_its_town(reader: PlaceReader) -> None:
    text = "崇川区永兴街道永兴花苑社区添了食堂，永兴花苑社区的老人都来吃饭，永兴大力推广。"
    names = [name for name, _ in found(reader, text, home="320600", year=2023)]
    assert names == ["崇川区", "永兴街道", "永兴花苑社区", "永兴花苑社区", "永兴"]


def test_a_natural_village(reader: PlaceReader) -> None:
    text = "宁海县胡陈乡东山自然村修路，贫穷的小山村变了样，全乡12个自然村、8个行政村都通路。"
    assert [name for name, _ in found(reader, text)] == ["宁海县", "胡陈乡", "东山自然村", "全乡"]


def test_rivers_and_what_is_long_gone_far_away(reader: PlaceReader) -> None:
    assert found(reader, "启动茄子河、吉兴河等河流治理，茄子河招商。", home="230900") == [("茄子河", "230904")]
    assert len(found(reader, "热爱惠山、建设惠山、振兴惠山。", home="320200")) == 3
    assert found(reader, "北城区和定州市清风店镇到会。", home="130682", year=2016) == [("定州市", "130682"), ("清风店镇", "130682")]
    assert found(reader, "平江县和平房区住房改造。", home="430626") == [("平江县", "430626")]


def test_acting_heads_and_words_that_look_like_counties(reader: PlaceReader) -> None:
    assert found(reader, "代县长到会，普济镇和县农业农村局参加。", home="421024") == [("普济镇", "421024")]
    assert found(reader, "当涂县与和县参加。", home="340500") == [("当涂县", "340521"), ("和县", "340523")]


def test_a_village_is_known_all_over_the_page_once_it_stands_under_its_town(reader: PlaceReader) -> None:
    headline, story, end, other = "通集：一颗柚子富一方", "垫江县澄溪镇通集村的柚子红了。", "通集村的柚子卖到外地，村民都笑了。", "代表们走进砚台镇。"
    pages = reader.read_page([PageText(text) for text in (headline, story, end, other)], home="500231")
    assert [[(m.name, m.township) for m in mentions if m.level == "village"] for mentions in pages] == [[("通集村", "澄溪镇")]] * 3 + [[]]


def test_a_village_of_two_towns_is_not_known_all_over_the_page(reader: PlaceReader) -> None:
    texts = ["垫江县澄溪镇通集村修路。", "垫江县砚台镇通集村修渠。", "通集：一颗柚子富一方"]
    assert reader.read_page([PageText(text) for text in texts], home="500231")[2] == []


def test_a_village_named_like_a_city_is_the_village(reader: PlaceReader) -> None:
    assert found(reader, "固城镇广元村的谷子熟了。", home="130525") == [("固城镇", "130525"), ("广元村", "130525")]
    assert found(reader, "鸭暖镇张湾村种玉米。张湾的玉米甜。", home="620723")[1:] == [("张湾村", "620723"), ("张湾", "620723")]


def test_a_village_named_like_a_city_is_the_village_again(reader: PlaceReader) -> None:
    assert [name for name, _ in found(reader, "天目湖镇桂林村采茶，桂林村今年热闹，客商从桂林来。", home="320481")] == [
        "天目湖镇",
        "桂林村",
        "桂林村",
        "桂林",
    ]


def test_a_town_of_a_longer_name_is_no_other_town(reader: PlaceReader) -> None:
    assert found(reader, "高台堡镇的果农来了。", home="211421") == []


def test_what_a_village_owns_follows_its_name(reader: PlaceReader) -> None:
    assert found(reader, "红星村集体收入翻番。", home="500231") == [("红星村", "500231")]
    assert found(reader, "澄溪镇壮大村集体经济，入股村集体。", home="500231") == [("澄溪镇", "500231")]


def test_a_town_on_a_list_of_known_ones_need_not_be_listed(reader: PlaceReader) -> None:
    assert found(reader, "检查组到前进镇、新岭街道走访。", home="231283") == [("前进镇", "231283"), ("新岭街道", "231283")]
    assert found(reader, "前进镇、新岭乡石坝村的群众转移。", home="231283")[1:] == [("新岭乡", "231283"), ("石坝村", "231283")]
    assert found(reader, "检查组到前进镇、各街道走访。", home="231283") == [("前进镇", "231283")]


def test_ours_as_people_say_it(reader: PlaceReader) -> None:
    assert found(reader, "澄溪镇通集村缺水。我们村盼着修渠，咱们县帮了忙。", home="500231")[2:] == [("我们村", "500231"), ("咱们县", "500231")]
    assert found(reader, "我们村民都来帮忙，我们市场大。", home="500231") == []
