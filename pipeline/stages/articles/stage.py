"""The stage: pages in, articles and issues out."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from pipeline.contract.datasets import DATASETS, SEGMENT
from pipeline.rulebook import Rulebook
from pipeline.stages.articles.building import Article, Trouble
from pipeline.stages.articles.families import FAMILIES
from pipeline.stages.articles.page import Rules, read_page
from pipeline.stages.base import Stage, Tables

_PLAIN = ("kind", "headline", "kicker", "subheads", "byline", "reporters", "affiliation", "dateline", "captions", "text")


def run(tables: Tables, rulebook: Rulebook) -> dict[str, pa.Table]:
    """Reads every page that could be decoded; a quarantined one has no articles."""
    pages = tables["pages"].select(["doc_id", "text", "status"])
    rules = Rules.of(rulebook)
    articles = _Articles()
    issues = _Issues()
    columns = (pages[name].to_pylist() for name in pages.column_names)
    for doc_id, text, status in zip(*columns, strict=True):
        if status != "ok" or not text:
            continue
        page = read_page(text, rules)
        for article in page.articles:
            articles.add(doc_id, article)
        for trouble in page.troubles:
            issues.add(doc_id, text, trouble)
    return {"articles": articles.table(), "issues": issues.table()}


class _Articles:
    """Rows of `articles`, gathered as columns; segments of all articles as one long list."""

    def __init__(self) -> None:
        self.columns: dict[str, list[Any]] = {name: [] for name in ("article_id", "doc_id", "ordinal", *_PLAIN)}
        self.segments: dict[str, list[Any]] = {field.name: [] for field in SEGMENT}
        self.offsets = [0]

    def add(self, doc_id: str, article: Article) -> None:
        columns = self.columns
        seen = columns["doc_id"]
        ordinal = columns["ordinal"][-1] + 1 if seen and seen[-1] == doc_id else 1
        columns["article_id"].append(f"{doc_id}-a{ordinal:02d}")
        seen.append(doc_id)
        columns["ordinal"].append(ordinal)
        for name in _PLAIN:
            columns[name].append(getattr(article, name))
        for name, values in self.segments.items():
            values.extend([getattr(segment, name) for segment in article.segments])
        self.offsets.append(self.offsets[-1] + len(article.segments))

    def table(self) -> pa.Table:
        fields = list(SEGMENT)
        pieces = pa.StructArray.from_arrays([pa.array(self.segments[field.name], type=field.type) for field in fields], fields=fields)
        segments = pa.ListArray.from_arrays(pa.array(self.offsets, type=pa.int32()), pieces)
        return DATASETS["articles"].table({**self.columns, "segments": segments})


class _Issues:
    """Rows of `issues`, gathered as columns."""

    def __init__(self) -> None:
        self.columns: dict[str, list[Any]] = {name: [] for name in ("kind", "stage", "doc_id", "raw_start", "raw_end", "text", "context", "rule_id")}

    def add(self, doc_id: str, page: str, trouble: Trouble) -> None:
        columns = self.columns
        columns["kind"].append(trouble.kind)
        columns["stage"].append("articles")
        columns["doc_id"].append(doc_id)
        columns["raw_start"].append(trouble.raw_start)
        columns["raw_end"].append(trouble.raw_end)
        columns["text"].append(page[trouble.raw_start : trouble.raw_end])
        columns["context"].append(trouble.context)
        columns["rule_id"].append(trouble.rule_id)

    def table(self) -> pa.Table:
        return DATASETS["issues"].table(self.columns)


STAGE = Stage(
    name="articles",
    room="pipeline.stages.articles",
    reads=("pages",),
    writes=("articles",),
    rules=("formats", "cleaning"),
    run=run,
    families=FAMILIES,
    about="Puts a page's stories back together: headlines, bylines, captions, and paragraphs in reading order, cleaned.",
)
