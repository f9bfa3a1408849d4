"""One view of a batch's text for every stage that looks for something in it.

A `Scan` strings each article's sentences (headlines, bylines and captions included) into one text, so a recogniser
runs once over an article and not once a sentence, and turns the positions it finds into the contract's common columns.
"""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.stages.segments import Ints, Units, runs_on_page, whole


@dataclass
class ScanArticle:
    """An article as one text. Positions in it plus `base` are the batch-wide positions `Scan.common` takes.

    Paragraphs, headlines, bylines and captions are parted by a line end; the sentences of a paragraph are not parted.
    """

    doc_id: str
    article_id: str
    kind: str
    base: int
    text: str
    sentence_starts: list[int]
    sentence_kinds: list[str]
    sentence_rows: range
    headline: str | None = None
    dateline: str | None = None
    place_code: str | None = None
    issue_date: dt.date | None = None
    home_code: str | None = None
    format: str | None = None
    publication: str | None = None
    sections: list[str | None] = field(default_factory=list)
    speakers: list[str | None] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)


class Scan:
    """The articles of a batch, and the way back from a position in them to sentence and page."""

    #: The last scan made, with the tables it was made of: the stages of a batch ask for the same one after another.
    _last: ClassVar[tuple[tuple[pa.Table, ...], Scan] | None] = None

    @classmethod
    def of(cls, documents: pa.Table, articles: pa.Table, sentences: pa.Table) -> Scan:
        """The scan of these very tables, made once for all stages that follow each other. It is not to be changed."""
        tables = (documents, articles, sentences)
        if cls._last is None or any(one is not other for one, other in zip(cls._last[0][1:], tables[1:], strict=True)):
            cls._last = (tables, cls(*tables))
        elif cls._last[0][0] is not documents:
            cls._last = (tables, cls._last[1]._with_pages(documents))
        return cls._last[1]

    def _with_pages(self, documents: pa.Table) -> Scan:
        """The same articles, with what more is known of their pages by now."""
        pages = _pages(documents)
        scan = copy.copy(self)
        scan.articles = [replace(article, **pages[article.doc_id]) for article in self.articles]
        return scan

    def __init__(self, documents: pa.Table, articles: pa.Table, sentences: pa.Table) -> None:
        self.sentence_ids = _values(sentences["sentence_id"])
        pages = _pages(documents)
        heads = articles.select(["article_id", "doc_id", "kind", "headline", "dateline", "place_code"]).to_pylist()
        kinds, texts, sections, speakers, paragraphs = (_values(sentences[name]) for name in ("kind", "text", "section", "speaker", "paragraph"))
        # Sentences come in the order of the articles, so the rows of all articles are all rows in order.
        bounds = _runs_of_equal(_values(sentences["article_id"]))
        rows_of = [bounds.get(head["article_id"], range(0)) for head in heads]
        sizes = np.array([len(rows) for rows in rows_of], dtype=np.int64)
        firsts = np.cumsum(sizes) - sizes
        self._article_of_sentence = np.repeat(np.arange(len(heads)), sizes)
        parted = _parted(np.array(kinds, dtype=object), np.array(paragraphs, dtype=np.int64))
        parted[firsts[sizes > 0]] = False
        lengths = pc.utf8_length(whole(sentences["text"])).to_numpy(zero_copy_only=False).astype(np.int64)
        # Before each sentence stand those before it, the line ends that part them, and one after each article.
        self._starts_array = np.cumsum(lengths) - lengths + np.cumsum(parted) + self._article_of_sentence
        sizes = np.bincount(self._article_of_sentence, lengths + parted, minlength=len(heads)).astype(np.int64)
        bases = (np.cumsum(sizes) - sizes + np.arange(len(heads))).tolist()
        starts = self._starts_array.tolist()
        pieces = [f"\n{text}" if apart else text for text, apart in zip(texts, parted.tolist(), strict=True)]

        self.articles: list[ScanArticle] = [
            ScanArticle(
                doc_id=head["doc_id"],
                article_id=head["article_id"],
                kind=head["kind"],
                base=base,
                text="".join(pieces[rows.start : rows.stop]),
                sentence_starts=[start - base for start in starts[rows.start : rows.stop]],
                sentence_kinds=kinds[rows.start : rows.stop],
                sentence_rows=rows,
                headline=head["headline"],
                dateline=head["dateline"],
                place_code=head["place_code"],
                sections=sections[rows.start : rows.stop],
                speakers=speakers[rows.start : rows.stop],
                paragraphs=paragraphs[rows.start : rows.stop],
                **pages[head["doc_id"]],
            )
            for head, rows, base in zip(heads, rows_of, bases, strict=True)
        ]
        units = Units(kinds, sentences["start"], lengths, self._article_of_sentence, self._starts_array)
        self._run_at, self._run_raw, jumps = runs_on_page(units, articles["segments"])
        self._run_jump = np.cumsum(jumps)
        self._text = "\n".join(article.text for article in self.articles)

    @property
    def text(self) -> str:
        """The whole batch's text; batch-wide positions are positions in it."""
        return self._text

    def sentence_of(self, positions: Sequence[int] | Ints) -> Ints:
        """The index, among all sentences in scan order, that each batch-wide position stands in."""
        return np.searchsorted(self._starts_array, np.asarray(positions, dtype=np.int64), side="right") - 1

    def positions(self, mentions: pa.Table) -> list[tuple[int, int]]:
        """Where the rows of an earlier table of mentions stand: batch-wide start and end, in their order."""
        rows = pc.index_in(mentions["sentence_id"], value_set=pa.array(self.sentence_ids, pa.string()))
        if rows.null_count:
            raise KeyError("a mention stands in a sentence that is not in the batch")
        base = self._starts_array[rows.to_numpy()]
        starts, ends = (base + mentions[name].to_numpy() for name in ("start", "end"))
        return list(zip(starts.tolist(), ends.tolist(), strict=True))

    def common(self, starts: Sequence[int] | Ints, ends: Sequence[int] | Ints, rule_ids: Sequence[str]) -> dict[str, Any]:
        """The contract's common columns for mentions at these batch-wide positions."""
        columns = self.place(starts, ends)
        columns["rule_id"] = list(rule_ids)
        return columns

    def place(self, starts: Sequence[int] | Ints, ends: Sequence[int] | Ints) -> dict[str, Any]:
        """Page, article, sentence, offsets, raw range and text of each range."""
        first = np.asarray(starts, dtype=np.int64)
        last = np.asarray(ends, dtype=np.int64)
        if not len(first):
            return {name: [] for name in ("doc_id", "article_id", "sentence_id", "start", "end", "raw_start", "raw_end", "raw_spans", "text")}
        sentence = self.sentence_of(first)
        offset = self._starts_array[sentence]
        run_first = np.searchsorted(self._run_at, first, side="right") - 1
        run_last = np.searchsorted(self._run_at, last - 1, side="right") - 1
        raw_start = self._run_raw[run_first] + first - self._run_at[run_first]
        raw_end = self._run_raw[run_last] + last - self._run_at[run_last]
        sewn = self._run_jump[run_first] != self._run_jump[run_last]
        raw_spans: list[list[dict[str, int]] | None] = [None] * len(first)
        for n in np.flatnonzero(sewn):
            spans = self._spans(int(first[n]), int(last[n]), int(run_first[n]), int(run_last[n]))
            raw_spans[n] = [{"start": start, "end": end} for start, end in spans]
            raw_start[n], raw_end[n] = spans[0]
        article = [self.articles[n] for n in self._article_of_sentence[sentence].tolist()]
        text = self._text
        return {
            "doc_id": [a.doc_id for a in article],
            "article_id": [a.article_id for a in article],
            "sentence_id": [self.sentence_ids[s] for s in sentence],
            "start": (first - offset).astype(np.int32),
            "end": (last - offset).astype(np.int32),
            "raw_start": raw_start.astype(np.int32),
            "raw_end": raw_end.astype(np.int32),
            "raw_spans": raw_spans,
            "text": [text[s:e] for s, e in zip(first.tolist(), last.tolist(), strict=True)],
        }

    def _spans(self, first: int, last: int, run_first: int, run_last: int) -> list[tuple[int, int]]:
        spans: list[list[int]] = []
        for run in range(run_first, run_last + 1):
            run_end = int(self._run_at[run + 1]) if run + 1 < len(self._run_at) else last
            begin = max(first, int(self._run_at[run]))
            shift = int(self._run_raw[run] - self._run_at[run])
            start, end = begin + shift, min(last, run_end) + shift
            if spans and self._run_jump[run] == self._run_jump[run - 1]:
                spans[-1][1] = end
            else:
                spans.append([start, end])
        return [(start, end) for start, end in spans]


def _pages(documents: pa.Table) -> dict[str, dict[str, Any]]:
    """What an article is told of its page, by the page."""
    rows = documents.select(["doc_id", "issue_date", "place_code", "format", "publication"]).to_pylist()
    return {row.pop("doc_id"): {"home_code": row.pop("place_code"), **row} for row in rows}


def _values(column: pa.ChunkedArray) -> list[Any]:
    """A column's values, faster than one by one."""
    values: list[Any] = column.to_numpy().tolist()
    return values


def _parted(kinds: npt.NDArray[np.object_], paragraphs: Ints) -> npt.NDArray[np.bool_]:
    """Whether a line end stands before each sentence: all but those that go on in a paragraph of the body."""
    parted = np.ones(len(kinds), dtype=bool)
    parted[1:] = (kinds[1:] != kinds[:-1]) | (paragraphs[1:] != paragraphs[:-1]) | (kinds[1:] != "body")
    return parted


def _runs_of_equal(values: list[str]) -> dict[str, range]:
    out: dict[str, range] = {}
    start = 0
    for n in range(1, len(values) + 1):
        if n == len(values) or values[n] != values[start]:
            out[values[start]] = range(start, n)
            start = n
    return out
