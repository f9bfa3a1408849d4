"""A toy stage that can be left out: the characters of each sentence as its words."""

from __future__ import annotations

import pyarrow as pa

from pipeline.contract import DATASETS
from pipeline.rulebook import Rulebook
from pipeline.stages.base import Stage, Tables


def run(tables: Tables, rulebook: Rulebook) -> dict[str, pa.Table]:
    """One word a character."""
    sentences = tables["sentences"]
    columns = {name: sentences[name] for name in ("sentence_id", "article_id", "doc_id")}
    return {"tokens": DATASETS["tokens"].table({**columns, "words": [list(text) for text in sentences["text"].to_pylist()]})}


STAGE = Stage(name="words", room=__name__, reads=("sentences",), writes=("tokens",), rules=(), run=run)
