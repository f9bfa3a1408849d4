"""One page of the report: its raw text, its articles as blocks of text, and where every mention stands in both."""

from __future__ import annotations

from typing import Any, NamedTuple

import pyarrow as pa

from pipeline.report.batches import LAYERS, Batch
from pipeline.report.encoding import columns


class Sentence(NamedTuple):
    """Where a sentence stands: in which article, which block of that, from which character, and where on the page."""

    sentence_id: str
    article: int
    block: int
    offset: int
    raw_start: int


_JOINED = ("doc_id", "article_id", "sentence_id", "start", "end")
_TEXT_ELSEWHERE = ("doc_id", "text", "segments", "subheads", "captions")


def page_text(batch: Batch, page: int) -> tuple[list[dict[str, Any]], list[Sentence]]:
    """The page's articles, each a list of blocks `[kind, text]`, and where its sentences stand in them."""
    articles = batch.rows("articles").of(page)
    texts = articles["text"].to_pylist()
    kinds = articles["kind"].to_pylist()
    number = {article_id: n for n, article_id in enumerate(articles["article_id"].to_pylist())}
    blocks: list[list[list[str]]] = [[] for _ in texts]
    opened: dict[tuple[int, int], tuple[int, int]] = {}
    stand: list[Sentence] = []
    names = ("sentence_id", "article_id", "kind", "paragraph", "start", "end", "raw_start", "text")
    rows = batch.rows("sentences").of(page)
    for sentence_id, article_id, kind, paragraph, start, end, raw_start, text in zip(*(rows[name].to_pylist() for name in names), strict=True):
        article = number[article_id]
        if kind != "body":
            stand.append(Sentence(sentence_id, article, len(blocks[article]), 0, raw_start))
            blocks[article].append([kind, text])
            continue
        # A caption in the middle of a paragraph does not end it, so a paragraph is found again by its number.
        block, first = opened.setdefault((article, paragraph), (len(blocks[article]), start))
        if block == len(blocks[article]):
            blocks[article].append([kind, ""])
        stand.append(Sentence(sentence_id, article, block, start - first, raw_start))
        blocks[article][block][1] = texts[article][first:end]
    return [{"kind": kind, "blocks": parts} for kind, parts in zip(kinds, blocks, strict=True)], stand


def page_marks(batch: Batch, page: int, sentences: list[Sentence]) -> dict[str, Any]:
    """The page's raw text and every row that stands on it: `at` is its sentence's number and its start and end in that."""
    document = batch.documents.slice(page, 1)
    articles = batch.rows("articles").of(page)
    number = {sentence.sentence_id: n for n, sentence in enumerate(sentences)}
    layers = {}
    for layer in LAYERS:
        rows = batch.rows(layer).of(page)
        layers[layer] = {**columns(rows, _JOINED), "at": [_at(number, *row) for row in zip(*_positions(rows), strict=True)]}
    return {
        "raw": document["text"][0].as_py(),
        "document": columns(document, ("text",)),
        "articles": {**columns(articles, _TEXT_ELSEWHERE), "starts": [_first(segments) for segments in articles["segments"].to_pylist()]},
        "sentences": sentences,
        "layers": layers,
    }


def _positions(rows: pa.Table) -> list[list[Any]]:
    return [rows[name].to_pylist() for name in ("sentence_id", "start", "end")]


def _at(number: dict[str, int], sentence_id: str | None, start: int | None, end: int | None) -> list[int] | None:
    """Of a row; None for what stands in no sentence."""
    if sentence_id is None or start is None or end is None or sentence_id not in number:
        return None
    return [number[sentence_id], start, end]


def _first(segments: list[dict[str, Any]]) -> int | None:
    return min((segment["raw_start"] for segment in segments), default=None)
