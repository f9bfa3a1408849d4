"""The stage as the build runs it: tables in, tables out."""

from __future__ import annotations

from pipeline.contract import DATASETS, check
from pipeline.rulebook import Rulebook
from pipeline.stages.articles import STAGE

PAGE = """云溪报 2022年5月18日 星期三 第2版

县城新添两座立交

本报讯（记者 田小雨）昨日，记者从县住建局获悉，县城东西两头的立交年底前通车，沿线小区的居民出

行将更加方便。
"""


def run(rulebook: Rulebook, *pages: tuple[str, str, str]) -> dict[str, list[dict[str, object]]]:
    table = DATASETS["documents"].table(
        {
            "doc_id": [doc for doc, _, _ in pages],
            "path": [doc for doc, _, _ in pages],
            "sha256": [doc for doc, _, _ in pages],
            "n_chars": [len(text) for _, text, _ in pages],
            "text": [text for _, text, _ in pages],
            "status": [status for _, _, status in pages],
        }
    )
    made = STAGE.run({"pages": table}, rulebook)
    for name, rows in made.items():
        check(DATASETS[name], rows)
    return {name: rows.to_pylist() for name, rows in made.items()}


def test_rows_keep_to_the_contract(rulebook: Rulebook) -> None:
    made = run(rulebook, ("d1", PAGE, "ok"), ("d2", PAGE, "ok"))
    first, second = made["articles"]
    assert first["article_id"] == "d1-a01" and second["article_id"] == "d2-a01"
    assert first["headline"] == "县城新添两座立交"
    assert first["reporters"] == ["田小雨"]
    assert str(first["text"]).endswith("居民出行将更加方便。")
    assert {segment["kind"] for segment in first["segments"]} == {"headline", "byline", "body"}  # type: ignore[attr-defined]
    assert [row["text"] for row in made["issues"] if row["doc_id"] == "d1"] == ["云溪报 2022年5月18日 星期三 第2版"]


def test_a_page_that_could_not_be_read_has_no_articles(rulebook: Rulebook) -> None:
    made = run(rulebook, ("d1", "", "quarantined"), ("d2", "", "ok"), ("d3", " \n ", "ok"))
    assert made["articles"] == [] and made["issues"] == []


def test_no_pages(rulebook: Rulebook) -> None:
    assert run(rulebook)["articles"] == []
