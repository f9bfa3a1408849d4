"""Rules that do nothing on a corpus: they made no row of it, or none of their words is in it."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import ahocorasick_rs
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.contract import DATASETS
from pipeline.rulebook import Rulebook
from pipeline.rulebook.clashes import claimants
from pipeline.runner.driver import build

#: Columns that name a rule, with what stands before it there: an indicator is named by its id, a kind of report too.
_NAMING = {"rule_id": "", "indicator_id": "indicators/", "format": "formats/"}


@dataclass(frozen=True)
class DeadRule:
    """A rule the corpus has no use for, where it stands, and how one can tell."""

    rule_id: str
    path: Path
    line: int
    why: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule_id}: {self.why}"


def fired(tables: Mapping[str, pa.Table]) -> set[str]:
    """The rules that made a row of these tables."""
    found: set[str] = set()
    for table in tables.values():
        for column, before in _NAMING.items():
            if column in table.schema.names:
                found.update(before + name for name in table[column].unique().to_pylist() if name)
    # A composed indicator's id is its rule's with the part after a dot.
    return found | {name.rpartition(".")[0] for name in found if name.startswith("indicators/") and "." in name}


def dead_rules(
    corpus: Sequence[Path], rulebook: Rulebook, makes_rows: set[str], families: Sequence[str] = (), *, jobs: int | None = None
) -> list[DeadRule]:
    """The rules of these families that do nothing on the corpus. `makes_rows` are those that made a row of their own examples:
    of the others, which work inside other rules, only those are named none of whose words the corpus has."""
    with tempfile.TemporaryDirectory() as folder:
        outputs = Path(folder)
        build(corpus, outputs, rules=rulebook.root, jobs=jobs, without=("tokens", "panel"), quiet=True)
        alive = set().union(*(fired({name: table}) for name, table in _columns(outputs, DATASETS)))
        return list(_dead(rulebook, families or tuple(rulebook.families), alive, makes_rows, _texts(outputs)))


def _dead(rulebook: Rulebook, families: Iterable[str], alive: set[str], makes_rows: set[str], texts: Iterable[str]) -> Iterator[DeadRule]:
    words: dict[str, set[str]] = defaultdict(set)
    for family in families:
        for one in claimants(rulebook, family):
            words[one.rule_id].add(one.claim.surface)
    used = _rules_with_words(words, texts)
    for family in families:
        for file in rulebook.files(family):
            for rule, line in zip(file.rules, file.lines, strict=True):
                rule_id = f"{family}/{rule.id}"
                if rule_id in alive:
                    continue
                if words[rule_id] and rule_id not in used:
                    yield DeadRule(rule_id, file.path, line, "none of its words is on these pages")
                elif rule_id in makes_rows:
                    yield DeadRule(
                        rule_id, file.path, line, "made no row of these pages" + (", though words of it are there" if words[rule_id] else "")
                    )


def _rules_with_words(words: Mapping[str, set[str]], texts: Iterable[str]) -> set[str]:
    owners: dict[str, list[str]] = defaultdict(list)
    for rule_id, surfaces in words.items():
        for surface in surfaces:
            owners[surface].append(rule_id)
    distinct = list(owners)
    automaton = ahocorasick_rs.AhoCorasick(distinct)
    found: set[int] = set()
    for text in texts:
        found.update(number for number, _, _ in automaton.find_matches_as_indexes(text, overlapping=True))
    return {rule_id for number in found for rule_id in owners[distinct[number]]}


def _columns(outputs: Path, names: Iterable[str]) -> Iterator[tuple[str, pa.Table]]:
    for name in names:
        columns = [column for column in DATASETS[name].schema.names if column in _NAMING]
        if columns:
            for path in sorted((outputs / name).glob("*.parquet")):
                yield name, pq.read_table(path, columns=columns, partitioning=None)


def _texts(outputs: Path) -> Iterator[str]:
    for path in sorted((outputs / "sentences").glob("*.parquet")):
        yield from pq.read_table(path, columns=["text"], partitioning=None)["text"].to_pylist()
