"""The project's own segmenter model: how it is kept, small, in the package, and how spacy-pkuseg gets it back.

`segmenter.npz` holds the features that matter, one name a line, their weights in half precision, and the tags. A feature
none of whose weights reaches `LEAST_WEIGHT` is left out: three in five go, and F on the corpus's test part stays the same
to 0.1.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import srsly

OWN_MODEL = Path(__file__).with_name("segmenter.npz")
LEAST_WEIGHT = 0.05

_WORDS = re.compile(r"(?:w-1|w1)\.(.+)\Z|ww\.[lr]\.(.+)\*(.+)\Z", re.S)


def pack(folder: Path, path: Path = OWN_MODEL, least_weight: float = LEAST_WEIGHT) -> None:
    """Keep a model that spacy-pkuseg trained into `folder` as one small file."""
    features: dict[str, int] = srsly.read_msgpack(folder / "features.msgpack")["feature_to_idx"]
    tags: dict[str, int] = srsly.read_msgpack(folder / "features.msgpack")["tag_to_idx"]
    with np.load(folder / "weights.npz") as stored:
        n_tags, n_features = (int(size) for size in stored["sizes"])
        weights = stored["w"]
    of_features = weights[: n_tags * n_features].reshape(n_features, n_tags)
    heavy = np.abs(of_features).max(axis=1) >= least_weight
    # The feature that every character has stands first, by position; the others by name, which compresses well.
    names = sorted(name for name, index in features.items() if index and heavy[index])
    names.insert(0, next(name for name, index in features.items() if index == 0))
    np.savez_compressed(
        path,
        features=np.frombuffer("\n".join(names).encode(), dtype=np.uint8),
        weights=of_features[[features[name] for name in names]].T.astype(np.float16),
        transitions=weights[n_tags * n_features :].astype(np.float16),
        tags=np.array(sorted(tags, key=tags.__getitem__)),
    )


def unpack(folder: Path, path: Path = OWN_MODEL) -> None:
    """Lay the model out in `folder` as spacy-pkuseg loads it."""
    with np.load(path) as stored:
        names = stored["features"].tobytes().decode().split("\n")
        weights = np.concatenate([stored["weights"].T.astype(np.float64).ravel(), stored["transitions"].astype(np.float64)])
        tags = [str(tag) for tag in stored["tags"]]
    content = {
        "unigram": sorted({word for name in names if (match := _WORDS.match(name)) for word in match.groups() if word}),
        "bigram": [],  # only training asks for it
        "feature_to_idx": {name: index for index, name in enumerate(names)},
        "tag_to_idx": {tag: index for index, tag in enumerate(tags)},
    }
    srsly.write_msgpack(folder / "features.msgpack", content)
    np.savez(folder / "weights.npz", sizes=np.array([len(tags), len(names)]), w=weights)
