"""From the characters of a paragraph to the text an analyst wants, without losing where each one stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.stages.articles.families import Cleaning
from pipeline.text.strand import Strand

#: A list of names or other items that only spaces keep apart; `衣 着` and `李 强` are padded words.
_ITEMS = re.compile(r"(?:(?<=[^一-鿿A-Za-z0-9])|^)(?:[一-鿿]{2,4}|[一-鿿] [一-鿿])(?: (?:[一-鿿]{2,4}|[一-鿿] [一-鿿])){2,}(?![一-鿿])")
_PADDED = re.compile(r"(?<![一-鿿])[一-鿿] [一-鿿](?![一-鿿])")
#: A space that parts nothing: before a unit (2024 年) or beside a mark.
_TIGHT = re.compile("[0-9%] (?=[年月日时分号个万亿千百元届次级名人家项户岁米吨亩件条期位])|(?<=[，。、；：！？（“‘《]) | (?=[，。、；：！？）”’》%])")
#: More spaces than this share of the characters part words or single characters, not items.
_SPACED_OUT = 0.15


@dataclass(frozen=True, slots=True)
class Repair:
    """A character left out because the page has it twice."""

    raw_start: int
    raw_end: int
    text: str
    rule_id: str


def body(strand: Strand) -> Strand:
    """A paragraph without the spaces inside Chinese. Between Latin words, numbers, names in a list they stay."""
    text = strand.text
    if " " not in text:
        return strand
    kept: set[int] = set()
    if text.count(" ") < _SPACED_OUT * len(text) or len(text) < 40:
        for items in _ITEMS.finditer(text):
            padding = {items.start() + inner.start() + 1 for inner in _PADDED.finditer(items.group())}
            kept.update(at for at in range(*items.span()) if text[at] == " " and at not in padding)
    spaces = (at for at, character in enumerate(text) if character == " " and at not in kept)
    dropped = [at for at in spaces if not (text[at - 1].isascii() and text[at + 1].isascii())]
    return strand.without(dropped)


def row(strand: Strand) -> Strand:
    """A row of a table: the spaces that part its columns stay."""
    return strand.without([found.start() + 1 for found in _PADDED.finditer(strand.text)]) if " " in strand.text else strand


def display(strand: Strand) -> Strand:
    """A headline or byline: the spaces between its phrases stay, those after numbers and around marks go."""
    text = strand.text
    if " " not in text:
        return strand
    dropped = {found.start() + found.group().index(" ") for found in _TIGHT.finditer(text)}
    padded = {found.start() + 1 for found in _PADDED.finditer(text)}
    single = all(len(word) == 1 for word in text.split(" ")) and len(text) > 3
    if single and text[-1] not in "文图摄":  # 政 府 工 作 报 告, but not 戈 禾 图
        dropped |= {at for at, character in enumerate(text) if character == " "}
    return strand.without(sorted(dropped | padded))


def may_double(texts: Sequence[str], cleaning: Cleaning) -> bool:
    """Whether any of some texts has a character twice in a row that OCR is known to double."""
    codes = np.frombuffer("\n".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    repeated = set(map(chr, np.unique(codes[1:][codes[1:] == codes[:-1]])))
    firsts = cleaning.doubled_look.firsts
    return firsts is None or not firsts.isdisjoint(repeated)


def undouble(strand: Strand, cleaning: Cleaning) -> tuple[Strand, list[Repair]]:
    """Leaves out the second of two equal characters where a rule knows the pair as OCR's."""
    dropped: list[int] = []
    repairs: list[Repair] = []
    text = strand.text
    if not cleaning.doubled_look.within(text):
        return strand, repairs
    for pair in cleaning.doubled.finditer(text):
        at = pair.end() - 1
        if text[at] == text[at - 1]:
            dropped.append(at)
            raw = strand[at : at + 1].raw_start
            repairs.append(Repair(raw, raw + 1, pair.group(), cleaning.doubled_rules[pair.lastgroup or ""]))
    return strand.without(dropped), repairs
