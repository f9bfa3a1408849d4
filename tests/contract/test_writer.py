"""What is written keeps its declaration, or is not written."""

from __future__ import annotations

import io
import json

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.contract import COMMON_NAMES, CONTRACT_VERSION, DATASETS, ContractError, encode
from pipeline.contract.dictionary import as_markdown, as_text

QUANTITY = {
    "quantity_id": ["d-q1"], "doc_id": ["d"], "article_id": ["d-a01"], "sentence_id": ["d-a01-s001"], "start": [0], "end": [3],
    "raw_start": [5], "raw_end": [8], "text": ["20家"], "rule_id": ["quantities/x"], "number_text": ["20"], "unit_text": ["家"],
    "low": [20.0], "high": [20.0], "value": [20.0], "unit": ["家"], "dimension": ["count"], "qualifier": ["exact"],
}  # fmt: skip

#: The columns the contract names, by dataset, beside those every mention has.
NAMED = {
    "documents": "doc_id path sha256 encoding format publication issue_date issue_date_method place_code n_chars text status warnings",
    "articles": "article_id doc_id ordinal kind headline kicker subheads byline reporters affiliation dateline place_code captions text segments",
    "sentences": "sentence_id article_id doc_id ordinal paragraph section start end raw_start raw_end raw_spans text speaker",
    "tokens": "sentence_id words",
    "people": "person person_id role",
    "officials": "person person_id title organisation post place_code status",
    "places": "name code level deictic nested method province city county township",
    "times": "start_date end_date granularity vague anchor",
    "quantities": "number_text unit_text low high value unit dimension base_value base_unit qualifier",
    "facts": "subject subject_code organisation indicator indicator_id quantity_id low high value unit qualifier change_quantity_id change_low "
    "change_high change_value change_unit change_basis change_direction period_text period_start period_end rank rank_scope "
    "target_share modality checks",
    "panel": "subject_code indicator_id unit period_start period_end value change_value change_basis n_sources agree fact_ids",
    "issues": "kind text context",
}
MENTIONS = ("people", "officials", "places", "times", "quantities", "facts")


@pytest.mark.parametrize("name", DATASETS)
def test_a_dataset_has_every_column_the_contract_names(name: str) -> None:
    columns = set(DATASETS[name].schema.names)
    assert set(NAMED[name].split()) <= columns
    if name in MENTIONS:
        assert set(COMMON_NAMES) <= columns


@pytest.mark.parametrize("name", DATASETS)
def test_every_column_is_described_in_the_file_itself(name: str) -> None:
    table = pq.read_table(io.BytesIO(encode(name, DATASETS[name].empty())))
    assert all(field.metadata[b"description"] for field in table.schema)
    assert table.schema.metadata[b"zhengbao.contract"].decode() == CONTRACT_VERSION


def test_rows_come_back_as_they_went_in_and_twice_the_same_bytes() -> None:
    table = DATASETS["quantities"].table(QUANTITY)
    content = encode("quantities", table)
    assert pq.read_table(io.BytesIO(content)).to_pylist() == table.to_pylist()
    assert content == encode("quantities", DATASETS["quantities"].table(QUANTITY))
    assert pd.read_parquet(io.BytesIO(content)).unit.tolist() == ["家"]


@pytest.mark.parametrize(
    ("column", "value", "complaint"),
    [
        ("unit", None, "unit is required and null"),
        ("qualifier", "perhaps", "qualifier holds 'perhaps'; allowed are exact"),
        ("end", 0, "start 0 is not before end 0"),
        ("raw_end", 4, "raw_start 5 is not before raw_end 4"),
        ("high", 19.0, "low 20.0 is not before high 19.0"),
    ],
)
def test_a_row_that_breaks_the_contract_is_refused(column: str, value: object, complaint: str) -> None:
    with pytest.raises(ContractError, match=complaint):
        encode("quantities", DATASETS["quantities"].table({**QUANTITY, column: [value]}))


def test_an_id_that_stands_twice_is_refused() -> None:
    twice = {name: values * 2 for name, values in QUANTITY.items()}
    with pytest.raises(ContractError, match="'d-q1' stands in more than one row"):
        encode("quantities", DATASETS["quantities"].table(twice))


def test_a_table_with_columns_of_its_own_is_refused() -> None:
    with pytest.raises(ContractError, match="declared are"):
        encode("quantities", pa.table({"quantity_id": ["q"]}))
    with pytest.raises(KeyError, match="no column colour"):
        DATASETS["quantities"].table({"colour": ["red"]})


def test_the_dictionary_speaks_of_every_column() -> None:
    page, text = as_markdown(), as_text(list(DATASETS))
    for dataset in DATASETS.values():
        assert f"## {dataset.name}" in page
        for column in dataset.columns:
            assert f"`{column.name}`" in page
            assert column.name in text


def test_descriptions_survive_in_pandas() -> None:
    schema = pq.read_schema(io.BytesIO(encode("facts", DATASETS["facts"].empty())))
    assert json.loads(json.dumps(schema.field("indicator").metadata[b"description"].decode())).startswith("What was measured")
