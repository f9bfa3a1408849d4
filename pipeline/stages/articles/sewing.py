"""Putting paragraphs back together that a column break cut, and telling what stands between the pieces.

A paragraph's end that is left open (no full stop, a quotation not closed) goes on in one of the lines after it. As a
rule that is the next line of running text; captions may stand between. Where that line plainly begins something of
its own, the one further down that begins in mid-sentence is looked for, and taken only when nothing else fits.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf, log

from pipeline.stages.articles.evidence import NEVER_FIRST, NEXT, NEXT_SCATTERED, USUAL_NEED, Evidence, counting
from pipeline.stages.articles.families import Formats, Profile
from pipeline.stages.articles.items import Item, Role, balance, is_closed, phrases
from pipeline.stages.articles.matching import Pair, shares
from pipeline.stages.articles.titles import overlap

#: How far down the page a continuation is looked for, in items.
WINDOW = 60
#: How much speaks for an open end's having no continuation on the page; for a line's beginning by itself, usually and where
#: the text before it was signed.
LEFT_OPEN, BEGINS, BEHIND_END = -3.0, 0.0, -2.0
#: How sure a seam must be to be made: usually, with the next line, and to be told as the likeliest; what is less sure than
#: the last is not told at all.
FAR, NEAR, LIKELY_NEAR, LIKELY, LEAST_SHARE = 0.95, 0.95, 0.6, 0.65, 0.01
#: What is as likely as one line among many tells nothing (as log-odds).
CHANCE = 2.0
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
#: Where nothing was set in columns, a line goes on only in one that reads so well.
UNCUT = 0.8
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
#: No heading ends with these words, a cut sentence may.
_UNFINISHED = "的是在和与及把将被对从以于向而并或由使让其该这那最更很每各第"


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
        self.scenes = [pattern for _, pattern in formats.parts.get("scene", ())]
        gaps = sorted(item.gap for item in items)
        self.marked = sum(1 for item in items if item.level) >= 2
        self.usual_gap = gaps[len(gaps) // 2] if gaps else 0
        self.seams = Seams()
        self.taken: set[int] = set()
        self.evidence = Evidence(items, formats)

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
            around = self.evidence.seam(before, self.items[after]) + self.evidence.need(after) - USUAL_NEED
            through = min(self.evidence.seam(before, item), self.evidence.seam(item, self.items[after]))
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
        seam = self.evidence.seam(item, self.items[after]) + self.evidence.need(after) - NEED_BELOW
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
        if text[-1] in "，、—" or text[0] in NEVER_FIRST:
            score -= 5.0
        if _SENTENCE_OPENING.match(text):
            score -= 1.0
        return score

    # -- seams ---------------------------------------------------------------------------------------------------

    @staticmethod
    def _closed(item: Item) -> bool:
        return item.whole or item.credit is not None or (is_closed(item.text) and not balance(item.text)[0])

    @staticmethod
    def _plain_beginning(item: Item) -> bool:
        """Whether a line can well be the beginning of a paragraph."""
        return bool(item.text) and item.text[0] not in NEVER_FIRST and not balance(item.text)[1]

    def _join(self) -> None:
        bodies = [n for n, item in enumerate(self.items) if item.role is Role.BODY and item.text]
        open_ends = [n for n in bodies if not self._closed(self.items[n])]
        follows = self.seams.follows
        next_lines = {n: self._next_line(n) for n in open_ends}
        # Where one paragraph was left open before another story, its rest stands further down, perhaps under an open end.
        scattered = self.columns and any(m is None and n + 1 < len(self.items) for n, m in next_lines.items())
        plain = {n: m for n, m in next_lines.items() if m is not None and self._plainly(n, m, scattered)}
        if self.columns and len(plain) < len(open_ends):
            plain = {n: m for n, m in plain.items() if self.evidence.seam(self.items[n], self.items[m]) > SURE}
        for n, m in plain.items():
            follows[n] = m
            self.taken.add(m)
        if self.columns and len(plain) < len(open_ends):
            self._choose([n for n in open_ends if n not in follows], next_lines, scattered)
        self.seams.open_ends = [n for n in open_ends if n not in follows]
        self.seams.needs = {m: self.evidence.need(m) for m in bodies if self.columns and m not in self.taken}

    def _plainly(self, n: int, m: int, scattered: bool) -> bool:
        """Whether a line goes on in the next one, and no other need be looked at."""
        before, after = self.items[n], self.items[m]
        score = self.evidence.seam(before, after)
        if scattered:
            return score > SURE
        if counting(before.text, after.text) < 0:
            return False
        return score > self.plain and (not self.columns or score + self.evidence.need(m) > CALM)

    def _choose(self, open_ends: Sequence[int], next_lines: Mapping[int, int | None], scattered: bool) -> None:
        """Weighs all seams of the page together; those that are as good as certain are made, the others told.

        Where a page has several stories, what they speak of has a say too: such seams are only likely.
        """
        scores: dict[Pair, float] = {}
        wanted = [m for m, item in enumerate(self.items) if self._may_go_on(m, item)]
        for n in open_ends:
            for m in wanted[bisect_right(wanted, n) : bisect_left(wanted, n + WINDOW)]:
                following = (NEXT_SCATTERED if scattered else NEXT) if m == next_lines[n] else 0.0
                score = self.evidence.weigh(n, m, following)
                if score > -inf:
                    scores[n, m] = score
        sure = shares(scores, LEFT_OPEN, {m: self._begins(m) for _, m in scores})
        for (n, m), share in sorted(sure.items(), key=lambda entry: -entry[1]):
            if share < LIKELY:
                break
            near = m == next_lines[n]
            if self.evidence.doubtful(n, m, near and not scattered):
                continue
            if share < (NEAR if near else FAR) and self.defers and (scattered or not near):
                self.seams.likely[m] = n
            elif share >= (LIKELY_NEAR if near else FAR):
                self.seams.follows[n] = m
                self.taken.add(m)
        for (n, m), share in sure.items():
            if n not in self.seams.follows and m not in self.taken and share >= LEAST_SHARE:
                told = log(share / (1 - min(share, 1 - LEAST_SHARE))) + CHANCE
                doubtful = self.evidence.doubtful(n, m, m == next_lines[n] and not scattered)
                self.seams.doubtful[n, m] = min(told, CHANCE / 2) if doubtful else told

    def _may_go_on(self, m: int, item: Item) -> bool:
        """Whether a line may be what an open end goes on in."""
        return m not in self.taken and item.role is Role.BODY and item.lede is None and not item.whole and bool(item.text)

    def _begins(self, m: int) -> float:
        """What speaks for a line's beginning by itself: little right behind a signature, where only a headline begins another."""
        return BEHIND_END if self.items[m - 1].credit is not None else BEGINS

    def _next_line(self, n: int) -> int | None:
        """The next line of running text, where only captions stand between."""
        for m in range(n + 1, len(self.items)):
            item = self.items[m]
            if item.role is Role.BODY and item.text:
                return m if item.lede is None and not item.whole else None
            if item.role is not Role.CAPTION:
                return None
        return None
