"""Builds that are killed, run out of disk, lose the right to write, or find their books damaged."""

from __future__ import annotations

import errno
import itertools
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest

from pipeline.runner import BusyError, Summary, store
from pipeline.runner.ledger import Entry
from pipeline.storage import local
from tests.faults.conftest import BATCH_BYTES
from tests.runner.conftest import snapshot

Run = Callable[..., Summary]

#: How often a build is killed here; ZHENGBAO_KILLS asks for more.
KILLS = int(os.environ.get("ZHENGBAO_KILLS", "3"))

_PROGRAM = f"""
import sys
from pipeline.runner import build
if __name__ == "__main__":
    build([sys.argv[1]], sys.argv[2], jobs=int(sys.argv[3]), batch_bytes={BATCH_BYTES}, quiet=True, without=("tokens",))
"""


def loads(out: Path) -> None:
    """Every dataset that has files can be read, and speaks of whole pages."""
    for dataset in ("documents", "sentences", "quantities", "facts", "panel"):
        if list((out / dataset).glob("*.parquet")):
            pd.read_parquet(out / dataset)


def test_builds_killed_at_random_moments_resume_to_the_bytes_of_an_undisturbed_one(run: Run, pages: Path, tmp_path: Path) -> None:
    run(tmp_path / "calm")
    program = tmp_path / "program.py"
    program.write_text(_PROGRAM, "utf-8")
    out, draw, killed = tmp_path / "out", random.Random(5), 0
    for attempt in range(KILLS):
        command = [sys.executable, str(program), str(pages), str(out), "2" if attempt % 4 == 3 else "1"]
        process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(Path.cwd())})
        _wait_for_lock(out, process)
        time.sleep(draw.random() * 0.8)
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            killed += 1
        process.wait()
        loads(out)
        if attempt % 5 == 4:
            subprocess.run(["rm", "-rf", str(out)], check=True)
    assert killed
    run()
    assert snapshot(out) == snapshot(tmp_path / "calm")


def _wait_for_lock(out: Path, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    lock = out / ".zhengbao" / "lock"
    while process.poll() is None and time.monotonic() < deadline:
        if lock.exists() and lock.read_text("ascii").strip() == str(process.pid):
            return
        time.sleep(0.005)


def test_a_disk_that_is_full_at_any_write_leaves_the_last_outputs_and_the_next_build_ends_well(
    run: Run, pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run()
    (pages / "page001.txt").write_text("永川报 2023年7月9日\n\n新的一页\n\n三教镇修路12公里。", "utf-8")
    run(tmp_path / "calm")
    whole = local.write_through
    failures = 0
    for nth in itertools.count(1):
        writes = itertools.count(1)

        def write(path: Path, content: bytes, nth: int = nth, writes: Iterator[int] = writes) -> None:
            if next(writes) == nth:
                path.write_bytes(content[: len(content) // 2])
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
            whole(path, content)

        monkeypatch.setattr(local, "write_through", write)
        try:
            run()
        except OSError as error:
            assert error.errno == errno.ENOSPC
            failures += 1
            loads(tmp_path / "out")
        else:
            break
    assert failures > 5
    assert snapshot(tmp_path / "out") == snapshot(tmp_path / "calm")


@pytest.mark.skipif(os.name != "posix" or not Path("/proc/mounts").exists() or os.geteuid() != 0, reason="mounting needs root")
def test_a_small_disk(run: Run, tmp_path: Path) -> None:
    run(tmp_path / "calm")
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)], capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        with pytest.raises(OSError, match="space") as caught:
            run(disk / "out")
        assert caught.value.errno == errno.ENOSPC
        loads(disk / "out")
        subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
        run(disk / "out")
        assert snapshot(disk / "out") == snapshot(tmp_path / "calm")
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        with pytest.raises(OSError, match="Read-only"):
            run(disk / "out")
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)


def test_outputs_made_unwritable_in_the_middle(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(tmp_path / "calm")
    commit, times = store.Store.commit, itertools.count(1)

    def refused(self: store.Store, entry: Entry) -> None:
        if next(times) > 1:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), entry.batch)
        commit(self, entry)

    with monkeypatch.context() as patch:
        patch.setattr(store.Store, "commit", refused)
        with pytest.raises(PermissionError):
            run()
    loads(tmp_path / "out")
    run()
    assert snapshot(tmp_path / "out") == snapshot(tmp_path / "calm")


@pytest.mark.parametrize("damage", ["cut", "flip", "empty", "gone"])
def test_any_damaged_file_is_noticed_and_made_again(run: Run, tmp_path: Path, damage: str) -> None:
    run()
    out = tmp_path / "out"
    before = snapshot(out)
    draw = random.Random(damage)
    files = [path for path in sorted(out.rglob("*")) if path.is_file() and path.name != "lock"]
    assert {path.suffix for path in files} >= {".parquet", ".json"}
    for path in draw.sample(files, len(files) // 3):
        _harm(path, damage, draw)
    run()
    assert snapshot(out) == before


def _harm(path: Path, damage: str, draw: random.Random) -> None:
    content = bytearray(path.read_bytes())
    if damage == "gone":
        path.unlink()
    elif damage == "empty":
        path.write_bytes(b"")
    elif damage == "cut":
        path.write_bytes(content[: draw.randrange(len(content))] if content else b"")
    elif content:
        content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
        path.write_bytes(content)


def test_two_builds_at_once_one_is_told_to_wait(run: Run, pages: Path, tmp_path: Path) -> None:
    run(tmp_path / "calm")
    program = tmp_path / "program.py"
    program.write_text(_PROGRAM, "utf-8")
    out = tmp_path / "out"
    process = subprocess.Popen([sys.executable, str(program), str(pages), str(out), "1"], env={**os.environ, "PYTHONPATH": str(Path.cwd())})
    _wait_for_lock(out, process)
    process.send_signal(signal.SIGSTOP)
    try:
        with pytest.raises(BusyError, match=str(process.pid)):
            run()
    finally:
        process.send_signal(signal.SIGCONT)
    assert process.wait() == 0
    assert snapshot(out) == snapshot(tmp_path / "calm")
