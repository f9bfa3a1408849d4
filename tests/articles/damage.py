"""Laying clean articles out as a newspaper does, and breaking them as an export of it does.

A page is cut into columns anywhere, in the middle of words too. Captions, page numbers and the names of editors land
between the halves of a paragraph; sometimes a box or a whole other story does.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from tests.articles.stories import STORIES, Story

FURNITURE = ("第3版", "责任编辑：杜小芸 校对：贺明", "新闻热线：000-00000000", "2022年5月18日 星期三", "A02")
#: After these a cut leaves two whole paragraphs and nothing to find.
FINAL = "。！？；："


@dataclass
class Damaged:
    """A page, and what must be read from it."""

    text: str = ""
    paragraphs: list[str] = field(default_factory=list)
    headlines: list[str] = field(default_factory=list)
    subheads: list[str] = field(default_factory=list)
    cuts: int = 0


def lay_out(seed: int) -> Damaged:
    """A page of some of the stories, in columns of random height."""
    chance = random.Random(seed)
    stories = chance.sample(STORIES, chance.randint(2, 5))
    style = chance.choice(("lede", "line", "after"))
    marked = chance.random() < 0.4
    column = chance.randint(90, 420)
    page = Damaged()
    blocks: list[str] = []
    left = chance.randint(40, column)
    if chance.random() < 0.5:
        blocks.append(chance.choice(FURNITURE))
    for story in stories:
        page.headlines.append(story.headline)
        blocks.append("## " + story.headline if marked else story.headline)
        if style == "line":
            blocks.append(f"记者 {story.reporter}")
        caption = story.caption if chance.random() < 0.6 else None
        for n, paragraph in enumerate(story.paragraphs):
            page.paragraphs.append(paragraph)
            pieces, left = _cut(paragraph, left, column, chance)
            page.cuts += len(pieces) - 1
            for m, piece in enumerate(pieces):
                if m and caption and chance.random() < 0.5:
                    blocks += ["", caption]
                    caption = None
                if m and chance.random() < 0.15:
                    blocks.append(chance.choice(FURNITURE))
                blocks.append(f"本报讯（记者 {story.reporter}）{piece}" if style == "lede" and not n and not m else piece)
        if style == "after":
            blocks.append(f"通讯员 {story.reporter}")
    page.text = "\n\n".join(blocks)
    if chance.random() < 0.5:
        page.text = page.text.replace("，", ",").replace("：", ":").replace("；", ";")
    return page


def scatter(seed: int) -> Damaged:
    """Two stories, one of which stands between the two halves of a paragraph of the other."""
    chance = random.Random(seed)
    outer, inner = chance.sample(STORIES, 2)
    broken = chance.randrange(len(outer.paragraphs))
    halves, _ = _cut(outer.paragraphs[broken], chance.randint(25, 70), 10_000, chance)
    blocks = [outer.headline, f"记者 {outer.reporter}", *outer.paragraphs[:broken], halves[0]]
    blocks += [inner.headline, f"记者 {inner.reporter}", *inner.paragraphs]
    blocks += [*halves[1:], *outer.paragraphs[broken + 1 :]]
    page = Damaged("\n\n".join(blocks), [*outer.paragraphs, *inner.paragraphs], [outer.headline, inner.headline], 1)
    return page


KICKERS = ("喜迎盛会 建功一线", "聚焦民生实事", "乡村振兴在行动", "开局之年看发展 实干争先开新局", "我为群众办实事")


def adorn(seed: int) -> Damaged:
    """Stories with kickers over or under their headlines and subheads between their paragraphs, cut into columns."""
    chance = random.Random(seed)
    stories = chance.sample(STORIES, chance.randint(2, 4))
    marked = chance.random() < 0.5
    after = chance.random() < 0.5
    column = chance.randint(120, 420)
    left = chance.randint(60, column)
    page = Damaged()
    blocks: list[str] = []
    for story in stories:
        page.headlines.append(story.headline)
        kicker = chance.choice(("over", "under", "none", "none"))
        if kicker == "over":
            blocks.append(chance.choice(KICKERS))
        blocks.append("## " + story.headline if marked else story.headline)
        if kicker == "under":
            blocks.append(f"——{story.subheads[0].replace(' ', '')}纪实")
        if not after:
            blocks.append(f"本报记者 {story.reporter}")
        headed = chance.random() < 0.5
        for n, paragraph in enumerate(story.paragraphs):
            if headed and n in (1, 3):
                page.subheads.append(story.subheads[n // 2])
                blocks.append("### " + story.subheads[n // 2] if marked else story.subheads[n // 2])
            page.paragraphs.append(paragraph)
            pieces, left = _cut(paragraph, left, column, chance)
            page.cuts += len(pieces) - 1
            blocks += pieces
        if after:
            blocks.append(f"云溪县融媒体中心 {story.reporter}")
    page.text = "\n\n".join(blocks)
    return page


def _cut(paragraph: str, left: int, column: int, chance: random.Random) -> tuple[list[str], int]:
    """The paragraph cut where columns end, and what is left of the last column."""
    pieces: list[str] = []
    while len(paragraph) > left:
        at = left
        while at < len(paragraph) and (paragraph[at - 1] in FINAL or paragraph[at : at + 1] in "，。、；：！？”）"):
            at += 1
        if at >= len(paragraph) - 1 or at < 2:
            break
        pieces.append(paragraph[:at])
        paragraph = paragraph[at:]
        left = column + chance.randint(-15, 15)
    pieces.append(paragraph)
    return pieces, max(2, left - len(paragraph))


def stories_of(headlines: list[str]) -> list[Story]:
    """The stories with these headlines."""
    return [story for story in STORIES if story.headline in headlines]
