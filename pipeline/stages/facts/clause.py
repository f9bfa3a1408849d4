"""One clause: its runs of figures, what each is, and the facts they make."""

from __future__ import annotations

from pipeline.stages.facts import goals, growth, levels, standing
from pipeline.stages.facts.changes import basis_of, direction_of
from pipeline.stages.facts.context import Context
from pipeline.stages.facts.inputs import COUNTED, Figures
from pipeline.stages.facts.lexicon import Atom
from pipeline.stages.facts.links import is_change
from pipeline.stages.facts.marks import AFTER, PULL, REGAIN, SHARE, TARGET
from pipeline.stages.facts.phrases import head_before, inside
from pipeline.stages.facts.runs import Run, read_run, runs_of
from pipeline.stages.facts.statement import Fact
from pipeline.stages.facts.subjects import deal_to_places


def read_clause(context: Context, figures: Figures, atoms: list[Atom], start: int, end: int) -> list[Fact]:
    """The facts of a clause that holds figures."""
    made: list[Fact] = []
    floor = start
    before: Run | None = None
    runs = runs_of(context.text, atoms)
    context.in_turn = []
    context.reached = None
    for n, indexes in enumerate(runs):
        until = _next_matter(figures, atoms, runs, n, end)
        run = read_run(context, figures, atoms, indexes, floor, until, end)
        if run is None:
            continue
        run.more = len(runs) - n - 1
        new = _place_run(context, figures, atoms, run, before, start)
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
    if following < len(runs) and figures.dimension[atoms[last][3]] in COUNTED:
        first = runs[following][0]
        bounded = first + 1 < len(atoms) and atoms[first + 1][0] == atoms[first][1] and bool(atoms[first + 1][2] & AFTER)
        if bounded and first == last + 1 and atoms[first][0] == atoms[last][1] and figures.dimension[atoms[first][3]] not in COUNTED:
            following += 1
    return atoms[runs[following][0]][0] if following < len(runs) else end


def _place_run(context: Context, figures: Figures, atoms: list[Atom], run: Run, before: Run | None, clause_start: int) -> list[Fact] | None:
    """The new facts of a run; a change, rank or share of a fact already made is put into that fact."""
    unit = figures.unit[run.figures[0]]
    start = before.end if before else clause_start
    gap = inside(atoms, 0, start, run.start)
    if unit == "rank":
        return standing.rank(context, run, gap, start)
    if standing.shifts(run, gap, unit):
        return []
    goal = goals.goal(context, figures, run, gap)
    if goal is not None:
        return goal
    if unit == "%" and goals.reached_of_goal(context, run):
        return []
    comparison = standing.comparing(context, run, gap, unit)
    if comparison is not None:
        return standing.comparison(context, figures, run, gap, start, comparison)
    ratio = growth.ratio_word(context, run, gap) if unit == "倍" else None
    if ratio is not None:
        run.head = head_before(context.text, gap, start, ratio[0])
        return growth.changes(context, figures, run, "ratio", "up")
    if context.text[run.start] == "翻":
        # 实现翻番: twice as much, said without a verb of growth.
        return growth.changes(context, figures, run, "ratio", "up")
    pull = next((atom for atom in gap if atom[2] & (PULL | REGAIN)), None) if unit in ("%", "pp") else None
    if pull is not None:
        return standing.pulled(context, run, gap, start, pull)
    target = _last(gap, TARGET) if unit == "%" and not is_change(run.link) else None
    if target is not None and target[1] >= run.link.head_end - 1:
        return goals.target_share(context, run, gap, start, target)
    if run.grows and not is_change(run.link):
        return growth.changes(context, figures, run, basis_of(context, run.link, gap, unit), "up")
    share = _last(gap, SHARE) if unit in ("%", "pp", "1") else None
    if share is not None:
        return standing.share(context, figures, run, gap, start, share)
    if is_change(run.link) and growth.can_change(context, figures, run):
        return growth.changes(context, figures, run, basis_of(context, run.link, gap, unit), direction_of(context.lexicon, run.link))
    return levels.levels(context, figures, run, before)


def _last(atoms: list[Atom], mark: int) -> Atom | None:
    return next((atom for atom in reversed(atoms) if atom[2] & mark), None)
