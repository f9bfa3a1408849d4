"""A corpus of any size: the pages given, again and again, each copy with other numbers, names and places."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

#: Numbers that are no part of a date, which would make a page contradict itself.
_NUMBER = re.compile(r"(?<![\d.年月日号版])[1-9]\d*(?![\d年月日号版])")
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华文玉建国春兰志远海峰雪梅晓东小红立新"


@dataclass(frozen=True)
class Template:
    """A page with the surfaces that each copy has others for."""

    text: str
    people: tuple[str, ...]
    places: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Template:
        from pipeline.runner import explain

        tables = explain(text)
        people = {name for name in tables["people"]["text"].to_pylist() if 2 <= len(name) <= 3}
        rows = tables["places"].select(["text", "level"]).to_pylist()
        places = {row["text"] for row in rows if row["level"] in ("county", "township") and len(row["text"]) >= 3}
        return cls(text, tuple(sorted(people)), tuple(sorted(places)))

    def copy(self, draw: random.Random, names: Sequence[str]) -> str:
        """The page with other figures, people and places."""
        others = {name: draw.choice(_SURNAMES) + "".join(draw.choice(_GIVEN) for _ in name[1:]) for name in self.people}
        others |= {place: draw.choice(names) for place in self.places}
        text = self.text
        if others:
            longest_first = sorted(others, key=lambda surface: -len(surface))
            text = re.sub("|".join(map(re.escape, longest_first)), lambda found: others[found[0]], text)
        return _NUMBER.sub(lambda found: str(draw.randrange(10 ** (len(found[0]) - 1), 10 ** len(found[0]))), text)


def copies(pages: Sequence[Path], times: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Names and texts of `times` copies of the pages; the first are the pages themselves."""
    from pipeline.runner.plan import Plan
    from pipeline.stages import rules_folder

    gazetteer = Plan(Path(), rules_folder()).rulebook()["places"].gazetteer
    names = sorted({place.name for place in gazetteer.current.values() if place.level == "county" and 3 <= len(place.name) <= 5})
    templates = [(path.stem, Template.of(path.read_text("utf-8"))) for path in pages]
    draw = random.Random(seed)
    for n in range(times):
        for name, template in templates:
            yield f"{n // 100:03d}/{n:05d}_{name}.txt", template.copy(draw, names) if n else template.text
