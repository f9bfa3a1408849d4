"""`zhengbao sql`."""

from __future__ import annotations

import csv
import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.cli.errors import Failed


class Format(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def sql(
    statement: Annotated[str, typer.Argument(help='The statement, such as "select * from facts_in_full limit 5".')],
    outputs: Annotated[Path, typer.Option("--outputs", help="Folder of datasets, as written by `zhengbao build`.")] = Path("outputs"),
    form: Annotated[Format, typer.Option("--format", "-f", help="How the rows are printed.")] = Format.TABLE,
    most: Annotated[int, typer.Option("--most", min=1, help="How many rows a printed table has at most; csv and json have all.")] = 40,
) -> None:
    """Ask the datasets in SQL; each is a table, and so are facts_in_full, officials_over_time, place_names and indicator_names."""
    from pipeline.access import open_outputs
    from pipeline.access.sql import NotInstalledError, query

    try:
        names, rows = query(open_outputs(outputs), statement)
    except NotInstalledError as error:
        raise Failed(str(error)) from None
    except Exception as error:
        if type(error).__module__.startswith(("duckdb", "_duckdb")):
            raise Failed(str(error)) from None
        raise
    if form is Format.CSV:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(rows)
    elif form is Format.JSON:
        _print_json(names, rows)
    else:
        _print_table(names, rows, most)


def _print_json(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """An array with one object a line, written as the rows come."""
    before = "["
    for row in rows:
        typer.echo(before + json.dumps(dict(zip(names, row)), ensure_ascii=False, default=str), nl=False)
        before = ",\n"
    typer.echo("]" if before != "[" else "[]")


def _print_table(names: Sequence[str], rows: Iterable[Sequence[Any]], most: int) -> None:
    coming = iter(rows)
    shown = [[_cell(value) for value in row] for row in islice(coming, most)]
    more = sum(1 for _ in coming)
    widths = [max(map(_width, column)) for column in zip(names, *shown)]
    for line in (names, ["─" * width for width in widths], *shown):
        typer.echo("  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(line, widths)).rstrip())
    typer.echo(f"{len(shown)} rows" + (f" of {len(shown) + more}; see --most" if more else ""))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = f"{value:.15g}" if isinstance(value, float) else str(value)
    return text if len(text) <= 60 else text[:59] + "…"


def _width(text: str) -> int:
    """Columns of a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
