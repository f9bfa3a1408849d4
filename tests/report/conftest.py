"""Reports of small pages of our own, of hostile ones and of a thousand, and a real browser to open them in."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from pipeline.report import write_report
from pipeline.runner import build

#: Two pages of our own: a character outside the basic plane before the figures, paragraphs cut in two, officials, a decline.
PAGES = Path(__file__).parent / "pages"
HOSTILE_NAME = "<img src=x onerror=hacked=1>&amp;'\"`${hacked=1}`.txt"
HOSTILE = """

<script>hacked=1</script>青河县公告</title><img src=x onerror=hacked=1>

本报讯(记者 林晓梅)</script><script>hacked=1</script>全县新增企业57家,增长7.2%\u2028;hacked=1//\u2029。<svg onload=hacked=1>javascript:hacked=1

全县粮食播种面积63.6万亩。\\"});hacked=1;({"&lt;b&gt; __proto__ constructor

县委书记周立民<iframe srcdoc="<script>parent.hacked=1</script>"></iframe>参加会议。
"""
_IDS = frozenset({"doc_id", "article_id", "sentence_id", "quantity_id", "change_quantity_id", "fact_id"})


@pytest.fixture(scope="session")
def pages_outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two pages of our own, built."""
    return _built(PAGES, tmp_path_factory)


@pytest.fixture(scope="session")
def hostile_outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page whose name, headline and text try to run as code."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / HOSTILE_NAME).write_text(HOSTILE, "utf-8")
    return _built(folder, tmp_path_factory)


@pytest.fixture(scope="session")
def thousand_outputs(pages_outputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two pages five hundred times under other ids, in ten batches."""
    folder = tmp_path_factory.mktemp("thousand")
    for dataset in sorted(path for path in pages_outputs.iterdir() if path.is_dir() and not path.name.startswith(".")):
        (folder / dataset.name).mkdir()
        for path in dataset.glob("*.parquet"):
            table = pq.read_table(path)
            if dataset.name == "panel":
                pq.write_table(table, folder / "panel" / path.name)
                continue
            for batch in range(10):
                copies = [_copy(table, batch * 50 + n) for n in range(50)]
                pq.write_table(pa.concat_tables(copies), folder / dataset.name / f"batch-{batch}.parquet")
    return folder


def _built(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("built")
    build([folder], output, jobs=1, quiet=True, without=("tokens",))
    return output


def _copy(table: pa.Table, number: int) -> pa.Table:
    for n, field_ in enumerate(table.schema):
        if field_.name in _IDS:
            table = table.set_column(n, field_, pc.replace_substring_regex(table.column(n), "^....", f"{number:04x}"))
        elif field_.name == "path":
            table = table.set_column(n, field_, pc.binary_join_element_wise(f"{number:03d}", table.column(n), "-"))
    return table


@pytest.fixture(scope="session")
def report_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """The report of an output folder, written once."""
    written: dict[Path, Path] = {}

    def report(outputs: Path) -> Path:
        if outputs not in written:
            written[outputs] = write_report(outputs, tmp_path_factory.mktemp("report") / "report").index
        return written[outputs]

    return report


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A headless Chromium; tests that need one are skipped where there is none."""
    playwright = pytest.importorskip("playwright.sync_api")
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
    path = os.environ.get("ZHENGBAO_CHROMIUM") or next((found for name in names if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("no Chromium is installed")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


@dataclass
class Opened:
    """A report open in the browser, with everything it asked for and complained of."""

    page: Any
    index: Path
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def go(self, address: str) -> None:
        """Follow a link inside the report."""
        self.page.evaluate("address => { location.hash = address; }", address)

    def texts(self, selector: str) -> list[str]:
        """The text of every element that fits."""
        found: list[str] = self.page.locator(selector).all_text_contents()
        return found

    def until(self, expression: str, seconds: float = 10) -> None:
        """Wait until something holds; asked from outside, for the page refuses to be asked in words."""
        end = time.monotonic() + seconds
        while not self.page.evaluate(expression):
            assert time.monotonic() < end, expression
            self.page.wait_for_timeout(30)

    def loaded(self) -> list[str]:
        """The pieces of data that were asked for."""
        return [address.split("/data/")[1] for address in self.asked if "/data/" in address]


@pytest.fixture
def opened(chromium: Any, report_of: Callable[[Path], Path]) -> Iterator[Callable[[Path], Opened]]:
    """Opens the report of an output folder; whatever it does, it may complain of nothing and reach for no network."""
    made: list[Opened] = []

    def open_(outputs: Path) -> Opened:
        context = chromium.new_context(viewport={"width": 1366, "height": 768}, offline=True)
        report = Opened(context.new_page(), report_of(outputs))
        made.append(report)
        report.page.on("request", lambda request: report.asked.append(request.url))
        report.page.on("requestfailed", lambda request: report.complaints.append(f"failed {request.url}"))
        report.page.on("pageerror", lambda error: report.complaints.append(str(error)))
        report.page.on("console", lambda message: report.complaints.append(message.text) if message.type in ("error", "warning") else None)
        report.page.goto(report.index.as_uri())
        report.page.wait_for_selector(".panes")
        return report

    yield open_
    for report in made:
        report.page.context.close()
        assert report.complaints == []
        assert [address for address in report.asked if not address.startswith(("file:", "data:", "blob:"))] == []
