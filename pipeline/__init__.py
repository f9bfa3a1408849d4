"""zhengbao: pages of Chinese local newspapers and government reports, turned into tables an analyst trusts.

import pipeline

pipeline.build(["pages"], "outputs")            # the same as `zhengbao build pages --output outputs`
pipeline.explain("全区规上工业产值13.6亿元。")    # every dataset the pipeline makes of a text
pipeline.load()                                  # the recognisers as a spaCy `Language`
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.language import load
    from pipeline.runner import build, explain

__all__ = ["build", "explain", "load"]

#: What is public, and where it lives: loaded when first used, so that importing the package costs nothing.
_HOMES = {"build": "pipeline.runner", "explain": "pipeline.runner", "load": "pipeline.language"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'pipeline' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
