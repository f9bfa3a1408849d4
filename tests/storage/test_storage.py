"""Pages from, and datasets to, other places than this machine's disk: the same bytes, also after faults."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pyarrow.fs as pafs
import pytest

from pipeline.runner import BusyError, Summary, build
from pipeline.storage import RemoteFiles, RemotePath, files_at, lease, path_at
from tests.ingest.samples import zipped
from tests.runner.conftest import STAGES, snapshot, write_pages
from tests.runner.conftest import pages as pages
from tests.runner.conftest import rules as rules

Run = Callable[..., Summary]


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "SETTLE_SECONDS", 0.0)


@pytest.fixture()
def run(rules: Path) -> Run:
    """Builds with the toy stages."""

    def go(pages: object, output: object, **options: object) -> Summary:
        settings = {"rules": rules, "jobs": 1, "batch_bytes": 8_000, "quiet": True, "stages": STAGES, "without": ("panel",), **options}
        return build([pages], output, **settings)  # type: ignore[arg-type, list-item]

    return go


def elsewhere(folder: Path) -> pafs.FileSystem:
    """A file system that is no disk as far as a build can see: all goes through pyarrow, and processes share it."""
    folder.mkdir(parents=True, exist_ok=True)
    return pafs.SubTreeFileSystem(str(folder), pafs.LocalFileSystem())


@pytest.mark.parametrize("jobs", [1, 2])
def test_another_file_system_gets_the_same_bytes(run: Run, pages: Path, tmp_path: Path, jobs: int) -> None:
    (pages / "d9").mkdir()
    (pages / "d9" / "more.zip").write_bytes(zipped({"a.txt": "村里修路。", "b/c.txt": "村里修桥。"}))
    (pages / "manifest.csv").write_text("file,publication\nd0/page0000.txt,永川报\n", "utf-8")
    run(pages, tmp_path / "local")
    system = elsewhere(tmp_path / "far")
    output = RemoteFiles(system, "out")
    far = RemotePath(elsewhere(tmp_path), "pages")
    assert run(far, output, jobs=jobs).warnings == []
    assert snapshot(tmp_path / "far" / "out") == snapshot(tmp_path / "local")
    assert run(far, output, jobs=jobs).rebuilt == 0
    (pages / "d1" / "page0001.txt").write_text("新的一页。", "utf-8")
    run(pages, tmp_path / "local")
    run(far, output, jobs=jobs)
    assert snapshot(tmp_path / "far" / "out") == snapshot(tmp_path / "local")


def test_a_url_of_a_file_is_its_path(run: Run, pages: Path, tmp_path: Path) -> None:
    run(pages.as_uri(), (tmp_path / "out").as_uri())
    run(pages, tmp_path / "local")
    assert snapshot(tmp_path / "out") == snapshot(tmp_path / "local")


def test_a_url_of_no_known_kind_is_told(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="nowhere"):
        path_at("nowhere://bucket/pages")


class Failing(RemoteFiles):
    """A store that stops at the nth change, with that change half done where it can be: moving is copying and removing."""

    left = 10**9

    def write(self, name: str, content: bytes) -> None:
        self._change()
        super().write(name, content)

    def remove(self, name: str) -> None:
        self._change()
        super().remove(name)

    def move(self, name: str, target: str) -> None:
        self._change()
        self._system.copy_file(self._path(name), self._path(target))
        self._change()
        self._system.delete_file(self._path(name))

    def _change(self) -> None:
        if Failing.left == 0:
            raise OSError(errno.ECONNRESET, os.strerror(errno.ECONNRESET))
        Failing.left -= 1


def test_a_store_that_fails_at_any_change_is_as_before_or_as_after(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "LEASE_SECONDS", 0.0)  # where it cannot be given back, it is over all the same
    monkeypatch.setattr(lease.Lease, "_renew", lambda self: None)
    pages = tmp_path / "few"
    write_pages(pages, 6)
    output = Failing(elsewhere(tmp_path / "far"), "out")
    run(pages, output)
    page = pages / "d1" / "page0001.txt"
    before = page.read_text("utf-8")
    failures = 0
    for n in range(0, 400):
        page.write_text(f"{before}\n\n第{n}次改。", "utf-8")
        monkeypatch.setattr(Failing, "left", n)
        try:
            run(pages, output)
        except OSError:
            failures += 1
            for dataset in ("documents", "sentences", "tokens"):
                pd.read_parquet(tmp_path / "far" / "out" / dataset)
            monkeypatch.setattr(Failing, "left", 10**9)
            if n % 3 == 0:
                run(pages, output)
                run(pages, tmp_path / "local")
                assert snapshot(tmp_path / "far" / "out") == snapshot(tmp_path / "local")
        else:
            break
    assert failures > 8


def test_one_build_at_a_time_holds_the_place(run: Run, pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = RemoteFiles(elsewhere(tmp_path / "far"), "out")
    with output.lock(), pytest.raises(BusyError, match="another build"):
        run(pages, output)
    run(pages, output)  # the lease was given back
    held = output.lock()
    held._write()  # type: ignore[attr-defined]
    with pytest.raises(BusyError):
        run(pages, output)  # one that was killed leaves it behind
    monkeypatch.setattr(lease.time, "time", lambda: time.monotonic() + 10**10)
    run(pages, output)  # until it runs out


def test_memory_of_fsspec(run: Run, pages: Path, tmp_path: Path) -> None:
    fsspec = pytest.importorskip("fsspec")
    memory = fsspec.filesystem("memory")
    memory.put(str(pages), "/pages", recursive=True)
    run("memory://pages", "memory://out")
    memory.get("/out", str(tmp_path / "got"), recursive=True)
    run(pages, tmp_path / "local")
    assert snapshot(tmp_path / "got") == snapshot(tmp_path / "local")
    assert run("memory://pages", "memory://out").rebuilt == 0


@pytest.fixture()
def s3() -> Iterator[str]:
    """A bucket of a server on this machine that speaks S3."""
    pytest.importorskip("moto.server")
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)], stderr=subprocess.DEVNULL)
    try:
        system = pafs.S3FileSystem(
            access_key="a", secret_key="b", endpoint_override=f"127.0.0.1:{port}", scheme="http", allow_bucket_creation=True, region="us-east-1"
        )
        for _ in range(100):
            try:
                system.create_dir("bucket")
                break
            except OSError:
                time.sleep(0.2)
        yield f"s3://a:b@bucket/{{}}?endpoint_override=127.0.0.1:{port}&scheme=http&region=us-east-1"
    finally:
        server.terminate()
        server.wait()


@pytest.fixture()
def ray() -> Iterator[None]:
    """A Ray of two workers on this machine, which see the checkout."""
    ray = pytest.importorskip("ray")
    root = str(Path(__file__).resolve().parents[2])
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, runtime_env={"env_vars": {"PYTHONPATH": root}})
    yield
    ray.shutdown()


@pytest.mark.usefixtures("ray")
def test_ray_reads_and_writes_an_object_store(run: Run, pages: Path, tmp_path: Path, s3: str) -> None:
    assert_an_object_store_gets_the_same_bytes(run, pages, tmp_path, s3, engine="ray", jobs=2)


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_object_store_gets_the_same_bytes(run: Run, pages: Path, tmp_path: Path, s3: str, jobs: int) -> None:
    assert_an_object_store_gets_the_same_bytes(run, pages, tmp_path, s3, jobs=jobs)


def assert_an_object_store_gets_the_same_bytes(run: Run, pages: Path, tmp_path: Path, s3: str, **options: object) -> None:
    pafs.copy_files(str(pages), s3.format("pages"))
    run(s3.format("pages"), s3.format("out"), **options)
    run(pages, tmp_path / "local")
    pafs.copy_files(s3.format("out"), str(tmp_path / "got"))
    assert snapshot(tmp_path / "got") == snapshot(tmp_path / "local")
    assert run(s3.format("pages"), s3.format("out"), **options).rebuilt == 0
    output = files_at(s3.format("out"))
    name = output.names("documents")[0]
    output.write(f"documents/{name}", output.read(f"documents/{name}")[:-9])
    assert run(s3.format("pages"), s3.format("out"), **options).rebuilt == 1
    assert output.read(f"documents/{name}") == (tmp_path / "local" / "documents" / name).read_bytes()
