"""Scores of the layers that mark a stretch of the page: quantities, times, places, people and posts."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.evaluate.matching import Item, Score, close, day, missing, overlap, pair, solid, unit

Rows = Mapping[str, list[Item]]
Scores = dict[str, Score]


def score_mentions(scores: Scores, page: str, gold: Mapping[str, list[Item]], rows: Rows) -> None:
    """Add one page's counts to the scores of every mention layer its gold speaks of."""
    if "quantities" in gold:
        _quantities(scores, page, gold["quantities"], rows["quantities"])
    if "times" in gold:
        _times(scores, page, gold["times"], rows["times"])
    if "places" in gold:
        _places(scores, page, gold["places"], rows["places"])
    if "people" in gold:
        _people(scores, page, gold["people"], rows["people"])
        _posts(scores, page, gold["people"], rows["officials"])


def same_value(wanted: Item, found: Item) -> bool:
    return close(wanted["low"], found["low"]) and close(wanted["high"], found["high"]) and unit(wanted["unit"]) == unit(found["unit"])


def _overlaps(wanted: Item, found: Item) -> bool:
    return overlap(wanted["span"], found["span"])


def _quantities(scores: Scores, page: str, gold: list[Item], rows: list[Item]) -> None:
    found = [row for row in rows if row["dimension"] != "ordinal"]
    pair(scores["quantities: found"], page, gold, found, _overlaps)
    pair(scores["quantities: value and unit"], page, gold, found, lambda g, f: _overlaps(g, f) and same_value(g, f))


def _times(scores: Scores, page: str, gold: list[Item], found: list[Item]) -> None:
    pair(scores["times: found"], page, gold, found, _overlaps)
    dated = [{**item, "optional": item.get("optional") or item.get("vague")} for item in gold]

    def same_days(g: Item, f: Item) -> bool:
        return _overlaps(g, f) and (day(g.get("start")), day(g.get("end"))) == (day(f["start_date"]), day(f["end_date"]))

    pair(scores["times: dates"], page, dated, found, same_days)


def _places(scores: Scores, page: str, gold: list[Item], rows: list[Item]) -> None:
    # The rows of a two-place form are one mention with two codes.
    mentions: dict[tuple[int, int], Item] = {}
    for row in rows:
        if row["level"] not in ("foreign", "region"):
            mentions.setdefault(row["span"], {**row, "codes": []})["codes"].append(row["code"])
    found = [mention for mention in mentions.values() if not mention["nested"]]
    pair(scores["places: found"], page, gold, found, _overlaps)
    pair(scores["places: code"], page, gold, found, lambda g, f: _overlaps(g, f) and _codes(g["adcode"]) == _codes(f["codes"]))


def _codes(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return sorted("" if missing(code) else str(code) for code in values)


def _people(scores: Scores, page: str, gold: list[Item], found: list[Item]) -> None:
    def same_name(g: Item, f: Item) -> bool:
        return _overlaps(g, f) and solid(f["person"]) == solid(g.get("clean", g["text"]))

    pair(scores["people: name"], page, gold, found, lambda g, f: tuple(g["span"]) == f["span"] or same_name(g, f))
    pair(scores["people: name and role"], page, gold, found, lambda g, f: same_name(g, f) and f["role"] == g["role"])


def _posts(scores: Scores, page: str, gold: list[Item], found: list[Item]) -> None:
    posts = [
        {**post, "span": person["span"], "text": person["text"], "optional": post.get("optional") or person.get("optional")}
        for person in gold
        if person["role"] == "official"
        for post in person.get("posts", [])
    ]

    def same_title(g: Item, f: Item) -> bool:
        return _overlaps(g, f) and solid(f["title"]) in {solid(title) for title in (g["title"], *g.get("title_aliases", []))}

    pair(scores["officials: name and title"], page, posts, found, same_title)
    pair(
        scores["officials: with place code"],
        page,
        posts,
        found,
        lambda g, f: same_title(g, f) and (g.get("adcode") or None) == (None if missing(f["place_code"]) else f["place_code"]),
    )
