"""Indicator phrases: the shortest words that still say what was measured."""

from __future__ import annotations

import re
from bisect import bisect_left

from pipeline.stages.facts.lexicon import Atom
from pipeline.stages.facts.marks import (
    ADVERB,
    BASIS,
    EACH,
    FIGURE,
    FORECAST,
    GOAL,
    INNER,
    JOIN,
    LEVEL,
    LISTING,
    NEEDY,
    NOMINAL,
    NOTE,
    PART,
    PLACE,
    PLAN,
    PREP,
    SEP,
    SHARE,
    THAN,
    TIME,
    VERB,
)

#: A phrase longer than this has more in it than what was measured; it is cut at its last deed.
LONG = 16
#: A phrase that ends in a measure (覆盖率, 交易额) may be longer, for it is a name and its deeds are parts of it.
LONGEST = 26
_LEADING = ("带领", "率领", "带着", "发动", "引导")
#: An enumeration kept whole for 分别 is at most so long; every one of its figures may carry it in its name.
ENUMERATION = 400
_BEFORE_TIME = "到至在于自从截"
_FOR_WHOM = ("为", "给", "向")
#: What stands alone after 的 has at least so many characters.
_NAMING = 4
_MEASURING = "率额量值数比重积度入出"
#: 三、单户补贴额, 2.养老金: the number of a point; 一、二产业 names two things.
_NUMBERED = re.compile(r"^(?:\d{1,2}(?:、|[.．](?!\d))|[一二三四五六七八九十]{1,2}、(?![一二三]))")
_NUMERALS = frozenset("0123456789０１２３４５６７８９一二三四五六七八九十")
_BLANK = " *　\N{NO-BREAK SPACE}的"
#: What may stand between an indicator and a cue after it.
BACK = LEVEL | SHARE | ADVERB | TIME | EACH
_UNSAID = NOTE | TIME | INNER
#: What is passed over before an indicator, and what else makes more of a phrase than the words between two places.
_SKIPPED = TIME | PLACE | ADVERB | PART | NOTE | SEP | BASIS | FORECAST | GOAL | PLAN
_SHAPING = _SKIPPED | _UNSAID | BACK | FIGURE | PREP | LISTING


def inside(atoms: list[Atom], first: int, start: int, end: int) -> list[Atom]:
    """The atoms of `atoms[first:]` that lie in a stretch of text."""
    low = bisect_left(atoms, (start,), lo=first)
    return atoms[low : bisect_left(atoms, (end,), lo=low)]


def trim(text: str, atoms: list[Atom], start: int, end: int) -> int:
    """Where the indicator begins once times, places and adverbs before it are passed over."""
    n, count = 0, len(atoms)
    while start < end:
        if text[start] in _BLANK:
            start += 1
            continue
        while n < count and atoms[n][0] < start:
            n += 1
        if n == count:
            break
        first, last, mark, _ = atoms[n]
        if mark & TIME and first == start + 1 and text[start] in _BEFORE_TIME:
            start = first  # 到2025年
        if first != start or last > end:
            break
        if not mark & _SKIPPED and not (mark & THAN and n + 1 < count and atoms[n + 1][2] & TIME):
            break
        if mark & VERB and last >= end:
            break
        start = last
    return start


def words(text: str, atoms: list[Atom], start: int, end: int) -> str:
    """The phrase as stated, without times, notes and blanks inside it."""
    phrase, first = "", start
    for atom in atoms:
        if (
            atom[2] & _UNSAID
            and atom[0] >= start
            and atom[1] <= end
            and (atom[2] & (NOTE | TIME) or _announces_within(text, atoms, atom, first, end))
        ):
            phrase += text[start : atom[0]]
            start = atom[1]
    return _tidied(phrase + text[start:end])


def _tidied(phrase: str) -> str:
    """A phrase without the number of its point, blanks, marks of emphasis, signs at its ends, and half a pair of quotes."""
    if phrase[:1] in _NUMERALS:
        phrase = _NUMBERED.sub("", phrase)
    phrase = phrase.replace(" ", "").replace("*", "").strip("的、，,：:\n")
    if "“" in phrase or "”" in phrase:
        return phrase if phrase.count("“") == phrase.count("”") else phrase.replace("“", "").replace("”", "")
    return phrase


def _announces_within(text: str, atoms: list[Atom], atom: Atom, start: int, end: int) -> bool:
    """第一产业实现增加值, 全院共受理案件, 合作社现有社员: between who and what, 实现, 共 and 现有 say nothing; 项目完成 ends in what was done."""
    if not atom[2] & INNER or atom[0] <= start + 1 or atom[1] > end - 2:
        return False
    return bool(atom[2] & ADVERB) or text[atom[1] - 1] == "有" or any(a[1] == end and a[2] & NEEDY for a in atoms)


def head_phrase(text: str, atoms: list[Atom], start: int, end: int, *, whole: bool = False) -> str:
    """The words of the indicator before a figure; `whole` keeps a long enumeration together."""
    marks = 0
    for atom in atoms:
        marks |= atom[2]
    if not marks & _SHAPING and end - start <= LONG:
        return _tidied(text[start:end].strip(_BLANK))
    end = _before_span(text, atoms, start, end)
    if end - start == 1 and text[start] in _BEFORE_TIME:
        return ""  # 到年底只剩12名
    start = trim(text, atoms, start, end)
    if marks & (PREP | ADVERB):
        start = _past_manner(text, atoms, start, end)
    if marks & LEVEL:
        start = _past_announcement(text, atoms, start, end)
    whole = whole and end - start <= ENUMERATION
    if marks & LISTING and not whole:
        listed = _without_instances(text, atoms, start, end)
        if listed is not None:
            return listed
    if not whole and end - start > (LONG if text[end - 1] not in _MEASURING else LONGEST):
        described = _after_last_of(text, atoms, start, end)
        if described > start:
            # 拆除违法违规的广告招牌: the deed that opens the phrase was done to what stands behind 的.
            deed = next((text[a[0] : a[1]] for a in atoms if a[0] == start and a[2] & VERB), "")
            return deed + words(text, atoms, described, end)
        start = _last_deed(text, atoms, start, end)
    return words(text, atoms, start, end)


def head_before(text: str, gap: list[Atom], start: int, end: int, back: int = BACK) -> str:
    """The indicator that ends where a cue begins, less the linking words before the cue."""
    for atom in reversed(gap):
        if atom[1] == end and atom[2] & back and not atom[2] & NEEDY:
            end = atom[0]
    if end <= start:
        return ""
    return head_phrase(text, [a for a in gap if a[0] < end], start, end)


def _before_span(text: str, atoms: list[Atom], start: int, end: int) -> int:
    """Where the indicator ends: before blanks, and before 连续10年."""
    for atom in reversed(atoms):
        while end > start and text[end - 1] in _BLANK:
            end -= 1
        if atom[1] != end or not atom[2] & (FIGURE | BACK) or (atom[2] & BACK and not any(a[2] & FIGURE and a[0] >= end for a in atoms)):
            break
        end = atom[0]
    while end > start and text[end - 1] in _BLANK:
        end -= 1
    return end


def _past_manner(text: str, atoms: list[Atom], start: int, end: int) -> int:
    """发挥楼长作用化解邻里纠纷: what 发挥 opens says how; the indicator begins at the next deed."""
    if text[start - 1 : start] in _FOR_WHOM and any(atom[1] == start and atom[2] & ADVERB for atom in atoms):
        # 为困难残疾人提供康复救助: for whom is no part of what was done.
        deed = next((a for a in atoms if a[0] > start + 1 and a[1] < end - 1 and a[2] & VERB and not a[2] & NOMINAL), None)
        return deed[0] if deed is not None else start
    opening = next((atom for atom in atoms if atom[0] >= start), None)
    if opening is None or opening[0] != start or not opening[2] & PREP:
        return _past_leader(text, atoms, start, end)
    for atom in atoms:
        if atom[0] > start and atom[2] & VERB and atom[1] < end:
            return atom[0]
    return opening[1]


def _past_leader(text: str, atoms: list[Atom], start: int, end: int) -> int:
    """支书带领村民种下黄精: who led whom is no part of what was done."""
    led = next((atom for atom in atoms if start < atom[0] < end and atom[2] & PREP and text[atom[0] : atom[1]] in _LEADING), None)
    if led is None:
        return start
    return next((atom[0] for atom in atoms if atom[0] > led[1] and atom[2] & VERB and atom[1] < end), start)


def _past_announcement(text: str, atoms: list[Atom], start: int, end: int) -> int:
    """实现规上工业产值: 实现 only announces the level. 完成投资 keeps it, for 投资 alone says too little."""
    for atom in atoms:
        if atom[0] < start:
            continue
        if atom[0] != start or not atom[2] & LEVEL or not (atom[2] & (VERB | ADVERB) or _counts_what_is_there(text, atom, end)) or atom[1] >= end:
            return start
        rest = trim(text, atoms, atom[1], end)
        if end - rest < 2 or any(a[0] == rest and a[1] == end and a[2] & NEEDY for a in atoms):
            return start
        start = rest
    return start


def _counts_what_is_there(text: str, atom: Atom, end: int) -> bool:
    """共有, 尚有, 有奶牛合作社42家; the 有 of 有线电视 is a word of `plain`, that of 有出口实绩的企业 says which."""
    return text[atom[1] - 1] == "有" and (atom[1] - atom[0] > 1 or "的" not in text[atom[1] : end])


def _without_instances(text: str, atoms: list[Atom], start: int, end: int) -> str | None:
    """整改消防、保水等问题: what stands before 等 are instances; the deed before them stays."""
    listing = None
    for atom in atoms:
        if atom[0] > start and atom[1] <= end and atom[2] & LISTING:
            listing = atom
    if listing is None:
        return None
    if listing[1] >= end:
        return words(text, atoms, start, listing[0])  # 森林公园、湿地公园等达到372个: nothing says what they are instances of
    deed = next((text[a[0] : a[1]] for a in atoms if a[0] == start and a[2] & VERB), "")
    return deed + words(text, atoms, listing[1], end)


def _last_deed(text: str, atoms: list[Atom], start: int, end: int) -> int:
    """Cut a long phrase at its last deed that still has an object."""
    for atom in reversed(atoms):
        if atom[0] <= start:
            break
        if atom[2] & VERB and atom[1] + 2 <= end and not _part_of_a_name(atoms, atom):
            return atom[0] - 1 if text[atom[0] - 1] == "新" and atom[0] - 1 > start else atom[0]
        if atom[2] & ADVERB and atom[2] & LEVEL and atom[1] + 4 <= end:
            return atom[1]
    return start


def _part_of_a_name(atoms: list[Atom], deed: Atom) -> bool:
    """The 投资 of 中央预算内投资 and the 建设 of 设计、建设和管理 open no phrase of their own; after an adverb they do."""
    before = next((atom for atom in atoms if atom[1] == deed[0]), None)
    return before[2] & (SEP | JOIN) > 0 and not before[2] & ADVERB if before is not None else bool(deed[2] & NOMINAL)


def _after_last_of(text: str, atoms: list[Atom], start: int, end: int) -> int:
    """来自沪苏浙的在建省外投资项目: what stands before the last 的 only describes, unless nothing but a measure follows it."""
    at = text.rfind("的", start + 1, end)
    if (
        at < 0
        or end - at - 1 < _NAMING
        or any(a[0] < at < a[1] for a in atoms)
        or any(a[0] == at + 1 and a[1] == end and a[2] & NEEDY for a in atoms)
    ):
        return start
    return at + 1
