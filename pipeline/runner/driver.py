"""A build: walk the input, build what changed, replace it a batch at a time, and say what was done."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline import stages as registry
from pipeline.ingest import WalkReport, walk
from pipeline.rulebook import Rulebook
from pipeline.runner.batch import Built, build_batch, source_digests
from pipeline.runner.batching import DEFAULT_BATCH_BYTES, Batch, Occurrences, cut
from pipeline.runner.ledger import Entry
from pipeline.runner.manifest import write_manifest
from pipeline.runner.merging import merge_corpus
from pipeline.runner.plan import Plan
from pipeline.runner.privacy import PrivatePersons
from pipeline.runner.progress import Progress
from pipeline.runner.standing import Standing
from pipeline.runner.store import Store
from pipeline.runner.summary import Summary
from pipeline.runner.workers import run_in_order
from pipeline.stages.base import Stage
from pipeline.storage import Files, Kept, RemotePath, files_at, path_at

Engine = Literal["local", "ray"]


def build(
    inputs: Sequence[Path | str | RemotePath],
    output: Path | str | Files,
    *,
    rules: Path | str | None = None,
    jobs: int | None = None,
    without: Sequence[str] = (),
    batch_bytes: int = DEFAULT_BATCH_BYTES,
    quiet: bool = False,
    stages: Sequence[str] | None = None,
    engine: Engine = "local",
    private_persons: PrivatePersons = "keep",
) -> Summary:
    """Build `output` from pages; what did not change since the last build is kept. Both may be URLs, such as `s3://…`.

    `jobs` is the number of processes (default: all cores), `without` names stages to leave out, `private_persons` says
    whether those who hold no public post are kept, masked in every output, or dropped too; `stages` (for tests) replaces
    the registered ones. Raises `RuleError` before anything is built when a rule is broken, and `BusyError`
    when another build is writing the same folder.
    """
    named = None if stages is None else tuple(stages)
    plan = Plan(Path(), Path(rules) if rules else registry.rules_folder(), tuple(without), named, private_persons)
    standing = Standing.of(plan)
    store = Store(files_at(output))
    paths = [path_at(path) for path in inputs]
    with store.files.lock(), store.files.scratch() as scratch:
        store.prepare()
        summary = Summary()
        report = WalkReport()
        occurrences = Occurrences(Path(scratch) / "seen.sqlite")
        seen: set[str] = set()
        with Progress(paths, quiet=quiet) as progress:
            try:
                batches = cut(occurrences.number(walk(paths, report=report)), batch_bytes)
                checked = _check_batches(batches, store, standing.stages, summary, seen, progress)
                for _, built in _engine(engine, jobs)(checked, _work, _setup, (plan, standing.rules)):
                    store.stage(built.entry, built.files)
                    store.commit(built.entry)
                    summary.count(built.entry, built.ran)
                    progress.advance(built.entry.pages, built.entry.n_bytes)
            finally:
                occurrences.close()
        summary.removed = len(store.sweep(seen))
        summary.skipped, summary.warnings = report.examples, report.warnings
        summary.n_skipped = sum(report.skipped.values())
        if registry.PANEL not in plan.without:
            summary.rows["panel"] = merge_corpus(store, standing)
        write_manifest(store, standing, summary)
    return summary


def _engine(name: Engine, jobs: int | None) -> Callable[..., Iterator[tuple[_Task, Built]]]:
    """What runs the batches, wherever it does, and gives them back in order."""
    if name == "ray":
        from pipeline.runner import on_ray

        return lambda tasks, work, setup, args: on_ray.run_in_order(tasks, work, jobs, setup, args)
    return lambda tasks, work, setup, args: run_in_order(tasks, work, jobs or _cores(), setup, args)


@dataclass(frozen=True)
class _Task:
    batch: Batch
    sources: dict[str, str]
    old: Entry | None
    whole: dict[str, Kept]


def _check_batches(
    batches: Iterator[Batch], store: Store, fixed: dict[str, dict[str, str]], summary: Summary, seen: set[str], progress: Progress
) -> Iterator[_Task]:
    """The batches that have to be looked into; those whose every fingerprint is as before are only counted."""
    for batch in batches:
        seen.add(batch.id)
        sources = source_digests(batch)
        old = store.entry(batch.id)
        damaged = store.damaged(old) if old is not None else []
        if old is not None and not damaged and list(old.sources.items()) == list(sources.items()) and _same_plan(old, fixed):
            summary.count(old)
            progress.advance(old.pages, old.n_bytes)
            continue
        whole = {} if old is None else {name: store.kept(name, batch.id) for name in old.files if name not in damaged}
        yield _Task(batch, sources, old, whole)


def _same_plan(old: Entry, fixed: dict[str, dict[str, str]]) -> bool:
    return old.stages.keys() == fixed.keys() and all(fixed[name].items() <= record.depends.items() for name, record in old.stages.items())


_RULEBOOK: Rulebook | None = None
_STAGES: tuple[Stage, ...] = ()
_PRIVATE: PrivatePersons = "keep"


def _setup(plan: Plan, fingerprints: dict[str, str]) -> None:
    global _RULEBOOK, _STAGES, _PRIVATE
    _RULEBOOK, _STAGES, _PRIVATE = plan.rulebook().pin(fingerprints), plan.chosen(), plan.private


def _work(task: _Task) -> Built:
    assert _RULEBOOK is not None
    return build_batch(task.batch, task.sources, _STAGES, _RULEBOOK, task.old, task.whole, _PRIVATE)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)
