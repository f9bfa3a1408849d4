"""Places by a single character: 在渝, 来川, 苏、浙、福建等地, 川滇黔渝, and 来碚 on a page of 北碚."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.stages.places.below import Below
from pipeline.stages.places.mentions import Cover, Mention
from pipeline.stages.places.rules import PlaceRules
from pipeline.stages.places.support import Page

#: A county's name of two characters, the last of which says what it is: 莒县.
_PLAIN_COUNTY = re.compile("^(.)[县区旗市]$")
_JOINTS = frozenset("、和与及")
#: What counts the places of a list, or says that there are more: 湘、鄂、渝、黔四省市.
_AFTER_LIST = re.compile("等|[两三四五六七八九]?(?:省|地|市)")


class Letters:
    """Finds the characters that stand for a place where what the rules list stands beside them."""

    def __init__(self, rules: PlaceRules, below: Below) -> None:
        self._rules = rules
        self._below = below
        self._after = re.compile(rules.letters_after)
        self._before = re.compile(f"(?:{rules.letters_before})$")
        #: No word before a letter is longer, nor any with a line end after it.
        self._reach = max(map(len, rules.letters_before.split("|"))) + 1
        self._ends_alone = re.compile(rf"{rules.letters_after}|\n|$")
        self._alone = re.compile(rf"(?:{rules.letters_before})([{''.join(rules.letters)}])(?={self._ends_alone.pattern})")
        letters = "".join(rules.letters_in_runs)
        self._run = re.compile(f"[{letters}]{{3,}}")
        self._listed = re.compile(f"[{letters}](?:[、和与及][{letters}])*(?![{letters}])")

    def alone(self, text: str, page: Page, known: Sequence[Mention]) -> list[Mention]:
        """在渝, 来川, and 来碚 on a page of 北碚."""
        home = self._rules.gazetteer.by_code(page.home, page.year) if page.home else None
        codes = self._rules.letters
        found = [(match.start(1), codes[match[1]]) for match in self._alone.finditer(text)]
        if home is not None and home.level in ("county", "city"):
            plain = _PLAIN_COUNTY.match(home.name)
            own = home.short[0] if home.short else plain[1] if plain else ""
            found += [(at, home.code) for char in set(own) if char not in codes for at in self._standing_alone(text, char)]
            found.sort()
        taken = Cover(known)
        return list(self._mentions(((at, code) for at, code in found if taken.free(at, at + 1)), page))

    def _standing_alone(self, text: str, char: str) -> Iterator[int]:
        """Where a character that the rules do not list stands as they do."""
        at = text.find(char)
        while at >= 0:
            before = self._before.search(text, max(0, at - self._reach), at)
            if before is not None and before.end() == at and self._ends_alone.match(text, at + 1):
                yield at
            at = text.find(char, at + 1)

    def in_lists(self, text: str, page: Page, known: Sequence[Mention]) -> list[Mention]:
        """苏、浙、皖 and 苏、福建等地: nothing but such characters and names of provinces and cities between the marks."""
        places = [m for m in known if m.level in ("province", "city") and not m.deictic]
        starts, ends = {m.start for m in places}, {m.end for m in places}
        taken = Cover(known)
        out: list[Mention] = []
        for match in self._listed.finditer(text):
            start, end = match.span()
            after_place, before_place = start - 1 in ends and text[start - 1] in _JOINTS, end + 1 in starts and text[end] in _JOINTS
            letters = [at for at in range(start, end) if text[at] not in _JOINTS]
            if not (after_place or before_place or (len(letters) > 1 and any(text[at] in self._rules.letters for at in letters))):
                continue
            word_begins = self._below.begins_word(text, start) or self._before.search(text, max(0, start - self._reach), start)
            begins = after_place or (text[start - 1 : start] != "、" and word_begins)
            word_ends = _AFTER_LIST.match(text, end) or self._after.match(text, end) or self._below.word_ends(text, end)
            goes_no_further = before_place or (text[end : end + 1] != "、" and word_ends)
            if begins and goes_no_further:
                free = (at for at in letters if taken.free(at, at + 1))
                out += self._mentions(((at, self._rules.letters_in_runs[text[at]]) for at in free), page)
        return out

    def in_runs(self, text: str, page: Page) -> list[Mention]:
        """川滇黔渝 and 甘青宁: a row for each province."""
        out = []
        for match in self._run.finditer(text):
            start, end = match.span()
            if len(set(match.group())) == end - start and (self._below.begins_word(text, start) or self._below.word_ends(text, end)):
                places = (self._rules.gazetteer.by_code(self._rules.letters_in_runs[char], page.year) for char in match.group())
                out += [Mention(start, end, p.name, p.code, p.level, "several", self._rules.letters_rule) for p in places if p]
        return out

    def _mentions(self, found: Iterable[tuple[int, str]], page: Page) -> Iterator[Mention]:
        for at, code in found:
            place = self._rules.gazetteer.by_code(code, page.year)
            if place is not None:
                yield Mention(at, at + 1, place.name, place.code, place.level, "letter", self._rules.letters_rule)
