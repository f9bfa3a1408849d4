"""`zhengbao report`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def report(
    outputs: Annotated[Path, typer.Argument(help="Folder of datasets, as written by `zhengbao build`.")] = Path("outputs"),
    to: Annotated[Path | None, typer.Option("--to", help="Folder for the report; OUTPUTS/report when left out.")] = None,
) -> None:
    """Write a report to look at in a browser, with no network: pages beside their articles, tables and charts."""
    from pipeline.report import write_report

    written = write_report(outputs, to)
    typer.echo(f"{written.pages} pages, {written.files} files ({written.n_bytes / 1e6:.1f} MB) → {written.index}")
