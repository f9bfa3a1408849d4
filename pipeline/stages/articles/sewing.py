"""Putting paragraphs back together that a column break cut, and telling what stands between the pieces.

A paragraph's end that is left open (no full stop, a quotation not closed) goes on in one of the lines after it. As a
rule that is the next line of running text; captions may stand between. Where that line plainly begins something of
its own, the one further down that begins in mid-sentence is looked for, and taken only when nothing else fits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.stages.articles.families import Formats, Profile
from pipeline.stages.articles.items import CUT_DAY, Item, Role, balance, is_closed, phrases
from pipeline.stages.articles.joints import begins_inside, continues
from pipeline.stages.articles.matching import Pair, margins, match
from pipeline.stages.articles.titles import overlap
from pipeline.stages.articles.topics import Topics

#: How far down the page a continuation is looked for, in items.
WINDOW = 60
#: The next line of running text needs less evidence than one further away; less so where stories were scattered.
NEXT_LINE, NEXT_SCATTERED = 4.0, 0.3
#: A continuation further away must score so much by itself, and so much more than any rival.
FAR_SCORE = 2.0
FAR_MARGIN = 2.6
#: A next line that reads no worse than this may well be the continuation, whatever stands between looks like.
PLAIN = -1.5
#: Where stories were scattered, a next line that reads so well is the continuation, and nothing further down is looked at.
SURE = 4.8
#: Elsewhere it is where it reads so well and looks as if it needed something to go on with.
CALM = 1.0
#: A short line is no beginning of what reads worse than this after it.
LEAST = -3.0
#: How much empty lines over a short line, and its standing inside a cut paragraph, speak for a caption.
PICTURE, INSIDE = 3.0, 4.0
#: What it speaks for a headline that the text below repeats its wording, and the text above does not.
TOLD = 6.0
#: The same where nothing above was left open, and what a line below a heading may look as if it needed.
TOLD_BELOW, NEED_BELOW = 3.0, 0.75
#: Lines that go on look so much as if they did, on average.
USUAL_NEED = 1.5
#: Where nothing was set in columns, a line goes on only in one that reads so well.
UNCUT = 0.8
#: The next line, with its bonus, need not be outscored by as much.
NEXT_MARGIN = 1.0
#: What it costs to pass over an item on the way to a continuation further away, and the most it can cost.
STEP, FARTHEST = 0.1, 1.0
#: What wording shared with the article of the open end is worth, and costs where it is shared with the text just before.
TOPIC = 6.0
#: What a line's beginning in mid-sentence is worth: for each of its log-odds above what many a first line has, and at most.
NEED, OFTEN_INSIDE, MOST_NEED = 1.0, 2.0, 3.0
#: What it costs to stand right under a heading.
HEADED = 1.8
#: What looks like a heading of fewer characters is none.
SHORTEST_HEADING = 4
#: A line that looks so little like a heading is none, whatever follows.
NO_HEADING = -1.5
#: Between a short line and the text that might go on from it, another short line makes it less likely.
CAPTION_BETWEEN = 1.0
#: A short line under the name of a speaker is a title.
BESIDE_SPEAKER = 3.0
#: Headings seldom begin with these words, sentences do.
_SENTENCE_OPENING = re.compile(
    r"据|近年来|近日|日前|目前|今年|去年|同时|此外|另外|其中|随着|由于|为了|截至|如今|这|他|她|我[^区县市省镇州]|该|其|把|将|在|当|如果|虽然|但|而|通过|[0-9]{1,4}年|[0-9]{1,2}月"
)
#: What it is worth that a date cut in two is whole again. Its 日 might begin a word of its own: 3月31|日前.
WHOLE_DATE = 6.0
#: No heading ends with these words, a cut sentence may.
_UNFINISHED = "的是在和与及把将被对从以于向而并或由使让其该这那最更很每各第"
#: How much the first words of a news item (近日, 昨日) speak against their going on with what stands before.
NEWS_OPENING = 2.0
_NUMBERS = "一二三四五六七八九"
_COUNTED = re.compile(f"(?<![第之唯同])([{_NUMBERS}])是")
#: What it is worth that two pieces count on, and costs that they do not.
COUNTS_ON, COUNTS_NOT = 2.0, 5.0
#: These cannot begin a paragraph.
_NEVER_FIRST = "，。、；：！？）”’》】%,.;:)"


@dataclass(slots=True)
class Seams:
    """Which item goes on in which; the ends left open; how badly the beginnings for which nothing was found need something
    to go on with; the seams that were in doubt, each with how well it reads; and those of them that would be chosen for want of better
    knowledge, by the beginning."""

    follows: dict[int, int] = field(default_factory=dict)
    open_ends: list[int] = field(default_factory=list)
    needs: dict[int, float] = field(default_factory=dict)
    doubtful: dict[Pair, float] = field(default_factory=dict)
    likely: dict[int, int] = field(default_factory=dict)


def sew(items: Sequence[Item], profile: Profile, formats: Formats) -> Seams:
    """Decides what the short lines are (their roles are set), and which lines of running text belong together."""
    return _Sewing(items, profile, formats).run()


class _Sewing:
    def __init__(self, items: Sequence[Item], profile: Profile, formats: Formats) -> None:
        self.items = items
        self.columns = profile.columns
        self.defers = profile.articles == "headlines"
        self.plain = PLAIN if profile.columns else UNCUT
        self.least = LEAST if profile.columns else UNCUT
        self.openings = [pattern for kind in ("opening", "first") for _, pattern in formats.parts.get(kind, ())]
        self.scenes = [pattern for _, pattern in formats.parts.get("scene", ())]
        gaps = sorted(item.gap for item in items)
        self.marked = sum(1 for item in items if item.level) >= 2
        self.usual_gap = gaps[len(gaps) // 2] if gaps else 0
        self.seams = Seams()
        self.taken: set[int] = set()
        self.topics = Topics(items)
        self._needs: dict[int, float] = {}

    def run(self) -> Seams:
        self._settle_shorts()
        self._join()
        return self.seams

    # -- short lines ---------------------------------------------------------------------------------------------

    def _settle_shorts(self) -> None:
        """A short line is a caption inside a cut paragraph, the end or the start of a cut paragraph, or a heading."""
        open_body: int | None = None
        for n, item in enumerate(self.items):
            if item.role is Role.SHORT:
                item.role = self._role_of_short(n, open_body)
            if item.role is Role.BODY:
                open_body = None if self._closed(item) else n
            elif item.role in (Role.HEADING, Role.SPEAKER):
                open_body = None

    def _role_of_short(self, n: int, open_body: int | None) -> Role:
        item = self.items[n]
        after = self._next_running(n)
        if after is not None and n and self.items[n - 1].role is Role.BODY and any(scene.match(item.text) for scene in self.scenes):
            return Role.CAPTION
        if open_body is not None and after is not None:
            before = self.items[open_body]
            around = self._seam(before, self.items[after]) + self._need(after) - USUAL_NEED
            through = min(self._seam(before, item), self._seam(item, self.items[after]))
            picture = PICTURE * (item.gap > self.usual_gap + 1)  # where the picture was, the export left empty lines
            headingness = self._headingness(item) + TOLD * (overlap(item.text, self.items[after].text) - overlap(item.text, before.text))
            parted = max(around, through) + picture < self.plain and headingness > 0 and self._plain_beginning(self.items[after])
            if parted or headingness > max(around, through) + picture + INSIDE:
                return Role.HEADING
            return Role.BODY if through > around + picture + 2.0 * bool(phrases(item.text)) else Role.CAPTION
        if open_body is not None and not self._likely_heading(n):
            return Role.BODY
        following = self.items[n + 1] if n + 1 < len(self.items) else None
        if after is None or (following is not None and following.lede is not None):
            return Role.BODY if self._headingness(item) < NO_HEADING else Role.HEADING
        named = n > 0 and self.items[n - 1].role is Role.SPEAKER  # the title of what the one named says
        headingness = (
            self._headingness(item)
            + BESIDE_SPEAKER * named
            + CAPTION_BETWEEN * (after > n + 1)
            + TOLD_BELOW * overlap(item.text, self.items[after].text)
        )
        # Where headings are marked, a plain line is none, but for kickers beside a heading.
        beside = self.items[n - 1].role is Role.HEADING if n else True
        if self.marked and not item.level and not beside:
            headingness -= 1.5
        seam = self._seam(item, self.items[after]) + self._need(after) - NEED_BELOW
        return Role.BODY if seam > max(headingness, self.least) else Role.HEADING

    def _likely_heading(self, n: int) -> bool:
        following = self.items[n + 1] if n + 1 < len(self.items) else None
        if following is None:
            return self._headingness(self.items[n]) > 1
        return following.role in (Role.HEADING, Role.BYLINE, Role.SPEAKER, Role.SHORT) or following.lede is not None or following.whole

    def _next_running(self, n: int) -> int | None:
        """The next line of running text, if only short lines and captions stand between."""
        for m in range(n + 1, min(n + 5, len(self.items))):
            role = self.items[m].role
            if role is Role.BODY:
                return None if self.items[m].lede is not None or self.items[m].whole else m
            if role not in (Role.SHORT, Role.CAPTION):
                return None
        return None

    def _headingness(self, item: Item) -> float:
        """How much a short line looks like a heading rather than the start of a cut paragraph."""
        text = item.text
        score = 1.0
        score += 3.0 * (item.level > 0) + 2.0 * item.bold
        score += 2.0 * min(2, phrases(text))
        score += 1.0 if len(text) <= 12 else 0.5 if len(text) <= 25 else -0.5
        score -= 2.5 * min(3, text.count("，"))
        score -= 0.5 * min(4, text.count("、"))
        score -= 5.0 * ("。" in text[:-1])
        score -= 2.0 * (len(text) < SHORTEST_HEADING)
        opened, closed = balance(text)
        score -= 4.0 * bool(opened) + 1.0 * bool(closed)
        score -= 3.0 * (text[-1] in _UNFINISHED)
        if text[-1] in "，、—" or text[0] in _NEVER_FIRST:
            score -= 5.0
        if _SENTENCE_OPENING.match(text):
            score -= 1.0
        return score

    # -- seams ---------------------------------------------------------------------------------------------------

    @staticmethod
    def _closed(item: Item) -> bool:
        return item.whole or item.credit is not None or (is_closed(item.text) and not balance(item.text)[0])

    def _seam(self, before: Item, after: Item) -> float:
        """How well one piece goes on with another."""
        score = continues(before.text[-8:], after.text[:8])
        opened, _ = balance(before.text)
        _, closed = balance(after.text)
        if opened and closed:
            score += 4.0
        elif opened:
            score -= 0.5
        elif closed:
            score -= 1.0
        if after.text[:1] and after.text[0] in _NEVER_FIRST:
            score += 3.0
        if before.text[-1:] in ("，", "、"):
            score += 1.0
        elif after.text[:1] in ("日", "号") and CUT_DAY.search(before.text):
            score += WHOLE_DATE
        elif any(pattern.match(after.text) for pattern in self.openings):
            score -= NEWS_OPENING
        return score

    def _fit(self, n: int, m: int) -> float:
        """How well a line goes on with another, with what more than the seam tells: its need, and how both count."""
        return self._seam(self.items[n], self.items[m]) + self._need(m) + _counting(self.items[n].text, self.items[m].text)

    @staticmethod
    def _plain_beginning(item: Item) -> bool:
        """Whether a line can well be the beginning of a paragraph."""
        return bool(item.text) and item.text[0] not in _NEVER_FIRST and not balance(item.text)[1]

    def _join(self) -> None:
        bodies = [n for n, item in enumerate(self.items) if item.role is Role.BODY and item.text]
        open_ends = [n for n in bodies if not self._closed(self.items[n])]
        follows = self.seams.follows
        doubtful: dict[Pair, float] = {}
        next_lines = {n: self._next_line(n) for n in open_ends}
        # Where one paragraph was left open before another story, its rest stands further down, perhaps under an open end.
        scattered = self.columns and any(m is None and n + 1 < len(self.items) for n, m in next_lines.items())
        for n, m in next_lines.items():
            score = self._seam(self.items[n], self.items[m]) if m is not None else 0.0
            if m is not None and (score > SURE if scattered else score > self.plain and (not self.columns or score + self._need(m) > CALM)):
                follows[n] = m
                self.taken.add(m)
            elif m is not None and self.columns:
                doubtful[n, m] = self._fit(n, m) + (NEXT_SCATTERED if scattered else NEXT_LINE)
        if self.columns:
            near = set(doubtful)
            for n in open_ends:
                if n not in follows:
                    doubtful.update(self._further_down(n, next_lines[n]))
            self._choose(doubtful, near, scattered)
        self.seams.open_ends = [n for n in open_ends if n not in follows]
        self.seams.needs = {m: self._need(m) for m in bodies if self.columns and m not in self.taken}
        self.seams.doubtful = {(n, m): score for (n, m), score in doubtful.items() if n not in follows and m not in self.taken}

    def _choose(self, scores: dict[Pair, float], near: set[Pair], scattered: bool) -> None:
        """Finds the seams that are best for all ends together; one further away only when its rivals are well behind.

        Where a page has several stories, what they speak of has a say too: such seams are only likely.
        """
        chosen = match(scores)
        margin = margins(chosen, scores)
        for n, m in chosen.items():
            close = (n, m) in near
            if margin[n] < (NEXT_MARGIN if close else FAR_MARGIN) or not (close or scores[n, m] >= FAR_SCORE):
                continue
            if self.defers and (scattered or not close):
                self.seams.likely[m] = n
            else:
                self.seams.follows[n] = m
                self.taken.add(m)

    def _need(self, m: int) -> float:
        """How badly a line needs something to go on with: much where it plainly begins in mid-sentence."""
        if m not in self._needs:
            text = self.items[m].text
            if self.items[m].whole:
                self._needs[m] = 0.0
            elif text[0] in _NEVER_FIRST:
                self._needs[m] = MOST_NEED
            elif any(pattern.match(text) for pattern in self.openings):
                self._needs[m] = 0.0
            else:
                self._needs[m] = min(MOST_NEED, max(0.0, NEED * (begins_inside(text) - OFTEN_INSIDE)))
        return self._needs[m]

    def _next_line(self, n: int) -> int | None:
        """The next line of running text, where only captions stand between."""
        for m in range(n + 1, len(self.items)):
            item = self.items[m]
            if item.role is Role.BODY and item.text:
                return m if item.lede is None and not item.whole else None
            if item.role is not Role.CAPTION:
                return None
        return None

    def _further_down(self, n: int, near: int | None) -> dict[Pair, float]:
        """Lines of running text further down that might go on, each with how well."""
        out: dict[Pair, float] = {}
        cost = 0.0
        for m in range(n + 1, min(n + WINDOW, len(self.items))):
            item = self.items[m]
            cost = min(FARTHEST, cost + STEP)
            if m == near or m in self.taken or item.role is not Role.BODY or item.lede is not None or item.whole or not item.text:
                continue
            score = self._fit(n, m)
            if score > 0:
                headed = self.items[m - 1].role in (Role.HEADING, Role.SPEAKER)
                out[n, m] = score + TOPIC * self.topics.leaning(n, m) - cost - HEADED * headed
        return out


def _counting(before: str, after: str) -> float:
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
    return COUNTS_ON if first == last + 1 else -COUNTS_NOT
