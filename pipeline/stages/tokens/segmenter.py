"""The words of a text, as a spacy-pkuseg model cuts them, at several times the speed of the package's own decoder.

The package looks up some sixty features a character by putting their names together as strings, most of which no model
has. Here the features of a whole text are looked up column by column, the dictionary words that features speak of are
found with one automaton, and only those that occur are paired. Scores, decoding and words are the same, as a test says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise, repeat
from typing import Any

import numpy as np
import numpy.typing as npt
from ahocorasick_rs import AhoCorasick, MatchKind
from spacy_pkuseg import Postprocesser, Preprocesser, TrieNode, pkuseg
from spacy_pkuseg.feature_extractor import FeatureExtractor
from spacy_pkuseg.inference import run_viterbi

Floats = npt.NDArray[np.float64]

#: Words at least this long are cut out before the model is asked; shorter ones only join what the model parted.
FORCED = 3
#: The longest run of words that the dictionary joins, as in the package.
LONGEST_JOIN = 7

#: The feature every character has: the package names it by its number.
BIAS = 0
#: The feature templates of one character and of two, by the offset of what they look at.
_SINGLE = {"c": 0, "c-1": -1, "c1": 1, "c-2": -2, "c2": 2}
_DOUBLE = {"c-1c": -1, "cc1": 0, "c-2c-1": -2}
_SINGLE_NAME = re.compile(r"(c(?:-?[12])?)\.(.+)\Z", re.S)
_DOUBLE_NAME = re.compile(r"(c-1c|cc1|c-2c-1)\.(.+)\.(.+)\Z", re.S)
_WORD_NAME = re.compile(r"(w-1|w1)\.(.+)\Z", re.S)
_PAIR_NAME = re.compile(r"ww\.([lr])\.(.+)\*(.+)\Z", re.S)

#: Normalised characters (**Num, **Letter) stand for one character each.
_CLASSES = {"**Num": "\ue000", "**Letter": "\ue001"}
_NORMAL = {ord(char): "&" for char in "-._,|/*:"} | {
    ord(char): mark for chars, mark in ((FeatureExtractor.num, "\ue000"), (FeatureExtractor.letter, "\ue001")) for char in chars if char != "."
}


class Segmenter(pkuseg):  # type: ignore[misc]
    """A loaded spacy-pkuseg model with a lexicon; takes the place of the package's own object in spaCy's tokenizer."""

    def __init__(self, loaded: pkuseg, words: Iterable[str] = ()) -> None:
        self.__dict__.update(loaded.__dict__)
        lexicon = {word for word in words if word and not any(map(str.isspace, word))}
        self.preprocesser = Lexicon(word for word in lexicon if len(word) >= FORCED)
        self.postprocesser = Joiner((word for word in lexicon if len(word) == 2), loaded.postprocesser)
        self._scores = Scores(self.feature_extractor.feature_to_idx, self.model.w, self.n_tag)
        self._begins = np.array(["B" in self.idx_to_tag[tag] for tag in range(self.n_tag)])

    def _cut(self, text: str) -> list[str]:
        scores = self._scores
        _, tags = run_viterbi(scores.of(text), scores.edges)
        bounds = [0, *(np.flatnonzero(self._begins[tags[1:]]) + 1).tolist(), len(text)]
        return [text[start:end] for start, end in pairwise(bounds)]


class Scores:
    """What a model's weights say of each character's tags."""

    def __init__(self, features: dict[str, int], weights: Floats, n_tag: int) -> None:
        n_features = len(features)
        # One more row of zeros is what a feature the model does not have points to.
        self._weights = np.zeros((n_features + 1, n_tag))
        self._weights[:n_features] = weights[: n_features * n_tag].reshape(n_features, n_tag)
        # The package starts all transitions from one.
        self.edges = 1.0 + weights[n_features * n_tag :].reshape(n_tag, n_tag).T
        self._none = n_features
        self._single: dict[str, dict[str, int]] = {name: {} for name in _SINGLE}
        self._double: dict[str, dict[str, int]] = {name: {} for name in _DOUBLE}
        self._starting: dict[str, int] = {}
        self._ending: dict[str, int] = {}
        self._pairs: dict[str, dict[tuple[str, str], int]] = {"l": {}, "r": {}}
        for name, index in features.items():
            self._file(name, index)
        paired = {word for pairs in self._pairs.values() for pair in pairs for word in pair}
        self._words = sorted({*self._starting, *self._ending, *paired})
        self._automaton = AhoCorasick(self._words, matchkind=MatchKind.Standard) if self._words else None

    def _file(self, name: str, index: int) -> None:
        if match := _WORD_NAME.match(name):
            (self._starting if match[1] == "w1" else self._ending)[match[2]] = index
        elif match := _PAIR_NAME.match(name):
            self._pairs[match[1]][match[2], match[3]] = index
        elif match := _DOUBLE_NAME.match(name):
            self._double[match[1]][_bare(match[2]) + _bare(match[3])] = index
        elif match := _SINGLE_NAME.match(name):
            self._single[match[1]][_bare(match[2])] = index

    def of(self, text: str) -> Floats:
        """The score of every tag for every character of a text."""
        plain = text.translate(_NORMAL)
        length = len(plain)
        doubles = [plain[n : n + 2] for n in range(length - 1)]
        found = np.full((1 + len(_SINGLE) + len(_DOUBLE), length), self._none, dtype=np.int32)
        found[0] = BIAS
        columns: list[tuple[int, dict[str, int], Sequence[str]]] = [(offset, self._single[name], plain) for name, offset in _SINGLE.items()]
        columns += [(offset, self._double[name], doubles) for name, offset in _DOUBLE.items()]
        for row, (offset, features, seen) in zip(found[1:], columns, strict=True):
            first, last = max(0, -offset), min(length, len(seen) - offset)
            if last > first:
                row[first:last] = list(map(features.get, seen[first + offset : last + offset], repeat(self._none)))
        scores: Floats = self._weights[found].sum(axis=0)
        if self._automaton is not None:
            rows, extra = self._word_features(plain)
            np.add.at(scores, rows, self._weights[extra])
        return scores

    def _word_features(self, plain: str) -> tuple[list[int], list[int]]:
        none = self._none
        rows: list[int] = []
        features: list[int] = []
        starting: dict[int, list[str]] = {}
        ending: dict[int, list[str]] = {}
        words = self._words
        assert self._automaton is not None
        for index, start, end in self._automaton.find_matches_as_indexes(plain, overlapping=True):
            word = words[index]
            rows += (start, end - 1)
            features += (self._starting.get(word, none), self._ending.get(word, none))
            starting.setdefault(start, []).append(word)
            ending.setdefault(end, []).append(word)
        left, right = self._pairs["l"], self._pairs["r"]
        for at in starting.keys() & ending.keys():
            for before in ending[at]:
                for after in starting[at]:
                    rows += (at, at - 1)
                    features += (left.get((before, after), none), right.get((before, after), none))
        return rows, features


class Lexicon(Preprocesser):  # type: ignore[misc]
    """Words that are cut out of a text before the model is asked: the longest at each place, from left to right.

    The package's own search runs on past a word along a longer one that then fails: with 甲乙 and 甲乙丙丁 it cuts 甲乙丙 out of 甲乙丙戊.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = set(words)
        self._automaton: AhoCorasick | None = None

    def insert(self, word: str, usertag: str = "") -> None:
        self._words.add(word)
        self._automaton = None

    @property
    def trie(self) -> TrieNode:
        """The words as the package keeps them, for spaCy to write to disk."""
        return Preprocesser(sorted(self._words)).trie

    def solve(self, txt: str) -> tuple[list[str], list[bool], list[str]]:
        if not self._words:
            return [txt], [False], [""]
        if self._automaton is None:
            self._automaton = AhoCorasick(sorted(self._words), matchkind=MatchKind.LeftmostLongest)
        pieces: list[str] = []
        known: list[bool] = []
        at = 0
        for _, start, end in self._automaton.find_matches_as_indexes(txt):
            if start > at:
                pieces.append(txt[at:start])
                known.append(False)
            pieces.append(txt[start:end])
            known.append(True)
            at = end
        if at < len(txt):
            pieces.append(txt[at:])
            known.append(False)
        return pieces, known, [""] * len(pieces)


class Joiner(Postprocesser):  # type: ignore[misc]
    """Joins words that the model parted where together they are a word of the lexicon or of the package's dictionary."""

    def __init__(self, words: Iterable[str], package: Any) -> None:
        self.common_words: set[str] = set(words) | (package.common_words if package.do_process else set())
        self.other_words: set[str] = package.other_words if package.do_process else set()
        self.do_process = bool(self.common_words or self.other_words)

    def __call__(self, sent: list[str]) -> list[str]:
        return self.post_process(sent, check_seperated=True) if self.do_process and len(sent) > 1 else sent

    def post_process(self, sent: list[str], check_seperated: bool) -> list[str]:
        common, other = self.common_words, self.other_words
        text = "".join(sent)
        bounds = [0]
        for word in sent:
            bounds.append(bounds[-1] + len(word))
        for count in range(LONGEST_JOIN, 1, -1):
            at = 0
            while at + count < len(bounds):
                word = text[bounds[at] : bounds[at + count]]
                if word in common or (word in other and not (check_seperated and self._apart(text, bounds[at : at + count + 1]))):
                    del bounds[at + 1 : at + count]
                at += 1
        return [text[start:end] for start, end in pairwise(bounds)]

    def _apart(self, text: str, bounds: list[int]) -> bool:
        """Whether every part is a word by itself."""
        return all(text[start:end] in self.common_words or text[start:end] in self.other_words for start, end in pairwise(bounds))


def _bare(node: str) -> str:
    return _CLASSES.get(node, node)
