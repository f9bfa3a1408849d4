"""Files and folders come in one order, lazily, with what the manifest says; nothing found there can stop the walk."""

from __future__ import annotations

import datetime as dt
import inspect
import os
import pickle
import sys
from pathlib import Path

import pytest

from pipeline.ingest import Limits, WalkReport, walk
from pipeline.ingest import walk as walking
from tests.ingest.samples import PROSE, walked, write, zipped


def test_pages_come_sorted_by_name_whatever_the_disk_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["b.txt", "a/2.txt", "a/10.md", "乙.txt", "甲.htm", "B.TXT", "c/d/e.html"]
    write(tmp_path, {name: name for name in names})
    paths = [source.path for source in walked(tmp_path)]
    assert paths == ["B.TXT", "a/10.md", "a/2.txt", "b.txt", "c/d/e.html", "乙.txt", "甲.htm"]
    listed = os.listdir
    monkeypatch.setattr(os, "listdir", lambda path: listed(path)[::-1])
    assert [source.path for source in walked(tmp_path)] == paths


def test_the_order_and_nesting_of_inputs_do_not_matter(tmp_path: Path) -> None:
    write(tmp_path, {"north/a.txt": "甲", "south/b.txt": "乙", "south/c.txt": "丙"})
    north, south = tmp_path / "north", tmp_path / "south"
    report = WalkReport()
    assert [source.path for source in walked(south, north)] == ["a.txt", "b.txt", "c.txt"]
    assert [source.path for source in walked(north, south / "c.txt", south, south, report=report)] == ["a.txt", "b.txt", "c.txt"]
    assert report.skipped == {"given twice, or inside a folder that is given": 2}


def test_one_page_is_read_at_a_time(tmp_path: Path) -> None:
    write(tmp_path, {"1.txt": "一", "2.txt": "二", "3.txt": "三"})
    pages = walk([tmp_path])
    assert next(pages).path == "1.txt"
    (tmp_path / "2.txt").write_text("改", "utf-8")
    (tmp_path / "3.txt").unlink()
    assert next(pages).data.decode() == "改"
    gone = next(pages)
    assert gone.path == "3.txt"
    assert gone.fault is not None
    assert "vanished" in gone.fault


def test_what_is_skipped_is_counted_with_its_reason(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "甲", ".hidden.txt": "", ".git/x.txt": "", "b.doc": "", "c": "", "d.xlsx": ""})
    report = WalkReport()
    assert [source.path for source in walked(tmp_path, report=report)] == ["a.txt"]
    assert report.skipped == {"hidden": 2, ".doc is not read": 1, "no suffix says what it is": 1, ".xlsx is not read": 1}
    assert ("b.doc", ".doc is not read") in report.examples
    assert (report.n_sources, report.n_bytes, report.n_faults) == (1, 3, 0)


def test_an_input_that_is_not_there_or_of_no_known_kind_is_a_fault(tmp_path: Path) -> None:
    write(tmp_path, {"a.xyz": "甲", "none": ""})
    faults = {source.path: source.fault or "" for source in walked(tmp_path / "gone", tmp_path / "a.xyz")}
    assert "not there" in faults["gone"]
    assert "kind is not known" in faults["a.xyz"]


def test_links_that_lead_in_circles_or_nowhere(tmp_path: Path) -> None:
    write(tmp_path, {"a/page.txt": "甲", "b/page.txt": "乙"})
    (tmp_path / "a/back").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a/self.txt").symlink_to(tmp_path / "a/self.txt")
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "c").symlink_to(tmp_path / "b", target_is_directory=True)
    (tmp_path / "link.txt").symlink_to(tmp_path / "b/page.txt")
    report = WalkReport()
    sources = {source.path: source for source in walked(tmp_path, report=report)}
    assert {path for path, source in sources.items() if source.fault is None} == {"a/page.txt", "b/page.txt", "link.txt"}
    assert "leads back" in str(sources["a/back/"].fault)
    assert sources["a/self.txt"].fault
    assert "leads nowhere" in str(sources["broken.txt"].fault)
    assert report.skipped["the same folder as one read before"] == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    report = WalkReport()
    assert walked(tmp_path, report=report) == []
    assert report.skipped == {"no regular file": 1}


def test_a_file_or_folder_without_permission_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a.txt": "甲", "b.txt": "乙", "closed/c.txt": "丙"})
    listdir, opened = os.listdir, walking.__globals__["opened"]

    def refuse(path: Path) -> list[str]:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return listdir(path)

    def refuse_b(path: Path) -> object:
        if path.name == "b.txt":
            raise PermissionError(13, "Permission denied")
        return opened(path)

    monkeypatch.setattr(os, "listdir", refuse)
    monkeypatch.setitem(walking.__globals__, "opened", refuse_b)
    faults = {source.path: source.fault for source in walked(tmp_path)}
    assert faults["a.txt"] is None
    assert "permission" in str(faults["b.txt"])
    assert "permission" in str(faults["closed/"])


def test_folders_nested_deeper_than_calls_may_be(tmp_path: Path) -> None:
    folder = tmp_path.joinpath(*["d"] * 300)
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text("深", "utf-8")
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 100)
    try:
        texts = [source.data.decode() for source in walked(tmp_path)]
    finally:
        sys.setrecursionlimit(limit)
    assert texts == ["深"]


def test_a_large_file_is_not_even_read(tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(100 << 20)
    (source,) = walked(tmp_path)
    assert source.data == b""
    assert "larger than the 16 MiB" in str(source.fault)


def test_a_file_name_that_is_no_utf8_is_still_a_path(tmp_path: Path) -> None:
    try:
        (tmp_path / os.fsdecode("旧报.txt".encode("gbk"))).write_bytes(PROSE.encode())
    except OSError:
        pytest.skip("the file system wants UTF-8 names")
    assert [source.path for source in walked(tmp_path)] == ["旧报.txt"]


def test_a_source_can_be_sent_to_another_process(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": PROSE, "manifest.csv": "file,issue_date\na.txt,2021-02-03\n", "b.zip": zipped({"c.txt": PROSE})})
    sources = walked(tmp_path)
    assert pickle.loads(pickle.dumps(sources)) == sources


def test_the_manifest_speaks_of_files_subfolders_members_and_records(tmp_path: Path) -> None:
    rows = [
        "file,publication,issue_date,place_code",
        "a.txt,山前日报,2021-02-03,110101",
        "./sub/b.txt,,2021年2月4日,",
        "c.zip#in/d.txt,山后报,,",
        "c.zip/in/e.txt,,20210205,110102.0",
        "f.jsonl,合集,,",
        "f.jsonl#2,,2021/2/6,",
    ]
    write(
        tmp_path,
        {
            "manifest.csv": "\ufeff" + "\r\n".join(rows),
            "a.txt": "甲",
            "sub/b.txt": "乙",
            "c.zip": zipped({"in/d.txt": "丁", "in/e.txt": "戊"}),
            "f.jsonl": '{"text": "己", "publication": "自报"}\n{"text": "庚"}\n',
        },
    )
    report = WalkReport()
    said = {
        source.path: (source.publication, source.issue_date, source.date_method, source.place_code, source.place_method)
        for source in walked(tmp_path, report=report)
    }
    assert said == {
        "a.txt": ("山前日报", dt.date(2021, 2, 3), "manifest", "110101", "manifest"),
        "sub/b.txt": (None, dt.date(2021, 2, 4), "manifest", None, None),
        "c.zip#in/d.txt": ("山后报", None, None, None, None),
        "c.zip#in/e.txt": (None, dt.date(2021, 2, 5), "manifest", "110102", "manifest"),
        "f.jsonl#1": ("自报", None, None, None, None),
        "f.jsonl#2": ("合集", dt.date(2021, 2, 6), "manifest", None, None),
    }
    assert report.warnings == []


def test_the_inner_manifest_comes_first_cell_by_cell(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "manifest.csv": "file,publication,place_code\nsub/a.txt,外报,110101\n",
            "sub/manifest.csv": "file,publication\na.txt,内报\n",
            "sub/a.txt": "甲",
        },
    )
    (source,) = walked(tmp_path)
    assert (source.publication, source.place_code) == ("内报", "110101")


def test_a_single_file_has_the_manifest_beside_it(tmp_path: Path) -> None:
    write(tmp_path, {"manifest.csv": "file,issue_date\na.txt,2021-02-03\nb.txt,2021-02-04\n", "a.txt": "甲", "b.txt": "乙"})
    report = WalkReport()
    (source,) = walked(tmp_path / "a.txt", report=report)
    assert (source.path, source.issue_date) == ("a.txt", dt.date(2021, 2, 3))
    assert not report.warnings


def test_a_bad_cell_is_null_with_a_warning_and_never_a_guess(tmp_path: Path) -> None:
    rows = ["file,publication,issue_date,place_code", "a.txt,报,2021-02-30,11010", "b.txt,,03/02/2021,北京"]
    write(tmp_path, {"manifest.csv": "\n".join(rows), "a.txt": "甲", "b.txt": "乙"})
    report = WalkReport()
    for source in walked(tmp_path, report=report):
        assert (source.issue_date, source.date_method, source.place_code) == (None, None, None)
        assert len(source.warnings) == 2
    assert "manifest.csv line 2: issue date '2021-02-30' is no day" in report.warnings[0]
    assert len(report.warnings) == 4


@pytest.mark.parametrize(
    ("manifest", "complaint"),
    [
        ("name,date\na.txt,2021\n", "its first row must name the columns"),
        ("", "its first row must name the columns"),
        ("file,issue_date\nb.txt,2021-02-03\n", "1 row name no page that was found (line 2)"),
        ("file,issue_date\n../a.txt,2021-02-03\n", "is no path inside the manifest's folder"),
        ("file,publication\na.txt,甲报,乙报\n", "3 cells under 2 column names"),
        ("publication,file\n甲报\n", "'' is no path inside the manifest's folder"),
        ("file,issued\na.txt,2021-02-03\n", "column 'issued' is not one of"),
    ],
)
def test_a_bad_manifest_is_a_warning_and_the_pages_are_read(tmp_path: Path, manifest: str, complaint: str) -> None:
    write(tmp_path, {"manifest.csv": manifest, "a.txt": "甲"})
    report = WalkReport()
    (source,) = walked(tmp_path, report=report)
    assert (source.fault, source.issue_date, source.publication) == (None, None, None)
    assert any(complaint in warning for warning in report.warnings), report.warnings


def test_rows_that_contradict_each_other_are_not_used(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"manifest.csv": "file,issue_date\na.txt,2021-02-03\na.txt,2021-02-04\nb.txt,2021-02-04\nb.txt,2021-02-04\n", "a.txt": "甲", "b.txt": ""},
    )
    first, second = walked(tmp_path)
    assert first.issue_date is None
    assert "lines 2, 3 contradict" in first.warnings[0]
    assert second.issue_date == dt.date(2021, 2, 4)


def test_a_manifest_in_gbk(tmp_path: Path) -> None:
    write(tmp_path, {"manifest.csv": "file,publication\n山前.txt,山前日报\n".encode("gbk"), "山前.txt": "甲"})
    (source,) = walked(tmp_path)
    assert source.publication == "山前日报"


def test_limits_can_be_set(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "甲" * 100})
    (source,) = walked(tmp_path, limits=Limits(page_bytes=99))
    assert source.fault
