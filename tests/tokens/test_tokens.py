"""Sentences cut into words."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.contract import DATASETS, check
from pipeline.rulebook import load
from pipeline.stages.tokens import FAMILY, STAGE
from pipeline.stages.tokens.language import blank, segmenter
from pipeline.stages.tokens.model import OWN_MODEL, pack, unpack
from pipeline.stages.tokens.segmenter import Joiner, Lexicon, Segmenter
from pipeline.stages.tokens.training import f_score, sentences

RULES = Path(__file__).parents[2] / "rules"
CORPUS_PART = "test.iob2"

TEXTS = [
    "全县新建改建农村公路120.5公里，比上年增长6.8%。",
    "买买提·艾力在No.3车间说：“今年的桃子比去年甜。”",
    "一二三四五，上山打老虎。",
    "３月１５日，ＡＢＣ公司签约１２个项目。",
    "。",
    "路",
    "两  处 空　格",
    "\N{CJK UNIFIED IDEOGRAPH-20BB7}野家开业了",
]


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The project's model as the package itself loads and decodes it."""
    import spacy_pkuseg

    folder = tmp_path_factory.mktemp("model")
    unpack(folder)
    return spacy_pkuseg.pkuseg(str(folder), user_dict="default")


@pytest.fixture(scope="module")
def quick(own: Any) -> Segmenter:
    return Segmenter(own)


@pytest.fixture(scope="module")
def with_lexicon(own: Any) -> Segmenter:
    return Segmenter(own, ["农村公路", "上年"])


@pytest.mark.parametrize("text", TEXTS)
def test_words_are_those_of_the_package(own: Any, quick: Segmenter, text: str) -> None:
    assert quick.cut(text) == own.cut(text)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="全县新建农村公路试验区一体化比上年增长1.5%，。·AＢ３ 的", max_size=40))
def test_words_make_up_the_text_and_agree_with_the_package(own: Any, quick: Segmenter, with_lexicon: Segmenter, text: str) -> None:
    assert "".join(with_lexicon.cut(text)) == "".join(text.split())
    assert quick.cut(text) == own.cut(text)


def test_the_longest_word_of_the_lexicon_is_cut_out() -> None:
    lexicon = Lexicon(["甲乙丙", "甲乙丙丁戊", "己庚辛"])
    assert lexicon.solve("子甲乙丙丁己庚辛") == (["子", "甲乙丙", "丁", "己庚辛"], [False, True, False, True], [""] * 4)


def test_short_words_are_joined_not_forced(own: Any) -> None:
    joiner = Joiner(["亩均"], own.postprocesser)
    assert joiner(["按", "亩", "均", "论英雄"]) == ["按", "亩均", "论英雄"]
    assert joiner(["一亩", "均价"]) == ["一亩", "均价"]


def test_names_of_the_lexicon_are_words() -> None:
    nlp = blank(["河西新城管委会"])
    assert "河西新城管委会" in [token.text for token in nlp("昨天河西新城管委会开会。")]


def test_spacy_gives_the_words_the_stage_gives() -> None:
    nlp = blank()
    for text in TEXTS:
        assert [token.text for token in nlp(text) if not token.is_space] == segmenter(nlp).cut(text)


def test_a_pipeline_with_the_segmenter_survives_the_disk(tmp_path: Path) -> None:
    import spacy

    nlp = blank(["河西新城管委会"])
    nlp.to_disk(tmp_path / "nlp")
    again = spacy.load(tmp_path / "nlp")
    text = "昨天河西新城管委会开会，决定修路。"
    assert [token.text for token in again(text)] == [token.text for token in nlp(text)]


def test_a_model_of_the_users_own(tmp_path: Path) -> None:
    unpack(tmp_path)
    assert [token.text for token in blank(model=tmp_path)(TEXTS[0])] == [token.text for token in blank()(TEXTS[0])]
    with pytest.raises(FileNotFoundError):
        blank(model=tmp_path / "missing")


def test_packing_keeps_the_model(own: Any, tmp_path: Path) -> None:
    unpack(tmp_path)
    pack(tmp_path, tmp_path / "again.npz", least_weight=0.0)
    (tmp_path / "folder").mkdir()
    unpack(tmp_path / "folder", tmp_path / "again.npz")
    again = segmenter(blank(model=tmp_path / "folder"))
    assert [again.cut(text) for text in TEXTS] == [own.cut(text) for text in TEXTS]


def test_the_model_is_small() -> None:
    assert OWN_MODEL.stat().st_size < 3_000_000


def test_the_stage(tmp_path: Path) -> None:
    rows = {
        "sentence_id": ["d-a01-s001", "d-a01-s002"],
        "article_id": ["d-a01"] * 2,
        "doc_id": ["d"] * 2,
        "ordinal": [1, 2],
        "kind": ["body"] * 2,
        "paragraph": [0, 0],
        "raw_start": [0, 9],
        "raw_end": [9, 20],
        "text": ["营商环境越来越好。", "乡村振兴 全面推进。"],
    }
    tables = STAGE.run({"sentences": DATASETS["sentences"].table(rows)}, load(RULES, [FAMILY]))
    check(DATASETS["tokens"], tables["tokens"])
    words = tables["tokens"]["words"].to_pylist()
    assert ["".join(row) for row in words] == ["营商环境越来越好。", "乡村振兴全面推进。"]
    assert words[0][0] == "营商环境" and words[1][0] == "乡村振兴"


def test_spacy_is_not_loaded_before_the_stage_runs() -> None:
    code = "import sys, pipeline.stages.tokens; sys.exit('spacy' in sys.modules or 'spacy_pkuseg' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=RULES.parent).returncode == 0


def test_f_on_sentences_it_has_not_seen(own: Any, shared: Path) -> None:
    part = shared / "corpora" / "uner-gsdsimp" / CORPUS_PART
    if not part.exists():
        pytest.skip("the corpus is not here")
    import spacy_pkuseg

    bare = Segmenter(own)
    bare.postprocesser = spacy_pkuseg.Postprocesser(None, None)  # the corpus cuts words shorter than the package's dictionary joins them
    assert f_score(list(sentences(part)), bare.cut) >= 0.93
