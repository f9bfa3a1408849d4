"""Who is who on a page and across pages, and private persons left out or masked."""

from __future__ import annotations

import pyarrow as pa
import pytest

from pipeline.contract import DATASETS
from pipeline.rulebook import Rulebook, load
from pipeline.runner.privacy import MASK, PrivatePersons, hide_private_persons
from pipeline.stages import families, load_stages, rules_folder
from pipeline.stages.people import people_tables
from pipeline.stages.scan import Scan

BEFORE = ("articles", "sentences", "context", "places")
PAGES = {
    "a": "北碚区召开会议\n\n本报讯（记者 高立）10月9日，北碚区委书记郑大江主持会议。郑大江强调，要抓好落实。村民王春花参加会议。",
    "b": "北碚区开展调研\n\n10月12日，区委书记、区委党校校长郑大江到北碚区的园区调研。北碚区各部门参加。",
    "c": "永川区召开会议\n\n10月12日，永川区委书记郑大江主持会议。村民王春花参加会议。",
    "d": "北碚区与类乌齐县座谈\n\n北碚区委书记郑大江、类乌齐县委书记郑大江出席座谈会。",
}


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load(rules_folder(), families(load_stages()))


@pytest.fixture(scope="module")
def tables(rulebook: Rulebook) -> dict[str, pa.Table]:
    rows = [{"doc_id": key, "path": key, "sha256": key, "n_chars": len(text), "text": text, "status": "ok"} for key, text in PAGES.items()]
    names = DATASETS["documents"].schema.names
    made = {"pages": DATASETS["documents"].table({name: [row.get(name) for row in rows] for name in names})}
    for stage in load_stages():
        if stage.name in BEFORE:
            made.update(stage.run(made, rulebook))
    return made


def people(tables: dict[str, pa.Table], rulebook: Rulebook, private: PrivatePersons = "keep") -> list[dict[str, str]]:
    scan = Scan.of(tables["documents"], tables["articles"], tables["sentences"])
    found = people_tables(scan, tables["places"], rulebook["officials"])
    return hide_private_persons({"documents": tables["documents"], **found}, private)["people"].to_pylist()


def ids(rows: list[dict[str, str]], page: str, person: str) -> set[str]:
    return {row["person_id"] for row in rows if row["doc_id"] == page and row["person"] == person}


def test_the_same_person_on_two_pages(tables: dict[str, pa.Table], rulebook: Rulebook) -> None:
    rows = people(tables, rulebook)
    assert len(ids(rows, "a", "郑大江")) == 1
    assert ids(rows, "a", "郑大江") == ids(rows, "b", "郑大江")


def test_namesakes_are_parted(tables: dict[str, pa.Table], rulebook: Rulebook) -> None:
    rows = people(tables, rulebook)
    assert not ids(rows, "a", "郑大江") & ids(rows, "c", "郑大江")
    assert not ids(rows, "a", "王春花") & ids(rows, "c", "王春花")
    assert len(ids(rows, "d", "郑大江")) == 2


def test_private_persons_left_out(tables: dict[str, pa.Table], rulebook: Rulebook) -> None:
    assert {row["role"] for row in people(tables, rulebook, "drop")} == {"official", "reporter"}


def test_private_persons_masked(tables: dict[str, pa.Table], rulebook: Rulebook) -> None:
    rows = people(tables, rulebook, "mask")
    masked = [row for row in rows if row["role"] == "other"]
    assert masked and all(set(row["person"]) == set(row["text"]) == {MASK} and row["person_id"] for row in masked)
    assert "郑大江" in {row["person"] for row in rows}
