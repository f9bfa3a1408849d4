"""The project's scores: perfect for gold itself, lower for every kind of mistake, and floors that only rise."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.evaluate import Floors, evaluate, measured_below, raised
from pipeline.evaluate.layout import Clusters, score_layout
from pipeline.evaluate.matching import Score, likeness, pair
from pipeline.evaluate.mentions import same_value


def test_pairing_is_one_to_one_and_spares_what_is_optional() -> None:
    score = Score()
    gold = [{"span": (0, 2)}, {"span": (5, 7)}, {"span": (9, 11), "optional": True}]
    found = [{"span": (0, 2)}, {"span": (1, 2)}, {"span": (10, 11)}]
    pair(score, "page", gold, found, lambda g, f: g["span"][0] <= f["span"][0] < g["span"][1])
    assert (score.gold, score.found, score.hit) == (2, 2, 1)
    assert score.missed == [("page", {"span": (5, 7)})]
    assert score.wrong == [("page", {"span": (1, 2)})]
    assert score.precision == score.recall == score.f1 == 0.5


def test_a_value_is_the_same_under_another_name_of_its_unit() -> None:
    assert same_value({"low": 5, "high": 5, "unit": "平方米"}, {"low": 5.0, "high": 5.0, "unit": "㎡"})
    assert not same_value({"low": 5, "high": 5, "unit": "%"}, {"low": 5.0, "high": 5.0, "unit": "pp"})
    assert not same_value({"low": 5, "high": 6, "unit": "%"}, {"low": 5.0, "high": 5.0, "unit": "%"})


def test_likeness_is_the_share_of_common_characters_in_order() -> None:
    assert likeness("研发投入", "研发 投入") == 1.0
    assert likeness("研发投入", "规上企业研发投入") == pytest.approx(2 * 4 / 12)
    assert likeness("", "研发") == 0.0


RAW = "春播顺利\n农户在田里忙\n碌了一天。\n修路完工\n新路通车。"
GOLD = [{"headline": [[0, 4]], "body": [[[5, 11], [12, 17]]]}, {"headline": [[18, 22]], "body": [[[23, 28]]]}]


def segment(kind: str, start: int, end: int, paragraph: int = 0, at: int | None = None) -> dict[str, object]:
    return {"kind": kind, "paragraph": paragraph, "start": at, "end": None, "raw_start": start, "raw_end": end}


RIGHT = [
    {"segments": [segment("headline", 0, 4), segment("body", 5, 11, at=0), segment("body", 12, 17, at=6)]},
    {"segments": [segment("headline", 18, 22), segment("body", 23, 28, at=0)]},
]
UNJOINED = [{"segments": [segment("headline", 0, 4), segment("body", 5, 11, at=0), segment("body", 12, 17, 1, at=7)]}, RIGHT[1]]
SWAPPED = [
    {"segments": [segment("headline", 18, 22), *RIGHT[0]["segments"][1:]]},
    {"segments": [segment("headline", 0, 4), segment("body", 23, 28, at=0)]},
]


@pytest.mark.parametrize(
    ("rows", "lower"),
    [
        (RIGHT, set()),
        (UNJOINED, {"articles: cut paragraphs rejoined", "articles: paragraph ends"}),
        (SWAPPED, {"articles: headline over its own text"}),
    ],
    ids=["right", "a cut left open", "headlines swapped"],
)
def test_each_mistake_of_layout_lowers_its_measure(rows: list[dict[str, object]], lower: set[str]) -> None:
    scores: dict[str, Score] = {}
    table = _Default(scores)
    clusters = Clusters()
    score_layout(table, clusters, "page", RAW, GOLD, rows)
    scores["articles: text in the right article"] = clusters.score()
    assert {name for name, score in scores.items() if score.f1 < 1} == lower


class _Default(dict[str, Score]):
    def __init__(self, store: dict[str, Score]) -> None:
        self._store = store

    def __getitem__(self, name: str) -> Score:
        return self._store.setdefault(name, Score())


def test_floors_rise_and_never_fall(tmp_path: Path) -> None:
    low, high = {"m": Score(10, 10, 5)}, {"m": Score(10, 10, 9)}
    floors = raised(raised(Floors({}), high), low)
    assert floors.values == {"m": 0.9}
    assert measured_below(floors, low) == {"m": (0.5, 0.9)}
    assert measured_below(floors, {}) == {"m": (0.0, 0.9)}
    assert not measured_below(floors, high)
    floors.write(tmp_path / "floors.json")
    assert Floors.read(tmp_path / "floors.json") == floors


def test_the_scores_are_those_of_the_field_scorer(seeds_outputs: Path, shared: Path, root: Path, tmp_path: Path) -> None:
    """Differential: an independent scorer, where it is present, gives the same numbers."""
    target = tmp_path / "scores.json"
    command = [sys.executable, str(shared / "gold" / "score.py"), "--outputs", str(seeds_outputs)]
    command += ["--pages", str(shared / "seeds"), "--gold", str(shared / "gold"), "--json", str(target)]
    subprocess.run(command, check=True, capture_output=True)
    theirs = {name: row["f1"] for name, row in json.loads(target.read_text("utf-8")).items()}
    ours = {name: score.f1 for name, score in evaluate(seeds_outputs, root / "tests" / "gold").scores.items()}
    assert ours == pytest.approx(theirs)
