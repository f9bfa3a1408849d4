"""Which stretches of a text look like names, by their own characters and by what stands at their edges."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from pipeline.stages.people.arrays import MARGIN, NEVER, Ints, encode, is_han
from pipeline.stages.people.context import Context
from pipeline.stages.people.foreign import DOT, DOTTED_SCORE
from pipeline.stages.people.rules import Officials
from pipeline.stages.people.titles import BLANKS, Titles
from pipeline.stages.people.unlike import Unlike
from pipeline.stages.people.wording import Wording

#: Lengths of names without dots.
LENGTHS = range(2, 9)
#: What is a common word is a name only on better evidence; so is what begins with one, where neither surname nor last character is clear: 高兴|地.
COMMON, UNCOMMON, BEGINS_COMMON, CLEAR = 2.5, 1.0, 2.5, 1.5
#: How well a word, a mark, or a left-over character after it goes with a name that ends there.
FOLLOWED, FOLLOWED_SHORT, AND_WELL, CLOSED, LEFT_OVER, JOINED, MISJOINED = 2.0, 1.0, 1.0, 1.5, -2.5, 0.5, -2.0
LEADS_TO_PLACE = "为任系是在到赴来往从自由向去回与和同及经率至抵驻对"
#: After these stands where somebody is: 在西安|当老师.
STAYS = tuple("在赴往抵驻")
#: Characters that can stand alone between a name and a mark: 周岚说，
LONE = "说道称摄等家任饰译著编绘文图讲问答笑"
JOINTS = "、和与及"
HAN, WIDE = "[\u4e00-\u9fff]", "\N{IDEOGRAPHIC SPACE}"
#: A name of two characters set as wide as one of three, from its blank on: 李|　强.
PADDED, PADDED_SCORE = re.compile(rf"{WIDE}(?<={HAN}.)(?<!{HAN}{HAN}.){WIDE}?{HAN}(?!{HAN})"), 2.0
#: By how much a name must sound spelled rather than Chinese.
CLEARLY = 2.0
#: How much a stretch by itself must look like a name to speak for one that ends before it.
ANOTHER = 0.5
#: What blanks on both sides say for a name.
APART, APART_BY = 2.0, (*BLANKS, "\n")
#: Behind an occupation more is asked of two characters: 农民|余粮.
SINGLE = 1.5
#: What ends the short name of a body: 农办 before 主任.
BODY_ENDS = "办委局厅处科室所站队部院社"
DOT_MARK = re.compile(DOT)
SHORT_PLACE, FULL_PLACE = b"\1", b"\2"
#: What is no given name by itself: 李|姐, 任|县, 包|村.
NOT_GIVEN = "姐婶嫂姨叔伯爷奶哥省市县区旗州镇乡村"
PLACE_ENDS = "省市区县旗州盟镇乡村社街道"
#: What may stand between a name and the word that makes it a firm's or a road's.
TAIL = re.compile(r"[^\W的在是和与及任为向对到从将被把说称了着过等以有也]{1,14}")


class Surface:
    """Candidates for names in one text, their scores, and the words around them."""

    def __init__(self, text: str, rules: Officials, context: Context) -> None:
        self.text, self.rules = text, rules
        self.codes = encode(text)
        self._common, self._follow = rules.common, rules.words("follow")
        self._follow_opens = {word[0] for word in self._follow}
        #: Characters in places; 2 where the place has its full name, which no title in front makes a person's.
        self._places = bytearray(len(text))
        #: Where characters of places abroad stand; a name may hold one (拉法 in 阿拉法特), but not cut it.
        self._abroad: dict[int, tuple[int, int]] = {}
        self._short_places, self._place_starts = set[tuple[int, int]](), set[int]()
        openings: dict[int, int] = {}
        for place in context.places:
            start, end, level = place.start, place.end, place.level
            self._short_places.add((start, end))
            is_full = text[end - 1] in PLACE_ENDS
            if is_full:
                self._place_starts.add(start)
            if level == "foreign":
                self._abroad.update(dict.fromkeys(range(start, end), (start, end)))
            else:
                self._places[start:end] = (FULL_PLACE if is_full else SHORT_PLACE) * (end - start)
            if place.opens_titles:
                openings[end] = min(start, openings.get(end, start))
        self.titles = Titles(text, self.codes, rules, openings)
        self.posts = list(self.titles.post_words())
        self._wording = Wording(rules.names.lexicon, self.codes)
        self.scores = rules.names.find(self.codes, self._wording)
        #: Those that are names, if at all, by their sound.
        self.spelled: set[tuple[int, int]] = set()
        for start, end, score in rules.spelled.find(text, self.codes, self._wording):
            chinese = self.scores.get((start, end), NEVER)
            self.scores[start, end] = max(score, chinese)
            if score > chinese + CLEARLY:
                self.spelled.add((start, end))
        dotted = rules.spelled.dotted(text, frozenset(end for _, end, _ in self.posts))
        self.dotted = {start: end for start, end in dotted if not self._is_slogan(start, end)}
        self.scores.update(dict.fromkeys(self.dotted.items(), DOTTED_SCORE))
        self.spelled -= self.dotted.items()
        done = 0
        for match in PADDED.finditer(text):
            start, end = match.start() - 1, match.end()
            if start >= done and rules.names.is_surname(text[start]):
                self.scores[start, end] = PADDED_SCORE
            done = end
        #: Where names were looked for, by their beginnings and ends, and where any stretch with a score begins and ends.
        self._looked, self._looked_before, self._begins, self._ends = (bytearray(len(text) + 1) for _ in range(4))
        self._mark(self.scores)
        self.unlike = Unlike(self)

    def look_at(self, starts: Iterable[int]) -> None:
        """Score names that begin at these positions, however unlikely by themselves."""
        new = _unmarked(starts, self._looked)
        if len(new):
            found = self.rules.names.at(self.codes, self._wording, new[new < len(self.text)])
            for span, score in found.items():
                self.scores[span] = max(score, self.scores.get(span, score))
            self._mark(found)

    def look_before(self, ends: Iterable[int]) -> None:
        """The same for names that end at these positions."""
        new = _unmarked(ends, self._looked_before)
        if len(new):
            starts = np.concatenate([new - length for length in (2, 3, 4)])
            self.look_at(starts[starts >= 0])

    def _is_slogan(self, start: int, end: int) -> bool:
        """Whether a dot parts words and not a name: 齐鲁·美丽, 四川·冬."""
        words = {part for part in DOT_MARK.split(self.text[start:end]) if len(part) > 1 and part in self._common}
        return self._places[start] > 0 or bool(words - self.rules.spelled.known - self.rules.spelled.places)

    def _mark(self, spans: Iterable[tuple[int, int]]) -> None:
        """Note that names may begin and end there."""
        edges = np.array(list(spans), np.int64).reshape(-1, 2)
        _marks(self._begins)[edges[:, 0]] = True
        _marks(self._ends)[edges[:, 1]] = True

    def read_words(self, starts: Iterable[int]) -> None:
        """Read the runs of these positions as words, all at once."""
        self._wording.read(np.fromiter(starts, np.int64) + MARGIN)

    # -- names at a position --------------------------------------------------------------------------------------

    def name_at(self, at: int, bonus: float, titled: str = "") -> int | None:
        """Where the name that begins here ends, given evidence worth `bonus` that one does; `titled` is the role a word before it gives."""
        dotted = self.dotted.get(at)
        if dotted is not None:
            return dotted
        padded = self._padded(at)
        if padded is not None:
            return padded
        if not self._looked[at]:
            self.look_at((at,))
        best: tuple[float, int] | None = None
        for length in LENGTHS if self._begins[at] else ():
            end = at + length
            score = self.scores.get((at, end))
            if score is None or not self.can_be(at, end, titled):
                continue
            score += self.fit(end) + self._counted(end) - self._commonness(at, end) - (SINGLE if titled == "other" and length == 2 else 0.0)
            if titled and self._stands_apart(at, end):
                score += APART
            if best is None or score > best[0]:
                best = score, end
        found = best[1] if best is not None and best[0] + bonus > 0 else None
        return self.unlike.name_at(at, found, titled) if titled else found

    def name_before(self, end: int, bonus: float) -> int | None:
        """Where the name that ends here begins, given evidence worth `bonus` that one does."""
        if not self._looked_before[end]:
            self.look_before((end,))
        if not self._ends[end]:
            return None
        best: tuple[float, int] | None = None
        for length in LENGTHS:
            start = end - length
            score = self.scores.get((start, end))
            if score is None or not self.can_be(start, end):
                continue
            score += (
                self._uncut(start, end)
                - (COMMON if self.is_common(start, end) else 0.0)
                + (CLOSED if start == 0 or not is_han(self.text[start - 1]) else 0.0)
            )
            if best is None or score > best[0]:
                best = score, start
        return best[1] if best is not None and best[0] + bonus > 0 else None

    def can_be(self, start: int, end: int, titled: str = "") -> bool:
        """Whether a stretch can be a full name: no place in it, no form of address after a surname (李女士), no body after a verb (任县委)."""
        if self._places.find(FULL_PLACE, start, end) >= 0 or (not titled and (start, end) in self._short_places):
            return False
        if self._places[start] == SHORT_PLACE[0] and (titled not in ("", "official") or self.text[start - 1 : start] in STAYS):
            return False  # 在西安当老师
        if self._abroad.get(start, (start, end))[0] < start or self._abroad.get(end - 1, (start, end))[1] > end:
            return False
        text, posts, levels = self.text, self.rules.posts, self.rules.words("level")
        if end - start == 2 and text[start + 1] in NOT_GIVEN:
            return False
        rest, longer = text[start + 1 : start + 3], text[start + 1 : start + 4]
        address = posts.get(rest)
        if (address is not None and not address.given) or longer in posts or text[start:end] in levels:
            return False
        return not (len(rest) == 2 and rest in levels)

    def cuts_place(self, start: int, end: int) -> bool:
        """Whether the short name of a place stands in a stretch: 保山 in 崔保山."""
        return self._places.find(SHORT_PLACE, start, end) >= 0

    def _padded(self, at: int) -> int | None:
        """A name of two characters set apart by a blank: 李　强."""
        text = self.text
        if at + 2 < len(text) and text[at + 1] in BLANKS and self.rules.names.is_surname(text[at]):
            end = at + 1
            while end < len(text) and end - at < 4 and text[end] in BLANKS:
                end += 1
            if end < len(text) and is_han(text[end]) and (end + 1 == len(text) or not is_han(text[end + 1])):
                return end + 1
        return None

    # -- what stands around ---------------------------------------------------------------------------------------

    def fit(self, end: int) -> float:
        """How well what follows goes with a name that ends here."""
        text = self.text
        if self.closes(end):
            return CLOSED
        if self.closes(end + 1) and text[end] not in LONE:
            return LEFT_OVER
        if text[end] in JOINTS:
            return MISJOINED if self.closes(end + 1) or any(stop - end > 2 for stop in self.followed(end + 1)) else JOINED
        if any(text[end : end + length] in self.rules.posts for length in (2, 3, 4)) or self.another(end):
            return FOLLOWED + AND_WELL
        stops = self.followed(end)
        return max(((FOLLOWED if stop - end > 1 else FOLLOWED_SHORT) + (AND_WELL if self.word_at(stop) else 0.0) for stop in stops), default=0.0)

    def _stands_apart(self, start: int, end: int) -> bool:
        """Whether blanks set a stretch apart: 通讯员 杨柳 文."""
        return self.text[start - 1 : start] in APART_BY and (end == len(self.text) or self.text[end] in APART_BY)

    def _counted(self, end: int) -> float:
        """What to give back where 等 and a number seem to make a word with the name's end: 惠战平|等9名."""
        text = self.text
        return COMMON if text[end : end + 1] == "等" and text[end + 1 : end + 2].isdigit() and text[end - 1 : end + 1] in self._common else 0.0

    def lost(self, start: int, end: int) -> float:
        """What the text is worth as words beyond what it is without this stretch."""
        return float(self._wording.lost(np.array([start + MARGIN]), np.array([end + MARGIN]))[0])

    def another(self, at: int) -> bool:
        """Whether another name begins here and is well closed, as where the blanks of a list are lost: 贾林|黄秋禾，."""
        return any(self.scores.get((at, at + length), NEVER) > ANOTHER and self.word_at(at + length) for length in (2, 3))

    def closes(self, at: int) -> bool:
        """Whether no Chinese character stands here, or a place with its full name begins that no verb leads to (赴北碚区)."""
        if at >= len(self.text) or not is_han(self.text[at]):
            return True
        return at in self._place_starts and self.text[at - 1] not in LEADS_TO_PLACE

    def followed(self, at: int) -> list[int]:
        """Where words end that come after a name, if any stands here."""
        if self.text[at : at + 1] not in self._follow_opens:
            return []
        return [at + length for length in (4, 3, 2, 1) if self.text[at : at + length] in self._follow]

    def word_at(self, at: int) -> bool:
        """Whether a known word or a mark stands here: a title that is followed by neither may be cut from something else, as 江阴|市长|泾镇."""
        return self.closes(at) or bool(self.followed(at)) or any(self.text[at : at + length] in self._common for length in (2, 3, 4))

    def ends_body(self, end: int) -> bool:
        """Whether an organisation's name ends here: 党工委 before 书记."""
        parts = self.rules.words("part")
        return self.text[end - 1] in BODY_ENDS or any(self.text[end - length : end] in parts for length in (2, 3, 4))

    def begins_body(self, at: int) -> bool:
        """Whether an organisation's name begins here: 公安局 after 副县长甲、, or the place that opens one."""
        if at < len(self.text) and self._places[at] == FULL_PLACE[0]:
            return True
        parts, levels = self.rules.words("part"), self.rules.words("level")
        return any(self.text[at : at + length] in words for length in (2, 3, 4) for words in (parts, levels))

    def names_thing(self, end: int) -> bool:
        """Whether what looks like a name opens the name of a firm, a school or a road: 华邦|生命健康股份有限公司."""
        if any(stop - end > 1 for stop in self.followed(end)):
            return False
        tail = TAIL.match(self.text, end)
        return tail is not None and self.rules.thing_pattern.search(tail.group()) is not None

    def cuts_before(self, at: int) -> float:
        """What to give back where a title ends at `at`, so that no word runs on across: 秘书长|安南."""
        return COMMON if self.text[at - 1 : at + 1] in self._common else 0.0

    def is_common(self, start: int, end: int) -> bool:
        return self.text[start:end] in self._common

    def _commonness(self, start: int, end: int) -> float:
        if self.is_common(start, end):
            return COMMON
        if end - start in self._wording.counts and self._wording.counts[end - start][start + MARGIN] > 0:
            return UNCOMMON
        names, codes = self.rules.names, self.codes[start + MARGIN : end + MARGIN]
        if end - start == 3 and self.is_common(start, start + 2) and max(names.surname[codes[0]], names.last[codes[2]]) < CLEAR:
            return BEGINS_COMMON
        return 0.0

    def _uncut(self, start: int, end: int) -> float:
        """What to give back for words that the name seems to cut but does not: 李政|道教|授, 落|实习|近平."""
        text, common = self.text, self._common
        after = COMMON if text[end - 1 : end + 1] in common else 0.0
        before = COMMON if text[max(0, start - 1) : start + 1] in common and text[max(0, start - 2) : start] in common else 0.0
        return after + before


def _marks(marked: bytearray) -> npt.NDArray[np.bool_]:
    """The same marks as an array."""
    return np.frombuffer(marked, np.bool_)


def _unmarked(positions: Iterable[int], marked: bytearray) -> Ints:
    """Those of some positions that are not marked, which they are from now on."""
    at = positions if isinstance(positions, np.ndarray) else np.fromiter(positions, np.int64)
    marks = _marks(marked)
    new = np.unique(at[~marks[at]])
    marks[new] = True
    return new
