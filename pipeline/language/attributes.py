"""What spans carry: one custom attribute a column of the datasets, registered once."""

from __future__ import annotations

import datetime as dt
from typing import Any

from spacy.tokens import Doc, Span

from pipeline.contract import COMMON_NAMES, DATASETS

#: Which datasets become spans, in the order a reader would look for them.
SPANS = ("places", "people", "officials", "times", "quantities", "facts")

#: Columns every mention has that a span says better itself, and ids that mean nothing outside a build.
_LEFT_OUT = {*COMMON_NAMES, "quantity_id", "fact_id", "change_quantity_id"} - {"rule_id"}
COLUMNS = {name: tuple(column.name for column in DATASETS[name].columns if column.name not in _LEFT_OUT) for name in SPANS}


def register() -> None:
    """Make the attributes known to spaCy; those that are known stay as they are."""
    for column in dict.fromkeys(column for columns in COLUMNS.values() for column in columns):
        if not Span.has_extension(column):
            Span.set_extension(column, default=None)
    if not Span.has_extension("rows"):
        Span.set_extension("rows", default=None)
    for name in ("issue_date", "home"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)


def describe(span: Span, dataset: str, row: dict[str, Any]) -> None:
    """Hang a row on a span. A span with several rows shows the first's columns, and all of them in `rows`."""
    plain = {column: _plain(row[column]) for column in COLUMNS[dataset] if row.get(column) is not None}
    span._.rows = [*(span._.rows or []), {"dataset": dataset, **plain}]
    for column, value in plain.items():
        if span._.get(column) is None:
            span._.set(column, value)


def _plain(value: Any) -> Any:
    # Dates as text, so that a Doc can be written to disk.
    return value.isoformat() if isinstance(value, dt.date) else value
