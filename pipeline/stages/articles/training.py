"""Learning the weights of `joints.npz` from running text: what goes on across a seam, and what does not."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pipeline.stages.articles.joints import BITS, MASK, MODEL, MULTIPLIER, PAD, REACH, SHAPES, plain, word_feature
from pipeline.text.folding import fold, fold_punctuation

Codes = npt.NDArray[np.uint32]
Pair = tuple[str, str]

#: After these a paragraph may well end, so a cut there is no evidence of anything.
FINAL = "。！？；…"
RATE = 0.3
BATCH = 4096
#: Features seen less often are not learnt; the first weight of the table stands for them and stays zero.
SEEN = 3
DECAY = 1e-7
_TOPIC = re.compile("(?:[一二三四五六七八九十]+是|（.{1,3}）)?([^。，；：]{6,24}(?:，[^。，；：]{4,14})?)。")
_SENTENCE_END = re.compile("[。！？]”?(?=..)")


@dataclass(frozen=True)
class Trained:
    """What came out: the size of the training set and, on pairs held out, how often the model was right."""

    pairs: int
    right: float


def train(paragraphs: Iterable[str], headings: Iterable[str], *, target: Path = MODEL, epochs: int = 3, seed: int = 7) -> Trained:
    """Learn from paragraphs and headings of clean text, write the weights to `target`."""
    bodies = [text for text in map(_folded, paragraphs) if len(text) >= 3 * REACH]
    titles = [text for text in map(_folded, headings) if len(text) >= REACH]
    chance = random.Random(seed)
    pairs, labels = _examples(bodies, titles, chance)
    order = np.random.default_rng(seed).permutation(len(pairs))
    features = _features([pairs[n] for n in order])
    answers = np.array(labels, dtype=np.float32)[order]
    held_out = len(pairs) // 20
    weights, bias = _fit(features[held_out:], answers[held_out:], epochs)
    scale = float(np.abs(weights).max()) / 127 or 1.0
    small = np.round(weights / scale).astype(np.int8)
    guess = small[features[:held_out]].sum(axis=1, dtype=np.int64) * scale + bias > 0
    used = np.flatnonzero(small)
    steps = np.diff(used, prepend=0).astype(np.uint16)
    np.savez_compressed(target, steps=steps, weights=small[used], scale=np.float32(scale), bias=np.float32(bias))
    return Trained(len(pairs), float((guess == (answers[:held_out] > 0.5)).mean()))


def corpus(folder: Path) -> tuple[list[str], list[str]]:
    """Paragraphs and headings of a folder of Markdown reports and of IOB2 files."""
    paragraphs: list[str] = []
    headings: list[str] = []
    for path in sorted(path for path in folder.rglob("*.md") if path.name != "README.md"):
        for line in path.read_text("utf-8").splitlines():
            text = line.replace("**", "").strip("# ").strip()
            if line.startswith(("|", "![", "<", "source:", "title:", "---")) or len(text) < REACH:
                continue
            (paragraphs if text[-1] in FINAL + "：”" and len(text) > 40 else headings).append(text)
            # 水利建设润泽陇原。 over a paragraph on waterworks is a heading in all but its full stop.
            if topic := _TOPIC.match(text):
                headings.append(topic[1])
    for path in sorted(folder.rglob("*.iob2")):
        words: list[str] = []
        for line in path.read_text("utf-8").splitlines():
            cells = line.split("\t")
            if len(cells) > 1 and cells[0].isdigit():
                words.append(cells[1])
            elif not line.strip() and words:
                paragraphs.append("".join(words))
                words = []
    return paragraphs, headings


def _folded(text: str) -> str:
    return plain(fold_punctuation(fold(text, traditional=False)).replace(" ", ""))


def _examples(bodies: Sequence[str], titles: Sequence[str], chance: random.Random) -> tuple[list[Pair], list[int]]:
    """True seams; and false ones: another cut's continuation, or the beginning of a paragraph, after a cut or a heading."""
    cuts: list[Pair] = []
    for text in bodies:
        for at in range(2, len(text) - 2):
            if text[at - 1] not in FINAL and chance.random() < 0.35:
                cuts.append((text[max(0, at - REACH) : at], text[at : at + REACH]))
    starts = [text[:REACH] for text in bodies]
    # A newspaper's paragraph may begin with any sentence, and with what somebody says; a report's does not.
    sentences = [text[found.end() : found.end() + REACH] for text in bodies for found in _SENTENCE_END.finditer(text)]
    starts += chance.sample(sentences, min(len(sentences), len(starts)))
    starts += ["“" + start[: REACH - 1] for start in chance.sample(starts, len(starts) // 6)]
    ends = [title[-REACH:] for title in titles if title[-1] not in FINAL]
    ends += [end[1:] + "”" for end in chance.sample(ends, len(ends) // 6)]
    pairs, labels = list(cuts), [1] * len(cuts)
    for before, _ in cuts:
        draw = chance.random()
        if draw < 0.4:
            pairs.append((before, chance.choice(cuts)[1]))
        elif draw < 0.65 or not ends:
            pairs.append((before, chance.choice(starts)))
        else:
            pairs.append((chance.choice(ends), chance.choice(starts)))
        labels.append(0)
    return pairs, labels


def _features(pairs: Sequence[Pair]) -> npt.NDArray[np.int32]:
    joined = "".join((PAD * REACH + before)[-REACH:] + (after + PAD * REACH)[:REACH] for before, after in pairs)
    codes: Codes = np.frombuffer(joined.encode("utf-32-le"), dtype=np.uint32).reshape(len(pairs), 2 * REACH)
    out = np.empty((len(pairs), len(SHAPES) + 1), dtype=np.int32)
    out[:, -1] = [word_feature((PAD * REACH + before)[-REACH:], (after + PAD * REACH)[:REACH]) for before, after in pairs]
    for n, (a, b) in enumerate(SHAPES):
        key = np.full(len(pairs), n + 1, dtype=np.uint32)
        for column in range(REACH - a, REACH + b):
            key = (key ^ codes[:, column]) * np.uint32(MULTIPLIER)
        out[:, n] = (key ^ key >> np.uint32(BITS)) & np.uint32(MASK)
        # What was seen once or twice teaches nothing about other texts, and would crowd the table.
        counts = np.bincount(out[:, n], minlength=MASK + 1)
        out[counts[out[:, n]] < SEEN, n] = 0
    return out


def _fit(features: npt.NDArray[np.int32], answers: npt.NDArray[np.float32], epochs: int) -> tuple[npt.NDArray[np.float32], float]:
    """Logistic regression by AdaGrad."""
    size = 1 << BITS
    weights = np.zeros(size, dtype=np.float32)
    squares = np.full(size, 1e-6, dtype=np.float32)
    bias = 0.0
    for epoch in range(epochs):
        for start in range(0, len(features), BATCH):
            batch = features[start : start + BATCH]
            margin = np.clip(weights[batch].sum(axis=1) + bias, -30, 30)
            error = 1 / (1 + np.exp(-margin)) - answers[start : start + BATCH]
            slope = np.bincount(batch.ravel(), weights=np.repeat(error, batch.shape[1]), minlength=size).astype(np.float32)
            slope /= len(batch)
            slope[0] = 0.0
            touched = np.flatnonzero(slope)
            slope = slope[touched] + DECAY * weights[touched]
            squares[touched] += slope * slope
            weights[touched] -= RATE / (1 + epoch) * slope / np.sqrt(squares[touched])
            bias -= 0.05 / (1 + epoch) * float(error.mean())
    return np.clip(weights, -4, 4), bias
