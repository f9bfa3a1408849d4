"""Train the weights of the name model.

The corpus is labelled text (words with IOB2 tags). Its names are also replaced by names drawn from the tables, and
drawn names are put into the frames of `frames.txt`, so that the weights learn what stands around a name and not who
was in the corpus. The reports, which hardly name anyone, are the ordinary text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from pipeline.stages.people.arrays import MARGIN, encode
from pipeline.stages.people.names import CONTEXTS, DENSE, NameModel
from pipeline.stages.people.tables import read_names, rows
from pipeline.stages.people.wording import Wording

HERE = Path(__file__).parent
Text = tuple[str, list[tuple[int, int]]]
FRAME_ROUNDS, DRAWN_ROUNDS = 10, 3
WEIGHT = {"corpus": 1.0, "drawn": 0.7, "frame": 0.7, "report": 1.2}
RATE, EPOCHS, BATCH = 0.25, 12, 256
SHRINK_DENSE, SHRINK_CONTEXT = 2e-6, {"surname_is": 3e-3, "begins": 3e-3, "ends": 2e-3}
SHRINK = 1e-4
#: How much a candidate that cuts a name counts.
CUTTING = 0.3
#: A key seen less often than this gets no weight.
LEAST_SEEN = 3
#: In reports these are names, or stand before one; nothing is learnt there.
IN_REPORTS = re.compile(r"习近平|毛泽东|邓小平|江泽民|胡锦涛|李克强|(?<=[长记席志任员])[ 　]*\S{2,3}")


def labelled(path: Path) -> Iterator[Text]:
    """The sentences of an IOB2 file with the spans of their persons."""
    text, at = "", 0
    spans: list[tuple[int, int]] = []
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


class Drawn:
    """Names drawn from the tables."""

    def __init__(self, folder: Path, seed: int = 0) -> None:
        self._random = np.random.default_rng(seed)
        ranked = [name for name, _ in rows(folder / "surnames.tsv", 2) if len(name) == 1]
        weight = 0.03 + 7.2 / (1 + 0.35 * np.arange(len(ranked))) ** 1.1
        self._surnames = ranked, weight / weight.sum()
        given = list(rows(folder / "given_names.tsv", 4))
        characters = [row[0] for row in given]
        self._places = []
        for column in (1, 2, 3):
            odds = np.exp(np.array([float(row[column]) for row in given]))
            odds[odds < 2] = 0
            self._places.append((characters, odds / odds.sum()))

    def name(self) -> str:
        surname = self._pick(self._surnames)
        if self._random.random() < 0.3:
            return surname + self._pick(self._places[0])
        return surname + self._pick(self._places[1]) + self._pick(self._places[2])

    def fill(self, pieces: Sequence[str | None]) -> Text:
        """A text from pieces, a drawn name for every None or {N}, and for every {X} one that is no person's; {S} and {Y} the same."""
        text, spans = "", []
        for piece in pieces:
            word = self.name() if piece in (None, "{N}", "{S}", "{X}", "{Y}") else str(piece)
            if piece in (None, "{N}", "{S}"):
                spans.append((len(text), len(text) + len(word)))
            text += word
        return text, spans

    def _pick(self, table: tuple[list[str], np.ndarray]) -> str:
        return table[0][int(self._random.choice(len(table[0]), p=table[1]))]


class Examples:
    """Candidates of all texts: features, keys, whether they are names and how much they count."""

    def __init__(self, model: NameModel) -> None:
        self._model = model
        self._rows: list[np.ndarray] = []
        self._keys: dict[str, list[np.ndarray]] = {kind: [] for kind in CONTEXTS}
        self._right: list[np.ndarray] = []
        self._weights: list[np.ndarray] = []
        self._rivals: list[np.ndarray] = []
        self._size = 0

    def add(self, text: str, spans: Sequence[tuple[int, int]], weight: float, unsure: Sequence[tuple[int, int]] = ()) -> None:
        codes = encode(text)
        found = self._model.candidates(codes)
        if not len(found.starts):
            return
        names = set(spans)
        unsure = [*unsure, *(span for span in names if not self._readable(text[span[0] : span[1]]))]
        pairs = list(zip((found.starts - MARGIN).tolist(), (found.ends - MARGIN).tolist(), strict=True))
        self._rows.append(self._model.features(codes, Wording(self._model.lexicon, codes), found.starts, found.surnames, found.givens))
        for kind, keys in self._model.context_keys(codes, found.starts, found.surnames + found.givens).items():
            self._keys[kind].append(keys)
        self._right.append(np.array([pair in names for pair in pairs], np.float32))
        self._weights.append(np.array([weight * self._worth(pair, names, unsure) for pair in pairs], np.float32))
        self._rivals.append(self._rivals_of(pairs))
        self._size += len(pairs)

    @staticmethod
    def _worth(pair: tuple[int, int], names: set[tuple[int, int]], unsure: Sequence[tuple[int, int]]) -> float:
        """Nothing is learnt from what cuts an unsure stretch, little from what cuts a name: the better candidate wins there anyway."""
        if pair in names:
            return 1.0
        if any(pair[0] < end and start < pair[1] for start, end in unsure):
            return 0.0
        return CUTTING if any(pair[0] < end and start < pair[1] and pair[0] != start for start, end in names) else 1.0

    def _rivals_of(self, pairs: Sequence[tuple[int, int]]) -> np.ndarray:
        """For each candidate the other one that begins where it does, or -1: of the two at most one is a name."""
        at: dict[int, list[int]] = {}
        for n, (start, _) in enumerate(pairs):
            at.setdefault(start, []).append(n)
        return np.array([next((self._size + m for m in at[start] if m != n), -1) for n, (start, _) in enumerate(pairs)], np.int64)

    def _readable(self, name: str) -> bool:
        return len(name) in (2, 3, 4) and self._model.surname[ord(name[0])] > -5

    def arrays(self) -> tuple[np.ndarray, dict[str, np.ndarray], np.ndarray, np.ndarray, np.ndarray]:
        keys = {kind: np.concatenate(values) for kind, values in self._keys.items()}
        parts = (self._rows, self._right, self._weights, self._rivals)
        rows_, right, weights, rivals = (np.concatenate(part) for part in parts)
        return rows_, keys, right, weights, rivals


Contexts = dict[str, tuple[np.ndarray, np.ndarray]]


def fit(features: np.ndarray, keys: dict[str, np.ndarray], right: np.ndarray, weights: np.ndarray, rivals: np.ndarray) -> tuple[np.ndarray, Contexts]:
    """Logistic regression by AdaGrad, the keys' weights shrunk towards nothing.

    Where two candidates begin at the same place the choice is between them and none.
    """
    ids, known, shrink, size = [], {}, [], 0
    for kind in CONTEXTS:
        unique, inverse, counts = np.unique(keys[kind], return_inverse=True, return_counts=True)
        kept = counts >= LEAST_SEEN
        number = np.full(len(unique), -1)
        number[kept] = np.arange(kept.sum()) + size
        known[kind] = unique[kept], slice(size, size + int(kept.sum()))
        size += int(kept.sum())
        shrink.append(np.full(int(kept.sum()), SHRINK_CONTEXT.get(kind, SHRINK)))
        ids.append(number[inverse])
    index = np.stack(ids, axis=1)
    index[index < 0] = size
    shrinks = np.concatenate([*shrink, [0.0]])
    dense, sparse = np.zeros(features.shape[1]), np.zeros(size + 1)
    dense_sum, sparse_sum = np.full_like(dense, 1e-2), np.full_like(sparse, 1e-2)
    random = np.random.default_rng(0)
    for _ in range(EPOCHS):
        order = random.permutation(len(right))
        for start in range(0, len(order), BATCH):
            rows_ = order[start : start + BATCH]
            other = rivals[rows_]
            odds = np.exp(np.minimum(features[rows_] @ dense + sparse[index[rows_]].sum(axis=1), 30))
            rival_odds = np.where(other >= 0, np.exp(np.minimum(features[other] @ dense + sparse[index[other]].sum(axis=1), 30)), 0)
            miss = (odds / (1 + odds + rival_odds) - right[rows_]) * weights[rows_]
            step = features[rows_].T @ miss + SHRINK_DENSE * dense * len(rows_)
            dense_sum += step**2
            dense -= RATE * step / np.sqrt(dense_sum)
            slope = np.zeros_like(sparse)
            np.add.at(slope, index[rows_].ravel(), np.repeat(miss, index.shape[1]))
            touched = np.unique(index[rows_])
            slope[touched] += shrinks[touched] * sparse[touched] * len(rows_)
            sparse_sum[touched] += slope[touched] ** 2
            sparse[touched] -= RATE * slope[touched] / np.sqrt(sparse_sum[touched])
            sparse[size] = 0
    return dense, {kind: (unique, sparse[part]) for kind, (unique, part) in known.items()}


#: Characters that a line of a table cannot hold.
UNWRITABLE = frozenset("\0\r\x0b\x0c\x85\u2028\u2029") | frozenset(map(chr, range(0xD800, 0xE000)))


def write_weights(path: Path, names: Sequence[str], dense: np.ndarray, contexts: Contexts) -> None:
    lines = [f"dense\t{name}\t{weight:.3f}" for name, weight in zip(names, dense, strict=True)]
    for kind, (keys, weights) in contexts.items():
        for key, weight in zip(keys.tolist(), weights.tolist(), strict=True):
            word = (chr(key >> 16) if kind in ("before_two", "after_two", "begins") else "") + chr(key & 0xFFFF)
            if abs(weight) >= 0.1 and not UNWRITABLE & set(word):
                key_text = word.replace("\n", "\\n").replace("\t", "\\t")
                lines.append(f"{kind}\t{key_text}\t{weight:.2f}")
    path.write_text("\n".join(["feature\tkey\tweight", *lines]) + "\n", "utf-8")


def train(corpus: Path, reports: Path, folder: Path) -> None:
    """Write `name_weights.tsv` beside the tables in the folder."""
    examples = Examples(read_names(list(folder.glob("*.tsv"))))
    drawn = Drawn(folder)
    readable = examples._readable
    for text, spans in labelled(corpus):
        examples.add(text, spans, WEIGHT["corpus"])
        plain = [span for span in spans if readable(text[span[0] : span[1]])]
        if plain:
            edges = [0, *(edge for span in plain for edge in span), len(text)]
            pieces = [text[start:end] if n % 2 == 0 else None for n, (start, end) in enumerate(pairwise(edges))]
            for _ in range(DRAWN_ROUNDS):
                examples.add(*drawn.fill(pieces), WEIGHT["drawn"])
    frames = [re.split(r"(\{[NXSY]\})", line) for line in (HERE / "frames.txt").read_text("utf-8").splitlines() if "{Y}" not in line]
    for _ in range(FRAME_ROUNDS):
        for frame in frames:
            examples.add(*drawn.fill(frame), WEIGHT["frame"])
    for path in sorted(reports.glob("*.md"))[::2]:
        text = path.read_text("utf-8")
        examples.add(text, [], WEIGHT["report"], [match.span() for match in IN_REPORTS.finditer(text)])
    write_weights(folder / "name_weights.tsv", (*DENSE, *(f"{name}/double" for name in DENSE)), *fit(*examples.arrays()))
