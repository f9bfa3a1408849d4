"""The words between an indicator and its figure: which way, against what, of what kind."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.stages.facts.lexicon import Atom
from pipeline.stages.facts.marks import (
    BASIS,
    COMPARE,
    DOWN,
    EACH,
    FIGURE,
    FROM,
    LINKING,
    MOVED,
    NOTE,
    RATE,
    THAN,
    TIME,
    UP,
    VERB,
)

#: How many characters may stand between 从 and the level that was left.
NEAR_ORIGIN = 6
#: How long the name of what something is compared with can be.
LONGEST_BASE = 14
_AGAINST = ("比", "较")
_TURNING = UP | DOWN | RATE | MOVED


@dataclass(slots=True)
class Link:
    """What stands directly before a figure, read from the figure backwards; `head_end` is where the indicator ends."""

    head_end: int
    first: int
    marks: int = 0
    turning: Atom | None = None
    basis: Atom | None = None
    rate: Atom | None = None
    each: Atom | None = None
    time: Atom | None = None


def link_before(text: str, atoms: list[Atom], at: int, floor: int) -> Link:
    """Walk back from the figure at `at` over linking words, not before `floor`."""
    position = atoms[at][0]
    link = Link(position, at)
    n = at - 1
    while n >= 0:
        atom = atoms[n]
        start, end, mark, _ = atom
        linking = mark & (LINKING | NOTE | COMPARE) or (mark & THAN and n + 1 < at and atoms[n + 1][2] & TIME)
        if start < floor or not linking or (end != position and text[end:position].strip(" *的")):
            base = _base_before(text, atoms, n, position, floor) if is_change(link) and link.basis is None and not link.marks & THAN else -1
            if base < 0:
                break
            n = base
            start, end, mark, _ = atom = atoms[n]
            position = end
        if mark & TIME and not link.marks & _TURNING and not link.marks & EACH and link.first == at and text[end:position].strip():
            break
        if mark & VERB and not mark & (UP | DOWN) and link.marks & _TURNING and mark & LINKING == 0:
            break
        link.marks |= mark
        if mark & _TURNING and link.turning is None:
            link.turning = atom
        if mark & RATE and link.rate is None:
            link.rate = atom
        if mark & BASIS and link.basis is None:
            link.basis = atom
        if mark & EACH and link.each is None:
            link.each = atom
        if mark & TIME and link.time is None:
            link.time = atom
        position = start
        link.first = n
        n -= 1
    link.head_end = position
    while n >= 0 and not atoms[n][2] & FROM and atoms[n][0] >= floor and position - atoms[n][0] <= NEAR_ORIGIN:
        n -= 1
    if n >= 0 and atoms[n][2] & FROM and atoms[n][0] > floor and position - atoms[n][1] <= NEAR_ORIGIN:
        # 浓度从每立方米48微克降到…: what stands between 从 and the figure belongs to neither.
        beyond = link_before(text, atoms, n, floor)
        link.head_end, link.first = beyond.head_end, beyond.first
        link.marks |= FROM
        link.each = link.each or beyond.each
    return link


def _base_before(text: str, atoms: list[Atom], n: int, position: int, floor: int) -> int:
    """Which atom is the 比 or 较 of 比种玉米的农户增加…: what stands between it and the change is what is compared with, and no indicator."""
    while n >= 0 and atoms[n][0] >= floor and position - atoms[n][0] <= LONGEST_BASE and not atoms[n][2] & FIGURE:
        if atoms[n][2] & THAN and text[atoms[n][0] : atoms[n][1]] in _AGAINST:
            return n if text[atoms[n][1] : position].strip() else -1
        n -= 1
    return -1


def is_change(link: Link) -> bool:
    """Whether the figure is how much something changed, and not where the change led."""
    return link.turning is not None and not link.turning[2] & MOVED


def is_origin(link: Link) -> bool:
    """Whether the figure is the level that was left (由4级)."""
    return bool(link.marks & FROM) and link.turning is None
