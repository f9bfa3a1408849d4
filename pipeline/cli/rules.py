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


@app.command()
def coverage(
    inputs: Annotated[list[Path] | None, typer.Argument(help="Pages to look at; the seeds when left out.")] = None,
    most: Annotated[int, typer.Option("--most", min=1, help="How many shapes to print.")] = 40,
    rules: Annotated[Path | None, RULES] = None,
) -> None:
    """Print what is still unread, commonest first, with examples: the rules to write next."""
    from pipeline.runner.coverage import CURABLE
    from pipeline.runner.coverage import coverage as measure

    found = measure(inputs or [Path("seeds")], rules=rules)
    for shape in found.shapes[:most]:
        typer.echo(f"{shape.times:6} {shape.kind} ({CURABLE[shape.kind]}): {shape.shape}")
        for example in shape.examples:
            typer.echo(f"       … {example}")
    left = len(found.shapes) - most
    if left > 0:
        typer.echo(f"… and {left} more shapes; see --most")
    typer.echo(f"{found.unread_digits} of {found.digits} digits unread ({100 * found.unread_share:.2f} %)")
