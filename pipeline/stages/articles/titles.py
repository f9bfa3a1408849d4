"""Runs of headings: whether they head an article or a section of one, and which of their lines is the headline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

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
#: Two lines whose seam reads so well are one.
RUNS_ON = 0.7
#: A lower line with so little of the upper one's length is its second half.
SHORT_LOWER = 0.6
#: Notices and lists are articles of their own.
NOTICE = re.compile(r"(?:公告|通告|公示|启事|声明|通知|讣告|统计公报|任免名单|任免职名单)$|^(?:公告|通告|公示|启事)")
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
        _by_wording(run, text, title)
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


def _by_wording(run: Sequence[Item], text: str, title: Title) -> None:
    lines = [item for item in run if not item.kicker]
    title.kicker.extend(item.strand for item in run if item.kicker)
    if not lines:
        if run[-1].label:
            return
        # A kicker alone is the headline after all.
        title.headline, title.kicker = [item.strand for item in run], []
        return
    shares = {id(item): overlap(item.text, text) for item in lines}
    figures = [_FIGURE.search(item.text) is not None for item in lines]
    if len(lines) == 2 and figures[0] != figures[1] and not _one_line(lines[0].text, lines[1].text):
        # The text repeats the figure of the kicker (增速居全市第3位) word for word, and not what the headline makes of it.
        kicker, headline = sorted(lines, key=lambda item: _FIGURE.search(item.text) is None)
        title.kicker.append(kicker.strand)
        title.headline.append(headline.strand)
        return
    best = max(shares.values())
    told: list[Item] = []
    kicked = run[0].kicker  # 某某在调研时强调 and two lines: what was said is in both
    for item in lines:
        banner = len(lines) > 1 and phrases(item.text) >= BANNER_PHRASES
        faint = len(lines) > 1 and not kicked and shares[id(item)] < FAINT * best
        trailing = len(lines) > 1 and item.text.endswith("……")
        if banner or faint or trailing:
            title.kicker.append(item.strand)
        else:
            told.append(item)
    for n, item in enumerate(told):
        # Of two whole lines the upper one is the kicker, as papers set them; a line broken in two is one headline.
        above = n + 1 < len(told) and not kicked and not _one_line(item.text, told[n + 1].text)
        (title.kicker if above else title.headline).append(item.strand)


def _one_line(upper: str, lower: str) -> bool:
    """Whether two lines are one headline: the upper one breaks off, or the lower one is too short to stand alone."""
    if len(upper) <= LABEL_LENGTH or _BREAKS_OFF.search(upper) or continues(upper, lower) > RUNS_ON:
        return True
    return len(lower) < SHORT_LOWER * len(upper)


def _split(strand: Strand, formats: Formats) -> tuple[Strand | None, Strand]:
    """The occasion a headline names first, and the rest of it."""
    found = _SAID.match(strand.text)
    if found is None or found.end() >= len(strand.text) - 3:
        return None, strand
    return _stripped(strand[: found.end()]), _stripped(strand[found.end() :])


def _stripped(strand: Strand) -> Strand:
    text = strand.text
    return strand[len(text) - len(text.lstrip(" ")) : len(text.rstrip(" "))]
