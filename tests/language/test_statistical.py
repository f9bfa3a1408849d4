"""A statistical tagger beside the rules."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Span

import pipeline.language  # noqa: F401 - registers the factories
from pipeline.language.training import tagged_sentences, train

NAMES = ["杨柳", "何塘", "石桥", "白杏", "田野", "江帆", "高岗", "方舟"]
FIRMS = ["东风公司", "南山大学", "西湖公司", "北站医院"]


def corpus(names: list[str]) -> str:
    """Sentences in which a person joins a factory, in the columns of IOB2."""
    lines: list[str] = []
    for n, name in enumerate(names):
        lines += [f"# sent_id = {n}"]
        words = [(name, "B-PER"), ("昨天", "O"), ("加入", "O"), (FIRMS[n % 4][:2], "B-ORG"), (FIRMS[n % 4][2:], "I-ORG"), ("。", "O")]
        lines += [f"{number}\t{word}\t{tag}\t-\t-" for number, (word, tag) in enumerate(words, 1)] + [""]
    return "\n".join(lines)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    for part in ("train", "dev", "test"):
        (folder / f"{part}.iob2").write_text(corpus(NAMES * (6 if part == "train" else 1)), "utf-8")
    trained = train(folder, folder / "model", epochs=20)
    assert trained.f_score > 0.9 and set(trained.f_by_label) == {"PER", "ORG"}
    return trained.path


def test_sentences_are_read_with_their_entities(tmp_path: Path) -> None:
    (tmp_path / "part.iob2").write_text(corpus(NAMES[:1]), "utf-8")
    assert list(tagged_sentences(tmp_path / "part.iob2")) == [("杨柳昨天加入东风公司。", [(0, 2, "PER"), (6, 10, "ORG")])]


def with_rules(text_of_rule: str, label: str, model: Path) -> Language:
    """A pipeline in which a rule finds one text before the tagger is asked."""
    nlp = spacy.blank("zh")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": label, "pattern": text_of_rule}])  # type: ignore[attr-defined]
    nlp.add_pipe("zhengbao_statistical", config={"model": str(model)})
    return nlp


def test_what_the_tagger_finds_is_added_with_its_source(model: Path) -> None:
    doc = with_rules("昨天", "DATE", model)("杨柳昨天加入东风公司。")
    assert [(entity.text, entity.label_) for entity in doc.ents] == [("杨柳", "PERSON"), ("昨天", "DATE"), ("东风公司", "ORG")]
    assert [span._.rule_id for span in doc.ents] == ["ner/zh_zhengbao_ner", None, "ner/zh_zhengbao_ner"]
    assert [span.text for span in doc.spans["statistical"]] == ["杨柳", "东风公司"]


def test_rules_have_the_first_word(model: Path) -> None:
    doc = with_rules("加入东风", "PLACE", model)("杨柳昨天加入东风公司。")
    assert [entity.text for entity in doc.ents] == ["杨柳", "加入东风"]


def test_tokens_that_cross_a_name_are_parted(model: Path) -> None:
    nlp = with_rules("无", "X", model)
    doc = nlp.make_doc("杨柳昨天加入东风公司。")
    with doc.retokenize() as retokenizer:
        retokenizer.merge(doc[1:4])
    doc = nlp(doc)
    assert [entity.text for entity in doc.ents] == ["杨柳", "东风公司"]
    assert isinstance(doc.ents[0], Span) and doc.text == "杨柳昨天加入东风公司。"


def test_what_is_no_tagger_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no spaCy pipeline"):
        spacy.blank("zh").add_pipe("zhengbao_statistical", config={"model": str(tmp_path / "missing")})
    spacy.blank("zh").to_disk(tmp_path / "blank")
    with pytest.raises(ValueError, match="no component 'ner'"):
        spacy.blank("zh").add_pipe("zhengbao_statistical", config={"model": str(tmp_path / "blank")})
