"""A progress line that moves in a terminal and keeps quiet in a log."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from pipeline.storage import RemotePath


class Progress:
    """Pages and megabytes done, the rate, and the time left; nothing unless standard error is a terminal."""

    def __init__(self, inputs: Sequence[Path | RemotePath], *, quiet: bool = False) -> None:
        self._bar: Any = None
        self._task: Any = None
        self._pages = 0
        if quiet or not sys.stderr.isatty():
            return
        from rich.console import Console
        from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn, TransferSpeedColumn
        from rich.progress import Progress as Bar

        self._bar = Bar(
            TextColumn("{task.fields[pages]} pages"),
            BarColumn(),
            DownloadColumn(),
            TransferSpeedColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._bar.add_task("", total=_bytes_under(inputs), pages=0)

    def advance(self, pages: int, n_bytes: int) -> None:
        self._pages += pages
        if self._bar is not None:
            self._bar.update(self._task, advance=n_bytes, pages=self._pages)

    def __enter__(self) -> Progress:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.stop()


def _bytes_under(inputs: Sequence[Path | RemotePath]) -> int | None:
    """The size of all files given: only sizes are asked for, nothing is read. Elsewhere than on a disk that would take long."""
    total = 0
    for path in inputs:
        if isinstance(path, RemotePath):
            return None
        if path.is_dir():
            total += sum((Path(folder) / name).stat(follow_symlinks=False).st_size for folder, _, names in os.walk(path) for name in names)
        elif path.exists():
            total += path.stat().st_size
    return total
