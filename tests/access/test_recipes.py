"""Every recipe of `docs/reading.md` runs as it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.snippets import Block, blocks, commands, run_python, run_zhengbao

ROOT = Path(__file__).resolve().parents[2]
RECIPES = blocks(ROOT / "docs" / "reading.md")


def test_the_page_has_recipes_in_both_languages() -> None:
    assert {block.language for block in RECIPES} == {"python", "shell"}


@pytest.mark.parametrize("block", RECIPES, ids=lambda block: block.text.splitlines()[0][:40])
def test_a_recipe_runs(block: Block, seeds_outputs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(seeds_outputs.parent)
    if block.language == "python":
        run_python(block.text)
        assert capsys.readouterr().out.strip()
        return
    for program, *arguments in commands(block.text):
        assert program == "zhengbao"
        assert run_zhengbao(arguments).strip()
