"""Runs: figures that stand side by side, with the words before and after them that say what they are of."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from pipeline.stages.facts import phrases, things
from pipeline.stages.facts.clauses import Clause
from pipeline.stages.facts.context import Context
from pipeline.stages.facts.inputs import COUNTED, Figures
from pipeline.stages.facts.lexicon import Atom
from pipeline.stages.facts.links import Link, link_before
from pipeline.stages.facts.marks import (
    ADVERB,
    AFTER,
    BASIS,
    COMPARE,
    DOWN,
    EACH,
    FIGURE,
    JOIN,
    LEVEL,
    MOVED,
    NEEDY,
    NOTE,
    PLAIN,
    PREP,
    RANK,
    RATE,
    SEP,
    SHARE,
    TIME,
    UP,
    VERB,
)

_BLANK = " *　\n"
#: Dimensions whose figures, before a thing, say of what kind it is.
_DESCRIBING = frozenset({"power", "voltage", "age", "temperature", "speed", "data", "mass", "volume", "angle", "duration"})
_KINDS = ("类", "种", "大类")
_ORDERING = frozenset({"级", "国", "环", "字", "代", "届", "周年", "金"})
#: What makes a noun of a deed before it: 慰问组, 检查站, 服务员.
_DOERS = re.compile(r"[组队站点员者团户厂所店馆室]|工(?![业程厂作艺资])")
#: 保持20%以上的增速: the word of growth stands behind.
_GROWTH = re.compile(r"的?(?:高速|较快|年均|平均)?(?:增速|增幅|增长(?!点|极))")
#: What a crop or a line does that was measured, and is no part of what it is.
_STATE = re.compile("(?<=.{2})(?:即将|正在|陆续)?(?:进入|迎来|成熟|长势|正值|喜获|全线|建成|开镰)")
#: 考察团一行18人来我县…: they are counted, and what follows is what they did.
_PARTY = "一行"
#: 一批超50亿元的项目: words that bound a size, and what is of that size.
_BEYOND = "超过逾近达破"
_SIZED = re.compile("项目|企业|园区|产业|工程|村|合作社|公司|集群|基地")
_CLASSIFIERS = tuple("户家个人名件项所座处条")
_LEADING_ON = UP | DOWN | MOVED | LEVEL | BASIS | RATE | EACH | COMPARE | SHARE | RANK


@dataclass(slots=True)
class Run:
    """Figures that stand side by side (2614.5亿元、1780.2亿元), with the words before and after them."""

    figures: list[int]
    start: int
    end: int
    link: Link
    #: Where the words before it begin, the atoms among them, and all the marks of these.
    floor: int
    gap: list[Atom]
    gap_marks: int = 0
    head: str = ""
    deed: str = ""
    thing: str = ""
    measure: str = ""
    grows: bool = False
    #: How many runs the clause has after this one.
    more: int = 0


def runs_of(text: str, clause: Clause) -> list[list[int]]:
    """Figures with nothing but a joining sign between them, together."""
    if len(clause.figures) == 1:
        return [clause.figures]
    runs: list[list[int]] = []
    for n in clause.figures:
        if runs and _side_by_side(text, clause.atoms, runs[-1][-1], n):
            runs[-1].append(n)
        else:
            runs.append([n])
    return runs


def _side_by_side(text: str, atoms: list[Atom], first: int, second: int) -> bool:
    position = atoms[first][1]
    for n in range(first + 1, second):
        start, end, mark, _ = atoms[n]
        if not mark & (SEP | JOIN | AFTER | NOTE) or text[position:start].strip(_BLANK):
            return False
        position = end
    if text[position : atoms[second][0]].strip(_BLANK):
        return False
    stop, bounded = _past_bounds(atoms, second)
    # 亿元以上项目45个、30亿元以上项目9个: the second sum opens the name of the next thing.
    return not bounded or not text[stop : stop + 1].isalpha()


def read_run(context: Context, figures: Figures, atoms: list[Atom], indexes: list[int], floor: int, until: int, end: int) -> Run | None:
    """A run with its words; None where the figures only describe something (投资30亿元以上技改项目)."""
    text = context.text
    at, last = indexes[0], indexes[-1]
    stop, bounded = atoms[last][1], False
    if last + 1 < len(atoms) and atoms[last + 1][0] == stop:
        stop, bounded = _past_bounds(atoms, last)
    refs = [atoms[n][3] for n in indexes]
    follows = text[stop:until].strip(_BLANK)
    if follows and _starts_with_break(atoms, last + 1, stop):
        follows = ""
    grows = bool(follows) and figures.unit[refs[-1]] == "%" and _GROWTH.match(follows) is not None
    thing = bool(follows) and not grows and not _links_on(text, atoms, last + 1, stop)
    party = False
    if thing:
        party = figures.dimension[refs[-1]] == "people" and text.endswith(_PARTY, floor, atoms[at][0])
        apart = figures.dimension[refs[-1]] not in COUNTED and atoms[at][0] - floor > 1
        thing = not party and not (apart and _time_follows(atoms, last + 1, stop))
    after = phrases.inside(atoms, last + 1, stop, until) if thing else []
    if thing:
        following = next((atoms[n][3] for n in range(last + 1, len(atoms)) if atoms[n][2] & FIGURE), None)
        if follows[0] == "级" or _only_describes(after, figures, refs[-1], bounded, following):
            return None
    link = link_before(text, atoms, at, floor)
    low = bisect_left(atoms, (floor,), 0, at)
    run = Run(refs, atoms[at][0], stop, link, floor, atoms[low:at], grows=grows)
    for atom in run.gap:
        run.gap_marks |= atom[2]
    # 17件21人 says one thing in two units; 32个、15个 are of two things.
    several = bool(link.marks & EACH) or (len(refs) > 1 and len({figures.unit[ref] for ref in refs}) < len(refs))
    run.head = phrases.head_phrase(text, atoms[low : link.first], floor, link.head_end, whole=several)
    if run.head.startswith("中") and floor > 0 and text[floor] == "中" and text[floor - 1] in _CLASSIFIERS:
        run.head = run.head[1:]  # 全村326户中有198户…
    if party:
        run.head = run.head.removesuffix(_PARTY)
    return _with_thing(context, figures, run, after, until, end) if thing else run


def _time_follows(atoms: list[Atom], n: int, position: int) -> bool:
    """基地1300亩今年能收…: the next statement begins with its time."""
    return n < len(atoms) and atoms[n][0] == position and bool(atoms[n][2] & TIME)


def _with_thing(context: Context, figures: Figures, run: Run, after: list[Atom], until: int, end: int) -> Run | None:
    """The run with the thing that stands behind it; None where the figure is a part of the thing's name."""
    text, stop, ref = context.text, run.end, run.figures[-1]
    follows = text[stop:until].strip(_BLANK)
    thing, thing_end = things.thing_after(text, after, stop, until, until == end)
    priced = next((atom for atom in after if atom[0] == stop + 1 and atom[2] & NEEDY), None) if follows.startswith("的") else None
    if priced is not None and figures.dimension[ref] not in COUNTED and (priced[1] == until or any(a[0] == priced[1] for a in after)):
        thing, thing_end = text[priced[0] : priced[1]], priced[1]  # 以80元的价格向外地销售
    if figures.dimension[ref] not in COUNTED and figures.unit[ref] != "%":
        thing = _STATE.split(thing, maxsplit=1)[0]  # 110万亩谷子进入灌浆期
    if thing.endswith("中") and not context.lexicon.ends_in(thing, PLAIN):
        thing = thing[:-1]  # 80个在建项目中，…
    deed = things.deed_at_end(text, run.gap, run.floor, run.start)
    verbal = bool(after) and after[0][0] == stop and bool(after[0][2] & (VERB | ADVERB | PREP))
    verbal = verbal and _DOERS.match(text, after[0][1]) is None
    if not thing or (verbal and run.head and (not deed or figures.dimension[ref] not in COUNTED)):
        return run
    run.thing, run.deed = thing, "" if verbal else deed
    run.end = stop if verbal and until < end else thing_end
    sized = follows.startswith("的") and run.head in ("", "一批", "多个", "一些") and not deed and figures.dimension[ref] == "money"
    if sized and text[run.start - 1] in _BEYOND and _SIZED.search(thing) is not None:
        return None  # 一批超50亿元的项目: how large each of them is
    if not verbal and _describes_thing(context, run, follows, figures, ref):
        return None
    if follows.startswith("的") and figures.dimension[ref] not in COUNTED:
        # 总投资448亿元的乙烯项目: the sum is the 总投资 of the project.
        run.measure = context.lexicon.measure_at_end(run.head)
    if run.measure:
        run.thing, _ = things.thing_after(text, after, stop, until, False)
    return run


def _past_bounds(atoms: list[Atom], at: int) -> tuple[int, bool]:
    """Past 以上, 左右 and the like after a figure."""
    stop = atoms[at][1]
    bounded = False
    for n in range(at + 1, len(atoms)):
        if atoms[n][0] != stop or not atoms[n][2] & (AFTER | NOTE):
            break
        bounded = bounded or bool(atoms[n][2] & AFTER)
        stop = atoms[n][1]
    return stop, bounded


def _starts_with_break(atoms: list[Atom], n: int, position: int) -> bool:
    while n < len(atoms) and atoms[n][1] <= position:
        n += 1  # 410亿元以上、…: the bound stands before the break
    return n < len(atoms) and atoms[n][0] <= position and bool(atoms[n][2] & (SEP | JOIN)) and atoms[n][1] > position


def _links_on(text: str, atoms: list[Atom], n: int, position: int) -> bool:
    """Whether what follows a figure leads on to the next (由4级压缩为3级) and is no thing counted."""
    while n < len(atoms) and atoms[n][0] < position:
        n += 1
    if n == len(atoms) or text[position : atoms[n][0]].strip(_BLANK):
        return False
    # 5.11万人实现脱贫 leads on to no other figure: 实现 opens what they did.
    return bool(atoms[n][2] & _LEADING_ON) and any(atom[2] & FIGURE for atom in atoms[n + 1 :])


def _only_describes(after: list[Atom], figures: Figures, ref: int, bounded: bool, following: int | None) -> bool:
    """投资30亿元以上技改项目开工8个: the first figure says which projects, the second how many."""
    if figures.unit[ref] in _KINDS and following is not None and after and not any(atom[2] & SEP for atom in after):
        return True  # 三类高发犯罪批捕785件
    if figures.dimension[ref] in COUNTED:
        return bounded and following is not None and not any(atom[2] & SEP for atom in after)
    if bounded:
        return True
    if following is None:
        return False
    # 新增60亿元企业2家, 10亿-50亿元项目52个: a sum before what the next figure counts.
    counted = figures.dimension[following] in COUNTED and not any(atom[2] & (VERB | SEP) for atom in after)
    return counted or figures.low[ref] != figures.high[ref]


def _describes_thing(context: Context, run: Run, after: str, figures: Figures, ref: int) -> bool:
    """投资超30亿元文旅项目, 16兆瓦风电机组: part of the thing's name. 产值超2000亿元的园区 does state the 产值."""
    if run.deed or after.startswith("的") or figures.dimension[ref] in ("count", "people", "visits"):
        return figures.unit[ref] in _ORDERING and not run.deed and not run.head
    if figures.dimension[ref] in _DESCRIBING and not run.head:
        return True
    if figures.dimension[ref] in COUNTED:
        return False
    return bool(context.lexicon.measure_at_end(run.head))
