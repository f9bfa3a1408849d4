"""A build killed at any moment leaves loadable outputs, and the next one carries on to the same bytes."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from pipeline.runner import Summary
from tests.runner.conftest import STAGES, snapshot

_PROGRAM = """
import sys
from pipeline.runner import build
if __name__ == "__main__":
    build([sys.argv[1]], sys.argv[2], rules=sys.argv[3], jobs=int(sys.argv[4]), batch_bytes=3000, quiet=True, stages={stages!r}, without=("panel",))
"""


def test_twenty_kills_and_a_resume_give_the_bytes_of_an_undisturbed_build(
    run: Callable[..., Summary], pages: Path, rules: Path, tmp_path: Path
) -> None:
    run(tmp_path / "calm", batch_bytes=3000)
    program = tmp_path / "program.py"
    program.write_text(_PROGRAM.format(stages=STAGES), "utf-8")
    out = tmp_path / "out"
    draw = random.Random(11)
    killed = 0
    for attempt in range(20):
        command = [sys.executable, str(program), str(pages), str(out), str(rules), "2" if attempt % 5 == 4 else "1"]
        process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(Path.cwd())})
        _wait_until_busy(out, process)
        time.sleep(draw.random() * 0.25)
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            killed += 1
        process.wait()
        for dataset in ("documents", "sentences", "tokens"):
            if list((out / dataset).glob("*.parquet")):
                pd.read_parquet(out / dataset)
        if attempt % 7 == 6:  # begin anew now and then, so that kills fall into every part of a build
            subprocess.run(["rm", "-rf", str(out)], check=True)
    assert killed >= 10
    run(out, batch_bytes=3000)
    assert snapshot(out) == snapshot(tmp_path / "calm")


def _wait_until_busy(out: Path, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < deadline:
        lock = out / ".zhengbao" / "lock"
        if lock.exists() and lock.read_text("ascii").strip() == str(process.pid):
            return
        time.sleep(0.005)
