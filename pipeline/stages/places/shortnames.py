"""The short names of divisions: 永川 for 永川区, 恩施 and 恩施州 for 恩施土家族苗族自治州."""

from __future__ import annotations

import re
from functools import lru_cache

_PEOPLES = (
    "蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 "
    "土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 "
    "鄂伦春 赫哲 门巴 珞巴 基诺 各"
)

#: A people is written with 族, except the longer names, which drop it (延边朝鲜族, but 伊犁哈萨克, 内蒙古自治区).
_PEOPLE = "|".join(sorted((f"{name}族" if len(name) == 1 else f"{name}族?" for name in _PEOPLES.split()), key=len, reverse=True))
_AUTONOMOUS = re.compile(rf"^(?P<stem>.{{2,}}?)(?:{_PEOPLE})+(?P<kind>自治区|自治州|自治县|自治旗|区)$")
#: Banners and counties that are named after the people alone: 鄂温克族自治旗 is 鄂温克, 东乡族自治县 is 东乡.
_OF_A_PEOPLE = re.compile(r"^(?P<stem>鄂温克|鄂伦春|东乡)族?(?P<kind>自治旗|自治县)$")
_PLAIN = re.compile(r"^(?P<stem>.{2,}?)(?P<kind>特别行政区|自治区|自治州|自治县|自治旗|地区|新区|矿区|林区|特区|省|市|盟|州|县|区|旗)$")
_STANDS_FOR = {"自治州": "州", "自治县": "县", "自治旗": "旗"}
#: A district named after a people drops it: 管城区 for 管城回族区.
_PEOPLES_DISTRICT = re.compile(r".*族区$")

#: Districts that are named after a direction or what they are: 东区, 城区, 郊区 have no shorter name that means them.
_NO_STEM = re.compile(r"^(?:东|西|南|北|中|城|郊|矿|新|市中|城中|城东|城西|城南|城北|城关|市辖|县)$")


def short_names(name: str) -> tuple[str, ...]:
    """The shorter forms of a division's official name, the commonest first; empty where it has none (忠县, 东区)."""
    match = _OF_A_PEOPLE.match(name) or _AUTONOMOUS.match(name) or _PLAIN.match(name)
    if match is None:
        return ()
    stem, kind = match["stem"], match["kind"]
    if len(stem) < 2 or _NO_STEM.match(stem):
        return ()
    if kind == "新区" and len(stem) == 2 and stem in {"高新"}:
        return ()
    longer = "区" if _PEOPLES_DISTRICT.match(name) else _STANDS_FOR.get(kind)
    return (stem, stem + longer) if longer else (stem,)


_TOWNSHIP = re.compile(r"^(?P<stem>.{2,}?)(?P<kind>民族乡|族乡|街道|地区|苏木|嘎查|镇|乡)$")
_TOWNSHIP_PEOPLE = re.compile(rf"^(?P<stem>.{{2,}}?)(?:{_PEOPLE})+$")


@lru_cache(maxsize=65536)
def township_short_name(name: str) -> str | None:
    """塘坝 for 塘坝镇, 后坪 for 后坪苗族土家族乡; None where the name has no kind at its end."""
    match = _TOWNSHIP.match(name)
    if match is None:
        return None
    stem = match["stem"]
    if match["kind"] in ("族乡", "民族乡"):
        stem += "族" if match["kind"] == "族乡" else ""
        people = _TOWNSHIP_PEOPLE.match(stem)
        stem = people["stem"] if people else stem
    return stem
