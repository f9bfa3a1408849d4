"""The time a page takes is in proportion to its length, whatever it is made of."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pyarrow as pa
import pytest

from pipeline.ingest import Source, pages_table
from pipeline.rulebook import Rulebook
from pipeline.runner.plan import Plan
from pipeline.runner.stepping import run_stages
from pipeline.stages import rules_folder

_SENTENCE = "三教镇今年种下果树{n}亩，产值达到{n}.5万元，同比增长{n}%。"


def _cells(n: int) -> str:
    return " | ".join(map(str, range(n)))


def _wrapped(n: int) -> str:
    text = _SENTENCE.format(n=1000 + n) * 2
    return "\n".join(text[at : at + 20] for at in range(0, len(text), 20))


#: Pages of n of something; each once took time that grew with the square of n, or looked as if it might.
SHAPES: dict[str, Callable[[int], str]] = {
    "one paragraph": lambda n: "".join(_SENTENCE.format(n=k) for k in range(n // 4)),
    "one sentence": lambda n: "".join(_SENTENCE.format(n=k) for k in range(n // 4)).replace("。", "，"),
    "short lines": lambda n: "\n".join(f"{k}号" for k in range(n)),
    "names": lambda n: "出席会议的有" + "、".join(("王小明", "李志强", "张建国")[k % 3] for k in range(n)) + "。",
    "posts with names": lambda n: "区委书记王小明、" * (n // 4),
    "rows of a table": lambda n: "| 指标 | 本年 | 增长 |\n|---|---|---|\n" + "\n".join(f"| 产值{k} | {k} | {k % 30}% |" for k in range(n // 4)),
    "one row": lambda n: f"| 指标 | {_cells(n)} |\n|{'---|' * n}\n| 产值 | {_cells(n)} |",
    "dotted names": lambda n: "阿·" * n,
    "signs between digits": lambda n: "2023/5/3-" * (n // 2),
    "an enumeration": lambda n: "产值、" * n + "分别增长" + "3%、" * n + "。",
    "spaced characters": lambda n: "三 教 镇 修 路 " * (n // 5),
    "open quotations": lambda n: "王小明说：“好。\n" * n,
    "words for here": lambda n: "全市第3，" * n,
    "dates": lambda n: "".join(f"20{k % 20 + 10}年5月{k % 28 + 1}日、" for k in range(n)),
    "foreign posts": lambda n: "老挝外交部部长说，" * (n // 4),
    "wrapped lines": lambda n: "\n".join(_wrapped(k) for k in range(n)),
    "items of news": lambda n: "\n\n".join(f"●近日，{_SENTENCE.format(n=k)}村民们说，今年的收成比往年都好。（王小明）" for k in range(n // 8)),
    "notices": lambda n: "\n\n".join(f"关于第{k}号地块的公示\n\n{_SENTENCE.format(n=k)}\n\n永川区水利局" for k in range(n // 8)),
    "figures of one sentence": lambda n: "产值3亿元，增长5%，" * (n // 4),
}


@cache
def plan() -> tuple[Plan, Rulebook]:
    plan = Plan(Path(), rules_folder(), without=("tokens",))
    return plan, plan.rulebook()


def seconds(text: str) -> float:
    """Processor time of all stages: a busy machine changes little."""
    chosen, rulebook = plan()
    pages: pa.Table = pages_table([Source("page.txt", text.encode(), "txt")])[0]
    began = time.process_time()
    run_stages(pages, chosen.chosen(), rulebook)
    return time.process_time() - began


@pytest.mark.timing
@pytest.mark.parametrize("shape", SHAPES)
def test_four_times_the_page_takes_about_four_times_as_long(shape: str) -> None:
    make, n = SHAPES[shape], 1_000
    seconds(make(20))
    short = seconds(make(n))
    while short < 0.1 and n < 16_000:
        n *= 2
        short = seconds(make(n))
    # In proportion it is 4, with the square 16; the two halves of that are equally far.
    assert seconds(make(4 * n)) < 8 * max(short, 0.05)
