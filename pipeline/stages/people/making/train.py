"""Train the weights of the name model, with names drawn from the tables of surnames and given names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from pipeline.stages.people.arrays import MARGIN, encode
from pipeline.stages.people.making import examples
from pipeline.stages.people.making.examples import Lesson, Span, Weights, gather
from pipeline.stages.people.names import CONTEXTS, DENSE, NameModel
from pipeline.stages.people.tables import read_names, rows
from pipeline.stages.people.wording import Wording

LESSON = Lesson({"corpus": 1.0, "drawn": 0.7, "frame": 0.7, "report": 1.2}, drawn_rounds=3, frame_rounds=10, without="{Y}")
EPOCHS, BATCH = 12, 256
SHRINK_DENSE, SHRINK = 2e-6, dict.fromkeys(CONTEXTS, 0.0001) | {"surname_is": 3e-3, "begins": 3e-3, "ends": 2e-3}
#: How much a candidate that cuts a name counts.
CUTTING = 0.3
LEAST_SEEN = 3
#: In reports these are names, or stand before one; nothing is learnt there.
IN_REPORTS = re.compile(r"习近平|毛泽东|邓小平|江泽民|胡锦涛|李克强|(?<=[长记席志任员])[ 　]*\S{2,3}")


class Drawn(examples.Drawn):
    """Names drawn from the tables."""

    def __init__(self, folder: Path, seed: int = 0) -> None:
        super().__init__(seed)
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

    def other(self) -> str:
        """What only the frame makes no person's."""
        return self.name()

    def _pick(self, table: tuple[list[str], np.ndarray]) -> str:
        return table[0][int(self._random.choice(len(table[0]), p=table[1]))]


class Examples(examples.Examples):
    """Candidates of all texts; the rival of one is another that begins where it does."""

    def __init__(self, model: NameModel) -> None:
        super().__init__(CONTEXTS)
        self._model = model
        self._size = 0

    def add(self, text: str, spans: Sequence[Span], weight: float, unsure: Sequence[Span] = ()) -> None:
        codes = encode(text)
        found = self._model.candidates(codes)
        if not len(found.starts):
            return
        names = set(spans)
        unsure = [*unsure, *(span for span in names if not self.is_replaced(text[span[0] : span[1]]))]
        pairs = list(zip((found.starts - MARGIN).tolist(), (found.ends - MARGIN).tolist(), strict=True))
        features = self._model.features(codes, Wording(self._model.lexicon, codes), found.starts, found.surnames, found.givens)
        right = np.array([pair in names for pair in pairs], np.float32)
        weights = np.array([weight * self._worth(pair, names, unsure) for pair in pairs], np.float32)
        self.put(features, self._model.context_keys(codes, found.starts, found.surnames + found.givens), right, weights, self._rivals_of(pairs))
        self._size += len(pairs)

    def add_report(self, text: str, weight: float) -> None:
        self.add(text, [], weight, [match.span() for match in IN_REPORTS.finditer(text)])

    def is_replaced(self, name: str) -> bool:
        return len(name) in (2, 3, 4) and bool(self._model.surname[ord(name[0])] > -5)

    @staticmethod
    def _worth(pair: Span, names: set[Span], unsure: Sequence[Span]) -> float:
        """Nothing is learnt from what cuts an unsure stretch, little from what cuts a name: the better candidate wins there anyway."""
        if pair in names:
            return 1.0
        if any(pair[0] < end and start < pair[1] for start, end in unsure):
            return 0.0
        return CUTTING if any(pair[0] < end and start < pair[1] and pair[0] != start for start, end in names) else 1.0

    def _rivals_of(self, pairs: Sequence[Span]) -> np.ndarray:
        """For each candidate the other one that begins where it does, or -1: of the two at most one is a name."""
        at: dict[int, list[int]] = {}
        for n, (start, _) in enumerate(pairs):
            at.setdefault(start, []).append(n)
        return np.array([next((self._size + m for m in at[start] if m != n), -1) for n, (start, _) in enumerate(pairs)], np.int64)


def fit(features: np.ndarray, keys: dict[str, np.ndarray], right: np.ndarray, weights: np.ndarray, rivals: np.ndarray) -> Weights:
    """Logistic regression; where two candidates begin at the same place the choice is between them and none."""
    learnt = Weights(features, keys, LEAST_SEEN, SHRINK_DENSE, SHRINK)
    random = np.random.default_rng(0)
    for _ in range(EPOCHS):
        order = random.permutation(len(right))
        for start in range(0, len(order), BATCH):
            picked = order[start : start + BATCH]
            other = rivals[picked]
            odds = np.exp(np.minimum(learnt.odds(picked), 30))
            rival_odds = np.where(other >= 0, np.exp(np.minimum(learnt.odds(other), 30)), 0)
            learnt.learn(picked, (odds / (1 + odds + rival_odds) - right[picked]) * weights[picked], len(picked))
    return learnt


def train(corpus: Path, reports: Path, folder: Path) -> None:
    """Write `name_weights.tsv` beside the tables in the folder."""
    gathered = Examples(read_names(list(folder.glob("*.tsv"))))
    gather(gathered, Drawn(folder), LESSON, corpus, reports)
    fit(*gathered.arrays()).write(folder / "name_weights.tsv", (*DENSE, *(f"{name}/double" for name in DENSE)))
