"""zhengbao: pages of Chinese local newspapers and government reports, turned into tables an analyst trusts.

import pipeline

pipeline.build(["pages"], "outputs")            # the same as `zhengbao build pages --output outputs`
pipeline.explain("全区规上工业产值12.7亿元。")    # every dataset the pipeline makes of a text
pipeline.open("outputs").facts()                 # figures with sentence, headline, page and place names
pipeline.load()                                  # the recognisers as a spaCy `Language`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.lazily import lazily

if TYPE_CHECKING:
    from pipeline.access import open_outputs as open
    from pipeline.language import load
    from pipeline.runner import build, explain

__all__ = ["build", "explain", "load", "open"]

__getattr__ = lazily(
    __name__,
    {"build": "pipeline.runner", "explain": "pipeline.runner", "load": "pipeline.language", "open": "pipeline.access:open_outputs"},
)
