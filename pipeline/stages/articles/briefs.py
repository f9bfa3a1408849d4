"""News in brief: items marked alike (●…, ▲…, 1.…) under one short headline (快讯) are one article; without one, each is its own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.stages.articles.families import Formats
from pipeline.stages.articles.lines import Line

_MARK = re.compile(r"(?:(?P<sign>[▲△▼▽▶►◆◇■□●○◎★☆※])|(?P<number>[0-9]{1,2})[.、．](?![0-9])) ?(?=\S)")
_CLOSED = re.compile(r"[。！？](?:[”’]|（[^（）]{1,24}）)?\Z")
_LATELY = re.compile(r"[^，。；]{2,20}?(?:近日|日前|近期|昨日|昨天|今日)|[0-9]{1,2}月(?:份|[上中下]旬|底|初)")
_PICTURED = re.compile(r"[摄图]）?\Z|图[为中]|供图")
_SIGNED = re.compile(r"[。！？”](?:（[^（）0-9]{2,24}）)\Z")
#: Between two items of a list stand at most so many lines: the rest of an item that a column cut, a signature, a caption.
BETWEEN = 3
#: An item is longer than this, or it is a headline; one that stands alone among other texts is a good deal longer.
SHORTEST_ITEM, SHORTEST_ALONE = 20, 40
#: The longest line that may head a list.
LONGEST_HEAD = 16
#: So large a share of a list's items must read like news.
SHARE = 0.5


@dataclass(slots=True)
class Briefs:
    """Lines that are items of lists of news, the first of each list, the line over each list, and items that are articles of
    their own."""

    items: set[int] = field(default_factory=set)
    firsts: set[int] = field(default_factory=set)
    heads: set[int] = field(default_factory=set)
    apart: set[int] = field(default_factory=set)


def find_briefs(lines: Sequence[Line], formats: Formats) -> Briefs:
    """The lists of news on a page."""
    out = Briefs()
    run: list[int] = []
    for n in [*(n for n, line in enumerate(lines) if _kind(line)), len(lines)]:
        goes_on = n < len(lines) and bool(run) and n - run[-1] <= BETWEEN + 1 and _goes_on(lines[run[-1]], lines[n])
        if not goes_on:
            _keep(run, lines, formats, out)
            run = []
        if n < len(lines):
            run.append(n)
    _scattered(lines, formats, out)
    return out


def _scattered(lines: Sequence[Line], formats: Formats, out: Briefs) -> None:
    """Items of one sign that fill the gaps of a page, each whole and news by itself."""
    by_sign: defaultdict[str, list[int]] = defaultdict(list)
    for n, line in enumerate(lines):
        found = _MARK.match(line.text) if len(line.text) >= SHORTEST_ALONE and n not in out.items and not line.table else None
        if found is not None and found["sign"] and _CLOSED.search(line.text) and not _PICTURED.search(line.text):
            by_sign[found["sign"]].append(n)
    listed = {lines[n].text[0] for n in out.apart}
    for sign, found_at in by_sign.items():
        news = [n for n in found_at if _reads_like_news(lines[n], formats)]
        if len(news) == len(found_at) and (len(news) > 1 or sign in listed):
            out.items.update(news)
            out.firsts.update(news)
            out.apart.update(news)


def _keep(run: Sequence[int], lines: Sequence[Line], formats: Formats, out: Briefs) -> None:
    if len(run) < 2 or lines[run[0]].table:
        return
    above = lines[run[0] - 1] if run[0] else None
    headed = above is not None and len(above.text) <= LONGEST_HEAD and not _CLOSED.search(above.text) and above.text[-1] not in "：，、；"
    called = headed and above is not None and any(pattern.search(above.text) for _, pattern in formats.parts.get("briefs", ()))
    news = sum(_reads_like_news(lines[n], formats) for n in run)
    if not called and news < SHARE * len(run):
        return
    out.items.update(run)
    out.firsts.add(run[0])
    if called:
        out.heads.add(run[0] - 1)
    elif all(_SIGNED.search(lines[n].text) for n in run):
        out.firsts.update(run)
        out.apart.update(run)


def _kind(line: Line) -> str:
    """What marks a line as an item: its sign, or that it is numbered."""
    found = _MARK.match(line.text)
    if found is None:
        return "bullet" if line.bullet and len(line.text) >= SHORTEST_ITEM else ""
    return (found["sign"] or "number") if len(line.text) >= SHORTEST_ITEM else ""


def _goes_on(line: Line, after: Line) -> bool:
    """Whether two marked lines are of one list: the same sign, or numbers that count on."""
    if _kind(line) != _kind(after):
        return False
    one, two = _MARK.match(line.text), _MARK.match(after.text)
    return one is None or two is None or one["sign"] is not None or int(two["number"]) == int(one["number"]) + 1


def _reads_like_news(line: Line, formats: Formats) -> bool:
    """Whether an item is signed, or begins as news does."""
    found = _MARK.match(line.text)
    text = line.text[found.end() :] if found else line.text
    dated = _LATELY.match(text) is not None or any(pattern.match(text) for _, pattern in formats.parts.get("opening", ()))
    return dated or _SIGNED.search(line.text) is not None
