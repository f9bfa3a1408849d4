"""One clause: its runs of figures, what each is, and the facts they make."""

from __future__ import annotations

from pipeline.stages.facts import goals, growth, levels, standing
from pipeline.stages.facts.changes import basis_of, direction_of
from pipeline.stages.facts.clauses import Clause
from pipeline.stages.facts.context import Context
from pipeline.stages.facts.inputs import COUNTED, Figures
from pipeline.stages.facts.lexicon import Atom
from pipeline.stages.facts.links import is_change
from pipeline.stages.facts.marks import AFTER, BASIS, COMPARE, DIFFER, PULL, REGAIN, SHARE, TARGET, THAN
from pipeline.stages.facts.phrases import head_before
from pipeline.stages.facts.runs import Run, read_run, runs_of
from pipeline.stages.facts.statement import Fact
from pipeline.stages.facts.subjects import deal_to_places


def read_clause(context: Context, figures: Figures, clause: Clause, start: int) -> list[Fact]:
    """The facts of a clause that holds figures; its matter begins at `start`."""
    made: list[Fact] = []
    atoms, end = clause.atoms, clause.end
    floor = start
    before: Run | None = None
    runs = runs_of(context.text, clause)
    context.in_turn = []
    context.reached = None
    for n, indexes in enumerate(runs):
        until = _next_matter(figures, atoms, runs, n, end) if n + 1 < len(runs) else end
        run = read_run(context, figures, atoms, indexes, floor, until, end)
        if run is None:
            continue
        run.more = len(runs) - n - 1
        new = _place_run(context, figures, run, before)
        if new is None:
            continue  # 连续10年稳定在…: the words before it belong to the next figure
        floor = run.end
        if "分别" in context.text[run.link.head_end : run.start]:
            deal_to_places(context.text, context.places, atoms, new)
        if new:
            if not made:
                context.group = []
            made.extend(new)
            context.group.extend(new)
        before = run
    return made


def _next_matter(figures: Figures, atoms: list[Atom], runs: list[list[int]], n: int, end: int) -> int:
    """Where the next run begins that is not part of what this one counts: the sum in 152个亿元以上项目竣工 is."""
    last = runs[n][-1]
    following = n + 1
    if figures.dimension[atoms[last][3]] in COUNTED:
        first = runs[following][0]
        bounded = first + 1 < len(atoms) and atoms[first + 1][0] == atoms[first][1] and bool(atoms[first + 1][2] & AFTER)
        if bounded and first == last + 1 and atoms[first][0] == atoms[last][1] and figures.dimension[atoms[first][3]] not in COUNTED:
            following += 1
    return atoms[runs[following][0]][0] if following < len(runs) else end


def _place_run(context: Context, figures: Figures, run: Run, before: Run | None) -> list[Fact] | None:
    """The new facts of a run; a change, rank or share of a fact already made is put into that fact.

    What stands before the run decides: a way of stating is tried only where the words for it are there.
    """
    unit, gap, said = figures.unit[run.figures[0]], run.gap, run.gap_marks
    if unit == "rank":
        return standing.rank(context, run)
    if standing.shifts(run, unit):
        return []
    goal = goals.goal(context, figures, run)
    if goal is not None:
        return goal
    if unit == "%" and goals.reached_of_goal(context, run):
        return []
    comparison = standing.comparing(context, figures, run, unit) if said & (COMPARE | DIFFER) else None
    if comparison is not None:
        return standing.comparison(context, figures, run, comparison)
    if said & DIFFER and said & (THAN | BASIS) and gap[-1][2] & DIFFER and gap[-1][1] == run.start:
        return []  # 比上届多400人: more than something of which nothing is told
    ratio = growth.ratio_word(context, run) if unit == "倍" else None
    if ratio is not None:
        run.head = head_before(context.text, gap, run.floor, ratio[0])
        return growth.changes(context, figures, run, "ratio", "up")
    if context.text[run.start] == "翻":
        # 实现翻番: twice as much, said without a verb of growth.
        return growth.changes(context, figures, run, "ratio", "up")
    if said & (PULL | REGAIN) and unit in ("%", "pp"):
        return standing.pulled(context, run)
    changes = is_change(run.link)
    if said & TARGET and unit == "%" and not changes:
        target = next(atom for atom in reversed(gap) if atom[2] & TARGET)
        if target[1] >= run.link.head_end - 1:
            return goals.target_share(context, run, target)
    if run.grows and not changes:
        return growth.changes(context, figures, run, basis_of(context, run.link, gap, unit), "up")
    if said & SHARE and unit in ("%", "pp", "1"):
        return standing.share(context, figures, run)
    if changes and growth.can_change(context, figures, run):
        return growth.changes(context, figures, run, basis_of(context, run.link, gap, unit), direction_of(context.lexicon, run.link))
    return levels.levels(context, figures, run, before)
