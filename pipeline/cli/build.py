"""`zhengbao build`."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import Annotated, Literal

import typer

from pipeline.cli.errors import LOOK, Failed


class Engine(enum.StrEnum):
    """Where batches are built."""

    local = "local"
    ray = "ray"


def build(
    inputs: Annotated[list[str], typer.Argument(help="Pages: files, folders and URLs (.txt .md .html .pdf .docx .jsonl .csv .parquet .zip .gz).")],
    output: Annotated[str, typer.Option("--output", "-o", help="Folder, or URL such as s3://…, the datasets are written to.")] = "outputs",
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", min=1, help="Processes to use; all cores when left out.")] = None,
    without: Annotated[list[str] | None, typer.Option("--without", help="Leave out a stage, such as tokens; may be repeated.")] = None,
    rules: Annotated[Path | None, typer.Option("--rules", help="Folder of rules to use instead of the project's.")] = None,
    engine: Annotated[Engine, typer.Option("--engine", help="Whose processes build: this machine's, or those of a Ray cluster.")] = Engine.local,
    batch_mb: Annotated[float, typer.Option("--batch-mb", min=0.01, help="About how many megabytes of pages are built together.")] = 1.0,
    private_persons: Annotated[
        Literal["keep", "mask", "drop"],
        typer.Option("--private-persons", help="Keep, mask everywhere, or drop who holds no public post."),
    ] = "keep",
    explain: Annotated[bool, typer.Option("--explain", help="Say of each batch and stage why it was built again.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
) -> None:
    """Build the datasets from pages; what did not change since the last build is kept.

    Exits with 0 when every page was read, 1 when some were quarantined (they are listed, the rest is built),
    3 when a rule is broken (nothing was built).
    """
    from pipeline.runner import build as run
    from pipeline.storage import path_at

    for name in inputs:
        try:
            there = path_at(name).exists()
        except OSError as error:
            raise Failed(f"{name}: {error}") from None
        if not there:
            raise Failed(f"{name}: there is no such file or folder")
    summary = run(
        inputs,
        output,
        rules=rules,
        jobs=jobs,
        without=tuple(without or ()),
        engine=engine.value,
        batch_bytes=int(batch_mb * 1_000_000),
        quiet=quiet,
        private_persons=private_persons,
    )
    if explain:
        for batch, stage, reasons in summary.explained:
            typer.echo(f"{batch} {stage}: {'; '.join(reasons)}")
        if not summary.explained:
            typer.echo("nothing changed since the last build")
    if not quiet:
        for path_, reason in summary.quarantined[:20]:
            typer.echo(f"quarantined {path_}: {reason}", err=True)
        if summary.n_quarantined > 20:
            typer.echo(f"… and {summary.n_quarantined - 20} more; see documents where status is quarantined", err=True)
        for warning in summary.warnings[:20]:
            typer.echo(f"warning: {warning}", err=True)
        facts = f", {summary.rows['facts']} facts" if "facts" in summary.rows else ""
        typer.echo(
            f"{summary.pages} pages ({summary.n_bytes / 1e6:.1f} MB), {summary.n_quarantined} quarantined, "
            f"{summary.rebuilt} of {summary.batches} batches built, {summary.rows['articles']} articles{facts}, "
            f"{summary.rows['issues']} issues → {output}"
        )
    if summary.n_quarantined:
        raise typer.Exit(LOOK)
