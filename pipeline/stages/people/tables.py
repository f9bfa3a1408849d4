"""Reading the tables of names beside the rules into a `NameModel`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from pipeline.rulebook import RuleError
from pipeline.stages.people import foreign, names
from pipeline.stages.people.arrays import RARE, Floats, Table, by_character
from pipeline.stages.people.foreign import SpelledModel
from pipeline.stages.people.names import NameModel
from pipeline.stages.people.wording import Lexicon

#: From this count on (as a power of ten) a word is common.
COMMON = 2.5
#: The same for words inside a spelled name, but for words that are themselves spelled by sound.
COMMON_IN_SPELLED = 2.0
SOUNDS_STRONG = 2.0


def rows(path: Path, columns: int) -> Iterator[list[str]]:
    """The rows of a tab-separated table under its head line."""
    for number, line in enumerate(path.read_text("utf-8").splitlines()[1:], start=2):
        cells = line.split("\t")
        if len(cells) != columns:
            raise RuleError(path, number, f"has {len(cells)} cells", f"write {columns} cells parted by tabs")
        yield cells


def read_names(paths: Sequence[Path]) -> NameModel:
    """The name model of a folder's tables."""
    files: Mapping[str, Path] = {path.stem: path for path in paths}
    surnames = [(name, value) for name, value in rows(files["surnames"], 2)]
    given = list(rows(files["given_names"], 4))
    # Where the given name is double each feature counts again.
    dense, contexts = read_weights(files.get("name_weights"), (*names.DENSE, *(f"{name}/double" for name in names.DENSE)), names.CONTEXTS)
    return NameModel(
        surname=by_character({name: float(value) for name, value in surnames if len(name) == 1}),
        single=by_character({row[0]: float(row[1]) for row in given}, RARE),
        first=by_character({row[0]: float(row[2]) for row in given}, RARE),
        last=by_character({row[0]: float(row[3]) for row in given}, RARE),
        compounds=Table({name: float(value) for name, value in surnames if len(name) == 2}),
        lexicon=Lexicon.of({word: float(value) for word, value in rows(files["words"], 2)}),
        dense=dense,
        contexts=contexts,
    )


def read_weights(path: Path | None, dense: Sequence[str], contexts: Sequence[str]) -> tuple[Floats, dict[str, Table]]:
    """The weights of a model's features and of what stands around a candidate; all are nothing before they are learnt."""
    weights = np.zeros(len(dense), np.float32)
    around: dict[str, dict[str, float]] = {kind: {} for kind in contexts}
    for kind, key, value in rows(path, 3) if path else ():
        if kind == "dense":
            weights[dense.index(key)] = float(value)
        else:
            around[kind][key.replace("\\n", "\n").replace("\\t", "\t")] = float(value)
    return weights, {kind: Table(entries) for kind, entries in around.items()}


def read_spelled(paths: Sequence[Path], common: frozenset[str]) -> SpelledModel:
    """The model of names spelled by sound."""
    files = {path.stem: path for path in paths}
    columns = list(zip(*rows(files["spelled"], 4), strict=True))
    first, middle, last = (by_character(dict(zip(columns[0], map(float, column), strict=True))) for column in columns[1:])
    places = read_spelled_places(paths)
    plain = frozenset(word for word in common if min(float(middle[ord(character)]) for character in word) < SOUNDS_STRONG) - places
    pairs = Table({word: 1.0 for word in plain if len(word) == 2})
    known = frozenset(name for (name,) in rows(files["spelled_names"], 1))
    dense, contexts = read_weights(files.get("spelled_weights"), foreign.DENSE, foreign.CONTEXTS)
    return SpelledModel(first, middle, last, plain, pairs, known, places, dense, contexts)


def read_spelled_places(paths: Sequence[Path]) -> frozenset[str]:
    """Names of places that are spelled by sound."""
    path = next(path for path in paths if path.stem == "spelled_places")
    return frozenset(name for (name,) in rows(path, 1))


def read_common(paths: Sequence[Path], least: float = COMMON) -> frozenset[str]:
    """The words so common that an unknown name is not one of them."""
    path = next(path for path in paths if path.stem == "words")
    return frozenset(word for word, value in rows(path, 2) if float(value) >= least)


def read_common_in_spelled(paths: Sequence[Path]) -> frozenset[str]:
    """The words that a spelled name does not hold or cut."""
    return read_common(paths, COMMON_IN_SPELLED)
