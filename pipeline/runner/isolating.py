"""Setting aside the pages a stage fails on, so that a page no one foresaw harms nothing but itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from pipeline.contract import DATASETS
from pipeline.ingest import Source, pages_table
from pipeline.rulebook import Rulebook
from pipeline.runner.stepping import StageError, run_stages
from pipeline.stages.base import Stage

#: A stage that fails on this page too is itself at fault, and the build stops rather than set every page aside.
_PLAIN = Source("plain", "村里新修了一条路。".encode(), "txt")


def find_faults(pages: pa.Table, stages: Sequence[Stage], rulebook: Rulebook) -> dict[str, StageError]:
    """For each page, by `doc_id`, that a stage fails on when the page stands alone: the failure.

    Empty when no page fails alone. Raises the `StageError` when it is the stage that is broken.
    """
    run_stages(pages_table([_PLAIN])[0], stages, rulebook)
    faults = _search(pages, stages, rulebook)
    texts = dict(zip(pages["doc_id"].to_pylist(), pages["text"].to_pylist(), strict=True))
    return {doc_id: _named(fault, stages, rulebook, texts[doc_id]) for doc_id, fault in faults.items()}


def set_aside(pages: pa.Table, issues: pa.Table, faults: Mapping[str, StageError]) -> tuple[pa.Table, pa.Table]:
    """The ingested pages and issues, with the pages at fault quarantined like those that could not be decoded."""
    if not faults:
        return pages, issues
    rows = pages.to_pylist()
    reported: dict[str, list[object]] = {name: [] for name in ("kind", "stage", "doc_id", "text", "context")}
    for row in rows:
        fault = faults.get(row["doc_id"])
        if fault is not None:
            reason = f"S{str(fault)[1:]}."
            row.update(text="", n_chars=0, status="quarantined", warnings=[reason, *(row["warnings"] or [])])
            for name, value in zip(reported, ("stage_failed", fault.stage, row["doc_id"], row["path"], reason), strict=True):
                reported[name].append(value)
    columns = {name: [row[name] for row in rows] for name in pages.schema.names}
    return DATASETS["documents"].table(columns), pa.concat_tables([issues, DATASETS["issues"].table(reported)])


def _named(fault: StageError, stages: Sequence[Stage], rulebook: Rulebook, text: str) -> StageError:
    """The failure; where a stage took too long, with the rules whose patterns run away on the page."""
    if not fault.late:
        return fault
    families = next(stage.rules for stage in stages if stage.name == fault.stage)
    rules = rulebook.run_away(families, text)
    return StageError(fault.stage, f"{fault.problem}; the pattern of {', '.join(rules)} runs away", late=True) if rules else fault


def _search(pages: pa.Table, stages: Sequence[Stage], rulebook: Rulebook) -> dict[str, StageError]:
    """By halves: of many pages few are at fault, and a half without one is done with at once."""
    try:
        run_stages(pages, stages, rulebook)
    except StageError as error:
        if pages.num_rows == 1:
            return {pages["doc_id"][0].as_py(): error}
        middle = pages.num_rows // 2
        return {**_search(pages.slice(0, middle), stages, rulebook), **_search(pages.slice(middle), stages, rulebook)}
    return {}
