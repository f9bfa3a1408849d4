"""Training the project's segmenter from a corpus of cut sentences (`train.iob2`, `dev.iob2`, `test.iob2`; CoNLL columns)."""

from __future__ import annotations

import contextlib
import io
import random
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import spacy_pkuseg

from pipeline.stages.tokens.model import pack, unpack
from pipeline.stages.tokens.segmenter import Segmenter

ITERATIONS = 8


@dataclass(frozen=True)
class Trained:
    """What a training gave: where the model is, its size, and its F on sentences it has not seen."""

    path: Path
    n_bytes: int
    f_score: float


def train(corpus_dir: Path | str, out_dir: Path | str, *, iterations: int = ITERATIONS, seed: int = 0) -> Trained:
    """Train on the corpus's `train` and `dev` parts, write `segmenter.npz` to `out_dir`, measure on `test`."""
    corpus, out = Path(corpus_dir), Path(out_dir)
    out.mkdir(parents=True, exist_ok=True)
    path = out / "segmenter.npz"
    test = list(sentences(corpus / "test.iob2"))
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        known = [*sentences(corpus / "train.iob2"), *sentences(corpus / "dev.iob2")]
        (folder / "train.txt").write_text("".join(" ".join(words) + "\n" for words in known), "utf-8")
        (folder / "test.txt").write_text("".join(" ".join(words) + "\n" for words in test), "utf-8")
        with _seeded(seed), contextlib.redirect_stdout(io.StringIO()):
            spacy_pkuseg.train(str(folder / "train.txt"), str(folder / "test.txt"), str(folder / "model"), train_iter=iterations)
        pack(folder / "model", path)
        (folder / "packed").mkdir()
        unpack(folder / "packed", path)
        segmenter = Segmenter(spacy_pkuseg.pkuseg(str(folder / "packed"), user_dict=None))
    return Trained(path, path.stat().st_size, f_score(test, segmenter.cut))


def sentences(path: Path) -> Iterator[list[str]]:
    """The words of each sentence of a CoNLL file."""
    words: list[str] = []
    for line in [*path.read_text("utf-8").splitlines(), ""]:
        fields = line.split("\t")
        if len(fields) > 1 and fields[0].isdigit():
            words.append("".join(fields[1].split()))
        elif not line and words:
            yield words
            words = []


def f_score(gold: list[list[str]], cut: Callable[[str], list[str]]) -> float:
    """F of words, right where both ends are."""
    right = found = wanted = 0
    for words in gold:
        truth, guess = _spans(words), _spans(cut("".join(words)))
        right += len(truth & guess)
        wanted += len(truth)
        found += len(guess)
    return 2 * right / (wanted + found) if wanted + found else 0.0


def _spans(words: list[str]) -> set[tuple[int, int]]:
    spans: set[tuple[int, int]] = set()
    at = 0
    for word in words:
        spans.add((at, at + len(word)))
        at += len(word)
    return spans


@contextlib.contextmanager
def _seeded(seed: int) -> Iterator[None]:
    """The package shuffles with Python's own generator: the same seed gives the same model, and the caller's state comes back."""
    state = random.getstate()
    random.seed(seed)
    try:
        yield
    finally:
        random.setstate(state)
