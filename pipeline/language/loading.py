"""`load()`: the whole pipeline as one spaCy `Language`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from spacy.language import Language

from pipeline.language.components import FACTORIES
from pipeline.runner.plan import Plan
from pipeline.stages import rules_folder
from pipeline.stages.tokens.language import blank
from pipeline.stages.tokens.stage import LEXICONS

SETTINGS = ("ner.model", "tokens.model")


def load(
    config: Mapping[str, Mapping[str, Any]] | None = None,
    *,
    components: Iterable[str] = FACTORIES,
    rules: Path | str | None = None,
    date: str | None = None,
    home: str | None = None,
) -> Language:
    """A spaCy pipeline with the project's recognisers.

    `config` may name a statistical model to add (`{"ner": {"model": "zh_core_web_trf"}}`: any installed spaCy pipeline with an
    `ner`, or a folder) and a spacy-pkuseg model to cut words with (`{"tokens": {"model": "folder"}}`). `date` and `home` (a
    six-digit code) are what a manifest would say of every text; set `doc._.issue_date` and `doc._.home` for one text alone.
    """
    settings = _checked(config or {})
    folder = Path(rules) if rules else rules_folder()
    rulebook = Plan(Path(), folder).rulebook()
    families = [rulebook[name] for name in ("tokens", *LEXICONS) if name in rulebook.families]
    words = [word for family in families if hasattr(family, "lexicon") for word in family.lexicon()]
    nlp = blank(words, settings.get("tokens", {}).get("model") or rulebook["tokens"].model)
    for name in components:
        nlp.add_pipe(name, config={"rules": str(folder) if rules else None, "date": date, "home": home})
    model = settings.get("ner", {}).get("model")
    if model:
        nlp.add_pipe("zhengbao_statistical", config={"model": str(model)})
    return nlp


def _checked(config: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Mapping[str, Any]]:
    for section, values in config.items():
        for key in values:
            if f"{section}.{key}" not in SETTINGS:
                raise ValueError(f"unknown setting {section}.{key}; there are {', '.join(SETTINGS)}")
    return config
