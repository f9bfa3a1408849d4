"""Words of a list are found wherever a text has them, as a plain search finds them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.stages.people.arrays import encode
from pipeline.stages.people.wordlist import WordList

LETTERS = st.text("甲乙丙", max_size=12)


@given(st.frozensets(st.text("甲乙丙", min_size=1, max_size=6), max_size=8), LETTERS)
def test_every_place_of_a_word_is_found(words: frozenset[str], text: str) -> None:
    starts, ends = WordList(words).find(text, encode(text))
    found = list(zip(starts.tolist(), ends.tolist(), strict=True))
    spans = {(start, end) for start in range(len(text)) for end in range(start + 2, len(text) + 1)}
    assert set(found) == {(start, end) for start, end in spans if text[start:end] in words}
    assert len(set(found)) == len(found) and starts.tolist() == sorted(starts.tolist())


def test_no_word_reaches_beyond_the_text() -> None:
    text = "总书记"
    starts, ends = WordList(["书记", "书记员"]).find(text, encode(text))
    assert (starts.tolist(), ends.tolist()) == ([1], [3])
