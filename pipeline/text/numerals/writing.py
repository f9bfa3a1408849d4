"""Numbers written as Chinese texts write them: the counterpart of the reading, and what it is tested against."""

from __future__ import annotations

import re

STYLES = ("arabic", "grouped", "chinese", "spoken", "formal", "digits", "mixed")
_PLAIN_DIGITS = "零一二三四五六七八九"
_FORMAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_FORMAL_UNITS = str.maketrans("十百千", "拾佰仟")


def write(number: int, style: str = "chinese") -> str:
    """A whole number (0 ≤ number < 10¹⁶) as it is written in the given style.

    `arabic` 12345, `grouped` 12,345, `chinese` 一万二千三百四十五, `spoken` (两万五, 两百三), `formal` 壹万贰仟,
    `digits` 一二三四五, `mixed` 1万2345.
    """
    if not 0 <= number < 10**16:
        raise ValueError(f"{number} is not in 0 … 10¹⁶")
    if style == "arabic":
        return str(number)
    if style == "grouped":
        return f"{number:,}"
    if style == "digits":
        return "".join("〇一二三四五六七八九"[int(c)] for c in str(number))
    if style == "mixed":
        high, low = divmod(number, 10**8)
        # 1000亿零1: without the 零 it reads as 1000.1亿, as 3万4 is 34000.
        gap = "零" if high and 0 < low < 10 else ""
        return (_in_ten_thousands(high) + "亿" if high else "") + gap + (_in_ten_thousands(low) if low or not high else "")
    text = _chinese(number)
    if style == "chinese":
        return text
    if style == "formal":
        return "".join(_FORMAL_DIGITS[_PLAIN_DIGITS.index(c)] if c in _PLAIN_DIGITS else c for c in text).translate(_FORMAL_UNITS)
    if style == "spoken":
        text = re.sub(r"二(?=[百千万亿])(?<!十二)", "两", text)
        return re.sub(r"(?<=[百千万亿][一二三四五六七八九])([百十千])$", lambda m: "" if _droppable(text, m[1]) else m[1], text)
    raise ValueError(f"no style is called {style!r}; there are {', '.join(STYLES)}")


def _droppable(text: str, unit: str) -> bool:
    """Whether 千 may be left out of 两万五千, 百 of 三千二百 and 十 of 两百三十: it is one step below what stands before."""
    return text[-3:-2] == {"千": "万", "百": "千", "十": "百"}[unit]


def _in_ten_thousands(number: int) -> str:
    high, low = divmod(number, 10**4)
    if not high or not low:
        return f"{high}万" if high else str(low)
    return f"{high}万{'零' if low < 1000 else ''}{low}"


def _chinese(number: int) -> str:
    if number >= 10**8:
        high, low = divmod(number, 10**8)
        return _chinese(high) + "亿" + _joined(low, 10**7)
    if number >= 10**4:
        high, low = divmod(number, 10**4)
        return _chinese(high) + "万" + _joined(low, 10**3)
    out = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            out += ("" if not out and name == "十" and digit == 1 else _PLAIN_DIGITS[digit]) + name
        elif out and number % unit and not out.endswith("零"):
            out += "零"
    return out or "零"


def _joined(number: int, top: int) -> str:
    """The part after 万 or 亿: 零 where its first place is empty, 一十 in full inside a number."""
    if not number:
        return ""
    text = _chinese(number)
    text = "一" + text if text.startswith("十") else text
    return text if number >= top else "零" + text
