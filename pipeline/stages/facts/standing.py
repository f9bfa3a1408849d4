"""Where something stands: against a place or a plan, as a share of a whole or a goal, in a ranking."""

from __future__ import annotations

import re

from pipeline.stages.facts.changes import UNITS, basis_of, direction_of
from pipeline.stages.facts.context import Context
from pipeline.stages.facts.growth import all_meant, changeable, give_change
from pipeline.stages.facts.inputs import Figures
from pipeline.stages.facts.lexicon import Atom
from pipeline.stages.facts.links import is_change, is_origin
from pipeline.stages.facts.marks import (
    ADVERB,
    BASIS,
    COMPARE,
    DIFFER,
    DOWN,
    EACH,
    FROM,
    LEVEL,
    NEEDY,
    PLACE,
    PORTION,
    PULL,
    RANK,
    RATE,
    REGAIN,
    SHARE,
    SHIFT,
    TARGET,
    THAN,
    TIME,
    UP,
)
from pipeline.stages.facts.naming import base_of, full_name, growth_of, named_again
from pipeline.stages.facts.phrases import head_before, trim, words
from pipeline.stages.facts.runs import Run
from pipeline.stages.facts.statement import NO_PERIOD, Fact

WHOLE = 100.0
_SHIFTING = SHIFT | UP | DOWN
_PLACES_IN_RANKING = ("位", "位次", "名次")
#: Words of comparison that go on to what something is compared with (高于全市, 领先全省).
_LEADS_ON_TO = "于出先度"
#: Endings of what names another time and no other thing (改造前, 上届, 平时).
_TIMELY = ("前", "时", "期", "届", "年", "季", "月", "周", "以往", "往常", "原来", "过去", "平日", "昨天", "昨日")
#: Whom a place is ranked among may be said between its name and the verb: 全省市州排名第三.
_RANKED = re.compile(r"(?:范围)?(?:各)?(?:市州|州市|县市区?|市县区?|区县|县区|县|区|地市|市|乡镇|镇街|同类\w{0,4})?(?:中|内|里|总)?")


def shifts(run: Run, unit: str) -> bool:
    """比一季度前移3位, 较上年上升2个位次: how far something moved in a ranking."""
    if not run.gap_marks & _SHIFTING or not unit.endswith(_PLACES_IN_RANKING):
        return False
    return run.gap[-1][1] == run.start and bool(run.gap[-1][2] & _SHIFTING)


def pulled(context: Context, run: Run) -> list[Fact]:
    """拉动规上工业增速2.1个百分点 is what something gave to another's growth; 恢复至2019年同期的92.4% a ratio to what it was."""
    cue = next(atom for atom in run.gap if atom[2] & (PULL | REGAIN))
    head = head_before(context.text, run.gap, run.floor, cue[0])
    things = [fact for fact in context.told if fact.figure < 0 or context.unit_of(fact) != "%"]
    name = full_name(context, head) if head else things[-1].indicator if things else base_of(context)
    if not name:
        return []
    ref = run.figures[0]
    if cue[2] & REGAIN:
        direction = "up" if context.value(ref) > WHOLE else "down"
        return [context.fact(name, "change", change=ref, basis="ratio", direction=direction)]
    return [context.fact(name + words(context.text, run.gap, cue[0], run.start), "level", figure=ref)]


def comparing(context: Context, figures: Figures, run: Run, unit: str) -> Atom | None:
    """高于全市2.1个百分点, 比全省高2.1个百分点; not 比上年高, which is a change. 同比快1.7个百分点 is one: points are never a level."""
    if not changeable(figures, context.told, run.figures[0]) and unit not in UNITS:
        return None
    gap = run.gap
    for n in range(len(gap) - 1, -1, -1):
        atom = gap[n]
        if not atom[2] & (COMPARE | DIFFER):
            continue
        if context.text[atom[1] - 1] in _LEADS_ON_TO:
            named = any(a[0] >= atom[1] and a[2] & (PLACE | TARGET) for a in gap) or "平均" in context.text[atom[1] : run.start]
            # 播种面积高于266万亩, 比例高于92% are levels; points are told of nothing but differences.
            if unit == "pp" or named or atom[1] < run.start - 1:
                return atom
        against = any(a[2] & (THAN | BASIS) for a in gap[:n]) or (unit == "pp" and n == 0)
        if against and _right_before(context, gap, n, run.start):
            return None if is_change(run.link) and run.link.turning != atom else atom
    return None


def _right_before(context: Context, gap: list[Atom], n: int, end: int) -> bool:
    """Whether nothing but 了 and 近, 约 and the like stand between a word and the figure (低了将近三毛)."""
    position = gap[n][1]
    for start, stop, mark, _ in gap[n + 1 :]:
        if start != position or not mark & (LEVEL | ADVERB):
            return False
        position = stop
    return not context.text[position:end].strip("了的 ")


def comparison(context: Context, figures: Figures, run: Run, atom: Atom) -> list[Fact]:
    gap = run.gap
    direction = context.lexicon.value(atom[3], "compare") or context.lexicon.value(atom[3], "differ") or "up"
    basis = next((a for a in gap if a[2] & BASIS), None)
    than = next((a for a in gap if a[2] & THAN and a[0] < atom[0]), None)
    end = min(a[0] for a in (atom, basis, than) if a is not None)
    head = head_before(context.text, gap, run.floor, end)
    beyond = than is not None and _of_another_time(context, gap, than, atom)
    if basis is not None or beyond or (than is None and atom[1] - atom[0] == 1):
        value = context.lexicon.value(basis[3], "basis") if basis is not None else basis_of(context, run.link, gap, figures.unit[run.figures[0]])
        told = changeable(figures, context.told, run.figures[0])
        if not head and told:
            return give_change(context, figures, told[-1], run.figures[0], value, direction)
        name = _compared(context, figures, run, head)
        rule = "growth_of_growth" if context.lexicon.marks_of(head) & RATE and told else "change"
        return [context.fact(name, rule, change=run.figures[0], basis=value, direction=direction)] if name else []
    name = _compared(context, figures, run, head)
    if not name:
        return []
    against = "plan" if any(a[2] & TARGET for a in gap) else "region"
    if figures.unit[run.figures[0]] not in UNITS and not any(a[2] & PLACE for a in gap):
        against = "other"  # 比历年高0.2℃
    return [context.fact(name, "comparison", change=ref, basis=against, direction=direction) for ref in run.figures]


def _of_another_time(context: Context, gap: list[Atom], than: Atom, atom: Atom) -> bool:
    """比改造前便宜一毛: what was so at another time, not elsewhere."""
    return any(a[2] & TIME and a[0] == than[1] for a in gap) or context.text.endswith(_TIMELY, than[1], atom[0])


def _compared(context: Context, figures: Figures, run: Run, head: str) -> str:
    """What is compared: what the clause names, the growth of what was told (增速高于…), else what was told itself."""
    last = context.told[-1] if context.told else None
    if context.lexicon.marks_of(head) & RATE:
        return growth_of(last, context.lexicon.says(head, "rate")) if last is not None else context.topic
    if head or last is None:
        return full_name(context, head) if head else base_of(context)
    grows = last.change >= 0 and not (last.figure >= 0 and figures.unit[last.figure] == "%")
    return growth_of(last) if grows and figures.unit[run.figures[0]] == "pp" else base_of(context)


def share(context: Context, figures: Figures, run: Run) -> list[Fact]:
    """机电产品出口额…占全部出口比重为47.2%."""
    gap = run.gap
    cue = next(atom for atom in reversed(gap) if atom[2] & SHARE)
    head = head_before(context.text, gap, run.floor, cue[0])
    told = [fact for fact in context.told if fact.rule != "share"]
    parts = [head] * len(run.figures) if head else _parted(context, told, len(run.figures))
    if not parts:
        return []
    portion = next((atom for atom in gap if atom[2] & PORTION and atom[0] >= cue[1]), None)
    whole = words(context.text, gap, cue[1], portion[1] if portion is not None else run.link.head_end) + ("" if portion is not None else "比重")
    named = [(f"{part}占{whole}" if whole != "比重" else f"{part}占比", ref) for part, ref in zip(parts, run.figures, strict=False)]
    if is_change(run.link):
        basis = basis_of(context, run.link, gap, figures.unit[run.figures[0]])
        direction = direction_of(context.lexicon, run.link)
        return [context.fact(name, "share", change=ref, basis=basis, direction=direction) for name, ref in named]
    facts = [context.fact(name, "share", figure=ref) for name, ref in named]
    if is_origin(run.link):
        for fact in facts:
            fact.rule, fact.period = "origin", NO_PERIOD  # 占比由25%升至35%
    return facts


def _parted(context: Context, told: list[Fact], count: int) -> list[str]:
    """What shares without a name of their own are of: 20个、97.3亿元，分别占25%和23.4% speaks of the last two in turn."""
    if len(told) >= count:
        return [fact.indicator for fact in told[-count:]]
    part = base_of(context).partition("占")[0]
    return [part] if part else []


def _ranked_among(context: Context, gap: list[Atom], start: int, end: int) -> tuple[str | None, int]:
    """The place directly before a verb of ranking (在全省排名第三), and where the words before it end."""
    place = next((atom for atom in reversed(gap) if atom[2] & PLACE and atom[0] >= start), None)
    if place is None or _RANKED.fullmatch(context.text, place[1], end) is None:
        return None, end
    begin = place[0] - 1 if context.text[place[0] - 1] in "在于" and place[0] > start else place[0]
    return context.text[place[0] : end].rstrip("中内里总"), begin


def rank(context: Context, run: Run) -> list[Fact]:
    """增速居全市第2位: whom it is ranked among stands between the verb and the figure."""
    gap, start = run.gap, run.floor
    verb = next((atom for atom in reversed(gap) if atom[2] & RANK), None)
    place = next((atom for atom in gap if atom[2] & PLACE), None)
    if verb is None and place is not None and place[0] > start and not any(atom[2] & FROM for atom in gap):
        verb = (place[0], place[0], RANK, 0)  # 企业数全国第一: the place stands where the verb would
    scope_start = verb[1] if verb is not None else trim(context.text, [a for a in gap if not a[2] & ~ADVERB], start, run.start)
    scope = context.text[scope_start : run.start].strip(" 的、*") or context.left_scope
    context.left_scope = None
    left = next((atom for atom in reversed(gap) if atom[2] & FROM), None)
    if left is not None and (verb is None or verb[0] < left[0]):
        # 从全省第三跃居第一: the place that was left is no rank of this period.
        context.left_scope = context.text[left[1] : run.start].strip(" 的、*") or None
        context.topic = head_before(context.text, gap, start, left[0]) or context.topic
        return []
    value = context.value(run.figures[0])
    ends = verb[0] if verb is not None else start
    if verb is not None and not scope:
        scope, ends = _ranked_among(context, gap, start, verb[0])
    head = head_before(context.text, gap, start, ends)
    every = any(atom[2] & EACH for atom in gap)
    if head.endswith(("中", "里", "内")) and verb is not None:
        # 在全州法院中排名第一: among whom stands before the verb.
        scope, head = scope or head[:-1], ""
    own = head and not context.lexicon.marks_of(head) & (NEEDY | RATE) and not head.endswith(("增速", "增幅"))
    last = context.said[-len(run.figures) :]
    if len(run.figures) > 1 and not own and len(last) == len(run.figures) and all(fact.rank is None for fact in last):
        for fact, ref in zip(last, run.figures, strict=True):
            fact.rank, fact.scope = context.value(ref), scope  # 分列全市第一、第二位
        return []
    if not own or (every and context.said):
        targets = all_meant(context, head) if every else context.told[-1:] or context.said[-1:]
        free = [fact for fact in targets if fact.rank is None]
        for fact in free:
            fact.rank, fact.scope = value, scope
        if free:
            return []
        ranked = context.told[-1] if context.told else None
        head = growth_of(ranked) if ranked is not None and context.lexicon.marks_of(head) & RATE else base_of(context)
    if not head:
        return []
    again = [] if not own else named_again(context, head)
    if again and all(fact.rank is None for fact in again):
        for fact in again:
            fact.rank, fact.scope = value, scope
        return []
    fact = context.fact(head, "rank", figure=run.figures[0])
    fact.rank, fact.scope = value, scope
    return [fact]
