"""`zhengbao explain`: what each stage makes of a piece of text."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

_MENTIONS = {
    "people": ("person", "role"),
    "officials": ("person", "title", "place_code", "status"),
    "places": ("name", "code", "level", "method"),
    "times": ("start_date", "end_date", "granularity", "anchor"),
    "quantities": ("value", "unit", "dimension", "qualifier"),
    "facts": (
        "subject",
        "subject_code",
        "indicator",
        "indicator_id",
        "value",
        "unit",
        "change_value",
        "change_unit",
        "change_basis",
        "period_start",
        "period_end",
        "modality",
    ),
}


def explain(
    text: Annotated[str, typer.Argument(help="The text; or @FILE to read it from a file.")],
    date: Annotated[str | None, typer.Option("--date", help="The page's date, as 2023-07-25.")] = None,
    home: Annotated[str | None, typer.Option("--home", help="The six-digit code of the page's place.")] = None,
    rules: Annotated[Path | None, typer.Option("--rules", help="Folder of rules to use instead of the project's.")] = None,
) -> None:
    """Say what each stage makes of a text, and which rule did it."""
    from pipeline.runner import explain as run

    if text.startswith("@"):
        text = Path(text[1:]).read_text("utf-8")
    tables = run(text, date=date, home=home, rules=rules)
    page = tables["documents"].to_pylist()[0]
    typer.echo(f"page: format {page['format']}, issue date {page['issue_date']}, place {page['place_code']}")
    by_sentence: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    for dataset in _MENTIONS:
        if dataset in tables:
            for row in tables[dataset].to_pylist():
                by_sentence.setdefault(row["sentence_id"], []).append((dataset, row))
    for sentence in tables["sentences"].to_pylist():
        typer.secho(f"\n[{sentence['kind']}] {sentence['text']}", bold=True)
        for dataset, row in sorted(by_sentence.get(sentence["sentence_id"], []), key=lambda pair: pair[1]["start"]):
            values = ", ".join(f"{name} {row[name]}" for name in _MENTIONS[dataset] if row.get(name) is not None)
            typer.echo(f"  {dataset:10} {row['text']}  →  {values}  ({row['rule_id']})")
    for row in tables["issues"].to_pylist():
        typer.secho(f"  issue: {row['kind']} {row['text'] or ''} {row['context'] or ''}", fg=typer.colors.YELLOW)
