"""Articles in, sentences out: order, sections, places on the page."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from pipeline.contract import DATASETS, check
from pipeline.rulebook import Rulebook
from pipeline.stages.scan import Scan
from pipeline.stages.sentences import STAGE

PAGE = """河西新闻
河西修路 百姓
点赞

记者 王小明

4月2日,河西镇的路修好
图为新路。王小明 摄
了。灯也亮了。
二、通水
水通了。
"""


def segment(kind: str, raw: str, paragraph: int, text: str | None = None, *, start: int | None = None, sewn: bool = False) -> dict[str, Any]:
    raw_start = PAGE.index(raw)
    return {
        "kind": kind,
        "paragraph": paragraph,
        "start": start,
        "end": None if start is None else start + len(raw),
        "raw_start": raw_start,
        "raw_end": raw_start + len(raw),
        "text": None if start is not None else (text or raw),
        "sewn": sewn,
    }


def articles() -> pa.Table:
    first = "4月2日,河西镇的路修好"
    text = first + "了。灯也亮了。\n水通了。"
    row = {
        "article_id": "d-a01",
        "doc_id": "d",
        "ordinal": 1,
        "kind": "news",
        "headline": "河西修路 百姓点赞",
        "kicker": "河西新闻",
        "byline": "记者 王小明",
        "subheads": ["二、通水"],
        "captions": ["图为新路。王小明 摄"],
        "text": text,
        "segments": [
            segment("kicker", "河西新闻", 0),
            segment("headline", "河西修路", 0),
            segment("headline", "百姓\n点赞"[:2], 0),
            segment("headline", "点赞", 0),
            segment("byline", "记者 王小明", 0),
            segment("body", first, 0, start=0),
            segment("caption", "图为新路。王小明 摄", 1),
            segment("body", "了。灯也亮了。", 0, start=len(first), sewn=True),
            segment("subhead", "二、通水", 1),
            segment("body", "水通了。", 1, start=len(text) - 4),
        ],
    }
    return DATASETS["articles"].table({name: [value] for name, value in row.items()})


def documents() -> pa.Table:
    row = {"doc_id": "d", "path": "d.txt", "sha256": "0", "n_chars": len(PAGE), "text": PAGE, "status": "ok"}
    return DATASETS["documents"].table({name: [value] for name, value in row.items()})


def test_lines_and_paragraphs_come_in_reading_order(rulebook: Rulebook) -> None:
    table = STAGE.run({"articles": articles()}, rulebook)["sentences"]
    check(DATASETS["sentences"], table)
    rows = table.to_pylist()
    assert [(row["kind"], row["text"]) for row in rows] == [
        ("headline", "河西修路"),
        ("headline", "百姓点赞"),
        ("kicker", "河西新闻"),
        ("byline", "记者 王小明"),
        ("body", "4月2日,河西镇的路修好了。"),
        ("body", "灯也亮了。"),
        ("caption", "图为新路。王小明 摄"),
        ("subhead", "二、通水"),
        ("body", "水通了。"),
    ]
    assert [row["section"] for row in rows[-3:]] == [None, "二、通水", "二、通水"]
    assert [row["sentence_id"] for row in rows] == [f"d-a01-s{n:03d}" for n in range(1, 10)]


def test_every_sentence_is_found_on_the_page(rulebook: Rulebook) -> None:
    for row in STAGE.run({"articles": articles()}, rulebook)["sentences"].to_pylist():
        spans = row["raw_spans"] or [{"start": row["raw_start"], "end": row["raw_end"]}]
        assert "".join(PAGE[span["start"] : span["end"]].replace("\n", "") for span in spans) == row["text"]
        assert (row["raw_start"], row["raw_end"]) == (spans[0]["start"], spans[0]["end"])


def test_a_scan_of_the_sentences_leads_back_to_the_page(rulebook: Rulebook) -> None:
    sentences = STAGE.run({"articles": articles()}, rulebook)["sentences"]
    scan = Scan(documents(), articles(), sentences)
    for word in ("修路", "点赞", "河西新闻", "王小明", "4月2日", "灯也亮", "通水", "水通了"):
        at = scan.text.index(word)
        common = scan.common([at], [at + len(word)], ["rule"])
        assert PAGE[common["raw_start"][0] : common["raw_end"][0]] == word


def test_numbered_headings_in_the_text_are_sections(rulebook: Rulebook) -> None:
    text = "一、总体情况\n路修好了。\n（二）主要做法\n灯也亮了。"
    row = {"article_id": "d-a01", "doc_id": "d", "ordinal": 1, "kind": "brief", "text": text}
    body = [{"kind": "body", "paragraph": 0, "start": 0, "end": len(text), "raw_start": 0, "raw_end": len(text), "text": None, "sewn": False}]
    table = DATASETS["articles"].table({name: [value] for name, value in {**row, "segments": body}.items()})
    rows = STAGE.run({"articles": table}, rulebook)["sentences"].to_pylist()
    assert [row["section"] for row in rows] == ["一、总体情况", "一、总体情况", "（二）主要做法", "（二）主要做法"]


def test_no_articles_no_sentences(rulebook: Rulebook) -> None:
    assert STAGE.run({"articles": DATASETS["articles"].empty()}, rulebook)["sentences"].num_rows == 0
