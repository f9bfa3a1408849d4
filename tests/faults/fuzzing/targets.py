"""What is fuzzed: functions of bytes that fail where something that must always hold does not.

The fuzzer (`python -m tests.faults.fuzzing`) and the tests call the same functions; what the fuzzer finds is kept in
`found.py` as the bytes it found, with what was wrong.
"""

from __future__ import annotations

import datetime as dt
import itertools
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from pipeline.contract import DATASETS
from pipeline.ingest import Source, decode, pages_table, walk
from pipeline.rulebook import Rulebook
from pipeline.runner.plan import Plan
from pipeline.runner.stepping import run_stages
from pipeline.stages import articles as _articles  # noqa: F401 - instrumented with the rest
from pipeline.stages import rules_folder
from pipeline.stages.articles import page
from pipeline.stages.figures import quantities, times
from pipeline.stages.figures.quantities.reader import STARTS
from pipeline.text import folding, numerals

#: Pieces that pages are made of: a byte each, so that a fuzzer that flips bytes writes something like Chinese.
PIECES = (
    *"零〇一二两三四五六七八九十百千万亿兆廿卅半几数多余来第个分之点又负约近超达至到和与比增降年月日时号",
    *"0123456789０１２３.,:;%‰-—–~～+/／·•°()（）[]【】《》“”‘’\"'、，。；：！？… \n\t\u3000|#*_<>&=^$￥\\",
    *("今年", "去年", "上半年", "一季度", "同比", "增长", "下降", "个百分点", "亿元", "万亩", "公里", "平方米", "人次", "左右", "以上", "不足"),
    *("2023年", "5月3日", "截至", "本报讯", "（记者 ", "三教镇", "永川区", "区委书记", "区长", "王小明", "欧阳志强", "说：", "百分之", "分别为"),
    *("占", "翻番", "倍", "其中", "全年", "“十四五”", "星期三", "上午9时", "http://", "@", "A3", "第1版", "①", "㎡", "½", "\ufeff", "\x00", "\u200b"),
    *("\u2028", "\x0b", "\x0c", "\x85", "𠀀", "é", "ﬁ", "⻓", "後", "國", "臺", "億", "両", "壹", "拾", "\n\n", "| ", "---", "# ", "**", "　　"),
)


def text_of(data: bytes) -> str:
    """Some text: as UTF-8 where the first byte is even, else a piece a byte."""
    if not data:
        return ""
    if data[0] % 2 == 0:
        return data[1:].decode("utf-8", "replace")
    return "".join(PIECES[byte % len(PIECES)] for byte in data[1:])


@cache
def rulebook() -> Rulebook:
    return _plan().rulebook()


def _plan() -> Plan:
    return Plan(Path(), rules_folder(), without=("tokens",))


def fold(data: bytes) -> None:
    """Folding never changes a text's length, and what is folded stays as it is."""
    text = text_of(data)
    for traditional in (None, True, False):
        folded = folding.fold(text, traditional=traditional)
        assert len(folded) == len(text)
        if traditional is False:
            assert folding.fold(folded, traditional=False) == folded
    assert len(folding.fold_punctuation(text)) == len(text)


def clean(data: bytes) -> None:
    """A page's articles consist of characters of the page, in ranges that lie in it."""
    text = text_of(data)
    rules = page.Rules(rulebook()["formats"], rulebook()["cleaning"])
    read = page.read_page(text, rules)
    for article in read.articles:
        for segment in article.segments:
            assert 0 <= segment.raw_start < segment.raw_end <= len(text)
    page.clean(text, rules)


def number(data: bytes) -> None:
    """A number ends in the text it begins; every digit ends as a quantity, a name or an unread number, and none twice."""
    text = text_of(data)
    for at in range(min(len(text), 200)):
        found = numerals.read_prefix(text[at : at + 40])
        if found is not None:
            assert 0 < found.end <= len(text) - at
            assert found.low <= found.high
    read = quantities.read(text, rulebook()["quantities"])
    covered = sorted([*zip(read.start, read.end), *((start, end) for start, end, _ in read.known), *read.unread])
    for start, end in covered:
        assert 0 <= start < end <= len(text)
    for low, high in zip(read.low, read.high):
        assert low is None or low <= high
    held = {at for start, end in covered for at in range(start, end)}
    lost = [at for at, character in enumerate(text) if character in "0123456789" and character in STARTS and at not in held]
    assert not lost, (lost[:5], text[max(0, lost[0] - 9) : lost[0] + 9])


def time(data: bytes) -> None:
    """Times stand in order in the text, and none ends before it begins."""
    text = text_of(data)
    rules = rulebook()["times"]
    spans = times.find(text, rules)
    at = 0
    for span in spans:
        assert at <= span.start < span.end <= len(text)
        at = span.end
    context = times.context_for(text, rules, issue_date=dt.date(2023, 7, 25))
    resolved = times.resolve(text, spans, context, rules)
    for first, last in zip(resolved.start_date, resolved.end_date, strict=True):
        assert first is None or last is None or first <= last


_MEDIA = ("txt", "md", "html", "docx", "pdf", "record")


def ingest(data: bytes) -> None:
    """Whatever a file holds, there is text or a reason why there is none."""
    if not data:
        return
    read = decode(Source("page", data[1:], _MEDIA[data[0] % len(_MEDIA)]))
    assert read.status in ("ok", "quarantined")
    assert "\r" not in read.text
    assert bool(read.text.strip()) == (read.status == "ok")
    read.text.encode("utf-8")


_CONTAINERS = ("zip", "gz", "jsonl", "csv", "parquet", "txt.gz", "zip.gz")


def container(data: bytes) -> None:
    """Archives and tables give pages, each with text or a reason, whatever they hold."""
    if not data:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"pages.{_CONTAINERS[data[0] % len(_CONTAINERS)]}"
        path.write_bytes(data[1:])
        for source in itertools.islice(walk([path]), 200):
            assert ".." not in source.path.split("/")
            assert decode(source).status in ("ok", "quarantined")


def everything(data: bytes) -> None:
    """All stages keep their contract, and the raw range of each sentence lies in the page."""
    text = text_of(data)
    pages, _ = pages_table([Source("page", text.encode("utf-8", "replace"), "txt")])
    tables = run_stages(pages, _plan().chosen(), rulebook())
    n_chars = pages["n_chars"][0].as_py()
    for name in ("sentences", "quantities", "times", "places", "people", "officials", "facts"):
        assert set(tables[name].schema.names) == {column.name for column in DATASETS[name].columns}
        assert all(end <= n_chars for end in tables[name]["raw_end"].to_pylist())


TARGETS: dict[str, Callable[[bytes], None]] = {
    "fold": fold,
    "clean": clean,
    "number": number,
    "time": time,
    "ingest": ingest,
    "container": container,
    "everything": everything,
}
