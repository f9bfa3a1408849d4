"""`zhengbao sql`: rows as a table, as CSV and as JSON, and plain words when something is wrong."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import pandas as pd
import pytest

import pipeline
from pipeline.cli.errors import Failed
from tests.snippets import run_zhengbao

pytest.importorskip("duckdb")


def ask(statement: str, outputs: Path, *options: str) -> str:
    return run_zhengbao(["sql", statement, "--outputs", str(outputs), *options])


def test_the_rows_are_those_of_the_dataset(seeds_outputs: Path) -> None:
    rows = json.loads(ask("select fact_id, value, sentence, place from facts_in_full order by fact_id", seeds_outputs, "-f", "json"))
    facts = pipeline.open(seeds_outputs).facts(columns=["fact_id", "value", "sentence", "place"]).sort_values("fact_id")
    assert [row["fact_id"] for row in rows] == facts["fact_id"].tolist()
    assert [row["sentence"] for row in rows] == facts["sentence"].tolist()
    assert [row["place"] for row in rows] == [None if pd.isna(place) else place for place in facts["place"]]


def test_both_ways_tell_the_same_of_officials(seeds_outputs: Path) -> None:
    rows = json.loads(ask("select person, title, pages from officials_over_time", seeds_outputs, "-f", "json"))
    posts = pipeline.open(seeds_outputs).officials_over_time()
    told = posts[["person", "title", "pages"]].itertuples(index=False, name=None)
    assert sorted((row["person"], row["title"], row["pages"]) for row in rows) == sorted(told)


def test_csv_and_table(seeds_outputs: Path) -> None:
    lines = list(csv.reader(ask("select '永川,区' as name, null as empty", seeds_outputs, "-f", "csv").splitlines()))
    assert lines == [["name", "empty"], ["永川,区", ""]]
    table = ask("select sentence_id from sentences", seeds_outputs, "--most", "3").splitlines()
    assert len(table) == 2 + 3 + 1
    assert table[-1].startswith("3 rows of ")
    assert ask("select 1 as one where false", seeds_outputs, "-f", "json").strip() == "[]"


def test_a_dataset_left_out_is_an_empty_view(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    assert json.loads(ask("select count(*) as rows from facts_in_full", tmp_path, "-f", "json")) == [{"rows": 0}]


def test_what_goes_wrong_is_said(seeds_outputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Failed, match="colour"):
        ask("select colour from facts", seeds_outputs)
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(Failed, match=r"pip install 'zhengbao\[sql\]'"):
        ask("select 1", seeds_outputs)
