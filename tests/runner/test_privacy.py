"""Private persons are named in no output when they are to be hidden, and every offset still holds."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from pipeline.contract import DATASETS
from pipeline.runner import build

PAGE = """合川区开展春耕

本报讯（记者 林小芸）4月2日，合川区委书记高志远来到钱塘镇。村民罗大
山告诉记者，今年他家种了20亩水稻。

“苗情很好。”村民罗大山说。高志远强调，要抓好田间管理。
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("private") / "pages"
    folder.mkdir()
    (folder / "page.txt").write_text(PAGE, "utf-8")
    return folder


def words(outputs: Path) -> str:
    """All that the outputs say, line breaks aside."""
    frames = [pd.read_parquet(outputs / name) for name in DATASETS if any((outputs / name).glob("*.parquet"))]
    cells = (cell.tolist() if hasattr(cell, "tolist") else cell for frame in frames for cell in frame.to_numpy().ravel())
    return "".join(str(cell) for cell in cells).replace("\\n", "").replace("\n", "")


@pytest.mark.parametrize("mode", ["mask", "drop"])
def test_no_output_names_a_private_person(pages: Path, tmp_path: Path, mode: str) -> None:
    kept, hidden = tmp_path / "kept", tmp_path / "hidden"
    build([pages], kept, jobs=1, quiet=True, without=("tokens",))
    build([pages], hidden, jobs=1, quiet=True, without=("tokens",), private_persons=mode)  # type: ignore[arg-type]
    assert "罗大山" in words(kept)
    assert "罗大山" not in words(hidden)
    assert {"高志远", "林小芸"} <= set(pd.read_parquet(hidden / "people").person)
    people = pd.read_parquet(hidden / "people")
    assert (people.role == "other").any() == (mode == "mask")
    for row in pd.read_parquet(hidden / "quantities").itertuples():
        raw = pd.read_parquet(hidden / "documents").text.item()
        assert raw[row.raw_start : row.raw_end] == row.text


def test_the_setting_is_part_of_what_a_build_depends_on(pages: Path, tmp_path: Path) -> None:
    settings = {"jobs": 1, "quiet": True, "without": ("tokens",)}
    out = tmp_path / "out"
    for mode, rebuilt in (("keep", 1), ("mask", 1), ("mask", 0), ("keep", 1)):
        assert build([pages], out, private_persons=mode, **settings).rebuilt == rebuilt  # type: ignore[arg-type]
    assert "罗大山" in words(out)
