"""What the README shows is so: its commands and snippets run, its rows are in the outputs, its scores are reached."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from pipeline.access import open_outputs
from tests.snippets import commands, run_python, run_zhengbao

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")


@pytest.fixture()
def desk(seeds_outputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the seeds and their outputs, where a reader of the README sits."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    shutil.copytree(seeds_outputs, tmp_path / "outputs")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_everything_shown_runs_in_order(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said, languages = "", []
    for prose, language, text in re.findall(r"(.*?)^```(\w+)\n(.*?)^```$", README, re.DOTALL | re.MULTILINE):
        languages.append(language)
        if language == "shell":
            said = "".join(run(program, arguments) for program, *arguments in commands(text))
        elif language == "python":
            run_python(text)
            assert capsys.readouterr().out.strip()
        elif language == "output":
            assert [line for line in text.splitlines() if line not in said] == [], said
        else:
            file = desk / re.findall(r"`([\w/.-]+\.\w+)`", prose)[-1]
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, "utf-8")
    assert {"shell", "python", "output", "text", "csv"} <= set(languages)
    assert languages.count("python") == 3


def run(program: str, arguments: list[str]) -> str:
    """`zhengbao` as a reader runs it; of `make`, which sets a machine up, only that the target is there."""
    if program == "make":
        return subprocess.run(["make", "--dry-run", *arguments], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert program == "zhengbao"
    return run_zhengbao(arguments)


def table(after: str) -> list[list[str]]:
    """The rows of the first table after some words."""
    rows = re.search(r"\n\|.*?\n\n", README.partition(after)[2], re.DOTALL)
    assert rows
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in rows[0].strip().splitlines()[2:]]


def test_the_rows_shown_are_in_the_outputs(seeds_outputs: Path) -> None:
    facts = open_outputs(seeds_outputs).facts()
    found = {
        (
            *(fact["place"], fact["subject_code"], fact["indicator"], f"{fact['value']:.15g}", fact["unit"]),
            *(f"{fact['change_value']:g} {fact['change_unit']} {fact['change_direction']}", fact["change_basis"]),
            *(f"{fact['period_start']:%Y-%m-%d}", f"{fact['period_end']:%Y-%m-%d}", f"{fact['raw_start']}–{fact['raw_end']}"),
        )
        for _, fact in facts.dropna(subset=["period_start", "period_end"]).iterrows()
    }
    shown = [tuple(row) for row in table("Rows of `facts`")]
    assert len(shown) == 3
    assert [row for row in shown if row not in found] == []


def test_no_score_is_claimed_that_is_not_reached() -> None:
    floors = json.loads((ROOT / "tests" / "floors" / "seeds.json").read_text("utf-8"))
    shown = dict(table("## Scores and limits"))
    assert len(shown) > 8
    assert {name: float(score) for name, score in shown.items() if float(score) > floors[name]} == {}


def test_every_link_leads_somewhere() -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in link]
    assert [link for link in links if not (ROOT / link).exists()] == []
