"""`zhengbao train …`: making the small models that come with the project, from open corpora."""

from __future__ import annotations

import typer

app = typer.Typer(help="Train the small models that come with the project.", no_args_is_help=True)
