"""Train the weights of the model of names spelled by sound.

Names are drawn from the list of spelled names, half of them as new ones put together from two of the list, and so are
places from the list of spelled places: the weights learn what tells the one from the other, and not who was in a list.
Runs that overlap are rivals: of each heap of them at most one is a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from pipeline.stages.people.arrays import MARGIN, around, encode
from pipeline.stages.people.foreign import CONTEXTS, DENSE, Runs, SpelledModel
from pipeline.stages.people.making import examples
from pipeline.stages.people.making.examples import Lesson, Span, Weights, gather
from pipeline.stages.people.tables import read_common_in_spelled, read_names, read_spelled
from pipeline.stages.people.wording import Lexicon, Wording

LESSON = Lesson({"corpus": 1.0, "drawn": 0.5, "frame": 0.5, "report": 1.0}, drawn_rounds=3, frame_rounds=12)
EPOCHS, BATCH, LEAST_SEEN = 14, 64, 6
SHRINK_DENSE, SHRINK = 1e-5, dict.fromkeys(CONTEXTS, 1e-3)
#: A heap with several names (a list without marks) teaches less.
SEVERAL = 0.3


class Drawn(examples.Drawn):
    """Spelled names and places, from lists and put together from two of a list."""

    def __init__(self, model: SpelledModel, seed: int = 1) -> None:
        super().__init__(seed)
        self._names = sorted(name for name in model.known if len(name) <= 6)
        self._places = sorted(name for name in model.places if 2 <= len(name) <= 6 and name[-1] not in "省市县区州镇乡村岛山河")

    def name(self) -> str:
        return self._pick(self._names)

    def other(self) -> str:
        return self._pick(self._places)

    def _pick(self, names: Sequence[str]) -> str:
        one, other = (names[int(self._random.integers(len(names)))] for _ in range(2))
        if self._random.random() < 0.5:
            return one
        head, tail = one[: int(self._random.integers(1, len(one)))], other[int(self._random.integers(1, len(other))) :]
        return (head + tail)[:6]


class Heaps(examples.Examples):
    """Runs of all texts; the rivals of one are the others of its heap, which is given by number."""

    def __init__(self, model: SpelledModel, lexicon: Lexicon) -> None:
        super().__init__(CONTEXTS)
        self._model, self._lexicon = model, lexicon
        self._count = 0

    def add(self, text: str, spans: Sequence[Span], weight: float) -> None:
        codes = encode(text)
        found = self._model.candidates(text, codes)
        if not len(found.starts):
            return
        order = np.argsort(found.starts, kind="stable")
        runs = Runs(found.starts[order], found.ends[order], found.totals[order], found.stops[order])
        names = {(start + MARGIN, end + MARGIN) for start, end in spans}
        pairs = list(zip(runs.starts.tolist(), runs.stops.tolist(), strict=True))
        reach = np.maximum.accumulate(runs.ends)
        fresh = np.concatenate([[True], runs.starts[1:] >= reach[:-1]])
        heaps = np.cumsum(fresh) + self._count
        self._count = int(heaps[-1])
        features = self._model.features(text, codes, Wording(self._lexicon, codes), runs)
        right = np.array([pair in names for pair in pairs], np.float64)
        self.put(features, around(codes, runs.starts, runs.stops), right, np.full(len(pairs), weight), heaps)

    def is_replaced(self, name: str) -> bool:
        return name.isalpha() and len(name) < 7


def fit(features: np.ndarray, keys: dict[str, np.ndarray], right: np.ndarray, weights: np.ndarray, heap: np.ndarray) -> Weights:
    """Softmax over each heap and none of it."""
    learnt = Weights(features, keys, LEAST_SEEN, SHRINK_DENSE, SHRINK)
    offsets = np.concatenate([[0], np.flatnonzero(np.diff(heap)) + 1, [len(heap)]])
    random = np.random.default_rng(0)
    for _ in range(EPOCHS):
        order = random.permutation(len(offsets) - 1)
        for start in range(0, len(order), BATCH):
            picked = order[start : start + BATCH]
            rows = np.concatenate([np.arange(offsets[n], offsets[n + 1]) for n in picked])
            own = np.repeat(np.arange(len(picked)), offsets[picked + 1] - offsets[picked])
            odds = np.exp(np.clip(learnt.odds(rows), -30, 30))
            all_odds, names = np.bincount(own, odds), np.bincount(own, right[rows])
            several = names[own] > 1
            share = odds / (1 + np.where(several, odds, all_odds[own]))
            learnt.learn(rows, (share - right[rows]) * weights[rows] * np.where(several, SEVERAL, 1.0), len(picked))
    return learnt


def train(corpus: Path, reports: Path, folder: Path) -> None:
    """Write `spelled_weights.tsv` beside the tables in the folder."""
    paths = list(folder.glob("*.tsv"))
    model = read_spelled(paths, read_common_in_spelled(paths))
    heaps = Heaps(model, read_names(paths).lexicon)
    gather(heaps, Drawn(model), LESSON, corpus, reports)
    fit(*heaps.arrays()).write(folder / "spelled_weights.tsv", DENSE)
