"""What a line is by what stands around it: who signs a notice, subheads set alike, lines of a poem, lists of people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.stages.articles.bylines import names_of
from pipeline.stages.articles.families import Formats
from pipeline.stages.articles.items import BARE_DATE, Item, Role, is_closed
from pipeline.stages.articles.titles import heads_a_notice

#: Who signs a notice is named in so few characters, without a mark between them.
_NAMED = re.compile(r"[^，。；：！？、0-9]{3,26}\Z")
#: A name behind the last full stop of a text: both stand in so many characters at its end.
NAME_WITHIN = 6
_NAME_LAST = re.compile(r"(?<=[。！？”]) ?(?P<name>[一-鿿]{2,4}|[一-鿿] [一-鿿])\Z")
#: The title of a box has so few characters.
LONGEST_BOX = 14
#: A picture's photographer, who wrote nothing; what a caption says is seen, in so many characters at most.
_PHOTOGRAPHER = re.compile(r"[^文图/ ] ?摄(?:影)?[）】]?\Z")
_SEEN = re.compile(r"[^。“”：]{0,30}[一-鿿](?:正在|正|在|向|为)[^。“”：]{2,40}。[^“”：]*\Z")
LONGEST_CAPTION = 90
#: What is seen somewhere, in one clause, without a figure or a word of anybody's.
_SCENE = re.compile(
    r"(?![他她它这那我])[一-鿿、]{2,14}?(?:(?:正在|正|忙着)[一-鿿]{3,14}|[在向为给][一-鿿]{2,10}[里中上下内旁边前间][一-鿿]{2,10}"
    r"|沿[一-鿿]{1,4}而建|依[一-鿿]{1,3}而建|一字排开|错落有致|鳞次栉比|硕果累累|挂满枝头|整装待发|长势喜人|郁郁葱葱|机器轰鸣|连片成景)。\Z"
)
_TOOK = re.compile(r"(?:文/图|图/文|文图|摄影报道|文/摄|文并图|文 ?/ ?摄影|[文/、 ]摄)")
_SHOWN = re.compile(r"(?:[。，]|\A)(?:图为|图片为|图中为)[^。]{4,60}。?\Z")
#: Points of a text that are set as lines of their own, each kind with its mark: ——拆，码头退出见真章。 ●管护有人，用水有数 01 / 品质上台阶
_MARKS = (
    re.compile(r"(?:——|—|--)[^。]{3,44}。?\Z"),
    re.compile(r"[●◆■★▌◎❶-❿①-⑩] ?[^。；]{3,40}\Z"),
    re.compile(r"(?:[Nn][Oo][.]?|PART|Part)? ?0?[1-9](?: ?[/|丨：]| ) ?[^。；0-9][^。；]{2,40}\Z"),
)
_SHORT_DASHED = re.compile(r"(?:——|—|--)[^。，；：]{3,18}\Z")
LONGEST_POINT = 48
#: An item of a list of people: a name, and after a space who it is.
_WHO = re.compile(r"[一-鿿]{4,40}\Z")
FEWEST_PEOPLE = 3
#: Verses have so few characters and no space in them, and a poem so many at least.
_VERSE = re.compile(r"[一-鿿“”‘’《》，、！？…—·]{2,20}\Z")
FEWEST_VERSES = 4
_PADDED_NAME = re.compile(r"(?!目 录|前 言|后 记|按 语|通 知|公 告|公 示|启 事|通 告|声 明|编 者|题 记|尾 声)[一-鿿] [一-鿿](?: [一-鿿])?\Z")
_NUMBERED = re.compile(r"[0-9]{1,2}[.、．]|（[0-9]{1,2}）")
_ATTACHED = re.compile(r"附件[一二三四五六0-9]{0,2}：?")


def settle(items: list[Item], formats: Formats) -> None:
    """Sets the roles of those pieces that the pieces around them give away."""
    _boxes(items, formats)
    _signed_again(items, formats)
    _captions(items)
    _titles_of_documents(items, formats)
    _attachments(items)
    _people(items, formats)
    _signatures(items, formats)
    _points(items, formats)
    _authors(items, formats)
    _verses(items)


def _boxes(items: Sequence[Item], formats: Formats) -> None:
    """The title of a box heads an article wherever it stands; so does every line of a list of other texts to read (往期推荐)."""
    listed = 0
    for item in items:
        text = item.text.strip("【】[]■●◆").replace(" ", "")
        short = item.role in (Role.SHORT, Role.HEADING, Role.BODY) and len(text) <= LONGEST_BOX and not (item.lede or item.listed or item.label)
        more = short and formats.says("more", text)
        if more or (short and formats.says("box", text)):
            item.role, item.apart, item.kicker = Role.HEADING, True, more
            listed = int(more)
        elif listed and item.role is Role.SHORT:
            item.role, item.apart = Role.HEADING, listed > 1  # the first stands under the title of the list
            listed += 1
        else:
            listed = 0


def _signed_again(items: Sequence[Item], formats: Formats) -> None:
    """A reporter whom the page names elsewhere may sign a text with nothing but the name behind its last full stop."""
    ends = [
        item
        for item in items
        if item.role in (Role.BODY, Role.SHORT) and not item.level and item.credit is None and _NAME_LAST.search(item.text[-NAME_WITHIN:])
    ]
    if not ends:
        return
    named = [item.lede or item.credit or (item.strand if item.role is Role.BYLINE else None) for item in items]
    reporters = {name for strand in named if strand is not None for name in names_of(strand.text, formats)}
    for item in ends:
        found = _NAME_LAST.search(item.text)
        if found is not None and found["name"].replace(" ", "") in reporters:
            item.role, item.credit = Role.BODY, item.strand[found.start("name") :]
            item.strand = item.strand[: found.start()]


def _captions(items: Sequence[Item]) -> None:
    """A sentence of what is seen, among texts and right over its photographer's line, is a caption."""
    for before, item, after in zip(items, items[1:], items[2:], strict=False):
        credited = after.role is Role.BYLINE and _PHOTOGRAPHER.search(after.text) is not None
        plain = item.role is Role.BODY and not (item.lede or item.credit or item.whole or item.listed)
        if credited and plain and before.role is Role.BODY and len(item.text) <= LONGEST_CAPTION and _SEEN.match(item.text):
            item.role = Role.CAPTION
    for n, (item, after) in enumerate(pairwise(items)):
        headed = n > 0 and items[n - 1].role in (Role.SHORT, Role.HEADING)
        credited = after.role is Role.BYLINE and _PHOTOGRAPHER.search(after.text) is not None
        if credited and not headed and item.role is Role.BODY and item.lede is None and _SHOWN.search(item.text):
            item.role = Role.CAPTION  # …游人如织。图为姑娘在城门前留影。
        over = n > 0 and (items[n - 1].role is Role.CAPTION or items[n - 1].credit is not None)
        if credited and over and item.role is Role.BODY and not (item.lede or item.credit or item.listed) and len(item.text) <= LONGEST_CAPTION:
            item.role = Role.CAPTION  # a picture by itself, between two stories
    _scenes(items)


def _scenes(items: Sequence[Item]) -> None:
    """Under a byline of somebody who took pictures too, a short sentence by itself among long paragraphs says what one shows."""
    pictured = False
    for before, item, after in zip(items, items[1:], items[2:], strict=False):
        signed = before.strand if before.role is Role.BYLINE else before.lede
        pictured = pictured if signed is None else _TOOK.search(signed.text) is not None
        bare = item.role in (Role.BODY, Role.SHORT) and not (item.level or item.lede or item.credit or item.whole or item.listed)
        among = before.role is Role.BODY and after.role is Role.BODY and min(len(before.text), len(after.text)) > 2 * len(item.text)
        if pictured and bare and among and _SCENE.match(item.text):
            item.role = Role.CAPTION


def _titles_of_documents(items: Sequence[Item], formats: Formats) -> None:
    """The body that issues a document, in the first line of its title, signs nothing there."""
    for n, item in enumerate(items):
        if item.role is not Role.BYLINE or not formats.words["issuer"].fullmatch(item.text):
            continue
        if n and items[n - 1].role in (Role.SHORT, Role.HEADING):
            continue  # under a title, as the body that reports
        below = _run(items, n + 1)
        if below and any(formats.words["document"].search(piece.text) for piece in below[:3]):
            item.role = Role.SHORT


def _run(items: Sequence[Item], start: int) -> list[Item]:
    """The short lines that begin here."""
    out: list[Item] = []
    while start < len(items) and items[start].role in (Role.SHORT, Role.HEADING):
        out.append(items[start])
        start += 1
    return out


def _signatures(items: Sequence[Item], formats: Formats) -> None:
    """The bodies that issue a notice stand under its text, the day under them; in a notice also without a day."""
    for n, item in enumerate(items):
        if item.role is Role.BODY and BARE_DATE.match(item.text):
            first = n
            while first and items[first - 1].role in (Role.SHORT, Role.BYLINE) and not items[first - 1].level and _NAMED.match(items[first - 1].text):
                first -= 1
            if first < n and first and items[first - 1].role in (Role.BODY, Role.TABLE):
                for signed in items[first : n + 1]:
                    signed.role = Role.BYLINE
        elif (
            item.role is Role.SHORT
            and not item.level
            and formats.words["issuer"].fullmatch(item.text)
            and n
            and items[n - 1].role is Role.BODY
            and is_closed(items[n - 1].text)
        ):
            last = n + 1 == len(items) or items[n + 1].role is not Role.BODY
            titled = any(formats.words["document"].search(piece.text) for piece in _run(items, n + 1)[:3])
            if last and not titled and _in_notice(items, n, formats):
                item.role = Role.BYLINE


def _ends(item: Item) -> bool:
    """Whether a text ends here."""
    return item.role is Role.BODY and (item.whole or is_closed(item.text))


def _in_notice(items: Sequence[Item], n: int, formats: Formats) -> bool:
    """Whether the nearest title over a piece is that of a notice."""
    for piece in reversed(items[:n]):
        if piece.role in (Role.SHORT, Role.HEADING) and not piece.section:
            return heads_a_notice(piece, formats)
    return False


def _attachments(items: Sequence[Item]) -> None:
    """What is attached to a notice may be counted in the lines under 附件：."""
    for before, item in pairwise(items):
        if (
            item.role is Role.SHORT
            and _NUMBERED.match(item.text)
            and before.role is Role.BODY
            and before.whole
            and (_ATTACHED.match(before.text) or _NUMBERED.match(before.text))
        ):
            item.role, item.whole = Role.BODY, True


def _points(items: Sequence[Item], formats: Formats) -> None:
    """Two or more lines set alike, each right under a text and over another, are the subheads of one; of a list none is. A short
    dashed line is one even alone: over a headline no dash stands."""
    for mark in _MARKS:
        points: list[Item] = []
        torn: list[Item] = []
        news = 0
        for n, (before, item, after) in enumerate(zip(items, items[1:], items[2:], strict=False)):
            if item.level or len(item.text) > LONGEST_POINT or not mark.match(item.text) or item.role not in (Role.SHORT, Role.HEADING, Role.BODY):
                continue
            if before.role is not Role.BODY or before.credit is not None or mark.match(before.text) or not is_closed(before.text):
                continue
            if after.listed or after.level or mark.match(after.text):
                continue
            if after.role is Role.BODY and len(after.text) > len(item.text):
                points.append(item)
                news += after.lede is not None or any(pattern.match(after.text) for _, pattern in formats.parts.get("opening", ()))
            elif after.role is Role.SHORT and not after.gap and n + 3 < len(items) and items[n + 3].role is Role.BODY and not items[n + 3].gap:
                points.append(item)
                torn.append(after)  # the first line of a wrapped paragraph
        alone = len(points) == 1 and not torn and _SHORT_DASHED.match(points[0].text)
        if (len(points) > 1 and 2 * news <= len(points)) or (alone and not news):
            for item in points:
                item.role, item.section, item.kicker = Role.HEADING, True, False
            for item in torn:
                item.role = Role.BODY


def _people(items: Sequence[Item], formats: Formats) -> None:
    """Lines in a row each of which names somebody and says who it is are a list."""
    name = formats.words["name"]
    run: list[Item] = []
    for item in [*items, None]:
        found = name.match(item.text) if item is not None and item.role in (Role.SHORT, Role.SPEAKER) and not item.level else None
        if item is not None and found is not None and item.text[found.end() : found.end() + 1] == " " and _WHO.match(item.text, found.end() + 1):
            run.append(item)
            continue
        if len(run) >= FEWEST_PEOPLE:
            for one in run:
                one.role = Role.TABLE  # the space between the two stays
        run = []


def _authors(items: Sequence[Item], formats: Formats) -> None:
    """A name set apart (苗 禾) between a headline and its text, or a poem, is its author's."""
    name = formats.words["name"]
    for n, item in enumerate(items[1:-1], start=1):
        if item.role is not Role.SHORT or item.level or not _PADDED_NAME.match(item.text) or items[n - 1].role not in (Role.SHORT, Role.HEADING):
            continue
        poem = all(_is_verse(piece) for piece in items[n + 1 : n + 1 + FEWEST_VERSES]) and n + FEWEST_VERSES < len(items)
        if poem or (items[n + 1].role is Role.BODY and name.fullmatch(item.text)):
            item.role = Role.BYLINE


def _is_verse(item: Item) -> bool:
    return item.role is Role.SHORT and not (item.level or item.bold) and _VERSE.match(item.text) is not None


def _verses(items: Sequence[Item]) -> None:
    """Short lines in a row under the name of their author are a poem's; so are those of the stanzas after."""
    at = 0
    while at < len(items):
        end = at
        while end < len(items) and _is_verse(items[end]):
            end += 1
        if end - at >= FEWEST_VERSES and at and items[at - 1].role is Role.BYLINE:
            headed = end < len(items) and (items[end].lede is not None or items[end].role in (Role.BYLINE, Role.SPEAKER))
            gaps = sorted(item.gap for item in items[at + 1 : end])
            usual = gaps[len(gaps) // 2]
            for n in range(at, end):
                alone = n > at and items[n].gap > usual and n + 1 < end and items[n + 1].gap > usual  # the title of the next poem
                last = n + 1 == end and (headed or items[n].gap > usual)  # the next headline
                items[n].role = Role.HEADING if alone else items[n].role if last else Role.BODY
                items[n].whole = items[n].role is Role.BODY
        at = max(end, at + 1)
