"""What is to be built, apart from the pages."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from pipeline import stages as registry
from pipeline.rulebook import Rulebook, load
from pipeline.runner.fingerprints import code_fingerprint, combine
from pipeline.runner.privacy import PrivatePersons
from pipeline.runner.stepping import PAGES
from pipeline.stages.base import Stage


@dataclass(frozen=True)
class Plan:
    """Everything that decides what a build makes, apart from the pages."""

    output: Path
    rules: Path
    without: tuple[str, ...] = ()
    stages: tuple[str, ...] | None = None
    private: PrivatePersons = "keep"

    def chosen(self) -> tuple[Stage, ...]:
        known = registry.load_stages(self.stages)
        names = {stage.name for stage in known} | {registry.PANEL}
        for name in self.without:
            if name not in names:
                raise ValueError(f"no stage is called {name!r}; there are {', '.join(sorted(names))}")
        chosen: list[Stage] = []
        available = {PAGES}
        for stage in known:
            # A stage that stands on one that was left out is left out with it.
            if stage.name not in self.without and available.issuperset(stage.reads):
                chosen.append(stage)
                available.update(stage.writes)
        return tuple(chosen)

    def rulebook(self) -> Rulebook:
        families = registry.families(registry.load_stages(self.stages))
        code = combine((family.name, code_fingerprint(family.compile.__module__)) for family in families)
        return load(self.rules, families, cache=cache_folder(), code=code)


def cache_folder() -> Path | None:
    """Where compiled rules are kept between runs; they can be made again at any time. None for a user without a home."""
    try:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    except RuntimeError:
        return None
    return Path(base) / "zhengbao"
