"""A toy stage that makes nothing, and kills the process it runs in when a test has asked for it: once."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path

import pyarrow as pa

from pipeline.rulebook import Rulebook
from pipeline.stages.base import Stage, Tables

#: The environment variable that names the folder where a test asks.
FOLDER = "ZHENGBAO_TEST_KILLS"


def ask(folder: Path) -> None:
    """Have the next process that gets here killed."""
    (folder / "asked").touch()


def was_done(folder: Path) -> bool:
    """Whether a process was killed since it was asked for."""
    return (folder / "done").exists() and not (folder / "asked").exists()


def run(tables: Tables, rulebook: Rulebook) -> dict[str, pa.Table]:
    """Nothing, or the end."""
    folder = os.environ.get(FOLDER)
    if folder:
        with suppress(FileNotFoundError):
            (Path(folder) / "asked").rename(Path(folder) / "done")  # of several processes one gets it
            os.kill(os.getpid(), signal.SIGKILL)
    return {}


STAGE = Stage(name="deadly", room=__name__, reads=("sentences",), writes=(), rules=(), run=run)
