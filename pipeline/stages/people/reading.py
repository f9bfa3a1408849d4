"""Finding every named person of a text, with the posts that each mention states."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.stages.people.appointments import Appointments
from pipeline.stages.people.foreign import DOTTED_SCORE
from pipeline.stages.people.names import Candidates
from pipeline.stages.people.rules import Officials
from pipeline.stages.people.titles import BLANKS, Post, Titles

#: A free candidate is a name from this score on.
THRESHOLD = -1.0
#: What evidence beside the name adds to its score.
AFTER_TITLE, AFTER_OCCUPATION, IN_BYLINE, IN_LIST, BEFORE_TITLE, AGAIN = 4.5, 3.5, 7.0, 3.5, 3.0, 0.7
#: What is a common word is a name only on better evidence.
COMMON = 2.5
#: A name in a list with others needs less.
BESIDE_NAME = 2.0
#: A name seen for sure is taken again elsewhere on the page unless it is this unlikely there.
LEAST_AGAIN = -6.0
LONGEST = 8
#: What may stand between a name and the word that makes it a firm's or a road's.
TAIL = re.compile(r"[^\W的在是和与及任为向对到从将被把说称了着过等以有也]{1,14}")
FOLLOWED = 2.0
#: Characters that can stand alone between a name and a mark: 张静说，
LONE = "说道称摄等家任饰译著编绘文图讲问答笑"
ROLES = ("official", "reporter", "other")
LIST_JOINTS = "、和与及"


@dataclass(frozen=True)
class PlaceSpan:
    """A place as the places stage found it."""

    start: int
    end: int
    code: str | None
    level: str
    deictic: bool = False


@dataclass(frozen=True)
class Context:
    """What is known around a text: places in it, kinds of its stretches, and where its page is at home."""

    places: Sequence[PlaceSpan] = ()
    kinds: Sequence[tuple[int, int, str]] = ()
    home_code: str | None = None
    article_code: str | None = None


@dataclass
class Mention:
    """A person named at one place of the text."""

    start: int
    end: int
    role: str
    rule_id: str
    posts: list[Post] = field(default_factory=list)


class Reader:
    """One reading of one text."""

    def __init__(self, text: str, rules: Officials, context: Context, candidates: Candidates | None = None) -> None:
        self.text = text
        self.rules = rules
        self.context = context
        self.places = {place.end: place.start for place in sorted(context.places, key=lambda place: -place.start) if not place.deictic}
        self.titles = Titles(text, rules, self.places)
        self.mentions: dict[int, Mention] = {}
        self._taken: list[tuple[int, int]] = []
        found = candidates if candidates is not None else rules.names.find(text)
        self._scores: dict[tuple[int, int], float] = dict(
            zip(zip(found.starts.tolist(), found.ends.tolist(), strict=True), found.scores.tolist(), strict=True)
        )
        self._dotted: dict[int, int] = {}
        for start, end, score in rules.spelled.find(text):
            self._scores[start, end] = max(score, self._scores.get((start, end), score))
        self._kind_starts = [start for start, _, _ in context.kinds]
        self._blocked = sorted((place.start, place.end) for place in context.places)

    def read(self) -> list[Mention]:
        self._posts = self._post_words()
        self._dotted = dict(self.rules.spelled.dotted(self.text, frozenset(end for _, end in self._posts)))
        self._scores.update(dict.fromkeys(self._dotted.items(), DOTTED_SCORE))
        anchors = self._anchors()
        self._score_at([at for at, _ in anchors])
        self._score_at([start for post in self._posts for start in (post[0] - 2, post[0] - 3, post[0] - 4) if start >= 0])
        for at, post_end in anchors:
            self._after_title(at, post_end)
        self._bylines()
        Appointments(self, self.rules.verbs).read(*self.rules.verb_patterns)
        self._before_titles()
        self._free()
        self._again()
        return [self.mentions[start] for start in sorted(self.mentions)]

    # -- names after a title -------------------------------------------------------------------------------------

    def _post_words(self) -> list[tuple[int, int]]:
        """Every word for a post, shorter ones within longer ones too."""
        finder, _ = self.rules.finder
        return [(start, end) for _, start, end in finder.find_matches_as_indexes(self.text, overlapping=True)]

    def _anchors(self) -> list[tuple[int, int]]:
        """Where a name may begin after a word for a post, and where that word ends."""
        text, size = self.text, len(self.text)
        anchors = []
        for end in sorted({end for _, end in self._posts}):
            at = end
            while at < size and at - end < 3 and text[at] in BLANKS + "：:":
                at += 1
            if at < size and "\u4e00" <= text[at] <= "\u9fff":
                anchors.append((at, end))
        return anchors

    def _score_at(self, starts: Sequence[int]) -> None:
        found = self.rules.names.at(self.text, starts)
        for start, end, score in zip(found.starts.tolist(), found.ends.tolist(), found.scores.tolist(), strict=True):
            self._scores.setdefault((start, end), score)

    def _after_title(self, at: int, post_end: int) -> None:
        found = self.titles.post_word(post_end, 0)
        if found is None:
            return
        bonus = AFTER_OCCUPATION if found[1].role == "other" else AFTER_TITLE
        # The title ends here, so no word runs on across: 秘书长|安南.
        end = self._name_end(at, bonus + (COMMON if self.text[at - 1 : at + 1] in self.rules.common else 0))
        if end is None or not self._free_at(at, end):
            return
        posts = self._in_company(self.titles.before(post_end))
        if not posts:
            return
        self._add(at, end, posts)
        while True:
            following = self._next_in_list(end, posts)
            if following is None:
                return
            at, end = following
            self._add(at, end, posts)

    def _in_company(self, posts: list[Post]) -> list[Post]:
        """Posts that leave their place to the person named just before: 岳西县委书记甲、县长乙."""
        if posts and posts[0].place is None and self.text[posts[0].start - 1 : posts[0].start] in LIST_JOINTS and self._taken:
            last = self.mentions[self._taken[-1][0]]
            place = last.posts[-1].place if last.end == posts[0].start - 1 and last.posts else None
            return [post if post.place else replace(post, place=place) for post in posts]
        return posts

    def _next_in_list(self, end: int, posts: list[Post]) -> tuple[int, int] | None:
        """The next name of a list: 区领导吴萍、钟伟; 记者 甲 乙."""
        text = self.text
        at = end
        joints = LIST_JOINTS + (BLANKS if posts[-1].word.role == "reporter" else "")
        while at < len(text) and at - end < 3 and text[at] in joints + BLANKS:
            at += 1
        if at == end or not any(mark in joints for mark in text[end:at]):
            return None
        self._score_at([at])
        next_end = self._name_end(at, IN_LIST)
        if next_end is None or not self._free_at(at, next_end):
            return None
        return at, next_end

    def _name_end(self, at: int, bonus: float) -> int | None:
        """Where the name that begins here ends, given evidence worth `bonus` that one does."""
        dotted = self._dotted.get(at)
        if dotted is not None:
            return dotted
        padded = self._padded(at)
        if padded is not None:
            return padded
        self._score_at([at])
        best: tuple[float, int] | None = None
        for length in range(2, LONGEST + 1):
            score = self._scores.get((at, at + length))
            if score is None or self._is_other(at, at + length) or self._is_address(at, at + length):
                continue
            score += self._fit(at, at + length) - COMMON * (self.text[at : at + length] in self.rules.common)
            if best is None or score > best[0]:
                best = score, at + length
        return best[1] if best is not None and best[0] + bonus > 0 else None

    def _fit(self, start: int, end: int) -> float:
        """How well what follows goes with a name that ends here."""
        text = self.text
        if self._closes(end):
            return 1.5
        if self._closes(end + 1) and text[end] not in LONE:
            return -2.5
        if text[end] in "和与及":
            return -2.0 if self._closes(end + 1) or self._follows(end + 1, 2) else 0.5
        return max((FOLLOWED + (1.0 if self._word_at(at) else 0.0) for at in self._followed(end)), default=0.0)

    def _followed(self, at: int) -> list[int]:
        """Where words end that come after a name, if any stands here."""
        follow = self.rules.words("follow")
        return [at + length for length in (4, 3, 2, 1) if self.text[at : at + length] in follow]

    def _closes(self, at: int) -> bool:
        return at >= len(self.text) or not ("\u4e00" <= self.text[at] <= "\u9fff")

    def _follows(self, at: int, least: int) -> bool:
        return any(end - at >= least for end in self._followed(at))

    def _word_at(self, at: int) -> bool:
        """Whether a known word or a mark stands here: a title that is followed by neither may be cut from something else, as 江阴|市长|泾镇."""
        return self._closes(at) or self._follows(at, 1) or any(self.text[at : at + length] in self.rules.common for length in (2, 3, 4))

    def _names_thing(self, end: int) -> bool:
        """Whether what looks like a name opens the name of a firm, a school or a road: 华邦|生命健康股份有限公司."""
        tail = TAIL.match(self.text, end)
        return tail is not None and self.rules.thing_pattern.search(tail.group()) is not None

    def _ends_body(self, end: int) -> bool:
        """Whether an organisation's name ends here: 党工委 before 书记."""
        parts = self.rules.words("part")
        return any(self.text[end - length : end] in parts for length in (2, 3, 4))

    def _is_address(self, start: int, end: int) -> bool:
        """Whether it is a surname and a form of address, no full name: 李女士."""
        posts = self.rules.posts
        return any(self.text[start + 1 : start + 1 + length] in posts for length in (2, 3))

    def name_at(self, at: int, bonus: float) -> int | None:
        """Where the name that begins here ends, known or new."""
        known = self.mentions.get(at)
        if known is not None:
            return known.end
        end = self._name_end(at, bonus) if at < len(self.text) else None
        return end if end is not None and self._free_at(at, end) else None

    def name_before(self, end: int, bonus: float) -> int | None:
        """Where the name that ends here begins, known or new."""
        best: tuple[float, int] | None = None
        self._score_at([start for start in (end - 2, end - 3, end - 4) if start >= 0])
        for length in range(2, LONGEST + 1):
            start = end - length
            if start in self.mentions and self.mentions[start].end == end:
                return start
            score = self._scores.get((start, end))
            if score is None or self._is_other(start, end) or not self._free_at(start, end) or self._is_address(start, end):
                continue
            if start == 0 or not "\u4e00" <= self.text[start - 1] <= "\u9fff":
                score += 1.5
            if best is None or score > best[0]:
                best = score, start
        return best[1] if best is not None and best[0] + bonus > 0 else None

    def give(self, start: int, end: int, posts: list[Post]) -> None:
        """Say that the person named here holds these posts too."""
        known = self.mentions.get(start)
        if known is not None:
            posts = [*known.posts, *posts]
        self._add(start, end, posts)

    def _padded(self, at: int) -> int | None:
        """A name of two characters set apart by a blank: 李　强."""
        text = self.text
        if at + 2 < len(text) and text[at + 1] in BLANKS and self.rules.names.surname[ord(text[at]) & 0xFFFF] > 0:
            end = at + 1
            while end < len(text) and end - at < 4 and text[end] in BLANKS:
                end += 1
            if end < len(text) and "\u4e00" <= text[end] <= "\u9fff" and (end + 1 == len(text) or not "\u4e00" <= text[end + 1] <= "\u9fff"):
                return end + 1
        return None

    # -- names elsewhere -----------------------------------------------------------------------------------------

    def _bylines(self) -> None:
        """Names in a byline that no title leads: 綦江区融媒体中心 甲 乙."""
        for start, end, kind in self.context.kinds:
            if kind != "byline":
                continue
            for piece_start, piece_end in _pieces(self.text, start, end):
                if not self._free_at(piece_start, piece_end):
                    continue
                self._score_at([piece_start])
                name_end = self._name_end(piece_start, IN_BYLINE)
                if name_end is not None and (name_end == piece_end or self.text[name_end:piece_end] in ("摄", "文", "图")):
                    self._put(Mention(piece_start, name_end, "reporter", "officials/post.press"))

    def _before_titles(self) -> None:
        """A name with its title behind it: 习近平总书记, 余姝伶老师."""
        for start, end in self._posts:
            best: tuple[float, int] | None = None
            for length in range(2, LONGEST + 1):
                score = self._scores.get((start - length, start))
                if score is None:
                    continue
                score += self._uncut(start - length, start)
                if score + BEFORE_TITLE > 0 and (best is None or score > best[0]) and self._free_at(start - length, start):
                    best = score, start - length
            if best is None or self._is_other(best[1], start) or self._is_address(best[1], start) or self._ends_body(start):
                continue
            found = self.titles.post_word(end, start)
            if found is None or found[0] != start or found[1].role == "reporter" or not self._word_at(end):
                continue
            post = Post(start, start, end, "", self.text[start:end], found[1])
            self._add(best[1], start, [post])

    def _beside_name(self, start: int, end: int) -> bool:
        """Whether a mark or 和 joins it to a name: 甲、乙."""
        text = self.text
        before = text[start - 1 : start] in tuple(LIST_JOINTS) and any(right == start - 1 for _, right in self._around(start - 1))
        return before or (text[end : end + 1] in tuple(LIST_JOINTS) and end + 1 in self.mentions)

    def _uncut(self, start: int, end: int) -> float:
        """What to give back for words that the name seems to cut but does not: 李政|道教|授, 落|实习|近平."""
        text, common = self.text, self.rules.common
        after = COMMON if text[end - 1 : end + 1] in common else 0.0
        before = COMMON if text[start - 1 : start + 1] in common and text[start - 2 : start] in common else 0.0
        return after + before

    def _free(self) -> None:
        """Names that nothing but their own look and what stands around them shows."""
        seen: dict[str, list[tuple[float, int, int]]] = defaultdict(list)
        for (start, end), score in self._scores.items():
            if score <= THRESHOLD - 3 or not self._free_at(start, end) or self._is_other(start, end) or self._is_address(start, end):
                continue
            if not self._names_thing(end):
                seen[self.text[start:end]].append((score, start, end))
        ranked = []
        for name, places in seen.items():
            best = max(places)
            around = {self.text[start - 1 : start] + self.text[end : end + 1] for _, start, end in places}
            more = -COMMON if name in self.rules.common else AGAIN * (len(around) - 1).bit_length()
            ranked.append((best[0] + more, best[1], best[2]))
        waiting = sorted(ranked, reverse=True)
        for least in (THRESHOLD, THRESHOLD - BESIDE_NAME):
            for score, start, end in waiting:
                # Weaker ones come second, where they stand in a list with names found by then.
                if score > least and self._free_at(start, end) and (least == THRESHOLD or self._beside_name(start, end)):
                    self._put(Mention(start, end, "other", "officials/name"))

    def _again(self) -> None:
        """The same names elsewhere in the text, and what those who bear them are."""
        roles: dict[str, str] = {}
        for mention in self.mentions.values():
            name = bare(self.text[mention.start : mention.end])
            roles[name] = stronger(roles.get(name), mention.role)
        for name in sorted(roles, key=len, reverse=True):
            at = self.text.find(name)
            while at >= 0:
                end = at + len(name)
                score = self._scores.get((at, end))
                if self._free_at(at, end) and not self._is_other(at, end) and (score is None or score > LEAST_AGAIN):
                    self._put(Mention(at, end, roles[name], "officials/name"))
                at = self.text.find(name, at + 1)
        for mention in self.mentions.values():
            if mention.role == "other":
                mention.role = roles[bare(self.text[mention.start : mention.end])]

    # -- bookkeeping ---------------------------------------------------------------------------------------------

    def _is_other(self, start: int, end: int) -> bool:
        """Whether the stretch is a place, or part of one's name."""
        at = bisect_right(self._blocked, (start, 1 << 60))
        return any(left < end and start < right for left, right in self._blocked[max(0, at - 3) : at + 2])

    def _free_at(self, start: int, end: int) -> bool:
        return not any(left < end and start < right for left, right in self._around(start))

    def _around(self, at: int) -> list[tuple[int, int]]:
        """The mention that begins at or before a position, and the next."""
        n = bisect_right(self._taken, (at, 1 << 60))
        return self._taken[max(0, n - 1) : n + 1]

    def _add(self, start: int, end: int, posts: list[Post]) -> None:
        role = role_of(posts, self.rules)
        self._put(Mention(start, end, role, posts[-1].word.rule_id, posts if role == "official" else []))

    def _put(self, mention: Mention) -> None:
        if mention.start in self.mentions:
            self.mentions[mention.start] = mention
            return
        self.mentions[mention.start] = mention
        at = bisect_right(self._taken, (mention.start, mention.end))
        self._taken.insert(at, (mention.start, mention.end))


def role_of(posts: Sequence[Post], rules: Officials) -> str:
    """What the posts make of a person."""
    roles = {_role(post, rules) for post in posts}
    return next(role for role in ROLES if role in roles)


def _role(post: Post, rules: Officials) -> str:
    if post.word.role != "body":
        return post.word.role
    organisation = post.organisation
    private = max((organisation.rfind(word) + len(word) for word in rules.words("private") if word in organisation), default=-1)
    public = max((organisation.rfind(word) + len(word) for word in rules.words("public") if word in organisation), default=-1)
    return "official" if public > private else "other"


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces = []
    at = start
    while at < end:
        while at < end and not "\u4e00" <= text[at] <= "\u9fff":
            at += 1
        stop = at
        while stop < end and "\u4e00" <= text[stop] <= "\u9fff":
            stop += 1
        if stop > at:
            pieces.append((at, stop))
        at = stop
    return pieces


def stronger(one: str | None, other: str) -> str:
    """Of two roles of the same person the one that says more."""
    return other if one is None or ROLES.index(other) < ROLES.index(one) else one


def bare(name: str) -> str:
    """A name without the blanks it may be padded with."""
    return "".join(name.split())


def read(text: str, rules: Officials, context: Context | None = None, candidates: Candidates | None = None) -> list[Mention]:
    """Every named person of a text, in order."""
    return Reader(text, rules, context or Context(), candidates).read()
