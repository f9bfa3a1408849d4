"""`zhengbao datasets`: the data dictionary."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.errors import Failed


def datasets(
    name: Annotated[str | None, typer.Argument(help="One dataset; all when left out.")] = None,
    markdown: Annotated[Path | None, typer.Option("--markdown", help="Write the dictionary as a Markdown page here.")] = None,
) -> None:
    """Say what every dataset and every column holds."""
    from pipeline.contract import DATASETS
    from pipeline.contract.dictionary import as_markdown, as_text

    if name is not None and name not in DATASETS:
        raise Failed(f"no dataset is called {name!r}; there are {', '.join(DATASETS)}")
    if markdown is not None:
        markdown.write_text(as_markdown(), "utf-8")
        return
    typer.echo(as_text([name] if name else list(DATASETS)))
