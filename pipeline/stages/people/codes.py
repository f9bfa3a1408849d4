"""The place of a post: the one its organisation states, else the one the context leaves no doubt about."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Sequence
from functools import cached_property

from pipeline.stages.people.context import Context, PlaceSpan
from pipeline.stages.people.titles import Post

#: Provinces that are cities too.
MUNICIPALITIES = frozenset(("11", "12", "31", "50"))
#: What the first characters of a body or post say of its level: 区委, 省政府, 镇长.
LEVEL_OF_WORD = (
    ("自治区", "province"), ("自治州", "city"), ("自治县", "county"), ("省", "province"), ("市", "city"), ("州", "city"), ("盟", "city"),
    ("地委", "city"), ("行署", "city"), ("区", "county"), ("县", "county"), ("旗", "county"), ("镇", "township"), ("乡", "township"),
    ("苏木", "township"), ("街道", "township"), ("嘎查", "township"), ("村", "township"), ("社区", "township"), ("居委", "township"),
    ("党支部", "township"), ("党总支", "township"),
)  # fmt: skip
#: A body whose own name is at least this long is not met with elsewhere: 西南大学.
OWN_NAME = 4
#: Posts of states and between them are no district's.
ABROAD = "officials/post.state"
#: Words that begin like a level and are none.
NO_LEVEL = (
    "市场",
    "市政工",
    "市政设",
    "市政公",
    "市政管",
    "市政园",
    "市政处",
    "市政局",
    "市容",
    "市民",
    "区域",
    "州际",
    "乡村",
    "城镇",
    "村镇",
    "旗舰",
    "社区卫生",
    "省际",
)
#: Posts in firms: the 商务部 of one is no ministry.
FIRM = "officials/post.firm"
NATION = "100000"
#: Other states by one character, before a ministry of theirs: 俄外交部.
OTHER_NATIONS = tuple("美英法德俄日韩朝印巴以乌澳加越泰缅")
#: A foreign holder: 外交部长阿尔贝托·莫里.
FOREIGN_NAME = re.compile(r"\s*[一-鿿]{1,8}·")
#: Within a prefecture the standard numbers districts below 21, counties and banners below 81, and then cities; under no prefecture
#: (90 in the middle) cities below 21.
UNDER_PROVINCE, COUNTIES, COUNTY_CITIES = "90", 21, 80
#: What a city above the county is called, and what only such a one has.
OTHER_CITIES = ("州", "自治州", "盟", "地委", "行署")
PREFECTURES_ONLY = ("中级人民法院", "中院", "军分区")
#: What makes a place that of somebody's birth.
BORN = ("人", "籍")
#: How far before a body the country may stand that it is of.
NEAR = 6
DEPTH = {"province": 0, "city": 1, "county": 2, "township": 2, "village": 2}


def level_of(code: str) -> str:
    """Whether a code is a province's, a city's or a county's; a municipality counts as a city."""
    if code.endswith("0000"):
        return "city" if code[:2] in MUNICIPALITIES else "province"
    return "city" if code.endswith("00") else "county"


def at_level(code: str | None, level: str | None) -> str | None:
    """The code at a level that this code settles: its own or one of those above it; null below it."""
    if not code or code == NATION:
        return None
    if level == "province" or (level == "city" and code[:2] in MUNICIPALITIES):
        return code[:2] + "0000"
    if level == "city":
        return code[:4] + "00" if code[2:4] != "90" else None
    if level in ("county", "township", "village"):
        return code if level_of(code) == "county" else None
    return code


def is_county_city(code: str) -> bool:
    """Whether a county's code is that of a 市: the standard numbers those from 81, and those under no prefecture from 01."""
    own = int(code[4:])
    return own > COUNTY_CITIES or (code[2:4] == UNDER_PROVINCE and 0 < own < COUNTIES)


def may_be(code: str, kind: str) -> bool:
    """Whether a county's code can be that of a 区, 县, 旗 or 市; the standard numbers districts up to 20."""
    own = int(code[4:])
    if kind == "市":
        return is_county_city(code)
    if kind == "区":
        return own < COUNTIES and code[2:4] != UNDER_PROVINCE
    return kind not in "县旗" or (COUNTIES <= own <= COUNTY_CITIES)


class PostPlaces:
    """Places for the posts of one text."""

    def __init__(self, text: str, context: Context, national: Collection[str], state: Collection[str] = ()) -> None:
        self._text, self._context = text, context
        self._home = context.home_code
        self._national, self._state = tuple(national), tuple(state)

    # Most articles say nothing of a post: what is known of their places is only put in order when one does.

    @cached_property
    def _stated(self) -> dict[tuple[int, int], str | None]:
        stated: dict[tuple[int, int], str | None] = {}
        for place in self._context.places:
            span = place.start, place.end
            # A form that names two places (川渝) settles neither.
            stated[span] = place.code if stated.get(span, place.code) == place.code else None
        return stated

    @cached_property
    def _foreign(self) -> list[int]:
        return sorted(place.end for place in self._context.places if place.level == "foreign")

    @cached_property
    def _near(self) -> str | None:
        """The place the text is about."""
        headings = max((end for _, end, kind in self._context.kinds if kind in ("headline", "kicker")), default=0)
        return _context_code(self._context.places, self._context.article_code, self._home, headings)

    @cached_property
    def _counties(self) -> list[PlaceSpan]:
        """The counties that may lend their codes; the parts of a long story under headings of their own name its county no more."""
        counties = [place for place in self._context.places if self._lends_code(place)]
        return counties or [place for place in self._context.page_places if self._lends_code(place)]

    def code(self, post: Post) -> str | None:
        """The six-digit code of the post's body's place, or null."""
        words = self._words(post)
        level = _level_named(words) or (_level_named(post.title) if post.place is None else None) or post.word.level
        if not post.organisation and post.place is None and post.name.startswith("副"):
            level = _level_named(self._body_before(post)) or level
        if self._is_of_nation(post):
            return NATION
        if post.place is not None:
            if post.place in self._stated:
                code = self._stated[post.place]
                # 桐城市委, 桐城市副市长: a county may be a 市 as well.
                own = level == "city" and code is not None and self._text[post.place[1] - 1] == "市"
                return code if own else self._settled(code, level)
            if level in ("province", "city", "county"):
                return None
        if post.word.rule_id == ABROAD or any(word in post.title for word in self._national) or self._is_abroad(post.start):
            return None
        if level == "city":
            return self._of_city(words)
        if level in ("county", "township", "village") and at_level(self._near, level) is None:
            return self._of_story(post.start, words[0] if words else "")
        return at_level(self._near, level)

    def _body_before(self, post: Post) -> str:
        """The body of the one before in a list: 市委巡察组 in 市委巡察组组长甲、副组长乙."""
        head = re.escape(post.name.removeprefix("副"))
        found = re.search(rf"([^，。；、\n]{{2,20}}){head}[^，。；、\n]{{2,6}}、$", self._text[max(0, post.start - 40) : post.start])
        return found[1] if found else ""

    def _is_of_nation(self, post: Post) -> bool:
        """水利部部长, 全国人大代表; not 财政部重庆监管局局长, and no foreign ministry's."""
        if post.word.rule_id == FIRM or not post.title.startswith(self._state):
            return False
        if post.place is not None and post.place[0] >= post.start:
            return False
        anothers = self._text[post.start - 1 : post.start] in OTHER_NATIONS or FOREIGN_NAME.match(self._text, post.end) is not None
        return not anothers and not self._is_abroad(post.start)

    def _of_city(self, words: str) -> str | None:
        """市委 on a page of 孟州市 is its own, and not the prefecture's above it; a 中级人民法院 only prefectures have."""
        near = self._near
        own = near is not None and level_of(near) == "county" and is_county_city(near) and self._home in (None, near)
        return near if own and not words.startswith(OTHER_CITIES) and not any(word in words for word in PREFECTURES_ONLY) else at_level(near, "city")

    def _lends_code(self, place: PlaceSpan) -> bool:
        """Whether a body that names no place can be this county's: one of the page's own city, and not where somebody was born."""
        if place.code is None or place.code == NATION or place.level in ("region", "foreign") or level_of(place.code) != "county":
            return False
        inside = self._home is None or place.code.startswith(self._home.rstrip("0"))
        return inside and not self._text.startswith(BORN, place.end)

    def _of_story(self, at: int, kind: str) -> str | None:
        """乡卫生院 in a city's paper is in the county the story is about: the only one it names, or names by far most."""
        counties = [(place.start, place.code) for place in self._counties if place.code and may_be(place.code, kind)]
        (best, n), *others = Counter(code for _, code in counties).most_common(2) or [("", 0)]
        if n and all(n >= 2 * other for _, other in others):
            return best
        line = self._text.rfind("\n", 0, at) + 1
        beside = {code for start, code in counties if line <= start < at}
        return beside.pop() if len(beside) == 1 else None

    def _is_abroad(self, start: int) -> bool:
        """Whether a country stands before a body whose own place the gazetteer does not know: 老挝万象|省工贸厅."""
        near = self._foreign[bisect_left(self._foreign, start - NEAR) : bisect_right(self._foreign, start)]
        return any((between := self._text[end:start]).isalpha() or not between for end in near)

    def settles(self, post: Post) -> bool:
        """Whether title and place leave no doubt whose post it is, so that the same name with them is the same person."""
        if self.code(post) is not None or post.word.rule_id == ABROAD:
            return True
        return not self.is_local(post) and (any(word in post.title for word in self._national) or len(post.organisation) >= OWN_NAME)

    def is_local(self, post: Post) -> bool:
        """Whether the post is one that some district, city or province has."""
        return (post.word.level or _level_named(self._words(post))) is not None

    def _settled(self, code: str | None, level: str | None) -> str | None:
        """The code at the level the body's words say, where the place stated settles it, alone or with the context."""
        if code is None or level is None or DEPTH[level_of(code)] >= DEPTH[level]:
            return at_level(code, level)
        near = self._near
        return at_level(near, level) if near and near.startswith(code.rstrip("0")) else None

    def _words(self, post: Post) -> str:
        """The organisation's own words without the place that opens it, or the post where it names its body."""
        organisation = post.organisation
        if post.place is not None:
            name = self._text[post.place[0] : post.place[1]]
            tail = organisation[organisation.find(name) + len(name) - 1 :] if name in organisation else organisation
            organisation = tail
        return organisation or post.name


def _level_named(words: str) -> str | None:
    """The level that the first word says; 市场监管局 is no city's."""
    if words.startswith(NO_LEVEL):
        return None
    return next((level for word, level in LEVEL_OF_WORD if words.startswith(word)), None)


def _context_code(places: Sequence[PlaceSpan], article_code: str | None, home_code: str | None, heading_end: int) -> str | None:
    """The place a text is about: its article's, the one its headline names, its page's, else the county it names most."""
    if article_code:
        return article_code
    named = [place for place in places if place.code and not place.deictic and place.level not in ("region", "foreign", "nation")]
    counties = [place.code for place in named if place.code and level_of(place.code) == "county"]
    heading = {place.code for place in named if place.end <= heading_end and place.code and level_of(place.code) == "county"}
    if home_code and level_of(home_code) == "county":
        return home_code  # 邻县考察团来我县 over the text: 县委 is still ours
    if len(heading) == 1:
        return heading.pop()
    if home_code:
        return home_code
    common = Counter(counties).most_common(2)
    if common and (len(common) == 1 or common[0][1] >= 2 * common[1][1]):
        return common[0][0]
    codes = Counter(place.code for place in named).most_common(2)
    return codes[0][0] if len(codes) == 1 else None
