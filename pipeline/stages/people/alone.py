"""Names that nothing but their own look and what stands around them shows."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.stages.people.context import NAME_RULE, Mention
from pipeline.stages.people.surface import JOINTS

if TYPE_CHECKING:
    from pipeline.stages.people.reading import Reader

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
#: What closes the name of a thing or place, and hardly a person's: 周街.
THING_ENDS = frozenset("街路巷镇村乡县市区省桥站寨屯堡庄厂院校馆楼店宫寺庙塔陵库坝渠沟杯奖号队族")
#: What closes names of rivers and hills as well as persons', so that a bare one must have a verb of a person behind it: 清溪湖.
LAND_ENDS, LAND = frozenset("湖溪河潭湾港渡"), 3.0
#: Surnames that are adverbs and verbs oftener, and go with a word behind them there: 曾|先后, 应|广大.
ADVERBS = frozenset("曾应由从时于向和同与连管还及")
#: What the short name of a place inside a bare name takes away.
PLACE_INSIDE = 2.5
#: What counts the word behind it: 3|方, 一|池春水; but 之一|高远.
COUNTED = re.compile(r"(?:\d|(?<![之第期周十统唯万专])一)$")
#: What names of waters and shores end in, which stand in lists with each other (钦江、茅岭江); 海, 山 and 峰 are names' ends far oftener.
TERRAIN = "河江湖溪湾潭渡岭岛港"
NEXT_TERRAIN = re.compile(rf"、[^、，。；\n]{{1,4}}[{TERRAIN}](?![\u4e00-\u9fff])")
#: What is taken from a name that something is done to which is done to things.
TAKEN = 2.0
#: What joins a bare name to others.
BESIDE = tuple(JOINTS)

#: A stretch with its score.
Scored = tuple[float, int, int]


class Alone:
    """Reads names that stand by themselves in one text."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._text, self._surface, self._register = reader.text, reader.surface, reader.register
        self._of_things, self._listed_things = reader.rules.words("of_things"), reader.rules.listed_things

    def read(self) -> None:
        register = self._register
        for start, end in self._surface.dotted.items():
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
        seen: dict[tuple[int, str], list[Scored]] = defaultdict(list)
        for (start, end), score in self._surface.scores.items():
            if score > ALONE - 3 and self._register.is_free(start, end):
                seen[self._reader.page_of(start), self._text[start:end]].append((score, start, end))
        out = []
        for (_, name), likely in seen.items():
            # What cannot become a name by what stands around it is not looked at further; most cannot.
            if not _may_do(likely, WITH_VERB + BY_LENGTH.get(len(name), 0.0)):
                continue
            if self._names_things(likely):
                continue
            judged = [(score + self._evidence(start, end), start, end) for score, start, end in likely]
            places = [place for place in judged if self._can_stand_alone(*place[1:])] if _may_do(judged) else []
            if places:
                best, more = max(places)[0], self._more(name, places)
                out += [(start, end, (score + best) / 2 + more) for score, start, end in places]
        return sorted(out)

    def _names_things(self, places: Sequence[Scored]) -> bool:
        """Whether a page has a firm or a work of this name, and nobody who does what persons do: 艾斯克公司."""
        things = any(self._surface.names_thing(end) or self._is_listed_thing(end) for _, _, end in places)
        return things and not any(self._is_said(end) for _, _, end in places)

    def _more(self, name: str, places: Sequence[Scored]) -> float:
        """What the places where a page has a name say together."""
        around = {self._text[max(0, start - 1) : start] + self._text[end : end + 1] for _, start, end in places}
        more = -COMMON if name in self._reader.rules.common else _again(len(around))
        if len(name) == 2 and len(places) > 1 and not any(self._in_frame(start, end) for _, start, end in places):
            return min(more, 0.0) - UNFRAMED
        return more

    def _in_frame(self, start: int, end: int) -> bool:
        """Whether a stretch stands where persons do and goods do not, however often a page repeats them (柳编, 鲜叶): before a verb, in a list."""
        return self._is_said(end) or self._text[start - 1 : start] in PERSONS_ARE_ASKED or self._beside_name(start, end)

    def _is_said(self, end: int) -> bool:
        return self._text[end : end + 1] in PERSONS_DO or any(stop - end > 1 for stop in self._surface.followed(end))

    def _can_stand_alone(self, start: int, end: int) -> bool:
        """Whether nothing speaks against a name: no place, no firm or road that it opens, no word spelled by sound (穆斯林)."""
        surface = self._surface
        is_word = (start, end) in surface.spelled and surface.is_common(start, end)
        if self._text[start] in ADVERBS and surface.is_common(start + 1, end):
            return False
        if self._is_listed_thing(end) or (self._text[end - 1] in TERRAIN and self._text[start + 1 : end - 1] == "家"):
            return False
        if is_word or self._text[end - 1] in THING_ENDS or COUNTED.search(self._text, max(0, start - 2), start):
            return False
        return surface.can_be(start, end) and not surface.names_thing(end)

    def _evidence(self, start: int, end: int) -> float:
        """What the word after a stretch says for its being a person's name, and what is asked of names spelled by sound."""
        surface = self._surface
        stops = surface.followed(end)
        verb = any(stop - end > 1 for stop in stops)
        evidence = WITH_VERB if verb else 0.0 if stops or surface.closes(end) or surface.another(end) else -WITHOUT
        if not verb and self._is_terrain(start, end):
            evidence -= LAND
        if not verb and self._text[start - 2 : start] in self._of_things:
            evidence -= TAKEN
        if surface.cuts_place(start, end):
            evidence -= PLACE_INSIDE
        spelled = SPELLED if (start, end) in surface.spelled and evidence <= 0 else 0.0
        return evidence + BY_LENGTH.get(end - start, 0.0) - spelled

    def _is_terrain(self, start: int, end: int) -> bool:
        """Whether it may be a river or hill: by its last character, and where it stands alone or among such: 钦江、茅岭江."""
        text = self._text
        if text[end - 1] not in TERRAIN:
            return False
        among = (text[start - 1 : start] == "、" and text[start - 2 : start - 1] in TERRAIN) or NEXT_TERRAIN.match(text, end) is not None
        return among or (text[end - 1] in LAND_ENDS and not self._beside_name(start, end))

    def _is_listed_thing(self, end: int) -> bool:
        """Whether the list that goes on here says at its end that it lists things: 宝泰隆、吉伟|等6家企业."""
        return self._text[end : end + 1] in ("、", "等") and self._listed_things.match(self._text, end) is not None

    def _beside_name(self, start: int, end: int) -> bool:
        """Whether a mark or 和 joins it to a name: 甲、乙."""
        text, register = self._text, self._register
        before = text[max(0, start - 1) : start] in BESIDE and start - 1 in register.by_end
        return before or (text[end : end + 1] in BESIDE and end + 1 in register.by_start)


def _again(around: int) -> float:
    """What seeing a stretch between so many different characters adds."""
    return AGAIN * (around - 1).bit_length()


def _may_do(places: Sequence[Scored], more: float = 0.0) -> bool:
    """Whether the places of a name may be enough, with so much more for each."""
    return max(places)[0] + more + _again(len(places)) > ALONE - BESIDE_NAME


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
