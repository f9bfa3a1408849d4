"""Villages that a page has named under their towns, wherever it names them again: in full, or by the stem alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from pipeline.stages.places.mentions import Cover, Mention
from pipeline.stages.places.rules import PlaceRules


class Words(Protocol):
    """What tells where words begin and end; see `Below`."""

    def begins_word(self, text: str, start: int) -> bool: ...

    def word_ends(self, text: str, end: int) -> bool: ...


class NamedAgain:
    """Finds known villages by their bare names."""

    def __init__(self, rules: PlaceRules, words: Words) -> None:
        assert rules.settlement is not None
        self._rules, self._words = rules, words
        self._ending = re.compile("|".join(rules.settlement.endings))
        self._not_before, self._of_its_own = tuple(rules.settlement.not_before), tuple(rules.settlement.of_its_own)

    def in_full(self, text: str, found: Sequence[Mention], taken: Cover, shorts: Sequence[Mention]) -> list[Mention]:
        """中坝村 wherever it stands once it has been read under its town: in the headline over it, after any word."""
        sure = {text[m.start : m.end]: m for m in found if m.method == "chain" and m.end - m.start > 2}
        for mention in shorts:
            if any(text.startswith(surface, mention.start) and len(surface) > mention.end - mention.start for surface in sure):
                taken.leave(mention)
        return [mention for surface, village in sure.items() for mention in self._wherever(text, surface, village, taken)]

    def by_stem(self, text: str, stems: dict[str, Mention], far: set[tuple[int, int]], taken: Cover) -> list[Mention]:
        """中坝, once 中坝村 has been named under its town."""
        out: list[Mention] = []
        for stem, village in stems.items():
            at = text.find(stem) if len(stem) > 1 else -1
            while at >= 0:
                end = at + len(stem)
                known = stem not in self._rules.never and (taken.free(at, end) or (at, end) in far) and self._words.begins_word(text, at)
                known = known and (stem not in self._rules.common or self._words.word_ends(text, end))
                if known and not text.startswith(("路", "村", "社区"), end):
                    out.append(Mention(at, end, village.name, village.code, "village", "context", village.rule_id, township=village.township))
                at = text.find(stem, end)
        return out

    @staticmethod
    def known(named: Sequence[Mention]) -> dict[str, Mention]:
        """The villages of a page that it names under one town each."""
        towns: dict[str, dict[tuple[str | None, str | None], Mention]] = {}
        for village in named:
            if village.method == "chain" and village.level == "village" and village.code and len(village.name) > 2:
                towns.setdefault(village.name, {})[village.code, village.township] = village
        return {name: next(iter(of.values())) for name, of in towns.items() if len(of) == 1}

    def told_elsewhere(self, text: str, villages: dict[str, Mention], mentions: Sequence[Mention]) -> list[Mention]:
        """中坝村 and 中坝 in a piece of the page that names no town, where another names 塘坝镇中坝村: a headline, the end of a story."""
        here = {name: stem for name in villages if (stem := name[: self._tail_at(name, len(name))]) in text}
        taken = Cover(mentions if here else ())
        out: list[Mention] = []
        for name, stem in here.items():
            out += self._wherever(text, name, villages[name], taken)
            # By its stem only where that can be nothing else.
            if len(stem) > 1 and self._rules.reading(stem) is None and stem not in self._rules.common:
                out += self._wherever(text, stem, villages[name], taken, bounded=True)
        return out

    def _wherever(self, text: str, surface: str, village: Mention, taken: Cover, *, bounded: bool = False) -> list[Mention]:
        """A village wherever these characters stand and nothing else is read; `bounded`: where words begin and end with them."""
        out: list[Mention] = []
        at = text.find(surface)
        while at >= 0:
            end = at + len(surface)
            stands = self._words.begins_word(text, at) and self._words.word_ends(text, end) if bounded else not self._goes_on(text, end)
            if stands and taken.free(at, end):
                out.append(Mention(at, end, village.name, village.code, "village", "context", village.rule_id, township=village.township))
                taken.take(out[-1])
            at = text.find(surface, end)
        return out

    def _goes_on(self, text: str, end: int) -> bool:
        """Whether the word that ends a village's name begins another: 村 of 中坝村 in 中坝村民."""
        at = self._tail_at(text, end)
        return text.startswith(self._not_before, at) and not text.startswith(self._of_its_own, at)

    def _tail_at(self, text: str, end: int) -> int:
        """Where the word that ends a village's name begins: 村 of 中坝村 in 中坝村民."""
        return end - next(length for length in (2, 1) if self._ending.fullmatch(text, end - length, end))
