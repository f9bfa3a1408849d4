"""The same batches on Ray: the same bytes, also when a worker dies in the middle."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow.fs as pafs
import pytest

from pipeline.runner import Summary
from pipeline.storage import RemoteFiles
from tests.runner.conftest import snapshot

ray = pytest.importorskip("ray")

Run = Callable[..., Summary]


@pytest.fixture(scope="module", autouse=True)
def cluster() -> Iterator[None]:
    """A Ray of two workers on this machine, which see the checkout."""
    root = str(Path(__file__).resolve().parents[2])
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, runtime_env={"env_vars": {"PYTHONPATH": root}})
    yield
    ray.shutdown()


def test_two_workers_give_the_bytes_of_a_local_build(run: Run, tmp_path: Path) -> None:
    run()
    run(tmp_path / "ray", engine="ray", jobs=2)
    assert snapshot(tmp_path / "ray") == snapshot(tmp_path / "out")
    assert run(tmp_path / "ray", engine="ray", jobs=2).rebuilt == 0


def test_a_worker_killed_in_the_middle_has_its_batches_done_by_another(run: Run, tmp_path: Path) -> None:
    run()
    killed: list[int] = []
    thread = threading.Thread(target=_kill_one_worker, args=(tmp_path / "ray", killed))
    thread.start()
    run(tmp_path / "ray", engine="ray", jobs=2)
    thread.join()
    assert len(killed) == 1
    assert snapshot(tmp_path / "ray") == snapshot(tmp_path / "out")


def _kill_one_worker(out: Path, killed: list[int]) -> None:
    """End a worker that is at a batch once the first batch is there."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if list((out / "documents").glob("*.parquet")):
            for command in Path("/proc").glob("[0-9]*/cmdline"):
                try:
                    busy = b"ray::_step" in command.read_bytes()
                except OSError:
                    continue
                if busy and _is_ours(int(command.parent.name)):
                    killed.append(int(command.parent.name))
                    os.kill(killed[0], signal.SIGKILL)
                    return
        time.sleep(0.002)


def _is_ours(process: int) -> bool:
    """Whether a process descends from this one: another Ray may run beside."""
    while process > 1:
        if process == os.getpid():
            return True
        try:
            status = Path(f"/proc/{process}/stat").read_text("utf-8", "replace")
        except OSError:
            return False
        process = int(status.rpartition(")")[2].split()[1])
    return False


def test_workers_build_upon_what_lies_on_shared_storage(run: Run, pages: Path, tmp_path: Path) -> None:
    shared = RemoteFiles(pafs.SubTreeFileSystem(str(tmp_path), pafs.LocalFileSystem()), "shared")
    killed: list[int] = []
    thread = threading.Thread(target=_kill_one_worker, args=(tmp_path / "shared", killed))
    thread.start()
    run(shared, engine="ray", jobs=2)
    thread.join()
    assert len(killed) == 1
    (pages / "page001.txt").write_text("永川报 2023年7月9日\n\n新的一页\n\n三教镇修路12公里。", "utf-8")
    assert 0 < run(shared, engine="ray", jobs=2).rebuilt <= 2
    run()
    assert snapshot(tmp_path / "shared") == snapshot(tmp_path / "out")
