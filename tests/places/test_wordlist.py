"""The list of short words: it holds what it was given, and nothing else."""

from __future__ import annotations

import pickle
from itertools import product

from pipeline.stages.places.wordlist import WordList


def test_it_holds_its_words_and_no_others() -> None:
    words = {"中坝", "中堡", "上坝", "上", "中坝上", "下坝下", "中上坝"}
    kept = pickle.loads(pickle.dumps(WordList(words)))
    asked = ["".join(chars) for length in range(4) for chars in product("上中下坝堡", repeat=length)]
    assert {word for word in asked if word in kept} == words
    assert len(kept) == len(words)


def test_an_empty_list_holds_nothing() -> None:
    assert "坝" not in WordList() and len(WordList()) == 0
