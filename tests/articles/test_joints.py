"""The model of seams: what goes on with what, and that it can be learnt anew."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline.stages.articles import training
from pipeline.stages.articles.joints import MODEL, begins_inside, continues


@pytest.mark.parametrize(
    ("before", "after", "instead"),
    [
        ("全区规模以上工业企业实现利", "润十二亿元", "近年来，全区"),
        ("深入推进乡村振兴战", "略，加快农业", "会议强调，要"),
        ("新增高新技术企", "业三十家", "同时，还将"),
        ("不断提高人民群众的获得", "感、幸福感", "下一步，将"),
    ],
)
def test_a_word_cut_in_two_goes_on(before: str, after: str, instead: str) -> None:
    assert continues(before, after) > max(0.0, continues(before, instead) + 1.0)


@pytest.mark.parametrize("inside", ["润十二亿元，同比", "略。加快农业现代", "个，其中重点项目", "的生态环境，把"])
@pytest.mark.parametrize("first", ["全县各级各部门要", "在石桥镇的茶园里", "我们要把项目建好"])
def test_a_line_that_begins_in_mid_sentence(inside: str, first: str) -> None:
    assert begins_inside(inside) > 2.0 > begins_inside(first)


def test_short_and_empty_sides_are_no_trouble() -> None:
    assert isinstance(continues("", ""), float)
    assert isinstance(continues("县", "城"), float)


def test_the_weights_are_small() -> None:
    assert MODEL.stat().st_size < 1_000_000
    assert (MODEL.parent / "NOTICE.md").is_file()


def test_learning_writes_a_model_that_is_the_same_every_time(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    line = "全县第{}个乡镇的粮食总产量稳步提高，农民收入持续增长，村容村貌明显改善，各项社会事业全面进步，群众的日子越过越好。"
    lines = [line.format(n) for n in range(60)]
    (corpus / "a.md").write_text("\n\n".join(["一、农业生产稳中有进", *lines]), "utf-8")
    made = [training.train(*training.corpus(corpus), target=tmp_path / f"{n}.npz", epochs=1) for n in (1, 2)]
    assert made[0] == made[1] and all(model.pairs > 100 for model in made[0])
    with np.load(tmp_path / "1.npz") as one, np.load(tmp_path / "2.npz") as two:
        assert all((one[name] == two[name]).all() for name in one.files)
