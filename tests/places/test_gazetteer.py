"""The tables: codes, parents, short names, and what became of earlier names."""

from __future__ import annotations

import pytest

from pipeline.rulebook import load
from pipeline.stages import rules_folder
from pipeline.stages.places import FAMILY, Gazetteer, chain, level_of, parent_code, within
from pipeline.stages.places.shortnames import short_names, township_short_name


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    rules = load(rules_folder(), [FAMILY])["places"]
    return rules.gazetteer  # type: ignore[no-any-return]


def test_every_current_county_has_its_province_and_city(gazetteer: Gazetteer) -> None:
    for code, place in gazetteer.current.items():
        for parent in chain(code)[1:]:
            assert parent in gazetteer.current, f"{place.name} {code} lies in {parent}, which is not in the tables"


@pytest.mark.parametrize(
    ("code", "parent"),
    [("500118", "500000"), ("510521", "510500"), ("429004", "420000"), ("659001", "650000"), ("441900", "440000"), ("110000", "100000")],
)
def test_parents(code: str, parent: str) -> None:
    assert parent_code(code) == parent


def test_levels() -> None:
    assert [level_of(code) for code in ("100000", "500000", "510500", "510521")] == ["nation", "province", "city", "county"]
    assert within("510521", "510000") and not within("510521", "500000")


@pytest.mark.parametrize(
    ("name", "code", "year", "now"),
    [
        ("永川市", "500383", 2023, "500118"),
        ("襄樊市", "420600", 2015, "420600"),
        ("公主岭市", "220381", 2022, "220184"),
        ("下城区", "330103", 2022, "330105"),
        ("崇文区", "110103", 2012, "110101"),
        ("郫县", "510124", 2018, "510117"),
        ("遵义县", "520321", 2020, "520304"),
        ("襄阳区", "420607", 2015, "420607"),
        ("达县地区", "513000", 2020, "511700"),
    ],
)
def test_an_earlier_name_leads_to_the_division_of_the_year(gazetteer: Gazetteer, name: str, code: str, year: int, now: str) -> None:
    place = next(p for p in gazetteer.full[name] if p.code == code)
    assert gazetteer.in_year(place, year).code == now


def test_a_name_keeps_its_code_while_it_lasts(gazetteer: Gazetteer) -> None:
    place = next(p for p in gazetteer.full["公主岭市"] if p.code == "220381")
    assert gazetteer.in_year(place, 2016) is place


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("永川区", "永川"),
        ("恩施土家族苗族自治州", "恩施"),
        ("双江拉祜族佤族布朗族傣族自治县", "双江"),
        ("内蒙古自治区", "内蒙古"),
        ("巴音郭楞蒙古自治州", "巴音郭楞"),
        ("鄂温克族自治旗", "鄂温克"),
        ("科尔沁左翼后旗", "科尔沁左翼后"),
        ("沙县区", "沙县"),
    ],
)
def test_short_names(name: str, short: str) -> None:
    assert short_names(name)[0] == short


@pytest.mark.parametrize("name", ["忠县", "东区", "城区", "郊区"])
def test_names_without_a_short_form(name: str) -> None:
    assert short_names(name) == ()


def test_township_short_names() -> None:
    assert township_short_name("塘坝镇") == "塘坝"
    assert township_short_name("后坪苗族土家族乡") == "后坪"
    assert township_short_name("红星农场") is None


def test_every_successor_is_in_the_tables(gazetteer: Gazetteer) -> None:
    for records in gazetteer.earlier.values():
        for place in records:
            assert not place.now or gazetteer.by_code(place.now), f"{place.name} {place.code} is said to be {place.now} now"
