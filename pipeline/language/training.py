"""Training a small statistical tagger from a corpus of tagged sentences (`train.iob2`, `dev.iob2`, `test.iob2`; IOB2 in CoNLL columns).

The tagger reads characters, not words: how words are cut differs from corpus to corpus, and a name is often cut wrong.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import compounding, fix_random_seed

EPOCHS = 12
#: A convolution over hashed characters: small enough to read some hundred KB a second.
TOK2VEC = {
    "@architectures": "spacy.HashEmbedCNN.v2",
    "pretrained_vectors": None,
    "width": 96,
    "depth": 5,
    "embed_size": 6000,
    "window_size": 1,
    "maxout_pieces": 3,
    "subword_features": False,
}
NER_MODEL = {
    "@architectures": "spacy.TransitionBasedParser.v2",
    "state_type": "ner",
    "extra_state_tokens": False,
    "hidden_width": 64,
    "maxout_pieces": 2,
    "use_upper": True,
    "tok2vec": TOK2VEC,
}

Tagged = tuple[str, list[tuple[int, int, str]]]


@dataclass(frozen=True)
class TrainedTagger:
    """Where the tagger is, and its F on sentences it has not seen."""

    path: Path
    f_score: float
    f_by_label: dict[str, float]


def train(corpus_dir: Path | str, out_dir: Path | str, *, epochs: int = EPOCHS, seed: int = 0) -> TrainedTagger:
    """Train on `train`, keep the best epoch on `dev`, measure on `test`; the tagger is a spaCy pipeline in `out_dir`."""
    corpus, out = Path(corpus_dir), Path(out_dir)
    fix_random_seed(seed)
    nlp = spacy.blank("zh", meta={"name": "zhengbao_ner"})
    nlp.add_pipe("ner", config={"model": NER_MODEL})
    known, held_out, unseen = (list(_examples(nlp, corpus / f"{part}.iob2")) for part in ("train", "dev", "test"))
    optimizer = nlp.initialize(lambda: known)
    best = -1.0
    sizes = iter(compounding(4.0, 32.0, 1.001))
    for _ in range(epochs):
        random.shuffle(known)
        for batch in _batches(known, sizes):
            nlp.update(batch, drop=0.3, sgd=optimizer)
        with nlp.use_params(optimizer.averages):
            score = nlp.evaluate(held_out)["ents_f"] or 0.0
            if score > best:
                best = score
                nlp.to_disk(out)
    scores = spacy.load(out).evaluate(unseen)
    by_label = {label: values["f"] for label, values in (scores["ents_per_type"] or {}).items()}
    return TrainedTagger(out, scores["ents_f"] or 0.0, by_label)


def _batches(examples: list[Example], sizes: Iterator[float]) -> Iterator[list[Example]]:
    at = 0
    while at < len(examples):
        size = int(next(sizes))
        yield examples[at : at + size]
        at += size


def tagged_sentences(path: Path) -> Iterator[Tagged]:
    """Text and entities (start, end, label) of each sentence of an IOB2 file, words run together."""
    text, entities = "", list[tuple[int, int, str]]()
    for line in [*path.read_text("utf-8").splitlines(), ""]:
        fields = line.split("\t")
        if len(fields) > 2 and fields[0].isdigit():
            word, tag = "".join(fields[1].split()), fields[2]
            if tag[:2] == "B-":
                entities.append((len(text), len(text) + len(word), tag[2:]))
            elif tag[:2] == "I-" and entities:
                start, _, label = entities[-1]
                entities[-1] = (start, len(text) + len(word), label)
            text += word
        elif not line and text:
            yield text, entities
            text, entities = "", []


def _examples(nlp: Language, path: Path) -> Iterator[Example]:
    for text, entities in tagged_sentences(path):
        doc: Doc = nlp.make_doc(text)
        yield Example.from_dict(doc, {"entities": entities})
