"""`zhengbao rules …`: for the people who extend `rules/`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.errors import RULE

app = typer.Typer(help="Check, extend and measure the rules.", no_args_is_help=True)

RULES = typer.Option("--rules", help="Folder of rules to use instead of the project's.")


@app.command()
def check(
    family: Annotated[list[str] | None, typer.Argument(help="Families to try; all when left out.")] = None,
    rules: Annotated[Path | None, RULES] = None,
) -> None:
    """Load every rule and try its examples and counterexamples through the whole pipeline."""
    from pipeline.runner import check_rules

    tried, failures = check_rules(rules, tuple(family or ()))
    for failure in failures:
        typer.echo(str(failure))
    typer.echo(f"{tried} examples tried, {len(failures)} failed")
    if failures:
        raise typer.Exit(RULE)
