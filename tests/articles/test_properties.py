"""What must hold for any page whatever: no character lost or used twice, every one of them where it came from."""

from __future__ import annotations

import random
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline.stages.articles import Page, Rules, clean, read_page
from pipeline.stages.articles.cleaning import body, display
from pipeline.text.folding import fold, fold_punctuation, simplify
from pipeline.text.strand import Strand

TESTS = Path(__file__).resolve().parents[1]
PIECES = (
    *("\n", "\n\n", "\r", "# ", "## ", "**", "|", "| 粮食 | 12 |\n", "---\ntitle: 县情\n---\n", "![图片](a.png)", "[1]", "[链接](http://a.b/c)"),
    *("<br>", "</p>", "<td>", "</td><td>", "<!-- x -->", "&nbsp;", "實(shí)現(xiàn)", "\N{ZERO WIDTH SPACE}", "\N{IDEOGRAPHIC SPACE}", " "),
    *("本报讯（记者 张三）", "记者 李四", "县委书记 张三", "图为", "下转第2版", "2023年7月25日", "各位代表：", "发言摘要", "公告", "一、", "●"),
    *("“", "”", "（", "）", "。", "，", "%", "1,100", "8:30", "１２３", "ABC def", "将将", "全区", "生产总值达到", "增长５％", "【河谷镇清理河道】"),
)
PAGES = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=60).map("".join)
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def same_character(raw: str, clean_: str) -> bool:
    """Whether folding alone makes the one of the other."""
    if raw == clean_:
        return True
    folded = fold_punctuation(fold(raw, traditional=False))
    return clean_ in (folded, simplify(folded), " ", "|") or unicodedata.normalize("NFKC", raw) == unicodedata.normalize("NFKC", clean_)


def check(raw: str, page: Page) -> None:
    used = [0] * len(raw)
    for article in page.articles:
        covered = [0] * len(article.text)
        for segment in article.segments:
            assert 0 <= segment.raw_start < segment.raw_end <= len(raw)
            if segment.kind == "body":
                assert segment.start is not None and segment.end is not None
                text = article.text[segment.start : segment.end]
                for at in range(segment.start, segment.end):
                    covered[at] += 1
            else:
                assert segment.text is not None
                text = segment.text
            assert len(text) == segment.raw_end - segment.raw_start
            for at in range(segment.raw_start, segment.raw_end):
                used[at] += 1
                origin = raw[at]
                # A character reference, a table's tag or a ratio's colon is stood for by the character it means.
                assert origin in "&<∶" or same_character(origin, text[at - segment.raw_start])
        assert covered == [0 if character == "\n" else 1 for character in article.text]
    reported = [False] * len(raw)
    for trouble in page.troubles:
        if trouble.kind != "layout":
            reported[trouble.raw_start : trouble.raw_end] = [True] * (trouble.raw_end - trouble.raw_start)
    assert max(used, default=0) <= 1
    lost = [at for at, character in enumerate(raw) if not used[at] and not reported[at] and (character.isdigit() or "一" <= character <= "鿿")]
    assert not lost, raw[max(0, lost[0] - 20) : lost[0] + 20]


@QUICK
@given(raw=PAGES)
@example(raw="一、\n---\ntitle: 县情\n---\n| 粮食 | 12 |\n實(shí)現(xiàn)")  # the rest of what became a rest itself was lost
def test_every_character_has_one_place(raw: str, rules: Rules) -> None:
    check(raw, read_page(raw, rules))


@pytest.mark.parametrize(
    "path", [path for folder in ("pages", "layouts") for path in sorted((TESTS / folder).glob("*.txt"))], ids=lambda path: path.stem
)
def test_pages_in_any_disorder_lose_nothing(path: Path, rules: Rules) -> None:
    lines = path.read_text("utf-8").split("\n")
    check("\n".join(lines), read_page("\n".join(lines), rules))
    chance = random.Random(path.stem)
    for _ in range(6):
        chance.shuffle(lines)
        check("\n".join(lines), read_page("\n".join(lines), rules))


@QUICK
@given(text=st.text(max_size=200))
def test_folding_keeps_length_and_repeats_without_effect(text: str) -> None:
    for traditional in (None, True, False):
        folded = fold(text, traditional=traditional)
        assert len(folded) == len(text)
        assert fold(folded, traditional=traditional) == folded
    marked = fold_punctuation(text)
    assert len(marked) == len(text)
    assert fold_punctuation(marked) == marked


@QUICK
@given(text=st.text(alphabet="全区 增长1A.，“”李强、\N{IDEOGRAPHIC SPACE}", max_size=60))
def test_cleaning_again_changes_nothing(text: str) -> None:
    strand = Strand.of(" ".join(fold(text).split()), 0)  # lines come with single spaces
    for function in (body, display):
        once = function(strand)
        assert function(Strand.of(once.text, 0)).text == once.text


@QUICK
@given(raw=PAGES)
def test_clean_text_stays_as_it_is(raw: str, rules: Rules) -> None:
    for article in read_page(raw, rules).articles:
        for paragraph in article.text.split("\n")[:5]:
            again = clean(paragraph, rules, traditional=False)  # the page has settled that
            # What looks like markup only now, such as a # that followed a bracket, is the one thing that may still go.
            assert again == paragraph or len(again) < len(paragraph)


def test_a_traditional_form_in_a_simplified_page_stays(rules: Rules) -> None:
    page = "县里办起木器展，来看的人很多，三天里卖出去两百多件。\n\n傢俱城\n\n老木匠说，这些手艺是爷爷传下来的，如今有人要学，他愿意教。"
    text = "\n".join(article.text + (article.headline or "") for article in read_page(page, rules).articles)
    captions = [caption for article in read_page(page, rules).articles for caption in (*article.captions, *article.subheads)]
    assert "傢俱城" in text + "".join(captions)
    assert clean("傢俱城", rules, traditional=False) == "傢俱城"


@given(
    pieces=st.lists(st.tuples(st.text(min_size=1, max_size=5), st.integers(0, 99)), max_size=6),
    cut=st.tuples(st.integers(0, 20), st.integers(0, 20)),
)
def test_strands_know_their_places(pieces: list[tuple[str, int]], cut: tuple[int, int]) -> None:
    strand = Strand.join(Strand.of(text, raw) for text, raw in pieces)
    places = [raw + n for text, raw in pieces for n in range(len(text))]
    part = strand[min(cut) : max(cut)]
    assert part.text == strand.text[min(cut) : max(cut)]
    assert [raw + n - start for start, end, raw in part.pieces() for n in range(start, end)] == places[min(cut) : max(cut)]
    without = strand.without(list(range(0, len(strand), 2)))
    assert [raw + n - start for start, end, raw in without.pieces() for n in range(start, end)] == places[1::2]


@pytest.mark.parametrize(
    "page",
    [
        "全区上半年实现地区生产总值增长" * 7000,
        "\n".join("全区上半年实现地区生产总值"[: n % 13 + 1] for n in range(6000)),
        " " * 100_000 + "县",
        "“" * 100_000,
        "<!--" * 20_000,
        "本报讯（记者 " * 8_000,
        "\n\n".join(f"# 第{n}条消息" for n in range(4000)),
        "张三 " * 20_000,
        "國" * 100_000,
        "![" * 40_000,
    ],
    ids=lambda page: page[:6].replace("\n", "/"),
)
@pytest.mark.timing
def test_no_page_takes_long(page: str, rules: Rules) -> None:
    read_page("全县丰收。", rules)
    start = time.process_time()
    read_page(page, rules)
    assert time.process_time() - start < 4
