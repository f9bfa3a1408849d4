"""An article's sentences cut into clauses, in one pass over its atoms."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from pipeline.stages.facts.lexicon import Atom
from pipeline.stages.facts.marks import CUT, FIGURE, PLAN, TIME

_BRACKETS = "（(）)"
#: What a sentence must hold to say anything: one without figures can still say when, or that plans follow.
_TELLING = FIGURE | TIME | PLAN


@dataclass(slots=True)
class Clause:
    """What stands between two signs that part clauses, and what it holds: all its atoms' marks as one number."""

    start: int
    end: int
    atoms: list[Atom]
    marks: int
    #: Which of the atoms are figures.
    figures: list[int]
    #: The brackets passed since the clause before.
    brackets: str = ""


@dataclass(slots=True)
class Sentence:
    """A sentence that says something: its number in the article, its clauses and all their marks."""

    number: int
    clauses: list[Clause]
    marks: int


def sentences_of(text: str, atoms: list[Atom], starts: list[int], numbers: list[int]) -> list[Sentence]:
    """The sentences of these numbers as clauses, those that hold a figure, a time or a plan."""
    bounds = [*starts, len(text)]
    sentences: list[Sentence] = []
    n = 0
    for number in numbers:
        start, end = bounds[number], bounds[number + 1]
        n = bisect_left(atoms, (start,), n)
        following = bisect_left(atoms, (end,), n)
        clauses, marks = _cut(text, atoms[n:following], start, end)
        if marks & _TELLING:
            sentences.append(Sentence(number, clauses, marks))
        n = following
    return sentences


def _cut(text: str, atoms: list[Atom], start: int, end: int) -> tuple[list[Clause], int]:
    """The clauses between the signs that part them, and all that they hold."""
    clauses: list[Clause] = []
    inside: list[Atom] = []
    figures: list[int] = []
    marks = every = 0
    brackets = ""
    for atom in atoms:
        mark = atom[2]
        if not mark & CUT:
            if mark & FIGURE:
                figures.append(len(inside))
            inside.append(atom)
            marks |= mark
            continue
        if start < atom[0]:
            clauses.append(Clause(start, atom[0], inside, marks, figures, brackets))
            every |= marks
            inside, marks, figures, brackets = [], 0, [], ""
        start = atom[1]
        if text[atom[0]] in _BRACKETS:
            brackets += text[atom[0]]
    if start < end or brackets:
        clauses.append(Clause(start, end, inside, marks, figures, brackets))
    return clauses, every | marks
