"""`pipeline.open`: the joins are right, and only what is asked for is read."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

import pipeline
from pipeline.access import Outputs, open_outputs
from pipeline.access.names import place_names
from pipeline.contract import COMMON_NAMES, DATASETS


@pytest.fixture(scope="module")
def data(seeds_outputs: Path) -> Outputs:
    return pipeline.open(seeds_outputs)


def test_every_dataset_is_there(data: Outputs) -> None:
    assert set(data.names()) == set(DATASETS)
    assert "facts" in repr(data)


def test_a_fact_comes_with_its_sentence_article_page_and_place(data: Outputs) -> None:
    facts = data.facts()
    assert len(facts) == len(data.read("facts")) > 0
    for _, fact in facts.iterrows():
        assert fact["sentence"][fact["start"] : fact["end"]] == fact["text"]
    pages = data.read("documents").set_index("doc_id")
    assert (facts["path"] == pages.loc[facts["doc_id"], "path"].to_numpy()).all()
    headlines = data.read("articles").set_index("article_id")["headline"]
    assert facts["headline"].fillna("").tolist() == headlines.loc[facts["article_id"]].fillna("").tolist()
    placed = facts[facts["subject_code"].notna()]
    assert placed["place"].notna().all()
    assert (facts["place"].isna() == facts["subject_code"].isna()).all()


def test_raw_gives_the_characters_of_the_page(data: Outputs) -> None:
    for _, fact in data.facts().head(40).iterrows():
        assert "".join(data.raw(fact).split())[0] == fact["text"][0]
        assert data.raw(fact)[-1] == fact["text"][-1]


def test_only_the_columns_and_rows_asked_for_come(data: Outputs) -> None:
    chosen = data.facts(columns=["place", "value", "sentence"], where={"unit": ["CNY", "%"], "modality": "actual"})
    assert list(chosen.columns) == ["place", "value", "sentence"]
    every = data.read("facts", where=pc.field("unit").isin(["CNY", "%"]) & (pc.field("modality") == "actual"))
    assert len(chosen) == len(every) > 0
    assert data.read("facts", ["fact_id"], {"quantity_id": None}).shape[1] == 1


def test_every_mention_can_be_joined(data: Outputs) -> None:
    for name, dataset in DATASETS.items():
        if set(COMMON_NAMES) <= set(dataset.schema.names):
            assert len(data.joined(name, columns=["text", "sentence", "path"])) == len(data.read(name, ["text"]))
    panel = data.panel()
    assert {"place", "province", "value"} <= set(panel.columns)
    assert panel["indicator_zh"].notna().all()
    assert dict(zip(panel["indicator_id"], panel["indicator_en"]))["gdp"] == "Gross regional product"


def test_wrong_names_are_told(data: Outputs, tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="no column colour"):
        data.facts(columns=["colour"])
    with pytest.raises(KeyError, match="no column colour"):
        data.read("facts", columns=["colour"])
    with pytest.raises(KeyError, match="no dataset is called 'fact'"):
        data.read("fact")
    with pytest.raises(FileNotFoundError, match="no datasets are there"):
        pipeline.open(tmp_path)


def test_a_dataset_left_out_is_an_empty_table(data: Outputs, tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    empty = open_outputs(tmp_path)
    assert empty.facts().empty
    assert "sentence" in empty.facts().columns
    assert empty.officials_over_time().empty


def test_officials_over_time_has_first_and_last_day(tmp_path: Path) -> None:
    pages = {"a": dt.date(2022, 3, 1), "b": dt.date(2023, 5, 2), "c": None}
    count = len(pages)
    write(tmp_path, "documents", {"doc_id": list(pages), "issue_date": list(pages.values())})
    posts = {
        "doc_id": ["b", "a", "c", "a"],
        "person_id": ["p-1", "p-1", "p-1", "p-2"],
        "person": ["周志远", "周志远", "周志远", "何秋菊"],
        "title": ["合川区区长", "合川区区长", "合川区区长", "合川区副区长"],
        "post": ["区长", "区长", "区长", "副区长"],
        "status": ["former", "incumbent", "nominated", "incumbent"],
    }
    write(tmp_path, "officials", posts)
    found = open_outputs(tmp_path).officials_over_time()
    assert len(found) == 2
    held = found[found["person"] == "周志远"].iloc[0]
    assert (held["first_seen"], held["last_seen"]) == (pd.Timestamp(2022, 3, 1), pd.Timestamp(2023, 5, 2))
    assert (held["pages"], held["status"]) == (count, "former")


def test_codes_have_the_names_they_had_last() -> None:
    names = place_names()
    assert names["500117"] == ("合川区", None, "重庆市")
    assert names["110103"].name == "崇文区"
    assert names["100000"].name == "全国"
    assert names["510104"].city == "成都市"


def write(folder: Path, name: str, columns: dict[str, list[object]]) -> None:
    """A dataset with these columns; the others are null."""
    (folder / name).mkdir()
    schema = pa.schema([field.with_nullable(True) for field in DATASETS[name].schema])
    table = DATASETS[name].table(columns)
    pq.write_table(pa.table(table.columns, schema=schema), folder / name / "part.parquet")
