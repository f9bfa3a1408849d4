"""A page or a rule that is edited while a build runs: never a mix of old and new, and the next build has it right."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from pipeline.rulebook import RuleError, loading
from pipeline.runner import Summary, driver
from pipeline.runner.store import Store
from tests.runner.conftest import snapshot

Run = Callable[..., Summary]


def after_the_first_batch(monkeypatch: pytest.MonkeyPatch, edit: Callable[[], None]) -> None:
    """Do something once, as soon as a batch has been committed."""
    commit, done = Store.commit, []

    def committed(self: Store, *args: object) -> None:
        commit(self, *args)  # type: ignore[arg-type]
        if not done:
            done.append(True)
            edit()

    monkeypatch.setattr(Store, "commit", committed)


@pytest.fixture()
def no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where compiled rules are kept: nothing is, as yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


def edit_rules(rules: Path) -> None:
    path = rules / "marks" / "stops.yaml"
    path.write_text(path.read_text("utf-8").replace("。", "路"), "utf-8")


def test_a_page_edited_meanwhile_is_read_as_it_was_or_as_it_is(run: Run, pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = (pages / "d0" / "page0000.txt", pages / "d3" / "page0059.txt")
    old = [path.read_text("utf-8") for path in paths]
    new = [text + "\n\n村里又修路。" for text in old]

    def edit() -> None:
        for path, text in zip(paths, new, strict=True):
            path.write_text(text, "utf-8")

    with monkeypatch.context() as patch:
        after_the_first_batch(patch, edit)
        run()
    documents = pd.read_parquet(tmp_path / "out" / "documents").set_index("path").text
    assert documents["d0/page0000.txt"] == old[0]
    assert documents["d3/page0059.txt"] in (old[1], new[1])
    assert run().rebuilt > 0
    run(tmp_path / "fresh")
    assert snapshot(tmp_path / "out") == snapshot(tmp_path / "fresh")


def test_pages_that_come_and_go_meanwhile(run: Run, pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def edit() -> None:
        (pages / "d3" / "page0059.txt").unlink()
        (pages / "d3" / "page0060.txt").write_text("新的一页。", "utf-8")

    with monkeypatch.context() as patch:
        after_the_first_batch(patch, edit)
        run()
    run()
    run(tmp_path / "fresh")
    assert snapshot(tmp_path / "out") == snapshot(tmp_path / "fresh")


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.usefixtures("no_cache")
def test_a_rule_edited_meanwhile_waits_for_the_next_build(run: Run, rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int) -> None:
    run(tmp_path / "before")
    with monkeypatch.context() as patch:
        after_the_first_batch(patch, lambda: edit_rules(rules))
        try:
            run(jobs=jobs)
            assert snapshot(tmp_path / "out") == snapshot(tmp_path / "before")
        except RuleError as error:  # a process that was slow to start found the rules edited
            assert "edited while a build was running" in str(error)
    run(jobs=jobs)
    run(tmp_path / "fresh")
    assert snapshot(tmp_path / "out") == snapshot(tmp_path / "fresh")
    assert snapshot(tmp_path / "out") != snapshot(tmp_path / "before")


def test_a_rule_edited_before_a_process_has_loaded_it_stops_the_build_and_is_named(
    run: Run, rules: Path, tmp_path: Path, no_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run()
    before = snapshot(tmp_path / "out")
    (rules / "marks" / "stops.yaml").write_text((rules / "marks" / "stops.yaml").read_text("utf-8") + "\n", "utf-8")
    setup = driver._setup

    def edited(*args: object) -> None:
        edit_rules(rules)
        shutil.rmtree(no_cache)
        loading._LATEST.clear()  # a process of its own has loaded nothing yet
        setup(*args)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(driver, "_setup", edited)
        with pytest.raises(RuleError, match=r"marks.*edited while a build was running"):
            run()
    assert snapshot(tmp_path / "out") == before
    run()
    run(tmp_path / "fresh")
    assert snapshot(tmp_path / "out") == snapshot(tmp_path / "fresh")
