"""An indicator's full name, where the words at the figure say only part of it."""

from __future__ import annotations

import re

from pipeline.stages.facts.context import Context
from pipeline.stages.facts.inputs import COUNTED
from pipeline.stages.facts.lexicon import Atom
from pipeline.stages.facts.marks import MEASURE, NEEDY, OWNED, PORTION, VERB
from pipeline.stages.facts.statement import Fact

_ANNOUNCING = ("完成", "实现")
#: Who has a revenue, an investment, a profit of their own.
_OWNERS = ("企业", "公司", "项目", "工程", "园区", "基地", "合作社", "产业", "游客", "景区")
#: What a deed brings forth: after 普通高中招生, 在校生 is of 普通高中.
_YIELDED = frozenset({"在校生", "毕业生", "产量", "总产量", "单产", "面积"})
#: Endings of names of groups of firms, people and goods; a sum of money cannot be counted in them.
_BARE = ("企业", "业", "产品", "居民", "人员", "住宅", "办公楼", "商业营业用房", "类", "公司", "机构", "单位", "个人")
_MEASURED = frozenset({"CNY", "USD", "%", "吨", "千瓦时", "平方米"})
_EXTREME = re.compile(r"(?:单日|当日|日)?最[高低多少大小](?!人民|法院|检察|生活|工资|标准|限度)")
_MEASURING = ("额", "量", "率", "值", "速", "长", "宽", "价")
#: What a count just told is called when it is spoken of again.
_COUNTING = ("人数", "户数", "件数", "数量", "数")
_RATES = ("增速", "降幅")
_TRADE = (("进出口总额", "{}额"), ("进出口额", "{}额"), ("进出口总值", "{}额"), ("进出口", "{}"))
_OF_TRADE = {"出口": "出口", "出口额": "出口", "出口总额": "出口", "进口": "进口", "进口额": "进口", "进口总额": "进口"}


def base_of(context: Context) -> str:
    """What the sentence named last: its last fact's indicator, else the topic of a clause without figures."""
    if context.told:
        return context.told[-1].indicator
    return context.topic


def said_last(context: Context) -> str:
    """The last fact's indicator, where it is short enough to be part of another's name; a share is of something, and nothing is of a share."""
    name = ""
    for fact in reversed(context.said):
        if fact.rule not in ("comparison", "growth_of_growth", "share") and not context.lexicon.ends_in(fact.indicator, PORTION):
            name = fact.indicator
            break
    return name if len(name) <= 14 else ""


def named_again(context: Context, head: str) -> list[Fact]:
    """The levels just told that a head speaks of again, one for each thing it names: 获奖数 after 获奖11件; 面积、产量 after both."""
    again: list[Fact] = []
    if not any(fact.figure >= 0 for fact in context.told):
        return again
    for name in context.lexicon.joint.members(head):
        fact = next((fact for fact in reversed(context.told) if fact.figure >= 0 and _speaks_of(context, name, fact)), None)
        if fact is None:
            return []
        again.append(fact)
    return again


def _speaks_of(context: Context, name: str, fact: Fact) -> bool:
    if fact.indicator.endswith(name):
        return True
    ending = next((word for word in _COUNTING if name.endswith(word)), "")
    if not ending or context.figures.dimension[fact.figure] not in COUNTED or fact.indicator.startswith(("新增", "净增")):
        return False
    stem = name.removesuffix(ending)
    if len(stem) < 2:
        return not stem and fact is context.told[-1]
    letters = iter(fact.indicator)
    return all(letter in letters for letter in stem)  # 获奖数 after 获省级奖9项


def full_name(context: Context, head: str, unit: str = "", *, announced: bool = False) -> str:
    """The head, with what it is of where alone it says too little (总数, 出口, 投产); `announced` where 完成 or 实现 leads to the figure."""
    whole = context.whole.indicator if context.in_part and context.whole is not None else ""
    if head in _OF_TRADE and whole:
        for name, form in _TRADE:
            if name in whole:
                return whole.replace(name, form.format(_OF_TRADE[head]))
    mark = context.lexicon.marks_of(head)
    if head.startswith(_ANNOUNCING) and context.lexicon.marks_of(head[2:]) & NEEDY:
        # 完成投资 after 项目 is the projects'; elsewhere 投资 alone would say too little, and 产值 says enough.
        base = said_last(context)
        if base.endswith(("项目", "工程")):
            return joined(context, base, head[2:])
        return head if head.startswith("完成") else head[2:]
    if mark & OWNED and not said_last(context).endswith(_OWNERS):
        return head
    if mark & (NEEDY | PORTION):
        base = base_of(context) if mark & PORTION else said_last(context)
        if whole and len(context.said) == context.part_begins:
            base = whole
        return joined(context, base, head) if base else head
    if whole and head in context.lexicon.joint.siblings:
        return head + whole.removeprefix("全体").removeprefix("全国").removeprefix("城乡")
    return head + _measure_of_last(context, head, unit, announced)


def extreme_of(context: Context, head: str) -> str:
    """最高的村达到230万元: the most of what was just told."""
    match = _EXTREME.match(head) if "最" in head else None
    base = said_last(context) if match is not None else ""
    return match[0] + base if match is not None and base else ""


def _measure_of_last(context: Context, head: str, unit: str, announced: bool) -> str:
    """国有企业利润200亿元；私营企业230亿元: the second leaves out what the first has said; so does 沿海港口完成3亿吨 after 吞吐量."""
    last = context.told[-1] if context.told else context.group[-1] if announced and context.group else None
    if unit == "%" and context.in_part and context.whole is not None:
        last = context.whole
    elif last is None or context.unit_of(last) != unit:
        return ""
    if unit not in _MEASURED or not (head.endswith(_BARE) or announced) or context.lexicon.ends_in(head, NEEDY | MEASURE | PORTION):
        return ""
    for size in range(min(6, len(last.indicator) - 2), 1, -1):
        tail = last.indicator[-size:]
        mark = context.lexicon.marks_of(tail)
        if mark & (NEEDY | MEASURE) and not mark & PORTION and not tail.endswith("率") and not head.endswith(tail):
            return tail
    return ""


def deed_on(context: Context, deed: str) -> str:
    """开工8个、投产2个: the second deed was done to the first one's thing."""
    thing = said_last(context)
    thing = without_deeds(context, thing.removesuffix(context.lexicon.measure_at_end(thing)))
    measures = thing.endswith(_MEASURING)  # 设计时速60公里，总投资3亿元: whatever it was invested in, no speed
    return thing + deed if len(thing) > 1 and not measures and not thing.startswith(("每", "一")) else deed


def joined(context: Context, base: str, head: str) -> str:
    """新增科技型企业 and 总数 is 科技型企业总数; 小麦产量 and 面积 is 小麦面积."""
    if base.endswith(head):
        return base
    base = base.removeprefix("年产").removeprefix("日产")
    if context.lexicon.marks_of(head) & PORTION:
        return base + head
    thing = base
    for size in range(min(6, len(base) - 2), 1, -1):
        if context.lexicon.marks_of(base[-size:]) & NEEDY:
            thing = base[:-size]
            break
    else:
        for word in ("新增", "净增", "新"):
            if base.startswith(word) and head.startswith("总"):
                thing = base[len(word) :]
                break
    if context.lexicon.marks_of(thing) & VERB:
        return head  # 播种面积, and 总产量: nothing is named but a deed
    if thing is base and base.endswith(_MEASURING):
        return head  # 油气产量当量 and 产值: another measure of who knows what
    if head in _YIELDED and len(thing) > 3 and context.lexicon.marks_of(thing[-2:]) & VERB:
        thing = thing[:-2]  # 普通高中招生 and 在校生 is 普通高中在校生
    if head.startswith(thing):
        return head
    for size in range(min(len(thing), len(head)) - 1, 0, -1):
        if thing.endswith(head[:size]):
            # 基本医保参保 and 参保率 is 基本医保参保率.
            return thing + head[size:]
    return thing + head


def without_deeds(context: Context, phrase: str) -> str:
    """A phrase less the deed at its beginning or end."""
    for size in (4, 3, 2):
        if len(phrase) > size and context.lexicon.marks_of(phrase[-size:]) & VERB:
            return phrase[:-size]
    for size in (4, 3, 2):
        if len(phrase) > size and context.lexicon.marks_of(phrase[:size]) & VERB:
            return phrase[size:]
    return phrase


def level_of(indicator: str) -> str:
    """新增移动电话用户…，达到1.1亿户: what is reached is the stock, not the addition."""
    for word in ("新增", "净增"):
        if indicator.startswith(word):
            return indicator[len(word) :]
    return indicator


def growth_of(fact: Fact, rate: str = "up") -> str:
    """The name of a fact's rate of growth; 降幅收窄 is told of the rate of decline."""
    return named_growth(fact.indicator, rate)


def named_growth(name: str, rate: str) -> str:
    return name if name.endswith(_RATES) else name + ("降幅" if rate == "down" else "增速")


def dealt(context: Context, head: str, figures: list[int], each: Atom | None) -> list[tuple[str, int]]:
    """Which figure goes to which of the things the head names."""
    count = len(figures)
    if each is None and count == 1:
        return [(head, figures[0])]
    things, turn, deed = head.partition("分别")
    joint = context.lexicon.joint
    names = [name + deed for name in joint.members(things)] if turn and things else joint.members(head)
    if count == 1:
        every = each is not None and context.lexicon.value(each[3], "each") == "all"
        return [(name, figures[0]) for name in names] if every else [(head, figures[0])]
    if len(names) != count or (each is None and len({context.figures.unit[ref] for ref in figures}) == count > 1):
        names = [head] * count
    return list(zip(_sharing_thing(context, names), figures, strict=True))


def _sharing_thing(context: Context, names: list[str]) -> list[str]:
    """新开工、竣工项目32个、15个: the deeds share the thing that stands behind the last."""
    *deeds, last = names
    size = next((n for n in (3, 2, 4) if context.lexicon.marks_of(last[:n]) & VERB), 0)
    if size == 0 or len(last) == size or not all(context.only_deed(name) for name in deeds):
        return names
    return [*(deed + last[size:] for deed in deeds), last]
