"""Reading a title backwards: the post, the organisation before it, and the posts held along with it.

A title has no mark where it begins. It is read from its end: the longest word for a post, then leftwards through
words that organisations are named with, until a place or a level (区, 省委) opens the name, or something stops it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.stages.people.arrays import Codes
from pipeline.stages.people.rules import Officials, PostWord

#: Marks that join posts of the same person: 市委书记、军分区党委第一书记; 董事长兼总经理.
JOINTS = "、,，兼及/／"
BLANKS = " \N{IDEOGRAPHIC SPACE}\t"
OPENING, CLOSING = "(（“《‘", ")）”》’"
#: Party bodies that stand inside another body; 云溪县水利局党委书记、局长 holds the second post in the bureau.
INNER_BODY = re.compile(
    r"(?:党组|党委|党工委|工委|党总支|总支部?|党支部|支部|机关党委|纪委|纪工委|纪检监察组|团委|团工委|审判委员会|检察委员会|班子)$"
)
#: Bodies that have none of these inside: 县委常委、纪委书记.
COMMITTEES = ("省委", "市委", "州委", "盟委", "区委", "县委", "旗委", "地委")
#: Posts of bodies that have many of them; who holds one beside the head of a body holds it there.
MEMBERS = ("党组成员", "党委委员", "党工委委员", "委员", "秘书长", "班子成员")
#: No organisation's own words (unknown to the rules) run longer than this.
LONGEST_UNKNOWN = 8
LONGEST_WORD = 12
LONGEST_TITLE = 40


@dataclass(frozen=True)
class Post:
    """One post as read: where its words stand, and what they say once completed from the posts beside it."""

    start: int
    end: int
    organisation: str
    name: str
    word: PostWord
    status: str = "incumbent"
    #: Where the place that its organisation states stands, if it states one; positions of an inherited one too.
    place: tuple[int, int] | None = None

    @property
    def title(self) -> str:
        return self.organisation + self.name


class Titles:
    """Reads titles in one text, given which stretches of it are places."""

    def __init__(self, text: str, codes: Codes, rules: Officials, places: Mapping[int, int]) -> None:
        self._text = text
        self._ranks = rules.words("rank")
        self._former = rules.words("former")
        self._nominated = rules.words("nominated")
        self._parts = rules.words("part")
        self._levels = rules.words("level")
        self._breaks = rules.words("break")
        self._common = rules.common
        self._is_surname = rules.names.is_surname
        #: Where each place ends → where it starts.
        self._places = places
        starts, ends = rules.post_words.find(text, codes)
        #: Where each word for a post begins and ends, and by where they end those that end there, the longest first.
        self._words = list(zip(starts.tolist(), ends.tolist(), strict=True))
        self._ending: dict[int, list[tuple[int, PostWord]]] = {}
        for start, end in self._words:
            self._ending.setdefault(end, []).append((start, rules.posts[text[start:end]]))

    def post_words(self) -> Iterator[tuple[int, int, PostWord]]:
        """Where each word for a post begins with its ranks, where it ends, and what it is."""
        # How far a word for a post reaches from each start: 主任 in 主任医师 and 秘书 in 秘书长 are no posts of their own.
        longest: dict[int, int] = {}
        for start, end in self._words:
            longest[start] = max(end, longest.get(start, 0))
        for end in sorted(self._ending):
            if self._text[end - 1] in "委员" and self._text[end : end + 1] == "会":
                continue  # 县人大常委|会副主任 names a body
            found = self.post_word(end, 0)
            if found is not None and all(longest.get(start, 0) <= end for start in range(found[0], end)):
                yield found[0], end, found[1]

    def before(self, end: int, floor: int = 0) -> list[Post]:
        """The posts of the title that ends here, in the order stated; empty if none does."""
        text = self._text
        floor = max(floor, end - 3 * LONGEST_TITLE)
        floor = max(floor, text.rfind("\n", floor, end) + 1)
        posts: list[Post] = []
        while True:
            post = self._single(end, floor)
            if post is None:
                break
            posts.insert(0, post)
            end = post.start
            # Nothing stands before 原县长; before 省人大常委会原副主任 further posts may.
            if end <= floor or (post.status != "incumbent" and text[end - 1] not in JOINTS):
                break
            if text[end - 1] not in JOINTS + BLANKS:
                if not self._adjoins(post, floor):
                    break
                continue
            end -= 1
            while end > floor and text[end - 1] in BLANKS:
                end -= 1
        return completed(posts)

    def within(self, start: int, end: int) -> list[Post]:
        """The posts of a stretch that is nothing but titles: 云溪县委委员、常委、副书记."""
        posts: list[Post] = []
        for piece in re.finditer(r"[^、,，兼]+", self._text[start:end]):
            floor, stop = start + piece.start(), start + piece.end()
            own: list[Post] = []
            post = self._single(stop, floor)
            while post is not None and self._adjoins(post, floor):
                own.insert(0, post)
                stop = post.start
                post = self._single(stop, floor)
            whole = self._single(stop, floor, whole=True)
            if whole is None:
                return []
            posts += [whole, *own]
        return completed(posts)

    def post_word(self, end: int, floor: int) -> tuple[int, PostWord] | None:
        """The longest word for a post that ends here, with the ranks before it."""
        text = self._text
        for start, word in self._ending.get(end, ()):
            if start < floor or (word.given and start > floor and self._is_surname(text[start - 1])):
                continue  # 县长周亚军
            if not self._cuts_place(start, end):
                while True:
                    rank = next((n for n in (4, 3, 2, 1) if start - n >= floor and text[start - n : start] in self._ranks), 0)
                    if not rank:
                        return start, word
                    start -= rank
        return None

    def _cuts_place(self, start: int, end: int) -> bool:
        """Whether a place ends inside the word, as 吉林 in 吉林长白山; but 代县 in 代县长 is a rank and a post."""
        for inside in range(start + 1, end):
            left = self._places.get(inside)
            if left is not None and left < start and self._text[left:start] not in self._ranks:
                return True
        return False

    def _single(self, end: int, floor: int, whole: bool = False) -> Post | None:
        found = self.post_word(end, floor)
        if found is None:
            return None
        start, word = found
        org_start, place = (start, None) if word.role == "reporter" else self._organisation(start, floor, word.own_body)
        if whole:
            org_start = max(org_start, floor) if org_start == floor else self._trimmed(floor, org_start)
        lead, status = self._status(org_start, floor)
        organisation = self._text[org_start:start]
        if status == "former" and place is None and word.role != "reporter":
            # 省水利厅原党组书记: the word stands within the organisation's name.
            further, place = self._organisation(lead, floor)
            organisation = self._text[further:lead] + organisation
            org_start = further if further < lead else org_start
        return Post(org_start, end, _bare(organisation), _bare(self._text[start:end]), word, status, place)

    def _adjoins(self, post: Post, floor: int) -> bool:
        """Whether another title ends where this one begins, no mark between: 市委副书记|市长."""
        opens = post.word.own_body if not post.organisation else post.place is not None or self._opens_level(post.start)
        before = self.post_word(post.start, floor) if opens else None
        return before is not None and before[1].role in ("official", "body")

    def _opens_level(self, at: int) -> bool:
        return any(self._text[at : at + length] in self._levels for length in (1, 2, 3))

    def _status(self, at: int, floor: int) -> tuple[int, str]:
        """What a word before a title says of it (原, 拟任), and where that word begins."""
        for length in (2, 1):
            before = self._text[max(floor, at - length) : at]
            if before in self._former and not (length == 1 and self._text[at : at + 1] in "来有"):
                return at - length, "former"
            if before in self._nominated:
                return at - length, "nominated"
        return at, "incumbent"

    def _trimmed(self, floor: int, org_start: int) -> int:
        """In a stretch that is nothing but titles, what the backward reading left out belongs to the organisation unless it is a stop word."""
        lead = self._text[floor:org_start]
        return org_start if lead in self._former or lead in self._nominated or lead in self._breaks else floor

    def _ends_title(self, at: int, floor: int) -> bool:
        before = self.post_word(at, floor)
        return before is not None and before[1].role in ("official", "body") and len(before[1].word) > 1

    def _organisation(self, end: int, floor: int, own_body: bool = False) -> tuple[int, tuple[int, int] | None]:
        """Where the organisation that ends here begins, and the place it states."""
        text, places = self._text, self._places
        at = start = end
        place: tuple[int, int] | None = None
        opened = False
        while at > floor and end - at < LONGEST_TITLE:
            left = places.get(at)
            if left is not None and left >= floor:
                place = place or (left, at)
                at = start = left
                opened = True
                continue
            mark = text[at - 1]
            if opened and mark == "驻" and places.get(at - 1, -1) >= floor:
                at = start = places[at - 1]  # 泰国|驻成都总领事
                continue
            if mark == "某" and at < end:
                at -= 1  # 贵州某茶业公司
                continue
            if mark in CLOSING:
                open_at = text.rfind(OPENING[CLOSING.index(mark)], max(floor, at - LONGEST_UNKNOWN - 2), at - 1)
                if open_at < 0 or not all(map(_is_name_character, text[open_at + 1 : at - 1])):
                    break
                at = open_at
                if not opened:
                    start = at
                continue
            if (opened or own_body) and self._ends_title(at, floor):
                break
            length, kind = self._word(at, floor)
            if kind == "break" or (opened and not (kind == "part" and self._is_body(at, length, floor))):
                break
            if kind == "joint":
                if place is not None or not self._goes_on(at - 1, floor):
                    break
                at -= 1
                continue
            if kind == "part" or kind == "level":
                at -= length
                start = at
                if kind == "level":
                    opening = self._place_around(at, length)
                    if opening is None and at > floor and places.get(at) is None:
                        opening = self._named_place(at, length, floor)
                    if opening is not None and opening[0] >= floor:
                        place = place or opening
                        at = start = opening[0]
                        opened = True
                continue
            unknown = self._unknown(at, floor)
            if not unknown:
                break
            at -= unknown
            if at == floor or not _is_name_character(text[at - 1]):
                start = at
                break
        return start, place

    def _word(self, at: int, floor: int) -> tuple[int, str]:
        text = self._text
        if text[at - 1] in "和与及":
            return 1, "joint"
        for length in range(min(LONGEST_WORD, at - floor), 0, -1):
            word = text[at - length : at]
            if word in self._levels:
                return length, "level"
            if word in self._parts:
                return length, "part"
            if word in self._breaks:
                return length, "break"
        return 0, "unknown"

    def _goes_on(self, at: int, floor: int) -> bool:
        """Whether an organisation's name goes on to the left of 和: 发展和改革局, 会展中心和产业服务中心."""
        length, kind = self._word(at, floor)
        return kind == "part" and length > 0 and self._text[at - 1] not in "和与及"

    def _is_body(self, at: int, length: int, floor: int) -> bool:
        """Whether a body's own name ends here, of more than one character: 生态环境局 before a place."""
        if length > 1 or (self._text[at - 1] == "驻" and self._places.get(at - 1) is not None):
            return True
        further, kind = self._word(at - 1, floor)
        return kind == "part" and further > 1

    def _place_around(self, at: int, length: int) -> tuple[int, int] | None:
        """The place whose last characters a level shares: 永川区 before 委 in 永川区委."""
        for end in range(at + length, at, -1):
            left = self._places.get(end)
            if left is not None and left < at:
                return left, end
        return None

    def _named_place(self, at: int, length: int, floor: int) -> tuple[int, int] | None:
        """A place unknown to the gazetteer before 镇, 村, 街道…: up to four characters after a stop or a mark."""
        start = at
        while start > floor and at - start < 5 and _is_name_character(self._text[start - 1]) and self._word(start, floor)[1] in ("unknown", "part"):
            if self._places.get(start) is not None:
                break
            start -= 1
        open_end = start > floor and _is_name_character(self._text[start - 1]) and self._places.get(start) is None
        if start == at or at - start > 4 or (open_end and self._word(start, floor)[1] != "break") or self._text[start:at] in self._common:
            return None
        return start, at + length

    def _unknown(self, at: int, floor: int) -> int:
        """How many characters unknown to the rules to take into the organisation's name."""
        text = self._text
        start = at
        while start > floor and at - start < LONGEST_UNKNOWN and _is_name_character(text[start - 1]):
            if start != at and (self._places.get(start) is not None or self._word(start, floor)[1] != "unknown"):
                break
            start -= 1
        return at - start


def are_deputies(post: Post, of: Sequence[Post]) -> bool:
    """Whether a post is one in the body of who was named before: 副主任 after a 主任, 镇党委副书记 as 党委副书记, 党组成员."""
    if post.organisation and not INNER_BODY.fullmatch(post.organisation):
        return False
    if post.word.own_body:
        return post.name != post.word.word and any(post.word.word == other.word.word for other in of)
    return post.word.word in MEMBERS or any(post.word.word == other.word.word for other in of)


def completed(posts: list[Post]) -> list[Post]:
    """Posts beside each other, each with its own organisation and place: 云溪县水利局党委书记、局长."""
    done: list[Post] = []
    for post in posts:
        if done and post.word.role != "reporter":
            previous = done[-1]
            body = INNER_BODY.sub("", previous.organisation) or previous.organisation
            if not post.organisation and not post.word.own_body:
                own = previous.organisation if post.word.rule_id == "officials/post.party" and previous.word.rule_id == post.word.rule_id else body
                post = replace(post, organisation=own)
                if previous.status != "incumbent":
                    post = replace(post, status=previous.status)
            elif INNER_BODY.fullmatch(post.organisation) and not body.endswith(COMMITTEES):
                post = replace(post, organisation=body + post.organisation)
            if post.place is None:
                post = replace(post, place=previous.place)
        done.append(post)
    return done


def _is_name_character(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff" or character.isalnum() or character == "·"


def _bare(text: str) -> str:
    return "".join(text.split())
