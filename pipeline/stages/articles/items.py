"""What each line of a page is, as far as the line alone tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from pipeline.stages.articles.briefs import find_briefs
from pipeline.stages.articles.families import Formats, LinePattern, Profile
from pipeline.stages.articles.jumps import Jumps
from pipeline.stages.articles.lines import Dropped, Line
from pipeline.stages.articles.scripts import contents, labels
from pipeline.text.strand import Strand


class Role(StrEnum):
    """What a piece of a page is. `SHORT` may yet turn out a heading, a caption or a piece of body."""

    BODY = "body"
    SHORT = "short"
    HEADING = "heading"
    BYLINE = "byline"
    SPEAKER = "speaker"
    CAPTION = "caption"
    TABLE = "table"


@dataclass(slots=True, eq=False)
class Item:
    """A piece of a page, in the order of the page. A `label` opens an item of a broadcast and is never its headline; what is
    `whole` is a paragraph by itself: it neither goes on with another piece nor is gone on with. A line `over_list` heads
    `listed` pieces, the `first` one under it. What stands `apart` begins an article wherever it stands. After a pointer
    inside the page (上接左栏) a piece `goes_on` with the one that pointed there."""

    strand: Strand
    role: Role
    level: int = 0
    bold: bool = False
    gap: int = 0
    title: bool = False
    section: bool = False
    kicker: bool = False
    label: bool = False
    whole: bool = False
    over_list: bool = False
    listed: bool = False
    first: bool = False
    apart: bool = False
    goes_on: Item | None = None
    lede: Strand | None = None
    credit: Strand | None = None
    dateline: str | None = None

    @property
    def text(self) -> str:
        return self.strand.text


#: A text that ends so is closed; a headline may end in the last three.
CLOSED = re.compile(r"[。！？!?；;：:…](?:[”’」』）》】\]\"]|（[^（）]{1,30}）)*\Z|[。！？](?:[”’」』）]){1,2}\Z")
#: What it ends with by itself, and what else its last character may be.
_FINAL, _CLOSING = frozenset("。！？!?；;：:…"), frozenset('”’」』）》】]"')
_HEADLINE_END = re.compile(r"[！？!?…][”’]?\Z")
#: Spaces between two phrases of Chinese: headlines have them, sentences do not.
_PHRASES = re.compile(r"(?<=[一-鿿”》）！？0-9]) (?=[一-鿿“《0-9])")
_OPENERS = {"“": "”", "‘": "’", "（": "）", "《": "》", "【": "】", "「": "」"}
_BRACKETS = re.compile("[" + "".join(_OPENERS) + "".join(_OPENERS.values()) + "]")
_CLOSERS = {closer: opener for opener, closer in _OPENERS.items()}
#: The longest line that may be a headline, and the longest of those that are one phrase.
LONGEST_HEADLINE = 90
LONGEST_PHRASE = 45
#: A row of a table: its label, and numbers after spaces.
_ROW = re.compile(r"[^。；！？|]*?\S(?: (?:[-+]?[0-9][0-9.,，]*[%]?|[—-]{1,3}))+\Z")
_COLUMN_HEADS = re.compile(r"(?:[（(]?单位[：:].{1,20}|[^。，；！？0-9]{1,12}(?: [^。，；！？ ]{1,16}){1,8})\Z")
FEWEST_ROWS = 3
#: A day alone on its line is the day of issue in the first lines of a page; further down it signs a notice.
BARE_DATE = re.compile(r"(?:[0-9]{4}|[〇○零一二三四五六七八九]{4}) ?年 ?[0-9一二三四五六七八九十]{1,3} ?月 ?[0-9一二三四五六七八九十]{1,3} ?日\Z")
FIRST_LINES = 5
#: So many lines at the head and at the foot are the edge of a page.
EDGE = 3
#: What is signed is longer than this.
SHORTEST_TEXT = 18
#: A pointer to another page stands at the end of a text in so many characters; no credit ends with one of these marks.
LONGEST_POINTER = 40
_MARKS = frozenset("。！？；：，、”…")
#: Somebody asks or answers in an interview.
_DIALOGUE = re.compile(r"(?:记者|问|答|主持人|嘉宾|[一-鿿]{2,4})：.{3,}[？！?!]\Z")
#: A short item that begins with its headline in brackets; 【导语】 and 【正文】 are shorter, and what a 【内容提要】 says follows it.
_BRACKETED = re.compile(r"【(?!(?:内容|新闻|节目|今日|本期|要闻)(?:提要|提示|预告|看点|导读|摘要)】)[^【】]{4,40}】(?=.{10})")
#: A mark before a headline.
_FLAG = re.compile(r"[■◆●★▶►◎□]")
#: A line that ends inside a date (…于3月31|日前) is cut, and no heading.
CUT_DAY = re.compile(r"月[0-9一二三四五六七八九十]{1,3}\Z")
#: What a paper may be called, whatever its name ends with: 石桥乡音.
_PAPER = re.compile(r"[一-鿿]{3,6}\Z")
#: A headline before a lede on the same line.
_SHARED = re.compile(r"(?<=[一-鿿”》）！？]) ?(?=(?:本报讯|本台讯|本网讯)[ （：:])")
_INNER_LEDE = re.compile(r"(?<=[。！？”]) ?(?=(?:本报讯|本台讯|本网讯) ?[（：:])")


def read_items(lines: Sequence[Line], profile: Profile, formats: Formats) -> tuple[list[Item], list[Dropped]]:
    """The lines as items; furniture is taken out."""
    items: list[Item] = []
    furniture: list[Dropped] = []
    rows = _spaced_rows(lines)
    listed = _listed(lines, formats)
    briefs = find_briefs(lines, formats)
    over, inside = labels(lines, formats) if profile.id == "broadcast" else (set(), set())
    jumps = Jumps()
    told = inside | contents(lines, formats) if profile.id == "broadcast" else inside
    imprint = _imprint_under_name(lines, profile, formats)
    for n, line in enumerate(lines):
        if n == 0 and imprint is not None:
            furniture.append(Dropped(line.raw_start, line.raw_end, imprint.rule_id))
            continue
        if line.table or n in rows:
            items.append(Item(line.strand, Role.TABLE, gap=line.gap))
            continue
        if line.title:
            items.append(Item(line.strand, Role.HEADING, title=True))
            continue
        if n in over:
            items.append(Item(line.strand, Role.HEADING, gap=line.gap, kicker=True, label=True))
            continue
        if n in briefs.heads:
            items.append(Item(line.strand, Role.HEADING, line.level, line.bold, line.gap, over_list=True))
            continue
        if n in briefs.items:
            item = Item(line.strand, Role.BODY, gap=line.gap, listed=True, first=n in briefs.firsts, apart=n in briefs.apart)
            _take_off(item, formats, furniture)
            items.append(item)
            continue
        if n in told:
            items.append(Item(line.strand, Role.BODY, gap=line.gap, whole=True))
            continue
        under = n > 0 and len(lines[n - 1].text) >= SHORTEST_TEXT and is_closed(lines[n - 1].text)
        ends = n + 1 == len(lines) or (len(lines[n + 1].text) <= LONGEST_PHRASE and not is_closed(lines[n + 1].text))
        rule = _whole_line(line, profile, formats, edge=min(n, len(lines) - 1 - n) < EDGE, under=under, ends=ends)
        if BARE_DATE.match(line.text) and signs(lines, n):
            items.append(Item(line.strand, Role.BODY, gap=line.gap))
            continue
        if rule is not None and rule.keep:
            items.append(Item(line.strand, Role.BYLINE, gap=line.gap))
            continue
        if rule is not None and rule.type in ("furniture", "masthead"):
            furniture.append(Dropped(line.raw_start, line.raw_end, rule.rule_id))
            jumps.see(line.text, items[-1] if items else None)
            continue
        item = Item(line.strand, Role.SHORT, line.level, line.bold, line.gap)
        if rule is None or rule.type == "section":
            pointers = len(furniture)
            pieces = _running(item, rule is not None and n not in listed, formats, furniture)
            items.extend(pieces)
            if pieces:
                jumps.place(pieces, [line.text] if len(furniture) > pointers else [])
            continue
        item.role = {"byline": Role.BYLINE, "speaker": Role.SPEAKER, "caption": Role.CAPTION, "kicker": Role.HEADING, "body": Role.BODY}[rule.type]
        item.kicker, item.whole = rule.type == "kicker", rule.type == "body"
        items.append(item)
    return items, furniture


def signs(lines: Sequence[Line], n: int) -> bool:
    """Whether a day alone on its line is not the day of issue but signs what stands over it."""
    return n > FIRST_LINES or any(len(line.text) >= SHORTEST_TEXT and is_closed(line.text) for line in lines[:n])


def is_closed(text: str) -> bool:
    """Whether a text ends where a sentence may end."""
    last = text[-1:]
    return last in _FINAL or (last in _CLOSING and CLOSED.search(text[-40:]) is not None)


@lru_cache(maxsize=1024)
def balance(text: str) -> tuple[Sequence[str], Sequence[str]]:
    """Marks the text opens and does not close, and marks it closes and did not open; each piece of a page is asked for several times."""
    opened: list[str] = []
    closed: list[str] = []
    for character in _BRACKETS.findall(text):
        if character in _OPENERS:
            opened.append(character)
        elif opened and opened[-1] == _CLOSERS[character]:
            opened.pop()
        else:
            closed.append(character)
    return opened, closed


def phrases(text: str) -> int:
    """How many spaces part phrases of Chinese."""
    return len(_PHRASES.findall(text))


def _whole_line(line: Line, profile: Profile, formats: Formats, *, edge: bool, under: bool, ends: bool) -> LinePattern | None:
    text = line.text
    if len(text) > formats.longest:
        return None
    for rule in formats.lines_like(text):
        if len(text) > rule.longest or (rule.only and profile.id not in rule.only) or rule.word not in text:
            continue
        if (edge or not rule.edge) and (under or not rule.under) and (ends or not rule.ends) and rule.pattern.match(text):
            return rule
    return None


def _imprint_under_name(lines: Sequence[Line], profile: Profile, formats: Formats) -> LinePattern | None:
    """What tells the line right under the first of the page for the paper's imprint, where the first is as short as a paper's name."""
    if len(lines) < 2 or lines[1].gap or lines[0].level or not _PAPER.match(lines[0].text):
        return None
    rule = _whole_line(lines[1], profile, formats, edge=True, under=False, ends=False)
    return rule if rule is not None and rule.type == "masthead" and not rule.keep else None


def _spaced_rows(lines: Sequence[Line]) -> set[int]:
    """Lines that are rows of a table whose columns only spaces keep apart, the lines over its columns included."""
    rows: set[int] = set()
    start = None
    for n in range(len(lines) + 1):
        if n < len(lines) and not lines[n].table and len(lines[n].text) <= LONGEST_HEADLINE and _ROW.match(lines[n].text):
            start = n if start is None else start
            continue
        if start is not None and n - start >= FEWEST_ROWS:
            rows.update(range(start, n))
            top = start
            while top and start - top < 3 and _COLUMN_HEADS.match(lines[top - 1].text) and not lines[top - 1].level:
                top -= 1
                rows.add(top)
        start = None
    return rows


def _listed(lines: Sequence[Line], formats: Formats) -> set[int]:
    """Numbered lines that end in a full stop and have no text of their own under them: items of a list, no headings."""
    sections = [rule for rule in formats.lines if rule.type == "section"]
    out: set[int] = set()
    for n, line in enumerate(lines):
        if line.text.endswith(("。", "；")) and len(line.text) <= formats.longest and any(rule.pattern.match(line.text) for rule in sections):
            below = lines[n + 1].text if n + 1 < len(lines) else ""
            if len(below) <= len(line.text) or any(rule.pattern.match(below) for rule in sections):
                out.add(n)
    return out


def _running(item: Item, section: bool, formats: Formats, furniture: list[Dropped]) -> list[Item]:
    """A line of text: split where a news item begins inside it; ledes, credits and pointers taken off its ends."""
    pieces = _split(item)
    for piece in pieces:
        _take_off(piece, formats, furniture)
    pieces = [piece for piece in pieces if piece.text or piece.lede or piece.credit]
    for piece in pieces:
        piece.role = _shape(piece, section)
        piece.section = section
    return pieces


def _split(item: Item) -> list[Item]:
    text = item.text
    if bracketed := _BRACKETED.match(text):
        heading = Item(item.strand[: bracketed.end()], Role.SHORT, item.level or 1, item.bold, item.gap)
        return [heading, Item(_trimmed(item.strand[bracketed.end() :]), Role.SHORT)]
    if "讯" not in text:
        return [item]
    cuts = [found.start() for found in _INNER_LEDE.finditer(text)]
    shared = _SHARED.search(text[: LONGEST_HEADLINE + 5])
    if shared is not None and shared.start() > 3 and "。" not in text[: shared.start()]:
        cuts = sorted({shared.start(), *cuts})
    bounds = [0, *cuts, len(text)]
    pieces: list[Item] = []
    for start, end in pairwise(bounds):
        strand = item.strand[start:end]
        if strand.text.startswith(" "):
            strand = strand[1:]
        if strand.text:
            pieces.append(Item(strand, Role.SHORT, item.level if not pieces else 0, item.bold, item.gap if not pieces else 0))
    if shared is not None and len(pieces) > 1 and shared.start() in cuts:
        pieces[0].level = pieces[0].level or 1
    return pieces


def _take_off(item: Item, formats: Formats, furniture: list[Dropped]) -> None:
    for (rule_id, pattern), look in zip(formats.parts.get("turn", ()), formats.turns, strict=True):
        text = item.text
        if not look.within(text):
            continue
        if found := pattern.match(text) or pattern.search(text, max(0, len(text) - LONGEST_POINTER)):
            part = item.strand[found.start() : found.end()]
            furniture.append(Dropped(part.raw_start, part.raw_end, rule_id))
            item.strand = _trimmed(item.strand[: found.start()] if found.start() else item.strand[found.end() :])
    text = item.text
    for _, pattern in formats.parts.get("lede", ()):
        if found := pattern.match(text):
            end = found.end()
            while end and item.text[end - 1] == " ":
                end -= 1
            item.lede = item.strand[:end]
            item.dateline = found.groupdict().get("dateline") or found.groupdict().get("place")
            item.strand = _trimmed(item.strand[end:])
            break
    if item.text[-1:] in _MARKS:
        return  # a sentence ends here, and no credit
    for _, pattern in formats.parts.get("credit", ()):
        if found := pattern.search(item.text, max(0, len(item.text) - 80)):
            if found.start() == 0:
                continue
            item.credit = _trimmed(item.strand[found.start() :])
            item.strand = _trimmed(item.strand[: found.start()])
            break


def _trimmed(strand: Strand) -> Strand:
    text = strand.text
    start, end = len(text) - len(text.lstrip(" ")), len(text.rstrip(" "))
    return strand[start:end]


def _shape(item: Item, section: bool) -> Role:
    text = item.text
    if item.lede is not None or item.credit is not None:
        return Role.BODY
    sentence = text.count("，") > 2 or "。" in text[:-1]
    if item.level and not sentence and len(text) <= LONGEST_HEADLINE and not text.endswith(("。", "；", "，", "、")):
        return Role.HEADING
    if CUT_DAY.search(text):
        return Role.BODY
    if section and (len(text) <= LONGEST_PHRASE or not is_closed(text)):
        return Role.HEADING
    if _FLAG.match(text) and len(text) <= LONGEST_PHRASE and not text.endswith("。"):
        return Role.HEADING
    if _DIALOGUE.match(text):
        return Role.BODY
    if len(text) > LONGEST_HEADLINE or (len(text) > LONGEST_PHRASE and not phrases(text) and "——" not in text):
        return Role.BODY
    if is_closed(text) and not (len(text) <= LONGEST_PHRASE and _HEADLINE_END.search(text)):
        return Role.BODY
    if item.bold and "。" not in text:
        return Role.HEADING
    return Role.SHORT
