"""Names with their titles behind them: 甲同志任…, 任命甲为…, 免去乙的…职务, 丙（区委书记）, 丁，男，…，现任…."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.stages.people.rules import Verbs
from pipeline.stages.people.titles import Post, are_deputies, completed

if TYPE_CHECKING:
    from pipeline.stages.people.reading import Reader

#: What a name, or the last of a list of names, may be called.
_CALLED = r"(?:同志|先生|女士|等\d{1,3}[名位]?(?:同志|人))?"
#: What may stand between a name and its verb, and what all of that ends in.
_HOW = "分别 挂职 将 已 已经 正式 依法 同时 拟 并 再次 连续 也 还 全票 高票"
BETWEEN = re.compile(_CALLED + rf"(?:{'|'.join(_HOW.split())})*$")
ENDS_BETWEEN = frozenset("志生士人") | {word[-1] for word in _HOW.split()}
#: What may close a title after its last word for a post.
TAIL = re.compile(r"(?:等?职务|一?职|等职|人选|候选人|提名人选|预备人选|初步人选|的?请求|的?决定|等)+$")
STOP = re.compile(r"[。；;！？!?\n（(：:]")
#: The life of the person whose posts follow, as told in notices of appointments.
LIFE = re.compile(r"[，,][^。\n]{0,80}?(?:男|女|汉族|[一-龥]族|\d{4}年\d{1,2}月(?:出?生)?|党员|学历|学位)")
#: The next entry of a decision, which is no title: 高远为县残联理事长, 高远任常务副会长, 免去高远的局长职务.
GIVEN = re.compile(
    r"(?:决定)?(?:免去|任命|选举|补选|接受)|[一-龥·]{2,8}?(?:等\d{1,3}(?:名|位)?(?:同志|人))?(?:为|担任|(?<!主)任(?![委务期职]))[一-龥]{2}"
)
#: What brackets say of somebody between the name and the verb: （女，傣族）.
ASIDE = re.compile(r"[（(][^（）()\n]{1,16}[）)]")
CLOSES_ASIDE = ("）", ")")
ENDS_ASIDE = re.compile(rf"{ASIDE.pattern}$")
#: The longest of them, brackets and all.
ASIDE_REACH = 18
#: The names of an entry where a bare 为 gives a post: 甲、乙（女）|为副县长.
_ENTERED = rf"[\u4e00-\u9fff·]{{2,8}}(?:{ASIDE.pattern})?"
ENTERED = re.compile(rf"(?:^|[\n；;：:。 \N{{IDEOGRAPHIC SPACE}}]){_ENTERED}(?:、{_ENTERED})*$")
#: What announces a list of such entries: 任命：, 会议选举：.
ANNOUNCES = re.compile("任命|选举|补选|推选")
#: How far above an entry its announcement may stand, and how long an entry's names may be.
ANNOUNCED_WITHIN, NAMES_WITHIN = 600, 120
CLAUSE = re.compile(r"[^，,；;。！？\n]+")
AS = re.compile(_CALLED + r"(?:为|担任|任|当选为)")
OF = re.compile(r"(?:同志|先生|女士)?(?:的|辞去(?:了)?(?:其|所任的?)?)?")
#: What stands before an entry of a list of appointments.
ENTRY = ("", *"\n；;：:。 \N{IDEOGRAPHIC SPACE}")
#: What follows a name in a list of those who leave their posts.
RELIEVED = re.compile(r"(?<=[\u4e00-\u9fff])(?:同志)?的([^。；;，,：\n]{2,50}?)职务")
IN_BRACKETS = re.compile(r"[（(]([^（）()\n]{2,40})[）)]")
#: The beginning of a line that names somebody: behind a blank, or what is told of a life.
LINE_ENTRY = re.compile(
    r"^[ \N{IDEOGRAPHIC SPACE}]*(?:[\u4e00-\u9fff \N{IDEOGRAPHIC SPACE}]{2,6}[：:][ \N{IDEOGRAPHIC SPACE}]*)?"
    r"(?P<name>[\u4e00-\u9fff·]{2,8}?|[\u4e00-\u9fff][ \N{IDEOGRAPHIC SPACE}]{1,2}[\u4e00-\u9fff])(?:[（(][^（）()\n]{1,8}[）)])?"
    r"(?:[ \N{IDEOGRAPHIC SPACE}]+(?=[\u4e00-\u9fff])|(?P<life>[，,](?=(?:男|女|\d{4}年\d{1,2}月)[^\n]{0,60}?[员记任席长][。；;]?$)))",
    re.M,
)
CLOSES_ENTRY = ("", "\n", "。", "；", ";")
#: What stands between two entries of one decision.
NEXT_ENTRY = re.compile(r"[，,；;][ \N{IDEOGRAPHIC SPACE}]*")
#: How long an entry of a decision may be, so that the next finds the body it leaves unsaid.
ENTRY_REACH = 40
#: A further entry of a decision, and a further name of an entry, are looked for where they stand.
NAME_EVIDENCE, NEXT_EVIDENCE, IN_LIST = 3.0, 8.0, 4.5


class Appointments:
    """Reads posts given, proposed and taken in one text."""

    def __init__(self, reader: Reader, verbs: Sequence[Verbs]) -> None:
        self._reader = reader
        self._text = reader.text
        self._forward = {word: rule for rule in verbs if rule.order == "name_verb_title" for word in rule.words.split()}
        self._longest_first = sorted(self._forward, key=len, reverse=True)
        #: Where the words end that announce a list.
        self._announced = [match.end() for match in ANNOUNCES.finditer(self._text)]
        self._backward = {word: rule for rule in verbs if rule.order == "verb_name_title" for word in rule.words.split()}

    def read(self, forward: re.Pattern[str], backward: re.Pattern[str]) -> None:
        naming = list(backward.finditer(self._text))
        self._reader.surface.look_at(match.end() for match in naming)
        for match in naming:
            self._verb_name_title(match, self._backward[match.group()])
        matches = [match for match in forward.finditer(self._text) if match.group() != "为" or self._in_list(match.start())]
        relieved = [match for start, end in self._lines_with("职务") for match in RELIEVED.finditer(self._text, start, end)]
        asides = list(IN_BRACKETS.finditer(self._text))
        self._reader.surface.look_before(self._before(match.start()) for match in (*matches, *asides))
        self._reader.surface.look_before(match.start() for match in relieved)
        for match in matches:
            self._name_verb_title(match, self._forward[match.group()])
        for match in relieved:
            self._relieved(match)
        for match in asides:
            self._in_brackets(match)
        entries = list(LINE_ENTRY.finditer(self._text))
        self._reader.surface.look_at(match.start("name") for match in entries)
        for match in entries:
            self._of_list(match)

    def _lines_with(self, word: str) -> Iterator[tuple[int, int]]:
        """Where each line with a word in it begins and ends."""
        text = self._text
        at = text.find(word)
        while at >= 0:
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            yield text.rfind("\n", 0, at) + 1, end
            at = text.find(word, end)

    def _before(self, end: int) -> int:
        """Where a name would end before 同志, 分别 and the like."""
        if self._text[end - 1 : end] not in ENDS_BETWEEN:
            return end
        between = BETWEEN.search(self._text[max(0, end - 14) : end])
        return end - (len(between.group()) if between else 0)

    def _name_verb_title(self, match: re.Match[str], rule: Verbs) -> None:
        names = self._names_before(match.start())
        if not names:
            names = self._told_of(match.start())
        elif match.group() == "为" and self._text[names[0][0] - 1 : names[0][0]] not in ENTRY:
            return
        if not names:
            return
        at = match.end()
        groups: list[list[Post]] = []
        status = rule.status
        while True:
            posts, at = self._titles(at, status)
            if not posts:
                break
            groups.append(posts)
            following = re.compile(r"[，,](?:并|同时|兼)?").match(self._text, at)
            verb = self._verb_at(following.end()) if following else None
            if verb is None or following is None:
                break
            at, status = following.end() + len(verb), self._forward[verb].status
        posts = self._in_body(names[0][0], [post for group in groups for post in group] or self._left_to(names[0][0], rule.status))
        apart = "分别" in self._text[names[-1][1] : match.start()] and len(posts) == len(names)
        for n, (start, end) in enumerate(names):
            self._give(start, end, [posts[n]] if apart else posts)

    def _verb_name_title(self, match: re.Match[str], rule: Verbs) -> None:
        at, evidence = self._entry(match.end(), rule.status, NAME_EVIDENCE), NEXT_EVIDENCE
        while at is not None:
            at = self._entry(at, rule.status, evidence)

    def _entry(self, at: int, status: str, evidence: float) -> int | None:
        """One entry of what a body decides, and where the next begins: 选举|甲（女，傣族）、乙为副县长，|丙为院长."""
        names, end = self._names_from(at, evidence)
        link = (OF if status == "former" else AS).match(self._text, end) if names else None
        if link is None or (status == "former" and not link.group()):
            return None
        posts, end = self._titles(link.end(), status)
        if not posts or (status == "former" and "职" not in self._text[end - 3 : end]):
            return None
        posts = self._in_body(names[0][0], posts)
        for start, stop in names:
            self._give(start, stop, posts)
        following = NEXT_ENTRY.match(self._text, end)
        return following.end() if following else None

    def _names_from(self, at: int, evidence: float) -> tuple[list[tuple[int, int]], int]:
        """The names of a list that begins here, and where the last ends with what brackets say of it."""
        names: list[tuple[int, int]] = []
        end = at
        while True:
            stop = self._reader.name_at(at, evidence if not names else IN_LIST) or self._reader.surface.unlike.of_rare_surname(at)
            if stop is None:
                return names, end
            names.append((at, stop))
            aside = ASIDE.match(self._text, stop)
            end = aside.end() if aside else stop
            if self._text[end : end + 1] not in ("、", "和"):
                return names, end
            at = end + 1

    def _relieved(self, match: re.Match[str]) -> None:
        """An entry of a list of those who leave their posts: 免去：甲的局长职务；乙的…"""
        start = self._reader.name_before(match.start(), NAME_EVIDENCE)
        if start is None or self._text[start - 1 : start] not in ENTRY:
            return
        if self._text.rfind("免去", self._reader.page_start(start, 600), start) >= 0:
            posts, _ = self._titles(match.start(1), "former")
            self._give(start, match.start(), posts)

    def _of_list(self, match: re.Match[str]) -> None:
        """A line of a list of persons, with posts behind the name: 甲　县教育局局长; 乙（女），1970年3月生，县委书记。"""
        start, end = match.span("name")
        if self._reader.name_at(start, NAME_EVIDENCE) != end:
            return
        known = self._reader.register.by_start.get(start)
        if known is not None and known.posts:
            return
        if match["life"] is None:
            posts, stop = self._titles(match.end(), "incumbent")
            if posts and self._text[stop : stop + 1] in CLOSES_ENTRY:
                self._give(start, end, posts)
            return
        for clause in CLAUSE.finditer(self._text, match.end(), self._text.find("\n", match.end()) % (len(self._text) + 1)):
            posts, _ = self._titles(clause.start(), "incumbent")
            if posts:
                self._give(start, end, posts)
                return

    def _in_brackets(self, match: re.Match[str]) -> None:
        names = self._names_before(match.start())
        posts = self._reader.titles.within(match.start(1), match.end(1)) if names else []
        if posts and posts[0].word.role != "reporter":
            self._give(*names[-1], posts)

    def _titles(self, start: int, status: str) -> tuple[list[Post], int]:
        """The titles that begin here, up to the mark or clause that is none, and where they end."""
        stop = STOP.search(self._text, start)
        limit = min(stop.start() if stop else len(self._text), start + 160)
        posts: list[Post] = []
        end = start
        for clause in CLAUSE.finditer(self._text, start, limit):
            if clause.start() != (end + 1 if posts else start):
                break  # 由高远兼任，罗平任…: the verb has its post before it
            if posts and (self._verb_at(clause.start()) or GIVEN.match(clause.group())):
                break
            tail = TAIL.search(clause.group())
            inner = clause.end() - (len(tail.group()) if tail else 0)
            found = self._reader.titles.within(clause.start(), inner)
            if not found:
                break
            posts += found
            end = clause.end()
        return [replace(post, status=status if post.status == "incumbent" else post.status) for post in posts], end

    def _verb_at(self, at: int) -> str | None:
        return next((word for word in self._longest_first if self._text.startswith(word, at)), None)

    def _names_before(self, end: int) -> list[tuple[int, int]]:
        """The names that end here, but for 同志 and the like: 甲、乙分别|任."""
        at = self._before(end)
        names: list[tuple[int, int]] = []
        while True:
            closed = self._text[at - 1 : at] in CLOSES_ASIDE
            aside = ENDS_ASIDE.search(self._text, max(0, at - ASIDE_REACH), at) if closed else None
            at = aside.start() if aside else at
            start = self._reader.name_before(at, NAME_EVIDENCE if not names else NAME_EVIDENCE - 1)
            if start is None:
                start = self._rare_before(at)
            if start is None:
                return names
            names.insert(0, (start, at))
            if self._text[start - 1 : start] not in ("、", "和"):
                return names
            at = start - 1

    def _rare_before(self, end: int) -> int | None:
        """A name of a surname that is a word, where an entry says that it is a name: 选举：|买建华|为副主任."""
        start = end - 3
        apart = start > 0 and self._text[start - 1] in "、\n；;：:"
        return start if apart and self._reader.surface.name_at(start, NAME_EVIDENCE, "official") == end else None

    def _told_of(self, at: int) -> list[tuple[int, int]]:
        """Who is told of in a notice: the name its line begins with, when the words between tell a life."""
        line = self._text.rfind("\n", 0, at) + 1 if self._text[at - 1] in "，,；; 。" else at
        if not 0 < at - line <= 200 or not LIFE.search(self._text, line, at):
            return []
        for start in (line, line + self._text[line:at].find("：") + 1):
            end = self._reader.name_at(start, NAME_EVIDENCE)
            if end is not None and LIFE.match(self._text, end):
                return [(start, end)]
        return []

    def _in_list(self, at: int) -> bool:
        """Whether a list of appointments may be under way, where a bare 为 gives a post: 任命：甲为局长；乙为副局长。"""
        above = self._reader.page_start(at, ANNOUNCED_WITHIN) + 2
        last = bisect_right(self._announced, at) - 1
        return last >= 0 and self._announced[last] >= above and bool(ENTERED.search(self._text, max(0, at - NAMES_WITHIN), at))

    def _in_body(self, at: int, posts: list[Post]) -> list[Post]:
        """Posts in the body whose head was named before in the sentence: 甲当选县总工会主席，|乙、丙当选副主席."""
        head = self._reader.named_before(at, ENTRY_REACH) if posts else None
        if head is None or not head.posts or not are_deputies(posts[0], head.posts):
            return posts
        return completed([*head.posts, *posts])[len(head.posts) :]

    def _left_to(self, at: int, status: str) -> list[Post]:
        """The posts that stand before whom they are left to: 县红十字会会长|由副县长|甲|兼任."""
        known = self._reader.register.by_start.get(at)
        begin = min((post.start for post in known.posts), default=at) if known else at
        posts = self._reader.titles.before(begin - 1) if self._text[begin - 1 : begin] == "由" else []
        return [replace(post, status=status if post.status == "incumbent" else post.status) for post in posts if post.word.role != "reporter"]

    def _give(self, start: int, end: int, posts: list[Post]) -> None:
        if posts:
            self._reader.add(start, end, posts)
