"""What speaks for a seam: ordinary language, counting, and that everyone has one partner at most."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline.stages.articles import opengram
from pipeline.stages.articles.evidence import counting
from pipeline.stages.articles.matching import shares
from pipeline.stages.articles.phrases import MODEL, cohesion


@pytest.mark.parametrize(
    ("before", "after", "instead"),
    [
        ("小组长从布袋里拿出手", "机，给老人拍了照", "合作社理事长"),
        ("他们一边走一", "边说，不觉天黑了", "老师手把手地"),
        ("从天不亮一直忙到", "晚上，没有人喊累", "羊毛卖了好价"),
        ("孩子们围着他，问个没完没", "了，他也不恼", "鱼苗放进了水"),
    ],
)
def test_what_goes_together_in_ordinary_language(before: str, after: str, instead: str) -> None:
    assert cohesion(before, after) > max(0.0, cohesion(before, instead) + 1.0)


def test_what_no_word_of_the_model_is_tells_nothing() -> None:
    assert abs(cohesion("ξψω", "ωψξ")) < 1.0
    assert isinstance(cohesion("", ""), float)


def test_the_model_is_small_and_says_where_from() -> None:
    assert MODEL.stat().st_size < 600_000
    assert MODEL.name in (MODEL.parent / "NOTICE.md").read_text("utf-8")


def test_counting() -> None:
    assert counting("一是修路。二是架桥，", "方便出行。三是通水。") > 0
    assert counting("一是修路。二是架桥，", "组长说，一是种树。") < 0
    assert counting("全县修路架桥，", "组长说，一是种树。") == 0


def test_a_pair_is_sure_when_neither_side_has_another() -> None:
    free = {7: 0.0, 8: 0.0}
    sure = shares({(1, 7): 3.0, (1, 8): -3.0, (2, 8): 3.0, (2, 7): -3.0}, -3.0, free)
    assert sure[1, 7] > 0.9 and sure[2, 8] > 0.9 and sure[1, 8] < 0.05
    # Both want the same line: neither is sure of it, but the one that has nothing else is surer.
    torn = shares({(1, 7): 3.0, (2, 7): 3.0, (2, 8): 3.0}, -3.0, free)
    assert torn[1, 7] > 0.6 > torn[2, 7] and torn[2, 8] > 0.6
    even = shares({(1, 7): 3.0, (1, 8): 3.0}, -3.0, free)
    assert even[1, 7] == pytest.approx(even[1, 8]) and even[1, 7] < 0.6
    # A line that may well begin by itself is no sure partner of one that may well end there.
    assert shares({(1, 7): 3.0}, 3.0, {7: 3.0})[1, 7] < 0.5
    assert shares({}, -3.0, {}) == {}


def test_a_language_model_is_compressed_to_what_tells_most(tmp_path: Path) -> None:
    names = [*("" for _ in range(70)), "，", "。", "山羊", "吃草", "的"]
    sizes, ends = [0, 6, 4], np.zeros(1 << 16, "<f4")
    ends[:5] = (0.5, 0.1, 0.05, 0.8, 1e-6)
    retreats = np.ones(1 << 14, "<f4")
    # A word, its chance, and where its pairs begin; the last entry only says where they end.
    single = [(70, 0, 0), (71, 0, 0), (72, 1, 0), (73, 2, 2), (74, 0, 3), (0, 4, 3)]
    double = [(73, 3, 0), (74, 1, 0), (71, 3, 0), (0, 4, 0)]
    nodes = [(word, chance | first << 16, 0) for word, chance, first in (*single, *double)]
    head = np.array([3, 0, *sizes, 0], "<u4")
    (tmp_path / "lm_sc.t3g").write_bytes(b"".join([head.tobytes(), ends.tobytes(), retreats.tobytes(), np.array(nodes, "<u4").tobytes()]))
    text = "\0".join([*names, ""]).encode("utf-32-le")
    (tmp_path / "pydict_sc.bin").write_bytes(np.array([len(names), 0, 12], "<u4").tobytes() + text)
    counts = opengram.read(tmp_path)
    assert [counts.words[n] for n in counts.first] == ["山羊", "山羊", "吃草"]
    made = tmp_path / "phrases.npz"
    assert opengram.compress(counts, made, words=5) == 1  # 山羊|的 and 吃草|。 are no likelier than chance
    with np.load(made) as stored:
        assert stored["words"].tobytes().decode().split("\n") == ["，", "。", "的", "山羊", "吃草"]
        assert stored["pairs"].tolist() == [0, 0, 0, 1, 0] and stored["low"].tolist() == [4] and stored["gain"].tolist() == [3]
