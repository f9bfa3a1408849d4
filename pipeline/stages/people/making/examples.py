"""Gathering examples for the weights of a name model, and learning them; what the two trainers have in common.

The corpus is labelled text (words with IOB2 tags). Its names are also replaced by drawn ones, and drawn names are put
into the frames of `frames.txt`, so that the weights learn what stands around a name and not who was in the corpus. The
reports, which hardly name anyone, are the ordinary text.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

Span = tuple[int, int]
Text = tuple[str, list[Span]]
Contexts = dict[str, tuple[np.ndarray, np.ndarray]]
#: Nothing stands for a name of the corpus; the frames say N or S for a person's, X or Y for one that is none.
NAMES, OTHERS = (None, "{N}", "{S}"), ("{X}", "{Y}")
RATE = 0.25
#: Characters that a line of a table cannot hold.
UNWRITABLE = frozenset("\0\r\x0b\x0c\x85\u2028\u2029") | frozenset(map(chr, range(0xD800, 0xE000)))


@dataclass(frozen=True)
class Lesson:
    """How much each kind of text counts, and how often it is drawn anew."""

    weight: Mapping[str, float]
    drawn_rounds: int
    frame_rounds: int
    #: Frames with this in them are left out.
    without: str | None = None


class Drawn(ABC):
    """Names drawn by chance."""

    def __init__(self, seed: int) -> None:
        self._random = np.random.default_rng(seed)

    @abstractmethod
    def name(self) -> str:
        """A person's name."""

    @abstractmethod
    def other(self) -> str:
        """What looks like one and is none."""

    def fill(self, pieces: Sequence[str | None]) -> Text:
        """A text from pieces, with what is drawn where they leave it open."""
        text, spans = "", []
        for piece in pieces:
            word = self.name() if piece in NAMES else self.other() if piece in OTHERS else str(piece)
            if piece in NAMES:
                spans.append((len(text), len(text) + len(word)))
            text += word
        return text, spans


class Examples(ABC):
    """Candidates of all texts: features, keys, whether they are names and how much they count, and which exclude each other."""

    def __init__(self, contexts: Sequence[str]) -> None:
        self._rows: list[np.ndarray] = []
        self._keys: dict[str, list[np.ndarray]] = {kind: [] for kind in contexts}
        self._right: list[np.ndarray] = []
        self._weights: list[np.ndarray] = []
        self._rivals: list[np.ndarray] = []

    @abstractmethod
    def add(self, text: str, spans: Sequence[Span], weight: float) -> None:
        """The candidates of a text; `spans` are the names in it."""

    @abstractmethod
    def is_replaced(self, name: str) -> bool:
        """Whether a drawn name may stand for one of the corpus."""

    def add_report(self, text: str, weight: float) -> None:
        """The candidates of a text that names hardly anyone."""
        self.add(text, [], weight)

    def put(self, rows: np.ndarray, keys: Mapping[str, np.ndarray], right: np.ndarray, weights: np.ndarray, rivals: np.ndarray) -> None:
        self._rows.append(rows)
        self._right.append(right)
        self._weights.append(weights)
        self._rivals.append(rivals)
        for kind, values in keys.items():
            self._keys[kind].append(values)

    def arrays(self) -> tuple[np.ndarray, dict[str, np.ndarray], np.ndarray, np.ndarray, np.ndarray]:
        keys = {kind: np.concatenate(values) for kind, values in self._keys.items()}
        rows, right, weights, rivals = (np.concatenate(part) for part in (self._rows, self._right, self._weights, self._rivals))
        return rows, keys, right, weights, rivals


def gather(examples: Examples, drawn: Drawn, lesson: Lesson, corpus: Path, reports: Path) -> None:
    """Add the texts of a lesson to the examples."""
    for text, spans in labelled(corpus):
        examples.add(text, spans, lesson.weight["corpus"])
        plain = [(start, end) for start, end in spans if examples.is_replaced(text[start:end])]
        if plain:
            edges = [0, *(edge for span in plain for edge in span), len(text)]
            pieces = [text[start:end] if n % 2 == 0 else None for n, (start, end) in enumerate(pairwise(edges))]
            for _ in range(lesson.drawn_rounds):
                examples.add(*drawn.fill(pieces), lesson.weight["drawn"])
    lines = (Path(__file__).parent / "frames.txt").read_text("utf-8").splitlines()
    frames = [re.split(r"(\{[NXSY]\})", line) for line in lines if lesson.without is None or lesson.without not in line]
    for _ in range(lesson.frame_rounds):
        for frame in frames:
            examples.add(*drawn.fill(frame), lesson.weight["frame"])
    for path in sorted(reports.glob("*.md"))[::2]:
        examples.add_report(path.read_text("utf-8"), lesson.weight["report"])


def labelled(path: Path) -> Iterator[Text]:
    """The sentences of an IOB2 file with the spans of their persons."""
    text, at = "", 0
    spans: list[Span] = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("# text ="):
            if text:
                yield text, spans
            text, at, spans = line[8:].strip(), 0, []
        elif line and not line.startswith("#"):
            word, tag = line.split("\t")[1:3]
            start = max(text.find(word, at), at)
            at = start + len(word)
            if tag == "B-PER":
                spans.append((start, at))
            elif tag == "I-PER" and spans:
                spans[-1] = (spans[-1][0], at)
    if text:
        yield text, spans


class Weights:
    """Weights of features and of keys, learnt by AdaGrad and shrunk towards nothing."""

    def __init__(
        self, features: np.ndarray, keys: Mapping[str, np.ndarray], least_seen: int, shrink_dense: float, shrink: Mapping[str, float]
    ) -> None:
        """A key seen less often than `least_seen` gets no weight; `shrink` says by kind how fast the others shrink."""
        self._features, self._shrink_dense = features, shrink_dense
        self._known: dict[str, tuple[np.ndarray, slice]] = {}
        ids, shrinks, size = [], [], 0
        for kind, wanted in keys.items():
            unique, inverse, counts = np.unique(wanted, return_inverse=True, return_counts=True)
            kept = counts >= least_seen
            n_kept = int(kept.sum())
            number = np.full(len(unique), -1)
            number[kept] = np.arange(n_kept) + size
            self._known[kind] = unique[kept], slice(size, size + n_kept)
            size += n_kept
            shrinks.append(np.full(n_kept, shrink[kind]))
            ids.append(number[inverse])
        self._index = np.stack(ids, axis=1)
        self._index[self._index < 0] = size
        self._shrinks = np.concatenate([*shrinks, [0.0]])
        self._dense, self._sparse = np.zeros(features.shape[1]), np.zeros(size + 1)
        self._dense_sum, self._sparse_sum = np.full_like(self._dense, 1e-2), np.full_like(self._sparse, 1e-2)

    def odds(self, rows: np.ndarray) -> np.ndarray:
        """The logarithm of the odds of some rows."""
        log_odds: np.ndarray = self._features[rows] @ self._dense + self._sparse[self._index[rows]].sum(axis=1)
        return log_odds

    def learn(self, rows: np.ndarray, miss: np.ndarray, n_choices: int) -> None:
        """A step against what was missed in some rows, in which so many choices were made."""
        index = self._index[rows]
        step = self._features[rows].T @ miss + self._shrink_dense * self._dense * len(rows)
        self._dense_sum += step**2
        self._dense -= RATE * step / np.sqrt(self._dense_sum)
        slope = np.zeros_like(self._sparse)
        np.add.at(slope, index.ravel(), np.repeat(miss, index.shape[1]))
        touched = np.unique(index)
        slope[touched] += self._shrinks[touched] * self._sparse[touched] * n_choices
        self._sparse_sum[touched] += slope[touched] ** 2
        self._sparse[touched] -= RATE * slope[touched] / np.sqrt(self._sparse_sum[touched])
        self._sparse[-1] = 0

    def write(self, path: Path, names: Sequence[str]) -> None:
        """Write the table of weights; those of keys that say next to nothing are left out."""
        lines = [f"dense\t{name}\t{weight:.3f}" for name, weight in zip(names, self._dense, strict=True)]
        for kind, (keys, part) in self._known.items():
            for key, weight in zip(keys.tolist(), self._sparse[part].tolist(), strict=True):
                word = (chr(key >> 16) if kind in ("before_two", "after_two", "begins") else "") + chr(key & 0xFFFF)
                if abs(weight) >= 0.1 and not UNWRITABLE & set(word):
                    key_text = word.replace("\n", "\\n").replace("\t", "\\t")
                    lines.append(f"{kind}\t{key_text}\t{weight:.2f}")
        path.write_text("\n".join(["feature\tkey\tweight", *lines]) + "\n", "utf-8")
