"""Sources become rows of the contract: identified by content, and quarantined one by one with a plain reason."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.contract import DATASETS, check
from pipeline.ingest import Limits, Source, decode, doc_id_of, pages_table, walk
from tests.ingest.samples import PROSE, pdf, word, write, zipped

BAD_PAGES: dict[str, tuple[bytes, str]] = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (" \n\t　\r\n\ufeff\xa0".encode(), "nothing but white space"),
    "bom.txt": (b"\xef\xbb\xbf", "nothing but white space"),
    "empty.html": (b"<html><body><script>x</script></body></html>", "nothing but white space"),
    "empty.pdf": (b"", "empty"),
    "empty.docx": (b"", "empty"),
    "blank.docx": (word([""]), "nothing but white space"),
    "binary.txt": (bytes(range(256)) * 40, "binary"),
    "zeros.txt": (bytes(5000), "binary"),
    "picture.md": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "PNG picture"),
    "renamed.txt": (pdf(["一"]), "PDF file"),
    "renamed.html": (zipped({"a": "b"}), "ZIP or Office file"),
    "renamed.docx": (b"plain words", "no DOCX"),
    "renamed.pdf": (b"plain words", "no PDF"),
    "old.docx": (b"\xd0\xcf\x11\xe0" + bytes(600), "encrypted, or an old .doc"),
    "other.docx": (zipped({"page.txt": "甲"}), "no DOCX"),
    "broken.docx": (zipped({"[Content_Types].xml": "<a><b></a>"}), "no DOCX"),
    "cut.docx": (word(["甲"])[:-200], "no DOCX"),
    "cut.pdf": (pdf(["一"])[:200], "no PDF"),
    "locked.pdf": (pdf(["一"], locked=True), "encrypted"),
    "scan.pdf": (pdf([""]), "no text layer"),
    "twice.txt": (PROSE.encode().decode("cp1252", "ignore").encode(), "garbled"),
    "noise.txt": (hashlib.sha256(b"a").digest() * 30, "no encoding|binary|lost"),
    "latin1.txt": ("Réunion à l'hôtel, préparée de près à Saint-Rémi. ".encode("latin-1") * 3, "no encoding|lost"),
    "mixed.txt": (PROSE.encode("gbk") + PROSE.encode("utf-8"), "lost|no encoding"),
    "long.txt": (("长" * 1_000_001).encode(), "one of its lines has 1000001 characters"),
    "huge.txt": (("大" * 99 + "\n").encode() * 60_000, "larger than the 16 MiB"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    good = {"good.txt": PROSE, "good.html": f"<p>{PROSE}</p>", "good.pdf": pdf(["第一页"]), "good.docx": word(["一"])}
    return write(tmp_path_factory.mktemp("bad"), {name: content for name, (content, _) in BAD_PAGES.items()} | good)


def test_bad_pages_are_quarantined_with_their_reason_and_the_rest_is_read(folder: Path) -> None:
    sources = list(walk([folder]))
    pages, issues = pages_table(source if source.path != "empty.pdf" else replace(source, occurrence=1) for source in sources)
    rows = {row["path"]: row for row in pages.to_pylist()}
    for name, (_, reasons) in BAD_PAGES.items():
        row = rows[name]
        assert (row["status"], row["text"], row["n_chars"], row["encoding"]) == ("quarantined", "", 0, None), name
        assert any(reason.lower() in row["warnings"][0].lower() for reason in reasons.split("|")), (name, row["warnings"])
    assert {name for name, row in rows.items() if row["status"] == "ok"} == {"good.txt", "good.html", "good.pdf", "good.docx"}
    told = {row["text"]: row for row in issues.to_pylist()}
    assert set(told) == set(BAD_PAGES)
    for name, issue in told.items():
        assert (issue["kind"], issue["stage"], issue["doc_id"]) == ("decoding", "ingest", rows[name]["doc_id"])
        assert issue["context"] == rows[name]["warnings"][0]


def test_pages_keep_the_contract(folder: Path) -> None:
    seen: dict[str, int] = {}
    sources = []
    for source in walk([folder]):
        times = seen.get(source.content_key, 0)
        seen[source.content_key] = times + 1
        sources.append(replace(source, occurrence=times))
    pages, issues = pages_table(sources)
    check(DATASETS["documents"], pages)
    check(DATASETS["issues"], issues)


def test_no_pages_make_empty_tables() -> None:
    pages, issues = pages_table([])
    assert (pages.num_rows, issues.num_rows) == (0, 0)
    assert pages.schema.equals(DATASETS["documents"].schema, check_metadata=True)


def test_an_id_comes_from_content_alone() -> None:
    data = PROSE.encode()
    one, other = Source("a.txt", data, "txt"), Source("b/c.md", data, "md", publication="山前日报")
    assert doc_id_of(one) == doc_id_of(other) == hashlib.sha256(data).hexdigest()[:16]
    assert doc_id_of(Source("a.txt", data + b"\n", "txt")) != doc_id_of(one)


def test_copies_of_a_page_have_ids_of_their_own_and_say_of_what() -> None:
    page = Source("a.txt", PROSE.encode(), "txt")
    copies = [replace(page, occurrence=number) for number in range(3)]
    rows = pages_table(copies)[0].to_pylist()
    assert len({row["doc_id"] for row in rows}) == 3
    assert rows[0]["warnings"] == []
    assert rows[2]["warnings"] == [f"The same content as page {rows[0]['doc_id']}: copy 2 of it in this build."]
    assert rows[2]["doc_id"] == doc_id_of(copies[2])


def test_pages_that_could_not_be_read_are_told_apart_by_their_path() -> None:
    first, second = (Source(path, b"", "txt", fault="it is not there") for path in ("a.txt", "b.txt"))
    assert doc_id_of(first) != doc_id_of(second)
    assert decode(first).warnings == ("It is not there.",)


def test_what_was_stated_is_in_the_row() -> None:
    source = Source("a.txt", b"x", "txt", "山前日报", dt.date(2021, 2, 3), "manifest", "110101", "record", warnings=("Odd.",))
    pages, issues = pages_table([source])
    (row,) = pages.to_pylist()
    assert (row["publication"], row["issue_date"], row["issue_date_method"]) == ("山前日报", dt.date(2021, 2, 3), "manifest")
    assert (row["place_code"], row["place_code_method"], row["format"]) == ("110101", "record", None)
    assert (row["status"], row["warnings"], row["encoding"], row["n_chars"]) == ("ok", ["Odd."], "utf-8", 1)
    assert (issues["kind"].to_pylist(), issues["context"].to_pylist()) == (["metadata"], ["Odd."])


def test_control_characters_are_kept_and_said() -> None:
    decoded = decode(Source("a.txt", (PROSE * 3).encode() + b"\0\x1a", "txt"))
    assert decoded.text == PROSE * 3 + "\0\x1a"
    assert decoded.warnings == ("It holds 2 control characters.",)


def test_a_hundred_mebibytes_on_one_line_neither_hang_nor_fill_memory(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("年".encode() * (35 << 20))
    (tmp_path / "b.jsonl").write_bytes(b'{"text": "' + "年".encode() * (35 << 20) + b'"}\n{"text": "\xe5\xa5\xbd"}\n')
    decoded = [(source.path, len(source.data), decode(source)) for source in walk([tmp_path])]
    assert [(path, size, page.status) for path, size, page in decoded] == [
        ("a.txt", 0, "quarantined"),
        ("b.jsonl#1", 0, "quarantined"),
        ("b.jsonl#2", 3, "ok"),
    ]


def test_limits_hold_when_a_source_is_made_by_hand() -> None:
    assert decode(Source("a.txt", b"x" * 11, "txt"), Limits(page_bytes=10)).status == "quarantined"


def test_the_seeds_come_out_as_they_are(root: Path) -> None:
    for source in walk([root / "seeds"]):
        decoded = decode(source)
        assert decoded.text == (root / "seeds" / source.path).read_text("utf-8")
        assert (decoded.status, decoded.encoding, decoded.warnings) == ("ok", "utf-8", ())


def test_real_reports_come_out_as_they_are(shared: Path) -> None:
    for source in walk([shared / "corpora" / "reports"]):
        decoded = decode(source)
        assert decoded.text == (shared / "corpora" / "reports" / source.path).read_text("utf-8")
        assert decoded.warnings == ()
