"""The same batches on Ray: the same bytes, also when a worker dies in the middle."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow.fs as pafs
import pytest

from pipeline.runner import Summary
from pipeline.stages import ROOMS
from pipeline.storage import RemoteFiles
from tests.runner.conftest import snapshot
from tests.toy import deadly

ray = pytest.importorskip("ray")

Run = Callable[..., Summary]
STAGES = (*ROOMS, deadly.__name__)


@pytest.fixture(scope="module")
def kills(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a test asks for a worker to be killed."""
    return tmp_path_factory.mktemp("kills")


@pytest.fixture(scope="module", autouse=True)
def cluster(kills: Path) -> Iterator[None]:
    """A Ray of two workers on this machine, which see the checkout."""
    root = str(Path(__file__).resolve().parents[2])
    env = {"PYTHONPATH": root, deadly.FOLDER: str(kills)}
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, runtime_env={"env_vars": env})
    yield
    ray.shutdown()


def test_two_workers_give_the_bytes_of_a_local_build(run: Run, tmp_path: Path) -> None:
    run()
    run(tmp_path / "ray", engine="ray", jobs=2)
    assert snapshot(tmp_path / "ray") == snapshot(tmp_path / "out")
    assert run(tmp_path / "ray", engine="ray", jobs=2).rebuilt == 0


def test_a_worker_killed_in_the_middle_has_its_batches_done_by_another(run: Run, tmp_path: Path, kills: Path) -> None:
    run(stages=STAGES)
    deadly.ask(kills)
    run(tmp_path / "ray", engine="ray", jobs=2, stages=STAGES)
    assert deadly.was_done(kills)
    assert snapshot(tmp_path / "ray") == snapshot(tmp_path / "out")


def test_workers_build_upon_what_lies_on_shared_storage(run: Run, pages: Path, tmp_path: Path, kills: Path) -> None:
    shared = RemoteFiles(pafs.SubTreeFileSystem(str(tmp_path), pafs.LocalFileSystem()), "shared")
    deadly.ask(kills)
    run(shared, engine="ray", jobs=2, stages=STAGES)
    assert deadly.was_done(kills)
    (pages / "page001.txt").write_text("永川报 2023年7月9日\n\n新的一页\n\n三教镇修路12公里。", "utf-8")
    assert 0 < run(shared, engine="ray", jobs=2, stages=STAGES).rebuilt <= 2
    run(stages=STAGES)
    assert snapshot(tmp_path / "shared") == snapshot(tmp_path / "out")
