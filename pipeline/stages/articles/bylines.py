"""Who is named in a byline."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.stages.articles.families import Formats

#: 本报 is whatever the newspaper is called, and names nobody.
_OWN = re.compile(r"^本[报台网刊]")
_WITHIN = re.compile(r"[ 、，]{1,2}")


def names_of(byline: str, formats: Formats) -> list[str]:
    """The people a byline names, spaces inside their names removed."""
    after_role, after_newsroom, alone = _patterns(*(formats.words[word].pattern for word in ("names", "reporter", "newsroom")))
    found = [match["names"] for match in after_role.finditer(byline)]
    if not found and (match := after_newsroom.search(byline) or alone.search(byline)):
        found = [match["names"]]
    name = formats.words["name"]
    return [match.group().replace(" ", "") for names in found for match in name.finditer(names)]


def affiliation_of(byline: str, formats: Formats) -> str | None:
    """The newsroom, or the posts of the speaker, that a byline names."""
    for rule in formats.lines:
        if rule.type in ("byline", "speaker") and (found := rule.pattern.match(byline)):
            named = found.groupdict().get("affiliation")
            if named and not _OWN.match(named):
                return str(named)
    inside = re.search(rf"[（ ](?P<newsroom>{formats.words['newsroom'].pattern}) ?{formats.words['reporter'].pattern}", byline)
    return inside["newsroom"] if inside and not _OWN.match(inside["newsroom"]) else None


@lru_cache(maxsize=8)
def _patterns(names: str, reporter: str, newsroom: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    return (
        re.compile(rf"{reporter}[ ：:/]{{0,2}}(?P<names>{names})"),
        re.compile(rf"{newsroom} ?(?P<names>{names})"),
        re.compile(rf"(?:^|[（【 ])(?P<names>{names})(?= ?(?:摄|文/图|图/文|文图|供图|报道)|[）】]?$)"),
    )
