"""Learning the weights of `joints.npz` from running text: what goes on across a seam, and what begins in mid-sentence."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.stages.articles.joints import (
    BITS,
    MASK,
    MODEL,
    MULTIPLIER,
    OPENING,
    PAD,
    REACH,
    SHAPES,
    SPANS,
    opening_features,
    plain,
    word_feature,
)
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
    """What came out of a model: the size of its training set and, on examples held out, how often it was right."""

    pairs: int
    right: float


def train(paragraphs: Iterable[str], headings: Iterable[str], *, target: Path = MODEL, epochs: int = 3, seed: int = 7) -> tuple[Trained, Trained]:
    """Learn seams and beginnings from paragraphs and headings of clean text, write the weights to `target`."""
    bodies = [text for text in map(_folded, paragraphs) if len(text) >= 3 * REACH]
    titles = [text for text in map(_folded, headings) if len(text) >= REACH]
    chance = random.Random(seed)
    pairs, labels = _examples(bodies, titles, chance)
    seams, right = _learn(_features(pairs), labels, epochs, seed)
    openings, inside = _openings(bodies, chance)
    beginnings, right_too = _learn(_opening_features(openings), inside, epochs, seed)
    np.savez_compressed(target, **seams, **{f"opening_{name}": values for name, values in beginnings.items()})
    return Trained(len(pairs), right), Trained(len(openings), right_too)


def _learn(features: npt.NDArray[np.int32], labels: Sequence[int], epochs: int, seed: int) -> tuple[dict[str, Any], float]:
    """A table of small weights, as it is stored, and how often it was right on examples held out."""
    order = np.random.default_rng(seed).permutation(len(features))
    features, answers = features[order], np.array(labels, dtype=np.float32)[order]
    held_out = len(features) // 20
    weights, bias = _fit(features[held_out:], answers[held_out:], epochs)
    scale = float(np.abs(weights).max()) / 127 or 1.0
    small = np.round(weights / scale).astype(np.int8)
    guess = small[features[:held_out]].sum(axis=1, dtype=np.int64) * scale + bias > 0
    used = np.flatnonzero(small)
    steps = np.diff(used, prepend=0).astype(np.uint16)
    table: dict[str, Any] = {
        "steps": steps,
        "weights": small[used],
        "scale": np.array(scale, dtype=np.float32),
        "bias": np.array(bias, dtype=np.float32),
    }
    return table, float((guess == (answers[:held_out] > 0.5)).mean())


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


def _openings(bodies: Sequence[str], chance: random.Random) -> tuple[list[str], list[int]]:
    """Lines that begin in mid-sentence, and as many that begin with a paragraph, a sentence or what somebody says."""
    starts = [text[:OPENING] for text in bodies]
    sentences = [text[found.end() : found.end() + OPENING] for text in bodies for found in _SENTENCE_END.finditer(text)]
    starts += chance.sample(sentences, min(len(sentences), 2 * len(starts)))
    starts += ["“" + start[: OPENING - 1] for start in chance.sample(starts, len(starts) // 6)]
    inside = [text[at : at + OPENING] for text in bodies for at in range(2, len(text) - 2) if text[at - 1] not in FINAL + "“《（"]
    inside = chance.sample(inside, min(len(inside), 3 * len(starts)))
    return [*inside, *starts], [1] * len(inside) + [0] * len(starts)


def _features(pairs: Sequence[Pair]) -> npt.NDArray[np.int32]:
    joined = [(PAD * REACH + before)[-REACH:] + (after + PAD * REACH)[:REACH] for before, after in pairs]
    hashed = _hashed(joined, [(REACH - a, REACH + b) for a, b in SHAPES])
    known = np.array([[word_feature(text[:REACH], text[REACH:])] for text in joined], dtype=np.int32)
    return np.hstack([hashed, known])


def _opening_features(openings: Sequence[str]) -> npt.NDArray[np.int32]:
    padded = [(text + PAD * OPENING)[:OPENING] for text in openings]
    return np.hstack([_hashed(padded, SPANS), np.array([opening_features(text) for text in padded], dtype=np.int32)])


def _hashed(texts: Sequence[str], spans: Sequence[tuple[int, int]]) -> npt.NDArray[np.int32]:
    """The place in the table of each stretch of each text; all texts are of one length."""
    codes: Codes = np.frombuffer("".join(texts).encode("utf-32-le"), dtype=np.uint32).reshape(len(texts), -1)
    out = np.empty((len(texts), len(spans)), dtype=np.int32)
    for n, (a, b) in enumerate(spans):
        key = np.full(len(texts), n + 1, dtype=np.uint32)
        for column in range(a, b):
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
