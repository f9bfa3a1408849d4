"""Takes the picture of the report that the README shows: `python -m tests.report.screenshot docs/report.png`."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from pipeline.report import write_report
from pipeline.runner import build

PAGES = Path(__file__).parent / "pages"


def take(picture: Path) -> None:
    """Build the pages of the tests, open their report, choose a fact and take a picture."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        outputs = Path(folder)
        build([PAGES], outputs, jobs=1, quiet=True, without=("tokens",))
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.goto(write_report(outputs).index.as_uri())
        page.click("#language")
        page.click("#list .title >> text=qinghe.txt")
        page.click(".rebuilt .mark.facts >> text=86.4亿元")
        page.mouse.move(0, 0)
        page.wait_for_timeout(300)
        page.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    take(Path(sys.argv[1]))
