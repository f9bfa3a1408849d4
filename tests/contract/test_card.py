"""The dataset card and the Croissant description speak of every dataset and column, and are those of the schemas."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.contract import DATASETS
from pipeline.contract.card import as_card
from pipeline.contract.croissant import as_croissant
from pipeline.contract.dictionary import as_markdown


@pytest.fixture(scope="module")
def front() -> dict[str, Any]:
    head, _, _ = as_card().removeprefix("---\n").partition("---\n")
    content: dict[str, Any] = yaml.safe_load(head)
    return content


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(as_croissant())
    return content


@pytest.mark.parametrize(("name", "make"), [("README.md", as_card), ("croissant.json", as_croissant), ("DATASETS.md", as_markdown)])
def test_what_is_kept_is_what_the_schemas_say(root: Path, name: str, make: Any) -> None:
    assert (root / "outputs" / name).read_text("utf-8") == make()


def test_the_command_writes_them(tmp_path: Path) -> None:
    card, croissant = tmp_path / "card.md", tmp_path / "croissant.json"
    result = CliRunner().invoke(app, ["datasets", "--card", str(card), "--croissant", str(croissant)])
    assert (result.exit_code, result.output) == (0, "")
    assert card.read_text("utf-8") == as_card()
    assert croissant.read_text("utf-8") == as_croissant()


@pytest.mark.parametrize("dataset", DATASETS.values(), ids=lambda dataset: dataset.name)
def test_every_column_has_an_example_and_is_on_the_card(dataset: Any) -> None:
    assert [column.name for column in dataset.columns if not column.example] == []
    section = as_card().partition(f"**`{dataset.name}`**")[2].partition("\n")[0]
    common = as_card().partition("Every row that is a mention")[2].partition("\n")[0]
    assert [column.name for column in dataset.columns if f"`{column.name}`" not in section + common] == []


def test_the_card_has_a_configuration_for_every_table_with_its_files(front: dict[str, Any], seeds_outputs: Path) -> None:
    configs = {config["config_name"]: config for config in front["configs"]}
    assert list(configs) == list(DATASETS)
    for name, config in configs.items():
        files = list(seeds_outputs.glob(config["data_files"]))
        assert files
        for file in files:
            assert pq.read_schema(file).names == DATASETS[name].schema.names
    assert [name for name, config in configs.items() if config.get("default")] == ["facts"]
    assert (front["language"], front["license"]) == (["zh"], "apache-2.0")


def test_croissant_has_a_field_for_every_column(described: dict[str, Any]) -> None:
    files = {entry["@id"]: entry for entry in described["distribution"]}
    records = {entry["name"]: entry for entry in described["recordSet"]}
    assert list(records) == list(DATASETS)
    for name, dataset in DATASETS.items():
        fields = {field["name"]: field for field in records[name]["field"]}
        assert list(fields) == dataset.schema.names
        assert files[f"{name}-files"]["includes"] == f"{name}/*.parquet"
        for column in dataset.columns:
            field = fields[column.name]
            assert column.about in field["description"]
            assert field["source"] == {"fileSet": {"@id": f"{name}-files"}, "extract": {"column": column.name}}
            assert field.get("repeated", False) == pa.types.is_list(column.type)
            assert ("dataType" in field) != ("subField" in field)


def test_croissant_is_valid_and_reads_rows(seeds_outputs: Path, tmp_path: Path) -> None:
    mlcroissant = pytest.importorskip("mlcroissant")
    folder = tmp_path / "outputs"
    shutil.copytree(seeds_outputs, folder)
    (folder / "croissant.json").write_text(as_croissant(), "utf-8")
    dataset = mlcroissant.Dataset(jsonld=str(folder / "croissant.json"))
    assert not dataset.metadata.issues.errors
    row = next(iter(dataset.records("facts")))
    assert row["facts/indicator"]


def test_datasets_loads_each_table(seeds_outputs: Path, tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets")
    folder = tmp_path / "outputs"
    shutil.copytree(seeds_outputs, folder)
    (folder / "README.md").write_text(as_card(), "utf-8")
    for name in DATASETS:
        loaded = datasets.load_dataset(str(folder), name, split="train", cache_dir=str(tmp_path / "cache"))
        assert loaded.column_names == DATASETS[name].schema.names
