"""The `zhengbao` command."""

from __future__ import annotations

import sys

import typer

from pipeline.cli.bench import bench
from pipeline.cli.build import build
from pipeline.cli.datasets import datasets
from pipeline.cli.errors import Failed, plain_words
from pipeline.cli.evaluate import evaluate
from pipeline.cli.explain import explain
from pipeline.cli.report import report
from pipeline.cli.rules import app as rules_app
from pipeline.cli.sql import sql
from pipeline.cli.train import app as train_app

app = typer.Typer(
    name="zhengbao",
    help="Pages of Chinese local newspapers and government reports, turned into tables an analyst trusts.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(build)
app.command()(explain)
app.command()(evaluate)
app.command()(datasets)
app.command()(bench)
app.command()(report)
app.command()(sql)
app.add_typer(rules_app, name="rules")
app.add_typer(train_app, name="train")


@app.callback(invoke_without_command=True)
def _version(version: bool = typer.Option(False, "--version", help="Say which version this is.", is_eager=True)) -> None:
    if version:
        from importlib.metadata import version as installed

        typer.echo(f"zhengbao {installed('zhengbao')}")
        raise typer.Exit


def main() -> None:
    """Run the command; what goes wrong is said in one line, with a hint and an exit code scripts can use."""
    try:
        app()
    except KeyboardInterrupt:
        typer.echo("stopped; what was built so far is kept, and the next build carries on from there", err=True)
        sys.exit(130)
    except Exception as error:
        failed = error if isinstance(error, Failed) else plain_words(error)
        if failed is None:
            raise
        typer.echo(f"zhengbao: {failed}", err=True)
        sys.exit(failed.code)
