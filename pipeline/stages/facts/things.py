"""What a figure counts: the deed before it and the thing behind it."""

from __future__ import annotations

import re

from pipeline.stages.facts.lexicon import Atom
from pipeline.stages.facts.marks import ADVERB, EACH, FIGURE, JOIN, LEVEL, LISTING, NOMINAL, NOTE, PER, PLACE, PREP, RANK, SEP, TIME, VERB
from pipeline.stages.facts.phrases import LONG, trim, words

#: 16所新续建学校: what was done opens the name of the thing.
_RENEWED = "新改扩续"
#: 38家企业用工缺口1200人: who is counted, before what they have so much of.
_OWNER = re.compile(
    r".{0,4}?(?:企业|公司|合作社|农户|茶农|果农|商户|民宿|酒店|医院|景区|园区|村(?=集体))(?=[^集群人家数主化级型服孵员区入参门开制创、和及等]{2})"
)
#: 119个贫困村全部脱贫: a deed as short as this says what became of all of them.
_SHORT_DEED = 4
_EVERY = ("全部", "均", "都", "皆", "全都", "均已", "都已")
_WHOSE = ("沿线", "周边", "附近", "沿途", "当地", "本地")
#: What a deed carries behind it.
_ASPECT = "了过起着"


def deed_at_end(text: str, atoms: list[Atom], start: int, end: int) -> str:
    """The deed a figure follows directly (新建 in 新建7个车间), with the deeds joined to it (修建、改造)."""
    if end - 1 > start and text[end - 1] in _ASPECT:
        deed = deed_at_end(text, [atom for atom in atoms if atom[1] < end], start, end - 1)
        if deed:
            return deed  # 盘活了120亩荒地
    atoms, end = _before_whose(text, atoms, start, end)
    begin = end
    for atom in reversed(atoms):
        if atom[0] < start or atom[1] != begin:
            break
        if atom[2] & VERB or (atom[2] & (JOIN | SEP) and begin < end):
            begin = atom[0]
        elif begin < end or not atom[2] & ADVERB:
            break
    nominal = any(atom[0] == begin and atom[2] & NOMINAL for atom in atoms)
    begin += len(text[begin:end]) - len(text[begin:end].lstrip("、和及与"))
    if begin == end or not nominal or begin == trim(text, atoms, start, end) or any(atom[1] == begin for atom in atoms):
        return text[begin:end]
    # 支持市场健康发展12条措施: 发展 ends the name of the deed that opened the phrase.
    opening = trim(text, atoms, start, end)
    return next((text[atom[0] : atom[1]] for atom in atoms if atom[0] == opening and atom[2] & VERB), "")


def _before_whose(text: str, atoms: list[Atom], start: int, end: int) -> tuple[list[Atom], int]:
    """惠及沿线9个村, 覆盖全县12个乡镇: whose or where stands between the deed and the figure."""
    whose = next((word for word in _WHOSE if text.endswith(word, start, end)), "")
    before = end - len(whose)
    if not whose and atoms and atoms[-1][2] & PLACE and atoms[-1][1] == end:
        before = atoms[-1][0]
    if before < end and any(atom[1] == before and atom[2] & VERB and not atom[2] & ADVERB for atom in atoms):
        return [atom for atom in atoms if atom[1] <= before], before
    return atoms, end


def _names_a_kind(atoms: list[Atom], deed: Atom, end: int) -> bool:
    """基层治理单位: 治理 is part of the name, for plain words follow it; in 企业投资3亿元 a figure does."""
    if not deed[2] & NOMINAL:
        return False
    following = next((atom[0] for atom in atoms if atom[0] >= deed[1]), end)
    return following - deed[1] >= 2


def thing_after(text: str, atoms: list[Atom], start: int, end: int, whole: bool) -> tuple[str, int]:
    """The thing counted after a figure (数字化车间 in 7个数字化车间) and its end; `whole` takes what it did along with it."""
    past = trim(text, [a for a in atoms if a[2] & (PLACE | NOTE | TIME)], start, end)
    start = past if end - past > 1 else start  # 2个广西农业科技园区 may be a place as a whole
    if whole:
        listing = next((atom for atom in atoms if atom[0] > start and atom[2] & LISTING and atom[1] + 2 <= end), None)
        if listing is not None and any(atom[2] & SEP for atom in atoms if start < atom[0] < listing[0]):
            return words(text, atoms, listing[1], end), end
    stop = end
    parted = False
    for atom in atoms:
        if atom[0] <= start or atom[0] >= end:
            continue
        if atom[2] & SEP and atom[0] - start < 2:
            continue  # 11家省、市最美驿站
        if atom[2] & EACH and atom[0] - start > 1 and text[atom[0] : atom[1]] in _EVERY:
            if whole and end - atom[1] <= _SHORT_DEED:
                return words(text, atoms, start, atom[0]) + words(text, atoms, atom[1], end), end
            stop = atom[0]  # 58座水库全部落实…: what all of them did is told at length, and no part of what they are
            break
        if atom[2] & (SEP | FIGURE) or (atom[2] & JOIN and atom[0] > start and not whole):
            stop, parted = atom[0], True
            break
        if (
            not whole
            and atom[2] & (VERB | ADVERB | PREP | LEVEL | PER | RANK)
            and (atom[0] - start > 1 or text[start] not in _RENEWED)
            and not _names_a_kind(atoms, atom, end)
        ):
            stop = atom[0]
            break
    owner = _OWNER.match(text, start, end) if not parted and not whole else None
    if owner is not None:
        return words(text, atoms, start, owner.end()), owner.end()
    if whole and stop - start > LONG:
        return thing_after(text, atoms, start, stop, False)
    return words(text, atoms, start, stop), stop
