"""The context stage: what the manifest says stays, what it leaves out is read from the page or stays null."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pipeline.rulebook import load
from pipeline.runner.memory import run_in_memory, text_source
from pipeline.stages import families, load_stages, rules_folder

STAGES = load_stages([f"pipeline.stages.{room}" for room in ("articles", "sentences", "context")])


def document(text: str, **stated: str) -> dict[str, Any]:
    rulebook = load(rules_folder(), families(STAGES))
    row: dict[str, Any] = run_in_memory([text_source("page.txt", text, **stated)], STAGES, rulebook)["documents"].to_pylist()[0]
    return row


def test_what_the_manifest_says_stays() -> None:
    row = document("合川区召开会议\n全区干部参加。\n", date="2020-05-01", place_code="500118")
    assert (row["place_code"], row["issue_date"]) == ("500118", dt.date(2020, 5, 1))
    assert row["issue_date_method"] == "manifest"


def test_a_report_gives_its_place_and_day() -> None:
    row = document("政府工作报告\n\n——2024年1月8日在绍兴市第九届人民代表大会第四次会议上\n\n各位代表：\n\n现在，我向大会报告工作。全市经济平稳。\n")
    assert (row["place_code"], row["place_code_method"]) == ("330600", "text")
    assert row["issue_date"] == dt.date(2024, 1, 8)


def test_what_a_page_does_not_say_stays_null() -> None:
    row = document("春天来了，花儿开了。\n")
    assert (row["place_code"], row["issue_date"]) == (None, None)
    assert (row["place_code_method"], row["issue_date_method"]) == ("none", "none")
    assert row["format"] is not None
