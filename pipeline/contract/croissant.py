"""The datasets described in Croissant 1.0, the form data catalogues and machine-learning tools read."""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa

from pipeline.contract.card import ABOUT, LANGUAGE
from pipeline.contract.datasets import CONTRACT_VERSION, DATASETS, Column, Dataset

_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}

_TYPES = {"string": "sc:Text", "int32": "sc:Integer", "double": "sc:Float", "bool": "sc:Boolean", "date32[day]": "sc:Date"}


def as_croissant() -> str:
    """The description as JSON-LD, to stand beside the folders of Parquet files."""
    described = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "zhengbao",
        "description": ABOUT,
        "inLanguage": LANGUAGE,
        "license": "https://www.apache.org/licenses/LICENSE-2.0",
        "citeAs": "zhengbao (政报): pages of Chinese local newspapers and government reports as tables",
        "version": f"{CONTRACT_VERSION}.0.0",
        "distribution": [_files(dataset) for dataset in DATASETS.values()],
        "recordSet": [_records(dataset) for dataset in DATASETS.values()],
    }
    return json.dumps(described, ensure_ascii=False, indent=1) + "\n"


def _files(dataset: Dataset) -> dict[str, Any]:
    return {
        "@type": "cr:FileSet",
        "@id": f"{dataset.name}-files",
        "name": f"{dataset.name}-files",
        "description": f"The Parquet files of {dataset.name}.",
        "encodingFormat": "application/x-parquet",
        "includes": f"{dataset.name}/*.parquet",
    }


def _records(dataset: Dataset) -> dict[str, Any]:
    records: dict[str, Any] = {
        "@type": "cr:RecordSet",
        "@id": dataset.name,
        "name": dataset.name,
        "description": f"One row per {dataset.row}. {dataset.about}",
        "field": [_field(dataset, column) for column in dataset.columns],
    }
    if dataset.key is not None:
        records["key"] = {"@id": f"{dataset.name}/{dataset.key}"}
    return records


def _field(dataset: Dataset, column: Column) -> dict[str, Any]:
    """A column; where it is a list of structures, its parts are fields below it."""
    name = f"{dataset.name}/{column.name}"
    field: dict[str, Any] = {"@type": "cr:Field", "@id": name, "name": column.name, "description": _about(column)}
    kind = column.type
    if pa.types.is_list(kind):
        field["repeated"] = True
        kind = kind.value_type
    source = _source(dataset, column)
    if pa.types.is_struct(kind):
        field["source"] = source
        field["subField"] = [
            {
                "@type": "cr:Field",
                "@id": f"{name}/{part.name}",
                "name": part.name,
                "dataType": _TYPES[str(part.type)],
                "source": {**source, "transform": {"jsonPath": part.name}},
            }
            for part in kind
        ]
        return field
    field["dataType"] = _TYPES[str(kind)]
    field["source"] = source
    return field


def _source(dataset: Dataset, column: Column) -> dict[str, Any]:
    return {"fileSet": {"@id": f"{dataset.name}-files"}, "extract": {"column": column.name}}


def _about(column: Column) -> str:
    allowed = f" One of {', '.join(column.allowed)}." if column.allowed else ""
    example = f" For example: {column.example}" if column.example else ""
    return f"{column.about}{allowed}{example}"
