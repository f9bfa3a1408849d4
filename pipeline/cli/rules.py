"""`zhengbao rules …`: for the people who extend `rules/`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.cli.errors import LOOK, RULE, Failed

app = typer.Typer(help="Check, extend and measure the rules.", no_args_is_help=True)

RULES = typer.Option("--rules", help="Folder of rules to use instead of the project's.")


@app.command()
def check(
    family: Annotated[list[str] | None, typer.Argument(help="Families to try; all when left out.")] = None,
    rules: Annotated[Path | None, RULES] = None,
    corpus: Annotated[list[Path] | None, typer.Option("--corpus", help="Pages; rules that do nothing on them are named. May be repeated.")] = None,
    examples: Annotated[bool, typer.Option(help="Try the examples; without, only the files and clashes are looked at.")] = True,
) -> None:
    """Load every rule, name words that two rules claim, and try all examples and counterexamples through the whole pipeline.

    Exits with 3 when an example fails, 1 when words mean one thing in one rule and another in the next. A word said twice to
    the same end does no harm, and dead rules are no fault: another corpus may need them.
    """
    from pipeline.runner import check_rules

    for path in corpus or ():
        if not path.exists():
            raise Failed(f"{path}: there is no such file or folder")
    checked = check_rules(rules, tuple(family or ()), corpus=tuple(corpus or ()), examples=examples)
    for title, found in (("failed examples", checked.failures), ("words claimed twice", checked.clashes), ("rules that did nothing", checked.dead)):
        if found:
            typer.secho(f"{title}:", bold=True)
        for one in found:
            typer.echo(f"  {one}")
    said = [f"{checked.tried} examples tried, {len(checked.failures)} failed"] if checked.tried else []
    said.append(f"{len(checked.clashes)} words claimed twice")
    if corpus:
        said.append(f"{len(checked.dead)} rules did nothing on the corpus")
    typer.echo("; ".join(said))
    if checked.failures:
        raise typer.Exit(RULE)
    if not all(clash.harmless for clash in checked.clashes):
        raise typer.Exit(LOOK)


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


@app.command()
def new(
    family: Annotated[str, typer.Argument(help="The family, such as quantities.")],
    kind: Annotated[str | None, typer.Option("--kind", help="The kind of rule; the family's first when left out.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write the file here instead of printing it.")] = None,
) -> None:
    """Print a commented template for a new rule file."""
    from pipeline.rulebook.template import template
    from pipeline.stages import families, load_stages

    known = {one.name: one for one in families(load_stages())}
    if family not in known:
        raise Failed(f"no rule family is called {family!r}; there are {', '.join(known)}")
    chosen = kind or next(iter(known[family].kinds))
    if chosen not in known[family].kinds:
        raise Failed(f"{family} has no kind {chosen!r}; there are {', '.join(known[family].kinds)}")
    text = template(known[family], chosen)
    if output is None:
        typer.echo(text, nl=False)
    elif output.exists():
        raise Failed(f"{output} is there already; name another file")
    else:
        output.write_text(text, "utf-8")
        typer.echo(f"{output}: fill it in, then run: zhengbao rules check {family}")


@app.command()
def diff(
    inputs: Annotated[list[Path], typer.Argument(help="The pages the outputs were built from.")],
    outputs: Annotated[Path, typer.Option("--outputs", help="The last accepted build.")] = Path("outputs"),
    most: Annotated[int, typer.Option("--most", min=1, help="How many rows of each sort to print.")] = 15,
    rules: Annotated[Path | None, RULES] = None,
) -> None:
    """Say what the rules as they are now would change in the outputs: rows gained, lost and changed."""
    from pipeline.runner.difference import difference

    found = difference(inputs, outputs, rules=rules)
    for name, difference_ in found.items():
        typer.echo(f"{name}: {len(difference_.gained)} gained, {len(difference_.lost)} lost, {len(difference_.changed)} changed")
        for sign, rows in (("+", difference_.gained), ("-", difference_.lost)):
            for row in rows[:most]:
                typer.echo(f"  {sign} {_told(row)}")
        for old, row, columns in difference_.changed[:most]:
            changes = ", ".join(f"{column} {old[column]} → {row[column]}" for column in columns)
            typer.echo(f"  ~ {row['text']}: {changes}  ({row['rule_id']})")
    if not found:
        typer.echo("nothing changes")


#: What a row is told by, in this order, where it has it.
_TELLING = ("text", "person", "title", "indicator", "name", "kind", "code", "value", "unit", "start_date", "end_date", "subject_code", "context")


def _told(row: dict[str, Any]) -> str:
    said = ", ".join(str(row[name]) for name in _TELLING if row.get(name) is not None)
    return f"{said}  ({row['rule_id']})"
