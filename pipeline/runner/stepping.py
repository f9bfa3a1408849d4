"""Running stages on tables in memory: the one way they are called, whoever calls them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.contract import DATASETS, check
from pipeline.rulebook import Rulebook, RuleError, collecting_seldom
from pipeline.runner import patience
from pipeline.runner.patience import time_limit
from pipeline.stages.base import Stage

#: The ingested pages: what `documents` is made from. They are not kept, for they can be read again.
PAGES = "pages"


class StageError(RuntimeError):
    """A stage failed, or made rows that break their contract."""

    def __init__(self, stage: str, problem: str, late: bool = False) -> None:
        self.stage, self.problem = stage, problem
        #: Whether it was stopped because it took too long.
        self.late = late
        super().__init__(stage, problem, late)

    def __str__(self) -> str:
        return f"stage {self.stage} failed: {self.problem}"


@contextmanager
def stepping(stage: Stage, n_chars: int) -> Iterator[None]:
    """Limit the time of a step, and say which stage an error comes from; that of a broken or edited rule speaks for itself."""
    try:
        with time_limit(patience.SECONDS + patience.SECONDS_A_MILLION * n_chars / 1e6), collecting_seldom():
            yield
    except RuleError:
        raise
    except Exception as error:
        raise StageError(stage.name, f"{type(error).__name__}: {error}", late=isinstance(error, TimeoutError)) from error


def size_of(pages: pa.Table) -> int:
    """How many characters the pages have."""
    return int(pc.sum(pages["n_chars"]).as_py() or 0)


def run_stages(pages: pa.Table, stages: Sequence[Stage], rulebook: Rulebook) -> dict[str, pa.Table]:
    """Every dataset the stages make of these pages, checked like those that are written."""
    tables = {PAGES: pages}
    n_chars = size_of(pages)
    issues = [DATASETS["issues"].empty()]
    for stage in stages:
        with stepping(stage, n_chars):
            made = stage.run({name: tables[name] for name in stage.reads}, rulebook)
            issues.append(made.pop("issues", DATASETS["issues"].empty()))
            for name in stage.writes:
                if name != "issues":
                    check(DATASETS[name], made[name])
                    tables[name] = made[name]
            check(DATASETS["issues"], issues[-1])
    del tables[PAGES]
    return {**tables, "issues": pa.concat_tables(issues)}
