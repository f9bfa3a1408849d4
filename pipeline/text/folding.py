"""Folding one character onto another, so that whoever searches meets one spelling: length never changes.

Width (`１２％` → `12%`), the odd twins of ordinary characters that PDF exports leave behind (Kangxi radicals,
compatibility ideographs), Traditional to Simplified on pages that are Traditional, and ASCII punctuation inside
Chinese to the Chinese marks. Everything here maps a character to a character, so a position in the folded text is
a position in the raw one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

#: Share of a text's Han characters that must be written in forms no Simplified text has, for it to be Traditional.
TRADITIONAL_SHARE = 0.1

#: Full-width marks that are Chinese punctuation in their own right and stay as they are.
_CHINESE_MARKS = "！（），：；？"

#: Look-alikes with no compatibility mapping in Unicode, or one that is longer than a character.
_TWINS = {
    "\N{RATIO}": ":",
    "\N{EN DASH}": "-",
    "\N{FIGURE DASH}": "-",
    "\N{HYPHEN}": "-",
    "\N{NON-BREAKING HYPHEN}": "-",
    "\N{MINUS SIGN}": "-",
    "\N{HORIZONTAL BAR}": "—",
    "\N{BOX DRAWINGS LIGHT HORIZONTAL}": "—",
    "\N{BULLET}": "·",
    "\N{HYPHENATION POINT}": "·",
    "\N{DOT OPERATOR}": "·",
    "\N{KATAKANA MIDDLE DOT}": "·",
    "\N{WAVE DASH}": "~",
    "\N{LOW LINE}": "_",
    "\N{HALFWIDTH IDEOGRAPHIC FULL STOP}": "。",
    "\N{HALFWIDTH IDEOGRAPHIC COMMA}": "、",
    "\N{FULLWIDTH VERTICAL LINE}": "|",
    "\N{NO-BREAK SPACE}": " ",
    "\N{IDEOGRAPHIC SPACE}": " ",
    "\t": " ",
}
# Radicals that PDF fonts put in place of the character they look like (⻓江 for 长江); unlike the Kangxi
# radicals, Unicode gives these no compatibility mapping.
_TWINS |= dict(zip("⻓⻔⻘⻋⻅⻉⻛⻜⻢⻥⻦⻩⻬⻰⻚⻄⺠⻣⻤⻨⻝⻆⻁⻙⻮⻳", "长门青车见贝风飞马鱼鸟黄齐龙页西民骨鬼麦食角虎韦齿龟", strict=True))


def _width_table() -> dict[int, str]:
    table: dict[int, str] = {}
    blocks = (range(0xFF01, 0xFF5F), range(0x2F00, 0x2FD6), range(0xF900, 0xFB00), range(0x2000, 0x200B), (0x202F, 0x205F), range(0xFE50, 0xFE6C))
    for block in blocks:
        for code in block:
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and plain != chr(code) and chr(code) not in _CHINESE_MARKS:
                table[code] = plain
    table.update((ord(twin), plain) for twin, plain in _TWINS.items())
    return table


_WIDTH = _width_table()
_FOLDABLE = re.compile("[" + re.escape("".join(map(chr, _WIDTH))) + "]")

_HAN = "㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff"
HAN = f"[{_HAN}]"

_ASCII_MARK = re.compile("[,;:?!()]")
_CHINESE_MARK = dict(zip(",;:?!()", "，；：？！（）", strict=True))
_PLAIN_CHARACTERS = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")


def fold(text: str, *, traditional: bool | None = None) -> str:
    """`text` in one width, and Simplified where it is Traditional (found out unless said); same length."""
    folded = text if text.isascii() else _FOLDABLE.sub(lambda found: _WIDTH[ord(found.group())], text)
    if traditional is None:
        traditional = is_traditional(folded)
    return simplify(folded) if traditional else folded


def fold_punctuation(text: str) -> str:
    """ASCII commas, colons, brackets and the like as Chinese marks; never inside numbers or between Latin words."""
    return _ASCII_MARK.sub(_chinese_mark, text)


def _chinese_mark(found: re.Match[str]) -> str:
    """Stays as it is between ASCII letters or digits (1,100 and 8:30, http://), and between two Latin words."""
    mark, text, at = found.group(), found.string, found.end()
    if mark not in "()" and text[at - 2 : at - 1] in _PLAIN_CHARACTERS and at > 1:
        after = text[at : at + 1]
        if after in _PLAIN_CHARACTERS or after == "/" or (after == " " and text[at + 1 : at + 2].isascii() and text[at + 1 : at + 2].isalpha()):
            return mark
    return _CHINESE_MARK[mark]


def simplify(text: str) -> str:
    """Traditional to Simplified, phrase by phrase where OpenCC keeps the length, else character by character."""
    converted = _opencc().convert(text)
    if len(converted) == len(text):
        return str(converted)
    return text.translate(_simplified_by_character())


def is_traditional(text: str) -> bool:
    """Whether so many characters are written in Traditional forms that the text as a whole must be.

    A lone 鎔 or 昇 in a Simplified text is somebody's name and does not make it Traditional.
    """
    marks = len(_traditional_marks().findall(text))
    return marks > 0 and marks >= TRADITIONAL_SHARE * len(_han_pattern().findall(text))


def is_traditional_form(character: str) -> bool:
    """Whether this character is written so in Traditional texts only."""
    return _traditional_marks().match(character) is not None


@cache
def _opencc():  # type: ignore[no-untyped-def]
    import opencc  # half a second of dictionaries that most builds never need

    return opencc.OpenCC("t2s")


@cache
def _han_pattern() -> re.Pattern[str]:
    return re.compile(HAN)


@cache
def _simplified_by_character() -> dict[int, str]:
    han = [chr(code) for code in range(0x4E00, 0xA000)]
    simple = [_opencc().convert(character) for character in han]
    return {ord(character): plain for character, plain in zip(han, simple, strict=True) if plain != character and len(plain) == 1}


@cache
def _traditional_marks() -> re.Pattern[str]:
    # 於, 乾 and 後 are Traditional forms, but GB 2312 has them too: they occur in Simplified names (乾隆).
    marks = [chr(code) for code in _simplified_by_character() if not _in_gb2312(chr(code))]
    return re.compile("[" + "".join(marks) + "]")


def _in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
