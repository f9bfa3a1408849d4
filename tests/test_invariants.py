"""What must hold of every built page: raw is never lost, every mention stands where it says, every digit is accounted for."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from pipeline.contract import DATASETS

MENTIONS = ("people", "officials", "places", "times", "quantities", "facts")


@pytest.fixture(scope="module", params=["seeds", "passages"])
def outputs(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.getfixturevalue(f"{request.param}_outputs")
    return folder


def table(outputs: Path, name: str) -> pd.DataFrame:
    return pd.read_parquet(outputs / name)


def test_the_page_is_kept_as_decoded(seeds_outputs: Path, root: Path) -> None:
    for row in table(seeds_outputs, "documents").itertuples():
        raw = (root / "seeds" / Path(str(row.path)).name).read_bytes().decode("utf-8").replace("\r\n", "\n")
        assert row.text == raw
        assert row.n_chars == len(raw)


def test_a_sentence_is_the_stretch_of_its_article_that_it_says(outputs: Path) -> None:
    joined = table(outputs, "sentences").merge(table(outputs, "articles")[["article_id", "text"]], on="article_id", suffixes=("", "_article"))
    body = joined[joined.kind == "body"]
    assert len(body)
    for row in body.itertuples():
        assert row.text_article[int(row.start) : int(row.end)] == row.text


@pytest.mark.parametrize("name", MENTIONS)
def test_a_mention_is_the_stretch_of_its_sentence_that_it_says(outputs: Path, name: str) -> None:
    joined = table(outputs, name).merge(table(outputs, "sentences")[["sentence_id", "text"]], on="sentence_id", suffixes=("", "_sentence"))
    assert len(joined) == len(table(outputs, name))
    for row in joined.itertuples():
        assert row.text_sentence[row.start : row.end] == row.text


@pytest.mark.parametrize("name", [*MENTIONS, "sentences"])
def test_a_raw_range_reads_like_the_clean_text(outputs: Path, name: str) -> None:
    joined = table(outputs, name).merge(table(outputs, "documents")[["doc_id", "text"]], on="doc_id", suffixes=("", "_raw"))
    left_out = dropped(outputs)
    for row in joined.itertuples():
        spans = [(row.raw_start, row.raw_end)] if row.raw_spans is None else [(span["start"], span["end"]) for span in row.raw_spans]
        assert spans[0] == (row.raw_start, row.raw_end)
        raw = "".join(row.text_raw[n] for start, end in spans for n in range(start, end) if (row.doc_id, n) not in left_out)
        assert letters(raw) == letters(row.text), (row.text, raw)


def dropped(outputs: Path) -> set[tuple[str, int]]:
    """Characters of the page that cleaning leaves out and says so: footnote marks, characters that a bad scan doubled."""
    issues = table(outputs, "issues")
    rows = issues[issues.stage.eq("articles") & issues.kind.isin(["furniture", "doubled_character"])]
    return {(row.doc_id, n) for row in rows.itertuples() for n in range(int(row.raw_start), int(row.raw_end))}


def letters(text: str) -> str:
    """What is left when white space, markup and the width of punctuation are out of the way."""
    folded = text.translate({code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)})
    return "".join(char for char in folded if char.isalnum())


@pytest.mark.parametrize("name", DATASETS)
def test_every_join_key_finds_its_row(outputs: Path, name: str) -> None:
    frame = table(outputs, name)
    for column, dataset in (("doc_id", "documents"), ("article_id", "articles"), ("sentence_id", "sentences")):
        if column in frame and name != dataset:
            assert set(frame[column].dropna()) <= set(table(outputs, dataset)[column])


def test_no_two_articles_share_a_character(outputs: Path) -> None:
    for _, page in table(outputs, "articles").groupby("doc_id"):
        spans = sorted((s["raw_start"], s["raw_end"]) for segments in page.segments for s in segments)
        assert all(before[1] <= after[0] for before, after in pairwise(spans))
