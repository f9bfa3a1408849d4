"""Pairing what was found with what gold says, one to one, and counting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

Item = dict[str, Any]
Same = Callable[[Item, Item], bool]

#: Ways of writing a unit that mean the same; the left is read as the right.
SAME_UNIT = {
    **dict.fromkeys(("㎡", "m2", "m²"), "平方米"),
    **dict.fromkeys(("平方千米", "km2"), "平方公里"),
    **dict.fromkeys(("百分点", "个百分点"), "pp"),
    **dict.fromkeys(("km", "千米"), "公里"),
    **dict.fromkeys(("元", "RMB"), "CNY"),
    **dict.fromkeys(("kWh", "度"), "千瓦时"),
    "t": "吨",
    "月": "个月",
    "日": "天",
    "％": "%",
}


@dataclass
class Score:
    """Counts of one measure; `missed` and `wrong` keep the cases for whoever wants to read them."""

    gold: int = 0
    found: int = 0
    hit: int = 0
    missed: list[tuple[str, Item]] = field(default_factory=list)
    wrong: list[tuple[str, Item]] = field(default_factory=list)
    #: Precision and recall where they are no ratios of the counts above (B-cubed).
    given: tuple[float, float] | None = None

    @property
    def precision(self) -> float:
        return self.given[0] if self.given else self.hit / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.given[1] if self.given else self.hit / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def pair(score: Score, page: str, gold: Sequence[Item], found: Sequence[Item], same: Same) -> None:
    """Give each gold item the first free match; what touches an optional gold item counts neither way."""
    free = list(range(len(found)))
    for wanted in gold:
        if wanted.get("optional"):
            continue
        score.gold += 1
        match = next((n for n in free if same(wanted, found[n])), None)
        if match is None:
            score.missed.append((page, wanted))
        else:
            free.remove(match)
            score.hit += 1
            score.found += 1
    spared = [item["span"] for item in gold if item.get("optional")]
    for n in free:
        if not any(overlap(span, found[n]["span"]) for span in spared):
            score.found += 1
            score.wrong.append((page, found[n]))


def overlap(one: Sequence[int], other: Sequence[int]) -> bool:
    return max(one[0], other[0]) < min(one[1], other[1])


def solid(text: object) -> str:
    """The text without any white space: line breaks inside a span are no difference."""
    return "" if missing(text) else "".join(str(text).split())


def missing(value: object) -> bool:
    return value is None or value != value


def close(one: Any, other: Any) -> bool:
    if missing(one) or missing(other):
        return missing(one) and missing(other)
    return abs(float(one) - float(other)) <= 1e-6 * max(1.0, abs(float(one)), abs(float(other)))


def unit(name: Any) -> Any:
    return SAME_UNIT.get(name, name)


def day(value: object) -> str | None:
    return None if missing(value) else str(value)[:10]


def likeness(one: object, other: object) -> float:
    """Character F1 by longest common subsequence."""
    a, b = solid(one), solid(other)
    if not a or not b:
        return 0.0
    lengths = [0] * (len(b) + 1)
    for x in a:
        diagonal = 0
        for n, y in enumerate(b, 1):
            above = lengths[n]
            lengths[n] = diagonal + 1 if x == y else max(above, lengths[n - 1])
            diagonal = above
    return 2 * lengths[-1] / (len(a) + len(b))
