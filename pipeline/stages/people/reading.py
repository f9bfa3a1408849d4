"""Finding every named person of a text, with the posts that each mention states.

Names are taken in the order of how much speaks for them: after a title, in a byline, beside a verb that gives a post,
before a title; then what looks enough like a name by itself; last, the same names wherever else the page has them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.stages.people.appointments import Appointments
from pipeline.stages.people.context import ROLES, Context, Mention, Register, bare, stronger
from pipeline.stages.people.foreign import DOT
from pipeline.stages.people.rules import Officials
from pipeline.stages.people.surface import JOINTS, Surface, is_han
from pipeline.stages.people.titles import BLANKS, Post, are_deputies, completed

#: What evidence beside the name adds to its score.
AFTER_TITLE, AFTER_OCCUPATION, IN_BYLINE, IN_LIST, BEFORE_TITLE, CREDITED = 4.5, 3.5, 7.0, 5.0, 4.0, 5.0
#: From which score on a stretch is a name by itself; beside other names less is asked, and more of what is spelled by sound.
ALONE, BESIDE_NAME, SPELLED = -1.3, 2.0, 1.5
#: Two characters stand side by side by chance far oftener than three do.
BY_LENGTH = {2: -1.5, 3: 0.5}
#: What seeing a stretch again between other characters adds, each time their number doubles.
AGAIN = 0.7
#: What a word after it that goes with persons adds to a stretch by itself, and what is taken when there is none.
WITH_VERB, WITHOUT = 1.0, 0.5
#: What is taken from two characters that stand nowhere where persons stand.
UNFRAMED, PERSONS_DO, PERSONS_ARE_ASKED = 1.0, tuple("说道称（("), tuple("帮请叫像")
#: A name that is common as a word is no name by itself.
COMMON = 2.5
#: A name seen for sure is taken again elsewhere on the page unless it is this unlikely there.
LEAST_AGAIN = -6.0
#: By how much a longer name must look better where a known shorter one could stand.
MUCH_LIKER = 3.0
#: What closes the name of a thing or place, and hardly a person's: 周街.
THING_ENDS = frozenset("街路巷镇村乡县市区省桥站寨屯堡庄厂院校馆楼店宫寺庙塔陵库坝渠沟杯奖号队族")
#: What closes names of rivers and hills as well as persons', so that a bare one must have a verb of a person behind it: 清溪湖.
LAND_ENDS, LAND = frozenset("湖溪河潭湾港渡"), 3.0
#: Surnames that are adverbs and verbs oftener, and go with a word behind them there: 曾|先后, 应|广大.
ADVERBS = frozenset("曾应由从时于向和同与连管还及")
#: A list of names, as far as can be told before they are looked at: 甲、乙和丙; 甲 乙.
LIST = re.compile(r"[^\W\d和与及]{1,8}(?:[、和与及 \N{IDEOGRAPHIC SPACE}]{1,2}[^\W\d和与及]{2,8})+")
LIST_JOINT = re.compile(r"[、和与及 \N{IDEOGRAPHIC SPACE}]{1,2}")
#: What follows the name of who made a picture or a text.
CREDIT = re.compile(r"(?:摄影报道|摄影|摄|文/图|图/文|文/摄|/摄|/图|/文|供图)(?![\u4e00-\u9fff])")
#: Names alone in brackets at the end of a paragraph.
SIGNED = re.compile(r"(?<![^。！？”\n])[（(][\u4e00-\u9fff]{2,4}(?:[ \N{IDEOGRAPHIC SPACE}、][\u4e00-\u9fff]{2,4}){0,3}[）)](?=\n|$)")
#: What the short name of a place inside a bare name takes away.
PLACE_INSIDE = 2.5
#: What counts the word behind it: 3|方, 一|池春水; but 之一|高远.
COUNTED = re.compile(r"(?:\d|(?<![之第期周十统唯万专])一)$")
#: What joins a bare name to others.
LISTED = ("、", "，", " ", "\N{IDEOGRAPHIC SPACE}")
#: How far behind somebody the next person of the same body may be named: 主任甲主持会议，副主任乙出席.
COMPANY, SENTENCE_ENDS = 16, "。！？!?\n"
#: What stands between a post and the name of who is proposed for it.
PROPOSED = re.compile(r"(?:提名|拟任|建议|初步)?(?:人选|候选人)")
#: What stands before the family name of a dotted name that is long enough to be told by it.
FAMILY_NAME = re.compile(rf"^.*{DOT}(?=[\u4e00-\u9fff]{{2,}}$)")
NAME_RULE = "officials/name"


class Reader:
    """One reading of one text."""

    def __init__(self, text: str, rules: Officials, context: Context) -> None:
        self.text, self.rules, self.context = text, rules, context
        self.surface = Surface(text, rules, context)
        self.titles = self.surface.titles
        self.register = Register(len(text))
        self._pages = context.pages or ((0, len(text)),)
        self._page_starts = [start for start, _ in self._pages]

    def read(self) -> list[Mention]:
        anchors = self._anchors()
        # Scoring is fast in bulk and slow one by one, so every place where a name may begin is looked at first.
        self.surface.look_at(self._name_starts(at for at, *_ in anchors))
        for anchor in anchors:
            self._after_title(*anchor)
        self._bylines()
        self._credits()
        Appointments(self, self.rules.verbs).read(*self.rules.verb_patterns)
        self._before_titles()
        self._again()
        self._alone()
        self._again()
        return self.register.in_order()

    def _page_of(self, at: int) -> int:
        return bisect_right(self._page_starts, at) - 1

    def page_start(self, at: int, reach: int) -> int:
        """The furthest back that something `reach` characters away may matter: where the page begins, or nearer."""
        return max(self._page_starts[self._page_of(at)], at - reach)

    # -- names after a title -------------------------------------------------------------------------------------

    def _anchors(self) -> list[tuple[int, int, str]]:
        """Where a name may begin after a word for a post, where that word ends, and which role it gives."""
        text, size = self.text, len(self.text)
        anchors = []
        for _, end, word in self.surface.posts:
            proposed = PROPOSED.match(text, end)
            at = proposed.end() if proposed else end
            while at < size and at - end < 3 and text[at] in BLANKS + "：:":
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
        if self.text[post_end:at].strip(BLANKS + "：:"):
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
            stop = self.surface.name_at(at, IN_LIST) if at < len(text) and not self.surface.begins_body(at) else None
            if stop is None or not self.register.is_free(at, stop) or self.surface.names_thing(stop):
                return
            yield at, stop
            end = stop

    # -- names elsewhere -----------------------------------------------------------------------------------------

    def _bylines(self) -> None:
        """Names in a byline that no title leads: 綦江区融媒体中心 甲 乙."""
        bylines = (piece for start, end, kind in self.context.kinds if kind == "byline" for piece in _pieces(self.text, start, end))
        pieces = [piece for piece in bylines if self.register.is_free(*piece)]
        self.surface.look_at(start for start, _ in pieces)
        for start, end in pieces:
            name_end = self.surface.name_at(start, IN_BYLINE)
            if name_end is not None and (name_end == end or self.text[name_end:end] in ("摄", "文", "图")):
                self.register.put(Mention(start, name_end, "reporter", "officials/post.press"))

    def _credits(self) -> None:
        """Who took the picture or wrote the piece, said behind the name or in brackets at a paragraph's end: 甲 摄; （甲 乙）."""
        ends = [_before_blanks(self.text, match.start()) for match in CREDIT.finditer(self.text)]
        self.surface.look_at(end - length for end in ends for length in (2, 3, 4))
        for end in ends:
            start = self.surface.name_before(end, CREDITED)
            if start is not None and self.register.is_free(start, end):
                self.register.put(Mention(start, end, "reporter", "officials/post.press.credit"))
        for match in SIGNED.finditer(self.text):
            pieces = list(_pieces(self.text, match.start(), match.end()))
            if all(self.register.is_free(*piece) and self.surface.name_at(piece[0], AFTER_TITLE, titled="reporter") == piece[1] for piece in pieces):
                for start, end in pieces:
                    self.register.put(Mention(start, end, "reporter", "officials/post.press.credit"))

    def _before_titles(self) -> None:
        """A name with its title behind it: 何书记, 周雨桐老师."""
        surface = self.surface
        posts = [(start, end, word) for start, end, word in surface.posts if word.role != "reporter" and surface.word_at(end)]
        surface.look_before(at for at, _, _ in posts)
        for at, end, word in posts:
            start = surface.name_before(at, BEFORE_TITLE) if at and is_han(self.text[at - 1]) else None
            if start is not None and self.register.is_free(start, at) and not surface.ends_body(at):
                self.add(start, at, [Post(at, end, "", self.text[at:end], word)])

    def _alone(self) -> None:
        """Names that nothing but their own look and what stands around them shows."""
        surface, register = self.surface, self.register
        for start, end in surface.dotted.items():
            if register.is_free(start, end):
                register.put(Mention(start, end, "other", NAME_RULE))
        weighed = self._weighed()
        for asked in (ALONE, ALONE - BESIDE_NAME):
            # Weaker ones come second, where they stand in a list with names found by then.
            free = ((start, end, score - asked) for start, end, score in weighed if score > asked and register.is_free(start, end))
            for start, end in best_together([item for item in free if asked == ALONE or self._beside_name(item[0], item[1])]):
                register.put(Mention(start, end, "other", NAME_RULE))

    def _weighed(self) -> list[tuple[int, int, float]]:
        """Every stretch that may be a name by itself, with what speaks for it here and wherever else its page has it."""
        surface = self.surface
        seen: dict[tuple[int, str], list[tuple[float, int, int]]] = defaultdict(list)
        for (start, end), score in surface.scores.items():
            if score > ALONE - 3 and self.register.is_free(start, end) and self._can_stand_alone(start, end):
                seen[self._page_of(start), self.text[start:end]].append((score + self._evidence(start, end), start, end))
        out = []
        for (_, name), places in seen.items():
            best = max(places)[0]
            around = {self.text[max(0, start - 1) : start] + self.text[end : end + 1] for _, start, end in places}
            more = -COMMON if name in self.rules.common else AGAIN * (len(around) - 1).bit_length()
            if len(name) == 2 and len(places) > 1 and not any(self._in_frame(start, end) for _, start, end in places):
                more = min(more, 0.0) - UNFRAMED
            out += [(start, end, (score + best) / 2 + more) for score, start, end in places]
        return sorted(out)

    def _in_frame(self, start: int, end: int) -> bool:
        """Whether a stretch stands where persons do and goods do not, however often a page repeats them (柳编, 鲜叶): before a verb, in a list."""
        said = self.text[end : end + 1] in PERSONS_DO or any(stop - end > 1 for stop in self.surface.followed(end))
        return said or self.text[start - 1 : start] in PERSONS_ARE_ASKED or self._beside_name(start, end)

    def _can_stand_alone(self, start: int, end: int) -> bool:
        """Whether nothing speaks against a name: no place, no firm or road that it opens, no word spelled by sound (穆斯林)."""
        surface = self.surface
        is_word = (start, end) in surface.spelled and surface.is_common(start, end)
        if self.text[start] in ADVERBS and surface.is_common(start + 1, end):
            return False
        if is_word or self.text[end - 1] in THING_ENDS or COUNTED.search(self.text, max(0, start - 2), start):
            return False
        return surface.can_be(start, end) and not surface.names_thing(end)

    def _evidence(self, start: int, end: int) -> float:
        """What the word after a stretch says for its being a person's name, and what is asked of names spelled by sound."""
        stops = self.surface.followed(end)
        verb = any(stop - end > 1 for stop in stops)
        evidence = WITH_VERB if verb else 0.0 if stops or self.surface.closes(end) or self.surface.another(end) else -WITHOUT
        if not verb and self.text[end - 1] in LAND_ENDS and self.text[start - 1 : start] not in LISTED:
            evidence -= LAND
        if self.surface.cuts_place(start, end):
            evidence -= PLACE_INSIDE
        spelled = SPELLED if (start, end) in self.surface.spelled and evidence <= 0 else 0.0
        return evidence + BY_LENGTH.get(end - start, 0.0) - spelled

    def _beside_name(self, start: int, end: int) -> bool:
        """Whether a mark or 和 joins it to a name: 甲、乙."""
        text, register = self.text, self.register
        before = text[max(0, start - 1) : start] in tuple(JOINTS) and start - 1 in register.by_end
        return before or (text[end : end + 1] in tuple(JOINTS) and end + 1 in register.by_start)

    def _again(self) -> None:
        """The same names elsewhere on the page, and what those who bear them are."""
        roles: dict[tuple[int, str], str] = {}
        for mention in self.register.by_start.values():
            page, name = self._page_of(mention.start), bare(self.text[mention.start : mention.end])
            # 莫利纳 after 贝尔托·莫利纳 is the same person.
            for called in {name, FAMILY_NAME.sub("", name)}:
                roles[page, called] = stronger(roles.get((page, called)), mention.role)
        for (page, name), role in sorted(roles.items(), key=lambda item: -len(item[0][1])):
            first, last = self._pages[page]
            at = self.text.find(name, first, last)
            while at >= 0:
                end = at + len(name)
                if self.register.is_free(at, end) and self.surface.can_be(at, end) and self._is_again(at, end):
                    self.register.put(Mention(at, end, role, NAME_RULE))
                at = self.text.find(name, at + 1, last)
        for mention in self.register.by_start.values():
            if mention.role == "other":
                mention.role = roles[self._page_of(mention.start), bare(self.text[mention.start : mention.end])]

    def _is_again(self, start: int, end: int) -> bool:
        """Whether a known name stands here, and not by chance, nor as the head of a longer one."""
        surface = self.surface
        score = surface.scores.get((start, end), 0.0)
        longer = surface.scores.get((start, end + 1))
        if longer is not None and longer + surface.fit(end + 1) > score + surface.fit(end) + MUCH_LIKER:
            return False
        return score > LEAST_AGAIN

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
            posts = [*known.posts, *posts]
        role = role_of(posts, self.rules)
        self.register.put(Mention(start, end, role, posts[-1].word.rule_id, posts if role == "official" else []))


def role_of(posts: Sequence[Post], rules: Officials) -> str:
    """What the posts make of a person."""
    roles = {_role(post, rules) for post in posts}
    return next(role for role in ROLES if role in roles)


def _role(post: Post, rules: Officials) -> str:
    if post.word.role != "body":
        return post.word.role
    organisation = post.organisation
    if any(word in organisation for word in rules.words("state_firm")):
        return "official"
    private = _last_end(organisation, rules.words("private"))
    # 公司采购部经理: a firm's own units are no public bodies, whatever they are called.
    public = _last_end(organisation, (word for word in rules.words("public") if private < 0 or word not in rules.words("unit")))
    return "official" if public > private else "other"


def _last_end(text: str, words: Iterable[str]) -> int:
    """Where the last of some words that a text holds ends in it, -1 where it holds none."""
    return max((text.rfind(word) + len(word) for word in words if word in text), default=-1)


def best_together(items: Sequence[tuple[int, int, float]]) -> list[tuple[int, int]]:
    """Of stretches that may overlap those that are worth most together: 钱立|梁贺秋 rather than 钱立梁|贺秋."""
    #: Ends of stretches, what the best choice up to there is worth, and its last stretch.
    ends, best = [-1], [(0.0, -1)]
    chosen: list[tuple[int, int, int]] = []
    for start, end, value in sorted(items, key=lambda item: (item[1], item[0])):
        worth, last = best[bisect_right(ends, start) - 1]
        chosen.append((start, end, last))
        if worth + value > best[-1][0]:
            ends.append(end)
            best.append((worth + value, len(chosen) - 1))
    out: list[tuple[int, int]] = []
    at = best[-1][1]
    while at >= 0:
        start, end, at = chosen[at]
        out.append((start, end))
    return out


def _before_blanks(text: str, at: int) -> int:
    while at > 0 and text[at - 1] in BLANKS:
        at -= 1
    return at


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Runs of Chinese characters in a stretch."""
    at = start
    while at < end:
        while at < end and not is_han(text[at]):
            at += 1
        stop = at
        while stop < end and is_han(text[stop]):
            stop += 1
        if stop > at:
            yield at, stop
        at = stop


def read(text: str, rules: Officials, context: Context | None = None) -> list[Mention]:
    """Every named person of a text, in order."""
    return Reader(text, rules, context or Context()).read()
