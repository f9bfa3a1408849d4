"""`zhengbao datasets`: the data dictionary."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.errors import Failed


def datasets(
    name: Annotated[str | None, typer.Argument(help="One dataset; all when left out.")] = None,
    markdown: Annotated[Path | None, typer.Option("--markdown", help="Write the dictionary as a Markdown page here.")] = None,
    card: Annotated[Path | None, typer.Option("--card", help="Write a dataset card (Hugging Face form) here.")] = None,
    croissant: Annotated[Path | None, typer.Option("--croissant", help="Write a Croissant description (JSON-LD) here.")] = None,
) -> None:
    """Say what every dataset and every column holds."""
    from pipeline.contract import DATASETS
    from pipeline.contract.card import as_card
    from pipeline.contract.croissant import as_croissant
    from pipeline.contract.dictionary import as_markdown, as_text

    if name is not None and name not in DATASETS:
        raise Failed(f"no dataset is called {name!r}; there are {', '.join(DATASETS)}")
    asked = [(path, make) for path, make in ((markdown, as_markdown), (card, as_card), (croissant, as_croissant)) if path is not None]
    for path, make in asked:
        path.write_text(make(), "utf-8")
    if not asked:
        typer.echo(as_text([name] if name else list(DATASETS)))
