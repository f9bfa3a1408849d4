"""Reading an article: sentence by sentence, clause by clause, one run of figures after the other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from pipeline.stages.facts.atoms import atoms_of
from pipeline.stages.facts.clause import read_clause
from pipeline.stages.facts.context import Context
from pipeline.stages.facts.grids import grids
from pipeline.stages.facts.inputs import Article, Figures, Places, Times
from pipeline.stages.facts.lexicon import Atom, Lexicon
from pipeline.stages.facts.marks import CUT, FIGURE, PLAN, TIME
from pipeline.stages.facts.organisations import organisations_of
from pipeline.stages.facts.statement import Fact
from pipeline.stages.facts.subjects import home_of
from pipeline.stages.facts.tables import read_table


def read(article: Article, figures: Figures, times: Times, places: Places, lexicon: Lexicon) -> list[Fact]:
    """Every fact the article states, in the order of its figures."""
    if not figures.start:
        return []
    atoms = atoms_of(article, lexicon, figures, times, places)
    context = Context(article, article.text, times, places, lexicon, home=home_of(article, places, lexicon), figures=figures)
    context.organisations = organisations_of(article.text, places)
    facts: list[Fact] = []
    starts = [atom[0] for atom in atoms]
    bounds = [*article.sentence_starts, len(article.text)]
    last_paragraph: tuple[str, int] | None = None
    low = 0
    opened = told = False
    tables = iter(grids(article.text))
    table = next(tables, None)
    for n, kind in enumerate(article.sentence_kinds):
        paragraph = (kind, article.paragraphs[n])
        if paragraph != last_paragraph:
            context.open_paragraph(bounds[n])
            last_paragraph = paragraph
        high = bisect_left(starts, bounds[n + 1], low)
        while table is not None and table.end <= bounds[n]:
            table = next(tables, None)
        if table is not None and table.start <= bounds[n]:
            if table.start == bounds[n]:
                facts += read_table(context, figures, table)
            low = high
            continue
        beginning = kind == "body" and not opened
        opened = opened or kind == "body"
        if low == high:
            continue
        context.open_sentence()
        context.beginning = beginning
        figured = any(atom[2] & FIGURE for atom in atoms[low:high])
        context.first_figures = kind == "body" and figured and not told
        told = told or context.first_figures
        read_sentence(context, figures, atoms[low:high], bounds[n], bounds[n + 1], facts)
        low = high
    return _without_repeats(article, figures, facts)


def _without_repeats(article: Article, figures: Figures, facts: list[Fact]) -> list[Fact]:
    """A figure of a headline or a caption that the body states too is one observation, the body's."""
    kept: list[tuple[Fact, bool]] = []
    told = set()
    for fact in facts:
        ref = fact.anchor
        in_title = article.sentence_kinds[bisect_right(article.sentence_starts, figures.start[ref]) - 1] != "body"
        kept.append((fact, in_title))
        if not in_title:
            told.add(_amount(figures, ref))
    return [fact for fact, in_title in kept if not in_title or _amount(figures, fact.anchor) not in told]


def _amount(figures: Figures, ref: int) -> tuple[float, float, str]:
    return figures.low[ref], figures.high[ref], figures.unit[ref]


def read_sentence(context: Context, figures: Figures, atoms: list[Atom], start: int, end: int, facts: list[Fact]) -> None:
    """Cut a sentence into clauses and read each; one without figures can only say when, or that plans follow."""
    marks = 0
    for atom in atoms:
        marks |= atom[2]
    if not marks & (FIGURE | TIME | PLAN):
        return
    context.figured = bool(marks & FIGURE)
    clause: list[Atom] = []
    for atom in atoms:
        if atom[2] & CUT:
            _read_clause(context, figures, clause, start, atom[0], facts)
            context.bracket(context.text[atom[0]])
            clause = []
            start = atom[1]
        else:
            clause.append(atom)
    _read_clause(context, figures, clause, start, end, facts)


def _read_clause(context: Context, figures: Figures, atoms: list[Atom], start: int, end: int, facts: list[Fact]) -> None:
    if start >= end:
        return
    figured = context.figured and any(atom[2] & FIGURE for atom in atoms)
    start = context.take_cues(atoms, start, end, figured)
    context.opening_clause = False
    if figured:
        facts.extend(read_clause(context, figures, atoms, start, end))
    elif context.figured:
        context.note_topic(atoms, start, end)
