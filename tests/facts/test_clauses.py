"""Sentences cut into clauses: which are kept, what each holds, and the brackets passed between them."""

from __future__ import annotations

from pipeline.stages.facts.clauses import sentences_of
from pipeline.stages.facts.lexicon import Atom
from pipeline.stages.facts.marks import CUT, FIGURE, TIME, VERB

_SIGNS = "，。（）"


def _atoms(text: str, **words: int) -> list[Atom]:
    """The signs of a text that part clauses, and these words with their marks."""
    signs = [(n, n + 1, CUT, 0) for n, sign in enumerate(text) if sign in _SIGNS]
    return sorted(signs + [(text.index(word), text.index(word) + len(word), mark, 0) for word, mark in words.items()])


def test_a_clause_knows_what_it_holds() -> None:
    text = "去年，新建泵站4座，运行良好。"
    (sentence,) = sentences_of(text, _atoms(text, 去年=TIME, 新建=VERB, **{"4座": FIGURE}), [0], [0])
    assert [text[clause.start : clause.end] for clause in sentence.clauses] == ["去年", "新建泵站4座", "运行良好"]
    assert [clause.marks for clause in sentence.clauses] == [TIME, VERB | FIGURE, 0]
    assert [clause.figures for clause in sentence.clauses] == [[], [1], []]
    assert sentence.marks == TIME | VERB | FIGURE


def test_a_sentence_that_tells_nothing_is_passed_over() -> None:
    text = "新建泵站。去年停工。"
    found = sentences_of(text, _atoms(text, 新建=VERB, 去年=TIME), [0, 5], [0, 1])
    assert [sentence.number for sentence in found] == [1]


def test_a_bracket_that_closes_a_sentence_is_kept_though_nothing_follows_it() -> None:
    text = "受理4件（再审1件）"
    (sentence,) = sentences_of(text, _atoms(text, **{"4件": FIGURE, "1件": FIGURE}), [0], [0])
    assert [clause.brackets for clause in sentence.clauses] == ["", "（", "）"]
    assert sentence.clauses[-1].start == sentence.clauses[-1].end
