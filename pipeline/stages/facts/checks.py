"""What an article says twice must agree: shares and their parts, changes and earlier levels, repeated statements, units.

A result is written into the `checks` of the facts it concerns: `passed:NAME NUMBERS` or `failed:NAME NUMBERS`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pipeline.stages.facts.indicators import Indicators, fits
from pipeline.stages.facts.inputs import COUNTED, Figures
from pipeline.stages.facts.statement import Fact

#: A stated percent is rounded to its last digit; half of that digit is no disagreement.
_ROUNDING = 0.5
#: Levels stated twice may be rounded to their last digit but one.
_SAME = 0.01
#: Levels further apart than this are more likely of two things (of a part, of another plan) than one misprinted.
_NEAR = 0.2
#: Growth over an earlier level is stated at comparable prices; only changes of counts and lengths can be recomputed.
_REPRICED = frozenset({"money"})
_RATE_ENDS = ("率", "占比", "比重", "比例")


def check(facts: Sequence[Fact], figures: Figures, indicators: Indicators, paragraphs: Sequence[int]) -> None:
    """Write into the facts of one article what agrees and what does not; `paragraphs` says in which each stands."""
    levels = [fact for fact in facts if fact.figure >= 0 and fact.rule in ("level", "table", "share")]
    _units(levels, figures, indicators)
    _rates(facts, figures, paragraphs)
    _parts(levels, figures)
    _growth(levels, figures)
    _repeats(levels, figures)


def _mark(ok: bool, name: str, numbers: str, facts: Iterable[Fact]) -> None:
    for fact in facts:
        fact.checks.append(f"{'passed' if ok else 'failed'}:{name} {numbers}")


def _units(levels: Sequence[Fact], figures: Figures, indicators: Indicators) -> None:
    """A name that is an indicator's, measured in a unit the indicator is never measured in, is suspect."""
    for fact in levels:
        named = indicators.named(fact.indicator)
        if named is None:
            continue
        unit = figures.unit[fact.figure]
        if figures.dimension[fact.figure] in COUNTED:
            continue  # 8条高速公路 counts the things an indicator measures
        if not fits(named, unit, figures.dimension[fact.figure]):
            _mark(False, "unit", f"{named.id} is counted in {named.unit}, here {unit}", [fact])


def _rates(facts: Sequence[Fact], figures: Figures, paragraphs: Sequence[int]) -> None:
    """已开工13件, 开工率86.7%, of 15件 planned: a rate and the two counts of the same unit before it."""
    counted: list[Fact] = []
    place = -1
    for fact, paragraph in zip(facts, paragraphs, strict=True):
        if paragraph != place:
            counted, place = [], paragraph
        if fact.figure < 0:
            continue
        if figures.unit[fact.figure] != "%":
            if figures.dimension[fact.figure] in COUNTED:
                counted = [*counted[-3:], fact]
            continue
        if fact.rule == "level" and fact.indicator.endswith(_RATE_ENDS) and len(counted) >= 2:
            _rate(fact, counted, figures)


def _rate(fact: Fact, counted: Sequence[Fact], figures: Figures) -> None:
    """Look for a whole to the count just before the rate, among the counts of the same unit before it."""
    stated = figures.low[fact.figure]
    part = counted[-1]
    amount = figures.low[part.figure]
    for whole in reversed(counted[:-1]):
        total = figures.low[whole.figure]
        if figures.unit[whole.figure] != figures.unit[part.figure] or total <= amount or total == 0:
            continue
        share = 100 * amount / total
        if abs(share - stated) <= _step(stated):
            _mark(True, "rate", f"{amount:g} of {total:g} is {share:.4g}%", [fact, part, whole])
            return


def _parts(levels: Sequence[Fact], figures: Figures) -> None:
    """其中 parts do not exceed their whole; shares of one whole that sum to about a hundred sum to a hundred."""
    by_whole: dict[int, list[Fact]] = defaultdict(list)
    for fact in levels:
        whole = fact.part_of
        if whole is not None and whole.figure >= 0 and figures.unit[whole.figure] == figures.unit[fact.figure] != "%":
            by_whole[id(whole)].append(fact)
    for parts in by_whole.values():
        whole = parts[0].part_of
        assert whole is not None
        total = figures.high[whole.figure]
        for part in parts:
            if "人均" in whole.indicator:
                break
            amount = figures.low[part.figure]
            ok = amount <= total * (1 + _SAME)
            _mark(ok, "part", f"{amount:g} of {total:g}", [part])
        summed = sum(figures.low[part.figure] for part in parts)
        if len(parts) > 1 and abs(summed - total) <= total * _SAME:
            _mark(True, "sum", f"{len(parts)} parts sum to {summed:g} of {total:g}", [whole])
    _shares(levels, figures)


def _shares(levels: Sequence[Fact], figures: Figures) -> None:
    run: list[Fact] = []
    for fact in [*levels, None]:
        share = fact is not None and figures.unit[fact.figure] == "%" and fact.indicator.endswith(_RATE_ENDS[1:])
        if share and fact is not None and (not run or fact.period == run[-1].period):
            run.append(fact)
            continue
        if len(run) >= 2:
            summed = sum(figures.low[part.figure] for part in run)
            if abs(summed - 100) <= 0.1 * len(run):
                _mark(True, "shares", f"{len(run)} shares sum to {summed:g}%", run)
        run = [fact] if share and fact is not None else []


def _growth(levels: Sequence[Fact], figures: Figures) -> None:
    """A count that grew by so much to this year's level was so much last year; the article may state that too."""
    stated: dict[tuple[str | None, str, str, int], Fact] = {}
    grown = {fact.indicator for fact in levels if fact.change >= 0 and fact.basis == "yoy"}
    for fact in levels:
        year = _year(fact) if fact.indicator in grown else None
        if year is not None:
            stated.setdefault((fact.subject.code, fact.indicator, figures.unit[fact.figure], year), fact)
    for (code, indicator, unit, year), fact in stated.items():
        before = stated.get((code, indicator, unit, year - 1))
        if before is None or fact.change < 0 or fact.basis != "yoy" or figures.dimension[fact.figure] in _REPRICED:
            continue
        if figures.unit[fact.change] != "%" or fact.direction not in ("up", "down"):
            continue
        old, new = figures.low[before.figure], figures.low[fact.figure]
        if old <= 0:
            continue
        told = abs(figures.low[fact.change]) * (1 if fact.direction == "up" else -1)
        found = 100 * (new / old - 1)
        ok = abs(found - told) <= max(_step(told), 0.02 * abs(told)) + 0.5
        _mark(ok, "growth", f"{old:g} to {new:g} is {found:+.3g}%, stated {told:+g}%", [fact])


def _repeats(levels: Sequence[Fact], figures: Figures) -> None:
    """Two statements of one canonical indicator, place, period and unit agree."""
    told: dict[tuple[str | None, str, object, object, str, str], list[Fact]] = defaultdict(list)
    for fact in levels:
        if fact.indicator_id is not None and fact.period.known and fact.subject.code is not None:
            period = fact.period
            told[(fact.subject.code, fact.indicator_id, period.first, period.last, figures.unit[fact.figure], fact.modality)].append(fact)
    for facts in told.values():
        first = facts[0]
        for other in facts[1:]:
            if other.indicator != first.indicator:
                continue
            one, two = figures.low[first.figure], figures.low[other.figure]
            apart = abs(one - two) / max(abs(one), abs(two), 1e-9)
            if apart <= _NEAR:
                _mark(apart <= _SAME, "repeat", f"{one:g} and {two:g}", [first, other])


def _year(fact: Fact) -> int | None:
    last = fact.period.last
    return last.year if last is not None and last.month == 12 else None


def _step(value: float) -> float:
    """Half of the last digit of a stated number, with a little for rounding twice."""
    digits = f"{abs(value):.10g}".partition(".")[2]
    return float(_ROUNDING * 10.0 ** -len(digits) + 1e-9)
