"""Tables of documents and archives: every record and member a page, none of them able to harm the others."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import random
import tracemalloc
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.ingest import Limits, Source, WalkReport, decode, pages_table, walk
from tests.ingest.samples import PROSE, encrypted, pdf, walked, word, write, zipped


def jsonl(*records: object) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def parquet(columns: dict[str, pa.Array | list[object]]) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.table(columns), sink)
    return sink.getvalue()


def texts(sources: list[Source]) -> dict[str, str]:
    return {source.path: decode(source).text for source in sources}


def faults(sources: list[Source]) -> dict[str, str]:
    return {source.path: source.fault for source in sources if source.fault is not None}


RECORDS = [{"text": PROSE, "id": "甲-1", "date": "2021-02-03", "publication": "山前日报", "place_code": "110101"}, {"text": "第二页\r\n第二行"}]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.jsonl", jsonl(*RECORDS).encode()),
        ("t.jsonl", json.dumps(RECORDS[0]).encode() + b"\n\n" + json.dumps(RECORDS[1]).encode()),
        ("t.jsonl", jsonl(*RECORDS).encode("utf-16")),
        ("t.jsonl", jsonl(*RECORDS).encode("gb18030")),
        ("t.csv", 'id,date,text,publication,place_code\n甲-1,2021-02-03,"' + PROSE + '",山前日报,110101\n,,"第二页\r\n第二行",,\n'),
        ("t.csv", ('id,date,text,publication,place_code\n甲-1,2021-02-03,"' + PROSE + '",山前日报,110101\n,,"第二页\r\n第二行",,\n').encode("gbk")),
        (
            "t.parquet",
            parquet(
                {
                    "text": [record["text"] for record in RECORDS],
                    "id": ["甲-1", None],
                    "date": [dt.date(2021, 2, 3), None],
                    "publication": ["山前日报", None],
                    "place_code": pa.array([110101.0, None]),
                }
            ),
        ),
    ],
)
def test_every_kind_of_table_gives_the_same_pages(tmp_path: Path, name: str, content: bytes | str) -> None:
    write(tmp_path, {name: content})
    first, second = walked(tmp_path)
    assert (first.path.partition("#")[2], first.media, first.data) == ("甲-1", "record", PROSE.encode())
    assert (first.publication, first.issue_date, first.date_method) == ("山前日报", dt.date(2021, 2, 3), "record")
    assert (first.place_code, first.place_method) == ("110101", "record")
    assert decode(second).text == "第二页\n第二行"
    assert (second.issue_date, second.date_method) == (None, None)
    assert second.path.partition("#")[2] in ("2", "3")


def test_the_encoding_of_a_table_is_recorded(tmp_path: Path) -> None:
    write(tmp_path, {"a.jsonl": jsonl(*RECORDS).encode("gb18030"), "b.jsonl": jsonl(*RECORDS)})
    assert [decode(source).encoding for source in walked(tmp_path)] == ["gb18030", "gb18030", "utf-8", "utf-8"]


def test_a_record_in_another_encoding_than_its_table(tmp_path: Path) -> None:
    filler = b'{"text": "plain"}\n'
    write(tmp_path, {"a.jsonl": filler * 40_000 + b'{"text": "' + PROSE.strip().split("\n")[0].encode("gbk") + b'"}\n'})
    last = decode(walked(tmp_path)[-1])
    assert (last.text, last.encoding) == (PROSE.split("\n")[0], "gb18030")


def test_names_that_cannot_be_decoded_still_print(tmp_path: Path) -> None:
    head = b"plain,words\n" * 30_000  # so much of it that the encoding seems settled
    line = b'{"text": "plain", "id": "\xe5x", "publication": "\xff", "date": "\xfe", "place_code": "\\ud800"}\n'
    write(
        tmp_path,
        {
            "a.jsonl": b'{"text": "plain"}\n' * 20_000 + line,
            "b.csv": b"\xe5\xff," + head,
            "manifest.csv": b"file,publication,\xe5\nc.txt,\xe5\n\xff,\n",
        },
    )
    write(tmp_path, {"c.txt": "丙"})
    report = WalkReport()
    pages, issues = pages_table(walked(tmp_path, report=report)[-3:])
    assert pages["path"].to_pylist() == ["a.jsonl#\ufffdx", "b.csv", "c.txt"]
    assert pages["publication"].to_pylist()[0] == "\ufffd"
    for text in [*report.warnings, *issues["context"].to_pylist()]:
        text.encode("utf-8")


def test_bad_records_are_faults_among_good_ones(tmp_path: Path) -> None:
    bad = ["not json", "[1]", '{"id": 7}', '{"text": 5}', '{"text": null}', "[" * 100_000]
    write(tmp_path, {"a.jsonl": "\n".join(['{"text": "好"}', *bad, '{"text": "\\ud800半"}', '{"text": "也好\\ud83d\\ude00"}'])})
    sources = walked(tmp_path)
    assert [source.fault is None for source in sources] == [True] + [False] * len(bad) + [True, True]
    assert [(decode(source).status, decode(source).text) for source in sources if source.fault is None] == [
        ("ok", "好"),
        ("quarantined", ""),
        ("ok", "也好😀"),
    ]


def test_a_table_whose_lines_are_no_records_is_given_up(tmp_path: Path) -> None:
    write(tmp_path, {"a.jsonl": "{\n" * 10_000, "b.txt": "乙"})
    sources = walked(tmp_path)
    assert len(sources) < 30
    assert "the rest was not read" in str(sources[-2].fault)
    assert texts(sources)["b.txt"] == "乙"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.csv", "date,place\n2021-02-03,甲\n", "no column is called text"),
        ("a.parquet", parquet({"words": ["甲"]}), "no column is called text"),
        ("a.parquet", b"PAR1 and then nothing", "no Parquet"),
        ("a.parquet", parquet({"text": ["甲" * 1000]})[:-40], "no Parquet"),
        ("a.parquet", b"", "no Parquet"),
        ("a.jsonl", b"", "empty"),
        ("a.csv", b"", "empty"),
        ("a.parquet", parquet({"text": pa.array([], pa.string())}), "empty"),
    ],
)
def test_a_table_that_is_none_says_why(tmp_path: Path, name: str, content: bytes | str, reason: str) -> None:
    write(tmp_path, {name: content})
    assert [reason in fault for fault in faults(walked(tmp_path)).values()] == [True]


def test_a_csv_row_with_a_comma_too_many_is_not_cut_off_silently(tmp_path: Path) -> None:
    write(tmp_path, {"a.csv": "text,id\n甲,1\n一句，半句,另半句,2\n乙,3\n"})
    sources = walked(tmp_path)
    assert texts(sources) == {"a.csv#1": "甲", "a.csv#2": "", "a.csv#3": "乙"}
    assert "comma outside quotes" in str(sources[1].fault)


def test_a_quote_that_never_closes_stops_at_the_limit(tmp_path: Path) -> None:
    write(tmp_path, {"a.csv": 'text,id\n甲,1\n"乙' + "丙,2\n" * 100_000})
    sources = walked(tmp_path, limits=Limits(page_bytes=200_000))
    assert texts(sources[:1]) == {"a.csv#1": "甲"}
    assert "the rest was not read" in str(sources[-1].fault)
    assert len(sources) == 2


def test_a_line_over_the_limit_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path, {"a.jsonl": jsonl({"text": "甲"}, {"text": "乙" * 100_000}, {"text": "丙"})})
    sources = walked(tmp_path, limits=Limits(page_bytes=10_000))
    assert texts(sources) == {"a.jsonl#1": "甲", "a.jsonl#2": "", "a.jsonl#3": "丙"}
    assert "larger than" in str(sources[1].fault)


def test_strings_of_parquet_that_are_no_utf8_are_looked_into(tmp_path: Path) -> None:
    column = pa.array([PROSE.encode("gbk"), PROSE.encode()], pa.binary())
    write(tmp_path, {"a.parquet": parquet({"text": column.view(pa.binary())}), "b.parquet": parquet({"text": pa.array([PROSE]).dictionary_encode()})})
    assert [decode(source).text for source in walked(tmp_path)] == [PROSE] * 3
    assert [decode(source).encoding for source in walked(tmp_path)] == ["gb18030", "utf-8", "utf-8"]


@pytest.mark.parametrize("packed", [False, True])
def test_a_table_is_read_as_it_is_asked_for(tmp_path: Path, packed: bool) -> None:
    noise = random.Random(1)  # or it would pack into nothing
    path = tmp_path / ("a.jsonl.gz" if packed else "a.jsonl")
    with gzip.open(path, "wb", 1) if packed else path.open("wb") as file:
        for _ in range(6_000):
            file.write(jsonl({"text": PROSE + noise.randbytes(500).hex()}).encode())
    tracemalloc.start()
    try:
        pages = walk([path], Limits())
        for _ in range(100):
            next(pages)
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()
    with path.open("r+b") as file:  # what has not been asked for has not been read
        file.truncate(path.stat().st_size // 2 - 7)
    rest = list(pages)
    assert 1_500 < len(rest) < 4_500
    assert rest[-1].fault


def test_archives_of_everything(tmp_path: Path) -> None:
    members: dict[str, bytes | str] = {
        "乙/page.txt": PROSE,
        "page.html": "<p>一段</p>",
        "page.pdf": pdf(["第一页"]),
        "page.docx": word(["一段"]),
        "rows.jsonl": jsonl({"text": "一"}, {"text": "二"}),
        "rows.csv": "text\n三\n",
        "rows.parquet": parquet({"text": ["四"]}),
        "more.txt.gz": gzip.compress("五".encode()),
        "more.jsonl.gz": gzip.compress(jsonl({"text": "六"}).encode()),
        "inner.zip": zipped({"page.txt": "七"}),
        ".hidden/page.txt": "",
        "__MACOSX/._page.txt": "",
        "notes.doc": "",
    }
    write(tmp_path, {"a.zip": zipped(members), "b.zip.gz": gzip.compress(zipped({"page.md": "八"}))})
    report = WalkReport()
    assert texts(walked(tmp_path, report=report)) == {
        "a.zip#inner.zip#page.txt": "七",
        "a.zip#more.jsonl.gz#1": "六",
        "a.zip#more.txt.gz": "五",
        "a.zip#page.docx": "一段",
        "a.zip#page.html": "一段",
        "a.zip#page.pdf": "第一页",
        "a.zip#rows.csv#1": "三",
        "a.zip#rows.jsonl#1": "一",
        "a.zip#rows.jsonl#2": "二",
        "a.zip#rows.parquet#1": "四",
        "a.zip#乙/page.txt": PROSE,
        "b.zip.gz#page.md": "八",
    }
    assert report.skipped == {"hidden": 2, ".doc is not read": 1}


def test_an_archive_has_its_own_manifest(tmp_path: Path) -> None:
    packed = zipped({"sub/manifest.csv": "file,issue_date\npage.txt,2021-02-03\n", "sub/page.txt": "甲", "page.txt": "乙"})
    write(tmp_path, {"a.zip": packed})
    assert {source.path: source.issue_date for source in walked(tmp_path)} == {"a.zip#page.txt": None, "a.zip#sub/page.txt": dt.date(2021, 2, 3)}


def test_names_of_archives_made_on_chinese_windows(tmp_path: Path) -> None:
    packed = zipped({"xxxx.txt": PROSE, "sub/a.txt": "甲"}).replace(b"xxxx.txt", "旧报.txt".encode("gbk")).replace(b"sub/a", b"sub\\a")
    write(tmp_path, {"a.zip": packed})
    assert [source.path for source in walked(tmp_path)] == ["a.zip#sub/a.txt", "a.zip#旧报.txt"]


def test_nothing_leads_out_of_an_archive(tmp_path: Path) -> None:
    inputs, outside = tmp_path / "in", tmp_path / "out.txt"
    write(inputs, {"a.zip": zipped({"../out.txt": "出", "/out.txt": "出", "C:/out.txt": "出", "ok.txt": "好"})})
    sources = walked(inputs)
    assert set(faults(sources).values()) == {"its name leads out of the archive"}
    assert len(faults(sources)) == 3
    assert texts(sources)["a.zip#ok.txt"] == "好"
    assert not outside.exists()
    assert [path.name for path in inputs.iterdir()] == ["a.zip"]


def test_a_link_in_an_archive_is_not_followed(tmp_path: Path) -> None:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/hostname")
    write(tmp_path, {"a.zip": sink.getvalue()})
    assert faults(walked(tmp_path)) == {"a.zip#link.txt": "it is a link, not a page"}


BOMB = b"\0" * (40 << 20)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.zip", zipped({"a.txt": BOMB}), "larger than the 16 MiB"),
        ("a.zip", zipped({"a.pdf": BOMB}), "zip bomb"),
        ("a.txt.gz", gzip.compress(BOMB), "zip bomb"),
        ("a.jsonl.gz", gzip.compress(BOMB), "zip bomb"),
        ("a.csv.gz", gzip.compress(BOMB), "zip bomb"),
        ("a.zip", zipped({"a.csv": BOMB}), "zip bomb"),
        ("a.zip", zipped({"a.zip": zipped({"a.jsonl": BOMB})}), "zip bomb"),
        ("a.docx", zipped({"[Content_Types].xml": BOMB}), "unpacks to|zip bomb"),
        ("a.zip", encrypted(zipped({"a.txt": "甲"})), "encrypted"),
        ("a.docx", encrypted(word(["甲"])), "encrypted"),
        ("a.zip", zipped({"a.txt": "甲"})[:-30], "damaged"),
        ("a.zip", b"no archive", "damaged"),
        ("a.zip", b"", "damaged"),
        ("a.txt.gz", b"no archive", "damaged|cannot be read"),
        ("a.txt.gz", gzip.compress(PROSE.encode())[:-10], "damaged"),
        ("a.zip", zipped({"a.txt": PROSE}, zipfile.ZIP_STORED).replace(PROSE.encode()[:3], b"xxx"), "damaged"),
        ("a.txt.gz.gz.gz.gz", gzip.compress(gzip.compress(gzip.compress(gzip.compress(b"x")))), "archive inside 3 others"),
    ],
)
def test_archives_that_harm_are_refused_early(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    write(tmp_path, {name: content, "b.txt": "好"})
    tracemalloc.start()
    try:
        sources = walked(tmp_path)
        decoded = [decode(source) for source in sources]
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()
    assert [page.status for page in decoded] == ["quarantined", "ok"]
    assert any(word in decoded[0].warnings[0].lower() for word in reason.lower().split("|")), decoded[0].warnings
    assert [path.name for path in sorted(tmp_path.iterdir())] == [name, "b.txt"]


def test_archives_in_archives_end(tmp_path: Path) -> None:
    content = zipped({"page.txt": "底"})
    for _ in range(6):
        content = zipped({"in.zip": content})
    write(tmp_path, {"a.zip": content})
    (source,) = walked(tmp_path)
    assert "archive inside 3 others" in str(source.fault)
