"""The report in a real browser: what a person does with it, with a mouse and with keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipeline.runner import build
from tests.report.conftest import Opened

Open = Callable[[Path], Opened]
#: What each row's marks read together in a pane, by layer and row.
MARKED = """pane => {
  const said = {};
  for (const piece of document.querySelectorAll(`.${pane} .mark`))
    for (const ref of piece.dataset.refs.split(" ")) said[ref] = (said[ref] || "") + piece.textContent;
  return said;
}"""
LAYERS = ("facts", "quantities", "times", "people", "officials", "places", "issues")


def rows(outputs: Path, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [row for path in sorted((outputs / name).glob("*.parquet")) for row in pq.read_table(path).to_pylist()]
    return found


def of_page(outputs: Path, name: str, path: str) -> list[dict[str, Any]]:
    doc_id = next(row["doc_id"] for row in rows(outputs, "documents") if row["path"] == path)
    return [row for row in rows(outputs, name) if row["doc_id"] == doc_id]


def bare(text: str) -> str:
    return "".join(text.split())


def test_the_list_shows_every_page_and_its_articles(opened: Open, pages_outputs: Path) -> None:
    report = opened(pages_outputs)
    assert sorted(report.texts("#list .title")) == ["qinghe.txt", "qingshui.txt"]
    report.page.click("#list .title >> text=qingshui.txt")
    report.page.wait_for_selector("#list .current .title >> text=qingshui.txt")
    assert report.texts("#list .articles a") == report.texts("article h3") == ["清水镇办好民生实事", "镇里修路忙"]


def test_the_raw_page_is_shown_as_it_is(opened: Open, pages_outputs: Path) -> None:
    report = opened(pages_outputs)
    for document in rows(pages_outputs, "documents"):
        report.go(f"#/pages/{document['doc_id']}")
        report.page.wait_for_selector(f"#page h2 >> text={document['path']}")
        assert report.page.locator(".rawtext").evaluate("element => element.textContent") == document["text"]


@pytest.mark.parametrize("corpus", ["pages_outputs", "seeds_outputs"])
def test_every_row_is_marked_at_exactly_its_characters(opened: Open, request: pytest.FixtureRequest, corpus: str) -> None:
    outputs: Path = request.getfixturevalue(corpus)
    report = opened(outputs)
    for document in rows(outputs, "documents"):
        report.go(f"#/pages/{document['doc_id']}")
        report.page.wait_for_selector(f"#page h2 >> text={document['path']}")
        marked = {pane: report.page.evaluate(MARKED, pane) for pane in ("raw", "rebuilt")}
        for name in LAYERS:
            for n, row in enumerate(row for row in rows(outputs, name) if row["doc_id"] == document["doc_id"]):
                assert marked["raw"].pop(f"{name}:{n}", "") == raw_of(document["text"], row)
                stands = row["sentence_id"] and row["start"] is not None
                assert marked["rebuilt"].pop(f"{name}:{n}", "") == (row["text"] if stands else "")
        assert marked == {"raw": {}, "rebuilt": {}}, "nothing else is marked"


def raw_of(text: str, row: dict[str, Any]) -> str:
    spans = [(span["start"], span["end"]) for span in row.get("raw_spans") or ()] or [(row["raw_start"], row["raw_end"])]
    return "".join(text[start:end] for start, end in spans if start is not None)


def test_a_click_on_a_fact_shows_its_row_and_its_place_on_the_page(opened: Open, pages_outputs: Path) -> None:
    report = opened(pages_outputs)
    document = next(row for row in rows(pages_outputs, "documents") if row["path"] == "qinghe.txt")
    fact = next(row for row in of_page(pages_outputs, "facts", "qinghe.txt") if row["text"] == "86.4亿元")
    report.go(f"#/pages/{document['doc_id']}")
    report.page.wait_for_selector("#page h2 >> text=qinghe.txt")
    report.page.click(".rebuilt .mark.facts >> text=86.4亿元")
    assert "".join(report.texts(".raw .mark.selected")) == document["text"][fact["raw_start"] : fact["raw_end"]] == "86.4亿元"
    assert "".join(report.texts(".rebuilt .mark.selected")) == "86.4亿元"
    assert "".join(report.texts(".raw .mark.related")) == "7.2%", "the change of the fact is pointed at too"
    assert report.page.locator(".raw .mark.selected").is_visible()
    shown = dict(zip(report.texts("#detail dt"), report.texts("#detail dd"), strict=True))
    assert shown["规则"] == fact["rule_id"]
    assert (shown["数值"], shown["单位"], shown["指标"]) == ("8,640,000,000", "CNY", fact["indicator"])
    assert shown["期末"] == fact["period_end"].isoformat()
    named = {*shown, *report.texts("#detail .empty")[0].removeprefix("空列：").split("、")}
    assert len(named) == len(fact), "every column is shown or said to be empty"


def test_hovering_a_mention_says_what_it_is(opened: Open, pages_outputs: Path) -> None:
    report = opened(pages_outputs)
    report.page.hover(".raw .mark.quantities >> text=86.4亿元")
    assert "86.4亿元" in report.texts("#tip")[0]
    assert "quantities/" in report.texts("#tip")[0]


def test_search_finds_headlines_paths_and_full_text(opened: Open, pages_outputs: Path) -> None:
    report = opened(pages_outputs)
    pages = {"民生实事": "qingshui.txt", "qinghe": "qinghe.txt", "农村公路４８公里": "qingshui.txt", "民间投资增长": "qinghe.txt"}
    for words, found in pages.items():
        report.page.fill("#search", words)
        report.page.wait_for_selector("#list .status >> text=1 个页面")
        assert report.texts("#list .title") == [found]
    report.page.click("#list .places a")
    report.page.wait_for_selector(".rebuilt .mark.selected")
    assert "".join(report.texts(".rebuilt .mark.found.selected")) == "民间投资增长", "found over a paragraph's cut"
    report.page.fill("#search", "查无此词")
    report.page.wait_for_selector("#list .status >> text=没有找到")


def test_tables_sort_and_filter_and_lead_back_to_the_text(opened: Open, pages_outputs: Path) -> None:
    report = opened(pages_outputs)
    facts = rows(pages_outputs, "facts")
    report.page.click("nav >> text=数据")
    report.page.wait_for_selector("#view-facts tbody tr")
    assert len(report.texts("#view-facts tbody tr")) == len(facts)
    report.page.fill("[aria-label='筛选 变化']", "<0")
    report.page.wait_for_selector("#view-facts .table-status >> text=共 1 行")
    assert bare(report.texts("#view-facts tbody tr td.number .change")[0]) == "↓3.5%"
    report.page.click("#view-facts >> text=清除筛选")
    report.page.click("#view-facts th[data-name='value'] button")
    report.page.click("#view-facts th[data-name='value'] button")
    assert report.page.get_attribute("#view-facts th[data-name='value']", "aria-sort") == "descending"
    largest = max((row for row in facts if row["value"] is not None), key=lambda row: row["value"])
    assert report.texts("#view-facts tbody th")[0] == largest["indicator"]
    report.page.click("#view-facts tbody tr >> nth=0")
    report.page.wait_for_selector(".raw .mark.selected")
    assert bare("".join(report.texts(".raw .mark.selected"))) == largest["text"]
    report.page.go_back()
    report.page.wait_for_selector("#view-facts:not([hidden])")
    assert report.page.get_attribute("#view-facts th[data-name='value']", "aria-sort") == "descending", "the table is as it was left"


def test_officials_are_shown_by_body(opened: Open, pages_outputs: Path) -> None:
    report = opened(pages_outputs)
    report.page.click("nav >> text=任职")
    report.page.wait_for_selector("#view-officials tbody tr")
    report.page.click("#view-officials >> text=按机构")
    bodies = {bare(text) for text in report.texts("#view-officials .body-card")}
    for row in rows(pages_outputs, "officials"):
        assert any((row["organisation"] or "") in body and row["person"] in body and row["post"] in body for body in bodies)


def test_charts_say_the_numbers_of_the_datasets(opened: Open, pages_outputs: Path) -> None:
    report = opened(pages_outputs)
    report.page.click("nav >> text=图表")
    report.page.wait_for_selector(".card.bodies svg")
    panel = rows(pages_outputs, "panel")
    (period, _), *_ = Counter(row["period_end"] for row in panel).most_common()
    growths = [f"{row['change_value']:+g}%" for row in panel if row["period_end"] == period and row["change_value"] is not None]
    assert len(growths) > 3
    assert sorted(filter(None, report.texts(".card.series svg .value"))) == sorted(growths)
    facts = rows(pages_outputs, "facts")
    assert f"实绩 {sum(row['modality'] == 'actual' for row in facts)}" in report.texts(".card.facts .legend li")
    digits = sum(char.isascii() and char.isdigit() for row in rows(pages_outputs, "documents") for char in row["text"])
    assert sum(int(text.split(" · ")[0].replace(",", "")) for text in report.texts(".card.digits svg .value")) == digits
    assert report.texts(".card.series .numbers table"), "the numbers can be read as a table"
    known = next(row for row in facts if row["indicator_id"])
    report.page.locator(".card.facts .bar-link text").filter(has_text=known["indicator_id"]).first.click()
    report.page.wait_for_selector("#view-facts .table-status >> text=共 1 行")
    assert report.texts("#view-facts tbody th") == [known["indicator"]], "a bar leads to the rows behind it"


def test_it_can_be_used_with_keys_alone(opened: Open, pages_outputs: Path) -> None:
    report = opened(pages_outputs)
    keys = report.page.keyboard
    keys.press("/")
    assert report.page.evaluate("document.activeElement.id") == "search"
    for _ in range(60):
        keys.press("Tab")
        if report.page.evaluate("Boolean(document.activeElement.closest('.rebuilt .mark'))"):
            break
    first = report.page.evaluate("document.activeElement.textContent")
    keys.press("ArrowRight")
    second = report.page.evaluate("document.activeElement.textContent")
    assert report.texts(".rebuilt .mark.begins")[:2] == [first, second]
    keys.press("ArrowLeft")
    assert report.page.evaluate("document.activeElement.textContent") == first
    keys.press("Enter")
    report.page.wait_for_selector("#detail:not([hidden])")
    assert "".join(report.texts(".rebuilt .mark.selected")).startswith(first)
    keys.press("Escape")
    assert not report.page.is_visible("#detail")
    assert report.page.evaluate("Boolean(document.activeElement.closest('.rebuilt .mark'))"), "the focus is where it was"
    report.go("#/facts")
    report.page.wait_for_selector("#view-facts tbody tr")
    report.page.focus("#view-facts th[data-name='indicator'] button")
    keys.press("Enter")
    assert report.page.get_attribute("#view-facts th[data-name='indicator']", "aria-sort") == "ascending"


def test_everything_that_acts_has_a_name(opened: Open, pages_outputs: Path) -> None:
    report = opened(pages_outputs)
    for view in ("pages", "facts", "officials", "issues", "charts"):
        report.page.click(f"nav a[data-view='{view}']")
        report.page.wait_for_timeout(150)
        nameless = report.page.evaluate(
            "[...document.querySelectorAll('button, a, input, select, [role=button]')].filter(element => !element.textContent.trim()"
            " && !element.getAttribute('aria-label') && !(element.labels && element.labels.length)).map(element => element.outerHTML)"
        )
        assert nameless == []


def test_the_labels_are_in_two_languages(opened: Open, pages_outputs: Path) -> None:
    report = opened(pages_outputs)
    report.page.click("#language")
    assert [bare(text).rstrip("0123456789") for text in report.texts("nav a")] == ["Pages", "Facts", "Officials", "Issues", "Charts"]
    assert report.page.get_attribute("html", "lang") == "en"
    report.page.click("nav >> text=Charts")
    report.page.wait_for_selector("text=Indicators by place and period")
    report.page.click("#language")
    report.page.wait_for_selector("text=指标：地区与时期")


def test_layers_can_be_hidden(opened: Open, pages_outputs: Path) -> None:
    report = opened(pages_outputs)
    colour = "getComputedStyle(document.querySelector('.rebuilt .mark.quantities')).backgroundColor"
    before = report.page.evaluate(colour)
    report.page.click(".toggle.quantities")
    report.until(f"{colour} !== '{before}'")


def test_a_page_that_could_not_be_read_is_listed_with_the_reason(opened: Open, tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "broken.pdf").write_bytes(b"%PDF-1.7 nothing more")
    build([tmp_path / "pages"], tmp_path / "outputs", jobs=1, quiet=True, without=("tokens",))
    report = opened(tmp_path / "outputs")
    assert report.texts("#list .about") == ["未能读取"]
    (document,) = rows(tmp_path / "outputs", "documents")
    assert report.texts("#page .warning") == document["warnings"]
    for view in ("facts", "officials", "issues", "charts"):
        report.page.click(f"nav a[data-view='{view}']")
        report.page.wait_for_timeout(100)
    assert report.page.is_visible(".card.series >> text=还没有可比的指标")
