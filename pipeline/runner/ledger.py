"""What is known of a batch that was built: from what, by which code and rules, into which bytes."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pipeline.runner.fingerprints import combine

_FORMAT = 2


@dataclass
class StageRecord:
    """The fingerprints a stage last ran with: its code, its rules, and the tables it read."""

    depends: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return combine(self.depends.items())


@dataclass
class FileRecord:
    """An output file as it was written."""

    digest: str
    rows: int


@dataclass
class Entry:
    """One batch's line in the ledger."""

    batch: str
    sources: dict[str, str]
    stages: dict[str, StageRecord]
    files: dict[str, FileRecord]
    pages: int
    quarantined: list[list[str]]
    #: How many of those because a stage failed on them: they are tried again with any other code or rules.
    set_aside: int
    n_bytes: int

    def dump(self) -> str:
        return json.dumps({"format": _FORMAT, **asdict(self)}, ensure_ascii=False, sort_keys=True, indent=0)

    @staticmethod
    def parse(text: str) -> Entry | None:
        """The entry, or None when it is of another version or damaged: then the batch is built again."""
        try:
            raw: dict[str, Any] = json.loads(text)
            if raw.pop("format") != _FORMAT:
                return None
            raw["stages"] = {name: StageRecord(**record) for name, record in raw["stages"].items()}
            raw["files"] = {name: FileRecord(**record) for name, record in raw["files"].items()}
            return Entry(**raw)
        except (ValueError, KeyError, TypeError):
            return None

    @staticmethod
    def read(path: Path) -> Entry | None:
        try:
            return Entry.parse(path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError):
            return None
