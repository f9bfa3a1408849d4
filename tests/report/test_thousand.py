"""A thousand pages: only what is looked at is loaded, and nothing a person does keeps them waiting."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.report.conftest import Opened


@pytest.fixture
def report(opened: Callable[[Path], Opened], thousand_outputs: Path) -> Opened:
    return opened(thousand_outputs)


def size(report: Opened, names: list[str]) -> int:
    return sum((report.index.parent / "data" / name).stat().st_size for name in names)


def test_opening_it_loads_the_list_and_one_page(report: Opened) -> None:
    report.until("zhengbao.list.size() === 1000")
    kinds = {name.split("/")[0] for name in report.loaded()}
    assert kinds == {"summary.js", "pages", "text", "marks"}
    assert sum(name.startswith("marks/") for name in report.loaded()) == 1
    assert size(report, report.loaded()) < 1_500_000
    assert report.index.stat().st_size < 10_000
    assert (report.index.parent / "data" / "summary.js").stat().st_size < 100_000


def test_no_piece_is_large(report: Opened) -> None:
    pieces = list((report.index.parent / "data").rglob("*.js"))
    assert len(pieces) > 30
    assert max(piece.stat().st_size for piece in pieces) < 600_000


def test_a_page_far_down_the_list_opens_at_once(report: Opened) -> None:
    report.until("zhengbao.list.size() === 1000")
    before = len(report.loaded())
    report.page.evaluate("location.hash = zhengbao.list.link(997)")
    report.until("zhengbao.page.current() === 997")
    assert len(report.loaded()) - before <= 2


def test_the_list_is_shown_in_parts(report: Opened) -> None:
    report.until("zhengbao.list.size() === 1000")
    assert report.page.locator("#list .items > li").count() <= 101
    report.page.click("#list .items > li:last-child button")
    assert 150 < report.page.locator("#list .items > li").count() <= 201


def test_search_goes_through_all_of_it(report: Opened, thousand_outputs: Path) -> None:
    report.until("zhengbao.list.size() === 1000")
    report.page.fill("#search", "137-")
    report.page.wait_for_selector("#list .status >> text=2 个页面", timeout=20000)
    report.page.fill("#search", "查无此词")
    report.page.wait_for_selector("#list .status >> text=没有找到", timeout=20000)


def test_a_table_of_all_facts_sorts_and_filters(report: Opened) -> None:
    report.page.click("nav a[data-view='facts']")
    total = report.page.evaluate("zhengbao.summary.rows.facts")
    report.page.wait_for_selector(f"#view-facts .table-status >> text=共 {total:,} 行", timeout=20000)
    assert report.page.locator("#view-facts tbody tr").count() == 100
    report.page.click("#view-facts th[data-name='value'] button")
    report.page.wait_for_selector("#view-facts th[data-name='value'][aria-sort='ascending']", timeout=5000)
    report.page.fill("[aria-label='筛选 数值']", ">1000000000")
    report.until(f"!document.querySelector('#view-facts .table-status').textContent.includes('{total:,}')")
    report.page.click("#view-facts button.on")
    report.page.wait_for_selector("#view-facts .table-status >> text=第 101–200 行")
