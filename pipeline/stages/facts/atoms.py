"""An article as one row of atoms: figures, times, places and cue words in order, none overlapping another."""

from __future__ import annotations

import numpy as np

from pipeline.stages.facts.inputs import Article, Figures, Places, Times
from pipeline.stages.facts.lexicon import Atom, Lexicon
from pipeline.stages.facts.marks import BASIS, CLOSE, CUT, FIGURE, FLAT, NOTE, OPEN, PART, PLACE, PLAN, TARGET, TIME, VERB

#: A quotation no longer than this is a name (“双减”工作); a longer one is speech, and its commas part clauses.
NAME_LENGTH = 32
_ROUND = "（(【["
#: 国内旅游收入, 国内市场占有率 are a district's own.
_NOT_TOLD_OF = ("国内", "境内")
_PAIRS = {"（": "）", "(": ")", "【": "】", "[": "]", "“": "”", "《": "》", "「": "」", "‘": "’"}


def atoms_of(article: Article, sentences: list[int], lexicon: Lexicon, figures: Figures, times: Times, places: Places) -> list[Atom]:
    """Everything the reader looks at in these sentences, in order; of two that overlap the one that says more stays."""
    text = article.text
    found: list[Atom] = []
    for start, end in _stretches(article, sentences):
        found += lexicon.find(text[start:end], start)
    found += zip(figures.start, figures.end, [FIGURE] * len(figures.start), range(len(figures.start)))
    found += zip(times.start, times.end, [TIME] * len(times.start), range(len(times.start)))
    found += [(start, places.end[n], PLACE, n) for n, start in enumerate(places.start) if _is_subject(text, lexicon, places, n)]
    found.sort()
    out: list[Atom] = []
    done = 0
    for atom in found:
        if atom[0] < done:
            last = out[-1]
            if atom[2] & TARGET and last[2] & TIME and last[1] == atom[0] + 1 and atom[1] > atom[0] + 2:
                atom = lexicon.rest_of(atom, text, last[1])  # 2025年计划出栏: a year, and no 年计划
            while out and out[-1][1] > atom[0] and _weight(atom[2]) > _weight(out[-1][2]):
                out.pop()
            if out and out[-1][1] > atom[0]:
                continue
        out.append(atom)
        done = atom[1]
    return _without_asides(text, out)


def telling_sentences(article: Article, lexicon: Lexicon, figures: Figures, times: Times) -> list[int]:
    """The sentences that hold a figure, a time or a word of planning, by number."""
    plans = [match.start() for match in lexicon.plans.finditer(article.text)]
    positions = np.array([*figures.start, *times.start, *plans], dtype=np.int64)
    numbers: list[int] = np.unique(np.searchsorted(article.sentence_starts, positions, side="right") - 1).tolist()
    return numbers


def _stretches(article: Article, sentences: list[int]) -> list[tuple[int, int]]:
    """Where these sentences stand, those that follow each other as one."""
    bounds = [*article.sentence_starts, len(article.text)]
    out: list[tuple[int, int]] = []
    for n in sentences:
        start = out.pop()[0] if out and out[-1][1] == bounds[n] else bounds[n]
        out.append((start, bounds[n + 1]))
    return out


def _is_subject(text: str, lexicon: Lexicon, places: Places, n: int) -> bool:
    """A region without a code (中部地区) is a word of the indicator, and 新建 or 新增社区 more likely a deed than a place."""
    if places.code[n] is None and not places.deictic[n]:
        return False
    start, end = places.start[n], places.end[n]
    if text[start:end] in _NOT_TOLD_OF:
        return False
    return not lexicon.marks_of(text[start : min(end, start + 2)]) & VERB or (end - start > 2 and places.level[n] in ("province", "city", "county"))


def _weight(mark: int) -> int:
    if mark & BASIS:
        return 4  # 两年平均 says against what, and is no two years
    if mark & (FIGURE | FLAT | TARGET | PLAN):
        return 3
    if mark & (TIME | PART):
        return 2  # 其中国有企业: no 中国 in it
    return 1 if mark & PLACE else 0


def _without_asides(text: str, atoms: list[Atom]) -> list[Atom]:
    """Brackets that hold no figure become one note; names in quotes become plain text; other signs of either kind part clauses."""
    out: list[Atom] = []
    opened: list[int] = []
    strays = False
    for atom in atoms:
        mark = atom[2]
        if not mark & (OPEN | CLOSE):
            out.append(atom)
        elif mark & OPEN:
            opened.append(len(out))
            out.append(atom)
        else:
            sign = text[atom[0]]
            while opened and _PAIRS[text[out[opened[-1]][0]]] != sign:
                opened.pop()
                strays = True
            if not opened:
                out.append((atom[0], atom[1], CUT, atom[3]))
                continue
            at = opened.pop()
            start = out[at][0]
            inside = out[at + 1 :]
            empty = not any(inner[2] & FIGURE for inner in inside)
            if text[start] in _ROUND:
                if empty:
                    del out[at:]
                    out.append((start, atom[1], NOTE, 0))
                else:
                    out[at] = (start, start + 1, CUT, 0)
                    out.append((atom[0], atom[1], CUT, 0))
            elif empty and atom[1] - start <= NAME_LENGTH:
                del out[at:]
            elif atom[1] - start > NAME_LENGTH:
                out[at] = (start, start + 1, CUT, 0)
                out.append((atom[0], atom[1], CUT, 0))
            else:
                del out[at]
                opened = [n for n in opened if n < at]
    if opened or strays:
        return [(atom[0], atom[1], CUT, 0) if atom[2] & OPEN else atom for atom in out]
    return out
