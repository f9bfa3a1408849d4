"""Organisations that an article's figures can be about: companies named in full, and schools and hospitals named after a place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.stages.facts.inputs import Places

_LONGEST = 24
_COMPANY = re.compile(rf"[\u4e00-\u9fffA-Za-z0-9·（）()]{{2,{_LONGEST}}}?(?:有限责任公司|股份有限公司|集团有限公司|有限公司)")
_KIND = re.compile(r"(?:集团|实业|科技|股份|控股)*(?:有限责任公司|股份有限公司|集团有限公司|有限公司)$")
_SEAT = re.compile(r"[\u4e00-\u9fff]{0,8}?(?:中学|小学|学校|学院|大学|幼儿园|医院|卫生院|合作社)")
_BRACKETED = re.compile(r"[（(].*?[）)]")
#: Deeds that run into a name where no sign parts them (组建城市投资有限公司).
_BEFORE = re.compile(r"^(?:组建|成立|设立|引进|走进|推动|支持|位于|来自|收购|与|由|在|对|为|和)+")
#: Words by which a company already named is spoken of again.
_AGAIN = re.compile(r"该?公司(?![数总])|该企业|企业(?=共|已|累计|全年|自|目前)")
_FIRM = re.compile(r"公司|企业")
#: A short name shorter than this could be any word.
_SHORTEST = 3


_BESIDES = ("由", "与", "向", "被", "同", "为", "对", "和")
#: How far back a company spoken of again may have been named.
_REACH = 600


@dataclass
class Organisations:
    """The organisations of one article: where companies are named, in full or in short, and where schools and hospitals are."""

    text: str
    seats: dict[int, int] = field(default_factory=dict)
    at: list[int] = field(default_factory=list)
    mentions: list[tuple[str, str]] = field(default_factory=list)
    _seated: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._seated = sorted(self.seats)

    def near(self, start: int, end: int) -> bool:
        """Whether one is named in a stretch of text, or near enough before it to be spoken of again."""
        n = bisect_left(self.at, start)
        if n < len(self.at) and self.at[n] < end:
            return True
        if n and start - self.at[n - 1] <= _REACH and _FIRM.search(self.text, start, end) is not None:
            return True
        n = bisect_left(self._seated, start)
        return n < len(self._seated) and self._seated[n] < end

    def speaks_of(self, start: int, end: int) -> tuple[str, int] | None:
        """The organisation that a clause beginning at `start` speaks of, and where its name ends if the clause begins with it."""
        seat = self.seats.get(start)
        if seat is not None and seat < end and self.text[seat] not in "、和及与等":
            return self.text[start:seat], seat
        first = n = bisect_left(self.at, start)
        while n < len(self.at) and self.at[n] < end:
            at, (name, full) = self.at[n], self.mentions[n]
            behind = self.text[at + len(name) : at + len(name) + 1]
            if behind not in ("等", "、") and (at == start or name != full):
                return full, at + len(name) if at == start else start
            n += 1
        if first and start - self.at[first - 1] <= _REACH:
            again = _AGAIN.match(self.text, start, end)
            return (self._spoken_of_last(first - 1), again.end()) if again is not None else None
        return None

    def _spoken_of_last(self, n: int) -> str:
        """The company named last, but for one that only did something to another (由某公司投资建设)."""
        while n > 0 and self.text[self.at[n] - 1 : self.at[n]] in _BESIDES:
            n -= 1
        return self.mentions[n][1]


def organisations_of(text: str, places: Places) -> Organisations | None:
    """Find them, if there are any: a company's name begins at a sign or at the place it is called after."""
    seats = {at: seat.end() for at, end in zip(places.nested, places.nested_end, strict=True) if (seat := _SEAT.match(text, end))}
    found = Organisations(text, seats)
    names = _company_names(text, places) if "公司" in text else {}
    if names:
        longest_first = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
        for match in re.finditer(longest_first, text):
            found.at.append(match.start())
            found.mentions.append((match[0], names[match[0]]))
    return found if found.at or found.seats else None


def _companies(text: str) -> Iterator[re.Match[str]]:
    """Each company's name, looked for around 有限."""
    done, at = 0, text.find("有限")
    while at >= 0:
        match = _COMPANY.search(text, max(done, at - _LONGEST - len("股份")), at + len("有限责任公司"))
        if match is not None:
            yield match
            done = match.end()
        at = text.find("有限", max(done, at + 1))


def _company_names(text: str, places: Places) -> dict[str, str]:
    """Every name a company goes by here, to its name in full: 天元科技 to 重庆天元科技有限公司."""
    names: dict[str, str] = {}
    named_after = {**dict(zip(places.start, places.end, strict=True)), **dict(zip(places.nested, places.nested_end, strict=True))}
    for match in _companies(text):
        begin = next((at for at in range(match.start(), match.end() - 6) if at in named_after), match.start())
        full = _BEFORE.sub("", text[begin : match.end()].rpartition("是")[2])
        begin = match.end() - len(full)
        names.setdefault(full, full)
        short = _BRACKETED.sub("", _KIND.sub("", full)[named_after.get(begin, begin) - begin :])
        if len(full) > len(short) >= _SHORTEST - 1:
            kind = next((word for word in ("科技", "实业", "集团", "股份") if word in full), "")
            names.setdefault(short if short.endswith(kind) else short + kind, full)
    return {name: full for name, full in names.items() if len(name) >= _SHORTEST}
