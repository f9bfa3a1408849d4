"""What is known of a batch that was built: from what, by which code and rules, into which bytes."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

from pipeline.runner.fingerprints import combine
from pipeline.runner.sealing import seal, unseal

_FORMAT = 3


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

    def dump(self) -> bytes:
        return seal({"format": _FORMAT, **asdict(self)})

    @staticmethod
    def of(book: bytes) -> Entry | None:
        """The entry, or None when it is of another version or damaged: then the batch is built again."""
        raw = unseal(book)
        if raw is None or raw.pop("format") != _FORMAT:
            return None
        raw["stages"] = {name: StageRecord(**record) for name, record in raw["stages"].items()}
        raw["files"] = {name: FileRecord(**record) for name, record in raw["files"].items()}
        return Entry(**raw)
