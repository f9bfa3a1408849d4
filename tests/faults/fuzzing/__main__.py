"""`python -m tests.faults.fuzzing TARGET [CORPUS…] [-max_total_time=600 …]`: coverage-guided fuzzing with atheris.

Needs `pip install atheris` (not among the project's extras: it has wheels for some versions of Python only). The
options are libFuzzer's; what it finds is written where it is run, as `crash-…`, `timeout-…` or `oom-…`.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["pipeline"]):
    from tests.faults.fuzzing.targets import TARGETS


def main() -> None:
    target = TARGETS.get(sys.argv[1]) if len(sys.argv) > 1 else None
    if target is None:
        raise SystemExit(f"name one of {', '.join(TARGETS)}")
    atheris.Setup([sys.argv[0], *sys.argv[2:]], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
