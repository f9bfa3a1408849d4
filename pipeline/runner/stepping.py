"""Running stages on tables in memory: the one way they are called, whoever calls them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pyarrow as pa

from pipeline.contract import DATASETS, check
from pipeline.rulebook import Rulebook, RuleError
from pipeline.stages.base import Stage

#: The ingested pages: what `documents` is made from. They are not kept, for they can be read again.
PAGES = "pages"


class StageError(RuntimeError):
    """A stage failed, or made rows that break their contract."""

    def __init__(self, stage: str, problem: str) -> None:
        self.stage, self.problem = stage, problem
        super().__init__(stage, problem)

    def __str__(self) -> str:
        return f"stage {self.stage} failed: {self.problem}"


@contextmanager
def failing_as(stage: Stage) -> Iterator[None]:
    """Say which stage an error comes from; that of a broken or edited rule speaks for itself."""
    try:
        yield
    except RuleError:
        raise
    except Exception as error:
        raise StageError(stage.name, f"{type(error).__name__}: {error}") from error


def run_stages(pages: pa.Table, stages: Sequence[Stage], rulebook: Rulebook) -> dict[str, pa.Table]:
    """Every dataset the stages make of these pages, checked like those that are written."""
    tables = {PAGES: pages}
    issues = [DATASETS["issues"].empty()]
    for stage in stages:
        with failing_as(stage):
            made = stage.run({name: tables[name] for name in stage.reads}, rulebook)
            issues.append(made.pop("issues", DATASETS["issues"].empty()))
            for name in stage.writes:
                if name != "issues":
                    check(DATASETS[name], made[name])
                    tables[name] = made[name]
            check(DATASETS["issues"], issues[-1])
    del tables[PAGES]
    return {**tables, "issues": pa.concat_tables(issues)}
