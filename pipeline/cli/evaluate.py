"""`zhengbao evaluate`."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.cli.errors import LOOK, Failed


def evaluate(
    pages: Annotated[Path, typer.Option("--pages", help="The pages the gold speaks of.")] = Path("seeds"),
    gold: Annotated[Path, typer.Option("--gold", help="Folder of gold annotations.")] = Path("tests/gold"),
    outputs: Annotated[Path | None, typer.Option("--outputs", help="Score these datasets instead of building the pages anew.")] = None,
    rules: Annotated[Path | None, typer.Option("--rules", help="Folder of rules to use instead of the project's.")] = None,
    misses: Annotated[str | None, typer.Option("--misses", help="List what a layer missed and wrongly found, such as facts.")] = None,
    floors: Annotated[Path | None, typer.Option("--floors", help="File of floors; below one the exit code is 1.")] = None,
    raise_floors: Annotated[bool, typer.Option("--raise-floors", help="Lift the floors to what was reached; none is lowered.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the scores as JSON.")] = False,
) -> None:
    """Precision, recall and F1 of each layer against gold annotations."""
    from pipeline.evaluate import Floors, measured_below, raised
    from pipeline.evaluate import evaluate as score
    from pipeline.runner import build

    if not any(gold.glob("*.json")):
        raise Failed(f"{gold}: no gold annotations there; name their folder with --gold")
    with tempfile.TemporaryDirectory() as folder:
        if outputs is None:
            outputs = Path(folder)
            build([pages], outputs, rules=rules, without=("tokens",), quiet=True)
        result = score(outputs, gold)
    if as_json:
        typer.echo(json.dumps({name: _numbers(value) for name, value in result.scores.items()}, ensure_ascii=False, indent=1))
    else:
        typer.echo(f"{result.pages} pages\n{'measure':40}{'gold':>6}{'found':>7}{'hit':>6}{'P':>8}{'R':>8}{'F1':>8}")
        for name, value in result.scores.items():
            typer.echo(f"{name:40}{value.gold:6}{value.found:7}{value.hit:6}{value.precision:8.3f}{value.recall:8.3f}{value.f1:8.3f}")
    if misses:
        _print_misses(misses, result.scores, outputs)
    if floors is not None and raise_floors:
        raised(Floors.read(floors), result.scores).write(floors)
    elif floors is not None:
        below = measured_below(Floors.read(floors), result.scores)
        for name, (reached, floor) in below.items():
            typer.echo(f"below its floor: {name} {reached:.4f} < {floor:.4f}", err=True)
        if below:
            raise typer.Exit(LOOK)


def _numbers(value: Any) -> dict[str, float]:
    return {name: round(getattr(value, name), 4) for name in ("gold", "found", "hit", "precision", "recall", "f1")}


def _print_misses(layer: str, scores: dict[str, Any], outputs: Path) -> None:
    for name, value in scores.items():
        if not name.startswith(layer):
            continue
        typer.echo(f"\n## {name}")
        for word, cases in (("missed", value.missed), ("wrong ", value.wrong)):
            for page, item in cases:
                typer.echo(f"{word} {page} {_shown(item)}")


#: What tells a case apart, in the order it is printed; gold and datasets name some things differently.
_SHOWN = (
    "text", "span", "headline", "kind", "person", "role", "title", "low", "high", "unit", "adcode", "code", "place_code",
    "indicator", "subject", "subject_code", "organisation", "start", "end", "start_date", "end_date", "period_start", "period_end",
    "change", "change_value", "change_basis", "change_direction", "rank", "rule_id",
)  # fmt: skip


def _shown(item: dict[str, Any]) -> str:
    # `start` and `end` of a dataset row are offsets; of a gold item, dates.
    offsets = {"start", "end"} if "sentence_id" in item else set()
    return ", ".join(f"{name}={item[name]!s}" for name in _SHOWN if item.get(name) is not None and name not in offsets)
