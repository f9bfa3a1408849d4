"""Regular expressions written in rules: compiled with `regex`, and tried against run-away backtracking."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import regex

from pipeline.rulebook.family import RuleError

#: How long one pattern may take on one probe; the probes below take microseconds unless a pattern backtracks.
PATIENCE_SECONDS = 0.25

#: What patterns commonly repeat; each is tried in long runs, as is every character the pattern itself names.
_RUNS = ("一", "年", "市委", "1", "1,", "1.5亿元", "中", "、张伟", "a", " ", "（", "“”", "区委书记", "比上年增长")
_RUN_LENGTH = 400
_MOST_LITERALS = 40
_LITERAL = regex.compile(r"[\p{Han}\p{N}\p{Latin}]")


def check_patterns(path: Path, line: int | None, patterns: dict[str, str]) -> None:
    """Raise a `RuleError` for a pattern that does not compile or that runs away on some text."""
    for key, pattern in patterns.items():
        try:
            compiled = regex.compile(pattern)
        except regex.error as error:
            raise RuleError(path, line, f"{key}: {pattern!r} does not compile: {error}", "check brackets and backslashes") from None
        for probe in _probes(pattern):
            try:
                for _ in compiled.finditer(probe, timeout=PATIENCE_SECONDS):
                    pass
            except TimeoutError:
                raise RuleError(
                    path,
                    line,
                    f"{key}: {pattern!r} runs away on {probe[:8]!r}…",
                    "do not repeat a group that itself repeats; use possessive '++' or bound it {1,20}",
                ) from None


def runs_away(pattern: str, text: str) -> bool:
    """Whether a pattern does not get through a text in time."""
    try:
        for _ in regex.compile(pattern, regex.MULTILINE).finditer(text, timeout=4 * PATIENCE_SECONDS):
            pass
    except TimeoutError:
        return True
    except regex.error:  # it is written for another engine, which took it
        return False
    return False


def _probes(pattern: str) -> Iterator[str]:
    """Texts on which a pattern that backtracks without bound shows itself.

    Each is a long run and then, after a character no pattern asks for, everything the pattern names: without that
    the engine sees at once that some character it needs is absent, and does not try at all.
    """
    literals = list(dict.fromkeys(_LITERAL.findall(pattern)))[:_MOST_LITERALS]
    tail = "\N{SYMBOL FOR NULL}" + "".join(literals)
    for run in (*_RUNS, *literals):
        yield run * (_RUN_LENGTH // len(run)) + tail
