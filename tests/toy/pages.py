"""A toy stage: every line of a page is an article, as it stands."""

from __future__ import annotations

import pyarrow as pa

from pipeline.contract import DATASETS
from pipeline.rulebook import Rulebook
from pipeline.stages.base import Stage, Tables


def run(tables: Tables, rulebook: Rulebook) -> dict[str, pa.Table]:
    """Documents unchanged, and an article for each line that is not empty."""
    rows = []
    for page in tables["pages"].to_pylist():
        at = 0
        for line in page["text"].split("\n"):
            if line.strip():
                rows.append((page["doc_id"], at, line))
            at += len(line) + 1
    ordinals: dict[str, int] = {}
    columns: dict[str, list[object]] = {name: [] for name in ("article_id", "doc_id", "ordinal", "kind", "text", "segments")}
    for doc_id, at, line in rows:
        ordinals[doc_id] = ordinals.get(doc_id, 0) + 1
        segment = {"kind": "body", "paragraph": 0, "start": 0, "end": len(line), "raw_start": at, "raw_end": at + len(line), "sewn": False}
        values = (f"{doc_id}-a{ordinals[doc_id]:02d}", doc_id, ordinals[doc_id], "news", line, [segment])
        for name, value in zip(columns, values, strict=True):
            columns[name].append(value)
    return {"documents": tables["pages"], "articles": DATASETS["articles"].table(columns)}


STAGE = Stage(name="lines", room=__name__, reads=("pages",), writes=("documents", "articles"), rules=(), run=run)
