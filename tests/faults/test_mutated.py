"""Whatever a page holds, it is read or quarantined; the pages beside it are built as if it were not there."""

from __future__ import annotations

import os
import random
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest

from pipeline.ingest import source
from pipeline.runner import Summary, build
from tests.faults.conftest import write_pages
from tests.faults.mutation import SHAPES, mutated

#: How many mutated pages are tried here; ZHENGBAO_MUTATIONS asks for more, ZHENGBAO_SEED for others.
MUTATIONS = int(os.environ.get("ZHENGBAO_MUTATIONS", "150"))
SEED = int(os.environ.get("ZHENGBAO_SEED", "1"))


@pytest.fixture()
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that opens a socket fails."""

    def refused(*args: object, **options: object) -> None:
        raise AssertionError("a build must not use the network")

    monkeypatch.setattr(socket, "socket", refused)
    monkeypatch.setattr(socket, "create_connection", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)


@pytest.fixture()
def in_time() -> Iterator[None]:
    """A build that hangs fails."""

    def late(number: int, frame: object) -> None:
        raise AssertionError("the build hangs")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(60 + MUTATIONS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def sound_rows(out: Path) -> pd.DataFrame:
    """What was read on the pages nothing was done to."""
    documents = pd.read_parquet(out / "documents", columns=["doc_id", "path", "status"])
    facts = pd.read_parquet(out / "quantities", columns=["doc_id", "start", "text", "value", "unit"])
    both = documents[documents.path.str.startswith("sound/")].merge(facts, on="doc_id", how="left")
    return both.sort_values(["path", "start", "text"], ignore_index=True)


@pytest.mark.usefixtures("no_network", "in_time")
def test_mutated_pages_harm_nothing_else(tmp_path: Path) -> None:
    root = tmp_path / "pages"
    write_pages(root / "sound", 6)
    options = {"jobs": 1, "batch_bytes": 200_000, "quiet": True, "without": ("tokens",)}
    build([root], tmp_path / "calm", **options)  # type: ignore[arg-type]
    seeds = Path(__file__).resolve().parents[2] / "seeds"
    for n, (name, content) in enumerate(mutated(seeds, MUTATIONS, SEED)):
        path = root / "bad" / f"{n % 7}" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    draw = random.Random(SEED)
    for shape in SHAPES:
        name, content = shape(draw)
        (root / "bad" / name).write_bytes(content)
    around = {path for path in tmp_path.rglob("*") if path.is_file()}
    summary = build([root], tmp_path / "out", **options)  # type: ignore[arg-type]
    written = {path for path in tmp_path.rglob("*") if path.is_file()} - around
    assert all(path.is_relative_to(tmp_path / "out") for path in written)
    assert summary.pages > MUTATIONS + len(SHAPES) / 2
    assert summary.n_quarantined >= 5
    documents = pd.read_parquet(tmp_path / "out" / "documents")
    assert documents.doc_id.is_unique
    assert documents[documents.status == "quarantined"].warnings.map(len).min() > 0
    failed = [warning for path, warning in summary.quarantined if warning.startswith("Stage ")]
    assert not failed, failed  # a stage is to bear these; that a page it cannot bear is set aside is tested elsewhere
    pd.testing.assert_frame_equal(sound_rows(tmp_path / "out"), sound_rows(tmp_path / "calm"))


def test_no_python_object_is_made_by_a_rule_file(tmp_path: Path) -> None:
    from pipeline.rulebook import RuleError
    from pipeline.runner import check_rules
    from pipeline.stages import rules_folder

    copy = tmp_path / "rules"
    for folder in rules_folder().iterdir():
        if folder.is_dir():
            (copy / folder.name).mkdir(parents=True)
    mark = tmp_path / "made"
    (copy / "cleaning" / "evil.yaml").write_text(f"family: cleaning\nkind: debris\nrules: !!python/object/apply:os.mkdir ['{mark}']\n", "utf-8")
    with pytest.raises(RuleError, match=r"evil\.yaml"):
        check_rules(copy, ("cleaning",))
    assert not mark.exists()


def test_one_page_has_a_limit_whatever_it_is(run: Callable[..., Summary], pages: Path) -> None:
    limit = source.DEFAULT_LIMITS.page_bytes
    with (pages / "endless.txt").open("wb") as file:
        file.truncate(limit + 1)
    summary = run()
    assert [path for path, _ in summary.quarantined] == ["endless.txt"]


@pytest.mark.parametrize("text", ["近年来", "近年来，村里修路。\n\n近年来又修桥。", "过去、现在和将来\n\n近日"])
def test_a_page_whose_times_are_all_vague(text: str) -> None:
    from pipeline.runner import explain

    assert explain(text)["documents"]["status"].to_pylist() == ["ok"]
