"""A build redoes what changed and nothing else, and always gives the same bytes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from pipeline.rulebook import RuleError
from pipeline.runner import BusyError, StageError, Summary
from pipeline.storage.lease import Lock
from tests.runner.conftest import RULE, snapshot
from tests.toy import marks

Run = Callable[..., Summary]


def stages_run(summary: Summary) -> set[str]:
    return {stage for _, stage, _ in summary.explained}


def test_pandas_reads_every_dataset(run: Run, tmp_path: Path) -> None:
    run()
    assert len(pd.read_parquet(tmp_path / "out" / "documents")) == 60
    assert set(pd.read_parquet(tmp_path / "out" / "issues").kind) == {"doubt"}
    assert pd.read_parquet(tmp_path / "out" / "sentences", columns=["text"]).text.str.len().min() > 0


def test_an_unchanged_corpus_is_not_built_again(run: Run, tmp_path: Path) -> None:
    first = run()
    before = snapshot(tmp_path / "out")
    second = run()
    assert first.rebuilt == first.batches > 5
    assert second.rebuilt == 0
    assert second.rows == first.rows
    assert snapshot(tmp_path / "out") == before


def test_jobs_do_not_change_a_byte(run: Run, tmp_path: Path) -> None:
    run()
    run(tmp_path / "two", jobs=2)
    run(tmp_path / "four", jobs=4)
    assert snapshot(tmp_path / "out") == snapshot(tmp_path / "two") == snapshot(tmp_path / "four")


def test_a_changed_page_touches_its_batch_only(run: Run, pages: Path, tmp_path: Path) -> None:
    run()
    before = snapshot(tmp_path / "out")
    page = pages / "d1" / "page0021.txt"
    page.write_text(page.read_text("utf-8") + "\n\n又添一段。", "utf-8")
    summary = run()
    changed = {Path(name).stem for name, content in snapshot(tmp_path / "out").items() if before.get(name) != content}
    assert summary.rebuilt == len(changed) == 1
    assert any("1 changed (" in reason for _, _, reasons in summary.explained for reason in reasons)


def test_pages_added_and_removed_leave_the_other_batches_alone(run: Run, pages: Path, tmp_path: Path) -> None:
    run()
    for name, action in (("a new page at the front", "add"), ("that page gone again", "remove")):
        before = snapshot(tmp_path / "out")
        page = pages / "d0" / "page0000a.txt"
        page.write_text("新添的一页。", "utf-8") if action == "add" else page.unlink()
        summary = run()
        assert summary.rebuilt <= 2, name
        after = snapshot(tmp_path / "out")
        assert len({Path(n).stem for n in before.keys() & after.keys() if before[n] == after[n]}) >= summary.batches - 2
    texts = pd.read_parquet(tmp_path / "out" / "documents").text
    assert not texts.str.contains("新添的一页").any()


def test_a_removed_folder_takes_its_rows_along(run: Run, pages: Path, tmp_path: Path) -> None:
    run()
    shutil.rmtree(pages / "d2")
    run()
    run(tmp_path / "fresh")
    assert not pd.read_parquet(tmp_path / "out" / "documents").path.str.contains("d2/").any()
    assert snapshot(tmp_path / "out") == snapshot(tmp_path / "fresh")


def test_a_rule_edit_redoes_its_stage_and_what_follows_from_it(run: Run, rules: Path, tmp_path: Path) -> None:
    run()
    (rules / "marks" / "more.yaml").write_text(RULE.format(id="road", mark="路"), "utf-8")
    summary = run()
    assert stages_run(summary) == {"marks", "words"}
    assert summary.reasons["marks: rules/marks changed"] == summary.batches
    run(tmp_path / "fresh")
    assert snapshot(tmp_path / "out") == snapshot(tmp_path / "fresh")


def test_a_rule_edit_that_changes_no_row_stops_there(run: Run, rules: Path) -> None:
    run()
    (rules / "marks" / "never.yaml").write_text(RULE.format(id="never", mark="龘"), "utf-8")
    assert stages_run(run()) == {"marks"}


def test_a_damaged_output_is_noticed_and_built_again(run: Run, tmp_path: Path) -> None:
    run()
    before = snapshot(tmp_path / "out")
    files = sorted((tmp_path / "out").glob("sentences/*.parquet"))
    files[0].write_bytes(files[0].read_bytes()[:-9])
    flipped = bytearray(files[1].read_bytes())
    flipped[len(flipped) // 2] ^= 1
    files[1].write_bytes(bytes(flipped))
    next((tmp_path / "out").glob("issues/*.parquet")).unlink()
    assert run().rebuilt in (2, 3)
    assert snapshot(tmp_path / "out") == before


def test_leaving_a_stage_out_takes_its_rows_away(run: Run, tmp_path: Path) -> None:
    run()
    run(without=("panel", "words"))
    assert not list((tmp_path / "out" / "tokens").glob("*.parquet"))
    run()
    run(tmp_path / "fresh")
    assert snapshot(tmp_path / "out") == snapshot(tmp_path / "fresh")


def test_a_stage_nobody_knows_is_a_wrong_use(run: Run) -> None:
    with pytest.raises(ValueError, match="wrods"):
        run(without=("wrods",))


def test_a_broken_rule_stops_the_build_before_it_starts(run: Run, rules: Path, tmp_path: Path) -> None:
    run()
    before = snapshot(tmp_path / "out")
    (rules / "marks" / "stops.yaml").write_text(RULE.format(id="stop", mark="！").replace("about:", "abuot:"), "utf-8")
    with pytest.raises(RuleError, match=r"stops\.yaml:5: .*'abuot'.*did you mean 'about'"):
        run()
    assert snapshot(tmp_path / "out") == before


def test_a_page_a_stage_fails_on_is_set_aside_and_the_rest_is_built(run: Run, pages: Path, tmp_path: Path) -> None:
    run()
    before = snapshot(tmp_path / "out")
    page = pages / "d3" / "page0003.txt"
    sound = page.read_text("utf-8")
    page.write_text("这一页会出错。", "utf-8")
    summary = run()
    assert summary.quarantined == [("d3/page0003.txt", "Stage marks failed: ValueError: a page the stage cannot bear.")]
    documents = pd.read_parquet(tmp_path / "out" / "documents").set_index("path")
    assert documents.loc["d3/page0003.txt", ["status", "text"]].tolist() == ["quarantined", ""]
    assert (documents.status == "ok").sum() == 59
    issues = pd.read_parquet(tmp_path / "out" / "issues")
    assert issues[issues.kind == "stage_failed"].stage.tolist() == ["marks"]
    assert run().rebuilt == 0
    run(tmp_path / "two", jobs=2)
    assert snapshot(tmp_path / "out") == snapshot(tmp_path / "two")
    page.write_text(sound, "utf-8")
    assert run().n_quarantined == 0
    assert snapshot(tmp_path / "out") == before


def test_a_page_set_aside_is_tried_again_with_other_rules(run: Run, pages: Path, rules: Path, tmp_path: Path) -> None:
    (pages / "d3" / "page0003.txt").write_text("这一页会出错。", "utf-8")
    run()
    (rules / "marks" / "more.yaml").write_text(RULE.format(id="road", mark="路"), "utf-8")
    summary = run()
    assert summary.n_quarantined == 1
    assert summary.reasons["lines: a stage failed on a page last time"] == 0  # the page was tried, and failed, again
    assert summary.reasons["lines: stage marks failed on a page"] == 1
    run(tmp_path / "fresh")
    assert snapshot(tmp_path / "out") == snapshot(tmp_path / "fresh")


def test_a_stage_that_fails_on_every_page_leaves_the_last_outputs(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(tables: object, rulebook: object) -> dict[str, object]:
        raise ValueError("there is no model")

    run()
    before = snapshot(tmp_path / "out")
    monkeypatch.setattr("tests.toy.marks.STAGE", replace(marks.STAGE, run=broken, room="tests.toy"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))  # no file changed, so what the stages said before would be believed
    with pytest.raises(StageError, match="stage marks failed: ValueError: there is no model"):
        run()
    assert snapshot(tmp_path / "out") == before
    assert len(pd.read_parquet(tmp_path / "out" / "documents")) == 60


def test_two_builds_of_one_folder_exclude_each_other(run: Run, tmp_path: Path) -> None:
    run()
    with Lock(tmp_path / "out" / ".zhengbao" / "lock"), pytest.raises(BusyError, match="another build"):
        run()


def test_the_same_page_twice_is_two_rows_with_two_ids(run: Run, pages: Path, tmp_path: Path) -> None:
    shutil.copy(pages / "d0" / "page0000.txt", pages / "d3" / "again.txt")
    run()
    documents = pd.read_parquet(tmp_path / "out" / "documents")
    assert documents.doc_id.is_unique
    assert len(documents) == 61
    assert documents.loc[documents.path.str.endswith("again.txt"), "warnings"].item() is not None


def test_what_a_page_gets_as_id_does_not_depend_on_where_it_lies(run: Run, pages: Path, tmp_path: Path) -> None:
    run()
    before = pd.read_parquet(tmp_path / "out" / "documents")
    (pages / "d0" / "page0000.txt").rename(pages / "d3" / "zzz.txt")
    run()
    after = pd.read_parquet(tmp_path / "out" / "documents")
    assert set(before.doc_id) == set(after.doc_id)
