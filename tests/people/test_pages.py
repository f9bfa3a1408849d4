"""People and posts on pages of other districts and other news, which no rule was written for: read through the whole pipeline.

A page has its persons marked: [甲|o|县委书记@430223;县长@430223@nominated] is an official with two posts, their places and what is said of
them, [乙|r] a reporter, [丙|x] anybody else.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pytest

from pipeline.contract import DATASETS
from pipeline.rulebook import load
from pipeline.stages import families, load_stages, rules_folder

STAGES = ("articles", "sentences", "context", "places", "people")
ROLES = {"o": "official", "r": "reporter", "x": "other"}
#: The F1 that each page must reach: names, names with roles, names with titles, titles with places and status.
LEAST = {"county": (0.95, 0.95, 0.99, 0.99), "news": (0.99, 0.99, 0.99, 0.99)}


class Marked(NamedTuple):
    """A page without its marks, and what they say."""

    text: str
    names: set[tuple[int, int]]
    roles: set[tuple[int, int, str]]
    titles: set[tuple[int, str]]
    posts: set[tuple[int, str, str | None, str]]


def marked(page: str) -> Marked:
    found = Marked("", set(), set(), set(), set())
    text = ""
    for n, piece in enumerate(re.split(r"\[(.*?)\]", page)):
        if n % 2:
            name, role, posts = [*piece.split("|"), ""][:3]
            start, end = len(text), len(text) + len(name)
            found.names.add((start, end))
            found.roles.add((start, end, ROLES[role]))
            for post in filter(None, posts.split(";")):
                title, code, status = [*post.split("@"), "incumbent"][:3]
                found.titles.add((start, title))
                found.posts.add((start, title, code or None, status))
            piece = name
        text += piece
    return found._replace(text=text)


def read_page(text: str) -> Marked:
    rulebook = load(rules_folder(), families(load_stages()))
    row = {"doc_id": "p", "path": "p", "sha256": "p", "n_chars": len(text), "text": text, "status": "ok"}
    made: dict[str, pa.Table] = {"pages": DATASETS["documents"].table({name: [row.get(name)] for name in DATASETS["documents"].schema.names})}
    for stage in load_stages():
        if stage.name in STAGES:
            made.update(stage.run(made, rulebook))
    people, officials = made["people"].to_pylist(), made["officials"].to_pylist()
    return Marked(
        text,
        {(row["raw_start"], row["raw_end"]) for row in people},
        {(row["raw_start"], row["raw_end"], row["role"]) for row in people},
        {(row["raw_start"], row["title"]) for row in officials},
        {(row["raw_start"], row["title"], row["place_code"], row["status"]) for row in officials},
    )


def f1(wanted: set[tuple[object, ...]], found: set[tuple[object, ...]]) -> float:
    return 2 * len(wanted & found) / (len(wanted) + len(found))


@pytest.mark.parametrize("page", LEAST)
def test_pages(page: str) -> None:
    wanted = marked((Path(__file__).parent / "pages" / f"{page}.txt").read_text("utf-8"))
    found = read_page(wanted.text)
    reached = [f1(ours, theirs) for ours, theirs in zip(wanted[1:], found[1:], strict=True)]
    differing = {wanted.text[item[0] - 6 : item[0] + 6]: item for ours, theirs in zip(wanted[1:], found[1:], strict=True) for item in ours ^ theirs}
    assert all(score >= least for score, least in zip(reached, LEAST[page], strict=True)), (reached, differing)
