"""Numerals: what is written in any style reads back the same, and the well-formed prefix is found."""

from __future__ import annotations

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.numerals import STYLES, read, read_prefix, scaled, write

WHOLE = st.one_of(
    st.integers(0, 999),
    st.integers(0, 10**8),
    st.integers(0, 10**16 - 1),
    st.builds(lambda digit, power: digit * 10**power, st.integers(1, 999), st.integers(0, 13)),
)


@pytest.mark.parametrize("style", [style for style in STYLES if style != "digits"])
@given(number=WHOLE)
def test_what_is_written_reads_back(style: str, number: int) -> None:
    found = read(write(number, style))
    assert found is not None
    assert (found.low, found.high) == (float(number), float(number))


def test_a_lone_digit_after_a_large_unit_is_parted_by_a_zero() -> None:
    assert write(100_000_000_001, "mixed") == "1000亿零1"
    assert read("1000亿1") != read("1000亿零1")


@given(number=st.integers(100, 10**16 - 1))
def test_digit_by_digit_reads_back(number: int) -> None:
    found = read(write(number, "digits"))
    assert found is not None
    assert (found.low, found.kind) == (float(number), "digits")


@given(number=st.integers(0, 10**8), places=st.integers(1, 4), unit=st.sampled_from(["", "万", "亿", "万亿"]))
def test_decimals_are_scaled_exactly(number: int, places: int, unit: str) -> None:
    digits = str(number).zfill(places + 1)
    text = f"{digits[:-places]}.{digits[-places:]}{unit}"
    found = read(text)
    assert found is not None
    power = {"": 0, "万": 4, "亿": 8, "万亿": 12}[unit]
    assert found.low == (number * 10 ** (power - places) if power >= places else number / 10 ** (places - power))


@given(st.text(alphabet="零〇一二两三四五六七八九十百千万亿兆点半几数余多来壹贰拾佰仟廿0123456789.,", max_size=30))
def test_any_run_of_numerals_is_read_or_not_but_never_breaks(text: str) -> None:
    found = read_prefix(text)
    if found is not None:
        assert 0 < found.end <= len(text)
        assert found.low <= found.high


#: What cn2an gets wrong or refuses in its strict mode, and this reader reads.
CN2AN_ERRORS = {
    "一万五": 15000,
    "两百三": 230,
    "3万4000": 34000,
    "25万6千": 256000,
    "半": 0.5,
}


@given(number=st.integers(0, 10**16 - 1))
def test_agrees_with_cn2an_where_that_is_right(number: int) -> None:
    text = cn2an.an2cn(number)
    found = read(text)
    assert found is not None
    assert cn2an.cn2an(text, "strict") == number
    assert found.low == float(number)


@pytest.mark.parametrize(("text", "value"), CN2AN_ERRORS.items())
def test_reads_what_cn2an_does_not(text: str, value: float) -> None:
    try:
        theirs = cn2an.cn2an(text, "strict")
    except ValueError:
        theirs = None
    assert theirs != value, "cn2an reads this now: take it out of the list of its errors"
    found = read(text)
    assert found is not None
    assert found.low == value


@pytest.mark.parametrize(
    ("text", "low", "high", "hedge"),
    [
        ("十几万", 110000, 190000, "about"),
        ("几十", 20, 90, "about"),
        ("数万", 20000, 90000, "about"),
        ("三四", 3, 4, ""),
        ("三五", 3, 5, ""),
        ("两三百", 200, 300, ""),
        ("一百二三十", 120, 130, ""),
        ("300余万", 3000000, 3000000, "more"),
        ("1.2亿多", 120000000, 120000000, "more"),
        ("十来", 10, 10, "about"),
        ("千把", 1000, 1000, "about"),
        ("20几", 21, 29, "about"),
        ("两个亿", 2e8, 2e8, ""),
        ("1.5个亿", 1.5e8, 1.5e8, ""),
        ("四万万", 4e8, 4e8, ""),
        ("1，250", 1250, 1250, ""),
        ("七十八万五佰零六", 780506, 780506, ""),
    ],
)
def test_ranges_and_hedges(text: str, low: float, high: float, hedge: str) -> None:
    found = read(text)
    assert found is not None
    assert (found.low, found.high, found.hedge) == (low, high, hedge)


@pytest.mark.parametrize(
    ("text", "end"),
    [("二两", 1), ("三百把", 2), ("三百五千", 3), ("二十五千", 3), ("两千三千", 2), ("三千零", 2), ("百千万", 1), ("3.5.1", 3), ("一两", 2)],
)
def test_the_number_ends_where_it_is_no_longer_one(text: str, end: int) -> None:
    found = read_prefix(text)
    assert found is not None
    assert found.end == end


def test_scaling_is_not_done_in_floats() -> None:
    assert scaled("358", "27", 8) == 35827000000
    assert scaled("0", "1", 0) == 0.1


def test_what_cannot_be_written_is_refused() -> None:
    with pytest.raises(ValueError, match="10¹⁶"):
        write(10**16)
    with pytest.raises(ValueError, match="no style"):
        write(1, "roman")
