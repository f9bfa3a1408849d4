"""The recognisers in spaCy."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import pipeline
from pipeline.language.components import FACTORIES, part_tokens

TEXT = "3月1日，永川区区长王小明在重庆市北碚区介绍，全区投入12.7亿元，同比增长6.8%。川渝两地签约。"


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline.load(home="500118", date="2023-07-25")


@pytest.fixture(scope="module")
def doc(nlp: Language) -> Doc:
    return nlp(TEXT)


def test_every_factory_is_registered() -> None:
    assert all(Language.has_factory(name) for name in (*FACTORIES, "zhengbao_statistical"))


def test_entities_carry_what_the_datasets_say(doc: Doc) -> None:
    found = {entity.text: entity for entity in doc.ents}
    assert (found["北碚区"].label_, found["北碚区"]._.code) == ("GPE", "500109")
    assert found["全区"]._.code == "500118" and found["全区"]._.deictic
    assert found["王小明"].label_ == "PERSON" and found["王小明"]._.role == "official"
    assert found["王小明"]._.title == "永川区区长"
    assert (found["12.7亿元"].label_, found["12.7亿元"]._.value, found["12.7亿元"]._.unit) == ("MONEY", 1.27e9, "CNY")
    assert found["3月1日"].label_ == "DATE" and found["3月1日"]._.start_date == "2023-03-01"
    assert all(entity._.rule_id for entity in doc.ents)


def test_spans_hold_everything_found(doc: Doc) -> None:
    assert {"places", "people", "officials", "times", "quantities", "facts"} <= set(doc.spans)
    assert "永川区" in [span.text for span in doc.spans["places"] if span._.nested]
    both = next(span for span in doc.spans["places"] if span.text == "川渝")
    assert sorted(row["code"] for row in both._.rows) == ["500000", "510000"]


def test_a_document_is_drawn_and_kept(doc: Doc, nlp: Language) -> None:
    assert "PERSON" in displacy.render(doc, style="ent", jupyter=False)
    again = next(DocBin(docs=[doc], store_user_data=True).get_docs(nlp.vocab))
    assert [(entity.text, entity._.code) for entity in again.ents] == [(entity.text, entity._.code) for entity in doc.ents]


def test_many_texts_give_what_each_gives(nlp: Language) -> None:
    texts = [TEXT, "", "没有什么。", TEXT, "北碚区\r\n永川区"]
    assert [[entity.text for entity in doc.ents] for doc in nlp.pipe(texts)] == [[entity.text for entity in nlp(text).ents] for text in texts]


def test_a_text_says_its_own_date_and_home(nlp: Language) -> None:
    doc = nlp.make_doc("3月1日，全区投入5亿元。")
    doc._.issue_date, doc._.home = "2020-04-01", "500109"
    doc = nlp(doc)
    found = {entity.text: entity for entity in doc.ents}
    assert found["3月1日"]._.start_date == "2020-03-01" and found["全区"]._.code == "500109"


def test_one_recogniser_alone_runs_only_what_it_needs() -> None:
    nlp = pipeline.load(components=["zhengbao_places"])
    doc = nlp("重庆市北碚区投入5亿元。")
    assert [entity.label_ for entity in doc.ents] == ["GPE", "GPE"]
    assert set(doc.spans) == {"places"} and not doc.user_data.get("zhengbao")


def test_an_unknown_setting_is_named() -> None:
    with pytest.raises(ValueError, match=r"ner\.modle"):
        pipeline.load({"ner": {"modle": "x"}})


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="路 灯\n王a1。", max_size=20), st.lists(st.integers(0, 20), max_size=5))
def test_parting_tokens_keeps_the_text_and_makes_every_offset_a_bound(text: str, offsets: list[int]) -> None:
    doc = spacy.blank("zh")(text)
    if len(doc) > 2:
        with doc.retokenize() as retokenizer:
            retokenizer.merge(doc[0 : len(doc) // 2])
    part_tokens(doc, offsets)
    assert doc.text == text
    bounds = {token.idx for token in doc}
    words = [offset for offset in offsets if offset < len(text) and not text[offset].isspace() and not text[offset - 1 : offset].isspace()]
    assert bounds.issuperset(words)
