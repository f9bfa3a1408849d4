"""From the pieces of a page to its articles: which heading begins one, which paragraph and byline belongs to which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.stages.articles.digests import group_speeches
from pipeline.stages.articles.drafts import Draft, Unit, heading_runs
from pipeline.stages.articles.families import Formats, Profile
from pipeline.stages.articles.items import Item, Role, is_closed, phrases
from pipeline.stages.articles.plans import Plan, Row
from pipeline.stages.articles.titles import Title, heads_a_notice, is_document, overlap, read_title

#: Subheads are shorter than this.
LONG_HEADING = 36
#: Headlines are longer than this.
SHORT_HEADING = 9
#: How much of a headline's wording a text above it must repeat for it to be that text's.
LATE = 0.5
#: A line is a caption of the text above when that repeats so many times more of its wording than the text below.
SEEN_ABOVE = 3.0
#: Less will do where the line says what a picture shows.
SCENE, SCENE_ABOVE = 0.2, 1.5
#: Sections of an article share names and terms of so many characters; two articles of a page often share none.
WORDING = 4
#: Evidence that the first headings of a page head an article; what has less than the other does not, whatever its text says.
SURELY, SURELY_NOT = 3.0, -3.0
#: What a label over an item of a broadcast, or the headline over news in brief, weighs.
MARKED_HEAD = 6.0
#: So much of its headline news says again in so many first characters.
SAID_AGAIN, FIRST_WORDS = 0.6, 60
#: What it weighs against a heading that the story above it is signed and has no text yet.
BYLINE_WAITS = 6.0
#: Sections of a portrait are set alike: who, and what they say (村医某某：“…”).
SET_ALIKE = 3.0
_SPOKEN = re.compile("[^：。]{2,14}：“")
_HAN_ONLY = re.compile("[一-鿿]{4}")


def group(units: Sequence[Unit], profile: Profile, formats: Formats) -> list[Draft]:
    """The page's articles in reading order."""
    if profile.articles == "speeches":
        return group_speeches(units, profile, formats)
    return _Grouping(units, profile, formats).run()


class _Grouping:
    def __init__(self, units: Sequence[Unit], profile: Profile, formats: Formats) -> None:
        self.units = units
        self.profile = profile
        self.formats = formats
        self.runs = heading_runs(units)
        self.bylines_after, self.bylines_before = self._style()
        self.subhead_levels: set[int] = set()
        self.drafts: list[Draft] = []
        self.current: Draft | None = None
        self.ended = False
        self.leaving = False
        self.stories: dict[int, Draft] = {}
        self.evidence: dict[int, float] = {}

    def run(self) -> list[Draft]:
        heads = self._article_runs()
        plan = self._plan(heads)
        n = 0
        while n < len(self.units):
            if n not in self.runs:
                self._place(n, self.units[n], plan)
                n += 1
                continue
            end = self.runs[n]
            run = [self.units[m].head for m in range(n, end)]
            if (n not in plan.titles) if plan is not None else (n not in heads):
                for item in run:
                    self._article().parts.append(("subhead", Unit([item])))
            elif plan is not None:
                self._begin_stories(plan, n)
            else:
                run = self._give_back(run, end)
                run = self._under_pictures(run, end)
                # The lines over a report are set, its wording tells nothing about them.
                text = "" if self.profile.articles == "one" else self._text_under(end)
                self._begin(self._title(run, text) if run else None)
            n = end
        return [draft for draft in self.drafts if not draft.empty]

    def _plan(self, heads: set[int]) -> Plan | None:
        """The plan of a page that its order leaves open; any row of headings may then head an article, if need be."""
        if self.profile.articles == "one" or self.profile.id == "broadcast":
            return None  # a script is read out in its order
        weights = {start: self.evidence.get(start, SURELY) for start in sorted(self.runs) if start in heads or start in self.evidence}
        rows = {start: Row(self.runs[start], weight) for start, weight in weights.items() if weight > SURELY_NOT}
        return Plan.of(self.units, rows, self._ended_at, self.formats)

    def _title(self, run: Sequence[Item], text: str) -> Title:
        return read_title(run, text, self.formats, self.subhead_levels)

    def _begin_stories(self, plan: Plan, start: int) -> None:
        """Every headline of a row begins its story, or goes to the one that stands above it without."""
        for story, items in plan.titles[start]:
            text = plan.text_of(story)
            lines = self._seen_above(items, text) if text else self._under_pictures(items, self.runs[start])
            if not lines:
                continue
            title = self._title(lines, text)
            above = self.stories.get(story)
            if above is not None:
                above.title = title
                above.parts.extend(("subhead", Unit([Item(strand, Role.HEADING)])) for strand in title.subheads)
            else:
                self.stories[story] = self._begin(title)

    # -- which headings head an article ----------------------------------------------------------------------------

    def _article_runs(self) -> set[int]:
        """The starts of those runs of headings that head an article."""
        starts = sorted(self.runs)
        if self.profile.articles == "one":
            before_text = [n for n in starts if not any(unit.role is Role.BODY for unit in self.units[:n])]
            return set(before_text[:1])
        heads: set[int] = set()
        last: int | None = None
        for start in starts:
            if last is None and (self._sections_of_text_above(start) or self._sections_only(start, starts)):
                continue
            if last is not None:
                self.evidence[start] = self._heads_article(start, last)
            if last is None or self.evidence[start] > 0:
                heads.add(start)
                last = start
        for start in starts:
            if start not in heads:
                self.subhead_levels.update(self.units[n].head.level for n in range(start, self.runs[start]))
        self.subhead_levels.discard(0)
        return heads

    def _sections_of_text_above(self, start: int) -> bool:
        """Whether numbered headings follow text that has lost its headline: 二、工业 goes on with it."""
        above = any(unit.role is Role.BODY for unit in self.units[:start])
        return above and all(unit.head.section for unit in self.units[start : self.runs[start]])

    def _sections_only(self, start: int, starts: Sequence[int]) -> bool:
        """Whether a text without a headline begins with the heading of its first part: 一、 and under it 二、"""
        return start == starts[0] and len(starts) > 1 and all(unit.head.section for n in starts[:2] for unit in self.units[n : self.runs[n]])

    def _heads_article(self, start: int, last: int) -> float:
        """Evidence that the run of headings at `start` heads an article of its own and no section of the last one's."""
        end = self.runs[start]
        run = [self.units[n].head for n in range(start, end)]
        previous = self.units[start - 1] if start else None
        following = self.units[end] if end < len(self.units) else None
        score = 0.0
        if self.profile.kind == "brief":
            score += 3.0
        if following is not None and (following.role in (Role.BYLINE, Role.SPEAKER) or following.head.lede is not None):
            score += 4.0
        between = self.units[self.runs[last] : start]
        waits = any(unit.role is Role.BYLINE for unit in between) and not any(unit.role in (Role.BODY, Role.TABLE) for unit in between)
        if waits and (following is None or following.role is Role.BODY):
            return -BYLINE_WAITS  # the story above is signed and has no text yet: its first subhead
        ended = previous is not None and (previous.role is Role.BYLINE or any(item.credit for item in previous.items))
        if ended:
            score += 4.0
        elif self.bylines_after > self.bylines_before and not self._signed(last, start):
            score -= 3.0
        if self.bylines_before and not self.bylines_after and score < 4.0:
            score -= 2.0
        if len(run) > 1:
            score += 1.0
        if any(item.kicker for item in run):
            score += 2.0
        if any(item.label or item.over_list or item.apart for item in run):
            score += MARKED_HEAD
        if self._signed(last, start) and self._signed(start, next((other for other in sorted(self.runs) if other > start), len(self.units))):
            score += 3.0
        level, over = _level(run), _level([self.units[n].head for n in range(last, self.runs[last])])
        if level and over:
            score += 2.0 if level < over else -2.0 if level > over else 1.0
        elif over and not level:
            score -= 1.0
        if all(item.section for item in run):
            score -= 4.0
        if any("——" in item.text[4:] for item in run):
            score += 2.0
        longest = max(len(item.text) for item in run)
        score += 1.0 if longest > LONG_HEADING else -1.0 if longest <= SHORT_HEADING else 0.0
        if is_document(run, self.formats) or any(heads_a_notice(item, self.formats) for item in run):
            score += 4.0
        if following is not None and self._labelled(following):
            score += MARKED_HEAD
        if not self._shared_wording(last, start, end):
            score += 1.5
        if following is not None and following.role is Role.BODY and self._opens_news(following):
            score += 1.5
            if overlap(run[-1].text, following.text[:FIRST_WORDS]) >= SAID_AGAIN:
                score += 2.0  # news says first what its headline says; a section goes on from its subhead
        score -= 0.5
        alike = sum(_SPOKEN.match(self.units[n].text) is not None for n in self.runs if n >= last) if _SPOKEN.match(run[-1].text) else 0
        return score - SET_ALIKE if score <= 0 and alike > 1 else score

    def _shared_wording(self, last: int, start: int, end: int) -> bool:
        """Whether the text after a run of headings repeats any wording of the article before it."""
        before = "".join(unit.text for unit in self.units[last:start] if unit.role is Role.BODY)[-1500:]
        after = self._text_under(end)[:400]
        said = {before[n : n + WORDING] for n in range(len(before) - WORDING + 1)}
        return any(_HAN_ONLY.match(after, n) for n in range(len(after) - WORDING + 1) if after[n : n + WORDING] in said)

    def _signed(self, last: int, start: int) -> bool:
        """Whether a byline has stood between two runs of headings, on a line or in a paragraph."""
        told = [unit for unit in self.units[last:start] if not unit.head.listed]  # news in brief is signed item by item
        return any(unit.role is Role.BYLINE or any(item.credit or item.lede for item in unit.items) for unit in told)

    def _marked_start(self, unit: Unit) -> bool:
        """Whether a mark begins an item; where items have headlines, marks only part what is said in them."""
        return len(self.runs) < 2 and any(pattern.match(unit.text) for _, pattern in self.formats.parts.get("start", ()))

    def _labelled(self, unit: Unit) -> bool:
        """Whether a label of a script opens a paragraph: what stands over it is an item's headline."""
        return self.profile.id == "broadcast" and any(pattern.match(unit.text) for _, pattern in self.formats.parts.get("mark", ()))

    def _takes_leave(self, unit: Unit) -> bool:
        return any(pattern.search(unit.text) for _, pattern in self.formats.parts.get("closing", ()))

    def _opens_news(self, unit: Unit) -> bool:
        return any(pattern.match(unit.text) for _, pattern in self.formats.parts.get("opening", ()))

    def _style(self) -> tuple[int, int]:
        """How many bylines of the page stand after the text they sign, and how many before it."""
        after = before = 0
        for n, unit in enumerate(self.units):
            if unit.role is Role.BYLINE:
                follows_text = n > 0 and self.units[n - 1].role in (Role.BODY, Role.CAPTION)
                text_follows = n + 1 < len(self.units) and self.units[n + 1].role is Role.BODY
                after += follows_text and not text_follows
                before += text_follows and not follows_text
            elif unit.role is Role.BODY:
                before += unit.head.lede is not None
                after += any(item.credit is not None for item in unit.items) and not unit.head.listed
        return after, before

    def _give_back(self, run: list[Item], end: int) -> list[Item]:
        """A headline that stands under its text goes back to it: the lines left are the next article's.

        Only an article without a headline takes one, and only when its text repeats the line's wording and the text
        under the line does not.
        """
        before = self.current
        if before is None or before.title.headline or not before.has_body:
            return run
        above = "".join(unit.text for kind, unit in before.parts if kind == "body")
        below = self._text_under(end)
        late = [item for item in run if not item.kicker and overlap(item.text, above) >= max(LATE, 2 * overlap(item.text, below))]
        before.title.headline.extend(item.strand for item in late)
        return [item for item in run if item not in late]

    def _under_pictures(self, run: list[Item], end: int) -> list[Item]:
        """Plain lines under the last text of a page head nothing: they stood under its pictures, as on web pages. Nor do those
        over a headline that name what the text above them speaks of, and the text under them does not."""
        before = self.current
        if before is None or not before.title.headline or not before.has_body:
            return run
        if end < len(self.units):
            return self._seen_above(run, self._text_under(end))
        captions = [item for item in run if not (item.level or item.bold or item.section or item.kicker)]
        before.parts.extend(("caption", Unit([item])) for item in captions)
        return [item for item in run if item not in captions]

    def _seen_above(self, run: list[Item], text: str) -> list[Item]:
        """The run without its first line where that is a caption of the article above, whose own it becomes."""
        before = self.current
        if len(run) < 2 or before is None or not before.title.headline or not before.has_body:
            return run
        above = "".join(unit.text for kind, unit in before.parts if kind == "body")
        below = "".join(item.text for item in run[1:]) + text
        first = run[0]
        plain = not (first.level or first.bold or first.section or first.kicker) and not phrases(first.text) and not is_closed(first.text)
        seen = any(pattern.match(first.text) for _, pattern in self.formats.parts.get("scene", ()))
        least, more = (SCENE, SCENE_ABOVE) if seen else (LATE, SEEN_ABOVE)
        if plain and overlap(first.text, above) >= max(least, more * overlap(first.text, below)):
            before.parts.append(("caption", Unit([first])))
            return run[1:]
        return run

    # -- filling articles --------------------------------------------------------------------------------------------

    def _text_under(self, start: int) -> str:
        pieces: list[str] = []
        for n in range(start, min(start + 14, len(self.units))):
            if n in self.runs and pieces and sum(map(len, pieces)) > 150:
                break
            if self.units[n].role is Role.BODY:
                pieces.append(self.units[n].text)
        return "".join(pieces)[:1200]

    def _begin(self, title: Title | None = None) -> Draft:
        self.current = Draft(title or Title())
        self.current.parts.extend(("subhead", Unit([Item(strand, Role.HEADING)])) for strand in self.current.title.subheads)
        self.drafts.append(self.current)
        self.ended = False
        return self.current

    def _article(self) -> Draft:
        return self.current if self.current is not None else self._begin()

    def _place(self, n: int, unit: Unit, plan: Plan | None) -> None:
        if unit.role in (Role.BYLINE, Role.SPEAKER):
            under_row = plan is not None and n and self.units[n - 1].role is Role.HEADING and n + 1 < len(self.units)
            story = plan.story_of.get(n + 1) if plan is not None and under_row else None
            if story is not None:
                self.current = self.stories.get(story) or self._article()  # whose text stands right under it
            self._sign(n, unit)
            return
        if unit.role is Role.CAPTION:
            self._article().parts.append(("caption", unit))
            return
        if unit.role is Role.TABLE:
            self._article().parts.append(("table", unit))
            return
        if plan is not None:
            story = plan.story_of[n]
            self.current = self.stories.get(story) or self._begin()
            self.stories[story] = self.current
            if n in plan.joined:
                plan.units[plan.joined[n]].join(unit)
            else:
                self.current.parts.append(("body", unit))
            return
        if unit.likely is not None:
            unit.likely.join(unit)
            self.current = next((draft for draft in self.drafts if ("body", unit.whole) in draft.parts), self.current)
            return
        article = self._article()
        leaves = self.profile.id == "broadcast" and self._takes_leave(unit)
        ended = self.ended and (unit.head.first or not unit.head.listed)
        begins = unit.head.lede is not None or unit.head.apart or ended or self._marked_start(unit) or (leaves and not self.leaving)
        self.leaving = leaves
        if self.profile.articles != "one" and article.has_body and begins:
            article = self._begin()
        self.ended = self._ended_at(n)
        article.parts.append(("body", unit))

    def _ended_at(self, n: int) -> bool:
        """Whether the signature at the end of a paragraph, or after it, ends its article."""
        unit = self.units[n]
        if unit.role is Role.BODY:
            return any(item.credit is not None for item in unit.items)
        return unit.role is Role.BYLINE and self.bylines_after > self.bylines_before

    def _sign(self, n: int, unit: Unit) -> None:
        """A byline after the text ends its article when nothing but another article can follow."""
        article = self._article()
        text_follows = n + 1 < len(self.units) and self.units[n + 1].role is Role.BODY
        if article.has_body and text_follows and self.profile.articles != "one" and unit.role is Role.SPEAKER:
            article = self._begin()
        article.bylines.append(unit.head)
        self.ended = article.has_body and self._ended_at(n)


def _level(run: Iterable[Item]) -> int:
    return min((item.level for item in run if item.level), default=0)
