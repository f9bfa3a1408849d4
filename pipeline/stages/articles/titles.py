"""Runs of headings: whether they head an article or a section of one, and which of their lines is the headline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.stages.articles.families import Formats
from pipeline.stages.articles.items import Item, phrases
from pipeline.stages.articles.joints import continues
from pipeline.stages.articles.wording import pairs
from pipeline.text.strand import Strand

#: Where a line names an occasion before the headline proper: 某某在某地调研时强调 …
_SAID = re.compile(r"^[^。]{4,50}?(?:时|会上|座谈会|会议|调研)[一-鿿]{0,4}(?:强调|指出|要求|提出)(?: |(?=[^一-鿿]))")
_DASH = re.compile(r"(?<=[^ —]) ?(?=——[^—])")
#: So many phrases in a row make a banner that stands over every page of a campaign.
BANNER_PHRASES = 4
#: A line is no second headline when the article's text repeats so much less of it than of the other.
FAINT = 0.65
#: A headline's first line ends so where it is broken in two: with whose it is, or with what is done to what comes next.
_BREAKS_OFF = re.compile(
    "(?:[县区市州盟旗镇乡村]|街道|全[县区市省]|我[县区市省]|组织|召开|举行|开展|推进|出台|获评|荣获|入选|深入|赴|到|在|为|对|与|和|及|的)$"
)
_FIGURE = re.compile(r"[0-9][0-9.]*(?:%|[万亿]?(?:元|亩|吨|人|公里|个百分点))|第[0-9一二三四五六七八九十]+位?")
_COUNTED = re.compile(r"[0-9](?:%|[万亿]?(?![年月日届次时点号版])[一-鿿])")
#: Two lines whose seam reads so well are one.
RUNS_ON = 0.7
#: A lower line with so little of the upper one's length is its second half.
SHORT_LOWER = 0.6
#: A line that ends so is the upper part of a broken headline, whatever stands under it; of what else _BREAKS_OFF reads, some end a whole one.
_HANGS = re.compile("(?:的|和|与|及|为|对|在|将|把|从|到|让|向)$")
#: Two lines of as many characters, and no fewer than so many, are set as one headline.
SHORTEST_EVEN = 5
#: A line that is no wider than another but for so much looks as if set with it.
AS_WIDE = 2.0
_NARROW = frozenset("“”‘’《》 ：")
#: Whose deed the line under it tells: a place, named by what it is, alone on a line.
_PLACE = re.compile(r"(?!走进|聚焦|来自|走向|情系|魅力|我|全|各|本|乡镇|区县|县区|市县)[一-鿿]{2,7}(?:[省市县区旗盟州镇乡村]|街道|苏木|社区|嘎查)\Z")
#: No headline has more lines with its kickers.
MOST_LINES = 7
#: A place's name alone on a line over the headline is the headline's first word.
LABEL_LENGTH = 4


@dataclass(slots=True)
class Title:
    """The lines over an article, told apart."""

    headline: list[Strand] = field(default_factory=list)
    kicker: list[Strand] = field(default_factory=list)
    subheads: list[Strand] = field(default_factory=list)
    level: int = 0


def read_title(run: Sequence[Item], text: str, formats: Formats, subhead_levels: set[int]) -> Title:
    """Tells headline, kicker and a first subhead apart; `text` is what stands under them."""
    title = Title()
    if len(run) > MOST_LINES:
        # A list of headings, such as a table of contents.
        title.subheads = [item.strand for item in run[MOST_LINES:]]
        run = run[:MOST_LINES]
    while len(run) > 1 and run[-1].section:
        # 一、过去一年工作回顾 straight under the title heads its first part.
        title.subheads.insert(0, run[-1].strand)
        run = run[:-1]
    levels = [item.level for item in run if item.level and not item.kicker]
    title.level = min(levels, default=0)
    if title.level:
        _by_level(run, title, subhead_levels)
    else:
        _by_wording(run, text, title, formats)
    _drop_repeats(title)
    for strand in list(title.headline):
        before, after = _split(strand, formats)
        if before is not None:
            title.kicker.append(before)
            title.headline[title.headline.index(strand)] = after
        elif (dash := _DASH.search(after.text)) and dash.start() >= 6:
            title.headline[title.headline.index(strand)] = _stripped(after[: dash.start()])
            title.kicker.append(_stripped(after[dash.end() :]))
    return title


def _drop_repeats(title: Title) -> None:
    """Of two lines one of which holds the other, the longer one is the headline."""
    bare = {id(strand): strand.text.replace(" ", "") for strand in title.headline}
    for strand in list(title.headline):
        own = bare[id(strand)]
        if any(own in other and (own != other) for at, other in bare.items() if at != id(strand)):
            title.headline.remove(strand)
            title.kicker.append(strand)


def overlap(line: str, text: str) -> float:
    """The share of a line's character pairs that the text repeats."""
    own = pairs(line)
    return sum(pair in text for pair in own) / len(own) if own else 0.0


def _by_level(run: Sequence[Item], title: Title, subhead_levels: set[int]) -> None:
    main = next(n for n, item in enumerate(run) if item.level == title.level and not item.kicker)
    for n, item in enumerate(run):
        if item.kicker:
            title.kicker.append(item.strand)
        elif n < main:
            label = n == main - 1 and len(item.text) <= LABEL_LENGTH
            (title.headline if label else title.kicker).append(item.strand)
        elif item.level == title.level:
            title.headline.append(item.strand)
        else:
            deeper = next((later.level for later in run[n:] if later.level), 0)
            section = deeper > title.level and deeper in subhead_levels
            (title.subheads if section else title.kicker).append(item.strand)


def broken_lines(lines: Sequence[Item], formats: Formats) -> list[list[Item]]:
    """The lines, those together that can only be one headline: 关于举办山歌大赛的 | 通知, 石桥镇 | 菌菇撑起“致富伞”, and all lines of
    a document's title."""
    out: list[list[Item]] = []
    for item in lines:
        if out and (_HANGS.search(out[-1][-1].text) or (len(out[-1]) == 1 and _PLACE.match(out[-1][-1].text))):
            out[-1].append(item)
        else:
            out.append([item])
    document, issuer = formats.words["document"], formats.words["issuer"]
    last = next((n for n in range(len(out) - 1, 0, -1) if document.search(out[n][-1].text)), 0)
    first = next((n for n in range(last) if _begins_document(out[n][0].text, issuer)), last)
    return [*out[:first], [item for group in out[first : last + 1] for item in group], *out[last + 1 :]]


def is_document(run: Sequence[Item], formats: Formats) -> bool:
    """Whether headings are the title of a document that takes several lines."""
    groups = broken_lines([item for item in run if not item.kicker], formats)
    return any(len(group) > 1 and formats.words["document"].search(group[-1].text) for group in groups)


def heads_a_notice(item: Item, formats: Formats) -> bool:
    """Whether a heading is the title of a notice or of a box, which is an article of its own wherever it stands."""
    text = item.text.replace(" ", "")
    return not item.kicker and (formats.says("notice", text) or formats.says("box", text))


def _begins_document(text: str, issuer: re.Pattern[str]) -> bool:
    return text.startswith("关于") or all(issuer.fullmatch(name) for name in text.split(" "))


def _by_wording(run: Sequence[Item], text: str, title: Title, formats: Formats) -> None:
    lines = [item for item in run if not item.kicker]
    title.kicker.extend(item.strand for item in run if item.kicker)
    if not lines:
        if run[-1].label:
            return
        # A kicker alone is the headline after all.
        title.headline, title.kicker = [item.strand for item in run], []
        return
    groups = [_Lines([item.strand for item in group], "".join(item.text for item in group)) for group in broken_lines(lines, formats)]
    several = len(groups) > 1
    figures = [_FIGURE.search(group.text) is not None for group in groups]
    if figures == [True, False] and not _one_line(groups[0].text, groups[1].text):
        # The text repeats the figure of the kicker (增速居全市第3位) word for word, and not what the headline makes of it.
        title.kicker.extend(groups[0].strands)
        title.headline.extend(groups[1].strands)
        return
    counted = [_COUNTED.search(group.text) is not None for group in groups]
    weight = counted == [False, True] and not any(item.kicker for item in run) and phrases(groups[0].text) == 0
    if weight and _width(groups[1].text) <= _width(groups[0].text) + AS_WIDE:
        # A deed and the figure it came to (新路通车 | 进城少走8公里) are one headline; a longer line says all, what stands over it is a theme.
        title.headline.extend(strand for group in groups for strand in group.strands)
        return
    shares = [overlap(group.text, text) for group in groups]
    kicked = run[0].kicker  # 某某在调研时强调 and two lines: what was said is in both
    faint = [several and not kicked and share < FAINT * max(shares) for share in shares]
    for n, group in enumerate(groups):
        # Half of a headline may say what the text says in other words.
        beside = [m for m in (n - 1, n + 1) if 0 <= m < len(groups) and not faint[m] and _even(group.text, groups[m].text)]
        faint[n] = faint[n] and not beside
    told: list[_Lines] = []
    for group, weak in zip(groups, faint, strict=True):
        banner = several and phrases(group.text) >= BANNER_PHRASES
        trailing = several and group.text.endswith("……")
        if banner or weak or trailing:
            title.kicker.extend(group.strands)
        else:
            told.append(group)
    for n, group in enumerate(told):
        # Of two whole lines the upper one is the kicker, as papers set them; a line broken in two is one headline.
        paired = n + 2 < len(told) and _even(told[n + 1].text, told[n + 2].text)  # whose lower half is short, but not alone
        above = n + 1 < len(told) and not kicked and not _one_line(group.text, told[n + 1].text, alone=not paired)
        (title.kicker if above else title.headline).extend(group.strands)


class _Lines(NamedTuple):
    """Lines that can only be one headline, and their text."""

    strands: Sequence[Strand]
    text: str


def _one_line(upper: str, lower: str, *, alone: bool = True) -> bool:
    """Whether two lines are one headline: the upper one breaks off, both are set alike, or the lower one is too short to stand alone."""
    if len(upper) <= LABEL_LENGTH or _BREAKS_OFF.search(upper) or continues(upper, lower) > RUNS_ON:
        return True
    return _even(upper, lower) or (alone and len(lower) < SHORT_LOWER * len(upper))


def _width(text: str) -> float:
    """How many characters wide a line looks: marks take no room to speak of, digits and Latin letters half."""
    return sum(0.5 if character.isascii() else 1.0 for character in text if character not in _NARROW)


def _even(upper: str, lower: str) -> bool:
    return len(upper) == len(lower) >= SHORTEST_EVEN and " " not in upper + lower


def _split(strand: Strand, formats: Formats) -> tuple[Strand | None, Strand]:
    """The occasion a headline names first, and the rest of it."""
    found = _SAID.match(strand.text)
    if found is None or found.end() >= len(strand.text) - 3:
        return None, strand
    return _stripped(strand[: found.end()]), _stripped(strand[found.end() :])


def _stripped(strand: Strand) -> Strand:
    text = strand.text
    return strand[len(text) - len(text.lstrip(" ")) : len(text.rstrip(" "))]
