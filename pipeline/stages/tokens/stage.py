"""From sentences to words. spaCy is loaded only when this stage runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.contract import DATASETS
from pipeline.rulebook import Family, Rulebook, RuleFile
from pipeline.stages.base import Stage, Tables

#: Families whose words are names to be kept whole; each offers them as `lexicon()`.
LEXICONS = ("places", "officials", "quantities")


@dataclass(frozen=True)
class TokenRules:
    """Words the user adds, and the model the user prefers."""

    words: tuple[str, ...] = ()
    model: Path | None = None

    def lexicon(self) -> Iterable[str]:
        return self.words


def _compile(_files: Sequence[RuleFile], data: Sequence[Path]) -> TokenRules:
    lines = {path.name: [line.strip() for line in path.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")] for path in data}
    model = next((path.parent / line for path in data if path.name == "model.tsv" for line in lines[path.name]), None)
    return TokenRules(tuple(word for name, words in sorted(lines.items()) if name != "model.tsv" for word in words), model)


FAMILY = Family(
    name="tokens",
    kinds={},
    compile=_compile,
    about="Words that are never cut in two (words.tsv), and the model that cuts the rest (model.tsv).",
    data=("*.tsv",),
)


def run(tables: Tables, rulebook: Rulebook) -> dict[str, pa.Table]:
    """Cut the sentences of a batch into words."""
    sentences = tables["sentences"]
    cut = _segmenter(rulebook).cut
    columns: dict[str, Any] = {name: sentences[name].to_pylist() for name in ("sentence_id", "article_id", "doc_id")}
    columns["words"] = [cut(text) for text in sentences["text"].to_pylist()]
    return {"tokens": DATASETS["tokens"].table(columns)}


#: Segmenters by what the rules say, so that a process makes each once.
_SEGMENTERS: dict[str, Any] = {}


def _segmenter(rulebook: Rulebook) -> Any:
    families = [name for name in ("tokens", *LEXICONS) if name in rulebook.families]
    key = "".join(rulebook.fingerprint(name) for name in families)
    if key not in _SEGMENTERS:
        from pipeline.stages.tokens.language import blank, segmenter  # spaCy takes a second to import

        compiled = [rulebook[name] for name in families]
        words = [word for family in compiled if hasattr(family, "lexicon") for word in family.lexicon()]
        _SEGMENTERS[key] = segmenter(blank(words, rulebook["tokens"].model))
    return _SEGMENTERS[key]


STAGE = Stage(
    name="tokens",
    room="pipeline.stages.tokens",
    reads=("sentences",),
    writes=("tokens",),
    rules=("tokens", *LEXICONS),
    run=run,
    families=(FAMILY,),
    about="Cuts sentences into words, names of places, posts, bodies and units kept whole.",
)
