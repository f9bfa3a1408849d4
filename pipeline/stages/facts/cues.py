"""What a clause says, before its figures are read, of whom it speaks, when, and how surely."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left

from pipeline.stages.facts.clauses import Clause
from pipeline.stages.facts.context import Context
from pipeline.stages.facts.marks import (
    ADVERB,
    AHEAD,
    BEGINS,
    COMPARE,
    FIGURE,
    FORECAST,
    FROM,
    GOAL,
    JOIN,
    PART,
    PLACE,
    PLAN,
    REGAIN,
    SHARE,
    THAN,
    TIME,
    VERB,
)
from pipeline.stages.facts.organisations import Organisations
from pipeline.stages.facts.periods import whole_year
from pipeline.stages.facts.phrases import trim
from pipeline.stages.facts.statement import NO_PERIOD, Period, Subject
from pipeline.stages.facts.subjects import within

_LISTED = re.compile(r"(?:[、和][^，。；：、等]{2,10}){0,8}等(?![级次候])")
#: Words before a place that say where.
_WHERE = ("在", "到", "赴", "往", "于")
#: Words before a place that say with whom, and behind one that say the same or where something is sold.
_WITH = ("与", "同", "跟", "对", "向", "从", "由")
_WITH_OR_WHERE = re.compile(r"(?:东西部)?(?:协作|合作|对口|共建|结对|市场)")
_SO_FAR = ("目前", "截至目前", "截止目前", "如今", "当前", "至今")
_TILL = ("截至", "截止", "截止到", "截至到")
#: How near a time stands to another of the same statement.
_BESIDE = 12
_SHORTLY = 120
#: What may stand before a time or a place that opens a clause (到2025年, 在永川区).
_LEADING = " *　的“”到至在于自从截"
#: What the name of who did something ends in, and how long it is.
_ORGANS = tuple("局委办会厅院校站队司所社镇乡县")
_ORGAN_LENGTH = 14
#: What says of whom, when and how surely a clause speaks; what compares; and after what the clause still begins.
_CUES = TIME | PLACE | FORECAST | GOAL | AHEAD | PLAN | PART
_COMPARING = THAN | COMPARE | SHARE | FROM | REGAIN
_LED = TIME | PLACE | ADVERB | PART | FORECAST | GOAL | JOIN


def take_cues(context: Context, clause: Clause) -> int:
    """Take over the times, places and signs of planning of a clause; where its matter begins."""
    if context.lent is not None:
        context.subject, context.lent = context.lent, None
    if context.settled is not None:
        context.modality, context.settled = context.settled, None
    if clause.marks & _CUES:
        _read_cues(context, clause)
    context.opening_clause = False
    named = context.organisations
    if named is not None and context.figured and named.near(clause.start, clause.end):
        return _take_organisation(context, named, clause)
    return clause.start


def _take_organisation(context: Context, named: Organisations, clause: Clause) -> int:
    lead = trim(context.text, [atom for atom in clause.atoms if not atom[2] & PLACE], clause.start, clause.end)
    spoken_of = named.speaks_of(lead, clause.end)
    if spoken_of is None:
        return clause.start
    name, end = spoken_of
    context.subject = Subject(name, None, name)
    return end if end > lead else clause.start


def _read_cues(context: Context, clause: Clause) -> None:
    text, lexicon = context.text, context.lexicon
    figured = context.figured and bool(clause.marks & FIGURE)
    compared = False
    leading = before_figure = True
    position = clause.start
    for start, stop, mark, ref in clause.atoms:
        if leading:
            leading = start == position or not text[position:start].strip(_LEADING)
            position = stop
        if mark & FIGURE:
            before_figure = False
        elif not mark & _CUES:
            pass
        elif mark & TIME:
            opens = leading or _behind_an_organ(context, clause.start, start)
            if not compared and before_figure and (figured or (opens and not _only_begins(context, clause.end))):
                _take_time(context, ref, leading)
        elif mark & PLACE:
            if leading:
                _take_place(context, ref, start, stop, figured)
        elif mark & (FORECAST | GOAL):
            noun = lexicon.value(ref, "goal") == "noun"
            if figured or leading or noun:
                if not leading and not noun:
                    context.settled = context.modality  # 总产值预计增长6%: said of this clause alone
                context.modality = "forecast" if mark & FORECAST else "target"
        elif mark & AHEAD and any(atom[0] == stop and atom[2] & VERB for atom in clause.atoms):
            context.modality = "target"  # 计划出栏10万只, 将新建管网7477公里: the deed directly behind is yet to be done
        elif mark & PLAN:
            _take_time_within(context, start, stop)
            context.modality = "target"
            if context.article.report_year is not None and not context.planned:
                context.planned = True
                context.opening = context.carried = context.period = whole_year(context.article.report_year + 1)
        elif mark & PART:
            context.open_part()
        compared = compared or bool(mark & _COMPARING)
        leading = leading and bool(mark & _LED)


def _behind_an_organ(context: Context, start: int, end: int) -> bool:
    """县城管局7月3日起开展整治，清理摊点320处: the day stands behind who did it; the day on which 记者 learnt it does not."""
    return context.opening_clause and 2 < end - start <= _ORGAN_LENGTH and context.text.endswith(_ORGANS, start, end)


def _only_begins(context: Context, end: int) -> bool:
    """项目2016年3月开工，将新建管网12公里: when something began is not when what follows was so."""
    return context.article.report_year is None and bool(context.lexicon.ends_in(context.text[max(0, end - 4) : end], BEGINS))


def _take_time_within(context: Context, start: int, end: int) -> None:
    """今年将种植…: the words of a plan can hold its time."""
    at = bisect_left(context.times.start, start)
    if at < len(context.times.start) and context.times.end[at] <= end and context.article.report_year is None:
        _take_time(context, at, leading=False)


def _take_time(context: Context, ref: int, leading: bool) -> None:
    text, times, article = context.text, context.times, context.article
    start, first, last = times.start[ref], times.first[ref], times.last[ref]
    issued = article.issue_date
    stated = text[start : times.end[ref]]
    if first is None and last is None and stated == "全年" and context.modality != "actual" and issued is not None:
        first, last = dt.date(issued.year, 1, 1), dt.date(issued.year, 12, 31)  # 预计全年…: a year not over yet is this one
    elif times.vague[ref] or (first is None and last is None):
        if leading:
            if times.vague[ref] and not context.planned and text.startswith(_SO_FAR, start):
                context.modality = "actual"  # 今年将种植3600亩，目前已插种500亩
            context.period = NO_PERIOD  # 近年来, or a 明年 of an unknown year: at any rate not what was said before
        return
    if first is not None and issued is not None and first > issued and context.modality == "actual":
        context.modality = "target"  # what lies ahead can have been reached by nobody
    if first is not None and first == last and text[start - 1 : start] == "到":
        first = None  # 到9月底，全县有茶园36万亩: up to that day, as 截至9月底 is
    before = context.period
    until = before.last
    beside = 0 <= start - before.end <= _BESIDE and (before.first is None or text.endswith(_TILL, 0, max(0, before.start)))
    if beside and first is not None and last is not None and until is not None and first <= until <= last:
        last = until  # 截至昨天，全县今年已扑救火情9起
    context.period = Period(first, last, start, times.end[ref], stated)
    if leading and (context.opening_clause or article.report_year is None):
        _carry(context, first, last)


def _carry(context: Context, first: dt.date | None, last: dt.date | None) -> None:
    """In a report a time holds until another takes over; elsewhere the one the article opens with does."""
    if context.in_part:
        return  # 其中，6月份增长6.9%: said of the part alone
    if context.article.report_year is not None:
        if first is not None and last is not None and (last - first).days >= 170:
            context.carried = context.period
        return
    fresh = context.opening is NO_PERIOD
    if fresh:
        context.carried = context.period
    if first is None or last is None or (last - first).days < 27:
        return
    if context.beginning or (context.first_figures and fresh and _just_past(context, last)):
        context.opening = context.period  # a bulletin opens with who told it, and names its time with its first figures


def _just_past(context: Context, last: dt.date) -> bool:
    """Whether a time ended shortly before the page came out."""
    issued = context.article.issue_date
    return issued is not None and 0 <= (issued - last).days <= _SHORTLY


def _several(context: Context, ref: int) -> bool:
    """Whether the words name several places at once (川渝, 京津冀): no single code is theirs."""
    starts = context.places.start
    return starts[ref] in (starts[ref - 1] if ref else -1, starts[ref + 1] if ref + 1 < len(starts) else -1)


def _take_place(context: Context, ref: int, start: int, end: int, figured: bool) -> None:
    text, home = context.text, context.home.code
    if _LISTED.match(text, end):
        return  # 郑州等10个地市, 北京、上海等地: some of those counted, and nobody the clause is about
    if _WITH_OR_WHERE.match(text, end) and not (home is not None and context.places.code[ref] == home):
        return  # 粤桂协作引进企业5家, 京津冀市场占比: what is told is the home's
    code = context.places.code[ref] if not _several(context, ref) else None
    if home is not None and code is not None and code != home:
        inside, around = within(code, home), within(home, code)
        if not inside and not around and text[start - 1 : start] in (*_WHERE, *_WITH):
            return  # 还在西湖区开了两家店: where it was done, not who did it
        if around or (context.article.report_year is not None and not figured):
            # 全区85%的企业集聚…: a wider place, or one of which no figure is told, is spoken of in passing.
            context.lent = context.subject
    context.subject = Subject(text[start:end], code)
