"""The pipeline on a few texts in memory: for `explain`, for rule examples, for a notebook."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pyarrow as pa

from pipeline.ingest import Source, pages_table
from pipeline.rulebook import Rulebook
from pipeline.runner.stepping import run_stages
from pipeline.stages.base import Stage


def text_source(name: str, text: str, *, date: str | None = None, place_code: str | None = None) -> Source:
    """A page made of a string, with what a manifest would say of it."""
    return Source(
        path=name,
        data=text.encode("utf-8"),
        media="txt",
        issue_date=dt.date.fromisoformat(date) if date else None,
        date_method="manifest" if date else None,
        place_code=place_code,
    )


def run_in_memory(sources: Iterable[Source], stages: Sequence[Stage], rulebook: Rulebook) -> dict[str, pa.Table]:
    """Every dataset these pages give, checked like those that are written."""
    pages, issues = pages_table(tuple(_numbered(sources)))
    tables = run_stages(pages, stages, rulebook)
    return {**tables, "issues": pa.concat_tables([issues, tables["issues"]])}


def _numbered(sources: Iterable[Source]) -> Iterable[Source]:
    times: Counter[bytes] = Counter()
    for source in sources:
        yield source if not times[source.data] else replace(source, occurrence=times[source.data])
        times[source.data] += 1
