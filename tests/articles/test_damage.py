"""Pages broken as exports break them come back whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from pipeline.stages.articles import Rules
from tests.articles import damage
from tests.articles.damage import Damaged
from tests.articles.more_stories import ALL_STORIES
from tests.articles.restored import restored

#: Pages of each shape.
PAGES = 100


@dataclass(frozen=True)
class Least:
    """What must come back of the pages of one shape, and on how many of them at most two paragraphs may be joined wrongly."""

    paragraphs: float
    false: float
    headlines: float
    under: float
    grouped: float


# paragraphs, pages with a false joint, headlines, headlines over their own text, paragraphs grouped
LEAST = {
    "lay_out": Least(0.98, 0.0, 0.99, 0.99, 0.985),
    "adorn": Least(0.97, 0.02, 0.98, 0.97, 0.97),
    "scatter": Least(0.95, 0.0, 0.99, 0.97, 0.93),
    "stack": Least(0.98, 0.0, 0.89, 0.88, 0.93),
    "hang": Least(0.98, 0.01, 0.98, 0.98, 0.98),
    "weave": Least(0.86, 0.02, 0.99, 0.87, 0.81),
    "illustrate": Least(0.99, 0.0, 0.99, 0.99, 0.99),
    "mark": Least(0.96, 0.0, 0.93, 0.9, 0.96),
    "confer": Least(0.96, 0.0, 0.99, 0.96, 0.98),
}


def test_stories_are_what_they_should_be() -> None:
    assert len(ALL_STORIES) >= 25
    assert len({story.headline for story in ALL_STORIES}) == len(ALL_STORIES)


@pytest.mark.parametrize("shape", LEAST)
def test_pages_are_put_together(shape: str, rules: Rules, record_property: Callable[[str, object], None]) -> None:
    result = restored(getattr(damage, shape), range(PAGES), rules)
    record_property("restored", str(result))
    least = LEAST[shape]
    assert result.paragraphs >= least.paragraphs
    assert result.pages_with_false_joints <= least.false
    assert result.headlines >= least.headlines
    assert result.under_their_headline >= least.under
    assert result.grouped >= least.grouped
    assert result.subheads >= 0.9


@pytest.mark.parametrize("shape", LEAST)
def test_damage_is_the_same_every_time(shape: str) -> None:
    make: Callable[[int], Damaged] = getattr(damage, shape)
    assert make(7) == make(7)
    assert make(7).text != make(8).text
