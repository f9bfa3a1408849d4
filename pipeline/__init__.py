"""zhengbao: pages of Chinese local newspapers and government reports, turned into tables an analyst trusts.

import pipeline

pipeline.build(["pages"], "outputs")            # the same as `zhengbao build pages --output outputs`
pipeline.explain("全区规上工业产值12.7亿元。")    # every dataset the pipeline makes of a text
pipeline.open("outputs").facts()                 # figures with sentence, headline, page and place names
pipeline.load()                                  # the recognisers as a spaCy `Language`
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.access import open_outputs as open
    from pipeline.language import load
    from pipeline.runner import build, explain

__all__ = ["build", "explain", "load", "open"]

#: What is public, and where it lives: loaded when first used, so that importing the package costs nothing.
_HOMES = {
    "build": ("pipeline.runner", "build"),
    "explain": ("pipeline.runner", "explain"),
    "load": ("pipeline.language", "load"),
    "open": ("pipeline.access", "open_outputs"),
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'pipeline' has no attribute {name!r}")
    room, function = _HOMES[name]
    return getattr(import_module(room), function)
