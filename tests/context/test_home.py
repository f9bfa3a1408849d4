"""The home place of a page, read from the page."""

from __future__ import annotations

import pytest

from pipeline.rulebook import load
from pipeline.stages import rules_folder
from pipeline.stages.context import infer_home
from pipeline.stages.places import FAMILY, PlaceReader


@pytest.fixture(scope="module")
def reader() -> PlaceReader:
    return PlaceReader(load(rules_folder(), [FAMILY])["places"])


def test_a_report_says_whose_it_is(reader: PlaceReader) -> None:
    assert infer_home(["政府工作报告\n——2024年1月8日在绍兴市第九届人民代表大会第四次会议上\n各位代表："], reader).code == "330600"
    assert infer_home(["中华人民共和国2023年国民经济和社会发展统计公报"], reader).code == "100000"


def test_a_districts_page(reader: PlaceReader) -> None:
    pages = [
        "合川区召开区委常委会会议\n合川区委书记强调，全区上下要真抓实干。",
        "合川修路惠民\n今年以来，合川区新建公路。",
        "我区举行植树活动\n合川区领导参加。",
    ]
    assert infer_home(pages, reader).code == "500117"


def test_a_page_of_many_districts_of_one_city_is_the_citys(reader: PlaceReader) -> None:
    pages = ["合川区修路，全区受益。", "垫江县修桥，全县受益。", "大足区修渠，全区受益。", "黔江区修坝，全区受益。"]
    assert infer_home(pages, reader).code == "500000"


def test_a_page_of_no_single_place_has_none(reader: PlaceReader) -> None:
    pages = ["合川区修路，全区受益。", "昆明市修桥，全市受益。", "兰州市修渠，全市受益。"]
    assert infer_home(pages, reader).code is None


def test_city_leaders_in_one_district_are_the_citys_news(reader: PlaceReader) -> None:
    page = "市领导走访谯城区。\n市委常委到谯城区仙源社区，副市长到谯城区东门社区，市政府要求全市推广，市委将督查。"
    assert infer_home([page], reader).code == "341600"
    assert infer_home([page + "\n区委、区政府要求全区各社区落实。"], reader).code == "341602"


def test_a_county_level_city_speaks_as_a_city(reader: PlaceReader) -> None:
    page = "市委、市政府部署春耕。\n全市各镇行动起来，水集街道、店埠镇先动手。市领导到莱西市店埠镇察看。我市将加大投入。"
    assert infer_home([page], reader).code == "370285"


def test_a_road_named_after_a_place_says_nothing_of_home(reader: PlaceReader) -> None:
    assert infer_home(["芝罘路修好了，南京路也通了，芝罘路两边种了树。"], reader).code is None


def test_a_newspapers_name_counts_before_its_text(reader: PlaceReader) -> None:
    home = infer_home(["合川区修路。", "垫江县修桥。"], reader, publication="绍兴日报")
    assert (home.code, home.method) == ("330600", "masthead")


def test_our_city_goes_before_the_district_most_named(reader: PlaceReader) -> None:
    page = "采访团走进我市。\n采访团先到沙市区，又到荆州区川店镇、荆州区马山镇。"
    assert infer_home([page], reader).code == "421000"
