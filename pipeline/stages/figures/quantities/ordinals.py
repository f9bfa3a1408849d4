"""第N: a place in a ranking, or an ordinal."""

from __future__ import annotations

import re

from pipeline.stages.figures.quantities.compiled import Unit
from pipeline.stages.figures.quantities.reader import Reader
from pipeline.stages.figures.quantities.units import HAN
from pipeline.text.numerals import Numeral

RANK = Unit("rank", "rank", "quantities/rank")
#: What stands before 第 where a clause ranks: 居全省第一, 增速第2.
_RANKS = re.compile(
    r"(?:[居列排位]|排名|名次|获|夺得|拿下|跃升|跃居|升至|升到|进至|进位|[省市区县州旗国]|全球|世界|亚洲|西部|中部|东部|东北|西北|西南|地区|同类|方阵|保持|均|为|前移至|提升至|上升至)(?:了|到|至|为)?\Z"
    r"|(?:位[居列]|名列|跻身|进入|入围|挺进|闯进|排名?|稳居|高居|跃居|跃升|荣登|雄踞|夺得|斩获|获得?|列|居)[^，。；、：！？\n]{1,12}\Z"
)
#: How far before the ordinal the word that ranks may stand: 位居全省果品类第一.
_REACH = 16


def settle(reader: Reader, start: int, stop: int, number: Numeral) -> int:
    """Settle the number after 第."""
    begin = start - 1
    found = reader.unit_at(stop)
    end = stop if found is None else found[1]
    surface = reader.text[stop:end]
    if surface == "位" and reader.text[begin - 1 : begin] in ("在", "于", "到"):
        return reader.ordinal(begin, stop, end, number)  # 把安全放在第一位
    if surface in ("位", "名", "大") or (found is None and ranks(reader.text, begin, stop)):
        return reader.quantity(begin, stop, end, number, RANK, hedge="")
    return reader.ordinal(begin, stop, end, number)


def ranks(text: str, begin: int, stop: int) -> bool:
    """Whether a number that begins with 第 or 前 at `begin` is a place in a ranking."""
    following = text[stop : stop + 1]
    if HAN.match(following) and following not in "的且和":
        return False
    return _RANKS.search(text, max(0, begin - _REACH), begin) is not None
