"""The place of a post: the one its organisation states, else the one the context leaves no doubt about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.stages.people.context import Context, PlaceSpan
from pipeline.stages.people.titles import Post

#: Provinces that are cities too.
MUNICIPALITIES = frozenset(("11", "12", "31", "50"))
#: What the first characters of a body or post say of its level: 区委, 省政府, 镇长.
LEVEL_OF_WORD = (
    ("自治区", "province"), ("自治州", "city"), ("自治县", "county"), ("省", "province"), ("市", "city"), ("州", "city"), ("盟", "city"),
    ("地委", "city"), ("行署", "city"), ("区", "county"), ("县", "county"), ("旗", "county"), ("镇", "township"), ("乡", "township"),
    ("街道", "township"), ("村", "township"), ("社区", "township"), ("居委", "township"),
)  # fmt: skip
#: Words that begin like a level and are none.
NO_LEVEL = ("市场", "市政", "市容", "市民", "区域", "州际", "乡村", "城镇", "村镇", "旗舰", "社区卫生", "省际")
#: Bodies and posts of the nation, whose place is no district.
NATIONAL = ("全国", "中央", "中共中央", "国务院", "国家", "中华", "中国", "最高人民", "总书记", "总理", "国务委员", "党和国家")


def level_of(code: str) -> str:
    """Whether a code is a province's, a city's or a county's; a municipality counts as a city."""
    if code.endswith("0000"):
        return "city" if code[:2] in MUNICIPALITIES else "province"
    return "city" if code.endswith("00") else "county"


def at_level(code: str | None, level: str | None) -> str | None:
    """The code at a level that this code settles: its own or one of those above it; null below it."""
    if not code or code == "100000":
        return None
    if level == "province" or (level == "city" and code[:2] in MUNICIPALITIES):
        return code[:2] + "0000"
    if level == "city":
        return code[:4] + "00" if code[2:4] != "90" else None
    if level in ("county", "township", "village"):
        return code if level_of(code) == "county" else None
    return code


class PostPlaces:
    """Places for the posts of one text."""

    def __init__(self, text: str, context: Context) -> None:
        self._text = text
        self._by_span = {(place.start, place.end): place for place in context.places}
        self._context = context
        self._near = _context_code(context.places, context.article_code, context.home_code, self._heading_end())

    def code(self, post: Post) -> str | None:
        """The six-digit code of the post's body's place, or null."""
        stated = self._by_span.get(post.place) if post.place else None
        level = post.word.level or _level_named(self._words(post))
        if stated is not None:
            if level in ("township", "village"):
                level = "county"
            return stated.code if stated.code and not self._is_above(stated.code, level) else at_level(self._lower(stated), level)
        if post.place is not None and level in ("province", "city", "county"):
            return None
        if post.title.startswith(NATIONAL) or post.word.rule_id == "officials/post.state":
            return None
        return at_level(self._near, level or "own")

    def _words(self, post: Post) -> str:
        """The organisation's own words without the place that opens it, or the post where it names its body."""
        organisation = post.organisation
        if post.place is not None:
            name = self._text[post.place[0] : post.place[1]]
            tail = organisation[organisation.find(name) + len(name) - 1 :] if name in organisation else organisation
            organisation = tail
        return organisation or post.name

    def _is_above(self, code: str, level: str | None) -> bool:
        return level == "county" and level_of(code) != "county"

    def _lower(self, stated: PlaceSpan) -> str | None:
        """What the context says, where it lies within the place stated."""
        near = self._near
        if near and stated.code and near.startswith(stated.code.rstrip("0")):
            return near
        return stated.code

    def _heading_end(self) -> int:
        return max((end for _, end, kind in self._context.kinds if kind in ("headline", "kicker")), default=0)


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
    if len(heading) == 1:
        return heading.pop()
    if home_code:
        return home_code
    common = Counter(counties).most_common(2)
    if common and (len(common) == 1 or common[0][1] >= 2 * common[1][1]):
        return common[0][0]
    codes = Counter(place.code for place in named).most_common(2)
    return codes[0][0] if len(codes) == 1 else None
