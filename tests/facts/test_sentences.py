"""What the whole pipeline makes of single sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.rulebook import load
from pipeline.runner.memory import run_in_memory, text_source
from pipeline.stages import ROOMS, families, load_stages, rules_folder

Row = dict[str, Any]
SENTENCES: list[dict[str, Any]] = yaml.load(Path(__file__).with_name("sentences.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)


@pytest.fixture(scope="module")
def facts() -> Mapping[str, list[Row]]:
    """The facts of every sentence, all read in one batch."""
    stages = load_stages([room for room in ROOMS if not room.endswith("tokens")])
    rulebook = load(rules_folder(), families(stages))
    sources = [text_source(f"s{n}", text, date="2023-07-25", place_code="500118") for n, text in enumerate(case["text"] for case in SENTENCES)]
    tables = run_in_memory(sources, stages, rulebook)
    path_of = dict(zip(tables["documents"]["doc_id"].to_pylist(), tables["documents"]["path"].to_pylist(), strict=True))
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in tables["facts"].to_pylist():
        rows[path_of[row["doc_id"]]].append(row)
    return rows


def agrees(wanted: Row, row: Row) -> bool:
    return all(_same(value, row[name]) for name, value in wanted.items())


def _same(wanted: str, found: Any) -> bool:
    if wanted == "null" or found is None:
        return wanted == "null" and found is None
    if isinstance(found, float):
        return abs(float(wanted) - found) <= 1e-9 * max(1.0, abs(found))
    return wanted == str(found)


SHOWN = (
    "text", "indicator", "indicator_id", "subject", "subject_code", "organisation", "value", "unit", "change_value", "change_unit", "change_basis",
    "change_direction", "period_start", "period_end", "rank", "rank_scope", "target_share", "modality", "rule_id",
)  # fmt: skip


def shown(rows: list[Row]) -> str:
    return "\n".join(str({name: str(row[name]) for name in SHOWN if row[name] is not None}) for row in rows) or "nothing"


@pytest.mark.parametrize("n", range(len(SENTENCES)), ids=[case["text"][:18] for case in SENTENCES])
def test_sentence(n: int, facts: Mapping[str, list[Row]]) -> None:
    case = SENTENCES[n]
    text, rows = case["text"], facts.get(f"s{n}", [])
    for row in case.get("gives", []):
        assert any(agrees(row, found) for found in rows), f"{text}\nno fact has {row}; there is\n{shown(rows)}"
    for row in case.get("not", []):
        assert not any(agrees(row, found) for found in rows), f"{text}\na fact has {row}:\n{shown(rows)}"
