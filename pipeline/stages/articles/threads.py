"""Which story each paragraph of a page belongs to, where the order of the page alone does not say.

Headlines may stand in a row over their texts, a text may go on behind another story, a headline may stand under its
text. Every paragraph either goes on with the story before it, returns to an earlier one, or begins another, with or
without a headline; what speaks for each is counted together (wording shared with the headline and with the story, ledes,
signatures, sentences left open, the order of the page), and the reading of the whole page that adds up best is taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.stages.articles.wording import Wording

Title = tuple[int, ...]

#: How many readings of a page are followed at a time, and how far behind the best one at most.
BEAM, BEHIND = 8, 9.0
#: How many rows of headlines above a paragraph may still wait for their text, and how far below its last paragraph a story
#: may go on.
ROWS, FARTHEST = 4, 40
#: What wording shared with the headline is worth: all of it, and at most.
HEAD_WORTH, HEAD_MOST = 15.6, 4.0
#: What wording shared with a paragraph of the story is worth, what any two texts share, and the most it counts.
TEXT_WORTH, TEXT_USUAL, TEXT_MOST = 60.0, 1.04, 2.5
#: What it costs to return to an earlier story: usually, and where a sentence stands open in it or where this one breaks off.
RETURN, RETURN_OPEN, LEAVE_OPEN = 3.0, 0.5, 1.5
#: What it costs to begin a story where nothing marks a beginning, and less where a headline waits that shares its wording.
UNMARKED, WAITING, TOLD = 2.5, 1.2, 0.6
#: What it costs to begin the story of a headline that others stand below.
PASSED_OVER = 6.0
#: What it costs to go on past a headline, past a signature, and past another lede.
PAST_HEADLINE, PAST_END, PAST_LEDE = 3.0, 2.5, 15.0
#: What a story without a headline costs, one whose headline stands under it, and a headline without a text.
HEADLESS, LATE, TEXTLESS = 3.0, 2.5, 4.0
#: What each line over a story costs beyond the first.
MORE_LINES = 1.3
#: A line that begins in mid-sentence goes on with something.
ORPHAN = 2.0
#: What a seam with the story's last paragraph is worth, for what it reads like.
JOINT_WORTH, JOINT_MOST = 1.04, 5.0
#: What it is worth that the first item of a list stands right under its headline, whose wording it never shares.
FIRST_ITEM = 6.0
#: So many lines in a row are at most told apart.
MOST_LINES = 6


@dataclass(slots=True)
class Head:
    """A line (or more) that may be a headline; `run` numbers the row it stands in, `before` the first paragraph below,
    `weight` says how much the row looks as if it headed an article."""

    text: str
    run: int
    before: int
    weight: float


@dataclass(slots=True)
class Passage:
    """A paragraph: whether it begins a story by its lede, stands behind a signature, right under a headline, begins in
    mid-sentence, breaks off in one; the paragraph that it stands behind, where that is not the one before it; and those that
    it may go on with, and how well each seam reads; in a list, the item before it, or that it is the first; and
    whether it announces what stands right under it (…如下：). What stands `alone` is a story by itself, without a headline."""

    text: str
    lede: bool = False
    after_end: bool = False
    under: int | None = None
    orphan: bool = False
    open: bool = False
    resumes: int | None = None
    joins: dict[int, float] = field(default_factory=dict)
    item_after: int | None = None
    first_item: bool = False
    leads_on: bool = False
    alone: bool = False


@dataclass(slots=True)
class Story:
    """Headlines and paragraphs that belong together, by their numbers."""

    heads: tuple[int, ...] = ()
    passages: list[int] = field(default_factory=list)


class _Reading(NamedTuple):
    """A reading of the page so far: the headlines and the last paragraph of each story begun, the story of each paragraph."""

    score: float
    heads: tuple[Title, ...] = ()
    last: tuple[int, ...] = ()
    of: tuple[int, ...] = ()
    used: frozenset[int] = frozenset()

    def go_on(self, score: float, story: int) -> _Reading:
        n = len(self.of)
        return _Reading(score, self.heads, (*self.last[:story], n, *self.last[story + 1 :]), (*self.of, story), self.used)

    def begin(self, score: float, title: Title) -> _Reading:
        n, story = len(self.of), len(self.heads)
        return _Reading(score, (*self.heads, title), (*self.last, n), (*self.of, story), self.used.union(title))


def read_threads(heads: Sequence[Head], passages: Sequence[Passage]) -> list[Story]:
    """The stories of a page in the order of their first paragraphs."""
    return _Threads(heads, passages).run()


class _Threads:
    def __init__(self, heads: Sequence[Head], passages: Sequence[Passage]) -> None:
        self.heads = heads
        self.passages = passages
        wording = Wording([passage.text for passage in passages])
        repeated = wording.repeated([head.text for head in heads])
        self.told = [{n: min(HEAD_MOST, HEAD_WORTH * share) for n, share in shares.items()} for shares in repeated]
        self.told_by: dict[Title, list[float]] = {}
        self.likeness = wording.likeness()
        self.weights = {head.run: max(-PAST_HEADLINE, min(PAST_HEADLINE, head.weight)) for head in heads}
        self.rows: defaultdict[int, list[int]] = defaultdict(list)
        for line, head in enumerate(heads):
            self.rows[head.run].append(line)

    def run(self) -> list[Story]:
        readings = [_Reading(0.0)]
        for n in range(len(self.passages)):
            beginnings = self._beginnings(n)
            ways: list[tuple[float, int, int, Title | None]] = []
            for at, reading in enumerate(readings):
                ways += [(reading.score + score, at, story, None) for story, score in self._ways_on(reading, n)]
                ways += [(reading.score + score, at, -1, title) for title, score in beginnings if reading.used.isdisjoint(title)]
            ways.sort(key=lambda way: (-way[0], way[1], way[2]))
            least = ways[0][0] - BEHIND
            readings = [
                readings[at].go_on(score, story) if title is None else readings[at].begin(score, title)
                for score, at, story, title in ways[:BEAM]
                if score >= least
            ]
        best = max(readings, key=lambda reading: reading.score - self._left_over(reading))
        stories = [Story(heads) for heads in best.heads]
        for n, story in enumerate(best.of):
            stories[story].passages.append(n)
        return stories

    # -- going on ------------------------------------------------------------------------------------------------------

    def _ways_on(self, reading: _Reading, n: int) -> list[tuple[int, float]]:
        """The stories begun, each with what speaks for a paragraph's going on with it."""
        passage = self.passages[n]
        if not reading.of or passage.alone:
            return []
        if passage.item_after is not None:
            return [(reading.of[passage.item_after], 0.0)]
        shared: dict[int, float] = {}
        for m, like in self.likeness[n].items():
            if m < n and like > shared.get(reading.of[m], 0.0):
                shared[reading.of[m]] = like
        before = reading.of[self._before(n) if passage.resumes is None else passage.resumes]
        price = self._price_of_the_headline(n) + PAST_LEDE * passage.lede
        out: list[tuple[int, float]] = []
        for story, (title, last) in enumerate(zip(reading.heads, reading.last, strict=True)):
            if self.passages[last].alone or (story != before and last < n - FARTHEST):
                continue
            score = self._told_by(title, n) + min(TEXT_MOST, TEXT_WORTH * shared.get(story, 0.0) - TEXT_USUAL) - price
            if passage.joins:
                score += JOINT_WORTH * min(JOINT_MOST, passage.joins.get(last, 0.0))
            score -= PAST_END * passage.after_end if story == before else self._price_of_returning(last, n)
            out.append((story, score))
        return out

    def _before(self, n: int) -> int:
        """The paragraph before this one, those that are stories by themselves left out."""
        return next((m for m in range(n - 1, -1, -1) if not self.passages[m].alone), n - 1)

    def _price_of_returning(self, last: int, n: int) -> float:
        if self.passages[n].orphan:
            return RETURN_OPEN if self.passages[last].open else RETURN + ORPHAN
        return LEAVE_OPEN if self.passages[self._before(n)].open else RETURN

    def _price_of_the_headline(self, n: int) -> float:
        """What it costs that a paragraph is not the story of the headline it stands under."""
        under = self.passages[n].under
        return max(0.0, self.weights[under]) if under is not None else 0.0

    # -- beginning -----------------------------------------------------------------------------------------------------

    def _beginnings(self, n: int) -> list[tuple[Title, float]]:
        """The headlines a paragraph may begin the story of (none is one of them), each with what speaks for it."""
        passage = self.passages[n]
        if passage.item_after is not None:
            return []
        if passage.alone:
            return [((), 0.0)]
        marked = passage.lede or passage.after_end or n == 0
        orphan = ORPHAN * passage.orphan
        past = orphan + self._price_of_the_headline(n)
        out: list[tuple[Title, float]] = [((), -past - HEADLESS - UNMARKED * (not marked))]
        above = [run for run, lines in self.rows.items() if self.heads[lines[0]].before <= n]
        below = [run for run, lines in self.rows.items() if self.heads[lines[0]].before > n]
        for run in (*above[-ROWS:], *below[:1]):
            late, under = run in below[:1], passage.under == run
            price = max(0.0, -self.weights[run]) + LATE * late + PASSED_OVER * (not late and run != above[-1])
            price += orphan if under else past
            for title in self._titles(run):
                told = self._told_by(title, n)
                unmarked = 0.0 if marked or under else WAITING if told >= TOLD and not late else UNMARKED
                told += FIRST_ITEM * (passage.first_item and under and title[-1] == self.rows[run][-1])
                out.append((title, told - price - unmarked - MORE_LINES * (len(title) - 1)))
        return out

    def _titles(self, run: int) -> list[Title]:
        """Every set of lines in a row that may head a story together."""
        lines = self.rows[run][:MOST_LINES]
        return [tuple(lines[first:last]) for first in range(len(lines)) for last in range(first + 1, len(lines) + 1)]

    def _told_by(self, title: Title, n: int) -> float:
        """How much a paragraph tells what a headline says."""
        if title not in self.told_by:
            told = [self.told[line] for line in title]
            self.told_by[title] = [max((line.get(m, 0.0) for line in told), default=0.0) for m in range(len(self.passages))]
        return self.told_by[title][n]

    def _left_over(self, reading: _Reading) -> float:
        """What headlines without a text cost; lines beside a headline with a text are lines over that."""
        cost = 0.0
        for run, lines in self.rows.items():
            unused = sum(line not in reading.used for line in lines)
            if unused < len(lines):
                cost += MORE_LINES * unused
            elif self.weights[run] > 0:
                cost += TEXTLESS
        return cost
