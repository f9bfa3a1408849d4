"""Chinese numerals, read and written in every style: 1,234 · 一千二百三十四 · 壹仟贰佰 · 二〇二三 · 3万4000 · 十几万 · 三四百.

Values are exact: digits are never scaled as floating numbers, so that 358.27亿 is 35827000000 and not a neighbour of it.
"""

from pipeline.text.numerals.characters import NUMERALS, Numeral
from pipeline.text.numerals.reading import read, read_prefix, scaled
from pipeline.text.numerals.writing import STYLES, write

__all__ = ["NUMERALS", "STYLES", "Numeral", "read", "read_prefix", "scaled", "write"]
