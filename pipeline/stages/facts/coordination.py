"""Several things named before several figures: 城镇、农村居民收入分别增长6%、7% names two indicators."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

_JOINT = re.compile(r"、|(?<=”)(?=“)|和(?!谐|平|美)|及其?|以及|与")
#: 手表、服务器等产量: the listing ends, and what follows is true of all.
_LISTING = re.compile(r"等(?!级|次|额|离子)")
#: Heads that a member may end in and still need the shared one (高新技术企业、中小企业数量).
_BEARERS = ("企业", "项目", "居民")
#: Heads that a measure may take on top of its own (投资、产值占比).
_RELATIVE = ("占比", "比重", "增速", "率", "度")


@dataclass
class Coordination:
    """Run-together names and their parts; members of one set; heads the last member carries for all (both longest first)."""

    compounds: dict[str, tuple[str, ...]] = field(default_factory=dict)
    siblings: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)

    @cached_property
    def _heads(self) -> frozenset[str]:
        return frozenset(self.heads)

    @cached_property
    def _endings(self) -> tuple[str, ...]:
        return tuple(self.heads)

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self.heads), default=0)

    def members(self, head: str) -> list[str]:
        """The indicators a head names, each in full."""
        if "、" not in head:
            for name, parts in self.compounds.items():
                at = head.find(name)
                if at >= 0:
                    return [head[:at] + part + head[at + len(name) :] for part in parts]
        named = [part for part in _JOINT.split(_LISTING.sub("", head)) if part]
        return self._completed(named) if len(named) > 1 else [head]

    def _completed(self, named: list[str]) -> list[str]:
        last = named[-1]
        shared = self._heads
        head = next((last[-size:] for size in range(min(len(last) - 1, self._longest), 0, -1) if last[-size:] in shared), "")
        sibling = next((word for word in self.siblings if last.startswith(word) and last != word), "")
        return [*(self._complete(name, last, head, sibling) for name in named[:-1]), last]

    def _complete(self, name: str, last: str, head: str, sibling: str) -> str:
        if sibling and name in self.siblings:
            # 第二、第三产业占比: 第二 stands beside 第三, and not beside 第三产业.
            beside = next((word for word in self.siblings if len(word) == len(name) and last.startswith(word)), sibling)
            return name + last[len(beside) :]
        if head and name.endswith(head):
            return name
        if head and (head.endswith(_RELATIVE) or name.endswith(_BEARERS) or not name.endswith(self._endings)):
            return name + head
        return name
