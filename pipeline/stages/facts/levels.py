"""Levels: how much or how many there is of what the clause names, counts, or has named before."""

from __future__ import annotations

from pipeline.stages.facts.atoms import NAME_LENGTH
from pipeline.stages.facts.changes import UNITS, basis_of
from pipeline.stages.facts.context import Context
from pipeline.stages.facts.growth import give_change
from pipeline.stages.facts.inputs import COUNTED, Figures
from pipeline.stages.facts.links import is_origin
from pipeline.stages.facts.marks import BASIS, DOWN, LEVEL, OWNED, PLACE, REST, TIME, TIMED, UP, VACUOUS
from pipeline.stages.facts.naming import dealt, deed_on, extreme_of, full_name, level_of, said_last
from pipeline.stages.facts.runs import Run
from pipeline.stages.facts.statement import NO_PERIOD, Fact, Period

#: 税务部门完成3亿元: who did it stands where what was done would.
_ANNOUNCING = ("完成", "实现", "共完成", "共实现", "累计完成", "累计实现")
#: 增收 after an income is a change of it.
_MORE_OR_LESS = ("增收", "减收", "增支", "减支", "增产", "减产")
_NET = ("净增", "净减", "净增加", "净减少")
_FIRMS = ("企业", "公司", "市场主体", "个体工商户")
_SUMMING = ("合计", "共计", "总计", "一共")
#: Who is counted as a place and has no investment of its own (涉及9个区县，总投资5亿元).
_NO_OWNERS = ("区县", "县区", "市县", "县市", "乡镇", "镇街", "街道", "村", "国家", "地区", "城市", "省份", "地市", "省市")
_SIGNS = ".·…—-－"
#: What those who live in a place are called by the unit they are counted in.
_DWELLERS = {"户": "户数", "人": "人口"}
_DURATIONS = ("duration", "age")
#: Classifiers of what is named, not counted: 一批项目, 民企100强, 川渝两地, 建党100周年.
_UNCOUNTED = frozenset({"系列", "批", "强", "两", "省", "地", "周年", "届", "环", "金"})


def levels(context: Context, figures: Figures, run: Run, before: Run | None) -> list[Fact] | None:
    """The facts of a run that says how much there is; None where its figures measure nothing that is named."""
    last = context.said[-1] if context.said else None
    if last is not None and last.figure < 0 and not run.head and not run.thing and figures.unit[run.figures[0]] in UNITS:
        # 增长6%，力争8%: a second figure for the same growth.
        return [context.fact(last.indicator, "change", change=ref, basis=last.basis, direction=last.direction) for ref in run.figures]
    named = _named_levels(context, figures, run, before)
    telling = False
    measured = []
    for name, ref in named:
        if name and (context.lexicon.marks_of(name) & VACUOUS or not name.strip(_SIGNS)):
            continue  # it says nothing
        telling = True
        if name and _measures(context, figures, run, name, ref):
            measured.append((name, ref))
    if (named and not telling) or _in_a_title(context, figures, run):
        return []
    if run.head in _MORE_OR_LESS and context.told and context.told[-1].indicator.endswith(run.head[1:]):
        # 一般公共预算收入…，增收2798万元: how much more than before, of what was told.
        basis, direction = "yoy", "up" if run.head[0] == "增" else "down"
        return give_change(context, figures, context.told[-1], run.figures[0], basis, direction)
    if run.head in _NET and context.told and context.told[-1].figure >= 0 and context.unit_of(context.told[-1]) == figures.unit[run.figures[0]]:
        # 年末企业358家，净增27家: more than at the end of the year before.
        last = context.told[-1]
        against = "prev_year" if last.period.known and last.period.first == last.period.last else None
        if any(atom[2] & BASIS for atom in run.gap):
            against = basis_of(context, run.link, run.gap, figures.unit[run.figures[0]])
        return give_change(context, figures, last, run.figures[0], against, "up" if run.head[1] == "增" else "down")
    if telling and not measured:
        return None
    left = is_origin(run.link) and not run.thing  # 由32家发展到45家; 从村上流转来的150亩地 was not left
    facts = []
    for name, ref in measured:
        fact = context.fact(name, "origin" if left else "level", figure=ref)
        if fact.subject.organisation is not None and name.endswith(_FIRMS) and figures.dimension[ref] in COUNTED:
            fact.subject = context.home  # 天元公司出口3亿元；出口企业17家: no firm counts the firms
        if left:
            fact.period = _time_left(context, run)
        facts.append(fact)
    return facts


def _time_left(context: Context, run: Run) -> Period:
    """由2018年的12万袋扩大到…: the level that was left is of the time that stands directly before it, else of none that is named."""
    time = next((atom for atom in reversed(run.gap) if atom[2] & TIME), None)
    if time is None or context.text[time[1] : run.start].strip("的末底初"):
        return NO_PERIOD
    n = time[3]
    return Period(context.times.first[n], context.times.last[n], time[0], time[1], context.text[time[0] : time[1]])


def _in_a_title(context: Context, figures: Figures, run: Run) -> bool:
    """“提振消费10条”: a count that ends what stands in quotes is part of a title."""
    ref = run.figures[-1]
    end = figures.end[ref]
    if context.text[end : end + 1] not in ("”", "》", "」") or figures.dimension[ref] not in COUNTED:
        return False
    opening = max(context.text.rfind(sign, max(0, end - NAME_LENGTH), end) for sign in "“《「")
    return opening >= 0 and not any(atom in context.text[opening:end] for atom in "，。；：")


def _named_levels(context: Context, figures: Figures, run: Run, before: Run | None) -> list[tuple[str, int]]:
    refs = run.figures
    if run.thing:
        deed = run.deed
        if not deed and before is not None and not run.head:
            deed = before.deed
        run.deed = deed
        lead = run.head if context.lexicon.marks_of(run.head) & REST else deed
        name = run.thing + run.measure if run.measure else lead + run.thing
        if len(refs) > 1 and run.head and figures.unit[refs[0]] != figures.unit[refs[-1]]:
            return [*((run.head, ref) for ref in refs[:-1]), (name, refs[-1])]
        return [(name, ref) for ref in refs]
    if not run.head:
        return _unnamed_level(context, figures, run, before)
    extreme = extreme_of(context, run.head)
    if extreme:
        return [(extreme, ref) for ref in refs]
    if context.only_deed(run.head) and not (context.lexicon.marks_of(run.head) & OWNED and said_last(context).endswith(_NO_OWNERS)):
        name = deed_on(context, run.head)
        return [(name, ref) for ref in refs]
    announced = context.text.startswith(_ANNOUNCING, run.link.head_end)
    if len(refs) == 1 and run.link.each is None:
        return [(full_name(context, run.head, figures.unit[refs[0]], announced=announced), refs[0])]
    names = dealt(context, run.head, run.figures, run.link.each)
    return [(full_name(context, name, figures.unit[ref], announced=announced), ref) for name, ref in names]


def _unnamed_level(context: Context, figures: Figures, run: Run, before: Run | None) -> list[tuple[str, int]]:
    """A figure without a name of its own: 增长5%，达到300亿元 gives the level of what grew."""
    refs = run.figures
    if before is not None and context.said:
        latest = context.said[-len(refs) :] if len(before.figures) == len(refs) else context.said[-1:] * len(refs)
        return [(fact.indicator, ref) for fact, ref in zip(latest, refs, strict=False)]
    if run.link.marks & LEVEL and context.text.startswith(_SUMMING, run.link.head_end) and len(context.said) > 1:
        return []  # 6.47亿元，正在审批2.24亿元，合计8.71亿元: the sum of both is neither
    if context.said:
        last = context.said[-1]
        if last.figure < 0 and run.link.marks & LEVEL and len(refs) == 1:
            last.figure = refs[0]
            return []
        if run.link.marks:
            return [(level_of(last.indicator), ref) for ref in refs]
        return []
    dwellers = _dwellers(context, figures, run)
    if dwellers:
        return dwellers
    if context.topic and run.link.marks:
        return [(context.topic, ref) for ref in refs]
    return []


def _dwellers(context: Context, figures: Figures, run: Run) -> list[tuple[str, int]]:
    """全村326户812人, 柳溪村共有230户: households and people counted directly behind a place are those who live there."""
    gap, end = run.gap, run.start
    while gap and gap[-1][1] == end and gap[-1][2] & LEVEL:
        gap, end = gap[:-1], gap[-1][0]
    if figures.unit[run.figures[0]] != "户" or not gap or gap[-1][1] != end:
        return []
    place = context.text[gap[-1][0] : end]
    if not (gap[-1][2] & PLACE or place.startswith("全")):
        return []
    whole = place if place.startswith("全") else ""
    return [(whole + _DWELLERS[figures.unit[ref]], ref) for ref in run.figures if figures.unit[ref] in _DWELLERS]


def _measures(context: Context, figures: Figures, run: Run, name: str, ref: int) -> bool:
    """Whether the figure measures what was named: a duration only where time is what was named."""
    unit = figures.unit[ref]
    at = figures.start[ref]
    if figures.dimension[ref] in _DURATIONS:
        timed = context.lexicon.ends_in(name, TIMED) or run.link.marks & (UP | DOWN)
        return bool(timed) and not run.thing
    if context.text[at] == "一" and figures.low[ref] == 1.0:
        return False
    return not (unit.startswith("大") or unit in _UNCOUNTED)
