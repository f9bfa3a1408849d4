"""Finds the places of a page and says which they are.

`PlaceReader.read_page` takes the texts of a page's articles, `read` one text. A first look over the whole page collects
what is named in full, so that a short name on its first line can lean on the full name further down.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain as chain_of

from pipeline.stages.places.below import ROAD, Below
from pipeline.stages.places.gazetteer import NATION, Gazetteer, Place, chain, level_of, within
from pipeline.stages.places.letters import Letters
from pipeline.stages.places.mentions import Cover, Mention, PageText, without_overlaps
from pipeline.stages.places.nesting import Nesting
from pipeline.stages.places.rules import OFFICE, PlaceRules, Reading
from pipeline.stages.places.settling import settle_by_chains, settle_villages
from pipeline.stages.places.shortnames import township_short_name
from pipeline.stages.places.support import CHAINED, FOR_COMMON_WORDS, FOR_DOUBTFUL, NAMED, Article, Chooser, Page, is_far, of_kind
from pipeline.stages.places.zones import Zones

_NUMERALS = frozenset("一二三四五六七八九十百千万两")
_LEVELS = {"省": "province", "市": "city", "州": "city", "盟": "city"}
#: What stands between the places of a list, or the ends of a line.
_LIST = frozenset("、和与及")
_JOINS = frozenset("、—–-－·和与及至")
#: The next of a list of rivers, lakes or mountains.
_NEXT_WATER = re.compile("、([一-鿿]{1,4}?([河江湖山]))(?=[、和与及等，。；])")
#: Places below the county, which 全镇 and 该村 can mean.
_BELOW_COUNTY = frozenset(("街道", "镇", "乡", "苏木"))
_VILLAGES = frozenset(("社区", "村", "嘎查"))
#: So far back 全市 and 该镇 look for what they mean: what was named longer ago is out of mind.
_RECENT = 500


class PlaceReader:
    """Reads places with the compiled rules of the family."""

    def __init__(self, rules: PlaceRules) -> None:
        self.rules = rules
        self.gazetteer: Gazetteer = rules.gazetteer
        self._words_too = rules.common | rules.bounded | rules.joined
        self._chooser = Chooser(rules.gazetteer)
        self._below = Below(rules)
        self._zones = Zones(rules)
        self._nesting = Nesting(rules)
        self._letters = Letters(rules, self._below)
        self._readers: dict[str, Callable[[Reading, str, int, int, Page, Article], list[Mention]]] = {
            "full": self._full,
            "chained": self._chained,
            "short": self._short,
            "township": self._township,
            "deictic": self._deictic,
            "several": self._several,
            "zone": self._zone,
        }

    def read(self, text: str, home: str | None = None, year: int | None = None) -> list[Mention]:
        """The places of one text."""
        return self.read_page([PageText(text)], home, year)[0]

    def read_page(self, articles: Sequence[PageText], home: str | None = None, year: int | None = None) -> list[list[Mention]]:
        """The places of each article of a page that belongs to `home` and is of that year."""
        found = [self.rules.find(article.text) for article in articles]
        page = Page(home, year, texts=[article.text for article in articles])
        for article, hits in zip(articles, found, strict=True):
            self._note_full_names(article.text, hits, page)
        read = [self._read_article(article, hits, page) for article, hits in zip(articles, found, strict=True)]
        if len(articles) > 1 and (villages := self._below.again.known(page.below_county)):
            read = [self._with_villages(article.text, mentions, villages) for article, mentions in zip(articles, read, strict=True)]
        settle_by_chains([mention for mentions in read for mention in mentions])
        return read

    def _with_villages(self, text: str, mentions: list[Mention], villages: dict[str, Mention]) -> list[Mention]:
        """The places of an article and, by bare names, the villages that another piece of the page names under their towns."""
        more = self._below.again.told_elsewhere(text, villages, mentions)
        if not more:
            return mentions
        mentions = without_overlaps([*mentions, *more])
        self._nesting.mark(text, mentions)
        return mentions

    def _note_full_names(self, text: str, hits: Iterable[tuple[int, int, int]], page: Page) -> None:
        previous: tuple[int, str] | None = None
        for n, start, end in hits:
            reading = self.rules.readings[n]
            code = None
            if reading.form == "full" and text[end - 1 : end + 1] not in self.rules.tails and text[start:end] not in self.rules.common:
                above = previous[1] if previous and previous[0] == start else None
                begins = above is not None or self._below.begins_word(text, start)
                if begins or not self._may_be_a_seam(text, start, end):
                    code = self._chooser.name_on_page(reading.payload, above, page)
                if code and not begins and page.home_chain and code[:2] != page.home_chain[-1][:2]:
                    code = None  # 罗浮山县 on a page of 广东 speaks for no 浮山县
            elif reading.form == "short" and reading.payload[0].level == "province":
                code = reading.payload[0].code
            if code is not None:
                page.named[code] += 1
                previous = (end, code)

    def _read_article(self, article: PageText, hits: Sequence[tuple[int, int, int]], page: Page) -> list[Mention]:
        text = article.text
        state = Article()
        if article.place_code and level_of(article.place_code) == "county":
            state.counties[article.place_code] = 1
        readings = self.rules.readings
        for n, start, end in hits:
            reading = readings[n]
            reader = self._readers.get(reading.form)
            if reader is not None:
                for mention in reader(reading, text, start, end, page, state):
                    mention.of_road = len(mention.name) > end - start and ROAD.match(text, mention.end) is not None
                    state.note(mention)
            elif reading.form == "nation":
                state.note(Mention(start, end, reading.payload, NATION, "nation", "nation", reading.rule_id))
            elif reading.form in ("regions", "foreign"):
                level = "region" if reading.form == "regions" else "foreign"
                state.note(Mention(start, end, reading.payload, None, level, "lexicon", reading.rule_id))
        for mention in self._below.unlisted_townships(text, state):
            state.note(mention)
        state.mentions.sort(key=lambda m: m.start)
        extra = self._below.townships(text, page, state)
        extra += self._below.settlements(text, page, state, extra)
        extra += self._letters.alone(text, page, state.mentions)
        extra += self._letters.in_lists(text, page, [*state.mentions, *extra])
        by_stem = {(m.start, m.end) for m in extra if m.level == "village"}
        if by_stem:  # 张湾 beside 张湾村 is the village, and no district far away
            state.mentions = [m for m in state.mentions if (m.start, m.end) not in by_stem]
        runs = self._letters.in_runs(text, page)
        if runs:  # 川滇 that was read in 川滇黔渝 yields to the longer
            longer = Cover(runs)
            state.mentions = [m for m in state.mentions if m.method != "several" or longer.free(m.start, m.end)]
        mentions = settle_villages(without_overlaps([*state.mentions, *extra, *runs]), page.only_village())
        self._zones.widen(text, mentions, page)
        own = self._zones.of_their_own(text, mentions, page, self._below)
        mentions = without_overlaps([*mentions, *own])
        self._nesting.mark(text, mentions)
        page.below_county += [m for m in mentions if not m.deictic and m.level in ("township", "village")]
        return mentions

    # -- names of divisions ---------------------------------------------------------------------------------------

    def _full(self, reading: Reading, text: str, start: int, end: int, page: Page, state: Article) -> list[Mention]:
        if text[end - 1 : end + 1] in self.rules.tails:
            return self._without_kind(text, start, end, page, state)
        candidates: tuple[Place, ...] = reading.payload
        best, method = self._chooser.choose(candidates, start, page, state)
        support = self._chooser.support(best.code, start, page, state) if best else 0
        if support < FOR_COMMON_WORDS:
            by_chance = self._may_be_a_seam(text, start, end) or (best is not None and end - start < 4 and is_far(best, support, page))
            if text[start:end] in self.rules.common or (by_chance and not self._begins(text, start, state)):
                return []
        if best is not None and not best.valid_in(page.year) and is_far(best, support, page):
            best = None  # 北城区 on a page of 定州 is not the one that 太原 once had
        if best is None:
            live = tuple(p for p in candidates if p.valid_in(page.year)) or candidates
            return [Mention(start, end, live[0].name, None, live[0].level, "unresolved", reading.rule_id, candidates=live)]
        place = self.gazetteer.in_year(best, page.year)
        return [Mention(start, end, place.name, place.code, place.level, method if place is best else "earlier_name", reading.rule_id)]

    def _without_kind(self, text: str, start: int, end: int, page: Page, state: Article) -> list[Mention]:
        """合川 in 合川区域, and 安阳 in 安阳乡镇: the last character of the full name begins another word."""
        shorter = self.rules.reading(text[start : end - 1])
        return self._short(shorter, text, start, end - 1, page, state) if shorter and shorter.form == "short" else []

    def _chained(self, reading: Reading, text: str, start: int, end: int, page: Page, state: Article) -> list[Mention]:
        """城区 right after 晋城市 is the district of that name; anywhere else it is the built-up area of any town."""
        last = state.mentions[-1] if state.mentions else None
        if last is None or last.end != start or last.level != "city" or not any(within(p.code, last.code or "") for p in reading.payload):
            return []
        return self._full(reading, text, start, end, page, state)

    def _short(self, reading: Reading, text: str, start: int, end: int, page: Page, state: Article) -> list[Mention]:
        candidates: tuple[Place, ...] = reading.payload
        if self._begins_a_town(text, end) or (candidates[0].level == "county" and self._among_waters(text, start, end)):
            return []
        listed = len(candidates) > 1 and text[start - 1 : start] in _LIST and self._below.word_ends(text, end)
        best, _ = self._chooser.choose(candidates, start, page, state, short=True, listed=listed)
        if best is None:
            return self._one_later(text, start, page, state)
        place = self.gazetteer.in_year(best, page.year)
        if place is best and place.level != "county" and self._means_nothing_else(text, start, end):
            if place.level == "city" and not self._begins(text, start, state) and page.calls_a_person(text[start - 1 : end]):
                return []
            return [self._by_short_name(place, reading, start, end, page, state)]
        support = self._chooser.support(place.code, start, page, state)
        if place.level == "county" and support < NAMED and (town := self._town_at_home(text[start:end], page)):
            if text[end + 1 : end + 2] in ("镇", "乡") and text[end : end + 2] not in self.rules.never:
                return []  # 高台堡镇 is another name than 高台镇
            # 古田 on a page of 上杭县 is its town, and not the county of that name in another city.
            return [Mention(start, end, town, page.home, "township", "home", self.rules.township_short_rule, township=town)]
        if place.level == "county" and support < FOR_DOUBTFUL and page.calls_a_person(text[start:end]):
            return []
        if place.level == "city" and not self._begins(text, start, state) and page.calls_a_person(text[start - 1 : end]):
            return []  # 站长石玉林 is not in 玉林
        shared = len({p.code for p in candidates if p.valid_in(page.year)}) > 1
        needed = FOR_COMMON_WORDS if place is not best else FOR_DOUBTFUL if shared and place.level == "county" else 0
        if text[end - 1 : end + 1] in self.rules.tails and (shorter := self.rules.reading(text[start : end - 1])) and shorter.form == "short":
            return self._short(shorter, text, start, end - 1, page, state)  # 孟连 in 孟连县城
        if support < needed or not self._stands(text, start, end, place, support, state):
            return self._one_later(text, start, page, state)
        if is_far(place, support, page) and not self._listed(text, start, state) and not self._stands_alone(text, start, end, state):
            return self._one_later(text, start, page, state)
        if place.level == "county" and support < NAMED and (later := self._one_later(text, start, page, state)):
            return later
        return [self._by_short_name(place, reading, start, end, page, state)]

    @staticmethod
    def _by_short_name(place: Place, reading: Reading, start: int, end: int, page: Page, state: Article) -> Mention:
        last = state.mentions[-1] if state.mentions else None
        lies_in_it = last is not None and last.end == start and last.code is not None and within(place.code, last.code)
        method = "chain" if lies_in_it else "home" if place.code in page.home_chain else "short_name"
        return Mention(start, end, place.name, place.code, place.level, method, reading.rule_id)

    def _means_nothing_else(self, text: str, start: int, end: int) -> bool:
        """Whether the short name of a city or province is no word of its own either, and goes on to none."""
        tails = self.rules.tails
        return text[start:end] not in self._words_too and text[end - 1 : end + 1] not in tails and text[end - 1 : end + 2] not in tails

    def _begins_a_town(self, text: str, end: int) -> bool:
        """Whether a short name goes on to one of a town: 安阳镇 is none of 安阳, but 无锡镇江两地 are two cities."""
        if text[end : end + 1] not in ("镇", "乡") or text[end : end + 2] in self.rules.tails:
            return False
        return all(self.rules.reading(text[end : end + length]) is None for length in (2, 3, 4))

    def _among_waters(self, text: str, start: int, end: int) -> bool:
        """Whether a short name goes on to a list of rivers, lakes or mountains: 茄子河、吉兴河; but not 爱惠山、建惠山."""
        match = _NEXT_WATER.match(text, end) if text.startswith("、", end) else None
        return match is not None and match[2] == text[end - 1] and text[start:end] not in match[1] and self.rules.reading(match[1]) is None

    def _town_at_home(self, short: str, page: Page) -> str | None:
        """The home county's town of this short name."""
        if page.home is None or level_of(page.home) != "county":
            return None
        return next((name for name in self.gazetteer.townships.get(page.home, ()) if township_short_name(name) == short), None)

    def _stands(self, text: str, start: int, end: int, place: Place, support: int, state: Article) -> bool:
        """Whether a short name is the place here, and not some other word or parts of two."""
        begins = self._begins(text, start, state)
        if text[end - 1 : end + 1] in self.rules.tails or text[end - 1 : end + 2] in self.rules.tails:
            return False
        if text[start:end] in self.rules.common or (text[start] in _NUMERALS and place.level == "county"):
            return support >= FOR_COMMON_WORDS and begins
        if text[start:end] in self.rules.bounded and support < FOR_COMMON_WORDS:
            return begins and (self._below.word_ends(text, end) or self._listed(text, start, state) or support >= CHAINED)
        sure = place.level != "county" and text[start:end] not in self.rules.joined
        return sure or support >= FOR_COMMON_WORDS or begins or end - start > 2

    def _begins(self, text: str, start: int, state: Article) -> bool:
        """Whether a name can begin here: right after another place too."""
        last = state.mentions[-1] if state.mentions else None
        after_one = last is not None and last.end == start and last.level not in ("foreign", "region")  # 文圣 in 希腊文圣经 is none
        return after_one or self._below.begins_word(text, start)

    @staticmethod
    def _may_be_a_seam(text: str, start: int, end: int) -> bool:
        """Whether a full name may be parts of two words: 和县 in 治理和县区, 应城市 in 顺应城市, 滨城区 in 海滨城区."""
        return end - start == 2 or (end - start == 3 and text.startswith(("城市", "城区"), start + 1))

    @staticmethod
    def _listed(text: str, start: int, state: Article) -> bool:
        """Whether the name goes on a list of places: 濉溪—永城."""
        last = state.mentions[-1] if state.mentions else None
        return last is not None and last.end == start - 1 and text[start - 1] in _JOINS and last.level in ("county", "city", "province")

    def _stands_alone(self, text: str, start: int, end: int, state: Article) -> bool:
        """Whether no longer name can hold this one: a word can begin before it and another after it."""
        last = state.mentions[-1] if state.mentions else None
        if last is not None and last.end == start:
            return False
        sides = (self._below.begins_word(text, start), self._below.word_ends(text, end))
        return any(sides) if end - start > 2 else all(sides)

    def _one_later(self, text: str, start: int, page: Page, state: Article) -> list[Mention]:
        """从江 in 从江苏 is none, but 江苏 that the search jumped over is one, and 安阳镇 in 和安阳镇."""
        for length in (7, 6, 5, 4, 3):
            reading = self.rules.reading(text[start + 1 : start + 1 + length])
            if reading is not None and reading.form in ("full", "township"):
                return self._readers[reading.form](reading, text, start + 1, start + 1 + length, page, state)
        for length in (2, 3):
            reading = self.rules.reading(text[start + 1 : start + 1 + length])
            if reading is None or reading.form != "short":
                continue
            if any(p.level in ("province", "city") and p.valid_in(page.year) for p in reading.payload):
                place, _ = self._chooser.choose(reading.payload, start + 1, page, state, short=True)
                if place is not None and place.level in ("province", "city") and text[start + 1 : start + 1 + length] not in self.rules.common:
                    return [Mention(start + 1, start + 1 + length, place.name, place.code, place.level, "short_name", reading.rule_id)]
        return []

    def _township(self, reading: Reading, text: str, start: int, end: int, page: Page, state: Article) -> list[Mention]:
        name = text[start:end]
        counties: tuple[str, ...] = reading.payload
        code, method = self._county_of_township(counties, start, page, state)
        if name.endswith(OFFICE):
            if code is None:
                return []
            name = name.removesuffix(OFFICE) + "街道"
        if text[end - 1 : end + 1] in self.rules.tails and method != "chain":
            return self._without_kind(text, start, end, page, state)
        stem = township_short_name(name) or name
        begins = self._below.begins_word(text, start) and stem not in self.rules.openers and stem not in self.rules.common
        if code is None and len(counties) == 1 and begins and not (page.home_chain and counties[0][:2] != page.home_chain[-1][:2]):
            code, method = counties[0], "full_name"
        if code is not None:
            return [Mention(start, end, name, code, "township", method, reading.rule_id, township=name)]
        if len(name) < 3 or not begins:
            return []
        candidates = tuple(p for c in counties if (p := self.gazetteer.by_code(c)))
        return [Mention(start, end, name, None, "township", "unresolved", reading.rule_id, township=name, candidates=candidates)]

    def _county_of_township(self, counties: Sequence[str], start: int, page: Page, state: Article) -> tuple[str | None, str]:
        last = state.mentions[-1] if state.mentions else None
        if last and last.end == start and last.code and last.is_division and last.level in ("county", "city", "province"):
            inside = [c for c in counties if within(c, last.code)]
            if len(inside) == 1:
                return inside[0], "chain"
            if last.level == "county":
                # A town that the lists do not have under the county the page puts it in: the page knows better.
                return last.code, "chain"
        near = [c for c in state.counties_in_play(page) if c in counties]
        if near:
            return near[0], "home" if near[0] in page.home_chain else "context"
        if page.home_chain:
            inside = [c for c in counties if within(c, page.home_chain[0])]
            if len(inside) == 1:
                return inside[0], "home"
        return None, "unresolved"

    # -- other words for places -------------------------------------------------------------------------------------

    def _deictic(self, reading: Reading, text: str, start: int, end: int, page: Page, state: Article) -> list[Mention]:
        kind, whose, region_before = reading.payload
        if kind in _VILLAGES:
            # Villages are read later; see `_settle_villages`.
            return [Mention(start, end, text[start:end], None, "village", "deictic", reading.rule_id, deictic=True)]
        recent = state.mentions[-_RECENT:]
        if kind in _BELOW_COUNTY:
            last = next((m for m in reversed(recent) if _is_town(m, kind)), None) or page.only_town(kind)
            if last is None:
                return []
            return [Mention(start, end, last.name, last.code, "township", "deictic", reading.rule_id, deictic=True, township=last.township)]
        named = _with_what_they_lie_in(recent)
        first, second = (page.home_chain, named) if whose == "ours" else (named, page.home_chain)
        codes: Iterable[str] = chain_of(first, second)
        if region_before and re.compile(region_before).match(text, end):
            codes = (code for code in codes if level_of(code) == "province")
        place = of_kind(kind, codes, self.gazetteer, page.year)
        if whose == "ours" and place is not None and place.code not in page.home_chain:
            line = text.rfind("\n", 0, start) + 1
            beside = [m for m in recent if m.start >= line]  # the news items of a digest stand in a line each
            place = self._most_named(kind, beside, page) or self._most_named(kind, recent, page)
        if place is None:
            return [Mention(start, end, text[start:end], None, _LEVELS.get(kind, "county"), "unresolved", reading.rule_id, deictic=True)]
        return [Mention(start, end, place.name, place.code, place.level, "deictic", reading.rule_id, deictic=True)]

    def _most_named(self, kind: str, mentions: Iterable[Mention], page: Page) -> Place | None:
        """The place of a kind that an article is about: the only one it names, or names in, or that far more than any other."""
        tally: Counter[str] = Counter()
        for mention in mentions:
            if mention.is_division and mention.code and (place := of_kind(kind, chain(mention.code), self.gazetteer, page.year)):
                tally[place.code] += 1
        (best, n), *others = tally.most_common(2) or [("", 0)]
        return self.gazetteer.by_code(best, page.year) if n and all(n >= 2 * other for _, other in others) else None

    def _several(self, reading: Reading, text: str, start: int, end: int, page: Page, state: Article) -> list[Mention]:
        if end - start == 2 and not self._begins(text, start, state) and not self._below.word_ends(text, end):
            return []  # 宣传部部长吉某 is no 长吉
        places = (self.gazetteer.by_code(code, page.year) for code in reading.payload)
        return [Mention(start, end, p.name, p.code, p.level, "several", reading.rule_id) for p in places if p]

    def _zone(self, reading: Reading, text: str, start: int, end: int, page: Page, state: Article) -> list[Mention]:
        zones: tuple[Place, ...] = reading.payload
        best = zones[0] if len(zones) == 1 else self._chooser.choose(zones, start, page, state)[0]
        if best is None:
            return [Mention(start, end, text[start:end], None, "zone", "unresolved", reading.rule_id, candidates=zones)]
        return [Mention(start, end, best.name, best.code, "zone", "lexicon", reading.rule_id)]


def _is_town(mention: Mention, kind: str = "") -> bool:
    return mention.level == "township" and not mention.deictic and mention.name.endswith(kind)


def _with_what_they_lie_in(mentions: Sequence[Mention]) -> Iterator[str]:
    """The codes of places and of what they lie in, the last place first, each place once."""
    for code in dict.fromkeys(m.code for m in reversed(mentions) if m.is_division):
        if code is not None:
            yield from chain(code)
