"""Building one batch: the function a process, or a machine of a cluster, runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.contract import DATASETS, check, digest, encode
from pipeline.ingest import Source, pages_table
from pipeline.rulebook import Rulebook
from pipeline.runner.batching import Batch
from pipeline.runner.fingerprints import combine, stage_fingerprints
from pipeline.runner.isolating import find_faults, set_aside
from pipeline.runner.ledger import Entry, FileRecord, StageRecord
from pipeline.runner.privacy import PrivatePersons, hide_private_persons
from pipeline.runner.stepping import PAGES, StageError, stepping
from pipeline.stages.base import Stage
from pipeline.storage import Kept

INGEST = "ingest"


@dataclass(frozen=True)
class Built:
    """What came of a batch: its ledger entry, the files to replace, and the stages that ran, with the reason."""

    entry: Entry
    files: dict[str, bytes] = field(default_factory=dict)
    ran: dict[str, list[str]] = field(default_factory=dict)


def source_digests(batch: Batch) -> dict[str, str]:
    """For each page of a batch, a digest of its bytes and of what the manifest says of it."""
    return {source.path: _source_digest(source) for source in batch.sources}


def build_batch(
    batch: Batch,
    sources: Mapping[str, str],
    stages: Sequence[Stage],
    rulebook: Rulebook,
    old: Entry | None,
    old_file: Mapping[str, Kept],
    private: PrivatePersons = "keep",
) -> Built:
    """Run the stages a batch needs; `old` is its ledger entry from last time and `old_file` its files that are whole.

    Pages that make a stage fail are quarantined, and tried again as soon as anything the batch depends on changed.
    """
    new = _Work(batch, sources, rulebook, reason="the batch is new", private=private)
    if old is None:
        work = new
    elif old.set_aside:
        work = replace(new, reason="a stage failed on a page last time")
    elif private != "keep":
        # What is kept does not have the names any more that a stage would read.
        work = replace(new, reason="private persons are hidden, so all stages run")
    else:
        work = replace(new, old=old, old_file=old_file)
    try:
        return work.run(stages)
    except StageError as error:
        faults = find_faults(pages_table(batch.sources)[0], stages, rulebook)
        if not faults:
            raise
        return replace(new, faults=faults, reason=f"stage {error.stage} failed on a page").run(stages)


@dataclass
class _Work:
    """The tables of a batch while it is being built; those that did not change are read only if a stage asks."""

    batch: Batch
    sources: Mapping[str, str]
    rulebook: Rulebook
    #: Why everything is built when there is nothing `old` to build upon.
    reason: str
    old: Entry | None = None
    old_file: Mapping[str, Kept] = field(default_factory=dict)
    faults: Mapping[str, StageError] = field(default_factory=dict)
    private: PrivatePersons = "keep"
    _tables: dict[str, pa.Table] = field(init=False, default_factory=dict)
    _digests: dict[str, str] = field(init=False, default_factory=dict)
    _contents: dict[str, bytes] = field(init=False, default_factory=dict)
    _records: dict[str, StageRecord] = field(init=False, default_factory=dict)
    _issues: dict[str, pa.Table] = field(init=False, default_factory=dict)
    _ran: dict[str, list[str]] = field(init=False, default_factory=dict)

    def run(self, stages: Sequence[Stage]) -> Built:
        """Take every step in turn."""
        self._digests[PAGES] = combine(self.sources.items())
        for stage in stages:
            self.step(stage)
        return self.finish(stages)

    def step(self, stage: Stage) -> None:
        """Run a stage, or keep what it made last time when nothing it depends on changed."""
        record = StageRecord(
            {**stage_fingerprints(stage, self.rulebook, self.private), **{f"input/{name}": self._digests[name] for name in stage.reads}}
        )
        self._records[stage.name] = record
        reasons = self._reasons(stage, record)
        if not reasons and self.old is not None:
            for name in stage.writes:
                self._digests[name] = self.old.files[name].digest
            return
        self._ran[stage.name] = reasons
        tables = {name: self._table(name) for name in stage.reads}
        with stepping(stage, self.batch.n_bytes):
            made = stage.run(tables, self.rulebook)
            issues = made.pop("issues", DATASETS["issues"].empty())
            check(DATASETS["issues"], issues)
            self._issues[stage.name] = issues
            for name in stage.writes:
                if name != "issues":
                    self._keep(name, made[name])

    def finish(self, stages: Sequence[Stage]) -> Built:
        """The batch's ledger entry and the files that are not on disk yet."""
        issues = [self._issues_of(INGEST)]
        issues += [self._issues_of(stage.name) for stage in stages]
        self._keep("issues", pa.concat_tables(issues))
        if self.private != "keep":
            shown = {name: table for name, table in self._tables.items() if name != PAGES}
            for name, table in hide_private_persons(shown, self.private).items():
                self._keep(name, table)
        old_rows = {} if self.old is None else {name: record.rows for name, record in self.old.files.items()}
        files = {
            name: FileRecord(self._digests[name], self._tables[name].num_rows if name in self._contents else old_rows[name])
            for name in self._digests
            if name != PAGES
        }
        entry = Entry(
            batch=self.batch.id,
            sources=dict(self.sources),
            stages=self._records,
            files=files,
            pages=len(self.batch.sources),
            quarantined=self._quarantined(),
            set_aside=len(self.faults),
            n_bytes=self.batch.n_bytes,
        )
        on_disk = {name for name in self.old_file if self.old is not None and name in self.old.files}
        changed = {
            name: content
            for name, content in self._contents.items()
            if name not in on_disk or self.old is None or self.old.files[name].digest != self._digests[name]
        }
        return Built(entry, changed, self._ran)

    def _reasons(self, stage: Stage, record: StageRecord) -> list[str]:
        """Why the stage must run; empty when it need not."""
        old = self.old
        if old is None:
            return [self.reason]
        before = old.stages.get(stage.name)
        if before is None:
            return ["it did not run last time"]
        reasons = []
        for name, value in record.depends.items():
            if before.depends.get(name) != value:
                reasons.append(_page_changes(old.sources, self.sources) if name == f"input/{PAGES}" else f"{name} changed")
        for name in stage.writes:
            if name != "issues" and name not in self.old_file:
                reasons.append(f"its output {name} is missing or damaged")
        if "issues" not in self.old_file:
            reasons.append("the issues file is missing or damaged")
        return reasons

    def _keep(self, name: str, table: pa.Table) -> None:
        content = encode(name, table)
        self._tables[name] = table
        self._contents[name] = content
        self._digests[name] = digest(content)

    def _table(self, name: str) -> pa.Table:
        if name == PAGES and name not in self._tables:
            self._ingest()
        if name not in self._tables:
            self._tables[name] = _read(self.old_file[name], name)
        return self._tables[name]

    def _ingest(self) -> None:
        self._tables[PAGES], self._issues[INGEST] = set_aside(*pages_table(self.batch.sources), self.faults)

    def _issues_of(self, stage: str) -> pa.Table:
        if stage not in self._issues:
            if stage == INGEST and (self.old is None or "issues" not in self.old_file or self._ran.keys() & {"articles", "context"}):
                self._ingest()
            else:
                old = _read(self.old_file["issues"], "issues")
                self._issues[stage] = old.filter(pc.equal(old["stage"], stage))
        return self._issues[stage]

    def _quarantined(self) -> list[list[str]]:
        if PAGES not in self._tables:
            return self.old.quarantined if self.old is not None else []
        pages = self._tables[PAGES]
        bad = pages.filter(pc.equal(pages["status"], "quarantined")).select(["path", "warnings"]).to_pylist()
        return [[row["path"], "; ".join(row["warnings"] or [])] for row in bad]


def _source_digest(source: Source) -> str:
    said = [(field.name, repr(getattr(source, field.name))) for field in fields(source) if field.name not in ("path", "data")]
    return combine([("content", source.content_key), *said])


def _page_changes(old: Mapping[str, str], new: Mapping[str, str]) -> str:
    added = [path for path in new if path not in old]
    gone = [path for path in old if path not in new]
    changed = [path for path in new if path in old and old[path] != new[path]]
    parts = [
        f"{len(paths)} {word} ({paths[0]}{', …' if len(paths) > 1 else ''})"
        for word, paths in (("added", added), ("removed", gone), ("changed", changed))
        if paths
    ]
    return "pages: " + ", ".join(parts or ["their order"])


def _read(kept: Kept, name: str) -> pa.Table:
    # Parquet keeps the declared metadata, but a table passed between stages must carry exactly the declared schema.
    return pq.read_table(pa.BufferReader(kept.read())).cast(DATASETS[name].schema)
