"""What is still unread, commonest first: the worklist of whoever extends the rules."""

from __future__ import annotations

import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow.parquet as pq

from pipeline.runner.driver import build

#: The kinds of issue a rule can cure, and the family such a rule belongs to.
CURABLE = {
    "unread_number": "quantities",
    "unknown_unit": "quantities",
    "unresolved_time": "times",
    "unresolved_place": "places",
    "layout": "formats",
}
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_DIGIT = re.compile(r"\d")
#: How much of what stands around tells one shape from another.
_BEFORE, _AFTER = 2, 3
_EXAMPLES = 3


@dataclass
class Shape:
    """Unread texts that look alike once their digits are made the same."""

    kind: str
    shape: str
    times: int = 0
    examples: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Coverage:
    """The unread shapes, commonest first, and how many of all digits they hold."""

    shapes: list[Shape]
    digits: int
    unread_digits: int

    @property
    def unread_share(self) -> float:
        return self.unread_digits / self.digits if self.digits else 0.0


def coverage(inputs: Sequence[Path], *, rules: Path | None = None, jobs: int | None = None) -> Coverage:
    """Build the pages aside and gather what was not read."""
    with tempfile.TemporaryDirectory() as folder:
        build(inputs, folder, rules=rules, jobs=jobs, without=("tokens", "panel"), quiet=True)
        return coverage_of(Path(folder))


def coverage_of(outputs: Path) -> Coverage:
    """Gather what was not read in built datasets."""
    digits = sum(len(_DIGIT.findall(text)) for text in _column(outputs, "sentences", ["text"]))
    found: dict[tuple[str, str], Shape] = {}
    seen: Counter[tuple[str, str]] = Counter()
    unread = 0
    samples: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path in sorted((outputs / "issues").glob("*.parquet")):
        rows = pq.read_table(path, columns=["kind", "text", "context"], partitioning=None).to_pylist()
        for row in rows:
            if row["kind"] not in CURABLE:
                continue
            text, context = row["text"] or "", row["context"] or ""
            if row["kind"] == "unread_number":
                unread += len(_DIGIT.findall(text))
            key = (row["kind"], _shape(row["kind"], text, context))
            seen[key] += 1
            if len(samples[key]) < _EXAMPLES:
                samples[key].append((context or text)[:60])
    for key, times in seen.items():
        found[key] = Shape(*key, times=times, examples=samples[key])
    ordered = sorted(found.values(), key=lambda shape: (-shape.times, shape.kind, shape.shape))
    return Coverage(ordered, digits, unread)


def _shape(kind: str, text: str, context: str) -> str:
    if kind == "layout":
        return context
    at = context.find(text)
    before = context[max(0, at - _BEFORE) : at] if at >= 0 and kind == "unread_number" else ""
    after = context[at + len(text) : at + len(text) + _AFTER] if at >= 0 and kind != "unresolved_place" else ""
    return _DIGITS.sub("N", f"{before}{text}{after}")


def _column(outputs: Path, name: str, columns: list[str]) -> Iterator[str]:
    for path in sorted((outputs / name).glob("*.parquet")):
        yield from pq.read_table(path, columns=columns, partitioning=None)[columns[0]].to_pylist()
