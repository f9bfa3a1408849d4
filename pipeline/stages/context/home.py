"""Which place a page belongs to, read from the page: its title, its newspaper, what it names and how it says "ours"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.stages.places import MUNICIPALITIES, NATION, Mention, PageText, PlaceReader, chain, level_of, parent_code, within

#: How a report's title or first lines go on after the place it is about.
_REPORT = re.compile(
    r"[\s*]*(?:人民政府|市政府)?[\s*]*(?:[\d二〇○零一三四五六七八九]{4}年度?)?.{0,6}?"
    r"(?:政府工作报告|(?:国民)?经济和社会发展|统计公报|第[一二三四五六七八九十百]+届人民代表大会)"
)
#: What all of that ends in: a page that has none of it near its beginning is no report.
_REPORT_ENDS = re.compile("政府工作报告|经济和社会发展|统计公报|届人民代表大会")
_NATIONAL = re.compile(r"中华人民共和国\s*(?:\d{4}年)?\s*国民经济和社会发展|国家统计局\s*\n|在第[一二三四五六七八九十百]+届全国人民代表大会")
#: How much of a page's beginning is searched for a report's title.
_HEAD = 400
#: How much of each article is read for what it names.
_ENOUGH = 1500

#: How a page speaks as a place of a kind: 我区, 县委, 市领导 (and not 全市场).
_SPEAKS_AS = re.compile(r"[全我本]([区县旗市省州盟])(?!场)|([区县旗市省州盟])(?:委(?!托|员)|政府|领导|直(?!接|辖)|人大|政协|长(?!期|效|江|远))")
_OURS = re.compile(r"我([区县旗])")
#: What each kind of county lies in; a city may be a county too.
_ABOVE = {"区": "市省州盟", "县": "市省州盟", "旗": "市盟", "市": "省州盟"}

#: Of the articles that speak of a place, how many must speak of one for the page to belong to it.
_MOST = 0.6
_NEARLY_ALL = 0.8
#: An article that lies in one place so many times as in the next is about it, however many it names.
_FAR_MORE = 3
#: So often a page speaks as a city, and never as a county, before it is taken for the city's.
_SPEAKS_OF_MORE = 4


@dataclass(frozen=True)
class Home:
    """A page's place and where it was read; both empty where the page belongs to no single place."""

    code: str | None = None
    method: str = "none"


@dataclass
class _Named:
    """What one article names, by level, and how often it speaks as a place of each kind."""

    counties: Counter[str] = field(default_factory=Counter)
    cities: Counter[str] = field(default_factory=Counter)
    provinces: Counter[str] = field(default_factory=Counter)
    abroad: int = 0
    our_city: bool = False
    speaks_as: Counter[str] = field(default_factory=Counter)


def infer_home(texts: Sequence[str], reader: PlaceReader, publication: str | None = None) -> Home:
    """The home place of a page with these articles (each with its headline, byline and captions)."""
    head = "\n".join(texts)[:_HEAD]
    if _NATIONAL.search(head):
        return Home(NATION, "text")
    code = _of_report(head, reader)
    if code is None and publication:
        code = _of_publication(publication, reader)
        if code is not None:
            return Home(code, "masthead")
    if code is None:
        starts = [text[:_ENOUGH] for text in texts]
        mentions = reader.read_page([PageText(text) for text in starts])
        code = _of_most([_names(found, text) for text, found in zip(starts, mentions, strict=True)], reader)
    return Home(code, "text") if code else Home()


def _of_report(head: str, reader: PlaceReader) -> str | None:
    """The place a report's title or opening line says it is of."""
    ends = [match.end() for match in _REPORT_ENDS.finditer(head)]
    if not ends:
        return None
    for mention in reader.read(head[: ends[-1]]):
        if mention.code and not mention.deictic and mention.level in ("province", "city", "county") and _REPORT.match(head, mention.end):
            return mention.code
    return None


def _of_publication(name: str, reader: PlaceReader) -> str | None:
    """The place in a newspaper's name, where it names one that is sure."""
    codes = {m.code for m in reader.read(name) if m.code and m.level in ("province", "city", "county")}
    return codes.pop() if len(codes) == 1 else None


def _names(mentions: Sequence[Mention], text: str) -> _Named:
    out = _Named(our_city="我市" in text, speaks_as=Counter(match[1] or match[2] for match in _SPEAKS_AS.finditer(text)))
    # An article that says 我旗 is not about the 区 it names.
    ours = tuple(set(_OURS.findall(text)))
    for mention in mentions:
        out.abroad += mention.level == "foreign"
        if mention.code is None or not mention.is_division or mention.method == "several":
            continue
        level = level_of(mention.code)
        if level == "county" and ours and not mention.name.endswith(ours) and mention.level == "county":
            continue
        tally = {"county": out.counties, "city": out.cities, "province": out.provinces}[level]
        tally[mention.code] += 1
    return out


def _of_most(articles: Sequence[_Named], reader: PlaceReader) -> str | None:
    """The county that most articles are about, else the city, else the province that nearly all of them lie in."""
    counties = [main for article in articles if (main := _main(article.counties))]
    placed = [article for article in articles if article.counties or article.cities or article.provinces]
    world = [article for article in placed if article.abroad > sum((article.counties + article.cities + article.provinces).values())]
    if 2 * len(world) >= len(placed):
        return None  # news of the world, or nothing
    if counties:
        county, n = Counter(counties).most_common(1)[0]
        above = chain(county)[1:]
        speaks_as = sum((article.speaks_as for article in articles), Counter[str]())
        place = reader.gazetteer.by_code(county)
        kind = place.name[-1] if place else ""
        as_county, as_more = speaks_as[kind], sum(speaks_as[more] for more in _ABOVE.get(kind, ""))
        for_it = as_county + sum(article.counties[county] for article in articles)
        for_more = as_more + sum(article.cities[code] + article.provinces[code] for article in articles for code in above)
        # 市领导 who go round one district, on a page that never says 我区 or 区委, are the city's news.
        as_city = as_county == 0 and (as_more >= _SPEAKS_OF_MORE or any(article.our_city for article in articles))
        if n >= _MOST * len(counties) and 2 * n >= len(placed) and for_it > 1 and 2 * for_it >= for_more and not as_city:
            return county
    for level in ("city", "province"):
        inside = [_inside(article, level) for article in placed]
        best, n = Counter(code for code in inside if code).most_common(1)[0] if any(inside) else ("", 0)
        if best and n >= _NEARLY_ALL * len(placed):
            return best
    return None


def _main(tally: Counter[str]) -> str | None:
    """The code named most, where it is named more than the others together."""
    if not tally:
        return None
    code, n = tally.most_common(1)[0]
    return code if 2 * n > sum(tally.values()) else None


def _inside(article: _Named, level: str) -> str | None:
    """The city (or province) that what an article names lies in, where that is one for the most part."""
    named = article.counties + article.cities + article.provinces
    tally: Counter[str] = Counter()
    for code, n in named.items():
        for step in chain(code):
            if level_of(step) == level or (level == "city" and parent_code(step) == NATION and step[:2] in MUNICIPALITIES):
                tally[step] += n
    if not tally:
        return None
    (best, n), *others = tally.most_common(2)
    if n >= _FAR_MORE and all(n >= _FAR_MORE * other for _, other in others):
        return best
    # The province above a city speaks neither for nor against it.
    elsewhere = sum(n for code, n in named.items() if not within(code, best) and not within(best, code))
    return best if n >= _MOST * (n + elsewhere) else None
