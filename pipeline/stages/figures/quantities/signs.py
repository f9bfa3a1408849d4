"""What stands around a number and makes it a code, a footnote, a list number or part of a name."""

from __future__ import annotations

import re

LETTER = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
ALNUM = LETTER | frozenset("0123456789")
TOKEN = ALNUM | frozenset("_./:#?&=%@+~-\\")
#: An address longer than this is cut.
LONGEST_TOKEN = 200
HYPHENS = frozenset("-–—－~～〜")

#: Characters before or after digits that call for a closer look; all others are passed in one test.
LOOK_BEFORE = LETTER | frozenset("\n |第+-–—－−±负下./:：[〔(（#_·×*$￥¥＄€£₩₹฿@&=^“《、人№°′\\")
LOOK_AFTER = LETTER | frozenset("比+/:：∶·.×*^_@#=-°\\]〕'\"")

_LIST_NUMBER = re.compile(r"[ \t#*>\-•]*[（(]?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[一二三四五六七八九十]{1,4})(?:[)）、．。]|\.(?!\d)|[:：](?!\d))")
_SECTION = re.compile(r"[ \t#*]*\d{1,2}(?:\.\d{1,2}){1,3}(?=[ \t\u4e00-\u9fff])(?!\s?[%％亿万个元到至])")
_PLUS = re.compile(r"[0-9A-Za-zＮ]+(?:\+[^\s+，。；、！？”“]{1,6})+")
_EVENT = re.compile(r"\d{1,2}\s?[·•.．]\s?\d{1,2}(?![\d.])")
_URL = re.compile(
    r"(?:https?://|www\.|[\w.-]+@)[\w./:#?&=%@+~-]+|[\w./:#?&=%@+~-]+\.(?:png|jpe?g|gif|html?|pdf|docx?|xlsx?|cn|com|net|org)\b", re.ASCII
)
#: What every address has: looked for first, for the search above tries each character of a long token anew.
_ADDRESSED = re.compile(r"://|www\.|@|\.(?:png|jpe?g|gif|html?|pdf|docx?|xlsx?|cn|com|net|org)\b", re.ASCII)
_DOTTED = re.compile(r"\d+(?:\.\d+){2,}")


def list_number(text: str, start: int, end: int) -> int | None:
    """The end of a list or section number that begins the line and covers `start`: 1. 一、 （一） 2.3."""
    # No list number begins further back: the start of a line that is a book long is not looked for.
    begin = text.rfind("\n", max(0, start - 9), start) + 1
    if not begin and start > 8:
        return None
    for pattern in (_LIST_NUMBER, _SECTION):
        match = pattern.match(text, begin)
        if match is not None and match.end() >= end and begin <= start:
            return match.end()
    return None


def token(text: str, start: int, end: int) -> tuple[int, int]:
    """The run of letters, digits and joining signs around a number."""
    first, size = max(0, start - LONGEST_TOKEN), min(len(text), end + LONGEST_TOKEN)
    while start > first and text[start - 1] in TOKEN:
        start -= 1
    while end < size and text[end] in TOKEN:
        end += 1
    return start, end


def plus_chain(text: str, start: int) -> int | None:
    """The end of a model such as 1+4+3 or 3+N that starts here."""
    match = _PLUS.match(text, start)
    return match.end() if match else None


def address(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The web, mail or file address a number is part of."""
    begin, _ = token(text, start, end)
    if _ADDRESSED.search(text, begin, min(len(text), end + 300)) is None:
        return None
    for match in _URL.finditer(text, begin, min(len(text), end + 300)):
        if match.start() <= start < match.end():
            return match.start(), match.end()
        if match.start() > start:
            break
    return None


def dotted(text: str, start: int) -> int | None:
    """The end of a number with two points in it: 2.0.1, 10.6.132.108."""
    match = _DOTTED.match(text, start)
    return match.end() if match else None


def event_day(text: str, start: int) -> int | None:
    """The end of a day's name used as a name: 4·18, 12·9."""
    match = _EVENT.match(text, start)
    return match.end() if match and "." not in match[0] else None


_COORDINATES = re.compile(r"\d+(?:\.\d+)?[°º度](?:\d+(?:\.\d+)?[′'’分])?(?:\d+(?:\.\d+)?[″\"”秒])?")
_MERIDIANS = ("东经", "西经", "北纬", "南纬")


def coordinates(text: str, start: int) -> int | None:
    """The end of a longitude or latitude that begins here: 东经106°12′."""
    if not text.startswith(_MERIDIANS, start - 2):
        return None
    match = _COORDINATES.match(text, start)
    return match.end() if match else None


_CLOSERS = {"“": "”", "《": "》", "〈": "〉", "「": "」", "『": "』", "‘": "’"}
#: The last mark before a number: one that opens a quotation, or one after which none is open.
_LAST_MARK = re.compile(rf".*([{''.join(_CLOSERS)}{''.join(_CLOSERS.values())}\n])", re.DOTALL)
_CLAUSE_ENDS = "，。；！？\n,;!?"


def quoted(text: str, start: int, end: int) -> tuple[int, int, str] | None:
    """The quotation or title a number stands in, without its marks: start, end and opening mark; None where it is long."""
    mark = _LAST_MARK.match(text, max(0, start - 40), start)
    if mark is None or (closer := _CLOSERS.get(mark[1])) is None:
        return None
    close = text.find(closer, end, end + 60)
    return None if close < 0 else (mark.end(), close, mark[1])


def is_name(phrase: str, opening: str) -> bool:
    """Whether what stands between the marks is a name and no speech: titles always, quotations when short and of one clause."""
    if opening in "《〈":
        return True
    return len(phrase) <= 14 and not any(c in phrase for c in _CLAUSE_ENDS)
