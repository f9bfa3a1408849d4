"""Which kind of report a page is: the format of `rules/formats` with the most evidence."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import ahocorasick_rs

from pipeline.stages.articles.families import Clue, Formats, Profile
from pipeline.stages.articles.lines import Line

#: How much of a page is looked at to tell its format, from its head and from its foot.
HEAD, FOOT = 8000, 2000


def profile_of(lines: Sequence[Line], formats: Formats) -> Profile:
    """The format with the most evidence above what it asks for; evidence is looked for in the lines as cleaned."""
    text = "\n".join(line.text for line in lines)
    sample = text if len(text) <= HEAD + FOOT else text[:HEAD] + "\n" + text[-FOOT:]
    starts = _line_starts(sample)
    said = _words_in(sample, formats.clue_words)
    best: tuple[float, Profile] | None = None
    for profile, clues in formats.profiles:
        likely = (clue for clue in clues if clue.glance.words is None or not said.isdisjoint(clue.glance.words))
        score = sum(clue.weight * _finds(clue, sample, starts) for clue in likely)
        if score >= profile.threshold and (best is None or score - profile.threshold > best[0]):
            best = (score - profile.threshold, profile)
    if best is None:
        raise LookupError("no format takes a page without evidence; rules/formats needs one with threshold 0")
    return best[1]


def _line_starts(text: str) -> list[int]:
    starts = [0]
    while at := text.find("\n", starts[-1]) + 1:
        starts.append(at)
    return starts


def _words_in(text: str, words: tuple[str, ...]) -> set[str]:
    """Those words that a text has."""
    longer = tuple(word for word in words if len(word) > 1)
    found = {longer[n] for n, _, _ in _automaton(longer).find_matches_as_indexes(text, overlapping=True)}
    return found.union(word for word in words if len(word) == 1 and word in text)


@lru_cache(maxsize=4)
def _automaton(words: tuple[str, ...]) -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick(words, implementation=ahocorasick_rs.Implementation.DFA)


def _finds(clue: Clue, sample: str, starts: Sequence[int]) -> int:
    """How often a clue is found, so far as that counts; one that stands at the beginning of a line is looked for only there."""
    finds = 0
    if not clue.glance.at_start:
        for _ in clue.pattern.finditer(sample):
            finds += 1
            if finds == clue.most:
                break
        return finds
    firsts, match = clue.glance.firsts, clue.pattern.match
    end = 0
    for start in starts:
        if start < end or (firsts is not None and sample[start : start + 1] not in firsts):
            continue
        if found := match(sample, start):
            finds += 1
            end = found.end()
            if finds == clue.most:
                break
    return finds
