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
    name = formats.words["name"]
    after_role, among, after_newsroom, alone, did = _patterns(
        *(formats.words[word].pattern for word in ("names", "name", "other_name", "reporter", "newsroom"))
    )
    found = [match["names"] or match["close"] for match in after_role.finditer(byline)]
    if byline.startswith(("文/", "文：")) and not found:
        found = [byline[2:]]
    if not found and (match := did.match(byline)):
        found = [match["names"] or match["several"]]
    if found:
        return [match.group().replace(" ", "") for names in found for match in among.finditer(names)]
    if match := after_newsroom.search(byline) or alone.search(byline):
        found = [match["names"]]
    return [match.group().replace(" ", "") for names in found for match in name.finditer(names)]


def affiliation_of(byline: str, formats: Formats) -> str | None:
    """The newsroom, or the posts of the speaker, that a byline names."""
    for rule in formats.lines_like(byline) if byline else ():
        if rule.type in ("byline", "speaker") and (found := rule.pattern.match(byline)):
            named = found.groupdict().get("affiliation")
            if named and not _OWN.match(named):
                return str(named)
    inside = re.search(rf"[（ ](?P<newsroom>{formats.words['newsroom'].pattern}) ?{formats.words['reporter'].pattern}", byline)
    return inside["newsroom"] if inside and not _OWN.match(inside["newsroom"]) else None


@lru_cache(maxsize=8)
def _patterns(names: str, name: str, other: str, reporter: str, newsroom: str) -> tuple[re.Pattern[str], ...]:
    one = f"(?:{name}|{other})"
    what = "(?:/(?:文字|文|图片?|摄影?|视频))?"
    did = "(?:文|图|摄|摄影|文/图|图/文|文图|供图|撰文)"
    return (
        re.compile(rf"{reporter}(?:[ ：:/]{{1,2}}(?P<names>{one}{what}(?:[ 、，]{{1,2}}{one}{what})*)|(?P<close>{names}))"),
        re.compile(one),
        re.compile(rf"{newsroom} ?(?P<names>{names})"),
        re.compile(rf"(?:^|[（【 ])(?P<names>{names})(?= ?(?:摄|文/图|图/文|文图|供图|报道)|[）】]?$)"),
        re.compile(rf"(?P<names>{one}(?:[ 、]{one}){{0,2}}) {did}$|(?=(?:.*[ 、])?{name})(?P<several>{one}(?:[ 、]{one}){{1,2}})$"),
    )
