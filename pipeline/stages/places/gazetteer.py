"""The divisions of China, now and earlier: codes, names, short names, parents, and what became of which."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from pipeline.stages.places.shortnames import township_short_name

NATION = "100000"

#: Municipalities: their districts have no city between them and the province.
MUNICIPALITIES = ("11", "12", "31", "50")


class Place(NamedTuple):
    """A division by one of its names. `code` is the county's where `level` is below the county."""

    code: str
    name: str
    level: str
    short: tuple[str, ...] = ()
    start: int | None = None
    end: int | None = None
    now: str = ""

    def valid_in(self, year: int | None) -> bool:
        """Whether this name and code stood in that year; with no year given, whether they stand today."""
        if year is None:
            return self.end is None
        return (self.start is None or self.start <= year) and (self.end is None or year <= self.end)

    @property
    def kind(self) -> str:
        """The last character of a full name, which says what it is: 区, 市, 县, 镇."""
        return "街道" if self.name.endswith("街道") else self.name[-1]


def level_of(code: str) -> str:
    """The level a six-digit code stands for."""
    if code == NATION:
        return "nation"
    if code.endswith("0000"):
        return "province"
    return "city" if code.endswith("00") else "county"


@lru_cache(maxsize=8192)
def parent_code(code: str) -> str | None:
    """The code of the division that contains this one; a county under no city belongs to its province."""
    if code == NATION:
        return None
    if code.endswith("0000"):
        return NATION
    if code.endswith("00") or code[:2] in MUNICIPALITIES or code[2:4] == "90":
        return code[:2] + "0000"
    return code[:4] + "00"


@lru_cache(maxsize=8192)
def chain(code: str) -> tuple[str, ...]:
    """The code and those of the divisions that contain it, up to the province."""
    out = []
    step: str | None = code
    while step is not None and step != NATION:
        out.append(step)
        step = parent_code(step)
    return tuple(out)


def within(code: str, other: str) -> bool:
    """Whether `code` is `other` or lies in it."""
    return other == NATION or other in chain(code)


@dataclass
class Gazetteer:
    """Look-ups over the tables of `rules/places`."""

    current: dict[str, Place] = field(default_factory=dict)
    earlier: dict[str, list[Place]] = field(default_factory=dict)
    full: dict[str, tuple[Place, ...]] = field(default_factory=dict)
    short: dict[str, tuple[Place, ...]] = field(default_factory=dict)
    townships: dict[str, tuple[str, ...]] = field(default_factory=dict)
    counties_of: dict[str, tuple[str, ...]] = field(default_factory=dict)
    township_stems: frozenset[str] = frozenset()
    zones: dict[str, tuple[Place, ...]] = field(default_factory=dict)
    foreign: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, paths: Iterable[Path]) -> Gazetteer:
        """From the family's tables; which table a file is, its name says (`divisions*.tsv`, `townships*.tsv`, …)."""
        rows: dict[str, list[dict[str, str]]] = defaultdict(list)
        for path in paths:
            table = path.name.partition(".")[0].partition("_")[0]
            with path.open(encoding="utf-8", newline="") as file:
                rows[table] += csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        out = cls()
        out._add_divisions(rows["divisions"])
        out._add_forms(rows["forms"])
        out._add_uncoded(rows["uncoded"])
        out._let_short_names_be_full_ones()
        out._add_townships(rows["townships"])
        zones: dict[str, list[Place]] = defaultdict(list)
        for row in rows["zones"]:
            short = tuple((row.get("short") or "").split())
            zone = Place(row["code"], row["name"], "zone", short)
            for form in (row["name"], *short):
                zones[form].append(zone)
        out.zones = {form: tuple(places) for form, places in zones.items()}
        out.foreign = {form: row["name"] for row in rows["foreign"] for form in row["forms"].split()}
        return out

    def by_code(self, code: str | None, year: int | None = None) -> Place | None:
        """The division a code stands for (in a given year: by the name it had then)."""
        if code is None:
            return None
        place = self.current.get(code)
        if place is not None and (year is None or place.valid_in(year)):
            return place
        records = self.earlier.get(code, [])
        return next((p for p in records if p.valid_in(year)), place or (records[-1] if records else None))

    def parents(self, code: str) -> tuple[Place, ...]:
        """The divisions that contain this one, the nearest first."""
        found = (self.by_code(step) for step in chain(code)[1:])
        return tuple(place for place in found if place is not None)

    def in_year(self, place: Place, year: int | None) -> Place:
        """The division that stood for this one's area in that year: 永川市 is 永川区 on a page of 2023."""
        seen: set[tuple[str, str]] = set()
        while not place.valid_in(year) and place.end is not None and (year is None or year > place.end):
            seen.add((place.code, place.name))
            heir = self.by_code(place.now, year) if place.now else None
            if heir is None or (heir.code, heir.name) in seen:
                break
            place = heir
        return place

    def names_above(self, code: str | None) -> tuple[str | None, str | None, str | None]:
        """Names of province, city and county of a code; a municipality is a province without a city."""
        province = city = county = None
        for step in chain(code) if code else ():
            place = self.by_code(step)
            if place is None:
                continue
            if place.level == "province":
                province = place.name
            elif place.level == "city":
                city = place.name
            else:
                county = place.name
        return province, city, county

    def _add_divisions(self, rows: Sequence[dict[str, str]]) -> None:
        full: dict[str, list[Place]] = defaultdict(list)
        short: dict[str, list[Place]] = defaultdict(list)
        for row in rows:
            place = Place(
                code=row["code"],
                name=row["name"],
                level=level_of(row["code"]),
                short=tuple(row["short"].split()),
                start=int(row["from"]) if row["from"] else None,
                end=int(row["to"]) if row["to"] else None,
                now=row["now"],
            )
            if place.end is None:
                self.current[place.code] = place
            else:
                self.earlier.setdefault(place.code, []).append(place)
            full[place.name].append(place)
            for form in place.short:
                short[form].append(place)
        self.full = {name: tuple(places) for name, places in full.items()}
        self.short = {name: tuple(places) for name, places in short.items()}

    def _add_forms(self, rows: Sequence[dict[str, str]]) -> None:
        """Further short names of divisions, which no rule derives from the full one: 科左后旗."""
        for row in rows:
            self.short[row["short"]] = (*self.short.get(row["short"], ()), self.current[row["code"]])

    def _add_uncoded(self, rows: Sequence[dict[str, str]]) -> None:
        """Divisions that have no code of their own in the standard: those of Hong Kong, Macau and Taiwan have their province's."""
        for row in rows:
            place = Place(row["code"], row["name"], row["level"], tuple(row["short"].split()))
            self.full[place.name] = (*self.full.get(place.name, ()), place)
            for form in place.short:
                self.short[form] = (*self.short.get(form, ()), place)

    def _let_short_names_be_full_ones(self) -> None:
        """东乡县 was the name of a county in 江西 and is the short one of an autonomous county in 甘肃."""
        for name in self.full.keys() & self.short.keys():
            codes = {place.code for place in self.full[name]}
            self.full[name] += tuple(place for place in self.short[name] if place.end is None and place.code not in codes)

    def _add_townships(self, rows: Sequence[dict[str, str]]) -> None:
        counties: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            names = tuple(dict.fromkeys(self._own_name(name, row["county"]) for name in (row["names"] + " " + row["earlier"]).split()))
            self.townships[row["county"]] = names
            for name in names:
                counties[name].append(row["county"])
        self.township_stems = frozenset(stem for name in counties if (stem := township_short_name(name)))
        self.counties_of = {name: tuple(codes) for name, codes in counties.items()}

    def _own_name(self, township: str, county: str) -> str:
        """十八台镇, which a list has as 卓资县十八台镇."""
        above = self.current.get(county)
        own = township.removeprefix(above.name) if above else township
        return own if township_short_name(own) and not own.startswith("人民政府") else township
