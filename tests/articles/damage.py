"""Laying clean articles out as a newspaper does, and breaking them as an export of it does.

A page is cut into columns anywhere, in the middle of words too. Captions, page numbers and the names of editors land
between the halves of a paragraph; sometimes a box or a whole other story does. Headlines stand in a row over their
texts, or under them. Each function below makes pages of one such shape.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from tests.articles.more_stories import ALL_STORIES, BRIEFS, SPEECHES
from tests.articles.stories import STORIES, Story

FURNITURE = ("第3版", "责任编辑：杜小芸 校对：贺明", "新闻热线：000-00000000", "2022年5月18日 星期三", "A02")
KICKERS = ("喜迎盛会 建功一线", "聚焦民生实事", "乡村振兴在行动", "开局之年看发展 实干争先开新局", "我为群众办实事")
#: After these a cut leaves two whole paragraphs and nothing to find.
FINAL = "。！？；："


@dataclass
class Wanted:
    """An article that must come back."""

    headline: str
    paragraphs: list[str]
    subheads: list[str] = field(default_factory=list)


@dataclass
class Damaged:
    """A page, and what must be read from it."""

    text: str = ""
    articles: list[Wanted] = field(default_factory=list)
    cuts: int = 0


def lay_out(seed: int) -> Damaged:
    """Some stories one after another, in columns of random height."""
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
        page.articles.append(Wanted(story.headline, list(story.paragraphs)))
        blocks.append("## " + story.headline if marked else story.headline)
        if style == "line":
            blocks.append(f"记者 {story.reporter}")
        caption = story.caption if chance.random() < 0.6 else None
        for n, paragraph in enumerate(story.paragraphs):
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
    return Damaged("\n\n".join(blocks), [_wanted(outer), _wanted(inner)], 1)


def adorn(seed: int) -> Damaged:
    """Stories with kickers over or under their headlines and subheads between their paragraphs, cut into columns."""
    chance = random.Random(seed)
    stories = chance.sample(ALL_STORIES, chance.randint(2, 4))
    marked = chance.random() < 0.5
    after = chance.random() < 0.5
    column = chance.randint(120, 420)
    left = chance.randint(60, column)
    page = Damaged()
    blocks: list[str] = []
    for story in stories:
        wanted = _wanted(story)
        page.articles.append(wanted)
        kicker = chance.choice(("over", "own", "under", "none", "none"))
        if kicker == "over":
            blocks.append(chance.choice(KICKERS))
        if kicker == "own":
            blocks.append(story.subheads[1])
        blocks.append("## " + story.headline if marked else story.headline)
        if kicker == "under":
            blocks.append(f"——{story.subheads[0].replace(' ', '')}纪实")
        if not after:
            blocks.append(f"本报记者 {story.reporter}")
        headed = chance.random() < 0.5
        for n, paragraph in enumerate(story.paragraphs):
            if headed and n in (1, 3) and not (kicker == "own" and n == 3):
                wanted.subheads.append(story.subheads[n // 2])
                blocks.append("### " + story.subheads[n // 2] if marked else story.subheads[n // 2])
            pieces, left = _cut(paragraph, left, column, chance)
            page.cuts += len(pieces) - 1
            blocks += pieces
        if after:
            blocks.append(f"云溪县融媒体中心 {story.reporter}")
    page.text = "\n\n".join(blocks)
    return page


def stack(seed: int) -> Damaged:
    """Two or three headlines in a row, their texts under them in the same order; then a story as usual."""
    chance = random.Random(seed)
    stories = chance.sample(ALL_STORIES, chance.randint(3, 4))
    signed = chance.choice(("lede", "credit", "none"))
    top = stories[:-1]
    blocks = [chance.choice(KICKERS)] if chance.random() < 0.3 else []
    blocks += [story.headline for story in top]
    page = Damaged(articles=[_wanted(story) for story in stories])
    left = chance.randint(60, 300)
    for story in top:
        left = _set(story, blocks, page, left, chance, signed)
    blocks += [stories[-1].headline]
    _set(stories[-1], blocks, page, left, chance, signed)
    page.text = "\n\n".join(blocks)
    return page


def hang(seed: int) -> Damaged:
    """One of the stories has its headline under its text, as where the text ran up the next column."""
    chance = random.Random(seed)
    stories = chance.sample(ALL_STORIES, 3)
    late = chance.randrange(3)
    signed = chance.choice(("lede", "credit"))
    page = Damaged(articles=[_wanted(story) for story in stories])
    blocks: list[str] = []
    left = chance.randint(60, 300)
    for n, story in enumerate(stories):
        if n != late:
            blocks.append(story.headline)
        left = _set(story, blocks, page, left, chance, signed)
        if n == late:
            blocks.append(story.headline)
    page.text = "\n\n".join(blocks)
    return page


def weave(seed: int) -> Damaged:
    """Two or three stories whose parts alternate: what was left over of each stands behind parts of the others."""
    chance = random.Random(seed)
    stories = chance.sample(ALL_STORIES, chance.randint(2, 3))
    signed = chance.choice(("lede", "line"))
    together = chance.random() < 0.3
    page = Damaged(articles=[_wanted(story) for story in stories])
    blocks = [story.headline for story in stories] if together else []
    rests: list[list[str]] = []
    for story in stories:
        blocks += [] if together else [story.headline]
        if signed == "line" and not together:
            blocks.append(f"本报记者 {story.reporter}")
        at = chance.randrange(len(story.paragraphs) - 1)
        halves, _ = _cut(story.paragraphs[at], chance.randint(25, 60), 10_000, chance)
        page.cuts += len(halves) - 1
        first = [*story.paragraphs[:at], halves[0]]
        if signed == "lede" or together:
            first[0] = f"本报讯（记者 {story.reporter}）{first[0]}"
        blocks += first
        rests.append([*halves[1:], *story.paragraphs[at + 1 :]])
    chance.shuffle(rests)
    blocks += [piece for rest in rests for piece in rest]
    page.text = "\n\n".join(blocks)
    return page


def illustrate(seed: int) -> Damaged:
    """A caption in the middle of a paragraph of every story, with and without who took the picture."""
    chance = random.Random(seed)
    stories = chance.sample(ALL_STORIES, chance.randint(2, 3))
    page = Damaged(articles=[_wanted(story) for story in stories])
    blocks: list[str] = []
    for story in stories:
        blocks += [story.headline, f"本报记者 {story.reporter}"]
        broken = chance.randrange(len(story.paragraphs))
        for n, paragraph in enumerate(story.paragraphs):
            pieces, _ = _cut(paragraph, chance.randint(25, 70), 10_000, chance) if n == broken else ([paragraph], 0)
            caption = story.caption + chance.choice(("", "", f" {story.reporter} 摄", "（资料图片）"))
            page.cuts += len(pieces) - 1
            blocks += [pieces[0], *(["", caption, pieces[1]] if len(pieces) > 1 else [])]
    page.text = "\n\n".join(blocks)
    return page


def mark(seed: int) -> Damaged:
    """News in brief, headlines marked as the export pleased; some cut, and continued behind another; some headed in pairs."""
    chance = random.Random(seed)
    briefs = chance.sample(BRIEFS, chance.randint(5, 7))
    page = Damaged(articles=[Wanted(brief.headline, [brief.text]) for brief in briefs])
    blocks: list[str] = []
    n = 0
    while n < len(briefs):
        some = briefs[n : n + 2]
        texts = [f"{brief.text}（{brief.reporter}）" for brief in some]
        heads = [chance.choice(("# ", "## ", "", "")) + brief.headline for brief in some]
        if len(some) == 2 and chance.random() < 0.3:
            blocks += [some[0].headline, some[1].headline, *texts]
        elif len(some) == 2 and chance.random() < 0.4:
            halves, _ = _cut(texts[0], chance.randint(25, 60), 10_000, chance)
            page.cuts += len(halves) - 1
            blocks += [heads[0], halves[0], heads[1], texts[1], *halves[1:]]
        else:
            some, texts, heads = some[:1], texts[:1], heads[:1]
            blocks += [heads[0], texts[0]]
        n += len(some)
    page.text = "\n\n".join(blocks)
    return page


def confer(seed: int) -> Damaged:
    """A digest of speeches: title and speaker before or after the text, texts cut and continued one or two blocks on."""
    chance = random.Random(seed)
    speeches = chance.sample(SPEECHES, chance.randint(4, 6))
    intro = "十月二十日，云溪县召开三季度工作例会，乡镇和部门负责人先后作了交流发言，现将发言摘要刊登如下。"
    page = Damaged(articles=[Wanted("云溪县三季度工作例会发言摘要", [intro])])
    page.articles += [Wanted(speech.title, [speech.text]) for speech in speeches]
    blocks = [page.articles[0].headline, intro]
    waiting: list[str] = []
    title_first = chance.random() < 0.8
    for speech in speeches:
        heads = [speech.title, speech.speaker] if title_first else [speech.speaker, speech.title]
        pieces = [speech.text]
        if chance.random() < 0.6:
            pieces, _ = _cut(speech.text, chance.randint(60, 110), 10_000, chance)
            page.cuts += len(pieces) - 1
        before = chance.random() < 0.7
        blocks += [*heads, pieces[0]] if before else [pieces[0]]
        if len(pieces) > 1 and chance.random() < 0.5:
            waiting.append(pieces[1])
            blocks += [] if before else heads
            continue
        blocks += [*waiting, *pieces[1:]] if chance.random() < 0.5 else [*pieces[1:], *waiting]
        waiting = []
        blocks += [] if before else heads
    page.text = "\n\n".join([*blocks, *waiting])
    return page


def _wanted(story: Story) -> Wanted:
    return Wanted(story.headline, list(story.paragraphs))


def _set(story: Story, blocks: list[str], page: Damaged, left: int, chance: random.Random, signed: str) -> int:
    """A story's paragraphs set in columns, with who wrote it before or after."""
    last = len(story.paragraphs) - 1
    for n, paragraph in enumerate(story.paragraphs):
        pieces, left = _cut(paragraph, left, 400, chance)
        page.cuts += len(pieces) - 1
        if signed == "lede" and n == 0:
            pieces[0] = f"本报讯（记者 {story.reporter}）{pieces[0]}"
        if signed == "credit" and n == last:
            pieces[-1] = f"{pieces[-1]}（{story.reporter}）"
        blocks += pieces
    return left


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
