"""Training a small statistical tagger from a corpus of tagged sentences (`train.iob2`, `dev.iob2`, `test.iob2`; IOB2 in CoNLL columns).

The tagger reads the words of the project's own segmenter, which is learnt from the same kind of corpus, without a dictionary.
"""

from __future__ import annotations

import random
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.training import Example
from thinc.api import compounding, fix_random_seed

from pipeline.stages.tokens.language import blank

EPOCHS = 8
#: Hashed words, their first and last characters and their shapes, seen four words to each side.
TOK2VEC: dict[str, Any] = {
    "@architectures": "spacy.Tok2Vec.v2",
    "embed": {
        "@architectures": "spacy.MultiHashEmbed.v2",
        "width": 96,
        "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
        "rows": [5000, 1500, 1500, 1500],
        "include_static_vectors": False,
    },
    "encode": {"@architectures": "spacy.MaxoutWindowEncoder.v2", "width": 96, "depth": 4, "window_size": 1, "maxout_pieces": 3},
}
NER_MODEL: dict[str, Any] = {
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
    nlp = blank(dictionary=False)
    nlp.meta["name"] = "zhengbao_ner"
    tagger: Any = nlp.add_pipe("ner", config={"model": NER_MODEL})
    known, held_out, unseen = (list(tagged_sentences(corpus / f"{part}.iob2")) for part in ("train", "dev", "test"))
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\[W030\]")  # a name cut across is left out of the lesson
        examples = [Example.from_dict(nlp.make_doc(text), {"entities": entities}) for text, entities in known]
    tagger.initialize(lambda: examples, nlp=nlp)  # not the whole pipeline: its tokenizer has its model already
    optimizer: Any = nlp.create_optimizer()  # type: ignore[no-untyped-call]
    sizes = iter(compounding(4.0, 32.0, 1.001))
    best = -1.0
    for _ in range(epochs):
        random.shuffle(examples)
        for batch in _batches(examples, sizes):
            nlp.update(batch, drop=0.35, sgd=optimizer)
        with nlp.use_params(optimizer.averages):
            score, _ = f_scores(nlp, held_out)
            if score > best:
                best = score
                nlp.to_disk(out)
    score, by_label = f_scores(spacy.load(out), unseen)
    return TrainedTagger(out, score, by_label)


def f_scores(nlp: Language, tagged: Sequence[Tagged]) -> tuple[float, dict[str, float]]:
    """F of entities, right where label and both ends are, and the same for each label."""
    right: Counter[str] = Counter()
    stated: Counter[str] = Counter()
    for (_, entities), doc in zip(tagged, nlp.pipe(text for text, _ in tagged), strict=True):
        found = {(entity.start_char, entity.end_char, entity.label_) for entity in doc.ents}
        stated.update(label for _, _, label in (*entities, *found))
        right.update(label for _, _, label in found.intersection(entities))
    by_label = {label: 2 * right[label] / count for label, count in sorted(stated.items())}
    return (2 * right.total() / stated.total() if stated else 0.0), by_label


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
