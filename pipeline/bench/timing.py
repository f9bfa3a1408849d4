"""Timing a contender in a process of its own, pinned to one core."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.bench.contenders import CONTENDERS, SLOW


@dataclass(frozen=True)
class Timing:
    """What a contender took."""

    name: str
    n_bytes: int
    seconds: float
    results: int
    peak_mb: float
    missing: str = ""

    @property
    def kb_per_second(self) -> float:
        return self.n_bytes / 1000 / self.seconds if self.seconds else 0.0


def texts_of(folders: Sequence[Path], share: float = 1.0) -> list[str]:
    """The pages' texts, or an even share of them."""
    paths = sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in (".txt", ".md"))
    step = max(1, round(1 / share))
    return [path.read_text("utf-8") for path in paths[::step]]


def time_apart(name: str, folders: Sequence[Path]) -> Timing:
    """Time a contender in a new process; one that is not installed is said to be missing."""
    command = [sys.executable, "-m", "pipeline.bench.timing", name, *map(str, folders)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return Timing(name, 0, 0.0, 0, 0.0, missing=done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "failed")
    return Timing(**json.loads(done.stdout.splitlines()[-1]))


def time_here(name: str, folders: Sequence[Path]) -> Timing:
    """Time a contender in this process: loaded and warmed before, then run once over all texts."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    texts = texts_of(folders, SLOW.get(name, 1.0))
    run = CONTENDERS[name]()
    run([texts[0][:300]])
    began = time.process_time()
    results = run(texts)
    seconds = time.process_time() - began
    return Timing(name, sum(len(text.encode()) for text in texts), seconds, results, peak_mb())


def peak_mb() -> float:
    """Peak memory of this process; what the system calls its own peak may be that of the process it was forked from."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text("ascii").split("VmHWM:")[1].split()[0]) / 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def time_stages(folders: Sequence[Path]) -> Iterator[Timing]:
    """Each stage on its own, in this process, all pages at once; processor time, so a busy machine matters less."""
    from pipeline.ingest import pages_table, walk
    from pipeline.rulebook import collecting_seldom
    from pipeline.runner.plan import Plan
    from pipeline.runner.stepping import PAGES
    from pipeline.stages import rules_folder

    plan = Plan(Path(), rules_folder(), without=("tokens",))
    rulebook = plan.rulebook()
    sources = list(walk(folders))
    n_bytes = sum(len(source.data) for source in sources)
    began = time.process_time()
    tables = {PAGES: pages_table(sources)[0]}
    yield Timing("ingest", n_bytes, time.process_time() - began, tables[PAGES].num_rows, 0.0)
    for name in rulebook.families:
        rulebook[name]
    for stage in plan.chosen():
        began = time.process_time()
        with collecting_seldom():
            made = stage.run({name: tables[name] for name in stage.reads}, rulebook)
        yield Timing(stage.name, n_bytes, time.process_time() - began, sum(made[name].num_rows for name in stage.writes), 0.0)
        tables.update({name: made[name] for name in stage.writes})


def start_up() -> float:
    """Seconds until the command has said what it can do."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", "from pipeline.cli import main; main()", "--help"], capture_output=True, check=False)
    return time.perf_counter() - began


def main() -> None:
    """Time the contender named and print it as JSON."""
    sys.stdout.write("\n" + json.dumps(asdict(time_here(sys.argv[1], [Path(name) for name in sys.argv[2:]]))) + "\n")


if __name__ == "__main__":
    main()
