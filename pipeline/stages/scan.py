"""One view of a batch's text for every stage that looks for something in it.

A `Scan` strings each article's sentences (headlines, bylines and captions included) into one text, so a recogniser
runs once over an article and not once a sentence, and turns the positions it finds into the contract's common columns.
"""

from __future__ import annotations

import copy
import datetime as dt
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Ints = npt.NDArray[np.int64]


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
        self.sentence_ids = sentences["sentence_id"].to_pylist()
        pages = _pages(documents)
        segments = _segments_by_article(articles)
        heads = articles.select(["article_id", "doc_id", "kind", "headline", "dateline", "place_code"]).to_pylist()
        names = ("article_id", "kind", "paragraph", "start", "end", "text", "section", "speaker")
        columns = {name: sentences[name].to_pylist() for name in names}
        bounds = _runs_of_equal(columns["article_id"])

        self.articles: list[ScanArticle] = []
        self._starts: list[int] = []
        self._article_of_sentence: list[int] = []
        run_at: list[int] = []
        run_raw: list[int] = []
        run_jump: list[int] = []
        base = 0
        for index, head in enumerate(heads):
            rows = bounds.get(head["article_id"], range(0))
            pieces: list[str] = []
            starts: list[int] = []
            at = 0
            previous: tuple[str, int] | None = None
            cursor = _SegmentCursor(segments[index])
            for row in rows:
                unit = (columns["kind"][row], columns["paragraph"][row])
                if previous is not None and (unit != previous or unit[0] != "body"):
                    pieces.append("\n")
                    at += 1
                previous = unit
                text = columns["text"][row]
                starts.append(at)
                cursor.map(unit[0], columns["start"][row], len(text), base + at, run_at, run_raw, run_jump)
                pieces.append(text)
                at += len(text)
            self._starts.extend(base + start for start in starts)
            self._article_of_sentence.extend([index] * len(starts))
            self.articles.append(
                ScanArticle(
                    doc_id=head["doc_id"],
                    article_id=head["article_id"],
                    kind=head["kind"],
                    base=base,
                    text="".join(pieces),
                    sentence_starts=starts,
                    sentence_kinds=[columns["kind"][row] for row in rows],
                    sentence_rows=rows,
                    headline=head["headline"],
                    dateline=head["dateline"],
                    place_code=head["place_code"],
                    sections=[columns["section"][row] for row in rows],
                    speakers=[columns["speaker"][row] for row in rows],
                    paragraphs=[columns["paragraph"][row] for row in rows],
                    **pages[head["doc_id"]],
                )
            )
            base += at + 1
        # Sentences come in the order of the articles, so the rows of all articles are all rows in order.
        self._rows = [row for article in self.articles for row in article.sentence_rows]
        self._starts_array = np.array(self._starts, dtype=np.int64)
        self._run_at = np.array(run_at, dtype=np.int64)
        self._run_raw = np.array(run_raw, dtype=np.int64)
        self._run_jump = np.cumsum(np.array(run_jump, dtype=np.int64))
        self._text = "\n".join(article.text for article in self.articles)
        self._start_of: dict[str, int] | None = None

    @property
    def text(self) -> str:
        """The whole batch's text; batch-wide positions are positions in it."""
        return self._text

    def sentence_of(self, positions: Sequence[int] | Ints) -> Ints:
        """The index, among all sentences in scan order, that each batch-wide position stands in."""
        return np.searchsorted(self._starts_array, np.asarray(positions, dtype=np.int64), side="right") - 1

    def positions(self, mentions: pa.Table) -> list[tuple[int, int]]:
        """Where the rows of an earlier table of mentions stand: batch-wide start and end, in their order."""
        if self._start_of is None:
            self._start_of = {self.sentence_ids[row]: start for row, start in zip(self._rows, self._starts, strict=True)}
        names = ("sentence_id", "start", "end")
        rows = zip(*(mentions[name].to_pylist() for name in names), strict=True)
        start_of = self._start_of
        return [(start_of[sentence] + start, start_of[sentence] + end) for sentence, start, end in rows]

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
        article = [self.articles[self._article_of_sentence[s]] for s in sentence]
        text = self._text
        return {
            "doc_id": [a.doc_id for a in article],
            "article_id": [a.article_id for a in article],
            "sentence_id": [self.sentence_ids[self._rows[s]] for s in sentence],
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


class _SegmentCursor:
    """Walks an article's segments as its sentences come, and notes where each run of characters stands on the page."""

    def __init__(self, segments: dict[str, Any]) -> None:
        self._body = segments["body"]
        self._other = {kind: deque(rows) for kind, rows in segments["other"].items()}
        self._next = 0

    def map(self, kind: str, start: int | None, length: int, at: int, run_at: list[int], run_raw: list[int], run_jump: list[int]) -> None:
        if kind == "body" and start is not None:
            end = start + length
            body = self._body
            n = self._next
            while n and body[n][0] > start:
                n -= 1
            while n < len(body) and body[n][1] <= start:
                n += 1
            self._next = n
            while n < len(body) and body[n][0] < end:
                seg_start, _, raw_start, sewn = body[n]
                begin = max(start, seg_start)
                run_at.append(at + begin - start)
                run_raw.append(raw_start + begin - seg_start)
                run_jump.append(int(sewn and begin == seg_start))
                n += 1
            return
        left = length
        queue = self._other.get(kind, deque())
        while left > 0 and queue:
            raw_start, raw_end, sewn = queue[0]
            run_at.append(at + length - left)
            run_raw.append(raw_start)
            run_jump.append(int(sewn))
            taken = min(left, raw_end - raw_start)
            left -= taken
            if taken == raw_end - raw_start:
                queue.popleft()
            else:
                queue[0] = (raw_start + taken, raw_end, False)


def _pages(documents: pa.Table) -> dict[str, dict[str, Any]]:
    """What an article is told of its page, by the page."""
    rows = documents.select(["doc_id", "issue_date", "place_code", "format", "publication"]).to_pylist()
    return {row.pop("doc_id"): {"home_code": row.pop("place_code"), **row} for row in rows}


def _segments_by_article(articles: pa.Table) -> list[dict[str, Any]]:
    chunk = articles["segments"].combine_chunks()
    if isinstance(chunk, pa.ChunkedArray):
        chunk = chunk.chunk(0) if chunk.num_chunks else pa.array([], type=chunk.type)
    flat = pc.list_flatten(chunk)
    counts = pc.list_value_length(chunk).to_pylist()
    names = ("kind", "start", "end", "raw_start", "raw_end", "sewn")
    values = list(zip(*(flat.field(name).to_pylist() for name in names), strict=True)) if len(flat) else []
    out: list[dict[str, Any]] = []
    at = 0
    for count in counts:
        body: list[tuple[int, int, int, bool]] = []
        other: dict[str, list[tuple[int, int, bool]]] = {}
        for kind, start, end, raw_start, raw_end, sewn in values[at : at + (count or 0)]:
            if kind == "body":
                body.append((start, end, raw_start, bool(sewn)))
            else:
                other.setdefault(kind, []).append((raw_start, raw_end, bool(sewn)))
        at += count or 0
        body.sort()
        out.append({"body": body, "other": other})
    return out


def _runs_of_equal(values: list[str]) -> dict[str, range]:
    out: dict[str, range] = {}
    start = 0
    for n in range(1, len(values) + 1):
        if n == len(values) or values[n] != values[start]:
            out[values[start]] = range(start, n)
            start = n
    return out
