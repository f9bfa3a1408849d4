"""From pages and their articles to `documents`: what the manifest left out is read from the page, or stays null."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pyarrow as pa

from pipeline.contract import DATASETS
from pipeline.rulebook import Rulebook
from pipeline.stages.base import Stage, Tables
from pipeline.stages.context.home import Home, infer_home
from pipeline.stages.places import PlaceReader
from pipeline.stages.scan import Scan


def run(tables: Tables, rulebook: Rulebook) -> dict[str, pa.Table]:
    """Complete the pages of a batch."""
    pages = tables["pages"]
    scan = Scan(pages, tables["articles"], tables["sentences"])
    texts = {doc_id: [article.text for article in group] for doc_id, group in groupby(scan.articles, key=lambda article: article.doc_id)}
    reader = PlaceReader(rulebook["places"])
    columns: dict[str, Any] = {name: pages[name].to_pylist() for name in DATASETS["documents"].schema.names if name in pages.column_names}
    for n, doc_id in enumerate(columns["doc_id"]):
        if columns["status"][n] != "ok":
            continue
        if columns["place_code"][n] is None:
            home = infer_home(texts.get(doc_id, []), reader, columns["publication"][n]) if doc_id in texts else Home()
            columns["place_code"][n], columns["place_code_method"][n] = home.code, home.method
    return {"documents": DATASETS["documents"].table(columns)}


STAGE = Stage(
    name="context",
    room="pipeline.stages.context",
    reads=("pages", "articles", "sentences"),
    writes=("documents",),
    rules=("places",),
    run=run,
    about="Says what kind of page it is, when it was published and which place it belongs to.",
)
