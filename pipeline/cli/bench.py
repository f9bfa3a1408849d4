"""`zhengbao bench`: how fast each part is, beside maintained peers."""

from __future__ import annotations

from itertools import dropwhile, takewhile
from pathlib import Path
from typing import Annotated

import typer


def bench(
    folders: Annotated[list[Path], typer.Argument(help="Folders of .txt and .md pages to run over.")],
    markdown: Annotated[
        Path | None, typer.Option("--markdown", help="Write the table here as well; what stands around an earlier one stays.")
    ] = None,
    peers: Annotated[bool, typer.Option(help="Time the peers too; those that are not installed are named.")] = True,
) -> None:
    """Time each stage, the whole build and peers on the same text and one core."""
    from pipeline.bench.contenders import CONTENDERS
    from pipeline.bench.timing import Timing, start_up, time_apart, time_stages

    lines = ["| what | MB | s | KB/s | results | peak MB |", "|---|---:|---:|---:|---:|---:|"]
    typer.echo(lines[0])

    def add(timing: Timing) -> None:
        name, missing = timing.name, timing.missing
        if missing:
            lines.append(f"| {name} | not measured: {missing} | | | | |")
        else:
            peak = f"{timing.peak_mb:.0f}" if timing.peak_mb else ""
            size, speed = timing.n_bytes / 1e6, timing.kb_per_second
            lines.append(f"| {name} | {size:.2f} | {timing.seconds:.2f} | {speed:.0f} | {timing.results} | {peak} |")
        typer.echo(lines[-1])

    for timing in time_stages(folders):
        add(timing)
    for name in CONTENDERS:
        if peers or name.startswith("build"):
            add(time_apart(name, folders))
    lines.append(f"| start-up (`--help`) | | {start_up():.2f} | | | |")
    typer.echo(lines[-1])
    if markdown is not None:
        around = markdown.read_text("utf-8").splitlines() if markdown.exists() else ["# Speed", ""]
        above = list(takewhile(lambda line: not line.startswith("|"), around))
        below = list(dropwhile(lambda line: line.startswith("|"), around[len(above) :]))
        markdown.write_text("\n".join([*above, *lines, *below]) + "\n", "utf-8")
