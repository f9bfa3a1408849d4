"""Nothing that a page or its name says can run as code in the report."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.report.encoding import as_json, as_script
from tests.report.conftest import HOSTILE, HOSTILE_NAME, Opened


@pytest.mark.parametrize("text", ["</script><script>hacked=1</script>", "<!--", "]]>", "a\u2028b\u2029c", "&lt;", '"});hacked=1;({"', "\\u003c"])
def test_json_in_a_script_cannot_end_it(text: str) -> None:
    written = as_script("text/0000", as_json({"words": [text]}))
    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written[written.index(",") + 1 : written.rindex(")")]) == {"words": [text]}


def test_a_hostile_page_is_shown_and_does_not_run(opened: Callable[[Path], Opened], hostile_outputs: Path) -> None:
    report = opened(hostile_outputs)
    assert report.texts("#list .title") == [HOSTILE_NAME]
    assert report.page.locator(".rawtext").evaluate("element => element.textContent") == HOSTILE
    for language in range(2):
        for view in ("facts", "officials", "issues", "charts", "pages"):
            report.page.click(f"nav a[data-view='{view}']")
            report.page.wait_for_timeout(150)
        for ref in report.page.locator(".rebuilt .mark").all()[:8]:
            ref.click()
            ref.hover()
        report.page.fill("#search", "<svg onload")
        report.page.wait_for_selector("#list .places mark")
        report.page.fill("#search", "")
        report.page.click("#language")
        assert report.page.evaluate("typeof hacked") == "undefined", language
    assert report.page.locator("#main script, #main img, #main iframe, #main svg[onload]").count() == 0


ADDRESSES = (
    "pages/__proto__",
    "pages/<img src=x onerror=hacked=1>",
    "constructor",
    "pages/x/facts/9999",
    "%E0%A4%A",
    "facts/__proto__/x",
    "facts/text/%E0",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_hostile_address_opens_nothing_else(opened: Callable[[Path], Opened], hostile_outputs: Path, address: str) -> None:
    report = opened(hostile_outputs)
    report.go(f"#/{address}")
    report.page.wait_for_timeout(200)
    assert report.page.evaluate("typeof hacked") == "undefined"
    assert report.page.is_visible("nav")


def test_the_browser_is_told_to_refuse_markup_code_and_network(opened: Callable[[Path], Opened], hostile_outputs: Path) -> None:
    report = opened(hostile_outputs)
    attempts = {
        "document.body.insertAdjacentHTML('beforeend', '<b>x</b>')": "TypeError",
        "new Function('hacked=1')()": "EvalError",
        "(document.createElement('script').src = 'data/other.js')": "TypeError",
        "fetch('data/summary.js')": "TypeError",
    }
    for attempt, refusal in attempts.items():
        # Later, so that it runs as the page's own code does and not with the rights of the test.
        tried = f"try {{ await {attempt}; done('done'); }} catch (error) {{ done(error.name); }}"
        assert report.page.evaluate(f"new Promise(done => setTimeout(async () => {{ {tried} }}))") == refusal, attempt
    report.complaints.clear()
    policy = report.page.get_attribute("meta[http-equiv='Content-Security-Policy']", "content")
    assert "default-src 'none'" in policy
    assert "connect-src 'none'" in policy
    assert "unsafe" not in policy
