"""A statistical tagger beside the rules: any spaCy pipeline with an `ner`, installed or in a folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.language.attributes import register
from pipeline.language.components import add_entities, batches, part_tokens

#: Labels of common schemes as the project's own; an entity with any other label is left out.
LABELS = {
    "PERSON": "PERSON",
    "PER": "PERSON",
    "GPE": "GPE",
    "LOC": "LOC",
    "FAC": "FAC",
    "ORG": "ORG",
    "NORP": "NORP",
}


class Statistical:
    """Adds the entities of another pipeline to those the rules found, where they do not touch them."""

    def __init__(self, name: str, model: str, labels: dict[str, str]) -> None:
        register()
        self.name = name
        self._labels = labels
        self._nlp = _load(model)
        self._rule_id = f"ner/{self._nlp.meta['lang']}_{self._nlp.meta['name']}"

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        for docs in batches(stream, batch_size):
            for doc, tagged in zip(docs, self._nlp.pipe([doc.text for doc in docs]), strict=True):
                self._merge(doc, tagged)
                yield doc

    def _merge(self, doc: Doc, tagged: Doc) -> None:
        taken = [(entity.start_char, entity.end_char) for entity in doc.ents]
        found = [
            (entity.start_char, entity.end_char, self._labels[entity.label_])
            for entity in tagged.ents
            if entity.label_ in self._labels and not any(start < entity.end_char and entity.start_char < end for start, end in taken)
        ]
        part_tokens(doc, (offset for start, end, _ in found for offset in (start, end)))
        spans = [span for start, end, label in found if (span := doc.char_span(start, end, label=label)) is not None]
        for span in spans:
            span._.rule_id = self._rule_id
        doc.spans["statistical"] = spans
        add_entities(doc, spans)


def _load(model: str) -> Language:
    try:
        nlp = spacy.load(model)
    except OSError as error:
        raise ValueError(f"ner.model {model!r} is no spaCy pipeline: {error}; install it (pip install …) or name its folder") from None
    if "ner" not in nlp.pipe_names:
        raise ValueError(f"ner.model {model!r} has no component 'ner', only {', '.join(nlp.pipe_names) or 'a tokenizer'}; name a pipeline with one")
    return nlp


def statistical(nlp: Language, name: str, model: str, labels: dict[str, str]) -> Statistical:
    return Statistical(name, model, labels)


Language.factory(
    "zhengbao_statistical",
    default_config={"model": "", "labels": LABELS},
    assigns=["doc.ents", "doc.spans", "span._.rule_id"],
    func=statistical,
)
