"""Imports go one way: a room uses the rooms above it and never one beneath."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from pipeline.stages import load_stages

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "pipeline").rglob("*.py"))

#: What each room may import, besides itself and the way to load names when they are first used.
ALLOWED = {
    "text": set(),
    "contract": {"text"},
    "rulebook": {"text", "contract"},
    "storage": set(),
    "ingest": {"text", "contract", "storage"},
    "stages": {"text", "contract", "rulebook"},
    "runner": {"text", "contract", "storage", "rulebook", "ingest", "stages"},
    "report": {"contract"},
    "access": {"contract", "rulebook", "stages"},
    "bench": {"text", "contract", "storage", "rulebook", "ingest", "stages", "runner"},
    "language": {"text", "contract", "storage", "rulebook", "ingest", "stages", "runner"},
    "evaluate": {"text", "contract", "storage", "rulebook", "ingest", "stages", "runner"},
}


def imported_rooms(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names if node.module == "pipeline")
    return {name.split(".")[1] for name in names if name.startswith("pipeline.")}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_room_imports_one_beneath_it(path: Path) -> None:
    room = path.relative_to(ROOT / "pipeline").parts[0].removesuffix(".py")
    if room in ALLOWED:
        assert imported_rooms(path) <= ALLOWED[room] | {room, "lazily"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_is_small_and_says_what_it_is_for(path: Path) -> None:
    text = path.read_text("utf-8")
    assert ast.get_docstring(ast.parse(text)), "a module starts with a line that says what it is for"
    assert text.count("\n") <= 600


def test_the_table_of_stages_says_what_is_declared() -> None:
    design = (ROOT / "docs" / "design.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \| `([\w, ]+)` \| `([\w, ]+)` \| ([\w, ]+) \|$", design, re.MULTILINE)
    told = [tuple(tuple(cell.split(", ")) for cell in row) for row in rows]
    assert told == [((stage.name,), stage.reads, tuple(name for name in stage.writes if name != "issues"), stage.rules) for stage in load_stages()]


def test_every_family_of_rules_is_told_of() -> None:
    told = set(re.findall(r"^\| `(\w+)` \|", (ROOT / "rules" / "README.md").read_text("utf-8"), re.MULTILINE))
    assert told == {path.name for path in (ROOT / "rules").iterdir() if path.is_dir()}
