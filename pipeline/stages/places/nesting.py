"""Whether a place is part of a longer name of something else: 永川区 in 永川区交通局."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.stages.places.ahead import Lookout
from pipeline.stages.places.mentions import Mention
from pipeline.stages.places.rules import PlaceRules

#: The rest of a short title in quotes that begins with the place: “重庆英才”, 《永川区…规定》.
_REST_OF_QUOTED = re.compile(r"[^”\n,，。;；:：、!！?？]{1,10}”")
_REST_OF_TITLE = re.compile(r"[^》\n。]{1,40}》")
_BELOW_COUNTY = frozenset(("township", "village"))


class Nesting:
    """Marks mentions that are parts of longer names."""

    def __init__(self, rules: PlaceRules) -> None:
        self._any, self._county, self._short = Lookout(rules.nested), Lookout(rules.nested_county), Lookout(rules.nested_short)

    def mark(self, text: str, mentions: Sequence[Mention]) -> None:
        """From the end: in 合川区钓鱼城街道党工委 the street is part of the body's name, and so is the district before it."""
        after: Mention | None = None
        for mention in reversed(mentions):
            if not mention.deictic and mention.level != "foreign":
                if after is not None and after.start == mention.end and after.is_division:
                    mention.nested = after.nested
                else:
                    mention.nested = self.is_nested(text, mention)
            after = mention

    def is_nested(self, text: str, mention: Mention) -> bool:
        end = mention.end
        before = text[mention.start - 1] if mention.start else ""
        if (before == "《" and _REST_OF_TITLE.match(text, end)) or (before == "“" and _REST_OF_QUOTED.match(text, end)):
            return True
        if mention.level == "village" and text.startswith("“", end):
            return False  # 中坝村“渔家乐”饭店 is an inn of the village
        if self._any.end(text, end) is not None or (mention.level not in _BELOW_COUNTY and self._county.end(text, end) is not None):
            return True
        in_short = end - mention.start < len(mention.name) or mention.method == "several" or mention.level == "nation"
        return in_short and self._short.end(text, end) is not None
