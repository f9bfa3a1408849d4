"""Regular expressions written in rules: compiled with `regex`, and tried against run-away backtracking."""

from __future__ import annotations

from pathlib import Path

import regex

from pipeline.rulebook.family import RuleError

#: How long one pattern may take on one probe; the probes below take microseconds unless a pattern backtracks.
PATIENCE_SECONDS = 0.25

#: Long runs of what patterns repeat, each ending in something no pattern asks for.
PROBES = tuple(
    run * (400 // len(run)) + "\N{SYMBOL FOR NULL}"
    for run in ("一", "年", "市委", "1", "1,", "1.5亿元", "中", "、张伟", "a", " ", "（", "“”", "区委书记", "比上年增长")
)


def check_patterns(path: Path, line: int | None, patterns: dict[str, str]) -> None:
    """Raise a `RuleError` for a pattern that does not compile or that runs away on some text."""
    for key, pattern in patterns.items():
        try:
            compiled = regex.compile(pattern)
        except regex.error as error:
            raise RuleError(path, line, f"{key}: {pattern!r} does not compile: {error}", "check brackets and backslashes") from None
        for probe in PROBES:
            try:
                for _ in compiled.finditer(probe, timeout=PATIENCE_SECONDS):
                    pass
            except TimeoutError:
                raise RuleError(
                    path, line, f"{key}: {pattern!r} runs away on {probe[:8]!r}…", "do not repeat a group that itself repeats; use possessive '++' or bound it {1,20}"
                ) from None
