"""Scores of `facts`: the figure, what it is about, and the fields that hang on it."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.evaluate.matching import Item, Score, close, day, likeness, missing, overlap, pair, solid
from pipeline.evaluate.mentions import Rows, Scores, same_value

#: How alike two names of an indicator must be to be the same.
LIKE_ENOUGH = 0.6


def score_facts(scores: Scores, page: str, gold: Mapping[str, list[Item]], rows: Rows) -> None:
    """Add one page's counts to the scores of facts."""
    quantities = {row["quantity_id"]: row for row in rows["quantities"] if row["dimension"] != "ordinal"}
    found = [_located(row, quantities) for row in rows["facts"]]
    wanted = [{**fact, "span": fact.get("value_span") or fact["change"]["span"]} for fact in gold["facts"]]
    # A figure repeated elsewhere, and an optional quantity, may be a fact or not.
    spared = [{**fact, "span": span, "optional": True} for fact in wanted for span in fact.get("also_at", [])]
    spared += [{**item, "optional": True} for item in gold.get("quantities", []) if item.get("optional")]
    pair(scores["facts: figure"], page, wanted + spared, found, _same_figure)
    pair(scores["facts: figure, subject, indicator"], page, wanted + spared, found, lambda g, f: _same_figure(g, f) and _same_matter(g, f))
    for fact in wanted:
        match = next((row for row in found if _same_figure(fact, row) and _same_matter(fact, row)), None)
        if match is not None and not fact.get("optional"):
            _score_fields(scores, page, fact, match)


def _located(row: Item, quantities: Mapping[str, Item]) -> Item:
    """The fact with the places of its value and of its change on the page."""
    value_at = row["span"] if row["quantity_id"] in quantities else None
    change = quantities.get(row["change_quantity_id"])
    change_at = change["span"] if change else None if value_at else row["span"]
    return {**row, "value_at": value_at, "change_at": change_at}


def _same_figure(g: Item, f: Item) -> bool:
    if g.get("value_span"):
        spans = [g["value_span"], *g.get("also_at", [])]
        return f["value_at"] is not None and any(overlap(span, f["value_at"]) for span in spans) and same_value(g, f)
    change = g["change"]
    return f["value_at"] is None and f["change_at"] is not None and overlap(change["span"], f["change_at"]) and close(change["low"], _change(f))


def _same_matter(g: Item, f: Item) -> bool:
    subjects = [str(subject) for subject in (g.get("subject"), *g.get("subject_alt", [])) if subject]
    if subjects and not any(_names(subject, f) for subject in subjects):
        return False
    return max(likeness(name, f["indicator"]) for name in (g["indicator"], *g.get("aliases", []))) >= LIKE_ENOUGH


def _names(subject: str, f: Item) -> bool:
    if subject == f["subject_code"]:
        return True
    return not subject.isdigit() and any(solid(subject) in solid(f[column]) for column in ("organisation", "subject"))


def _change(f: Item) -> object:
    return f["change_value"] if missing(f["change_low"]) else f["change_low"]


def _score_fields(scores: Scores, page: str, g: Item, f: Item) -> None:
    change = g.get("change")
    if change:
        right = close(change["low"], _change(f)) and all((f[f"change_{name}"] or None) == change.get(name) for name in ("basis", "direction"))
        _field(scores["facts: change (of those right)"], page, g, f, right)
    if (g.get("start") or g.get("end")) and not g.get("period_inferred"):
        right = (day(f["period_start"]), day(f["period_end"])) == (day(g.get("start")), day(g.get("end")))
        _field(scores["facts: period (of those right)"], page, g, f, right)
    for name, column, measure in (("rank", "rank", "rank"), ("share_of_target", "target_share", "share of target")):
        if g.get(name) is not None:
            _field(scores[f"facts: {measure} (of those right)"], page, g, f, close(g[name], f[column]))


def _field(score: Score, page: str, g: Item, f: Item, right: bool) -> None:
    score.gold += 1
    score.found += 1
    score.hit += right
    if not right:
        score.missed.append((page, g))
        score.wrong.append((page, f))
