"""What was to be reached, and how much of it has been."""

from __future__ import annotations

from pipeline.stages.facts.context import Context
from pipeline.stages.facts.inputs import Figures
from pipeline.stages.facts.lexicon import Atom
from pipeline.stages.facts.marks import LEVEL, SHARE, TARGET, THAN, VERB
from pipeline.stages.facts.naming import full_name
from pipeline.stages.facts.phrases import BACK, head_before, trim
from pipeline.stages.facts.runs import Run
from pipeline.stages.facts.statement import Fact

#: How far behind a figure the word may stand that makes a goal of it (3.5%的控制目标).
_NEAR = 10


def goal(context: Context, figures: Figures, run: Run) -> list[Fact] | None:
    """完成年目标任务12500人的98.5%, 超额完成40所的年度目标任务, 低于3.5%的控制目标: the figure is what was to be reached."""
    text, ref = context.text, run.figures[-1]
    end = figures.end[ref]
    of_it = text[end : end + 1] == "的"
    if not of_it and not run.gap_marks & TARGET:
        return None
    last = context.told[-1] if context.told else None
    if last is None or context.unit_of(last) != figures.unit[ref]:
        return None
    directly = bool(run.gap) and bool(run.gap[-1][2] & TARGET) and run.gap[-1][1] == run.start
    behind = of_it and bool(context.lexicon.ends_in(_words_behind(text, end + 1), TARGET))
    if not (behind or (directly and (of_it or run.gap_marks & THAN))):
        return None
    fact = context.fact(last.indicator, "level", figure=ref)
    fact.modality = "target"
    context.reached = last
    return [fact]


def _words_behind(text: str, start: int) -> str:
    """What stands behind a figure up to the next sign."""
    end = start
    while end < len(text) and end - start < _NEAR and text[end].isalpha():
        end += 1
    return text[start:end]


def reached_of_goal(context: Context, run: Run) -> bool:
    """12500人的98.5%: how much of the goal just told has been reached."""
    if context.reached is None or context.text[run.start - 1 : run.start] != "的":
        return False
    context.reached.target_share = context.value(run.figures[0])
    return True


def target_share(context: Context, run: Run, target: Atom) -> list[Fact]:
    """完成全年目标的58.4%: of the fact before it, or of what the clause names; 分别完成105.9%、115% of the last two."""
    ref, gap = run.figures[0], run.gap
    head = head_before(context.text, gap, run.floor, target[0], BACK | VERB)
    opening = trim(context.text, gap, run.floor, target[0])
    if context.said and any(atom[0] in (run.floor, opening) and atom[2] & (LEVEL | SHARE) for atom in gap):
        head = ""  # 完成县下达任务的98.7%, 为年度预算的78%: what opens with the verb speaks of what was said before it
    if not head and context.said:
        said = [fact for fact in context.said if fact.figure >= 0] or context.said  # no second change of a level has a goal of its own
        free = [fact for fact in said[-len(run.figures) :] if fact.target_share is None]
        if len(free) == len(run.figures):
            for fact, share in zip(free, run.figures, strict=True):
                fact.target_share = context.value(share)
            return []
        head = context.said[-1].indicator
    name = head or context.topic
    if not name:
        return []
    fact = context.fact(full_name(context, name), "target_share", figure=ref)
    fact.target_share = context.value(ref)
    return [fact]
