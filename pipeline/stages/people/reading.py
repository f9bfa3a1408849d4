"""Finding every named person of a text, with the posts that each mention states.

Names are taken in the order of how much speaks for them: after a title, in a byline, beside a verb that gives a post,
before a title; then what looks enough like a name by itself; last, the same names wherever else the page has them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.stages.people.alone import Alone
from pipeline.stages.people.appointments import Appointments
from pipeline.stages.people.arrays import is_han
from pipeline.stages.people.context import NAME_RULE, Context, Mention, Register
from pipeline.stages.people.repeats import Repeats
from pipeline.stages.people.roles import role_of
from pipeline.stages.people.rules import Officials
from pipeline.stages.people.signatures import Signatures
from pipeline.stages.people.surface import JOINTS, Surface
from pipeline.stages.people.titles import BLANKS, Post, are_deputies, completed

#: What evidence beside the name adds to its score.
AFTER_TITLE, AFTER_OCCUPATION, IN_LIST, BEFORE_TITLE = 4.5, 3.5, 5.0, 4.0
#: A list of names, as far as can be told before they are looked at: 甲、乙和丙; 甲 乙.
LIST = re.compile(r"[^\W\d和与及]{1,8}(?:[、和与及 \N{IDEOGRAPHIC SPACE}]{1,2}[^\W\d和与及]{2,8})+")
LIST_JOINT = re.compile(r"[、和与及 \N{IDEOGRAPHIC SPACE}]{1,2}")
#: How far behind somebody the next person of the same body may be named: 主任甲主持会议，副主任乙出席.
COMPANY, SENTENCE_ENDS = 16, "。！？!?\n"
#: So many blanks at most part a title from its name: 市长　　甲.
BLANKS_WITHIN = 8
#: What stands between a post and the name of who is proposed for it.
PROPOSED = re.compile(r"(?:提名|拟任|建议|初步)?(?:人选|候选人)")
#: What stands between leaders and their names: 参加活动的县领导有甲、乙.
LEADERS, AMONG = "officials/post.leaders", re.compile("还?有|包括")
#: What stands before the name of whose age is told, and what it adds to its score.
AGED, AGED_EVIDENCE = re.compile(r"岁(?<=[\d一二三四五六七八九十多]岁)(?:高龄)?的(?=[\u4e00-\u9fff])"), 3.0


class Reader:
    """One reading of one text."""

    def __init__(self, text: str, rules: Officials, context: Context) -> None:
        self.text, self.rules, self.context = text, rules, context
        self.surface = Surface(text, rules, context)
        self.titles = self.surface.titles
        self.register = Register(len(text))
        self.pages = context.pages or ((0, len(text)),)
        self._page_starts = [start for start, _ in self.pages]

    def read(self) -> list[Mention]:
        anchors = self._anchors()
        # Scoring is fast in bulk and slow one by one, so every place where a name may begin is looked at first.
        self.surface.read_words(at for at, *_ in anchors)
        self.surface.look_at(self._name_starts(at for at, *_ in anchors))
        for anchor in anchors:
            self._after_title(*anchor)
        self._aged()
        Signatures(self).read()
        Appointments(self, self.rules.verbs).read(*self.rules.verb_patterns)
        self._before_titles()
        repeats = Repeats(self)
        repeats.read()
        Alone(self).read()
        repeats.read()
        return self.register.in_order()

    def page_of(self, at: int) -> int:
        return bisect_right(self._page_starts, at) - 1

    def page_start(self, at: int, reach: int) -> int:
        """The furthest back that something `reach` characters away may matter: where the page begins, or nearer."""
        return max(self._page_starts[self.page_of(at)], at - reach)

    # -- names after a title -------------------------------------------------------------------------------------

    def _anchors(self) -> list[tuple[int, int, str]]:
        """Where a name may begin after a word for a post, where that word ends, and which role it gives."""
        text, size = self.text, len(self.text)
        anchors = []
        for _, end, word in self.surface.posts:
            between = (AMONG if word.rule_id == LEADERS else PROPOSED).match(text, end)
            at = between.end() if between else end
            while at < size and at - end < BLANKS_WITHIN and text[at] in BLANKS + "：:":
                at += 1
            if at < size and is_han(text[at]) and (at > end or not word.apart):
                anchors.append((at, end, word.role))
        return anchors

    def _name_starts(self, anchors: Iterable[int]) -> Iterator[int]:
        """The anchors, and where the names of a list that begins at one would begin, were it one."""
        done = 0
        for at in anchors:
            yield at
            # In a list where each has a title (书记甲、区长乙、…) the rest of it is not gone through again for each.
            match = LIST.match(self.text, at) if at >= done else None
            if match is not None:
                done = match.end()
                yield from (joint.end() for joint in LIST_JOINT.finditer(self.text, at, done))

    def _after_title(self, at: int, post_end: int, role: str) -> None:
        bonus = AFTER_OCCUPATION if role == "other" else AFTER_TITLE
        end = self.surface.name_at(at, bonus + self.surface.cuts_before(at), titled=role)
        if end is None or not self.register.is_free(at, end):
            return
        posts = self._in_company(self.titles.before(post_end))
        if PROPOSED.match(self.text, post_end, at):
            posts = [replace(post, status="nominated") for post in posts]
        if not posts:
            return
        self.add(at, end, posts)
        for start, stop in self._list_from(end, posts[-1].word.role):
            self.add(start, stop, posts)

    def _in_company(self, posts: list[Post]) -> list[Post]:
        """Posts that leave body or place to the person named just before: 岳西县委书记甲、县长乙; 县人大常委会主任甲，副主任乙."""
        last = self.named_before(posts[0].start) if posts else None
        if last is None or not last.posts or posts[0].place is not None:
            return posts
        place = last.posts[-1].place
        if are_deputies(posts[0], last.posts):
            posts = completed([*last.posts, *posts])[len(last.posts) :]
        elif last.end != posts[0].start - 1 or self.text[last.end] not in JOINTS:
            return posts
        return [post if post.place else replace(post, place=place) for post in posts]

    def named_before(self, at: int, reach: int = COMPANY) -> Mention | None:
        """Who was named last before this in the same sentence, and near."""
        for end in range(at - 1, max(at - reach, 0), -1):
            if self.text[end] in SENTENCE_ENDS:
                return None
            if end in self.register.by_end:
                return self.register.by_end[end]
        return None

    def _list_from(self, end: int, role: str) -> Iterator[tuple[int, int]]:
        """The further names of a list: 区领导周岚、方明; 记者 甲 乙."""
        text = self.text
        joints = JOINTS + (BLANKS if role == "reporter" else "")
        while True:
            at = end
            while at < len(text) and at - end < 3 and text[at] in JOINTS + BLANKS:
                at += 1
            if not any(mark in joints for mark in text[end:at]):
                return
            stop = self._listed_at(at, role) if at < len(text) and not self.surface.begins_body(at) else None
            if stop is None or not self.register.is_free(at, stop) or self.surface.names_thing(stop):
                return
            yield at, stop
            end = stop

    def _listed_at(self, at: int, role: str) -> int | None:
        """Where the name in a list ends that begins here; those who share a public post may have surnames that are words."""
        rare = self.surface.unlike.of_rare_surname(at) if role != "other" else None
        return rare or self.surface.name_at(at, IN_LIST) or self._between_names(at, role)

    def _between_names(self, at: int, role: str) -> int | None:
        """A name that is a word, where the list of those in office goes on behind it: 县领导甲、|田野|、乙."""
        end = self.text.find("、", at, at + 4)
        if role == "other" or end < at + 2 or not self.rules.names.is_surname(self.text[at]) or self.surface.begins_body(end + 1):
            return None
        if not all(map(is_han, self.text[at:end])) or not self.surface.can_be(at, end, role):
            return None
        return end if self.surface.name_at(end + 1, IN_LIST) is not None else None

    def _aged(self) -> None:
        """Somebody whose age is told: 81岁的|秦广田|老人."""
        found = [match.end() for match in AGED.finditer(self.text)]
        self.surface.look_at(found)
        for at in found:
            end = self.surface.name_at(at, AGED_EVIDENCE, titled="other")
            if end is not None and self.surface.fit(end) > 0 and self.register.is_free(at, end):
                self.register.put(Mention(at, end, "other", NAME_RULE))

    def _before_titles(self) -> None:
        """A name with its title behind it: 何书记, 周雨桐老师."""
        surface, address = self.surface, self.rules.words("address")
        called = [item for item in surface.posts if item[2].role == "official" or item[2].word in address]
        posts = [(start, end, word) for start, end, word in called if surface.word_at(end)]
        surface.look_before(at for at, _, _ in posts)
        for at, end, word in posts:
            start = surface.name_before(at, BEFORE_TITLE) if at and is_han(self.text[at - 1]) else None
            if start is not None and self.register.is_free(start, at) and not surface.ends_body(at):
                self.add(start, at, [Post(at, end, "", self.text[at:end], word)])

    # -- what the verbs of appointments ask for --------------------------------------------------------------------

    def name_at(self, at: int, bonus: float) -> int | None:
        """Where the name that begins here ends, known or new."""
        known = self.register.by_start.get(at)
        if known is not None:
            return known.end
        end = self.surface.name_at(at, bonus) if at < len(self.text) else None
        return end if end is not None and self.register.is_free(at, end) else None

    def name_before(self, end: int, bonus: float) -> int | None:
        """Where the name that ends here begins, known or new."""
        known = self.register.by_end.get(end)
        if known is not None:
            return known.start
        start = self.surface.name_before(end, bonus)
        return start if start is not None and self.register.is_free(start, end) else None

    def add(self, start: int, end: int, posts: list[Post]) -> None:
        """Say that the person named here holds these posts, beside those known already."""
        known = self.register.by_start.get(start)
        if known is not None:
            # 现任…，拟任县民政局局长: the second verb is read with the first, and by itself.
            read = {(post.start, post.end) for post in known.posts}
            posts = [*known.posts, *(post for post in posts if (post.start, post.end) not in read)] or posts
        role = role_of(posts, self.rules)
        rule_id = posts[-1].word.rule_id
        # What an official is besides (退休干部, 党员) is no post.
        self.register.put(Mention(start, end, role, rule_id, [post for post in posts if post.word.role != "other"] if role == "official" else []))


def read(text: str, rules: Officials, context: Context | None = None) -> list[Mention]:
    """Every named person of a text, in order."""
    return Reader(text, rules, context or Context()).read()
