"""Names that look like none: a title stands before them, and what stands behind says where they end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.stages.people.arrays import MARGIN, is_han

if TYPE_CHECKING:
    from pipeline.stages.people.surface import Surface

#: A name like no other takes no words from the text that are worth more.
MUCH_LOST = 4.0
#: Characters in no name, and more that open none.
OPENS_NONE = "和与或及对向由从将请叫让使给同在就也还都又不没有来去等者"
NO_NAMES = "的了在是和与及着过把被"
#: How much like a given name must look what follows a surname that is a word, before a known word and before any.
GIVEN_LIKE, SURELY_GIVEN = 0.0, 3.0
#: The shortest Chinese name that is whole, whatever a line's end leaves behind it: 书记贺长顺领.
WHOLE = 3


class Unlike:
    """Reads such names in one text."""

    def __init__(self, surface: Surface) -> None:
        self._surface, self._text = surface, surface.text
        rules = surface.rules
        self._rare = rules.words("rare_surname")
        self._no_names = (rules.posts, rules.words("level"), rules.words("part"), rules.words("break"), rules.common, rules.words("follow"))

    def name_at(self, at: int, found: int | None, titled: str) -> int | None:
        """Where a name behind a title ends, which may be found already or have its beginning found; `titled` is the role the title gives."""
        surface = self._surface
        if self._text[at] in self._rare:
            return self.of_rare_surname(at) or found
        fit = surface.fit(found) if found is not None else 0.0
        sounds = found is not None and (at, found) in surface.spelled
        in_doubt = found is None or (sounds and fit <= 0) or (fit < 0 and found - at < WHOLE)
        if not in_doubt or (titled == "other" and not sounds):
            return found
        return self._by_what_follows(at, found, signed=titled == "reporter") or found

    def of_rare_surname(self, at: int) -> int | None:
        """A name behind a title whose surname is a word or hardly ever written: 书记|来守军|在会上, not 来村里."""
        text, surface, end = self._text, self._surface, at + 3
        names, codes, common = surface.rules.names, surface.codes, surface.rules.common
        # Of two characters nothing can be told: 群众来丹避暑.
        if (
            end > len(text)
            or text[at] not in self._rare
            or not all(map(is_han, text[at:end]))
            or any(text[at : at + length] in common for length in (2, 3, 4))
        ):
            return None
        likeness = names.first[codes[at + 1 + MARGIN]] + names.last[codes[at + 2 + MARGIN]]
        return end if likeness > SURELY_GIVEN or (likeness > GIVEN_LIKE and surface.word_at(end)) else None

    def _by_what_follows(self, at: int, begun: int | None, signed: bool) -> int | None:
        """A name told by the title before it and the verb behind: 州长|阿石拉比|主持会议.

        Where a known beginning of a name stands a mark is enough to close it (部长|桑吉|东珠，), and so it is in a byline and where the
        next name of a list stands behind the mark (副旗长|其其格|、白云峰).
        """
        text, surface = self._text, self._surface
        if text[at] in OPENS_NONE:
            return None
        for end in range(at + 2, min(at + 5, len(text) + 1)):
            closed = surface.closes(end)
            if not is_han(text[end - 1]) or not self._may_end(at, end, sounds=begun is not None and closed):
                return None
            if surface.lost(at, end) > MUCH_LOST:
                return None  # 书记|殷切嘱托
            if begun is not None and end <= begun:
                continue
            if any(stop - end > 1 and (begun is not None or surface.word_at(stop)) for stop in surface.followed(end)):
                return end
            if closed and (begun is not None or (end > at + 2 and (signed or self._goes_on(end)))):
                return end
        return None

    def _may_end(self, at: int, end: int, sounds: bool) -> bool:
        """Whether no word that is in no name ends here; 和 may close one that is spelled by sound: 巴特苏和."""
        text = self._text
        if text[end - 1] in NO_NAMES and not (sounds and text[end - 1] == "和"):
            return False
        tails = [text[start:end] for start in range(max(at, end - 3), end - 1)]
        return not any(tail in words for tail in tails for words in self._no_names)

    def _goes_on(self, end: int) -> bool:
        """Whether the mark here is one of a list that goes on with a body or with another name."""
        return self._surface.begins_body(end + 1) or (self._text[end : end + 1] == "、" and self._surface.another(end + 1))
