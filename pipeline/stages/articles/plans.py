"""When the order of a page does not say which text belongs under which headline, and what its wording says then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import inf
from typing import NamedTuple

from pipeline.stages.articles.drafts import Unit
from pipeline.stages.articles.families import Formats
from pipeline.stages.articles.items import Item, Role
from pipeline.stages.articles.threads import Head, Passage, Story, read_threads
from pipeline.stages.articles.titles import broken_lines, overlap


class Row(NamedTuple):
    """A row of headings: where it ends, and the evidence that it heads an article."""

    end: int
    weight: float


@dataclass
class Plan:
    """The story of every paragraph, those that go on with one before it, and the headlines that begin stories, by the row of
    headings they stand in."""

    units: Sequence[Unit]
    story_of: dict[int, int] = field(default_factory=dict)
    joined: dict[int, int] = field(default_factory=dict)
    titles: dict[int, list[tuple[int, list[Item]]]] = field(default_factory=dict)

    @classmethod
    def of(cls, units: Sequence[Unit], rows: Mapping[int, Row], ends: Callable[[int], bool], formats: Formats) -> Plan | None:
        """The plan of a page whose order leaves it open; nothing where every text stands under its one headline."""
        page = _Page(units, rows, ends, formats)
        if page.tangled():
            return page.plan(read_threads(page.heads, page.passages))
        sure = _Page(units, {start: row for start, row in rows.items() if row.weight > 0}, ends, formats)
        if len(sure.heads) > len(sure.rows):
            return sure.plan(sure.row_by_row())
        return None

    def text_of(self, story: int) -> str:
        return "".join(self.units[n].text for n, of in self.story_of.items() if of == story)[:1200]


#: What it is worth that a seam was chosen before what stories speak of was known.
LIKELY = 1.5
#: So many times more of a line's wording one text must repeat than another does, or might by chance.
REPEATED, LEAST_REPEATED = 2.0, 0.2
#: A longer text is no newspaper page, and its order is right.
MOST_PASSAGES = 150
#: A paragraph in such need begins in mid-sentence.
LOOSE = 1.5
#: Inside a story a seam that is so sure is one, where those that either side might have instead are so much less so.
SEAM, MARGIN = 1.5, 1.0


class _Page:
    """The headlines and paragraphs of a page, numbered as threads want them."""

    def __init__(self, units: Sequence[Unit], rows: Mapping[int, Row], ends: Callable[[int], bool], formats: Formats) -> None:
        self.units = units
        self.rows = list(rows)
        self.bodies = [n for n, unit in enumerate(units) if unit.role is Role.BODY]
        number = {id(units[n]): k for k, n in enumerate(self.bodies)}
        self.lines: list[list[Item]] = []
        self.heads: list[Head] = []
        for row, start in enumerate(self.rows):
            below = sum(n < start for n in self.bodies)
            for items in _lines([units[n].head for n in range(start, rows[start].end)], formats):
                self.lines.append(items)
                self.heads.append(Head("".join(item.text for item in items), row, below, rows[start].weight))
        first_under = {head.before: head.run for head in self.heads}
        self.passages: list[Passage] = []
        listed: int | None = None  # the last item of a list
        paragraph = {id(item): k for k, n in enumerate(self.bodies) for item in units[n].items}
        for k, n in enumerate(self.bodies):
            unit = units[n]
            ended = any(ends(m) for m in range(self.bodies[k - 1] if k else 0, n))
            adjacent = k > 0 and self.bodies[k - 1] == n - 1
            counted = adjacent and self.passages[k - 1].leads_on  # 任命： and what stands under it
            jump = paragraph.get(id(unit.head.goes_on), k) if unit.head.goes_on is not None else k
            resumes = number[id(unit.resumes)] if unit.resumes is not None else None
            self.passages.append(
                Passage(
                    "\n".join(item.text for item in unit.items),
                    lede=unit.head.lede is not None,
                    alone=unit.head.apart,
                    after_end=ended and (unit.head.first or not unit.head.listed),
                    item_after=jump if jump < k else k - 1 if counted else listed if unit.head.listed and not unit.head.first else None,
                    first_item=unit.head.first or (unit.head.whole and k in first_under),
                    leads_on=unit.text[-1:] in ("：", "；") or unit.head.whole,
                    under=first_under.get(k),
                    orphan=unit.need >= LOOSE,
                    open=unit.open,
                    resumes=resumes,
                    joins={number[id(before)]: score + LIKELY * (before is unit.likely) for before, score in unit.joins},
                )
            )
            if unit.head.listed and not unit.head.apart:
                listed = k

    def tangled(self) -> bool:
        """Whether a story begins without a headline, a headline stands under the last text, or a sentence was left open."""
        if not self.heads or not 2 <= len(self.passages) <= MOST_PASSAGES:
            return False
        for k, passage in enumerate(self.passages):
            if passage.resumes is not None or passage.open or (passage.item_after is not None and passage.item_after < k - 1):
                return True
            if (passage.lede or passage.after_end or passage.alone or k == 0) and passage.under is None:
                return True
        return self.heads[-1].before == len(self.passages)

    def row_by_row(self) -> list[Story]:
        """The stories of a page every text of which stands under the row with its headline."""
        firsts = [self.heads[self.lines_of(row)[0]].before for row in range(len(self.rows))]
        stories = [Story((), list(range(firsts[0])))] if firsts[0] else []
        for row, (first, end) in enumerate(pairwise([*firsts, len(self.passages)])):
            lines = self.lines_of(row)
            # Where the first text under a row has a lede and no other has, they are one story.
            begun = [k for k in range(first, end) if self.passages[k].lede or self.passages[k].after_end]
            lone = first < end and self.passages[first].lede and begun == [first]
            if len(lines) == 1 or end - first < 2 or lone:
                stories.append(Story(tuple(lines), list(range(first, end))))
                continue
            heads = [replace(self.heads[line], before=0) for line in lines]
            for story in read_threads(heads, [_counted_from(first, passage) for passage in self.passages[first:end]]):
                stories.append(Story(tuple(lines[line] for line in story.heads), [first + k for k in story.passages]))
        return stories

    def lines_of(self, row: int) -> list[int]:
        return [line for line, head in enumerate(self.heads) if head.run == row]

    def plan(self, stories: Sequence[Story]) -> Plan:
        plan = Plan(self.units)
        of_line = {line: number for number, story in enumerate(stories) for line in story.heads}
        for number, story in enumerate(stories):
            plan.story_of.update((self.bodies[k], number) for k in story.passages)
            self._join(story, plan)
        first_under = {self.passages[k].under: k for k in reversed(range(len(self.passages)))}
        for row, start in enumerate(self.rows):
            lines = self.lines_of(row)
            k = first_under.get(row)
            goes_on = k is not None and any(k in story.passages[1:] for story in stories)
            if goes_on and not any(line in of_line for line in lines):
                continue  # the story goes on under it: a subhead
            plan.titles[start] = self._titles(lines, of_line, len(stories) + row, plan)
        return plan

    def _join(self, story: Story, plan: Plan) -> None:
        """Paragraphs of a story go on with the one before them that it left open, or with the one it most likely was."""
        left_open = {k for k in story.passages if self.passages[k].open}
        for last, after in pairwise(story.passages):
            likely = self.units[self.bodies[after]].likely
            for before in (last, *(k for k in left_open if self.units[self.bodies[k]] is likely)):
                if before in left_open and self._goes_on(before, after):
                    first = self.bodies[before]
                    plan.joined[self.bodies[after]] = plan.joined.get(first, first)
                    left_open.remove(before)
                    break

    def _goes_on(self, before: int, after: int) -> bool:
        """Whether a seam inside a story is one: neither side has another on the page that is nearly as good."""
        score = self.passages[after].joins.get(before, -inf)
        rivals = [other for k, other in self.passages[after].joins.items() if k != before]
        rivals += [passage.joins[before] for k, passage in enumerate(self.passages) if k != after and before in passage.joins]
        return score >= SEAM and score - max(rivals, default=-inf) >= MARGIN

    def _titles(self, lines: Sequence[int], of_line: Mapping[int, int], alone: int, plan: Plan) -> list[tuple[int, list[Item]]]:
        """A line without a text of its own stands over the next headline of its row, or under the last, or beside the one whose
        text repeats its wording so much more than any other's."""
        titles: defaultdict[int, list[Item]] = defaultdict(list)
        for at, line in enumerate(lines):
            story = of_line.get(line)
            if story is None:
                near = [of_line[other] for other in (*lines[at + 1 :], *reversed(lines[:at])) if other in of_line]
                story = near[0] if near else alone
                shares = sorted(((overlap(self.heads[line].text, plan.text_of(other)), other) for other in set(near)), reverse=True)
                if len(shares) > 1 and shares[0][0] >= REPEATED * max(shares[1][0], LEAST_REPEATED):
                    story = shares[0][1]
            titles[story].extend(self.lines[line])
        return list(titles.items())


def _counted_from(first: int, passage: Passage) -> Passage:
    """The passage as it stands in the part of the page that begins with the passage `first`: what it points to there, and nothing before."""

    def there(n: int | None) -> int | None:
        return None if n is None or n < first else n - first

    joins = {n - first: score for n, score in passage.joins.items() if n >= first}
    return replace(passage, item_after=there(passage.item_after), resumes=there(passage.resumes), joins=joins, under=None)


def _lines(run: Sequence[Item], formats: Formats) -> list[list[Item]]:
    """The lines of a row that might each be a headline: kickers stay with theirs, and so do lines of different levels."""
    plain = [item for item in run if not (item.kicker or item.section)]
    if len({item.level for item in plain}) > 1:
        return [list(run)]
    whole = {id(item): n for n, group in enumerate(broken_lines(plain, formats)) for item in group}
    out: list[list[Item]] = []
    over: list[Item] = []
    last: int | None = None
    for item in run:
        if item.kicker or item.section:
            (out[-1] if out else over).append(item)
        elif out and whole[id(item)] == last:
            out[-1].append(item)  # the lower part of a broken headline
        else:
            out.append([*over, item])
            over = []
        last = whole.get(id(item), last)
    return out or [over]
