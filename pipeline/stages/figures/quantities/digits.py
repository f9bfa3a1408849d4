"""Digits with a letter or a sign beside them: codes, list numbers, ratios, prices, or plain quantities after all."""

from __future__ import annotations

import re

from pipeline.stages.figures.quantities import measured, signs
from pipeline.stages.figures.quantities.compiled import Unit
from pipeline.stages.figures.quantities.reader import Reader
from pipeline.text.numerals import Numeral

RATIO = Unit("1", "ratio", "quantities/ratio", base="1")
SHARE = Unit("%", "percent", "quantities/ratio", base="1", factor=0.01)

_FOOTNOTE_END = re.compile(r"[\d\s,，、\-—–]*[\]〕】]")
#: What a list number inside a paragraph has after it.
_LISTED = re.compile(r"[\u4e00-\u9fff“《]")
_RATIO = re.compile(r"(\d+(?:\.\d+)?)\s?([:：∶/比])\s?(\d+(?:\.\d+)?)((?:\s?\2\s?\d+(?:\.\d+)?){0,6})(?![\d/:%亿万])")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
#: What after two numbers says that they are in proportion.
_PROPORTION = re.compile(r"的?(?:比(?![分赛])|配[比套备])")
_CLOCK = re.compile(r"[0-2]?\d[:：][0-5]\d")
_CHAIN_ENDS = frozenset(("", "”", "，", "。", "、", "；", "）", " ", "\n"))


def settle(reader: Reader, start: int, stop: int, number: Numeral) -> int:
    """Settle digits that have something beside them."""
    text = reader.text
    before, after = text[start - 1] if start else "\n", text[stop : stop + 1]
    unit = reader.unit_at(stop)
    end = _marker(text, start, stop, before, after) if unit is None else None
    if end is not None:
        return reader.known(start, end, "name.marker")
    if (before in "/:._@-" or before in signs.LETTER) and (address := signs.address(text, start, stop)) is not None:
        return reader.known(*address, "name.code")
    if after in ("/", ":", "：", "∶", "比") and (end := _ratio(reader, start, stop, number)) is not None:
        return end
    end = _sign_code(text, start, stop, before, after)
    if end is not None:
        return reader.known(start, end, "name.code")
    if after in ("·", "•") and (end := signs.event_day(text, start)) is not None:
        return reader.known(start, end, "name.quoted")
    if reader.rules.signs.before(text, start) is None and _is_code(text, start, before, after, unit):
        return _code(reader, start, stop)
    begin, number = reader.signed(start, number)
    return measured.settle(reader, begin, start, stop, number)


def _marker(text: str, start: int, stop: int, before: str, after: str) -> int | None:
    """The end of a list or section number, a footnote mark, the year of a document's number."""
    if before in "[〔【" and (close := _FOOTNOTE_END.match(text, stop)) is not None:
        return close.end()
    if before in "（(" and after in ("）", ")") and stop - start <= 2:
        return stop
    if before in "。；;：:！？" and after in ("．", ".", "、") and stop - start <= 2 and _LISTED.match(text, stop + 1):
        return stop + 1
    if stop - start <= 8 and (before in "\n |（(*#" or after in (".", "．", "、")):
        return signs.list_number(text, start, stop)
    return None


def _sign_code(text: str, start: int, stop: int, before: str, after: str) -> int | None:
    """The end of a code that its signs give away: 2.0.1, 1+3+2, 3#, 7×."""
    if after == "." and (end := signs.dotted(text, start)) is not None:
        return end
    if after == "+" and text[stop + 1 : stop + 2] not in _CHAIN_ENDS and (end := signs.plus_chain(text, start)) is not None:
        return end
    if before in "+#№" or after in ("#", "@", "_") or (after in ("×", "*") and text[stop + 1 : stop + 2].isdigit()):
        return stop
    return None


def _is_code(text: str, start: int, before: str, after: str, unit: tuple[Unit, int] | None) -> bool:
    """Whether letters beside the digits make them a code. GDP500亿元 and 5km are none."""
    if before in signs.LETTER or (before in "-_./\\@&=?~" and text[start - 2 : start - 1] in signs.ALNUM):
        abbreviation = text[start - 3 : start]
        return not (unit is not None and unit[0].one_counts and abbreviation.isascii() and abbreviation.isalpha())
    return after in signs.LETTER and (unit is None or text[unit[1] : unit[1] + 1] in signs.ALNUM)


def _code(reader: Reader, start: int, stop: int) -> int:
    text = reader.text
    begin, end = signs.address(text, start, stop) or signs.token(text, start, stop)
    while end > stop and text[end - 1] in ".-:/?=":
        end -= 1
    return reader.known(begin, end, "name.code")


def _ratio(reader: Reader, start: int, stop: int, number: Numeral) -> int | None:
    """1/3, 2.19:1, 8:52:40; None where it is no ratio."""
    text = reader.text
    match = _RATIO.match(text, start)
    if match is None or match[1] != text[start:stop]:
        return None
    parts = [float(match[1]), float(match[3]), *(float(n) for n in _NUMBER.findall(match[4]))]
    if len(parts) > 2:
        return _shares(reader, match, parts)
    above, below = parts
    compared = compares(text, start) or _PROPORTION.match(text, match.end()) is not None
    if not compared and _is_score(text, start, match):
        return reader.known(start, match.end(), "name.score")
    if not compared and (_CLOCK.fullmatch(match[0]) or (match[2] == "比" and "." not in match[0])):
        return reader.known(start, match.end(), "name.code")  # the time of day, the score of a match
    if below == 0 or (match[2] == "/" and (above > below or "." in match[0])):
        return None
    return reader.value(start, match.end(), above / below, RATIO)


def compares(text: str, start: int) -> bool:
    """Whether the words before say that two numbers are in proportion: 师生比为."""
    before = text[max(0, start - 6) : start].rstrip("为是约达至到 ")
    return before.endswith(("比", "例", "分")) and not before.endswith("比分")


def _is_score(text: str, start: int, match: re.Match[str]) -> bool:
    """比分定格在78:96, 以21:19险胜: whole numbers that nothing says to be in proportion."""
    return match[2] != "/" and "." not in match[0] and text[start - 1 : start] not in ("按", "照")


def _shares(reader: Reader, match: re.Match[str], parts: list[float]) -> int:
    """8:52:40: a figure for each part, in percent where they add up to 100."""
    if match[2] == "/":
        return reader.known(match.start(), match.end(), "name.code")
    unit = SHARE if abs(sum(parts) - 100) <= 0.5 else RATIO
    for piece in _NUMBER.finditer(match[0]):
        reader.value(match.start() + piece.start(), match.start() + piece.end(), float(piece[0]), unit)
    return match.end()
