"""From articles to sentences: lines and paragraphs in reading order, cut, placed on the page, and given their speakers."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.contract import DATASETS
from pipeline.rulebook import Rulebook
from pipeline.stages.base import Stage, Tables
from pipeline.stages.sentences.cutting import cut
from pipeline.stages.sentences.rules import FAMILY, SpeechRules
from pipeline.stages.sentences.speakers import speaker_of_byline, speakers
from pipeline.stages.sentences.units import INNER_KINDS, OPENING_KINDS, Unit, units

Ints = npt.NDArray[np.int64]

#: A paragraph that is no more than a numbered heading: 一、总体情况; （二）主要做法; 第三章 附则; 2.3 分行业看.
_NUMBERED_HEADING = re.compile(
    r"(?:第[一二三四五六七八九十百零\d]+[章节篇部分条]+|[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十]{1,3}[)）]|\d{1,2}(?:\.\d{1,2})+)"
    r"\s*[^。！？；，,;]{2,38}\Z"
)


def run(tables: Tables, rulebook: Rulebook) -> dict[str, pa.Table]:
    """Cut the articles of a batch into sentences."""
    articles = tables["articles"]
    rows = _Rows(rulebook["sentences"])
    text_columns = ("article_id", "doc_id", "kind", "text", "headline", "kicker", "byline", "subheads", "captions")
    columns = [articles[name].to_pylist() for name in text_columns]
    lines = _lines_of(articles)
    for n, values in enumerate(zip(*columns, strict=True)):
        rows.add(dict(zip(text_columns, values, strict=True)), lines.get(n, []))
    return {"sentences": DATASETS["sentences"].table(rows.columns(articles))}


def _lines_of(articles: pa.Table) -> dict[int, list[dict[str, Any]]]:
    """The segments that are no body text, by the number of their article."""
    parent, flat = _flat_segments(articles)
    chosen = pc.not_equal(flat.field("kind"), "body")
    out: dict[int, list[dict[str, Any]]] = {}
    for index, segment in zip(parent.filter(chosen).to_pylist(), flat.filter(chosen).to_pylist(), strict=True):
        out.setdefault(index, []).append(segment)
    return out


def _flat_segments(articles: pa.Table) -> tuple[pa.Array, pa.StructArray]:
    column = articles["segments"].combine_chunks()
    if isinstance(column, pa.ChunkedArray):
        column = pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], type=column.type)
    return pc.list_parent_indices(column), pc.list_flatten(column)


class _Rows:
    """The columns of the sentences as they come."""

    def __init__(self, rules: SpeechRules) -> None:
        self._rules = rules
        self._ids: list[str] = []
        # What an article's first, second … sentence has after the article's id: as many as the longest article so far needed.
        self._suffixes: list[str] = []
        self._article_ids: list[str] = []
        self._doc_ids: list[str] = []
        self._ordinals: list[int] = []
        self._kinds: list[str] = []
        self._paragraphs: list[int] = []
        self._sections: list[str | None] = []
        self._starts: list[int | None] = []
        self._ends: list[int | None] = []
        self._texts: list[str] = []
        self._speakers: list[str | None] = []
        # Where a line of a headline, byline … stands on the page, by row; body rows are placed all at once.
        self._line_spans: dict[int, list[tuple[int, int]]] = {}
        # The batch's body texts are thought of as strung together, each article's beginning at its base.
        self._bases: list[int] = []
        self._base_of_row: list[int] = []
        self._next_base = 0

    def add(self, article: dict[str, Any], segments: list[dict[str, Any]]) -> None:
        first = len(self._texts)
        text: str = article["text"]
        self._bases.append(self._next_base)
        lines = units(
            segments,
            {
                "headline": (article["headline"] or "").split(),
                "kicker": (article["kicker"] or "").split(),
                "subhead": article["subheads"] or (),
                "caption": article["captions"] or (),
            },
        )
        for kind in OPENING_KINDS:
            for line in lines.get(kind, ()):
                self._add_line(line, None)
        inner = sorted((line for kind in INNER_KINDS for line in lines.get(kind, ())), key=lambda line: (line.paragraph, line.spans[0][0]))
        self._add_body(article["kind"], article["byline"], text, inner)
        count = len(self._texts) - first
        self._article_ids += [article["article_id"]] * count
        self._doc_ids += [article["doc_id"]] * count
        self._ordinals += range(1, count + 1)
        self._suffixes += [f"-s{ordinal:03d}" for ordinal in range(len(self._suffixes) + 1, count + 1)]
        self._ids += [article["article_id"] + suffix for suffix in self._suffixes[:count]]
        self._base_of_row += [self._next_base] * count
        self._next_base += len(text) + 1

    def _add_body(self, kind: str, byline: str | None, text: str, inner: list[Unit]) -> None:
        section: str | None = None
        bounds: list[tuple[int, int]] = []
        rows: list[int] = []
        at = 0
        waiting = iter(inner)
        line = next(waiting, None)
        for paragraph, body in enumerate(text.split("\n")):
            while line is not None and line.paragraph <= paragraph:
                section = line.text if line.kind == "subhead" else section
                self._add_line(line, section)
                line = next(waiting, None)
            if len(body) < 50 and _NUMBERED_HEADING.match(body):
                section = body
            cuts = cut(body, self._rules.reports)
            rows += range(len(self._texts), len(self._texts) + len(cuts))
            bounds += [(at + start, at + end) for start, end in cuts]
            self._add("body", paragraph, section, [body[start:end] for start, end in cuts])
            at += len(body) + 1
        while line is not None:
            section = line.text if line.kind == "subhead" else section
            self._add_line(line, section)
            line = next(waiting, None)
        speech_of = speaker_of_byline(byline, self._rules) if kind == "speech" and byline else None
        found = [speech_of] * len(rows) if speech_of else speakers(text, bounds, self._rules)
        for row, (start, end), who in zip(rows, bounds, found, strict=True):
            self._starts[row], self._ends[row], self._speakers[row] = start, end, who

    def _add_line(self, line: Unit, section: str | None) -> None:
        self._line_spans[len(self._texts)] = line.spans
        self._add(line.kind, line.paragraph, section, [line.text])

    def _add(self, kind: str, paragraph: int, section: str | None, texts: list[str]) -> None:
        """Sentences of one line or paragraph; where they stand in the body, and who is quoted, is filled in later."""
        count = len(texts)
        self._texts += texts
        self._kinds += [kind] * count
        self._paragraphs += [paragraph] * count
        self._sections += [section] * count
        self._starts += [None] * count
        self._ends += [None] * count
        self._speakers += [None] * count

    def columns(self, articles: pa.Table) -> dict[str, Any]:
        raw_start, raw_end, raw_spans = self._place(articles)
        return {
            "sentence_id": self._ids,
            "article_id": self._article_ids,
            "doc_id": self._doc_ids,
            "ordinal": self._ordinals,
            "kind": self._kinds,
            "paragraph": self._paragraphs,
            "section": self._sections,
            "start": self._starts,
            "end": self._ends,
            "raw_start": raw_start,
            "raw_end": raw_end,
            "raw_spans": raw_spans,
            "text": self._texts,
            "speaker": self._speakers,
        }

    def _place(self, articles: pa.Table) -> tuple[Ints, Ints, list[list[dict[str, int]] | None]]:
        """Raw range of every sentence, and the places of those that were sewn together."""
        raw_start = np.zeros(len(self._texts), dtype=np.int64)
        raw_end = np.zeros(len(self._texts), dtype=np.int64)
        raw_spans: list[list[dict[str, int]] | None] = [None] * len(self._texts)
        body = np.array([row for row, start in enumerate(self._starts) if start is not None], dtype=np.int64)
        if len(body):
            base = np.array(self._base_of_row, dtype=np.int64)[body]
            starts = base + np.array([start for start in self._starts if start is not None], dtype=np.int64)
            ends = base + np.array([end for end in self._ends if end is not None], dtype=np.int64)
            page = _BodyOnPage(articles, np.array(self._bases, dtype=np.int64))
            raw_start[body], raw_end[body], sewn = page.ranges(starts, ends)
            for index, spans in sewn.items():
                row = int(body[index])
                raw_start[row], raw_end[row] = spans[0]
                raw_spans[row] = [{"start": start, "end": end} for start, end in spans]
        for row, spans in self._line_spans.items():
            raw_start[row], raw_end[row] = spans[0]
            if len(spans) > 1:
                raw_spans[row] = [{"start": start, "end": end} for start, end in spans]
        return raw_start, raw_end, raw_spans


class _BodyOnPage:
    """Where the characters of the batch's body texts stand on their pages."""

    def __init__(self, articles: pa.Table, bases: Ints) -> None:
        parent, flat = _flat_segments(articles)
        chosen = pc.equal(flat.field("kind"), "body")
        article = parent.filter(chosen).to_numpy(zero_copy_only=False).astype(np.int64)
        flat = flat.filter(chosen)
        start = flat.field("start").to_numpy(zero_copy_only=False).astype(np.int64) + bases[article]
        order = np.argsort(start, kind="stable")
        self._start = start[order]
        self._raw = flat.field("raw_start").to_numpy(zero_copy_only=False).astype(np.int64)[order]
        sewn = flat.field("sewn").fill_null(False).to_numpy(zero_copy_only=False).astype(np.int64)[order]
        self._jumps = np.cumsum(sewn)

    def ranges(self, starts: Ints, ends: Ints) -> tuple[Ints, Ints, dict[int, list[tuple[int, int]]]]:
        first = np.searchsorted(self._start, starts, side="right") - 1
        last = np.searchsorted(self._start, ends - 1, side="right") - 1
        raw_start = self._raw[first] + starts - self._start[first]
        raw_end = self._raw[last] + ends - self._start[last]
        sewn = {
            int(n): self._spans(int(starts[n]), int(ends[n]), int(first[n]), int(last[n]))
            for n in np.flatnonzero(self._jumps[first] != self._jumps[last])
        }
        return raw_start, raw_end, sewn

    def _spans(self, start: int, end: int, first: int, last: int) -> list[tuple[int, int]]:
        spans: list[tuple[int, int]] = []
        for run in range(first, last + 1):
            begin = max(start, int(self._start[run]))
            stop = min(end, int(self._start[run + 1])) if run < last else end
            shift = int(self._raw[run] - self._start[run])
            if spans and self._jumps[run] == self._jumps[run - 1]:
                spans[-1] = (spans[-1][0], stop + shift)
            else:
                spans.append((begin + shift, stop + shift))
        return spans


STAGE = Stage(
    name="sentences",
    room="pipeline.stages.sentences",
    reads=("articles",),
    writes=("sentences",),
    rules=("sentences",),
    run=run,
    families=(FAMILY,),
    about="Cuts articles into sentences, headings as sections, and says who is quoted.",
)
