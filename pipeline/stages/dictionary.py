"""The dictionary that comes with spacy-pkuseg, for stages that ask whether some characters are a word."""

from __future__ import annotations

import pickle
from functools import cache
from importlib import resources

#: The longest words that are kept.
LONGEST = 4


@cache
def words() -> frozenset[str]:
    """The words of two to four characters."""
    stored = resources.files("spacy_pkuseg") / "dicts" / "default.pkl"
    return frozenset(word for word in pickle.loads(stored.read_bytes()).split("\n") if 2 <= len(word) <= LONGEST)
