"""What a build stands on besides its pages: the stages that run, and the fingerprints of their code and rules.

Asking the stages themselves means importing all of them, which takes longer than looking through thousands of unchanged
pages. So what they said is kept beside the compiled rules, under a digest of every file it follows from.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import pipeline.stages.panel as panel
from pipeline import stages as registry
from pipeline.rulebook.loading import write_atomically
from pipeline.runner.fingerprints import code_fingerprint, combine, stage_fingerprints
from pipeline.runner.plan import Plan, cache_folder
from pipeline.runner.sealing import seal, unseal


@dataclass(frozen=True)
class Standing:
    """What the stages of a plan say of themselves; the rules were found valid."""

    #: By stage, in running order: the fingerprints of its code, its rules and its settings.
    stages: dict[str, dict[str, str]]
    #: The fingerprint of each rule family.
    rules: dict[str, str]
    panel: str

    @classmethod
    def of(cls, plan: Plan) -> Standing:
        """As it was kept, or asked of the stages; raises `RuleError` when a rule is broken."""
        folder = cache_folder()
        if folder is None:
            return cls._asked(plan)
        kept = folder / f"standing-{_digest(plan)[:32]}.json"
        try:
            said = unseal(kept.read_bytes())
        except OSError:
            said = None
        if said is not None:
            # The book sorts its keys; the order of the stages is kept apart.
            return cls({name: said["stages"][name] for name in said["order"]}, said["rules"], said["panel"])
        standing = cls._asked(plan)
        if combine(standing.rules.items()) == combine(plan.rulebook().fingerprints().items()):  # nobody edited them meanwhile
            write_atomically(kept, seal({**asdict(standing), "order": list(standing.stages)}))
        return standing

    @classmethod
    def _asked(cls, plan: Plan) -> Standing:
        chosen, rulebook = plan.chosen(), plan.rulebook()
        rulebook.check()
        fixed = {stage.name: stage_fingerprints(stage, rulebook, plan.private) for stage in chosen}
        return cls(fixed, rulebook.fingerprints(), code_fingerprint(panel.__name__))


def _digest(plan: Plan) -> str:
    """A digest of everything a standing follows from: the settings, all code of the packages the stages live in, all rules."""
    rooms = plan.stages or registry.ROOMS
    packages = sorted({__name__.partition(".")[0], *(room.partition(".")[0] for room in rooms)})
    digest = hashlib.sha256(repr((rooms, plan.without, plan.private, os.fspath(plan.rules.resolve()))).encode())
    for package in packages:
        digest.update(code_fingerprint(package).encode())
    for path in _files(plan.rules):
        digest.update(path.relative_to(plan.rules).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest() if path.is_file() else b"")
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    return iter(sorted(folder.rglob("*"))) if folder.is_dir() else iter(())
