"""Finds the places of a page and says which they are.

`PlaceReader.read_page` takes the texts of a page's articles; `read` one text. A first look over the whole page
collects what is named in full, so that a short name on its first line can lean on the full name further down.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import regex

from pipeline.stages.places.gazetteer import NATION, Gazetteer, Place, chain, level_of, parent_code, within
from pipeline.stages.places.rules import PlaceRules, Reading
from pipeline.stages.places.shortnames import township_short_name

_HAN = re.compile(r"[\u3400-\u9fff]")
#: What stands before a name that begins where a word begins: prepositions and joining words of one character.
_JOINS = frozenset("在到由从与和及赴往至自经是为向对把将被让于给跟同至驻离")

#: Characters that stand in phrases and not in the name of a village.
_NEVER_IN_NAME = re.compile(r"[在到由从把被让给跟的是了再个每这那各该其等有无不些全]")
#: The rest of a short title in quotes: “重庆英才”, 《永川区…规定》.
_TITLE_END = re.compile(r"[^”》\n,，。;；:：、!！?？]{1,24}[”》]")
_NUMERALS = "一二三四五六七八九十百千万两"


@dataclass(slots=True)
class Mention:
    """A place found in a text. `code` is null for regions, foreign places and what could not be resolved."""

    start: int
    end: int
    name: str
    code: str | None
    level: str
    method: str
    rule_id: str
    deictic: bool = False
    nested: bool = False
    township: str | None = None
    candidates: tuple[Place, ...] = ()


@dataclass
class PageText:
    """An article's text as one string, and what is known of where it is set."""

    text: str
    place_code: str | None = None


@dataclass
class Page:
    """What the page says as a whole: home place, year, and what it names in full."""

    home: str | None = None
    year: int | None = None
    named: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.home_chain = chain(self.home) if self.home and self.home != NATION else ()


@dataclass
class Article:
    """What has been read of an article so far."""

    mentions: list[Mention] = field(default_factory=list)
    townships: dict[str, tuple[str, str]] = field(default_factory=dict)
    last: dict[str, Mention] = field(default_factory=dict)
    counties: dict[str, int] = field(default_factory=dict)


class PlaceReader:
    """Reads places with the compiled rules of the family."""

    def __init__(self, rules: PlaceRules) -> None:
        self.rules = rules
        self.gazetteer: Gazetteer = rules.gazetteer
        self._nested = regex.compile(rules.nested) if rules.nested else None
        self._nested_short = regex.compile(rules.nested_short) if rules.nested_short else None
        self._zone_tail = regex.compile(rules.zone_tail)
        self._zone_own = re.compile(rules.zone_own)
        self._no_zone = tuple(rules.no_zone)
        self._zone_parts = tuple(sorted(rules.zone_part.split("|"), key=len, reverse=True)) if rules.zone_part else ()
        letters = "".join(rules.letters)
        self._letters = re.compile(rf"(?:{rules.letters_before})([{letters}])(?:{rules.letters_after})") if letters else None
        assert rules.settlement is not None
        self._settlement = rules.settlement
        self._settlement_end = re.compile("|".join(rules.settlement.endings))
        self._no_settlement = frozenset(rules.settlement.no_names)
        self._no_settlement_end = tuple(rules.settlement.no_ends)
        self._not_settlement_before = tuple(rules.settlement.not_before)

    def read(self, text: str, home: str | None = None, year: int | None = None) -> list[Mention]:
        """The places of one text."""
        return self.read_page([PageText(text)], home, year)[0]

    def read_page(self, articles: Sequence[PageText], home: str | None = None, year: int | None = None) -> list[list[Mention]]:
        """The places of each article of a page."""
        found = [self.rules.find(article.text) for article in articles]
        page = Page(home, year)
        for hits in found:
            self._note_full_names(hits, page)
        return [self._read_article(article, hits, page) for article, hits in zip(articles, found, strict=True)]

    # -- the first look -----------------------------------------------------------------------------------------

    def _note_full_names(self, hits: Iterable[tuple[int, int, int]], page: Page) -> None:
        readings = self.rules.readings
        previous: tuple[int, str] | None = None
        for n, start, end in hits:
            reading = readings[n]
            if reading.form == "full":
                candidates = reading.payload
                live = [p for p in candidates if p.valid_in(page.year)] or candidates
                if len({p.code for p in live}) > 1:
                    above = previous[1] if previous and previous[0] == start else None
                    live = [p for p in live if above and within(p.code, above)] or [p for p in live if self._near_home(p.code, page)]
                if len({p.code for p in live}) == 1:
                    page.named[live[0].code] += 1
                    previous = (end, live[0].code)
            elif reading.form == "short" and reading.payload[0].code.endswith("0000"):
                page.named[reading.payload[0].code] += 1
                previous = (end, reading.payload[0].code)

    @staticmethod
    def _near_home(code: str, page: Page) -> bool:
        return code in page.home_chain or (bool(page.home) and within(code, page.home_chain[-2] if len(page.home_chain) > 2 else page.home_chain[0]))

    # -- the second look ----------------------------------------------------------------------------------------

    def _read_article(self, article: PageText, hits: Sequence[tuple[int, int, int]], page: Page) -> list[Mention]:
        text = article.text
        state = Article()
        if article.place_code and level_of(article.place_code) == "county":
            state.counties[article.place_code] = 1
        for n, start, end in hits:
            reading = self.rules.readings[n]
            mentions = self._read_hit(reading, text, start, end, page, state)
            for mention in mentions:
                self._note(mention, state)
        extra = self._townships_in_short(text, page, state)
        extra += self._settlements(text, page, state, extra)
        extra += self._letters_for_places(text, page, state)
        mentions = _without_overlaps([*state.mentions, *extra])
        self._widen_to_zones(text, mentions, page)
        mentions = _without_overlaps([*mentions, *self._zones_of_their_own(text, mentions, page)])
        if self._nested is not None:
            self._mark_nested(text, mentions)
        return mentions

    def _read_hit(self, reading: Reading, text: str, start: int, end: int, page: Page, state: Article) -> list[Mention]:
        form = reading.form
        if form == "full":
            return self._divisions(reading, text, start, end, page, state)
        if form == "short":
            return self._short(reading, text, start, end, page, state)
        if form == "township":
            return self._township(reading, text, start, end, page, state)
        if form == "deictic":
            return self._deictic(reading, text, start, end, page, state)
        if form == "several":
            found = [p for p in (self.gazetteer.by_code(code, page.year) for code in reading.payload) if p]
            return [Mention(start, end, p.name, p.code, p.level, "several", reading.rule_id) for p in found]
        if form == "nation":
            return [Mention(start, end, "中国", NATION, "nation", "nation", reading.rule_id)]
        if form == "region":
            return [Mention(start, end, reading.payload, None, "region", "lexicon", reading.rule_id)]
        if form == "regions":
            return [Mention(start, end, reading.payload, None, "region", "lexicon", reading.rule_id)]
        if form == "foreign":
            return [Mention(start, end, reading.payload, None, "foreign", "lexicon", reading.rule_id)]
        if form == "zone":
            return self._listed_zone(reading, text, start, end, page, state)
        return []

    def _note(self, mention: Mention, state: Article) -> None:
        state.mentions.append(mention)
        if mention.code is None or mention.deictic:
            return
        state.last[mention.level] = mention
        state.last[f"{mention.level}:{mention.name[-1]}"] = mention
        if mention.level == "county":
            state.counties[mention.code] = state.counties.get(mention.code, 0) + 1
        elif mention.level == "township":
            short = township_short_name(mention.name)
            if short:
                state.townships[short] = (mention.code, mention.name)

    # -- divisions ----------------------------------------------------------------------------------------------

    def _divisions(self, reading: Reading, text: str, start: int, end: int, page: Page, state: Article) -> list[Mention]:
        candidates = reading.payload
        best, method = self._choose(candidates, start, page, state)
        if best is None:
            name, level = candidates[0].name, candidates[0].level
            return [Mention(start, end, name, None, level, "unresolved", reading.rule_id, candidates=candidates)]
        place = self.gazetteer.in_year(best, page.year)
        if place is not best:
            method = "earlier_name"
        return [Mention(start, end, place.name, place.code, place.level, method, reading.rule_id)]

    def _short(self, reading: Reading, text: str, start: int, end: int, page: Page, state: Article) -> list[Mention]:
        surface = text[start:end]
        live = tuple(p for p in reading.payload if p.end is None or p.valid_in(page.year)) or reading.payload
        best, _ = self._choose(live, start, page, state)
        best = next((p for p in live if p.level == "province" and not (best and best.code in page.home_chain)), best)
        if best is None:
            return []
        gone = best.end is not None and not best.valid_in(page.year)
        if gone:
            best = self.gazetteer.in_year(best, page.year)
        support = self._support(best.code, start, page, state)
        clean = self._begins_word(text, start, state)
        if surface in self.rules.common or gone or (surface[0] in _NUMERALS and best.level == "county"):
            if support < 35 or not (clean or support >= 50):
                return []
        elif (best.level == "county" and support < 15 and len({p.code for p in live}) > 1) or (best.level == "county" and support < 15 and not clean and len(surface) < 3):
            return []
        method = "chain" if state.mentions and state.mentions[-1].end == start else "home" if best.code in page.home_chain else "short_name"
        return [Mention(start, end, best.name, best.code, best.level, method, reading.rule_id)]

    def _choose(self, candidates: Sequence[Place], start: int, page: Page, state: Article) -> tuple[Place | None, str]:
        """The candidate that the context speaks for; None where it speaks for several or for none."""
        if len(candidates) == 1:
            return candidates[0], "full_name"
        live = [p for p in candidates if p.valid_in(page.year)] or list(candidates)
        if len(live) == 1:
            return live[0], "full_name"
        scored = [(self._support(p.code, start, page, state), p) for p in live]
        top = max(score for score, _ in scored)
        best = [p for score, p in scored if score == top]
        if len(best) > 1:
            best = _highest(best)
        if len({p.code for p in best}) == 1 and (top > 0 or best[0].level != "county"):
            return best[0], "chain" if top >= 100 else "home" if best[0].code in page.home_chain else "context" if top else "full_name"
        # One area under two of its codes: the names ended and lead to the same place today.
        heirs = {self.gazetteer.in_year(p, page.year).code for p in best}
        if len(heirs) == 1:
            return best[0], "earlier_name"
        return None, "unresolved"

    def _support(self, code: str, start: int, page: Page, state: Article) -> int:
        """How much the page, the article and what stands before speak for a code."""
        above = parent_code(code)
        mentions = state.mentions
        if mentions:
            last = mentions[-1]
            if last.end == start and last.code and last.code != code and within(code, last.code):
                return 100
        score = 0
        if code in page.home_chain:
            score = 60
        elif page.named.get(code):
            score = 50
        elif page.home_chain:
            if within(code, page.home_chain[0]):
                score = 40
            elif len(page.home_chain) > 1 and above == page.home_chain[1]:
                score = 35
            elif code[:2] == page.home_chain[-1][:2]:
                score = 20
        if score < 25 and above and (page.named.get(above) or code in state.counties or above in page.home_chain):
            score = max(score, 25)
        elif score < 15 and page.named.get(code[:2] + "0000"):
            score = 15
        if score < 12 and any(named[:4] == code[:4] and code[2:4] not in ("01", "02", "90") for named in state.counties):
            score = 12
        return score + (3 if code in state.counties else 0)

    @staticmethod
    def _begins_word(text: str, start: int, state: Article) -> bool:
        if start == 0 or not _HAN.match(text[start - 1]) or text[start - 1] in _JOINS:
            return True
        return bool(state.mentions) and state.mentions[-1].end == start

    # -- townships and what lies below ----------------------------------------------------------------------------

    def _township(self, reading: Reading, text: str, start: int, end: int, page: Page, state: Article) -> list[Mention]:
        name = text[start:end]
        counties: tuple[str, ...] = reading.payload
        last = state.mentions[-1] if state.mentions else None
        code, method = None, "unresolved"
        if last and last.end == start and last.code and last.level in ("county", "city", "province"):
            inside = [c for c in counties if within(c, last.code)]
            if len(inside) == 1:
                code, method = inside[0], "chain"
            elif last.level == "county":
                # A town that the lists do not have under the county the page puts it in: the page knows better.
                code, method = last.code, "chain"
        if code is None:
            near = [c for c in self._counties_in_play(page, state) if c in counties]
            if near:
                code, method = near[0], "home" if near[0] in page.home_chain else "context"
            elif page.home_chain:
                inside = [c for c in counties if within(c, page.home_chain[0])] or [c for c in counties if c[:4] == page.home_chain[0][:4]]
                if len(inside) == 1:
                    code, method = inside[0], "home"
        if code is None and len(counties) == 1 and self._begins_word(text, start, state) and len(name) > 2:
            if page.home_chain and counties[0][:2] != page.home_chain[-1][:2]:
                return []
            code, method = counties[0], "full_name"
        if code is None:
            if len(name) < 3 or not self._begins_word(text, start, state):
                return []
            candidates = tuple(p for c in counties if (p := self.gazetteer.by_code(c)))
            return [Mention(start, end, name, None, "township", "unresolved", reading.rule_id, township=name, candidates=candidates)]
        return [Mention(start, end, name, code, "township", method, reading.rule_id, township=name)]

    @staticmethod
    def _counties_in_play(page: Page, state: Article) -> list[str]:
        """Counties a township may belong to: the one last named, those named in the article, the home county."""
        out = [state.last["county"].code] if "county" in state.last else []
        out += sorted(state.counties, key=lambda code: -state.counties[code])
        out += [page.home] if page.home and level_of(page.home) == "county" else []
        return [code for code in dict.fromkeys(out) if code]

    def _townships_in_short(self, text: str, page: Page, state: Article) -> list[Mention]:
        """金龙 once 金龙镇 has been named, and 新胜、卧佛、五桂 where a list holds several towns of one county."""
        out: list[Mention] = []
        taken = _Cover(state.mentions)
        rule_id = next(r.rule_id for r in self.rules.readings if r.form == "township").rsplit(".", 1)[0] + ".short"
        for county in self._counties_in_play(page, state)[:3]:
            hits = [(name, s, e) for name, s, e in self.rules.find_township_shorts(county, text) if taken.free(s, e)]
            for k, (name, start, end) in enumerate(hits):
                short = text[start:end]
                listed = (k > 0 and hits[k - 1][2] + 1 == start and text[start - 1] == "、") or (
                    k + 1 < len(hits) and end + 1 == hits[k + 1][1] and text[end] == "、"
                )
                named = state.townships.get(short, ("", ""))[0] == county
                if short in self.rules.common and not (listed and len(hits) > 2) and not (named and self._begins_word(text, start, state)):
                    continue
                if not (named or listed) or text[end : end + 1] in ("村", "路", "山", "河", "江", "湖"):
                    continue
                full = state.townships[short][1] if named else name
                out.append(Mention(start, end, full, county, "township", "context" if named else "list", rule_id, township=full))
        return out

    def _settlements(self, text: str, page: Page, state: Article, more: Sequence[Mention]) -> list[Mention]:
        """Villages and communities: 中坝村 after its town, or where a name can only begin in one place."""
        out: list[Mention] = []
        every = sorted([*state.mentions, *more], key=lambda m: m.start)
        taken = _Cover(every)
        ends = {m.end: m for m in every if m.code and not m.deictic and m.level in ("county", "township", "village", "city")}
        stems: dict[str, Mention] = {}
        for match in self._settlement_end.finditer(text):
            at, end = match.span()
            if text.startswith(self._not_settlement_before, end) or not taken.free(at, end):
                continue
            start, chained = self._settlement_start(text, at, ends, out)
            if start is None or not self._can_name_settlement(text[start:at]) or not taken.free(start, end):
                continue
            town = chained if chained and chained.level == "township" else _last_before(every, start, "township")
            code = chained.code if chained else town.code if town else self._county_for(page, state)
            if code is None or level_of(code) == "province":
                continue
            mention = Mention(
                start, end, text[start:end], code, "village", "chain" if chained else "pattern", f"places/{self._settlement.id}", township=town.name if town else None
            )
            out.append(mention)
            stems.setdefault(text[start:at], mention)
        found = _Cover([*every, *out])
        for stem, village in stems.items():
            at = text.find(stem)
            while at >= 0 and len(stem) >= 2 and stem not in self.rules.common:
                end = at + len(stem)
                if found.free(at, end) and not text.startswith(("路", "村", "社区"), end):
                    out.append(Mention(at, end, village.name, village.code, "village", "context", village.rule_id, township=village.township))
                at = text.find(stem, end)
        return out

    def _settlement_start(self, text: str, at: int, ends: dict[int, Mention], found: Sequence[Mention]) -> tuple[int | None, Mention | None]:
        for length in (2, 3, 4, 1, 5):
            if at - length in ends and all(_HAN.match(char) for char in text[at - length : at]):
                return at - length, ends[at - length]
        for length in (2, 3, 4):
            start = at - length
            if start < 0 or not all(_HAN.match(char) for char in text[start:at]):
                break
            if start == 0 or (not _HAN.match(text[start - 1]) and text[start - 1] not in "“‘"):
                return start, None
            if text[start - 1] in self.rules.openers or text[max(0, start - 2) : start] in self.rules.openers:
                return start, None
        return None, None

    def _can_name_settlement(self, stem: str) -> bool:
        """Not 美丽乡村, 行政村, 各村: what says of which kind or how many villages are meant is no name."""
        return stem not in self._no_settlement and not stem.endswith(self._no_settlement_end) and not _NEVER_IN_NAME.search(stem)

    def _county_for(self, page: Page, state: Article) -> str | None:
        counties = self._counties_in_play(page, state)
        return counties[0] if counties else None

    # -- deictics -------------------------------------------------------------------------------------------------

    def _deictic(self, reading: Reading, text: str, start: int, end: int, page: Page, state: Article) -> list[Mention]:
        kind, whose = reading.payload
        if kind in ("镇", "乡", "街道"):
            last = _last_of(state.mentions, "township", kind)
            if last is None:
                return []
            return [Mention(start, end, last.name, last.code, "township", "deictic", reading.rule_id, deictic=True, township=last.township)]
        if kind in ("村", "社区"):
            return []
        place = self._meant(kind, whose, page, state)
        level = {"省": "province", "市": "city", "州": "city", "盟": "city"}.get(kind, "county")
        if place is None:
            return [Mention(start, end, text[start:end], None, level, "unresolved", reading.rule_id, deictic=True)]
        return [Mention(start, end, place.name, place.code, place.level, "deictic", reading.rule_id, deictic=True)]

    def _meant(self, kind: str, whose: str, page: Page, state: Article) -> Place | None:
        """The place that 全区, 我市, 该县 mean: by kind, the home place first for ours, the last one named for 该."""
        home = [p for code in page.home_chain if (p := self.gazetteer.by_code(code, page.year))]
        ours = next((p for p in home if _is_kind(p, kind)), None)
        named = self._last_of_kind(kind, page, state)
        if whose == "last":
            return named or ours
        return ours or named

    def _last_of_kind(self, kind: str, page: Page, state: Article) -> Place | None:
        for mention in reversed(state.mentions):
            if mention.code is None or mention.deictic or mention.level in ("nation", "region", "foreign"):
                continue
            for code in chain(mention.code):
                place = self.gazetteer.by_code(code, page.year)
                if place is not None and _is_kind(place, kind):
                    return place
        return None

    # -- zones ------------------------------------------------------------------------------------------------------

    def _listed_zone(self, reading: Reading, text: str, start: int, end: int, page: Page, state: Article) -> list[Mention]:
        zones: tuple[Place, ...] = reading.payload
        best, _ = self._choose(zones, start, page, state) if len(zones) > 1 else (zones[0], "")
        if best is None:
            return [Mention(start, end, text[start:end], None, "zone", "unresolved", reading.rule_id, candidates=zones)]
        return [Mention(start, end, best.name, best.code or None, "zone", "lexicon", reading.rule_id)]

    def _widen_to_zones(self, text: str, mentions: list[Mention], page: Page) -> None:
        """永川高新区: a place and the kind of zone after it are one zone, of the place's code."""
        starts = {m.start for m in mentions}
        for mention in mentions:
            if mention.end in starts:
                continue
            if mention.level in ("nation", "region", "foreign", "village") or mention.deictic:
                continue
            match = self._zone_tail.match(text, mention.end)
            if match is None:
                continue
            mention.end = match.end()
            for part in self._zone_parts:
                if text.endswith(part, 0, mention.start):
                    mention.start -= len(part)
                    break
            if mention.level != "zone":
                place = self.gazetteer.by_code(mention.code, page.year) if mention.code else None
                stem = (place.short or (place.name,))[0] if place and mention.level != "township" else mention.name
                mention.name = stem + match.group() if mention.start == match.start() - (mention.end - match.start()) else text[mention.start : mention.end]
            else:
                mention.name = text[mention.start : mention.end]
            mention.level, mention.rule_id = "zone", self.rules.zone_rule

    def _zones_of_their_own(self, text: str, mentions: Sequence[Mention], page: Page) -> list[Mention]:
        """同兴工业园区: a zone by a name of its own, where the name can only begin in one place; the code is the page's."""
        out: list[Mention] = []
        taken = _Cover(mentions)
        for match in self._zone_own.finditer(text):
            at, end = match.span()
            if not taken.free(at, end):
                continue
            for length in (2, 3, 4):
                start = at - length
                if start < 0 or not all(_HAN.match(char) for char in text[start:at]):
                    break
                before = text[start - 1 : start]
                if not before or not _HAN.match(before) or before in self.rules.openers or text[max(0, start - 2) : start] in self.rules.openers:
                    if taken.free(start, end) and self._can_name_settlement(text[start:at]) and not text[start:at].startswith(self._no_zone):
                        last = next((m for m in reversed(mentions) if m.end <= start and m.code and m.level in ("county", "city")), None)
                        code = page.home if page.home and page.home != NATION else last.code if last else None
                        if code:
                            out.append(Mention(start, end, text[start:end], code, "zone", "pattern", self.rules.zone_rule))
                    break
        return out

    # -- the rest ---------------------------------------------------------------------------------------------------

    def _letters_for_places(self, text: str, page: Page, state: Article) -> list[Mention]:
        """在渝, 来川, and 来碚 on a page of 北碚."""
        out: list[Mention] = []
        if self._letters is not None:
            for match in self._letters.finditer(text):
                place = self.gazetteer.by_code(self.rules.letters[match[1]], page.year)
                if place is not None:
                    out.append(Mention(*match.span(1), place.name, place.code, place.level, "letter", self.rules.letters_rule))
        home = self.gazetteer.by_code(page.home, page.year) if page.home else None
        if home is not None and home.level in ("county", "city") and home.short:
            own = "".join(char for char in home.short[0][:3] if char not in self.rules.letters)
            if own:
                for match in re.finditer(rf"(?:{self.rules.letters_before})([{own}])(?:{self.rules.letters_after})", text):
                    out.append(Mention(*match.span(1), home.name, home.code, home.level, "letter", self.rules.letters_rule))
        taken = _Cover(state.mentions)
        return [m for m in out if taken.free(m.start, m.end)]

    def _mark_nested(self, text: str, mentions: Sequence[Mention]) -> None:
        """From the end: in 合川区钓鱼城街道党工委 the street is part of the body's name, and so is the district before it."""
        after: Mention | None = None
        for mention in reversed(mentions):
            if after is not None and after.start == mention.end and not after.deictic:
                mention.nested = after.nested
            elif not mention.deictic and mention.level != "foreign":
                mention.nested = self._is_nested(text, mention)
            after = mention

    def _is_nested(self, text: str, mention: Mention) -> bool:
        assert self._nested is not None and self._nested_short is not None
        end = mention.end
        if mention.start and text[mention.start - 1] in "《“" and _TITLE_END.match(text, end):
            return True
        if mention.method == "several" and text.startswith(("两地", "地区", "两省"), end):
            return False
        if self._nested.match(text, end):
            return True
        short = mention.end - mention.start < len(mention.name) or mention.method == "several" or mention.level == "nation"
        return short and self._nested_short.match(text, end) is not None


class _Cover:
    """Which stretches of a text are taken."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._taken = {at for m in mentions for at in range(m.start, m.end)}

    def free(self, start: int, end: int) -> bool:
        return not any(at in self._taken for at in range(start, end))


def _is_kind(place: Place, kind: str) -> bool:
    name = place.name
    if kind == "市":
        return name.endswith("市")
    if kind == "区":
        return name.endswith("区") and not name.endswith(("地区", "特别行政区"))
    if kind == "省":
        return name.endswith("省")
    return name.endswith(kind) or (kind in ("县", "旗", "州") and name.endswith("自治" + kind))


def _highest(places: Sequence[Place]) -> list[Place]:
    """Of equally likely readings of a short name, those of the highest level: 长沙 is the city, not its county."""
    order = {"province": 0, "city": 1, "county": 2}
    top = min(order.get(p.level, 3) for p in places)
    return [p for p in places if order.get(p.level, 3) == top]


def _last_of(mentions: Sequence[Mention], level: str, kind: str) -> Mention | None:
    return next((m for m in reversed(mentions) if m.level == level and m.code and m.name.endswith(kind)), None)


def _last_before(mentions: Sequence[Mention], position: int, level: str) -> Mention | None:
    return next((m for m in reversed(mentions) if m.end <= position and m.level == level and m.code), None)


def _without_overlaps(mentions: Iterable[Mention]) -> list[Mention]:
    """In order of the text; of two that overlap the longer stays. Several places of one span all stay."""
    out: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -(m.end - m.start))):
        if out and mention.start < out[-1].end and (mention.start, mention.end) != (out[-1].start, out[-1].end):
            continue
        out.append(mention)
    return out

