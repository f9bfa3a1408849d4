"""`zhengbao report`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def report(
    outputs: Annotated[Path, typer.Argument(help="Folder of datasets, as written by `zhengbao build`.")] = Path("outputs"),
    to: Annotated[Path | None, typer.Option("--to", help="Folder for the report; OUTPUTS/report when left out.")] = None,
    rules: Annotated[Path | None, typer.Option("--rules", help="Folder of rules the outputs were built with, instead of the project's.")] = None,
) -> None:
    """Write a report to look at in a browser, with no network: pages beside their articles, tables and charts."""
    from pipeline.report import write_report

    written = write_report(outputs, to, _indicator_names(rules))
    typer.echo(f"{written.pages} pages, {written.files} files ({written.n_bytes / 1e6:.1f} MB) → {written.index}")


def _indicator_names(rules: Path | None) -> dict[str, tuple[str, str]]:
    """What the rules call each indicator, in Chinese and in English."""
    from pipeline.rulebook import load
    from pipeline.stages import rules_folder
    from pipeline.stages.facts import STAGE

    rulebook = load(rules or rules_folder(), STAGE.families)
    return {indicator.id: (indicator.zh, indicator.en) for indicator in rulebook["indicators"].by_id.values()}
