"""Zones: 永川高新区 is a place and the kind of zone after it; 同兴工业园区 has a name of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.stages.places.ahead import Lookout
from pipeline.stages.places.below import Below
from pipeline.stages.places.gazetteer import NATION, Gazetteer
from pipeline.stages.places.mentions import HAN, Cover, Mention
from pipeline.stages.places.rules import PlaceRules
from pipeline.stages.places.support import Page

_JOINING = frozenset("和与及")


class Zones:
    """Finds zones around and beside the places already read."""

    def __init__(self, rules: PlaceRules) -> None:
        self._rule_id = rules.zone_rule
        self._tail = Lookout(rules.zone_tail)
        self._own = re.compile(rules.zone_own)
        self._no_names = rules.no_zone
        self._openers = rules.openers
        self._parts = tuple(sorted(rules.zone_parts, key=len, reverse=True))
        self._gazetteer: Gazetteer = rules.gazetteer

    def widen(self, text: str, mentions: Sequence[Mention], page: Page) -> None:
        """Make a place and the kind of zone after it one zone, of the place's code."""
        starts = {m.start for m in mentions}
        for mention in mentions:
            if mention.end in starts or mention.deictic or mention.level in ("nation", "region", "foreign", "village"):
                continue
            end = self._tail.end(text, mention.end)
            if end is None:
                continue
            front = next((part for part in self._parts if text.endswith(part, 0, mention.start)), "")
            place = self._gazetteer.by_code(mention.code, page.year) if mention.level in ("province", "city", "county") else None
            stem = place.short[0] if place and place.short else text[mention.start : mention.end]
            mention.name = front + stem + text[mention.end : end]
            mention.start -= len(front)
            mention.end = end
            mention.level, mention.rule_id, mention.township = "zone", self._rule_id, None

    def of_their_own(self, text: str, mentions: Sequence[Mention], page: Page, below: Below) -> list[Mention]:
        """Zones under a name of their own, where it can only begin in one place; the code is the page's."""
        out: list[Mention] = []
        taken = Cover(mentions)
        for match in self._own.finditer(text):
            at, end = match.span()
            start = next((at - n for n in (2, 3, 4) if at >= n and below.begins_word(text, at - n)), None)
            if start is None or not taken.free(start, end) or not below.can_name(text[start:at]):
                continue
            if not all(HAN.match(char) for char in text[start:at]) or text[start : start + 2] in self._openers:
                continue  # 调研 in 调研镇工业园 is no part of a name
            if text.startswith(self._no_names, start) or text.startswith(self._no_names, at - 2) or not _JOINING.isdisjoint(text[start:at]):
                continue
            last = next((m for m in reversed(mentions) if m.end <= start and m.is_division and m.level in ("county", "city")), None)
            code = page.home if page.home and page.home != NATION else last.code if last else None
            if code is not None:
                out.append(Mention(start, end, text[start:end], code, "zone", "pattern", self._rule_id))
        return out
