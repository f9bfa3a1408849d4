"""Reading the tables of names beside the rules into a `NameModel`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from pipeline.rulebook import RuleError
from pipeline.stages.people.foreign import SpelledModel
from pipeline.stages.people.lookup import WordTable
from pipeline.stages.people.names import CONTEXTS, DENSE, RARE, NameModel, by_character

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
    words: dict[int, dict[str, float]] = {2: {}, 3: {}, 4: {}}
    for word, value in rows(files["words"], 2):
        if len(word) in words:
            words[len(word)][word] = float(value)
    dense = np.zeros(2 * len(DENSE), np.float32)
    contexts: dict[str, dict[str, float]] = {kind: {} for kind in CONTEXTS}
    if "name_weights" in files:
        for kind, key, value in rows(files["name_weights"], 3):
            if kind == "dense":
                name, _, double = key.partition("/")
                dense[DENSE.index(name) + (len(DENSE) if double else 0)] = float(value)
            else:
                contexts[kind][key.replace("\\n", "\n").replace("\\t", "\t")] = float(value)
    return NameModel(
        surname=by_character({name: float(value) for name, value in surnames if len(name) == 1}),
        single=by_character({row[0]: float(row[1]) for row in given}, RARE),
        first=by_character({row[0]: float(row[2]) for row in given}, RARE),
        last=by_character({row[0]: float(row[3]) for row in given}, RARE),
        compounds=WordTable.of({name: float(value) for name, value in surnames if len(name) == 2}),
        words={length: WordTable.of(entries) for length, entries in words.items()},
        dense=dense,
        contexts={kind: WordTable.of(entries) for kind, entries in contexts.items()},
    )


def read_spelled(paths: Sequence[Path], common: frozenset[str]) -> SpelledModel:
    """The model of names spelled by sound."""
    path = next(path for path in paths if path.stem == "spelled")
    columns = list(zip(*rows(path, 4), strict=True))
    first, middle, last = (by_character(dict(zip(columns[0], map(float, column), strict=True))) for column in columns[1:])
    plain = frozenset(word for word in common if min(float(middle[ord(character)]) for character in word) < SOUNDS_STRONG)
    return SpelledModel(first, middle, last, plain - read_spelled_places(paths))


def read_spelled_places(paths: Sequence[Path]) -> frozenset[str]:
    """Names of places that are spelled by sound."""
    path = next(path for path in paths if path.stem == "spelled_places")
    return frozenset(name for (name,) in rows(path, 1))


def read_common(paths: Sequence[Path], least: float = COMMON) -> frozenset[str]:
    """The words so common that an unknown name is not one of them."""
    path = next(path for path in paths if path.stem == "words")
    return frozenset(word for word, value in rows(path, 2) if float(value) >= least)
