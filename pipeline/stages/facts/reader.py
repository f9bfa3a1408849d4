"""Reading an article: sentence by sentence, clause by clause, one run of figures after the other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from pipeline.stages.facts.atoms import atoms_of, telling_sentences
from pipeline.stages.facts.clause import read_clause
from pipeline.stages.facts.clauses import Sentence, sentences_of
from pipeline.stages.facts.context import Context
from pipeline.stages.facts.cues import take_cues
from pipeline.stages.facts.grids import Grid, grids
from pipeline.stages.facts.inputs import Article, Figures, Places, Times
from pipeline.stages.facts.lexicon import Lexicon
from pipeline.stages.facts.marks import FIGURE
from pipeline.stages.facts.organisations import organisations_of
from pipeline.stages.facts.statement import Fact
from pipeline.stages.facts.subjects import home_of
from pipeline.stages.facts.tables import read_table


def read(article: Article, figures: Figures, times: Times, places: Places, lexicon: Lexicon) -> list[Fact]:
    """Every fact the article states, in the order of its figures."""
    if not figures.start:
        return []
    text, starts, kinds = article.text, article.sentence_starts, article.sentence_kinds
    telling = telling_sentences(article, lexicon, figures, times)
    sentences = sentences_of(text, atoms_of(article, telling, lexicon, figures, times, places), starts, telling)
    tables = grids(text)
    context = Context(article, text, times, places, lexicon, home=home_of(article, places, lexicon), figures=figures)
    context.organisations = organisations_of(text, places)
    opening = next((n for n, kind in enumerate(kinds) if kind == "body" and not any(t.start <= starts[n] < t.end for t in tables)), -1)
    facts: list[Fact] = []
    in_title: list[bool] = []
    told = False
    last = -1
    for number, matter in _in_order(sentences, tables, starts):
        first = _paragraph_since(article, number, last)
        if first > last:
            context.open_paragraph(starts[first])
        last = number
        if isinstance(matter, Grid):
            made = read_table(context, figures, matter)
        else:
            context.open_sentence()
            context.beginning = number == opening
            context.figured = bool(matter.marks & FIGURE)
            context.first_figures = context.figured and kinds[number] == "body" and not told
            told = told or context.first_figures
            made = read_sentence(context, figures, matter)
        facts += made
        in_title += [kinds[number] != "body"] * len(made)
    return _without_repeats(figures, facts, in_title) if any(in_title) else facts


def _in_order(sentences: list[Sentence], tables: list[Grid], starts: list[int]) -> Iterator[tuple[int, Sentence | Grid]]:
    """Sentences, and tables that begin with one, each with its number; the lines of a table are no sentences."""
    n = 0
    for table in tables:
        first, beyond = bisect_left(starts, table.start), bisect_left(starts, table.end)
        while n < len(sentences) and sentences[n].number < first:
            yield sentences[n].number, sentences[n]
            n += 1
        if first < beyond and starts[first] == table.start:
            yield first, table
        while n < len(sentences) and sentences[n].number < beyond:
            n += 1
    for sentence in sentences[n:]:
        yield sentence.number, sentence


def _paragraph_since(article: Article, number: int, last: int) -> int:
    """The first sentence of the paragraph of `number`; `last` where that sentence, read before, stands in the same."""
    kinds, paragraphs = article.sentence_kinds, article.paragraphs
    if last >= 0 and paragraphs[last] == paragraphs[number] and kinds[last] == kinds[number]:
        return last
    first = number
    while first > last + 1 and paragraphs[first - 1] == paragraphs[number] and kinds[first - 1] == kinds[number]:
        first -= 1
    return first


def _without_repeats(figures: Figures, facts: list[Fact], in_title: list[bool]) -> list[Fact]:
    """A figure of a headline or a caption that the body states too is one observation, the body's."""
    told = {_amount(figures, fact.anchor) for fact, title in zip(facts, in_title, strict=True) if not title}
    return [fact for fact, title in zip(facts, in_title, strict=True) if not title or _amount(figures, fact.anchor) not in told]


def _amount(figures: Figures, ref: int) -> tuple[float, float, str]:
    return figures.low[ref], figures.high[ref], figures.unit[ref]


def read_sentence(context: Context, figures: Figures, sentence: Sentence) -> list[Fact]:
    """Read each clause; one without figures can say when, that plans follow, and what the next figures are of."""
    facts: list[Fact] = []
    for clause in sentence.clauses:
        for sign in clause.brackets:
            context.bracket(sign)
        if clause.start >= clause.end:
            continue
        start = take_cues(context, clause)
        if clause.marks & FIGURE:
            facts += read_clause(context, figures, clause, start)
        elif context.figured:
            context.pass_over(clause, start)
    return facts
