"""The slots of rule patterns ({year}, {month}, …) and the numbers written in them."""

from __future__ import annotations

import re

VALUES = {
    **{digit: value for value, digit in enumerate("零一二三四五六七八九")},
    **dict.fromkeys("〇○Oo0", 0),
    **{"两": 2, "廿": 20, "卅": 30, "元": 1, "正": 1, "冬": 11, "腊": 12},
}

#: What each slot stands for. A slot never begins inside a longer number; `fill` sees to that.
SLOTS = {
    "year": "(?:1[89]|2[01])[0-9]{2}|[一二][〇零○Oo0一二三四五六七八九]{3}|[两二]千零(?:[一二]?十)?[一二三四五六七八九]",
    "ancient_year": "1(?:[0-7][0-9]|8[0-4])[0-9]",
    "early_year": "[1-9][0-9]{2}",
    "any_year": "[0-9]{1,4}|[一二三四五六七八九十百]{1,6}",
    "short_year": "[0-9]{2}",
    "spelt_year": "[〇零五六七八九][〇零一二三四五六七八九]|[一二][〇零四五六七八九]",
    "month": "1[0-2]|0?[1-9]|十[一二]?|[元一二三四五六七八九]",
    "day": "3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二三四五六七八九]",
    "n": "[1-9][0-9]{0,2}|[二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九]",
    "quarter": "[1-4一二三四]",
    "few": "[1-4一二两三四]",
    "lunar_month": "正|冬|腊|十[一二]?|[一二三四五六七八九]",
    "lunar_day": "三十|二十[一二三四五六七八九]?|廿[一二三四五六七八九]?|十[一二三四五六七八九]|初?(?:十|[一二三四五六七八九])",
    "plan": "二?十[一二三四五六七八九]?|[一二三四五六七八九]",
    "decade": "[0-9]0|[一二三四五六七八九]十",
    "late_decade": "[5-9]0|[五六七八九]十",
    "century": "[12][0-9]|二?十[一二三四五六七八九]?",
    "hour": "2[0-4]|[01]?[0-9]|二十[一二三四]?|十[一二三四五六七八九]?|[零一二两三四五六七八九]",
    "minute": "[0-5]?[0-9]|[二三四五]?十[一二三四五六七八九]?|零?[一二三四五六七八九]",
    "weekday": "[一二三四五六日天]",
    "count": "[0-9]{1,3}|[一二三四五六七八九十百]{1,5}",
    "quote": "[“”\"'‘’「」『』《》〈〉〝〞]",
}
_SLOT = re.compile(r"\{([a-z_]+)\}")
_SPACE = re.compile(r" \??")
_QUIET = {"quote"}


def fill(form: str, *, capture: bool = False) -> str:
    """The pattern with its slots written out; a space means an optional one."""

    def slot(match: re.Match[str]) -> str:
        name = match[1]
        if name not in SLOTS:
            return match[0]
        body = SLOTS[name]
        return f"({body})" if capture and name not in _QUIET else f"(?:{body})"

    return _SPACE.sub("[ ]?", _SLOT.sub(slot, form))


def number(text: str) -> int:
    """The number written in a slot: digits, Chinese numerals below a thousand, or digits spelt one by one (二〇二三)."""
    if text.isdecimal():
        return int(text)
    if len(text) > 1 and not any(unit in text for unit in "初十百千廿卅"):
        return int("".join(str(VALUES[char]) for char in text))
    total = current = 0
    for char in text.lstrip("初"):
        if char == "千":
            total, current = total + (current or 1) * 1000, 0
        elif char == "十":
            total, current = total + (current or 1) * 10, 0
        elif char == "百":
            total, current = total + (current or 1) * 100, 0
        elif char in "廿卅":
            total += VALUES[char]
        else:
            current = VALUES.get(char, 7 if char in "日天" else 0)
    return total + current
