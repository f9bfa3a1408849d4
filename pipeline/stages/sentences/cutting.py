"""Where a paragraph is cut into sentences: a function of its text and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable

Bounds = list[tuple[int, int]]

#: A group longer than this is a passage of its own, and its sentences are cut like any others.
LONGEST_GROUP = 200

OPENERS = {
    "“": "”", "‘": "’", "「": "」", "『": "』", "（": "）", "(": ")",
    "《": "》", "【": "】", "〈": "〉", "〔": "〕", "[": "]",
}  # fmt: skip
QUOTES = "“‘「『"
CLOSERS = "".join(OPENERS.values()) + "\N{QUOTATION MARK}"
CLOSING_QUOTES = "”’」』\N{QUOTATION MARK}"

FULL_MARKS = "。！？｡…︕︖?!."
_FULL = frozenset(FULL_MARKS)
_HALF = frozenset("?!.")
_MARKS = re.escape(FULL_MARKS)
_OPENERS, _CLOSERS = re.escape("".join(OPENERS)), re.escape(CLOSERS)
#: A group with no mark and no other group in it, from its opener on: most titles and short quotations.
_PLAIN_GROUPS = "|".join(
    rf"(?<={re.escape(opener)})[^{_OPENERS}{_CLOSERS}{_MARKS}]{{0,{LONGEST_GROUP - 2}}}{re.escape(closer)}" for opener, closer in OPENERS.items()
)
#: A plain group, another opener, or a run of full marks with what closes after it. It begins with one class of characters, which
#: makes the search quick.
_EVENT = re.compile(rf"[{_OPENERS}{_MARKS}](?:(?<=[{_MARKS}])[{_MARKS}]*[{_CLOSERS}]*|{_PLAIN_GROUPS})?")
_LATIN = re.compile(r"[A-Za-z0-9=&/]")
_CHINESE = re.compile(r"[\u4e00-\u9fff）”]")

#: What goes on with the same sentence after a mark: ……等; “怎么办？”的问题; “来了！”和.
_AFTER_ANY = frozenset("，、；：,;:）)》】")
_AFTER_QUOTE = re.compile(r"[的地得等和与及或之而这那]|一[词语句]|为题|为主题|成为|是")
_AFTER_DOTS = re.compile(r"[的等都之]|这些|那些")

#: A quotation is somebody's speech, and so cut into its sentences, where it opens a sentence or follows one of these.
_BEFORE_SPEECH = frozenset("：:，,。！？!?…”』」說说道称]")

_TABLE_ROW = re.compile(r"\s*\|.*\|\s*\Z|\s*<t[rdh]\b", re.I)
_HTML_ROW_END = re.compile(r"</tr\s*>", re.I)
_WORD = re.compile(r"\w")

#: Says whether the text at a position, just after a closed quotation, is the clause that reports it (甲说。).
Reports = Callable[[str, int], bool]


def never_reports(_text: str, _at: int) -> bool:
    return False


def cut(paragraph: str, reports: Reports = never_reports) -> Bounds:
    """Start and end of each sentence of a paragraph, white space at its edges left out."""
    if _TABLE_ROW.match(paragraph):
        return _pieces(paragraph, [match.end() for match in _HTML_ROW_END.finditer(paragraph)])
    return _pieces(paragraph, _ends(paragraph, reports))


def _ends(text: str, reports: Reports) -> list[int]:
    ends: list[int] = []
    start = 0  # of the sentence at hand
    guarded = 0  # nothing is cut before this
    for match in _EVENT.finditer(text):
        at = match.start()
        if at < guarded:
            continue
        mark = match.group()
        if mark == "。":  # nearly all are
            end = at + 1
            if text[end : end + 1] not in _AFTER_ANY:
                ends.append(end)
                start = guarded = end
            continue
        if mark[0] in OPENERS:
            if len(mark) > 1:
                continue  # nothing is cut in a plain group or after it
            close = _closing(text, at)
            if close < 0 or (mark in QUOTES and _opens_speech(text, at, start)):
                continue
            guarded = close
            if not _group_ends(text, at, close, start):
                continue
            end = close + 1
            while end < len(text) and text[end] in CLOSERS:
                end += 1
        elif mark[0] in _HALF and _no_end(text, at, mark):
            continue
        else:
            end = at + len(mark)
            if mark.endswith("\N{QUOTATION MARK}") and text.count("\N{QUOTATION MARK}", 0, end) % 2:
                end -= 1  # it opens the next sentence
        if not _goes_on(text, end, reports):
            ends.append(end)
            start = end
            guarded = max(guarded, end)
    return ends


def _no_end(text: str, at: int, mark: str) -> bool:
    """Half-width marks that end nothing: in an address (a.cn/?id=1), in a number, after a Latin letter or a counter (U.S., 1.加强)."""
    end = at + len(mark)
    if mark == ".":
        return not (at and _CHINESE.match(text[at - 1]) and (end == len(text) or text[end].isspace()))
    if mark[0] == ".":
        return mark[:3] != "..." and not _FULL.intersection(mark).difference(".")
    return end < len(text) and _LATIN.match(text[end]) is not None


def _closing(text: str, at: int) -> int:
    """Where the group that opens here closes, groups of the same kind inside it skipped; -1 where it does not, or far off."""
    opener = text[at]
    closer = OPENERS[opener]
    limit = at + LONGEST_GROUP
    close = text.find(closer, at + 1, limit)
    inner = text.find(opener, at + 1, close) if close > 0 else -1
    while inner >= 0 and close >= 0:
        close = text.find(closer, close + 1, limit)
        inner = text.find(opener, inner + 1, close) if close > 0 else -1
    return close


def _opens_speech(text: str, at: int, start: int) -> bool:
    return text[at - 1] in _BEFORE_SPEECH if at > start else True


def _group_ends(text: str, at: int, close: int, start: int) -> bool:
    """Whether a sentence ends with this group: (本文有删节。) stands alone; 大家高呼“一定办好。” ends with its quotation."""
    if text[at] in QUOTES:
        return text[close - 1] == "。"
    return text[at] in "（(【[〔" and text[close - 1] in _FULL and not text[start:at].strip()


def _goes_on(text: str, end: int, reports: Reports) -> bool:
    """Whether the sentence goes on after this mark."""
    if end >= len(text):
        return False
    if text[end] in _AFTER_ANY:
        return True
    if text[end - 1] in CLOSING_QUOTES:
        plain = text[end - 2] == "。"  # “办好了。”这是… : a full stop inside ends it, unless somebody's 说 follows
        return reports(text, end) or (not plain and bool(_AFTER_QUOTE.match(text, end)))
    return text[end - 1] in "…." and bool(_AFTER_DOTS.match(text, end))


def _pieces(text: str, ends: list[int]) -> Bounds:
    bounds: Bounds = []
    begin = 0
    for end in (*ends, len(text)):
        while begin < end and text[begin].isspace():
            begin += 1
        last = end
        while last > begin and text[last - 1].isspace():
            last -= 1
        if last > begin:
            if bounds and not (text[begin].isalnum() or _WORD.search(text, begin, last)):
                bounds[-1] = (bounds[-1][0], last)  # stray marks belong to the sentence before
            else:
                bounds.append((begin, last))
        begin = end
    return bounds
