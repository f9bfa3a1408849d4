"""Writing a report: the same bytes for the same outputs, in place at once, and never over somebody's files."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.report import NotAReportError, write_report


def content(piece: Path) -> Any:
    """What a piece hands to the page."""
    script = piece.read_text("utf-8")
    found = re.fullmatch(r'zhengbao\.pieces\.put\("([a-z/0-9]+)",(.*)\);\n', script, re.DOTALL)
    assert found
    assert found[1] == piece.relative_to(piece.parents[1] if piece.stem.isdigit() else piece.parent).with_suffix("").as_posix().removeprefix("data/")
    return json.loads(found[2])


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_every_piece_is_one_call_with_json(report_of: Callable[[Path], Path], hostile_outputs: Path) -> None:
    pieces = sorted((report_of(hostile_outputs).parent / "data").rglob("*.js"))
    assert {piece.parent.name for piece in pieces} == {"data", "text", "marks", "facts", "officials", "issues", "panel", "pages"} - {
        name for name in ("officials", "issues", "panel", "facts") if not any(piece.parent.name == name for piece in pieces)
    }
    for piece in pieces:
        assert content(piece)


def test_the_same_outputs_give_the_same_bytes(seeds_outputs: Path, tmp_path: Path) -> None:
    first = write_report(seeds_outputs, tmp_path / "one")
    second = write_report(seeds_outputs, tmp_path / "two")
    assert files(first.index.parent) == files(second.index.parent)
    assert (first.pages, first.files) == (5, len(files(first.index.parent)))


def test_a_report_replaces_a_report_and_nothing_else(seeds_outputs: Path, tmp_path: Path) -> None:
    target = tmp_path / "report"
    index = write_report(seeds_outputs, target).index
    (target / "data" / "stale.js").write_text("old")
    assert write_report(seeds_outputs, target).index == index
    assert not (target / "data" / "stale.js").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["report"]
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(NotAReportError, match="no report"):
        write_report(seeds_outputs, tmp_path / "mine")
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "years of work"


def test_a_folder_without_datasets_is_said_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no datasets there"):
        write_report(tmp_path)


def test_the_command_writes_it_beside_the_datasets(pages_outputs: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["report", str(pages_outputs), "--to", str(tmp_path / "seen")])
    assert result.exit_code == 0, result.output
    assert result.output.startswith("2 pages, ")
    assert content(tmp_path / "seen" / "data" / "summary.js")["indicators"]["grain_area"] == ["粮食播种面积", "Area sown to grain"]


def test_every_digit_is_counted_once(report_of: Callable[[Path], Path], seeds_outputs: Path) -> None:
    summary = content(report_of(seeds_outputs).parent / "data" / "summary.js")
    texts = [text for path in (seeds_outputs / "documents").glob("*.parquet") for text in pq.read_table(path)["text"].to_pylist()]
    assert sum(summary["digits"].values()) == sum(char in "0123456789０１２３４５６７８９" for text in texts for char in text)
    assert summary["digits"]["quantity"] > summary["digits"]["unread"]
    issues = [kind for path in (seeds_outputs / "issues").glob("*.parquet") for kind in pq.read_table(path)["kind"].to_pylist()]
    assert sum(summary["issues"].values()) == len(issues)


def test_an_older_build_without_a_dataset_can_still_be_looked_at(pages_outputs: Path, tmp_path: Path) -> None:
    for name in ("documents", "articles", "sentences"):
        (tmp_path / "outputs" / name).mkdir(parents=True)
        for path in (pages_outputs / name).glob("*.parquet"):
            (tmp_path / "outputs" / name / path.name).write_bytes(path.read_bytes())
    assert write_report(tmp_path / "outputs").pages == 2
