"""`zhengbao explain`: what each stage makes of a piece of text, as a tree."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pipeline.runner.explaining import Branch

_COLOURS = {
    "people": typer.colors.MAGENTA,
    "officials": typer.colors.MAGENTA,
    "places": typer.colors.GREEN,
    "times": typer.colors.BLUE,
    "quantities": typer.colors.CYAN,
    "facts": typer.colors.BRIGHT_RED,
    "not read": typer.colors.YELLOW,
    "no fact": typer.colors.YELLOW,
    "issue": typer.colors.YELLOW,
}


def explain(
    text: Annotated[str, typer.Argument(help="The text; or @FILE to read it from a file.")],
    date: Annotated[str | None, typer.Option("--date", help="The page's date, as 2023-07-25.")] = None,
    home: Annotated[str | None, typer.Option("--home", help="The six-digit code of the page's place.")] = None,
    rules: Annotated[Path | None, typer.Option("--rules", help="Folder of rules to use instead of the project's.")] = None,
    brief: Annotated[bool, typer.Option("--brief", help="Leave out what each rule is about.")] = False,
) -> None:
    """Say what each stage makes of a text, which rule did it (with file and line), and why the rest was not read."""
    from pipeline.runner import explain_tree

    if text.startswith("@"):
        text = Path(text[1:]).read_text("utf-8")
    _print(explain_tree(text, date=date, home=home, rules=rules), "", "", brief=brief)


def _print(branch: Branch, lead: str, below: str, *, brief: bool) -> None:
    """A branch and what hangs on it; colours are left out where the output is no terminal."""
    colour = _COLOURS.get(branch.kind)
    values = ", ".join(f"{name} {value}" for name, value in branch.values)
    head = typer.style(f"{branch.kind}", fg=colour, bold=colour is None)
    text = typer.style(f" {branch.text}", bold=True) if branch.text else ""
    typer.echo(lead + head + text + (f"  →  {values}" if values else ""))
    if branch.rule_id is not None:
        about = f": {branch.about}" if branch.about and not brief else ""
        place = f" ({branch.place})" if branch.place else ""
        beside = "│  " if branch.branches else "   "
        typer.echo(typer.style(f"{below}{beside}by {branch.rule_id}{place}{about}", dim=True))
    for n, child in enumerate(branch.branches, 1):
        last = n == len(branch.branches)
        _print(child, below + ("└─ " if last else "├─ "), below + ("   " if last else "│  "), brief=brief)
