"""What a sentence holds that looks like a number or a place and became no row, and the rule that held it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from pipeline.rulebook import Rulebook
from pipeline.stages.figures import quantities


class LeftOut(NamedTuple):
    """A span that became no row, why, and which rule says so."""

    start: int
    text: str
    why: str
    rule_id: str | None


#: What a surface of the gazetteer that became no row was, in plain words.
_TRAP = "a word that only looks like a place"
_NO_PLACE = "is also the name of a place, but nothing here says that it means one"


def left_out(text: str, rows: Mapping[str, list[dict[str, Any]]], rulebook: Rulebook) -> list[LeftOut]:
    """The numbers that are part of names and codes, and the names of places that were passed over. `rows` are the sentence's own."""
    times = [(row["start"], row["end"]) for row in rows["times"]]
    places = [(row["start"], row["end"]) for row in rows["places"]]
    found = []
    if "quantities" in rulebook.families:
        read = quantities.read(text, rulebook["quantities"], _in_order([*times, *places]))
        found += [
            LeftOut(start, text[start:end], "a number that is part of a name or a code and counts nothing", rule) for start, end, rule in read.known
        ]
    if "places" in rulebook.families:
        rules = rulebook["places"]
        people = [(row["start"], row["end"]) for row in rows["people"]]
        for reading, start, end in rules.find(text):
            kind = rules.readings[reading]
            if kind.form == "trap" or not _touches((start, end), [*places, *times, *people]):
                found.append(LeftOut(start, text[start:end], _TRAP if kind.form == "trap" else _NO_PLACE, kind.rule_id))
    return found


def _in_order(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, those inside an earlier one left out."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if not merged or end > merged[-1][1]:
            merged.append((start, end))
    return merged


def _touches(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)
