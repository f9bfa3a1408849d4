"""Which of several places of one name is meant: what the home place, the page and the article say for each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.stages.places.gazetteer import NATION, Gazetteer, Place, chain, level_of, parent_code, within
from pipeline.stages.places.mentions import Mention
from pipeline.stages.places.shortnames import township_short_name

#: Support for a place, from the strongest reason to the weakest. Only their order and the thresholds below matter.
CHAINED, HOME, NAMED, IN_HOME, NEAR_HOME, UNDER_NAMED, SAME_PROVINCE, PROVINCE_NAMED, NEIGHBOUR_NAMED = 100, 60, 50, 40, 35, 25, 20, 15, 12
#: A place that goes on a list of its neighbours: 白云 in 越秀、荔湾、白云.
LISTED = 36
#: A short name that is a word of its own needs this much to be taken for the place.
FOR_COMMON_WORDS = NEAR_HOME
#: A short name shared by several places, or standing where no word need begin, needs this much.
FOR_DOUBTFUL = PROVINCE_NAMED
#: How the commonest posts end, right before the name of who holds them, and what follows a name or its first part.
_POST = re.compile("书记|主任|主席|委员|常委|代表|记者|[市县区州省镇乡局部院所站校厅处科司]长")
_STYLED = re.compile("[一-鿿]?(?:同志|，[男女]，|先生|女士|为[^，。、]{2,14}(?:主任|书记|委员|[院局部市县区镇乡]长))")
#: How much a bare short name rather means a province or a city than some county of that name elsewhere.
_RATHER = {"province": 200, "city": 22}


@dataclass
class Page:
    """What the page says as a whole: home place, year, and what it names in full."""

    home: str | None = None
    year: int | None = None
    named: Counter[str] = field(default_factory=Counter)
    home_chain: tuple[str, ...] = ()
    texts: Sequence[str] = ()
    #: The townships and villages of the articles read so far.
    below_county: list[Mention] = field(default_factory=list)
    _persons: dict[str, bool] = field(default_factory=dict)
    #: What the page says for a code, once all is named; see `Chooser`.
    standing: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.home_chain = chain(self.home) if self.home and self.home != NATION else ()

    def only_town(self, kind: str) -> Mention | None:
        """What 全乡 means in the part of a story that names no township: the only one of that kind the page has named."""
        return self._only(m for m in self.below_county if m.level == "township" and m.name.endswith(kind))

    def only_village(self) -> Mention | None:
        """The only village that the page has named."""
        return self._only(m for m in self.below_county if m.level == "village")

    @staticmethod
    def _only(mentions: Iterable[Mention]) -> Mention | None:
        places = {(m.name, m.code): m for m in mentions}
        return next(iter(places.values())) if len(places) == 1 else None

    def calls_a_person(self, name: str) -> bool:
        """Whether the page shows a name to be a person's, or to begin one: 市长凌云, 凌云，女，, 任泽锋同志."""
        if name not in self._persons:
            self._persons[name] = any(_calls_a_person(text, name) for text in self.texts)
        return self._persons[name]


def _calls_a_person(text: str, name: str) -> bool:
    at = text.find(name)
    while at >= 0:
        if (at > 1 and _POST.match(text, at - 2)) or _STYLED.match(text, at + len(name)):
            return True
        at = text.find(name, at + 1)
    return False


@dataclass
class Article:
    """What has been read of an article so far."""

    mentions: list[Mention] = field(default_factory=list)
    townships: dict[str, tuple[str, str]] = field(default_factory=dict)
    counties: Counter[str] = field(default_factory=Counter)
    last_county: str | None = None

    def note(self, mention: Mention) -> None:
        """Take a mention in: what comes later may lean on it."""
        self.mentions.append(mention)
        if mention.code is None or not mention.is_division:
            return
        if mention.level == "county":
            self.counties[mention.code] += 1
            self.last_county = mention.code
        elif mention.level == "township":
            short = township_short_name(mention.name)
            if short:
                self.townships[short] = (mention.code, mention.name)
            if mention.method in ("chain", "full_name"):
                self.counties[mention.code] += 1

    def counties_in_play(self, page: Page) -> list[str]:
        """Counties that a township may belong to: the one last named, the others named, the home county."""
        home = [page.home] if page.home and level_of(page.home) == "county" else []
        most_first = sorted(self.counties, key=self.counties.__getitem__, reverse=True)
        return list(dict.fromkeys(code for code in (self.last_county, *most_first, *home) if code))


def is_far(place: Place, support: int, page: Page) -> bool:
    """Whether the page belongs to another province and nothing on it speaks for a county: 秦淮数据 on a page of 张家口 is a firm."""
    return place.level == "county" and bool(page.home_chain) and support < NEIGHBOUR_NAMED and place.code[:2] != page.home_chain[-1][:2]


class Chooser:
    """Weighs candidates of one name against each other."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def support(self, code: str, start: int, page: Page, article: Article) -> int:
        """How much the page, the article and what stands right before speak for a code."""
        last = article.mentions[-1] if article.mentions else None
        if last and last.end == start and last.is_division and last.code != code and within(code, last.code or ""):
            return CHAINED
        above = parent_code(code)
        score = page.standing.get(code)
        if score is None:
            score = page.standing[code] = self._standing(code, above, page)
        if not score and any(parent_code(named) == above for named in article.counties):
            score = NEIGHBOUR_NAMED
        if score < LISTED and last and last.end + 1 == start and last.is_division and last.code and parent_code(last.code) == above:
            score = LISTED if level_of(last.code) == level_of(code) and above != NATION else score
        return score + (3 if code in article.counties else 0)

    @staticmethod
    def _standing(code: str, above: str | None, page: Page) -> int:
        """What speaks for a code all over the page."""
        home = page.home_chain
        if code in home:
            return HOME
        if code in page.named:
            return NAMED
        if home and within(code, home[0]):
            return IN_HOME
        if len(home) > 1 and above == home[1]:
            return NEAR_HOME
        if above in page.named or above in home:
            return UNDER_NAMED
        if home and code[:2] == home[-1][:2]:
            return SAME_PROVINCE
        return PROVINCE_NAMED if code[:2] + "0000" in page.named else 0

    def choose(
        self, candidates: Sequence[Place], start: int, page: Page, article: Article, *, short: bool = False, listed: bool = False
    ) -> tuple[Place | None, str]:
        """The candidate that the context speaks for, and how it was found; None where it speaks for several or for none.

        `listed` is whether the name is the whole of an entry of a list: 海南 of 果洛、海南、海北, and not 河北 of 滨海新区、河北承德市.
        """
        if len(candidates) == 1:
            return candidates[0], "full_name"
        live = self._live(candidates, page, short=short)
        last = article.mentions[-1] if article.mentions else None
        if last and last.end == start and last.is_division and not any(within(p.code, last.code or "") for p in live):
            # 邢台市桥东区 is the one that was in 邢台, though another 桥东区 lives on.
            live = [p for p in candidates if within(p.code, last.code or "")] or live
        if len(live) == 1:
            return live[0], "full_name"
        siblings = [listed and self._goes_on_list(p, start, article) for p in live]
        rather = {} if any(siblings) or not short else _RATHER
        scores = [
            self.support(p.code, start, page, article) + rather.get(p.level, 0) + (LISTED if sibling else 0)
            for p, sibling in zip(live, siblings, strict=True)
        ]
        top = max(scores)
        best = [p for p, score in zip(live, scores, strict=True) if score == top]
        if len({p.code for p in best}) == 1 and top > 0:
            method = "home" if best[0].code in page.home_chain else "context"
            return best[0], "chain" if not short and top >= CHAINED else method
        # The names ended and lead to the same place today: 永川县 and 永川市 are 永川区.
        if len({self.gazetteer.in_year(p, page.year).code for p in best}) == 1:
            return best[0], "earlier_name"
        return None, "unresolved"

    def _live(self, candidates: Sequence[Place], page: Page, *, short: bool = False) -> list[Place]:
        """The candidates that the page's year knows; all where it knows none.

        东乡县 on a page of 抚州 is what is 东乡区 there now, though another 东乡县 lives on far away.
        """
        live = [p for p in candidates if p.valid_in(page.year)]
        if not short and 0 < len(live) < len(candidates) and page.home_chain and not any(self._in_province(p.code, page) for p in live):
            live = [p for p in candidates if p.now and p not in live and self._in_province(p.now, page)] or live
        return live or list(candidates)

    @staticmethod
    def _in_province(code: str, page: Page) -> bool:
        return code[:2] == page.home_chain[-1][:2]

    @staticmethod
    def _goes_on_list(place: Place, start: int, article: Article) -> bool:
        """Whether a place follows one of the same kind and parent, as 海南 does in 果洛、海南、海北."""
        last = article.mentions[-1] if article.mentions else None
        if last is None or last.end + 1 != start or not last.is_division or last.code is None:
            return False
        return last.level == place.level and last.code != place.code and parent_code(last.code) == parent_code(place.code)

    def name_on_page(self, candidates: Sequence[Place], above: str | None, page: Page) -> str | None:
        """The code of a full name in the first look over a page, where it can only be one."""
        live = self._live(candidates, page)
        if len({p.code for p in live}) > 1:
            live = [p for p in live if above and within(p.code, above)] or [p for p in live if self._near_home(p.code, page.home_chain)]
        codes = {p.code for p in live}
        return codes.pop() if len(codes) == 1 else None

    @staticmethod
    def _near_home(code: str, home: Sequence[str]) -> bool:
        return bool(home) and (code in home or within(code, home[-2] if len(home) > 2 else home[0]))


def is_kind(place: Place, kind: str) -> bool:
    """Whether a place is what 全区, 全市, 全州 can mean by its last character."""
    if kind == "区":
        return place.name.endswith("区") and not place.name.endswith(("地区", "特别行政区"))
    return place.name.endswith(kind)


def of_kind(kind: str, codes: Iterable[str], gazetteer: Gazetteer, year: int | None) -> Place | None:
    """The first of these places (a home and what it lies in, say) that is of a kind."""
    places = (gazetteer.by_code(code, year) for code in codes)
    return next((place for place in places if place is not None and is_kind(place, kind)), None)
