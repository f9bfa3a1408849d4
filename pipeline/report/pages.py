"""One page of the report: its raw text, its articles as blocks of text, and where every mention stands in both."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from pipeline.report.batches import LAYERS, Batch
from pipeline.report.encoding import columns

#: Of each sentence: which article it is in, which block of that, and where in the block it starts.
Places = dict[str, tuple[int, int, int]]

_JOINED = ("doc_id", "article_id", "sentence_id", "start", "end")
_TEXT_ELSEWHERE = ("doc_id", "text", "segments", "subheads", "captions")


def page_text(batch: Batch, page: int) -> tuple[list[dict[str, Any]], Places]:
    """The page's articles, each a list of blocks `[kind, text]`, and the block every sentence is in."""
    articles = batch.rows("articles").of(page)
    texts = articles["text"].to_pylist()
    kinds = articles["kind"].to_pylist()
    number = {article_id: n for n, article_id in enumerate(articles["article_id"].to_pylist())}
    blocks: list[list[list[str]]] = [[] for _ in texts]
    opened: dict[tuple[int, int], tuple[int, int]] = {}
    places: Places = {}
    names = ("sentence_id", "article_id", "kind", "paragraph", "start", "end", "text")
    sentences = batch.rows("sentences").of(page)
    for sentence_id, article_id, kind, paragraph, start, end, text in zip(*(sentences[name].to_pylist() for name in names), strict=True):
        article = number[article_id]
        if kind != "body":
            places[sentence_id] = (article, len(blocks[article]), 0)
            blocks[article].append([kind, text])
            continue
        # A caption in the middle of a paragraph does not end it, so a paragraph is found again by its number.
        block, first = opened.setdefault((article, paragraph), (len(blocks[article]), start))
        if block == len(blocks[article]):
            blocks[article].append([kind, ""])
        places[sentence_id] = (article, block, start - first)
        blocks[article][block][1] = texts[article][first:end]
    return [{"kind": kind, "blocks": parts} for kind, parts in zip(kinds, blocks, strict=True)], places


def page_marks(batch: Batch, page: int, places: Places) -> dict[str, Any]:
    """The page's raw text and every row that stands on it, with its place in the articles."""
    document = batch.documents.slice(page, 1)
    articles = batch.rows("articles").of(page)
    number = {sentence_id: n for n, sentence_id in enumerate(places)}
    layers = {}
    for layer in LAYERS:
        rows = batch.rows(layer).of(page)
        at = [_at(places, number, *row) for row in zip(*_positions(rows), strict=True)]
        layers[layer] = {**columns(rows, _JOINED), "at": at}
    return {
        "raw": document["text"][0].as_py(),
        "document": columns(document, ("text",)),
        "articles": {**columns(articles, _TEXT_ELSEWHERE), "starts": [_first(segments) for segments in articles["segments"].to_pylist()]},
        "sentences": [[sentence_id, offset] for sentence_id, (_, _, offset) in places.items()],
        "layers": layers,
    }


def _positions(rows: pa.Table) -> list[list[Any]]:
    return [rows[name].to_pylist() for name in ("sentence_id", "start", "end")]


def _at(places: Places, number: dict[str, int], sentence_id: str | None, start: int | None, end: int | None) -> list[int] | None:
    """Article, block, start and end in it, and sentence of a mention; None for what stands in no sentence."""
    if sentence_id is None or start is None or end is None or sentence_id not in places:
        return None
    article, block, offset = places[sentence_id]
    return [article, block, offset + start, offset + end, number[sentence_id]]


def _first(segments: list[dict[str, Any]]) -> int | None:
    return min((segment["raw_start"] for segment in segments), default=None)
