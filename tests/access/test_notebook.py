"""The notebook runs from top to bottom on the seeds, shows what it says, and its chart's labels render."""

from __future__ import annotations

import ast
import json
import warnings
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

NOTEBOOK = Path(__file__).resolve().parents[2] / "notebooks" / "explore.ipynb"


def cells() -> list[dict[str, Any]]:
    return [cell for cell in json.loads(NOTEBOOK.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]


def run(source: str, names: dict[str, Any]) -> Any:
    """A cell's last expression, as a notebook would show it."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<cell>", "exec"), names)
    return eval(compile(ast.Expression(last.value), "<cell>", "eval"), names) if isinstance(last, ast.Expr) else None


@pytest.fixture(scope="module")
def executed(seeds_outputs: Path) -> tuple[dict[str, Any], list[Any], list[str]]:
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("agg")
    names: dict[str, Any] = {"__name__": "__main__"}
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        patch.chdir(seeds_outputs.parent)
        shown = [run("".join(cell["source"]), names) for cell in cells()]
    return names, shown, [str(warning.message) for warning in caught]


def test_every_table_it_shows_has_rows(executed: tuple[dict[str, Any], list[Any], list[str]]) -> None:
    names, shown, _ = executed
    tables = [one for one in shown if isinstance(one, (pd.DataFrame, pd.Series))]
    assert len(tables) >= 6
    assert all(len(table) for table in tables)
    assert not names["wide"].empty


def test_the_labels_of_the_chart_render(executed: tuple[dict[str, Any], list[Any], list[str]]) -> None:
    names, _, warned = executed
    assert len(names["shown"]) > 2
    assert not [message for message in warned if "Glyph" in message or "missing from" in message]
    labels = [label.get_text() for label in names["axes"].get_yticklabels()]
    assert any("\u4e00" <= char <= "\u9fff" for label in labels for char in label) == (names["font"] is not None)


def test_it_is_kept_without_outputs() -> None:
    assert all(not cell["outputs"] and cell["execution_count"] is None for cell in cells())
