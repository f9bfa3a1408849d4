"""The rule family `times`: what its rule files may hold and what they are compiled to."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.rulebook.family import Claim, Family, Rule, RuleFile
from pipeline.stages.figures.times.calendar import lunar_key
from pipeline.stages.figures.times.grammar import LUNAR_COLUMN, TimeRules, compile_rules
from pipeline.stages.figures.times.models import Bound, Clue, Cue, Heading, Join, Piece, Report, Vague
from pipeline.stages.figures.times.slots import fill

_PATTERN_LISTS = ("forms", "before", "after", "patterns", "opening", "written_late", "lifted_after")
_PATTERNS = ("head", "never_before", "only_before")


def _patterns(rule: Rule) -> dict[str, str]:
    if not isinstance(rule, (Piece, Vague, Cue, Clue, Heading, Report, Bound)):
        return {}
    lists = {name: value for name, value in rule if name in _PATTERN_LISTS}
    single = {name: fill(value) for name, value in rule if name in _PATTERNS}
    return {**single, **{f"{name}[{n}]": fill(pattern) for name, value in lists.items() for n, pattern in enumerate(value)}}


def _claims(_kind: str, rule: Rule) -> Iterator[Claim]:
    if isinstance(rule, Piece):
        yield from (Claim(word, f"a time of level {rule.level}", f"{rule.means} {value}") for word, value in rule.words.items())
    elif isinstance(rule, Vague):
        yield from (Claim(word, "a vague time") for word in rule.words)
    elif isinstance(rule, Bound):
        for use, words in (("opens", rule.opens), ("closes", rule.closes)):
            yield from (Claim(word, f"a word that {use} a span of time", rule.sense, later=True) for word in words)


def _compile(files: Sequence[RuleFile], data: Sequence[Path]) -> TimeRules:
    return compile_rules([rule for file in files for rule in file.rules], _feasts(data))


def _feasts(paths: Sequence[Path]) -> dict[str, dict[int, int]]:
    """The days of each feast that moves, by year, and the months of the lunar calendar, from the tables beside the rules."""
    feasts: dict[str, dict[int, int]] = {}
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                year = int(row.pop("year"))
                if "leap" in row:
                    first = dt.date.fromisoformat(row["first"]).toordinal()
                    feasts.setdefault(LUNAR_COLUMN, {})[lunar_key(year, int(row["month"]), row["leap"] == "1")] = 100 * first + int(row["days"])
                    continue
                for name, day in row.items():
                    feasts.setdefault(name, {})[year] = int(day.replace("-", "").replace("/", ""))
    return feasts


FAMILY = Family(
    name="times",
    kinds={"pieces": Piece, "bounds": Bound, "joins": Join, "vague": Vague, "cues": Cue, "clues": Clue, "headings": Heading, "reports": Report},
    compile=_compile,
    data=("feasts.tsv", "holidays.tsv", "lunar.tsv"),
    about="Dates, periods and other words of time: their pieces, how they are joined and bounded, and what around them decides the year.",
    patterns=_patterns,
    claims=_claims,
)
