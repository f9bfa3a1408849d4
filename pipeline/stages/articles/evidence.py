"""What speaks for it that one line of a page goes on in another: how the seam reads, what either piece lacks, what both speak
of, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import inf

from pipeline.stages.articles.families import Formats
from pipeline.stages.articles.items import CUT_DAY, Item, Role, balance
from pipeline.stages.articles.joints import begins_inside, continues
from pipeline.stages.articles.phrases import cohesion
from pipeline.stages.articles.topics import Topics

#: Lines that go on look so much as if they needed something to go on with, on average.
USUAL_NEED = 1.5
#: What a line's beginning in mid-sentence is worth: for each of its log-odds above what many a first line has, and at most.
NEED, OFTEN_INSIDE, MOST_NEED = 1.0, 2.0, 3.0
#: What it is worth that a date cut in two is whole again. Its 日 might begin a word of its own: 3月31|日前.
WHOLE_DATE = 6.0
#: How much the first words of a news item (近日, 昨日) speak against their going on with what stands before.
NEWS_OPENING = 2.0
#: These cannot begin a paragraph.
NEVER_FIRST = "，。、；：！？）”’》】%,.;:)"
#: What each kind of evidence weighs where lines are compared: the seam model and ordinary language, brackets and marks, the
#: need of the second line and how it begins, and counting on. Learnt from pages cut on purpose, rounded, as are the others.
LEARNT, COMMON, MARKS, NEEDED, INSIDE, COUNTED = 0.4, 0.6, 1.1, 0.3, 0.2, 2.2
#: What wording is worth that the line shares with the article of the open end rather than with the text just before it; that
#: the line shares with the headline over the open end; and that the lines below it share with that article and headline.
#: At most so much in all: which of an article's lines goes on, what it speaks of does not tell.
TOPIC, HEADLINE, BELOW, BELOW_HEADLINE, TOLD = 3.2, 1.9, 1.4, 2.0, 2.0
#: What language says is not believed beyond these.
UNLIKE, ALIKE = -2.0, 6.0
#: What it costs to pass over an item on the way to a line further away, and the most it can cost; and to stand under a heading.
STEP, FARTHEST, HEADED = 0.02, 0.2, 1.5
#: What it is worth to be the next line of running text; less so where stories were scattered.
NEXT, NEXT_SCATTERED = 5.0, 1.0
#: A seam that reads no better than this reads badly; a line that looks so little as if it began inside plainly begins.
BADLY, PLAINLY_FIRST = -0.2, -0.3
#: A pair of which even this much more would make nothing is not looked at further.
HOPELESS = -3.0
_NUMBERS = "一二三四五六七八九"
_COUNTED = re.compile(f"(?<![第之唯同])([{_NUMBERS}])是")
#: Counting on is one, counting otherwise so much against it.
_COUNTS_NOT = -2.5


class Evidence:
    """The evidence about the lines of a page."""

    def __init__(self, items: Sequence[Item], formats: Formats) -> None:
        self.items = items
        self.topics = Topics(items)
        self._openings = [pattern for kind in ("opening", "first") for _, pattern in formats.parts.get(kind, ())]
        self._needs: dict[int, float] = {}
        self._news: dict[Item, bool] = {}

    def seam(self, before: Item, after: Item) -> float:
        """How well one piece goes on with another, by the seam alone."""
        return continues(before.text[-8:], after.text[:8]) + self._marks(before, after)

    def _marks(self, before: Item, after: Item) -> float:
        """What brackets, marks, dates and the openings of news say about a seam."""
        score = 0.0
        ending, beginning = before.text, after.text
        opened, closed = balance(ending)[0], balance(beginning)[1]
        if opened and closed:
            score += 4.0
        elif opened:
            score -= 0.5
        elif closed:
            score -= 1.0
        if beginning[:1] and beginning[0] in NEVER_FIRST:
            score += 3.0
        if ending[-1:] in ("，", "、"):
            score += 1.0
        elif beginning[:1] in ("日", "号") and CUT_DAY.search(ending):
            score += WHOLE_DATE
        elif self._opens_news(after):
            score -= NEWS_OPENING
        return score

    def _opens_news(self, item: Item) -> bool:
        if item not in self._news:
            self._news[item] = any(pattern.match(item.text) for pattern in self._openings)
        return self._news[item]

    def need(self, m: int) -> float:
        """How badly a line needs something to go on with: much where it plainly begins in mid-sentence."""
        if m not in self._needs:
            text = self.items[m].text
            if self.items[m].whole:
                self._needs[m] = 0.0
            elif text[0] in NEVER_FIRST:
                self._needs[m] = MOST_NEED
            elif self._opens_news(self.items[m]):
                self._needs[m] = 0.0
            else:
                self._needs[m] = min(MOST_NEED, max(0.0, NEED * (begins_inside(text) - OFTEN_INSIDE)))
        return self._needs[m]

    def weigh(self, n: int, m: int, following: float) -> float:
        """All that speaks for it that the line `n` goes on in `m`; `following` is what m's standing right after n is worth."""
        before, after = self.items[n], self.items[m]
        ending, beginning = before.text, after.text
        score = LEARNT * continues(ending[-8:], beginning[:8]) + MARKS * self._marks(before, after) + following
        score += NEEDED * self.need(m) + INSIDE * begins_inside(beginning) + COUNTED * counting(ending, beginning)
        score -= min(FARTHEST, STEP * (m - n)) + HEADED * (self.items[m - 1].role in (Role.HEADING, Role.SPEAKER))
        if score < HOPELESS:
            return -inf
        score += COMMON * max(UNLIKE, min(ALIKE, cohesion(ending, beginning))) + TOPIC * self.topics.leaning(n, m)
        headline, below, below_headline = self.topics.told(n, m)
        return score + min(TOLD, HEADLINE * headline + BELOW * below + BELOW_HEADLINE * below_headline)

    def doubtful(self, n: int, m: int, near: bool) -> bool:
        """Whether a line reads badly after another and needs nothing to go on with: of what is left when the right one is
        missing on the page, something would always be the likeliest."""
        least = PLAINLY_FIRST if near else OFTEN_INSIDE
        return begins_inside(self.items[m].text) < least and self.seam(self.items[n], self.items[m]) < BADLY


def counting(before: str, after: str) -> float:
    """一是, 二是 in one piece, 三是 in the next: they count on. 一是, 二是 and again 二是 do not."""
    if "是" not in before or "是" not in after:
        return 0.0
    seam = len(before)
    last = first = 0
    for found in _COUNTED.finditer(before + after):
        if found.end() <= seam:
            last = _NUMBERS.index(found[1]) + 1
        else:
            first = _NUMBERS.index(found[1]) + 1
            break
    if not last or not first:
        return 0.0
    return 1.0 if first == last + 1 else _COUNTS_NOT
