"""Changes: of what the clause names, or of what was said before it."""

from __future__ import annotations

from pipeline.stages.facts.changes import UNITS
from pipeline.stages.facts.context import Context
from pipeline.stages.facts.inputs import Figures
from pipeline.stages.facts.lexicon import Atom
from pipeline.stages.facts.marks import ADVERB, LEVEL, RATE, THAN
from pipeline.stages.facts.naming import dealt, full_name, growth_of, named_again, named_growth
from pipeline.stages.facts.runs import Run
from pipeline.stages.facts.statement import Fact


def can_change(context: Context, figures: Figures, run: Run) -> bool:
    """增加2000个就业岗位 is a deed; 增长5%, and 减少97万公顷 after a level in 公顷, are changes."""
    unit = figures.unit[run.figures[0]]
    if unit in UNITS:
        return True
    if run.thing:
        return False
    return bool(run.head or run.link.basis is not None or any(f.figure >= 0 and figures.unit[f.figure] == unit for f in context.said))


def changes(context: Context, figures: Figures, run: Run, basis: str | None, direction: str | None) -> list[Fact]:
    turning = run.link.turning
    if turning is not None and not turning[2] & RATE and run.link.marks & RATE:
        # 增速比上年提高0.4个百分点: the growth of a growth is a fact of its own.
        rate = context.lexicon.value(run.link.rate[3], "rate") if run.link.rate is not None else ""
        name = named_growth(run.head, rate) if run.head else growth_of(context.told[-1], rate) if context.told else ""
        return [context.fact(name, "growth_of_growth", change=run.figures[0], basis=basis, direction=direction)] if name else []
    if run.head:
        again = named_again(context, run.head) if context.told and len(run.figures) == 1 else []
        if len(again) == 1 and again[0].change < 0 and changeable(figures, again, run.figures[0]):
            return give_change(context, figures, again[0], run.figures[0], basis, direction)
        return [
            context.fact(full_name(context, name, figures.unit[ref]), "change", change=ref, basis=basis, direction=direction)
            for name, ref in dealt(context, run.head, run.figures, run.link.each)
        ]
    return _change_of_last(context, figures, run, basis, direction)


def changeable(figures: Figures, facts: list[Fact], ref: int) -> list[Fact]:
    """The facts that a figure can be the change of: 380例，平均住院日缩短0.7天 is no change of the 380例."""
    unit, dimension = figures.unit[ref], figures.dimension[ref]
    if unit in UNITS:
        return facts
    return [fact for fact in facts if fact.figure < 0 or unit == figures.unit[fact.figure] or dimension == figures.dimension[fact.figure] != "count"]


def _change_of_last(context: Context, figures: Figures, run: Run, basis: str | None, direction: str | None) -> list[Fact]:
    named = _growing(context, figures, run) or context.group[-1:]
    targets = changeable(figures, named, run.figures[0])
    if named and not targets:
        return []
    count = len(run.figures)
    each = run.link.each
    if not targets:
        name = context.topic
        return [context.fact(name, "change", change=run.figures[0], basis=basis, direction=direction)] if name else []
    if count == 1 and each is not None and run.more and context.lexicon.value(each[3], "each") == "turn":
        context.in_turn = targets[-run.more - 1 :]
    if count == 1 and context.in_turn:
        pairs = [(context.in_turn.pop(0), run.figures[0])]
    elif count == 1 and each is not None and context.lexicon.value(each[3], "each") == "all":
        pairs = [(fact, run.figures[0]) for fact in all_meant(context, "")]
    else:
        pairs = list(zip(targets[-count:], run.figures, strict=False))
    made = []
    for fact, ref in pairs:
        made += give_change(context, figures, fact, ref, basis, direction)
    return made


def _growing(context: Context, figures: Figures, run: Run) -> list[Fact]:
    """What a change without a name of its own can be of: 占全市69.3%，同比增长5.4% is no growth of the share, which moves by points."""
    told = context.told or context.said
    if figures.unit[run.figures[0]] not in ("%", "倍"):
        return told
    return [fact for fact in told if fact.rule != "share"] or told


def give_change(context: Context, figures: Figures, fact: Fact, ref: int, basis: str | None, direction: str | None) -> list[Fact]:
    """Put a change into a fact; where it has one, the percent stays and the other becomes a fact of its own."""
    elsewhere = _of_another_place(context, fact)
    later = elsewhere or _of_another_time(context, figures, fact)
    if fact.change < 0 and fact.figure >= 0 and not later:
        fact.change, fact.basis, fact.direction = ref, basis, direction
        return []
    own = context.fact(fact.indicator, "change", change=ref, basis=basis, direction=direction)
    own.period = context.period if later else fact.period
    own.subject = context.subject if elsewhere else fact.subject
    if later:
        return [own]
    if fact.figure >= 0 and figures.unit[ref] == "%" and figures.unit[fact.change] not in UNITS:
        own.change, own.basis, own.direction = fact.change, fact.basis, fact.direction
        if basis == "yoy" and fact.basis is not None:
            basis = fact.basis
        fact.change, fact.basis, fact.direction = ref, basis, direction
    return [own]


def _of_another_place(context: Context, last: Fact) -> bool:
    """永安县产值增长5%；清河县增长3%: a place of which nothing was told in this sentence leaves out what was told of the others."""
    code = context.subject.code
    return code is not None and context.subject.text is not None and all(fact.subject.code not in (None, code) for fact in [*context.said, last])


def _of_another_time(context: Context, figures: Figures, fact: Fact) -> bool:
    """前三季度产值12亿元，其间一季度增长4.5%: a time named since the fact was told says that the change is of that time."""
    period = context.period
    stated = period.text is not None and period.start >= figures.end[fact.anchor]
    return stated and period.first is not None and (period.first, period.last) != (fact.period.first, fact.period.last)


def all_meant(context: Context, head: str) -> list[Fact]:
    """The facts that 均 is said of: as many as the head names, else those of the clause before."""
    named = len(context.lexicon.joint.members(head)) if head else 0
    if named > 1:
        return context.said[-named:]
    return context.group if len(context.group) > 1 else context.said


def ratio_word(context: Context, run: Run) -> Atom | None:
    """The 是 of 是2015年的1.5倍."""
    gap, end = run.gap, run.start
    while gap and gap[-1][1] == end and gap[-1][2] & LEVEL and not gap[-1][2] & THAN:
        gap, end = gap[:-1], gap[-1][0]  # 是最少的村的近4倍
    if context.text[end - 1 : end] != "的":
        return None
    return next((atom for atom in gap if atom[2] & (THAN | LEVEL) and not atom[2] & ADVERB), None)
