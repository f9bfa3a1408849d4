"""A small corpus, toy stages and toy rules: the runner is tested without any of the real stages."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.runner import Summary, build

STAGES = ("tests.toy.pages", "tests.toy.marks", "tests.toy.words")

RULE = """\
family: marks
kind: marks
rules:
  - id: {id}
    about: A mark that ends a stretch.
    mark: "{mark}"
    examples:
      - text: 春耕开始了{mark}农户忙起来{mark}
    counterexamples:
      - text: 没有停顿
"""


@pytest.fixture()
def rules(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    (folder / "marks").mkdir(parents=True)
    (folder / "marks" / "stops.yaml").write_text(RULE.format(id="stop", mark="。"), "utf-8")
    return folder


@pytest.fixture()
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    write_pages(folder, 60)
    return folder


def write_pages(folder: Path, n: int, seed: int = 7) -> None:
    """Pages that all differ, of some kilobytes each, in a few folders."""
    draw = random.Random(seed)
    words = ("水库", "新修", "道路", "完工", "村民", "收入", "增加", "学校", "开学", "疑问", "会议", "召开")
    for k in range(n):
        path = folder / f"d{k % 4}" / f"page{k:04d}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = ["".join(draw.choice(words) + draw.choice(("", "", "。")) for _ in range(40)) for _ in range(draw.randint(2, 12))]
        path.write_text("\n\n".join([f"第{k}页", *lines]), "utf-8")


@pytest.fixture()
def run(rules: Path, pages: Path, tmp_path: Path) -> Callable[..., Summary]:
    """Builds the toy corpus into `out`; keyword arguments override."""

    def go(output: Path | None = None, **options: object) -> Summary:
        settings = {"rules": rules, "jobs": 1, "batch_bytes": 8_000, "quiet": True, "stages": STAGES, "without": ("panel",), **options}
        return build([pages], output or tmp_path / "out", **settings)  # type: ignore[arg-type]

    return go


def snapshot(output: Path) -> dict[str, bytes]:
    """Every Parquet file of an output folder, by its path."""
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in sorted(output.glob("*/*.parquet"))}
