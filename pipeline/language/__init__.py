"""The recognisers as spaCy components: `load()` gives a `Language` for use on any string.

    nlp = pipeline.load()
    doc = nlp("3月1日，河西区区长王小明介绍，全区投入12.7亿元。")
    [(ent.text, ent.label_, ent._.code, ent._.title) for ent in doc.ents]

`doc.spans` holds everything found, by dataset (places, people, officials, times, quantities, facts); each span carries
the columns of its row as `span._.<column>`, and all its rows as `span._.rows`.
"""

from pipeline.language.components import FACTORIES, facts, people, places, quantities, times
from pipeline.language.loading import load
from pipeline.language.statistical import statistical

__all__ = ["FACTORIES", "facts", "load", "people", "places", "quantities", "statistical", "times"]
