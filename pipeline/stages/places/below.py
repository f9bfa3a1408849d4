"""Below the county: townships by their short names, villages and communities by what they end in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.stages.places.again import NamedAgain
from pipeline.stages.places.gazetteer import level_of
from pipeline.stages.places.mentions import HAN, Cover, Mention, last_before
from pipeline.stages.places.rules import PlaceRules
from pipeline.stages.places.support import Article, Page

#: Characters that stand in phrases and not in the name of a village.
_NEVER_IN_NAME = re.compile(r"[在到由从把被让给跟的是了再个每这那各该其等有无不些全]")
_NUMERALS = frozenset("一二三四五六七八九十百千万两")
_LIST = "、和与及"
#: What may stand between a town and the first of its villages.
_LEADS = frozenset("辖有属管含原设驻")
#: Where names of villages are spelled by sound and run long: 玉斯屯克阿依库勒村.
_LONG_NAMES = ("15", "54", "63", "65")
_LONGEST_GACHA, _LONGEST_IN_LIST = 8, 3
_KIND_OF_TOWN = re.compile("苏木|镇|乡|街道")
#: How the name of a road goes on after the place it is named after.
ROAD = re.compile("[东西南北中]?(?:[一二三四五六七八九十]|[0-9]+)?(?:路|大道|大街|街(?!道|镇|办)|巷)")
#: What short names of towns share with the mountain or water the town is named after.
_NATURE = tuple("山河江湖岭峰岛洞")
_TOWNSHIP = re.compile(r"([\u3400-\u9fff]{2,4}?)(?:镇|乡|街道|苏木)")


def _same_paragraph(text: str, start: int, end: int) -> bool:
    return text.find("\n", start, end) < 0


def _town_near(known: Sequence[Mention], text: str, start: int) -> Mention | None:
    """The town last named in the same paragraph, where no county was named after it; not one it stands beside (青山沟镇、东汤村)."""
    last = last_before(known, start, ("township", "county"))
    if last is None or last.level != "township" or text[last.end : start] in _LIST or not _same_paragraph(text, last.end, start):
        return None
    return last


def _county_near(known: Sequence[Mention], text: str, start: int, article: Article, page: Page) -> str | None:
    """The county a village by itself lies in: the page's own, the one spoken of in the paragraph, the only one of the article.

    庙庙湖村 on a page of 石嘴山 that named three districts before it may lie in any of them.
    """
    last = last_before(known, start, ("county",))
    near = last.code if last is not None and _same_paragraph(text, last.end, start) else None
    if page.home is not None and level_of(page.home) == "county":
        return near if near is not None and last is not None and text.find("。", last.end, start) < 0 else page.home
    if near is not None and last is not None and text.find("。", last.end, start) < 0 and article.counties[near] * 2 > sum(article.counties.values()):
        return near
    return next(iter(article.counties)) if len(article.counties) == 1 else None


class Below:
    """Finds what the table of names cannot hold by itself."""

    def __init__(self, rules: PlaceRules) -> None:
        assert rules.settlement is not None
        self._rules = rules
        rule = rules.settlement
        self._village_rule = f"places/{rule.id}"
        self._ending = re.compile("|".join(rule.endings))
        self._rest_of_settlement = re.compile(f"([一-鿿]{{0,3}}?)(?:{self._ending.pattern})")
        self._no_names = frozenset(rule.no_names)
        self._no_ends = tuple(rule.no_ends)
        self._not_before = tuple(rule.not_before)
        self._of_its_own = tuple(rule.of_its_own)
        self._office = re.compile(f"(?:{rules.zone_own}|开发区|示范区|新区|办事处|街道办事处|街道办|街道|镇)")
        self._followers = re.compile(rules.followers)
        self.again = NamedAgain(rules, self)

    def begins_word(self, text: str, start: int) -> bool:
        """Whether a name can begin here: after a stop, a preposition, or a verb the rules list."""
        if start == 0 or not HAN.match(text[start - 1]):
            return True
        if text[start - 1] in "年月日" and text[start - 2 : start - 1].isdigit():
            return True
        return text[start - 1] in self._rules.openers or (start > 1 and text[start - 2 : start] in self._rules.openers)

    def word_ends(self, text: str, end: int) -> bool:
        """Whether a name can end here: before a stop, a preposition, or a word the rules list."""
        return end == len(text) or not HAN.match(text[end]) or self._followers.match(text, end) is not None

    def townships(self, text: str, page: Page, article: Article) -> list[Mention]:
        """金龙 once 金龙镇 has been named, and 新胜、卧佛、五桂 where a list holds several towns of one county."""
        out: list[Mention] = []
        taken = Cover(article.mentions)
        for county in article.counties_in_play(page)[:3]:
            hits = [hit for hit in self._rules.find_township_shorts(county, text) if taken.free(hit[1], hit[2])]
            for k, (name, start, end) in enumerate(hits):
                short = text[start:end]
                in_list = (k > 0 and hits[k - 1][2] + 1 == start and text[start - 1] in _LIST) or (
                    k + 1 < len(hits) and end + 1 == hits[k + 1][1] and text[end] in _LIST
                )
                code, full = article.townships.get(short, ("", ""))
                named = code == county
                if (of_kind := self._of_another_kind(text, start, end, article)) is not None:
                    whole = text[start:of_kind]
                    out.append(Mention(start, of_kind, whole, county, "township", "pattern", self._rules.township_rule, township=whole))
                    taken.take(out[-1])
                    continue
                if not (named or in_list) or (short in self._rules.common and not (named and self.begins_word(text, start))):
                    continue
                if not in_list and (short in self._rules.never or self._names_settlement(text, end) or ROAD.match(text, end)):
                    continue  # 公园 is no 公园街道; 金龙社区 is another place than 金龙镇, and so is 金龙北路
                if not in_list and short.endswith(_NATURE) and not (self.begins_word(text, start) and self.word_ends(text, end)):
                    continue  # 浮来山 is the mountain as soon as 浮来山街道
                name = full if named else name
                method = "context" if named else "list"
                mention = Mention(start, end, name, county, "township", method, self._rules.township_short_rule, township=name)
                out.append(mention)
                taken.take(mention)
        return out

    def _of_another_kind(self, text: str, start: int, end: int, article: Article) -> int | None:
        """Where 昂素苏木 ends, which the lists have as 昂素镇."""
        kind = _KIND_OF_TOWN.match(text, end)
        if kind is None or text[kind.end() - 1 : kind.end() + 1] in self._rules.tails or text[start:end] in self._rules.never:
            return None
        begins = self.begins_word(text, start) or any(m.end == start and m.is_division for m in article.mentions)
        return kind.end() if begins else None

    def unlisted_townships(self, text: str, article: Article) -> list[Mention]:
        """A town that the lists do not have under its county, right after the county's name: renamed, merged, or new."""
        starts = {m.start for m in article.mentions}
        out: list[Mention] = []
        for county in article.mentions:
            if county.level != "county" or not county.is_division or county.end in starts or not county.name.endswith(text[county.end - 1]):
                continue
            match = _TOWNSHIP.match(text, county.end)
            if match is None or text[match.end() - 1 : match.end() + 1] in self._rules.tails or not self.can_name(match[1]):
                continue
            if match[1] in self._rules.gazetteer.township_stems or match[1] in self._rules.villages:
                out.append(self._town(match, county.code))
        return out + self._towns_of_lists(text, article, starts)

    def _towns_of_lists(self, text: str, article: Article, starts: set[int]) -> list[Mention]:
        """A town that no list has, new or renamed, between marks beside one that is known: 前进镇、新岭街道."""
        out: list[Mention] = []
        for town in article.mentions:
            if town.level != "township" or not town.is_division or text[town.end : town.end + 1] != "、" or town.end + 1 in starts:
                continue
            match = _TOWNSHIP.match(text, town.end + 1)
            if match is None or any(at in starts for at in range(*match.span())) or not self.can_name(match[1]):
                continue
            ends = self.word_ends(text, match.end()) or self._names_settlement(text, match.end())  # 新岭乡石坝村
            if ends and text[match.end() - 1 : match.end() + 1] not in self._rules.tails:
                out.append(self._town(match, town.code))
        return out

    def _town(self, match: re.Match[str], code: str | None) -> Mention:
        name = match.group()
        return Mention(match.start(), match.end(), name, code, "township", "pattern", self._rules.township_rule, township=name)

    def settlements(self, text: str, page: Page, article: Article, more: Sequence[Mention]) -> list[Mention]:
        """Villages and communities: 中坝村 after its town, or where its name can only begin in one place."""
        out: list[Mention] = []
        known = sorted([*article.mentions, *more], key=lambda m: m.start)
        taken = Cover(known)
        # 柏林 in 夏庄镇大柏林村 is none: a village right after its town may hold what only looks like a place abroad or far away.
        firm = Cover(m for m in known if m.level not in ("foreign", "region") and m.method != "short_name")
        far = {(m.start, m.end) for m in known if m.method == "short_name" and m.level == "county"}
        ends = {m.end: m for m in known if m.is_division and m.level in ("county", "township", "city")}
        stems: dict[str, Mention] = {}
        seats: set[int] = set()
        for match in self._ending.finditer(text):
            at, end = match.span()
            if not taken.free(at, end) or (text.startswith(self._not_before, at) and not text.startswith(self._of_its_own, at)):
                continue
            start, above = self._start(text, at, ends)
            if text.startswith(self._of_its_own, at) and (start is None or not self._owns(text, start, at, above)):
                continue
            if start is None and out and out[-1].code:
                start = self._next_of_list(text, at, out[-1].end)
            if start is None or not (firm if above else taken).free(start, end):
                continue
            if above is None and _NUMERALS.issuperset(text[start:at]):
                continue  # 十一村 counts villages
            beside = out[-1] if out and out[-1].end == start - 1 and text[start - 1] in _LIST else None
            town = above if above and above.level == "township" else None
            if above is None and (seat := article.townships.get(text[start:at])):
                # 枣园村 is in 枣园街道, whatever was named since, and what stands beside it in a list may be anywhere.
                town = next(m for m in known if m.level == "township" and m.name == seat[1])
                seats.add(start)
            elif above is None and beside is not None and beside.start in seats:
                seats.add(start)
            elif above is None:
                above = beside  # the next of a list lies where the one before it does: 仙游湘溪村、金溪村
                town = _town_near(known, text, start)
            code = above.code if above else town.code if town else _county_near(known, text, start, article, page)
            if code is None and not page.home_chain and not article.counties:
                continue  # a page that names no place at all says nothing for a village either
            if code is not None and level_of(code) == "province":
                continue
            method = ("chain" if above else "pattern") if code else "unresolved"
            mention = Mention(start, end, text[start:end], code, "village", method, self._village_rule)
            mention.township = (town.name if town else above.township if above else None) if code else None
            out.append(mention)
            taken.take(mention)
            if above and code:
                stems.setdefault(text[start:at], mention)
        # 桂林 in 桂林村 again is the village, too.
        again = self.again.in_full(text, out, taken, [m for m in known if m.method == "short_name"])
        return out + again + self.again.by_stem(text, stems, far, taken)

    def _owns(self, text: str, start: int, at: int, above: Mention | None) -> bool:
        """Whether what belongs to a village has its name before it (红花村集体经济): after its town, or as a known name that begins a clause."""
        known = at - start > 1 and text[start:at] in self._rules.villages
        return known and (above is not None or start == 0 or not HAN.match(text[start - 1]))

    def _names_settlement(self, text: str, at: int) -> bool:
        """Whether a name goes on to 社区 or 村 here: in 永兴花苑社区, which is another place than 永兴街道."""
        match = self._rest_of_settlement.match(text, at)
        return match is not None and not _NEVER_IN_NAME.search(match[1]) and not text.startswith(self._not_before, match.end(1))

    def _start(self, text: str, at: int, ends: dict[int, Mention]) -> tuple[int | None, Mention | None]:
        """Where a name that ends at `at` begins, and the place it follows, if it follows one."""
        for length in (2, 3, 4, 1, 5, 6, 7, 8, 9):
            above = ends.get(at - length)
            if above is None or (length > 5 and (above.level != "township" or (above.code or "")[:2] not in _LONG_NAMES)):
                continue
            start = at - length
            office = self._office.match(text, start, at)  # 高新区 in 亳州高新区菊花园社区, 办事处 in 澄江办事处城北社区
            start = office.end() if office else start
            if text[start] in _LEADS and text[start:at] not in self._rules.villages and text[start + 1 : at] in self._rules.villages:
                start += 1  # 城关镇辖蔬菜村
            if start < at and all(HAN.match(char) for char in text[start:at]) and self.can_name(text[start:at]):
                return start, above
        for length in (4, 3, 2):
            start = at - length
            if start < 0 or not self.begins_word(text, start) or text[start - 1 : start] in ("“", "‘"):
                continue
            stem = text[start:at]
            if text.startswith("社区", at):
                stem = stem.removesuffix("村")  # 岳家村社区 is the community of 岳家村
            if stem in self._rules.villages and self.can_name(stem):
                return start, None
        return None, None

    def _next_of_list(self, text: str, at: int, last: int) -> int | None:
        """Where the entry begins that ends at `at`, if it is the next of a list of villages: the marks part what no list of names has."""
        start = last + 1
        length = at - start
        long = _LONGEST_GACHA if text.startswith("嘎查", at) else _LONGEST_IN_LIST
        if not 1 < length <= long or text[last] != "、" or not all(HAN.match(char) for char in text[start:at]):
            return None
        opens = any(text.startswith(word, start) for word in self._rules.openers if len(word) > 1)
        return start if not opens and self.can_name(text[start:at]) else None

    def can_name(self, stem: str) -> bool:
        """Not 美丽乡村, 行政村, 各村: what says of which kind or how many villages are meant is no name. 东山自然村 has one."""
        of_kind = stem.removesuffix("自然").removesuffix("行政")
        stem = of_kind if len(of_kind) > 1 and of_kind in self._rules.villages else stem
        if stem in self._no_names or stem in self._rules.openers or stem.endswith(self._no_ends):
            return False
        return not _NEVER_IN_NAME.search(stem)
