"""The stages, one room each, in the order they run."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from pipeline.rulebook import Family
from pipeline.stages.base import Stage

#: The room of each stage, in running order: a stage reads only what an earlier one writes.
ROOMS: tuple[str, ...] = (
    "pipeline.stages.articles",
    "pipeline.stages.sentences",
    "pipeline.stages.context",
    "pipeline.stages.tokens",
    "pipeline.stages.places",
    "pipeline.stages.figures",
    "pipeline.stages.people",
    "pipeline.stages.facts",
)

#: The one step that reads the whole corpus; the runner feeds it a partition at a time.
PANEL = "panel"


def load_stages(rooms: Sequence[str] | None = None) -> tuple[Stage, ...]:
    """The stages of these rooms (default: all), in order."""
    return tuple(import_module(room).STAGE for room in (ROOMS if rooms is None else rooms))


def families(stages: Sequence[Stage]) -> tuple[Family, ...]:
    """The rule families these stages declare, each once."""
    found: dict[str, Family] = {}
    for stage in stages:
        for family in stage.families:
            found.setdefault(family.name, family)
    return tuple(found.values())


def rules_folder() -> Path:
    """The rules that come with the project: beside the code in a checkout, inside the package when installed."""
    package = Path(__file__).resolve().parent.parent
    beside = package.parent / "rules"
    return beside if beside.is_dir() else package / "_rules"
