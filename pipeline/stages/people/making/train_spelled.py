"""Train the weights of the model of names spelled by sound.

Names are drawn from the list of spelled names, half of them as new ones put together from two of the list, and so are
places from the list of spelled places: the weights learn what tells the one from the other, and not who was in a list.
Runs that overlap are rivals: of each heap of them at most one is a name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from pipeline.stages.people.arrays import MARGIN, around, encode
from pipeline.stages.people.foreign import CONTEXTS, DENSE, Runs, SpelledModel
from pipeline.stages.people.making.train import HERE, LEAST_SEEN, RATE, Contexts, Text, labelled, write_weights
from pipeline.stages.people.tables import read_common_in_spelled, read_names, read_spelled
from pipeline.stages.people.wording import Lexicon, Wording

FRAME_ROUNDS, DRAWN_ROUNDS, EPOCHS, BATCH = 12, 3, 14, 64
WEIGHT = {"corpus": 1.0, "drawn": 0.5, "frame": 0.5, "report": 1.0}
SHRINK_DENSE, SHRINK = 1e-5, 1e-3
#: A heap with several names (a list without marks) teaches less.
SEVERAL = 0.3


class Drawn:
    """Spelled names and places, from lists and put together from two of a list."""

    def __init__(self, model: SpelledModel, seed: int = 1) -> None:
        self._random = np.random.default_rng(seed)
        self._names = sorted(name for name in model.known if len(name) <= 6)
        self._places = sorted(name for name in model.places if 2 <= len(name) <= 6 and name[-1] not in "省市县区州镇乡村岛山河")

    def fill(self, pieces: Sequence[str | None]) -> Text:
        """A text from pieces, a name for every None or {N}, a place for every {X}."""
        text, spans = "", []
        for piece in pieces:
            is_name = piece in (None, "{N}", "{S}")
            word = self._pick(self._names) if is_name else self._pick(self._places) if piece in ("{X}", "{Y}") else str(piece)
            if is_name:
                spans.append((len(text), len(text) + len(word)))
            text += word
        return text, spans

    def _pick(self, names: Sequence[str]) -> str:
        one, other = (names[int(self._random.integers(len(names)))] for _ in range(2))
        if self._random.random() < 0.5:
            return one
        head, tail = one[: int(self._random.integers(1, len(one)))], other[int(self._random.integers(1, len(other))) :]
        return (head + tail)[:6]


class Heaps:
    """Runs of all texts by heaps of overlapping ones."""

    def __init__(self, model: SpelledModel, lexicon: Lexicon) -> None:
        self._model, self._lexicon = model, lexicon
        self.rows: list[np.ndarray] = []
        self.keys: dict[str, list[np.ndarray]] = {kind: [] for kind in CONTEXTS}
        self.right: list[np.ndarray] = []
        self.weights: list[np.ndarray] = []
        self.heaps: list[np.ndarray] = []
        self._count = 0

    def add(self, text: str, spans: Sequence[tuple[int, int]], weight: float) -> None:
        codes = encode(text)
        found = self._model.candidates(text, codes)
        if not len(found.starts):
            return
        order = np.argsort(found.starts, kind="stable")
        runs = Runs(found.starts[order], found.ends[order], found.totals[order], found.stops[order])
        names = {(start + MARGIN, end + MARGIN) for start, end in spans}
        self.rows.append(self._model.features(text, codes, Wording(self._lexicon, codes), runs))
        for kind, keys in around(codes, runs.starts, runs.stops).items():
            self.keys[kind].append(keys)
        pairs = list(zip(runs.starts.tolist(), runs.stops.tolist(), strict=True))
        self.right.append(np.array([pair in names for pair in pairs], np.float64))
        self.weights.append(np.full(len(pairs), weight))
        reach = np.maximum.accumulate(runs.ends)
        fresh = np.concatenate([[True], runs.starts[1:] >= reach[:-1]])
        self.heaps.append(np.cumsum(fresh) + self._count)
        self._count = int(self.heaps[-1][-1])


def fit(heaps: Heaps) -> tuple[np.ndarray, Contexts]:
    """Softmax over each heap and none of it, by AdaGrad."""
    features, right, weights, heap = (np.concatenate(part) for part in (heaps.rows, heaps.right, heaps.weights, heaps.heaps))
    known, ids, size = {}, [], 0
    for kind in CONTEXTS:
        unique, inverse, counts = np.unique(np.concatenate(heaps.keys[kind]), return_inverse=True, return_counts=True)
        kept = counts >= 2 * LEAST_SEEN
        number = np.full(len(unique), -1)
        number[kept] = np.arange(kept.sum()) + size
        known[kind] = unique[kept], slice(size, size + int(kept.sum()))
        size += int(kept.sum())
        ids.append(number[inverse])
    index = np.stack(ids, axis=1)
    index[index < 0] = size
    offsets = np.concatenate([[0], np.flatnonzero(np.diff(heap)) + 1, [len(heap)]])
    dense, sparse = np.zeros(features.shape[1]), np.zeros(size + 1)
    dense_sum, sparse_sum = np.full_like(dense, 1e-2), np.full_like(sparse, 1e-2)
    random = np.random.default_rng(0)
    for _ in range(EPOCHS):
        order = random.permutation(len(offsets) - 1)
        for start in range(0, len(order), BATCH):
            picked = order[start : start + BATCH]
            rows = np.concatenate([np.arange(offsets[n], offsets[n + 1]) for n in picked])
            own = np.repeat(np.arange(len(picked)), offsets[picked + 1] - offsets[picked])
            odds = np.exp(np.clip(features[rows] @ dense + sparse[index[rows]].sum(axis=1), -30, 30))
            all_odds, names = np.bincount(own, odds), np.bincount(own, right[rows])
            several = names[own] > 1
            share = odds / (1 + np.where(several, odds, all_odds[own]))
            miss = (share - right[rows]) * weights[rows] * np.where(several, SEVERAL, 1.0)
            step = features[rows].T @ miss + SHRINK_DENSE * dense * len(rows)
            dense_sum += step**2
            dense -= RATE * step / np.sqrt(dense_sum)
            slope = np.zeros_like(sparse)
            np.add.at(slope, index[rows].ravel(), np.repeat(miss, index.shape[1]))
            touched = np.unique(index[rows])
            slope[touched] += SHRINK * sparse[touched] * len(picked)
            sparse_sum[touched] += slope[touched] ** 2
            sparse[touched] -= RATE * slope[touched] / np.sqrt(sparse_sum[touched])
            sparse[size] = 0
    return dense, {kind: (unique, sparse[part]) for kind, (unique, part) in known.items()}


def train(corpus: Path, reports: Path, folder: Path) -> None:
    """Write `spelled_weights.tsv` beside the tables in the folder."""
    paths = list(folder.glob("*.tsv"))
    model = read_spelled(paths, read_common_in_spelled(paths))
    heaps, drawn = Heaps(model, read_names(paths).lexicon), Drawn(model)
    for text, spans in labelled(corpus):
        heaps.add(text, spans, WEIGHT["corpus"])
        plain = [span for span in spans if text[span[0] : span[1]].isalpha() and span[1] - span[0] < 7]
        if plain:
            edges = [0, *(edge for span in plain for edge in span), len(text)]
            pieces = [text[start:end] if n % 2 == 0 else None for n, (start, end) in enumerate(pairwise(edges))]
            for _ in range(DRAWN_ROUNDS):
                heaps.add(*drawn.fill(pieces), WEIGHT["drawn"])
    frames = [re.split(r"(\{[NXSY]\})", line) for line in (HERE / "frames.txt").read_text("utf-8").splitlines()]
    for _ in range(FRAME_ROUNDS):
        for frame in frames:
            heaps.add(*drawn.fill(frame), WEIGHT["frame"])
    for path in sorted(reports.glob("*.md"))[::2]:
        heaps.add(path.read_text("utf-8"), [], WEIGHT["report"])
    write_weights(folder / "spelled_weights.tsv", DENSE, *fit(heaps))
