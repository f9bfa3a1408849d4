"""Articles whose figures, times and places are marked by hand, for tests of the reader alone.

In a marked text a figure is `<12亿元=1.2e9 CNY money>`, a time `<T:2022年=2022-01-01..2022-12-31>`, a place `<P:全区=500118>`.
"""

from __future__ import annotations

import datetime as dt
import re

from pipeline.rulebook import load
from pipeline.stages import rules_folder
from pipeline.stages.facts import Article, Fact, Figures, Places, Times, read
from pipeline.stages.facts.indicators import INDICATORS, Indicators
from pipeline.stages.facts.lexicon import FACTS, Lexicon

_MARK = re.compile(r"<(?:(?P<kind>[TP]):)?(?P<text>[^=<>]+)=(?P<value>[^<>]+)>")
_SENTENCE = re.compile(r"[^。\n]+。?")
_BOOK = load(rules_folder(), [INDICATORS, FACTS])


def lexicon() -> Lexicon:
    found: Lexicon = _BOOK["facts"]
    return found


def indicators() -> Indicators:
    found: Indicators = _BOOK["indicators"]
    return found


def marked(text: str, home: str | None = "500118", report_year: int | None = None) -> tuple[Article, Figures, Times, Places]:
    """The article a marked text stands for."""
    figures, times, places = Figures(), Times(), Places()
    plain = ""
    last = 0
    for match in _MARK.finditer(text):
        plain += text[last : match.start()]
        start, end = len(plain), len(plain) + len(match["text"])
        plain += match["text"]
        last = match.end()
        if match["kind"] == "T":
            first, _, final = match["value"].partition("..")
            times.start.append(start)
            times.end.append(end)
            times.first.append(_day(first))
            times.last.append(_day(final))
            times.vague.append(False)
        elif match["kind"] == "P":
            places.start.append(start)
            places.end.append(end)
            places.code.append(match["value"])
            places.level.append("county")
            places.deictic.append(match["text"].startswith("全"))
        else:
            number, unit, dimension = match["value"].split()
            figures.start.append(start)
            figures.end.append(end)
            figures.low.append(float(number))
            figures.high.append(float(number))
            figures.unit.append(unit)
            figures.dimension.append(dimension)
    plain += text[last:]
    pieces = list(_SENTENCE.finditer(plain))
    paragraphs = [plain.count("\n", 0, piece.start()) for piece in pieces]
    starts = [piece.start() for piece in pieces]
    issued = dt.date(2023, 7, 25)
    article = Article(plain, starts, ["body"] * len(pieces), paragraphs, home_code=home, issue_date=issued, report_year=report_year)
    return article, figures, times, places


def facts_of(text: str, home: str | None = "500118", report_year: int | None = None) -> tuple[list[Fact], Figures, Article]:
    article, figures, times, places = marked(text, home, report_year)
    return read(article, figures, times, places, lexicon()), figures, article


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
