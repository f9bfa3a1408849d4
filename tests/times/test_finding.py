"""Where an expression may begin: whatever the rules can read must be looked at."""

from __future__ import annotations

import random
import re

import pytest

from pipeline.stages.figures.times import TimeRules

#: Pieces that texts are put together of: what opens, joins and closes expressions, and what only looks so.
_SAID = (
    "从 自 到 截至 截止 以来 至今 之前 “ ” 、 — - 至 和 年 月 日 号 个 前 后 初 底 末 上 下 半 周 星期 季度 一 二 三 四 五 六 七 八 九 十 两 几 多 "
    "0 1 2 3 10 12 15 31 45 90 100 1542 2023 2030 21 世纪 年代 十四五 规划 春节 国庆 中秋 正月 初一 农历 今年 去年 全年 全市 当前 目前 前期 近日 "
    "过去 未来 同期 早上 8时 8:30 2023.7.24 2023-07-24 的 在 了 ， 。 x A 龘 ☆ 😀"
)


def _texts() -> list[str]:
    chance, pieces = random.Random(7), [*_SAID.split(), " "]
    return ["".join(chance.choice(pieces) for _ in range(chance.randrange(1, 9))) for _ in range(20_000)]


def _begins(text: str, rules: TimeRules) -> set[int]:
    """Where an expression can be read; inside a run of digits only the last four count."""
    runs = {at: match.end() for match in re.finditer("[0-9]+", text) for at in range(match.start() + 1, match.end())}
    return {at for at in range(len(text)) if (at not in runs or at == runs[at] - 4) and rules.whole.match(text, at) is not None}


def test_no_expression_is_passed_over(rules: TimeRules) -> None:
    texts = _texts()
    read = 0
    for text in texts:
        begins = _begins(text, rules)
        read += len(begins)
        assert begins <= set(rules.beginnings.of(text)), text
    assert read > 5_000


def test_common_words_are_passed_over(rules: TimeRules) -> None:
    assert rules.beginnings.of("全市开工国家级新项目15亿元，入库大学生5000人。") == []


@pytest.mark.parametrize("text", ["", "年", "5", "2023", " ", "一" * 4, "5 ", "\ud800年底", "😀2023年"])
def test_texts_that_end_early_are_read_to_their_end(text: str, rules: TimeRules) -> None:
    assert _begins(text, rules) <= set(rules.beginnings.of(text))
