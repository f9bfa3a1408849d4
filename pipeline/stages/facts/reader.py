"""Reading an article: sentence by sentence, clause by clause, one run of figures after the other."""

from __future__ import annotations

from bisect import bisect_left

from pipeline.stages.facts.atoms import atoms_of
from pipeline.stages.facts.clause import read_clause
from pipeline.stages.facts.context import Context, home_of
from pipeline.stages.facts.inputs import Article, Figures, Places, Times
from pipeline.stages.facts.lexicon import Atom, Lexicon
from pipeline.stages.facts.marks import CUT, FIGURE
from pipeline.stages.facts.statement import Fact
from pipeline.stages.facts.tables import read_table, table_spans


def read(article: Article, figures: Figures, times: Times, places: Places, lexicon: Lexicon) -> list[Fact]:
    """Every fact the article states, in the order of its figures."""
    if not figures.start:
        return []
    atoms = atoms_of(article.text, lexicon, figures, times, places)
    context = Context(article, article.text, times, places, lexicon, home=home_of(article, places), figures=figures)
    facts: list[Fact] = []
    starts = [atom[0] for atom in atoms]
    bounds = [*article.sentence_starts, len(article.text)]
    last_paragraph: tuple[str, int] | None = None
    low = 0
    opened = False
    tables = iter(table_spans(article.text))
    table = next(tables, None)
    for n, kind in enumerate(article.sentence_kinds):
        paragraph = (kind, article.paragraphs[n])
        if paragraph != last_paragraph:
            context.open_paragraph(bounds[n])
            last_paragraph = paragraph
        high = bisect_left(starts, bounds[n + 1], low)
        while table is not None and table[1] <= bounds[n]:
            table = next(tables, None)
        if table is not None and table[0] <= bounds[n]:
            if table[0] == bounds[n]:
                facts += read_table(context, figures, *table)
            low = high
            continue
        context.open_sentence()
        context.beginning = kind == "body" and not opened
        opened = opened or kind == "body"
        read_sentence(context, figures, atoms[low:high], bounds[n], bounds[n + 1], facts)
        low = high
    return facts


def read_sentence(context: Context, figures: Figures, atoms: list[Atom], start: int, end: int, facts: list[Fact]) -> None:
    """Cut a sentence into clauses and read each."""
    clause: list[Atom] = []
    for atom in atoms:
        if atom[2] & CUT:
            _read_clause(context, figures, clause, start, atom[0], facts)
            clause = []
            start = atom[1]
        else:
            clause.append(atom)
    _read_clause(context, figures, clause, start, end, facts)


def _read_clause(context: Context, figures: Figures, atoms: list[Atom], start: int, end: int, facts: list[Fact]) -> None:
    if start >= end:
        return
    context.take_cues(atoms, start)
    if any(atom[2] & FIGURE for atom in atoms):
        facts.extend(read_clause(context, figures, atoms, start, end))
    else:
        context.note_topic(atoms, start, end)
