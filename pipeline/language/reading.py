"""The project's stages run on the texts of spaCy documents: the same code as a build, so the same rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from pipeline.rulebook import Rulebook
from pipeline.runner.memory import run_in_memory, text_source
from pipeline.runner.plan import Plan
from pipeline.stages import rules_folder
from pipeline.stages.base import Stage

Rows = dict[str, list[dict[str, Any]]]

#: Where a document keeps what was read in it until every component has taken its part.
KEY = "zhengbao"


class Reader:
    """The stages needed for some datasets, and the rules they use."""

    def __init__(self, datasets: Iterable[str], rules: Path | str | None = None) -> None:
        self.datasets = tuple(datasets)
        plan = Plan(Path(), Path(rules) if rules else rules_folder(), without=("tokens",))
        self._stages = needed(plan.chosen(), {"documents", *self.datasets})
        self._rulebook: Rulebook = plan.rulebook()

    def read(self, docs: Sequence[Doc], date: str | None = None, home: str | None = None) -> list[Rows]:
        """The rows of each document, by dataset."""
        sources = [
            text_source(str(n), _page_text(doc.text), date=doc._.issue_date or date, place_code=doc._.home or home) for n, doc in enumerate(docs)
        ]
        tables = run_in_memory(sources, self._stages, self._rulebook)
        number = {row["doc_id"]: int(row["path"]) for row in tables["documents"].select(["doc_id", "path"]).to_pylist()}
        found: list[Rows] = [{name: [] for name in self.datasets} for _ in docs]
        for name in self.datasets:
            for row in tables[name].to_pylist():
                found[number[row["doc_id"]]][name].append(row)
        return found


def needed(stages: Sequence[Stage], datasets: set[str]) -> tuple[Stage, ...]:
    """The stages without which these datasets cannot be made, in order."""
    wanted = set(datasets)
    kept: list[Stage] = []
    for stage in reversed(stages):
        if wanted.intersection(stage.writes):
            kept.append(stage)
            wanted.update(stage.reads)
    return tuple(reversed(kept))


def _page_text(text: str) -> str:
    """The text with what decoding a page would change (line ends, a byte order mark) put right beforehand, length unchanged."""
    plain = text.replace("\r\n", " \n").replace("\r", "\n").replace("\N{ZERO WIDTH NO-BREAK SPACE}", " ")
    return plain.encode("utf-8", "replace").decode("utf-8")
