"""What a stage is: a named function from tables to tables, with everything it depends on declared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pyarrow as pa

from pipeline.rulebook import Family, Rulebook

Tables = Mapping[str, pa.Table]


@dataclass(frozen=True)
class Stage:
    """One step of the pipeline.

    `run` gets the tables named in `reads` and the compiled families named in `rules`, and gives back the tables
    named in `writes` (and may add `issues`). It does no input or output of its own, so it can be called from a
    notebook. `room` is the module or package its code lives in: a change to any file there, or in a room it imports,
    makes the stage run again. `families` are the rule families declared in this room; others may use them by name.
    """

    name: str
    room: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    rules: tuple[str, ...]
    run: Callable[[Tables, Rulebook], dict[str, pa.Table]]
    families: tuple[Family, ...] = ()
    about: str = ""
