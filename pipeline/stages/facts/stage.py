"""From a batch's mentions to rows of facts, and issues for the checks that failed."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.contract import DATASETS
from pipeline.rulebook import Rulebook
from pipeline.stages.base import Stage, Tables
from pipeline.stages.facts.checks import check
from pipeline.stages.facts.columns import Mentions, Sentences, facts_table, figures_of, places_of, times_of
from pipeline.stages.facts.indicators import INDICATORS, Indicators, fits
from pipeline.stages.facts.inputs import Article, Figures, ReportPart
from pipeline.stages.facts.lexicon import FACTS, Lexicon
from pipeline.stages.facts.reader import read
from pipeline.stages.facts.statement import Fact
from pipeline.stages.figures.times import TimeRules, context_for, sections
from pipeline.stages.scan import Scan, ScanArticle


def run(tables: Tables, rulebook: Rulebook) -> dict[str, pa.Table]:
    """Read the facts of a batch."""
    lexicon: Lexicon = rulebook["facts"]
    indicators: Indicators = rulebook["indicators"]
    time_rules: TimeRules = rulebook["times"]
    scan = Scan.of(tables["documents"], tables["articles"], tables["sentences"])
    quantities = tables["quantities"]
    sentences = Sentences(scan)
    figures = Mentions(quantities.filter(pc.not_equal(quantities["dimension"], "ordinal")), sentences)
    times = Mentions(tables["times"], sentences)
    places = Mentions(tables["places"], sentences)
    facts: list[Fact] = []
    rows: list[tuple[int, int]] = []
    for article in scan.articles:
        low, high = figures.within(article.base, len(article.text))
        if low == high:
            continue
        found = figures_of(figures, low, high, article.base)
        here = article_of(article, time_rules)
        made = read(
            here,
            found,
            times_of(times, *times.within(article.base, len(article.text)), article.base),
            places_of(places, *places.within(article.base, len(article.text)), article.base),
            lexicon,
        )
        for fact in made:
            name_indicator(fact, indicators, found)
            rows.append((fact.figure + low if fact.figure >= 0 else -1, fact.change + low if fact.change >= 0 else -1))
        check(made, found, indicators, [here.paragraph_at(found.start[fact.anchor]) for fact in made])
        facts += made
    return {"facts": facts_table(facts, rows, figures.table), "issues": _issues(facts, rows, figures.table)}


def article_of(article: ScanArticle, rules: TimeRules) -> Article:
    """What the reader needs to know of an article."""
    context = context_for(
        article.text,
        rules,
        issue_date=article.issue_date,
        publication=article.publication,
        headline=article.headline,
        page_format=article.format,
    )
    parts = []
    if context.report_year is not None:
        parts = [ReportPart(part.start, part.year, part.plan) for part in sections(article.text, rules, context)]
    return Article(
        article.text,
        article.sentence_starts,
        article.sentence_kinds,
        article.paragraphs,
        kind=article.kind,
        home_code=article.home_code,
        place_code=article.place_code,
        issue_date=article.issue_date,
        report_year=context.report_year,
        parts=parts,
    )


def name_indicator(fact: Fact, indicators: Indicators, figures: Figures) -> None:
    """Give the fact its canonical indicator, unless its figure is in a unit the indicator is never counted in."""
    found = indicators.named(fact.indicator)
    if found is None:
        return
    if fact.figure >= 0 and not fits(found, figures.unit[fact.figure], figures.dimension[fact.figure]):
        return
    fact.indicator_id = found.id


def _issues(facts: list[Fact], rows: list[tuple[int, int]], quantities: pa.Table) -> pa.Table:
    failed = [(fact, row) for fact, row in zip(facts, rows, strict=True) if fact.checks and any(check.startswith("failed:") for check in fact.checks)]
    at = quantities.take(pa.array([value if value >= 0 else change for _, (value, change) in failed], type=pa.int64()))
    columns: dict[str, Any] = {name: at[name] for name in ("doc_id", "article_id", "sentence_id", "start", "end", "raw_start", "raw_end", "text")}
    columns["kind"] = ["check_failed"] * len(failed)
    columns["stage"] = ["facts"] * len(failed)
    columns["rule_id"] = ["facts/" + fact.rule for fact, _ in failed]
    columns["context"] = ["; ".join(check for check in fact.checks if check.startswith("failed:")) for fact, _ in failed]
    return DATASETS["issues"].table(columns)


STAGE = Stage(
    name="facts",
    room="pipeline.stages.facts",
    reads=("documents", "articles", "sentences", "places", "times", "quantities"),
    writes=("facts", "issues"),
    rules=("indicators", "facts", "times"),
    run=run,
    families=(INDICATORS, FACTS),
    about="Ties every figure to what it measures, for whom and when.",
)
