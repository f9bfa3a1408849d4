"""Reading a page: a pure function from its text to its articles."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import ClassVar

from pipeline.rulebook import Rulebook
from pipeline.stages.articles.building import Article, Trouble, build
from pipeline.stages.articles.cleaning import body, undouble
from pipeline.stages.articles.drafts import Draft, units_of
from pipeline.stages.articles.families import Cleaning, Formats
from pipeline.stages.articles.grouping import group
from pipeline.stages.articles.items import BARE_DATE, FIRST_LINES, read_items, signs
from pipeline.stages.articles.lines import Dropped, Line, read_lines
from pipeline.stages.articles.profiling import profile_of
from pipeline.stages.articles.sewing import sew
from pipeline.stages.articles.surroundings import settle
from pipeline.stages.articles.wrapping import join_labels, unwrap
from pipeline.text.strand import Strand

#: How many pages' formats are remembered: more than a batch has.
_MOST_KNOWN = 50_000
_DIGITS = str.maketrans("〇一二三四五六七八九", "0123456789")
#: How many lines at the head and the foot of a page may be its masthead.
HEAD_LINES, FOOT_LINES = 12, 6
#: What breaks off in mid-sentence is longer than this, or is no sentence.
SHORTEST_CUT = 8
#: A line that only repeats the one over it is longer than this; a refrain is not.
SHORTEST_REPEAT = 9
#: A paragraph in such need of something to go on with plainly begins in mid-sentence.
TORN = 3.0
_YEAR, _COUNT = "[0-9〇一二三四五六七八九]{4}", "[0-9一二三四五六七八九十]{1,3}"
_DATE = re.compile(f"({_YEAR}) ?[年./-] ?({_COUNT}) ?[月./-] ?({_COUNT})")
#: A day alone on its line, or the day and the congress a report was given to.
_OCCASION = re.compile(rf"^[—\-（( ]{{0,3}}{_YEAR}年{_COUNT}月{_COUNT}日(?:$| ?(?=[^，。]{{4,60}}(?:会议|大会)[^，。]{{0,4}}$))")


@dataclass(frozen=True)
class Rules:
    """What reading a page takes from the rulebook."""

    formats: Formats
    cleaning: Cleaning
    #: What pages read with these rules say of themselves, by what is told from a text quickly: the stage after asks for it again.
    known: dict[tuple[int, int], Front] = field(default_factory=dict, compare=False, repr=False)

    _latest: ClassVar[Rules | None] = None

    @classmethod
    def of(cls, rulebook: Rulebook) -> Rules:
        """The rules of a rulebook; the same object as long as they are the same."""
        formats, cleaning = rulebook["formats"], rulebook["cleaning"]
        if cls._latest is None or cls._latest.formats is not formats or cls._latest.cleaning is not cleaning:
            cls._latest = cls(formats, cleaning)
        return cls._latest


@dataclass(frozen=True)
class Masthead:
    """What the page itself says about where and when it was printed."""

    publication: str | None = None
    issue_date: dt.date | None = None


@dataclass(frozen=True)
class Front:
    """What a page is, and what it says of where and when it was printed."""

    format: str
    masthead: Masthead


@dataclass
class Page:
    """A page read."""

    format: str
    masthead: Masthead
    articles: list[Article] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)


def read_page(text: str, rules: Rules) -> Page:
    """The articles of a page, and what could not be read."""
    page = read_lines(text, rules.cleaning)
    profile = profile_of(page.lines, rules.formats)
    front = Front(profile.id, _masthead(page.lines, rules.formats))
    _remember(text, front, rules)
    labels = [pattern for _, pattern in rules.formats.parts.get("label", ())]
    labelled = join_labels(_without_repeated_title(page.lines, page.dropped), labels)
    lines = unwrap(labelled, partial(_is_byline, rules.formats), partial(_is_lede, rules.formats))
    lines = _without_repeats(lines, page.dropped)
    items, furniture = read_items(lines, profile, rules.formats)
    settle(items, rules.formats)
    seams = sew(items, profile, rules.formats)
    units = units_of(items, seams)
    drafts = group(units, profile, rules.formats)
    articles, troubles = build(drafts, items, profile, rules.formats, rules.cleaning)
    troubles += [Trouble("furniture", part.start, part.end, part.rule_id) for part in (*page.dropped, *furniture)]
    troubles += _layout_troubles(drafts)
    troubles.sort(key=lambda trouble: (trouble.raw_start, trouble.kind))
    return Page(front.format, front.masthead, articles, troubles)


def _is_byline(formats: Formats, text: str) -> bool:
    rules = (rule for rule in formats.lines_like(text) if rule.type == "byline" and not rule.under)
    return any(len(text) <= rule.longest and rule.pattern.match(text) for rule in rules)


def _is_lede(formats: Formats, text: str) -> bool:
    """Whether a line begins with the words a report opens with: 本报讯."""
    return any(pattern.match(text) for _, pattern in formats.parts.get("lede", ()))


def clean(text: str, rules: Rules, *, traditional: bool | None = None) -> str:
    """A piece of text as it would stand in an article: its lines joined, without markup, in one width, Simplified.

    A piece of a page is Traditional or not as the page is: a lone 傢 in a paragraph of its own would look so.
    """
    strand = Strand.join(line.strand for line in read_lines(text, rules.cleaning, traditional=traditional).lines)
    return undouble(body(strand), rules.cleaning)[0].text


def read_front(text: str, rules: Rules) -> Front:
    """Which of `rules/formats` a page is, and its masthead; a page that was read a moment ago is not looked at again."""
    known = rules.known.get(_digest(text))
    if known is not None:
        return known
    lines = read_lines(text, rules.cleaning).lines
    return Front(profile_of(lines, rules.formats).id, _masthead(lines, rules.formats))


def _remember(text: str, front: Front, rules: Rules) -> None:
    if len(rules.known) >= _MOST_KNOWN:
        rules.known.clear()
    rules.known[_digest(text)] = front


def _digest(text: str) -> tuple[int, int]:
    """Python's own hash is keyed anew for every process, so no two texts can be made to agree."""
    return hash(text), len(text)


def _masthead(lines: Sequence[Line], formats: Formats) -> Masthead:
    publication: str | None = None
    day: dt.date | None = None
    foot = max(HEAD_LINES, len(lines) - FOOT_LINES)
    for n, line in enumerate(lines):
        if HEAD_LINES <= n < foot:
            continue
        for rule in formats.lines_like(line.text):
            if rule.type != "masthead" or len(line.text) > rule.longest:
                continue
            if found := rule.pattern.match(line.text):
                groups = found.groupdict()
                if BARE_DATE.match(line.text) and signs(lines, n):
                    continue  # the day under a notice
                publication = publication or groups.get("publication") or groups.get("paper")
                day = day or _day(groups.get("date"))
        if day is None and n <= FIRST_LINES and (occasion := _OCCASION.match(line.text)):
            day = _day(occasion.group())
    return Masthead(publication, day)


def _day(text: str | None) -> dt.date | None:
    found = _DATE.search(text) if text else None
    if found is None:
        return None
    try:
        return dt.date(*(_number(part) for part in found.groups()))
    except ValueError:
        return None


def _number(text: str) -> int:
    """二〇二一 or 二十三 or 23."""
    if "十" in text:
        tens, _, ones = text.partition("十")
        return 10 * (_number(tens) if tens else 1) + (_number(ones) if ones else 0)
    return int(text.translate(_DIGITS))


def _without_repeated_title(lines: list[Line], dropped: list[Dropped]) -> list[Line]:
    """The title of the front matter is the headline, unless the text itself begins with the same title."""
    if not lines or not lines[0].title:
        return lines
    title = lines[0].text.replace(" ", "")
    for line in lines[1:6]:
        if len(line.text) > 3 and line.text.replace(" ", "") == title:
            dropped.append(Dropped(lines[0].raw_start, lines[0].raw_end, "cleaning/front_matter"))
            return lines[1:]
    return lines


def _without_repeats(lines: list[Line], dropped: list[Dropped]) -> list[Line]:
    """The lines, without those that say once more what the line right over them says, as bad exports and OCR have them."""
    out: list[Line] = []
    for line in lines:
        if out and len(line.text) >= SHORTEST_REPEAT and not line.table and line.text == out[-1].text:
            dropped.append(Dropped(line.raw_start, line.raw_end, "cleaning/repeated_line"))
        else:
            out.append(line)
    return out


def _layout_troubles(drafts: Sequence[Draft]) -> list[Trouble]:
    """A paragraph left open, and one that begins in the middle of a sentence."""
    out: list[Trouble] = []
    for draft in drafts:
        for kind, unit in draft.parts:
            if kind != "body":
                continue
            first, last = unit.items[0].strand, unit.items[-1].strand
            if unit.open and len(last.text) > SHORTEST_CUT:
                out.append(Trouble("layout", last.raw_start, last.raw_end, None, "the paragraph is cut and its continuation was not found"))
            if unit.need >= TORN and first.text:
                out.append(Trouble("layout", first.raw_start, first.raw_end, None, "the paragraph begins in the middle of a sentence"))
    return out
