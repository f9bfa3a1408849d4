"""Memory does not grow with the corpus."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from pipeline.bench.scale import HEAD, measure_here
from tests.runner.conftest import STAGES, write_pages

_PROGRAM = """
import json, resource, sys
from pathlib import Path
from pipeline.runner import build
summary = build([Path(sys.argv[1])], sys.argv[2], rules=sys.argv[3], jobs=1, batch_bytes=60_000, quiet=True, stages={stages!r}, without=("panel",))
print(json.dumps([summary.pages, summary.batches, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss]))
"""


def peak(tmp_path: Path, rules: Path, n_pages: int) -> tuple[int, int, int]:
    """Pages, batches and peak memory of a build of so many pages, in a process of its own."""
    folder = tmp_path / f"pages{n_pages}"
    write_pages(folder, n_pages, seed=n_pages)
    program = tmp_path / "program.py"
    program.write_text(_PROGRAM.format(stages=STAGES), "utf-8")
    command = [sys.executable, str(program), str(folder), str(tmp_path / f"out{n_pages}"), str(rules)]
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(Path.cwd())}, check=True, capture_output=True, text=True)
    pages, batches, memory = json.loads(done.stdout)
    return pages, batches, memory


def test_twenty_times_the_pages_take_no_more_memory(tmp_path: Path, rules: Path) -> None:
    small, large = peak(tmp_path, rules, 150), peak(tmp_path, rules, 3000)
    assert large[0] == 20 * small[0]
    assert large[1] > 10 * small[1] > 20
    assert large[2] < 1.25 * small[2], (small, large)


def test_the_cost_of_copies_is_measured(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("永川区修路\n\n本报讯（记者 王小明）今年上半年，永川区实现地区生产总值612.5亿元，同比增长6.1%。", "utf-8")
    cost = measure_here(tmp_path, 3)
    assert cost.pages == 3
    assert 0 < cost.panel_seconds < cost.seconds
    assert 0 < cost.again_seconds < cost.seconds
    assert len(cost.row().split("|")) == len(HEAD.split("|"))
