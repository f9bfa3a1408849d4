"""Against what a figure changed, and which way."""

from __future__ import annotations

from pipeline.stages.facts.context import Context
from pipeline.stages.facts.lexicon import Atom, Lexicon
from pipeline.stages.facts.links import Link
from pipeline.stages.facts.marks import BASIS, DOWN, RATE, THAN, TIME
from pipeline.stages.facts.periods import is_quarter, spans_years, year_of

#: Units in which a change is told against an earlier level as a matter of course.
UNITS = ("%", "pp", "倍", "‰")


def direction_of(lexicon: Lexicon, link: Link) -> str | None:
    """Up or down, from the word nearest the figure."""
    if link.turning is None:
        return None
    mark, word = link.turning[2], link.turning[3]
    if mark & DOWN:
        return "down"
    if mark & RATE:
        return lexicon.value(word, "rate") or "up"
    return "up"


def basis_of(context: Context, link: Link, gap: list[Atom], unit: str) -> str | None:
    """Against what: as the words say, else against a time they name; a bare 增长 in a report on a period is year on year."""
    basis = link.basis or next((atom for atom in reversed(gap) if atom[2] & BASIS), None)
    if basis is not None:
        value = context.lexicon.value(basis[3], "basis")
        if value == "mom" and is_quarter(context.period):
            return "qoq"
        return value
    compared = _compared_time(context, gap)
    if compared is not None:
        return compared
    if context.article.report_year is None and (unit not in UNITS or not context.period.known):
        return None  # 收购价每斤提高2元, 用上新设备，损耗率降低3个百分点: in a story nobody says against when
    return "other" if spans_years(context.period) else "yoy"


def _compared_time(context: Context, gap: list[Atom]) -> str | None:
    """比2020年增长5%: against the year before it is yoy, against its end prev_year, against any other other."""
    than = next((n for n, atom in enumerate(gap) if atom[2] & THAN), None)
    if than is None:
        return None
    time = next((atom for atom in gap[than + 1 :] if atom[2] & TIME), None)
    if time is None or time[0] > gap[than][1] + 2:
        return "other" if context.text[gap[than][0]] in "比较" else None
    first, last = context.times.first[time[3]], context.times.last[time[3]]
    year = year_of(context.period)
    if last is None or year is None:
        return "other"
    if last.year != year - 1:
        return "other"
    return "prev_year" if first == last else "yoy"
