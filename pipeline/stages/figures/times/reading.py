"""Finding time expressions in a text and reading what each says by itself."""

from __future__ import annotations

from pipeline.stages.figures.times.expression import Expression, Level, Sense, Span, Step
from pipeline.stages.figures.times.grammar import FOLLOWS, OPENERS, SECONDS, TimeRules

#: The memo of surfaces is emptied at this size, so that memory does not grow with the corpus.
MEMO_LIMIT = 50_000


#: A line no longer than this is remembered with what was found in it: headlines and the first lines of a page are asked for again.
SHORT = 120


def find(text: str, rules: TimeRules) -> list[Span]:
    """Every time expression of the text, in order, none overlapping another."""
    if len(text) > SHORT:
        return _find(text, rules)
    spans = rules.lines.get(text)
    if spans is None:
        if len(rules.lines) >= MEMO_LIMIT:
            rules.lines.clear()
        spans = rules.lines[text] = _find(text, rules)
    return list(spans)


def _find(text: str, rules: TimeRules) -> list[Span]:
    spans: list[Span] = []
    memo = rules.memo
    done = 0
    whole = rules.whole.match
    for start in rules.beginnings.of(text):
        if start < done or (match := whole(text, start)) is None:
            continue
        surface = match[0]
        try:
            read = memo[surface]
        except KeyError:
            if len(memo) >= MEMO_LIMIT:
                memo.clear()
            read = memo[surface] = _read(surface, rules)
        if read is None:
            continue
        lead, length, expression = read
        spans.append(Span(start + lead, start + length, expression))
        done = start + length
    return spans


def _read(surface: str, rules: TimeRules) -> tuple[int, int, Expression] | None:
    """Where the expression begins and ends in the surface, and what it says."""
    at = 0
    sense: Sense = ""
    opened = rules.opens.match(surface)
    word = ""
    if opened is not None:
        at, word = opened.end(), opened[0].strip()
        sense = rules.open_sense[word]
    lead = 0 if sense else at
    for pattern, rule in rules.vague_rules:
        vague = pattern.match(surface, at)
        if vague is not None and vague.end() == len(surface):
            return lead, len(surface), Expression((), (), sense, rule, vague=True)
    start = at
    at, first = _chain(surface, at, OPENERS, rules)
    if not first:
        at, first = _chain(surface, 0, OPENERS, rules)
        start, sense, word = 0, "", ""
        lead = 0
    if not first:
        return None
    second: tuple[Step, ...] = ()
    joined = rules.join.match(surface, at)
    if joined is not None:
        end, second = _chain(surface, joined.end(), SECONDS, rules)
        if second:
            at = end
            sense = sense if sense == "until" else ""
    closed = rules.closes.match(surface, at)
    if closed is not None:
        closing, needs = rules.close_sense[closed[1]]
        if not needs or word in needs:
            at, sense = closed.end(), closing
            lead = 0
    lead = lead if sense else start
    return lead, at, Expression(first, second, sense, _telling(second or first).rule)


def _chain(surface: str, at: int, levels: tuple[Level, ...], rules: TimeRules) -> tuple[int, tuple[Step, ...]]:
    """The longest chain of pieces from `at` on; each step narrows the one before."""
    steps: list[Step] = []
    while levels:
        best: tuple[int, Step, Level] | None = None
        opening = not steps and levels is OPENERS
        begin = at + 1 if steps and surface[at : at + 1] == " " else at
        for level in levels:
            for reader in rules.readers[level]:
                if opening and not reader.alone:
                    continue
                read = reader.read(surface, begin)
                if read is not None and (best is None or read[0] > best[0]):
                    best = (*read, level)
        if best is None:
            break
        at, step, level = best
        steps.append(step)
        levels = FOLLOWS.get(level, ())
    return at, tuple(steps)


def _telling(chain: tuple[Step, ...]) -> Step:
    """The piece that says what the expression speaks in: the last that is no mere addition."""
    return next((step for step in reversed(chain) if step.op != "whole"), chain[-1])
