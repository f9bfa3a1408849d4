"""A toy stage with a rule family: a sentence for each stretch up to a mark that a rule names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from pipeline.contract import DATASETS
from pipeline.rulebook import Family, Rule, Rulebook, RuleFile
from pipeline.stages.base import Stage, Tables


class MarkRule(Rule):
    """A character that ends a stretch."""

    mark: str


def _compile(files: Sequence[RuleFile], data: Sequence[Path]) -> dict[str, str]:
    return {rule.mark: f"marks/{rule.id}" for file in files for rule in file.rules if isinstance(rule, MarkRule)}


def run(tables: Tables, rulebook: Rulebook) -> dict[str, pa.Table]:
    """Sentences by mark; a page that says 出错 breaks the stage, and one that says 疑问 gives an issue."""
    marks = rulebook["marks"]
    names = ("sentence_id", "article_id", "doc_id", "ordinal", "kind", "paragraph", "start", "end", "raw_start", "raw_end", "text")
    columns: dict[str, list[object]] = {name: [] for name in names}
    issues: dict[str, list[object]] = {name: [] for name in ("kind", "stage", "doc_id", "text")}
    for article in tables["articles"].to_pylist():
        if "出错" in article["text"]:
            raise ValueError("a page the stage cannot bear")
        if "疑问" in article["text"]:
            for name, value in zip(issues, ("doubt", "marks", article["doc_id"], "疑问"), strict=True):
                issues[name].append(value)
        shift = article["segments"][0]["raw_start"]
        start = 0
        text = article["text"]
        ends = (n + 1 for n, char in enumerate(text) if char in marks or n + 1 == len(text))
        for ordinal, end in enumerate(ends, 1):
            values = (
                f"{article['article_id']}-s{ordinal:03d}", article["article_id"], article["doc_id"], ordinal,
                "body", 0, start, end, shift + start, shift + end, text[start:end],
            )  # fmt: skip
            for name, value in zip(names, values, strict=True):
                columns[name].append(value)
            start = end
    return {"sentences": DATASETS["sentences"].table(columns), "issues": DATASETS["issues"].table(issues)}


STAGE = Stage(
    name="marks",
    room=__name__,
    reads=("articles",),
    writes=("sentences",),
    rules=("marks",),
    run=run,
    families=(Family("marks", {"marks": MarkRule}, _compile),),
)
