"""Bytes become the text that was written, in whatever encoding; what cannot be told is said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest.encodings import read_text
from pipeline.ingest.hanzi import FIRST, SECOND, strangeness
from pipeline.ingest.source import Unreadable
from tests.ingest.samples import PROSE, TRADITIONAL, read

SHORT = ["春耕开始了", "本报讯", "各位代表：", "镇政府召开会议。", "粮食增产2.5万吨，增长6%。"]
SHORT_TRADITIONAL = ["春耕開始了", "本報訊", "各位代表：", "鎮政府召開會議。", "糧食增產2.5萬噸，增長6%。"]


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("gb2312", "gb18030"),
    ],
)
def test_a_page_reads_the_same_in_every_encoding(codec: str, name: str) -> None:
    decoded = read(PROSE.encode(codec))
    assert (decoded.status, decoded.text, decoded.encoding, decoded.warnings) == ("ok", PROSE, name, ())


def test_big5_and_its_extensions() -> None:
    assert read(TRADITIONAL.encode("big5")) == read(TRADITIONAL.encode("cp950"))
    assert read(TRADITIONAL.encode("big5")).encoding == "big5"
    hong_kong = TRADITIONAL + "香港屯門嘅邨裡"
    assert read(hong_kong.encode("big5hkscs")).text == hong_kong


def test_traditional_text_in_gbk_is_no_big5() -> None:
    decoded = read(TRADITIONAL.encode("gbk"))
    assert (decoded.text, decoded.encoding) == (TRADITIONAL, "gb18030")


@pytest.mark.parametrize("text", SHORT)
def test_short_gbk_is_no_big5(text: str) -> None:
    assert read(text.encode("gbk")).text == text


@pytest.mark.parametrize("text", SHORT_TRADITIONAL)
def test_short_big5_is_no_gbk(text: str) -> None:
    assert read(text.encode("big5")).text == text


@pytest.mark.parametrize("text", ["联通", "一"])
def test_gbk_that_happens_to_be_valid_utf8_is_never_read_silently_as_another_script(text: str) -> None:
    decoded = read(text.encode("gbk"))
    assert decoded.text == text or decoded.warnings or decoded.status == "quarantined"


common = st.text(st.sampled_from(FIRST + SECOND + "，。0123456789"), min_size=30, max_size=200)


@settings(max_examples=60, deadline=None)
@given(text=common, codec=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]))
def test_common_characters_come_back_from_any_encoding(text: str, codec: str) -> None:
    if strangeness(text) > 0:
        assert read(text.encode(codec)).text == text


@settings(max_examples=200, deadline=None)
@given(data=st.binary(max_size=400))
def test_no_bytes_raise_and_every_refusal_has_a_reason(data: bytes) -> None:
    for media in ("txt", "html", "md", "record"):
        decoded = read(data, media)
        assert decoded.status == "ok" or (decoded.text == "" and decoded.encoding is None and decoded.warnings)


@settings(max_examples=100, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=100))
def test_valid_utf8_is_kept_as_it_is_or_refused(text: str) -> None:
    decoded = read(("今天的会议在县里召开。" * 6 + text).encode())
    assert decoded.status == "quarantined" or decoded.text == "今天的会议在县里召开。" * 6 + text


def test_line_ends_are_made_one_and_nothing_else_is_changed() -> None:
    assert read("甲　乙\r\n 丙\r丁\u2028\x0b\u200b戊 \n\n".encode()).text == "甲　乙\n 丙\n丁\u2028\x0b\u200b戊 \n\n"


def test_a_page_in_another_script_is_still_text() -> None:
    text = "Réunion générale des délégués à l'hôtel de ville, près de l'église Saint-Rémi."
    assert read(text.encode()).text == text


def test_a_page_without_chinese_is_still_text() -> None:
    assert read(b"Plain words, 12 of them.\n").encoding == "utf-8"


def test_one_broken_character_is_replaced_and_said() -> None:
    broken = (PROSE * 5).encode() + b"\xff" + (PROSE * 5).encode()
    decoded = read(broken)
    assert decoded.status == "ok"
    assert decoded.text.replace("\ufffd", "") == PROSE * 10
    assert any("U+FFFD" in warning for warning in decoded.warnings)


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16-le"])
def test_a_page_cut_in_the_middle_of_a_character_says_so(codec: str) -> None:
    decoded = read((PROSE * 5).rstrip().removesuffix("。").encode(codec)[:-1])
    assert decoded.status == "ok"
    assert decoded.text.startswith(PROSE * 4)
    assert any("cut short" in warning for warning in decoded.warnings)


@pytest.mark.parametrize(
    ("written", "misread"),
    [("utf-8", "latin-1"), ("utf-8", "gb18030"), ("gb18030", "latin-1"), ("gb18030", "big5")],
)
def test_text_that_was_misread_and_saved_again_is_refused(written: str, misread: str) -> None:
    garbled = (PROSE * 3).encode(written).decode(misread, "ignore").encode("utf-8")
    decoded = read(garbled)
    assert decoded.status == "quarantined"
    assert "garbled" in decoded.warnings[0] or "lost" in decoded.warnings[0]


def test_text_whose_characters_were_lost_is_refused() -> None:
    assert "lost" in read("锟斤拷锟斤拷锟斤拷，年".encode()).warnings[0]
    assert "question marks" in read(b"??????????????????????????, 2023 ????").warnings[0]
    assert "lost" in read(("\ufffd年" * 30).encode()).warnings[0]


def test_the_declared_encoding_decides_only_what_the_bytes_leave_open() -> None:
    assert read_text(PROSE.encode("gb18030"), "big5").encoding == "gb18030"
    assert "says it is in big5" in read_text(PROSE.encode("gb18030"), "big5").warnings[0]
    assert read_text("联通".encode("gb18030"), "gb2312").text == "联通"


def test_bytes_that_are_no_text_are_refused_by_name() -> None:
    for data, what in ((b"%PDF-1.7\n...", "PDF"), (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "PNG"), (bytes(range(256)) * 8, "binary")):
        with pytest.raises(Unreadable, match=what):
            read_text(data)
