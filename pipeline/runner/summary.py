"""What a build did, for people and for the manifest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.runner.ledger import Entry

#: How many single cases (quarantined pages, reasons) a summary lists; the rest are in the datasets.
LISTED = 200


@dataclass
class Summary:
    """Counts over all batches, and the first cases of what went otherwise than usual."""

    pages: int = 0
    n_bytes: int = 0
    batches: int = 0
    rebuilt: int = 0
    removed: int = 0
    rows: Counter[str] = field(default_factory=Counter)
    quarantined: list[tuple[str, str]] = field(default_factory=list)
    n_quarantined: int = 0
    skipped: list[tuple[str, str]] = field(default_factory=list)
    n_skipped: int = 0
    warnings: list[str] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    explained: list[tuple[str, str, list[str]]] = field(default_factory=list)

    def count(self, entry: Entry, ran: Mapping[str, list[str]] | None = None) -> None:
        """Add a batch, and which of its stages ran and why."""
        self.pages += entry.pages
        self.n_bytes += entry.n_bytes
        self.batches += 1
        self.rows.update({name: record.rows for name, record in entry.files.items()})
        self.n_quarantined += len(entry.quarantined)
        self.quarantined += [(path, reason) for path, reason in entry.quarantined[: LISTED - len(self.quarantined)]]
        if ran:
            self.rebuilt += 1
        for stage, reasons in (ran or {}).items():
            # The pages named in a reason are for `--explain`; the count is by kind.
            self.reasons.update(f"{stage}: {reason.split(' (')[0]}" for reason in reasons)
            if len(self.explained) < 10 * LISTED:
                self.explained.append((entry.batch, stage, reasons))
