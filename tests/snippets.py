"""The code blocks a page of the docs shows, and running them as a reader would."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.cli.errors import Failed

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.DOTALL | re.MULTILINE)


class Block(NamedTuple):
    """A fenced block: its language and text."""

    language: str
    text: str


def blocks(page: Path) -> list[Block]:
    """The fenced blocks of a page, in order."""
    return [Block(*found) for found in _BLOCK.findall(page.read_text("utf-8"))]


def commands(text: str) -> Iterator[list[str]]:
    """The lines of a shell block as arguments, comments left out."""
    for line in text.replace("\\\n", " ").splitlines():
        arguments = shlex.split(line, comments=True)
        if arguments:
            yield arguments


def run_zhengbao(arguments: list[str]) -> str:
    """What `zhengbao …` prints; what goes wrong is raised, but an exit code that asks for a look is none of that."""
    result = CliRunner().invoke(app, arguments)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    if result.exit_code not in (0, 1):
        raise Failed(f"{shlex.join(arguments)}: exit code {result.exit_code}: {result.output}")
    return result.output


def run_python(text: str) -> dict[str, Any]:
    """The names a Python block leaves behind."""
    names: dict[str, Any] = {"__name__": "__main__"}
    exec(compile(text, "<block>", "exec"), names)
    return names
