"""Reading the tables of names beside the rules into a `NameModel`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from pipeline.rulebook import RuleError
from pipeline.stages.people.names import CONTEXTS, DENSE, NameModel, by_character, key_of, table


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
        single=by_character({row[0]: float(row[1]) for row in given}),
        first=by_character({row[0]: float(row[2]) for row in given}),
        last=by_character({row[0]: float(row[3]) for row in given}),
        compounds=np.array(sorted(key_of(name) for name, _ in surnames if len(name) == 2), np.uint64),
        words={length: table(entries) for length, entries in words.items()},
        dense=dense,
        contexts={kind: table(entries) for kind, entries in contexts.items()},
    )


def read_common(paths: Sequence[Path], least: float = 2.5) -> frozenset[str]:
    """The words so common that an unknown name is not one of them."""
    path = next(path for path in paths if path.stem == "words")
    return frozenset(word for word, value in rows(path, 2) if float(value) >= least)
