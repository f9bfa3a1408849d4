"""A blank Chinese spaCy pipeline whose tokenizer cuts words with spacy-pkuseg and the project's lexicon."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy_pkuseg import Postprocesser

from pipeline.stages.tokens.model import unpack
from pipeline.stages.tokens.segmenter import Segmenter


def blank(words: Iterable[str] = (), model: Path | str | None = None, *, dictionary: bool = True) -> Language:
    """spaCy's blank `zh` with its Chinese tokenizer, segmenter pkuseg.

    `model` is a spacy-pkuseg model's folder, by default the project's own. `dictionary` is the word list that comes with
    spacy-pkuseg: it joins what a small model parts (试验/区).
    """
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "pkuseg"}}})
    tokenizer: Any = nlp.tokenizer
    with tempfile.TemporaryDirectory(prefix="zhengbao-") as scratch:
        if model is None:
            unpack(Path(scratch))
        # spaCy takes no dictionary at all for the model's own folder, so it is loaded and left aside.
        tokenizer.initialize(pkuseg_model=str(model or scratch), pkuseg_user_dict="default")
    if not dictionary:
        tokenizer.pkuseg_seg.postprocesser = Postprocesser(None, None)
    tokenizer.pkuseg_seg = Segmenter(tokenizer.pkuseg_seg, words)
    return nlp


def segmenter(nlp: Language) -> Segmenter:
    """The segmenter inside a pipeline's tokenizer: the words of a text without the making of a `Doc`."""
    tokenizer: Any = nlp.tokenizer
    found: Segmenter = tokenizer.pkuseg_seg
    return found
