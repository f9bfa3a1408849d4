"""The tables a person sorts and filters, over all pages, and the list of pages itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from pipeline.report.batches import LAYERS, Batch, Grouped
from pipeline.report.encoding import values
from pipeline.report.pieces import Pieces, RowPieces

#: The columns of each table; what else a row says is shown beside its text.
TABLES: dict[str, tuple[str, ...]] = {
    "facts": (
        "indicator", "indicator_id", "subject", "subject_code", "organisation", "value", "unit", "change_value", "change_unit",
        "change_direction", "change_basis", "period_start", "period_end", "modality", "text", "rule_id",
    ),
    "officials": ("person", "person_id", "title", "organisation", "post", "place_code", "status", "rule_id"),
    "issues": ("kind", "stage", "text", "context", "rule_id"),
}  # fmt: skip
PANEL = ("subject_code", "indicator_id", "unit", "period_start", "period_end", "value", "change_value", "change_basis", "n_sources", "agree")
PAGE = ("doc_id", "path", "publication", "issue_date", "place_code", "format", "status", "n_chars")

ROWS_A_PIECE = 4000
PAGES_A_PIECE = 400


class Tables:
    """The tables, written as batches come."""

    def __init__(self, data: Path) -> None:
        self._tables = {name: RowPieces(Pieces(data, name), ("page", "row", *names), ROWS_A_PIECE) for name, names in TABLES.items()}
        self._panel = RowPieces(Pieces(data, "panel"), PANEL, ROWS_A_PIECE)
        self._pages = RowPieces(Pieces(data, "pages"), (*PAGE, "piece", "headlines", "counts"), PAGES_A_PIECE)

    def add(self, batch: Batch, first_page: int, pieces: list[int]) -> None:
        """Add a batch's rows; its pages are numbered from `first_page` and lie in these pieces."""
        for name, names in TABLES.items():
            grouped = batch.rows(name)
            page, row = _addresses(grouped, first_page)
            self._tables[name].add({"page": page, "row": row, **_values(grouped.table, names)})
        self._pages.add({**_values(batch.documents, PAGE), "piece": pieces, "headlines": _headlines(batch), "counts": _counts(batch)})

    def add_panel(self, part: pa.Table) -> None:
        """Add a part of the panel."""
        self._panel.add(_values(part, PANEL))

    def close(self) -> dict[str, dict[str, int]]:
        """Write what is left; says of each table how many rows and pieces it has."""
        return {name: table.close() for name, table in {**self._tables, "panel": self._panel, "pages": self._pages}.items()}


def _values(table: pa.Table, names: tuple[str, ...]) -> dict[str, list[Any]]:
    return {name: values(table[name]) for name in names}


def _addresses(grouped: Grouped, first_page: int) -> tuple[list[int], list[int]]:
    """Of each row, its page's number and its own number on the page."""
    sizes = np.diff(grouped.bounds)
    page = np.repeat(np.arange(len(sizes)), sizes)
    row = np.arange(int(grouped.bounds[-1])) - grouped.bounds[page]
    return (page + first_page).tolist(), row.tolist()


def _headlines(batch: Batch) -> list[list[str | None]]:
    articles = batch.rows("articles")
    return [articles.of(page)["headline"].to_pylist() for page in range(len(batch.documents))]


def _counts(batch: Batch) -> list[list[int]]:
    """Of each page, how many rows every layer has."""
    counts: list[list[int]] = np.stack([np.diff(batch.rows(layer).bounds) for layer in LAYERS], axis=1).tolist()
    return counts
