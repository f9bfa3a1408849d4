"""The dictionary that comes with spacy-pkuseg, for stages that ask whether some characters are a word."""

from __future__ import annotations

import pickle
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

#: The longest words that are kept.
LONGEST = 4


@cache
def words() -> frozenset[str]:
    """The words of two to four characters."""
    # Where the package lies is enough: importing it takes longer than reading its dictionary.
    package = find_spec("spacy_pkuseg")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("the dictionary of spacy-pkuseg is not installed")
    stored = Path(package.submodule_search_locations[0]) / "dicts" / "default.pkl"
    return frozenset(re.findall(f"^.{{2,{LONGEST}}}$", pickle.loads(stored.read_bytes()), re.MULTILINE))
