"""A few pages, and the whole pipeline over them in small batches: what the tests do harm to."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.runner import Summary, build

#: Small batches, so that a build of a few pages has many steps.
BATCH_BYTES = 800

_NAMES = ("王小明", "李秀英", "张建国", "陈志强")
_TOWNS = ("大安街道", "三教镇", "板桥镇", "红炉镇")
_LINES = (
    "{town}今年种下果树{a}亩，总产值达到{b}.{c}万元，同比增长{c}.5%。",
    "区委书记{name}到{town}看望村民。他说：“路要修好，账要算清。”",
    "截至6月底，{town}完成投资{b}亿元，占年度计划的{a}.{c}%。",
    "“今年收入有{b}万元。”{town}村民{name}说，比上年多了{c}成。",
    "会议任命{name}为区水利局局长，免去其副局长职务。",
)


def write_pages(folder: Path, n: int, seed: int = 3) -> Path:
    """Pages of a local newspaper, all different."""
    draw = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    for k in range(n):
        said = (
            draw.choice(_LINES).format(
                town=draw.choice(_TOWNS), name=draw.choice(_NAMES), a=draw.randint(2, 90), b=draw.randint(100, 990), c=draw.randint(1, 9)
            )
            for _ in range(draw.randint(3, 9))
        )
        (folder / f"page{k:03d}.txt").write_text("\n\n".join([f"永川报 2023年7月{k % 28 + 1}日", f"第{k}号村里的事", *said]), "utf-8")
    (folder / "manifest.csv").write_text(
        "file,publication,issue_date,place_code\n" + "".join(f"page{k:03d}.txt,,2023-07-{k % 28 + 1:02d},500118\n" for k in range(n)), "utf-8"
    )
    return folder


@pytest.fixture()
def pages(tmp_path: Path) -> Path:
    return write_pages(tmp_path / "pages", 9)


@pytest.fixture()
def run(pages: Path, tmp_path: Path) -> Callable[..., Summary]:
    """Builds the pages into `out` with every stage but `tokens`; keyword arguments override."""

    def go(output: Path | None = None, **options: object) -> Summary:
        settings = {"jobs": 1, "batch_bytes": BATCH_BYTES, "quiet": True, "without": ("tokens",), **options}
        return build([pages], output or tmp_path / "out", **settings)  # type: ignore[arg-type]

    return go
