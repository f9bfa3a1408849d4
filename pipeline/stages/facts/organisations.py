"""Organisations that an article's figures can be about: companies named in full, and schools and hospitals named after a place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.stages.facts.inputs import Places

_COMPANY = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·（）()]{2,24}?(?:有限责任公司|股份有限公司|集团有限公司|有限公司)")
_KIND = re.compile(r"(?:集团|实业|科技|股份|控股)*(?:有限责任公司|股份有限公司|集团有限公司|有限公司)$")
_SEAT = re.compile(r"[\u4e00-\u9fff]{0,8}?(?:中学|小学|学校|学院|大学|幼儿园|医院|卫生院|合作社)")
#: Deeds that run into a name where no sign parts them (组建城市投资有限公司).
_BEFORE = re.compile(r"^(?:组建|成立|设立|引进|走进|推动|支持|位于|来自|收购|与|由|在|对|为|和)+")
#: Words by which a company already named is spoken of again.
_AGAIN = re.compile(r"该?公司(?![数总])|该企业|企业(?=共|已|累计|全年|自|目前)")
#: A short name shorter than this could be any word.
_SHORTEST = 3


@dataclass
class Organisations:
    """The organisations of one article, by every name it uses for them."""

    text: str
    names: dict[str, str] = field(default_factory=dict)
    seats: dict[int, int] = field(default_factory=dict)
    last: str | None = None

    def __bool__(self) -> bool:
        return bool(self.names or self.seats)

    def speaks_of(self, start: int, end: int) -> tuple[str, int] | None:
        """The organisation that a clause beginning at `start` speaks of, and where its name ends if the clause begins with it."""
        seat = self.seats.get(start)
        if seat is not None and seat < end and self.text[seat] not in "、和及与等":
            return self.text[start:seat], seat
        if not self.names:
            return None
        clause = self.text[start:end]
        for name, full in self.names.items():
            at = clause.find(name)
            if at < 0 or (at > 0 and full in clause) or clause[at + len(name) : at + len(name) + 1] in ("等", "、"):
                continue
            self.last = full
            return full, start + len(name) if at == 0 else start
        again = _AGAIN.match(clause) if self.last is not None else None
        return (self.last, start + again.end()) if self.last is not None and again is not None else None


def organisations_of(text: str, places: Places) -> Organisations:
    """Find them: a company's name begins at a sign or at the place it is called after."""
    found = Organisations(text)
    if "公司" in text:
        named_after = {**dict(zip(places.start, places.end, strict=True)), **dict(zip(places.nested, places.nested_end, strict=True))}
        for match in _COMPANY.finditer(text):
            begin = next((at for at in range(match.start(), match.end() - 6) if at in named_after), match.start())
            full = _BEFORE.sub("", text[begin : match.end()])
            begin = match.end() - len(full)
            found.names.setdefault(full, full)
            short = _KIND.sub("", full)
            short = re.sub(r"[（(].*?[）)]", "", short[named_after.get(begin, begin) - begin :])
            if len(full) > len(short) >= _SHORTEST - 1:
                kind = next((word for word in ("科技", "实业", "集团", "股份") if word in full), "")
                found.names.setdefault(short + kind if not short.endswith(kind) else short, full)
        found.names = {name: full for name, full in found.names.items() if len(name) >= _SHORTEST}
    for at, end in zip(places.nested, places.nested_end, strict=True):
        seat = _SEAT.match(text, end)
        if seat is not None:
            found.seats[at] = seat.end()
    return found
