"""Deciding what a run of figures is: levels, changes, ranks or shares, and of what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.stages.facts import phrases
from pipeline.stages.facts.changes import basis_of, direction_of
from pipeline.stages.facts.context import Context
from pipeline.stages.facts.inputs import Figures
from pipeline.stages.facts.lexicon import Atom
from pipeline.stages.facts.links import is_change, is_origin
from pipeline.stages.facts.marks import ADVERB, BASIS, COMPARE, DOWN, EACH, FROM, LEVEL, NEEDY, PLACE, RANK, RATE, SHARE, TARGET, THAN, TIME, UP, VERB
from pipeline.stages.facts.naming import base_of, deed_on, full_name, growth_of, level_of
from pipeline.stages.facts.statement import NO_PERIOD, Fact

if TYPE_CHECKING:
    from pipeline.stages.facts.clause import Run

CHANGE_UNITS = ("%", "pp", "倍", "‰")
DURATIONS = frozenset(["天", "小时", "年", "分钟", "个月", "岁", "周", "秒", "月", "日", "个小时", "个工作日", "工作日", "星期", "周岁", "分"])
_TIMED = ("时间", "用时", "时限", "时长", "周期", "寿命", "年限", "天数", "工期", "时数", "年龄", "时效", "期限", "耗时", "学时", "日数", "岁数")
#: Classifiers of what is named, not counted: 一批项目, 民企100强, 川渝两地, 建党100周年.
_UNCOUNTED = frozenset({"系列", "批", "强", "两", "省", "地", "周年", "届", "环", "金"})
_BACK = LEVEL | SHARE | ADVERB | TIME | EACH


def place_run(context: Context, figures: Figures, atoms: list[Atom], run: Run, before: Run | None, clause_start: int) -> list[Fact]:
    """The new facts of a run; a change, rank or share of a fact already made is put into that fact."""
    unit = figures.unit[run.figures[0]]
    start = before.end if before else clause_start
    gap = phrases.inside(atoms, 0, start, run.start)
    if unit == "rank":
        return _rank(context, run, gap, start)
    comparison = _comparing(context, run, gap) if unit in CHANGE_UNITS else None
    if comparison is not None:
        return _comparison(context, figures, run, gap, start, comparison)
    ratio = _ratio(context, run, gap) if unit == "倍" else None
    if ratio is not None:
        run.head = _head_before(context, gap, start, ratio[0])
        return _change(context, figures, run, "ratio", "up")
    if context.text[run.start] == "翻":
        # 实现翻番: twice as much, said without a verb of growth.
        return _change(context, figures, run, "ratio", "up")
    target = next((atom for atom in reversed(gap) if atom[2] & TARGET), None)
    if unit == "%" and target is not None and not is_change(run.link) and target[1] >= run.link.head_end - 1:
        return _target_share(context, run, gap, start, target)
    if run.grows and not is_change(run.link):
        return _change(context, figures, run, basis_of(context, run.link, gap, unit), "up")
    share = next((atom for atom in reversed(gap) if atom[2] & SHARE), None)
    if share is not None and unit in ("%", "pp", "1"):
        return _share(context, figures, run, gap, start, share)
    if is_change(run.link) and _can_change(context, figures, run):
        return _change(context, figures, run, basis_of(context, run.link, gap, unit), direction_of(context.lexicon, run.link))
    return _level(context, figures, run, before)


def _can_change(context: Context, figures: Figures, run: Run) -> bool:
    """增加2000个就业岗位 is a deed; 增长5%, and 减少97万公顷 after a level in 公顷, are changes."""
    unit = figures.unit[run.figures[0]]
    if unit in CHANGE_UNITS:
        return True
    if run.thing:
        return False
    return bool(run.head or run.link.basis is not None or any(f.figure >= 0 and figures.unit[f.figure] == unit for f in context.said))


# --- changes -------------------------------------------------------------------------------------------------


def _change(context: Context, figures: Figures, run: Run, basis: str, direction: str | None) -> list[Fact]:
    turning = run.link.turning
    if turning is not None and not turning[2] & RATE and run.link.marks & RATE:
        # 增速比上年提高0.4个百分点: the growth of a growth is a fact of its own.
        name = run.head + "增速" if run.head else growth_of(context.said[-1]) if context.said else ""
        return [context.fact(name, "growth_of_growth", change=run.figures[0], basis=basis, direction=direction)] if name else []
    if run.head:
        return [
            context.fact(full_name(context, name, figures.unit[ref]), "change", change=ref, basis=basis, direction=direction)
            for name, ref in _dealt(context, run)
        ]
    return _change_of_last(context, figures, run, basis, direction)


def _dealt(context: Context, run: Run) -> list[tuple[str, int]]:
    """Which figure goes to which of the things the head names."""
    each = run.link.each
    count = len(run.figures)
    if each is None and count == 1:
        return [(run.head, run.figures[0])]
    head, turn, deed = run.head.partition("分别")
    names = [name + deed for name in context.lexicon.joint.members(head)] if turn and head else context.lexicon.joint.members(run.head)
    if count == 1:
        every = each is not None and context.lexicon.value(each[3], "each") == "all"
        return [(name, run.figures[0]) for name in names] if every else [(run.head, run.figures[0])]
    if len(names) != count:
        names = [run.head] * count
    return list(zip(_with_thing(context, names), run.figures, strict=True))


def _with_thing(context: Context, names: list[str]) -> list[str]:
    """新开工、竣工项目32个、15个: the deeds share the thing that stands behind the last."""
    *deeds, last = names
    size = next((n for n in (3, 2, 4) if context.lexicon.marks_of(last[:n]) & VERB), 0)
    if size == 0 or len(last) == size or not all(context.only_deed(name) for name in deeds):
        return names
    return [*(deed + last[size:] for deed in deeds), last]


def _change_of_last(context: Context, figures: Figures, run: Run, basis: str, direction: str | None) -> list[Fact]:
    targets = context.said or context.group[-1:]
    count = len(run.figures)
    each = run.link.each
    if not targets:
        name = context.topic
        return [context.fact(name, "change", change=run.figures[0], basis=basis, direction=direction)] if name else []
    if count == 1 and each is not None and context.lexicon.value(each[3], "each") == "all":
        pairs = [(fact, run.figures[0]) for fact in _all_meant(context, "")]
    else:
        pairs = list(zip(targets[-count:], run.figures, strict=False))
    made = []
    for fact, ref in pairs:
        made += _give_change(context, figures, fact, ref, basis, direction)
    return made


def _give_change(context: Context, figures: Figures, fact: Fact, ref: int, basis: str, direction: str | None) -> list[Fact]:
    """Put a change into a fact; where it has one, the percent stays and the other becomes a fact of its own."""
    if fact.change < 0 and fact.figure >= 0:
        fact.change, fact.basis, fact.direction = ref, basis, direction
        return []
    own = context.fact(fact.indicator, "change", change=ref, basis=basis, direction=direction)
    own.period, own.subject = fact.period, fact.subject
    if fact.figure >= 0 and figures.unit[ref] == "%" and figures.unit[fact.change] not in CHANGE_UNITS:
        own.change, own.basis, own.direction = fact.change, fact.basis, fact.direction
        if basis == "yoy" and fact.basis is not None:
            basis = fact.basis
        fact.change, fact.basis, fact.direction = ref, basis, direction
    return [own]


def _ratio(context: Context, run: Run, gap: list[Atom]) -> Atom | None:
    """The 是 of 是2015年的1.5倍."""
    if context.text[run.start - 1 : run.start] != "的":
        return None
    return next((atom for atom in gap if atom[2] & (THAN | LEVEL) and not atom[2] & ADVERB), None)


# --- comparisons, shares, ranks ------------------------------------------------------------------------------


def _comparing(context: Context, run: Run, gap: list[Atom]) -> Atom | None:
    """高于全市2.1个百分点, 比全省高2.1个百分点; not 比上年高, which is a change."""
    for atom in reversed(gap):
        if not atom[2] & COMPARE:
            continue
        if atom[1] - atom[0] == 1 and (atom[1] < run.start - 1 or not any(a[2] & THAN for a in gap)):
            continue
        return None if is_change(run.link) and atom[1] - atom[0] == 1 else atom
    return None


def _comparison(context: Context, figures: Figures, run: Run, gap: list[Atom], start: int, atom: Atom) -> list[Fact]:
    direction = context.lexicon.value(atom[3], "compare") or "up"
    basis = next((a for a in gap if a[2] & BASIS), None)
    than = next((a for a in gap if a[2] & THAN and a[0] < atom[0]), None)
    end = min(a[0] for a in (atom, basis, than) if a is not None)
    head = _head_before(context, gap, start, end)
    if basis is not None:
        value = context.lexicon.value(basis[3], "basis")
        if not head and context.said:
            return _give_change(context, figures, context.said[-1], run.figures[0], value, direction)
        name = head or base_of(context)
        return [context.fact(name, "change", change=run.figures[0], basis=value, direction=direction)] if name else []
    name = full_name(context, head) if head else base_of(context)
    if not head and context.said:
        last = context.said[-1]
        if figures.unit[run.figures[0]] == "pp" and last.change >= 0 and not (last.figure >= 0 and figures.unit[last.figure] == "%"):
            name = growth_of(last)
    if not name:
        return []
    against = "plan" if any(a[2] & TARGET for a in gap) else "region"
    return [context.fact(name, "comparison", change=run.figures[0], basis=against, direction=direction)]


def _head_before(context: Context, gap: list[Atom], start: int, end: int, back: int = _BACK) -> str:
    """The indicator that ends where a cue begins, less the linking words before the cue."""
    for atom in reversed(gap):
        if atom[1] == end and atom[2] & back and not atom[2] & NEEDY:
            end = atom[0]
    if end <= start:
        return ""
    return phrases.head_phrase(context.text, [a for a in gap if a[0] < end], start, end)[1]


def _all_meant(context: Context, head: str) -> list[Fact]:
    """The facts that 均 is said of: as many as the head names, else those of the clause before."""
    named = len(context.lexicon.joint.members(head)) if head else 0
    if named > 1:
        return context.said[-named:]
    return context.group if len(context.group) > 1 else context.said


def _share(context: Context, figures: Figures, run: Run, gap: list[Atom], start: int, share: Atom) -> list[Fact]:
    """民营企业进出口额…占进出口总额比重为53.5%."""
    part = _head_before(context, gap, start, share[0]) or base_of(context).partition("占")[0]
    whole = phrases.words(context.text, gap, share[1], run.link.head_end)
    if not part:
        return []
    for word in ("比重", "比例", "份额"):
        if word in whole:
            whole = whole[: whole.index(word) + len(word)]
            break
    else:
        whole += "比重"
    name = f"{part}占{whole}" if whole != "比重" else f"{part}占比"
    if is_change(run.link):
        basis = basis_of(context, run.link, gap, figures.unit[run.figures[0]])
        return [context.fact(name, "share", change=run.figures[0], basis=basis, direction=direction_of(context.lexicon, run.link))]
    return [context.fact(name, "share", figure=run.figures[0])]


def _target_share(context: Context, run: Run, gap: list[Atom], start: int, target: Atom) -> list[Fact]:
    """完成全年目标的69.91%: of the fact before it, or of what the clause names."""
    ref = run.figures[0]
    value = context.value(ref)
    head = _head_before(context, gap, start, target[0], _BACK | VERB)
    if not head and context.said:
        if context.said[-1].target_share is None:
            context.said[-1].target_share = value
            return []
        head = context.said[-1].indicator
    name = head or context.topic
    if not name:
        return []
    fact = context.fact(full_name(context, name), "target_share", figure=ref)
    fact.target_share = value
    return [fact]


def _rank(context: Context, run: Run, gap: list[Atom], start: int) -> list[Fact]:
    """增速居全市第2位: whom it is ranked among stands between the verb and the figure."""
    verb = next((atom for atom in reversed(gap) if atom[2] & RANK), None)
    place = next((atom for atom in gap if atom[2] & PLACE), None)
    if verb is None and place is not None and place[0] > start and not any(atom[2] & FROM for atom in gap):
        verb = (place[0], place[0], RANK, 0)  # 企业数全国第一: the place stands where the verb would
    scope_start = verb[1] if verb is not None else phrases.trim(context.text, [a for a in gap if not a[2] & ~ADVERB], start, run.start)
    scope = context.text[scope_start : run.start].strip(" 的、*") or context.left_scope
    context.left_scope = None
    left = next((atom for atom in reversed(gap) if atom[2] & FROM), None)
    if left is not None and (verb is None or verb[0] < left[0]):
        # 从全省第三跃居第一: the place that was left is no rank of this period.
        context.left_scope = context.text[left[1] : run.start].strip(" 的、*") or None
        context.topic = _head_before(context, gap, start, left[0]) or context.topic
        return []
    value = context.value(run.figures[0])
    head = _head_before(context, gap, start, verb[0]) if verb is not None else ""
    every = any(atom[2] & EACH for atom in gap)
    own = head and not context.lexicon.marks_of(head) & (NEEDY | RATE) and not head.endswith(("增速", "增幅"))
    if not own or (every and context.said):
        targets = _all_meant(context, head) if every else context.said[-1:]
        free = [fact for fact in targets if fact.rank is None]
        for fact in free:
            fact.rank, fact.scope = value, scope
        if free:
            return []
        head = base_of(context)
    if not head:
        return []
    fact = context.fact(head, "rank", figure=run.figures[0])
    fact.rank, fact.scope = value, scope
    return [fact]


# --- levels --------------------------------------------------------------------------------------------------


def _level(context: Context, figures: Figures, run: Run, before: Run | None) -> list[Fact]:
    last = context.said[-1] if context.said else None
    if last is not None and last.figure < 0 and not run.head and not run.thing and figures.unit[run.figures[0]] in CHANGE_UNITS:
        # 增长6%，力争8%: a second figure for the same growth.
        return [context.fact(last.indicator, "change", change=ref, basis=last.basis, direction=last.direction) for ref in run.figures]
    facts = []
    for name, ref in _named_levels(context, figures, run, before):
        if not name or not _measures(context, figures, run, name, ref):
            continue
        fact = context.fact(name, "origin" if is_origin(run.link) else "level", figure=ref)
        if is_origin(run.link):
            fact.period = NO_PERIOD
        facts.append(fact)
    return facts


def _named_levels(context: Context, figures: Figures, run: Run, before: Run | None) -> list[tuple[str, int]]:
    refs = run.figures
    if run.thing:
        deed = run.deed
        if not deed and before is not None and not run.head:
            deed = before.deed
        run.deed = deed
        lead = run.head if run.head in ("其余", "剩余", "另有") else deed
        name = run.thing + run.measure if run.measure else lead + run.thing
        if len(refs) > 1 and run.head and figures.unit[refs[0]] != figures.unit[refs[-1]]:
            return [*((run.head, ref) for ref in refs[:-1]), (name, refs[-1])]
        return [(name, ref) for ref in refs]
    if not run.head:
        return _unnamed_level(context, figures, run, before)
    if context.only_deed(run.head):
        name = deed_on(context, run.head)
        return [(name, ref) for ref in refs]
    names = _dealt(context, run)
    return [(full_name(context, name, figures.unit[ref]), ref) for name, ref in names]


def _unnamed_level(context: Context, figures: Figures, run: Run, before: Run | None) -> list[tuple[str, int]]:
    """A figure without a name of its own: 增长5%，达到300亿元 gives the level of what grew."""
    refs = run.figures
    if before is not None and context.said:
        latest = context.said[-len(refs) :] if len(before.figures) == len(refs) else context.said[-1:] * len(refs)
        return [(fact.indicator, ref) for fact, ref in zip(latest, refs, strict=False)]
    if context.said:
        last = context.said[-1]
        if last.figure < 0 and run.link.marks & LEVEL and len(refs) == 1:
            last.figure = refs[0]
            return []
        if run.link.marks:
            return [(level_of(last.indicator), ref) for ref in refs]
        return []
    if context.topic and run.link.marks:
        return [(context.topic, ref) for ref in refs]
    return []


def _measures(context: Context, figures: Figures, run: Run, name: str, ref: int) -> bool:
    """Whether the figure measures what was named: a duration only where time is what was named."""
    unit = figures.unit[ref]
    at = figures.start[ref]
    if unit in DURATIONS:
        timed = name.endswith(_TIMED) or run.link.marks & (UP | DOWN)
        return bool(timed) and not run.thing
    if context.text[at] == "一" and figures.low[ref] == 1.0:
        return False
    return not (unit.startswith("大") or unit in _UNCOUNTED)
