"""Places: a gazetteer of China's divisions, and the recogniser that ties names in a text to their codes."""

from pipeline.stages.places.gazetteer import MUNICIPALITIES, NATION, Gazetteer, Place, chain, level_of, parent_code, within
from pipeline.stages.places.mentions import Mention, PageText
from pipeline.stages.places.recognise import PlaceReader
from pipeline.stages.places.rules import FAMILY, PlaceRules
from pipeline.stages.places.stage import STAGE

__all__ = [
    "FAMILY",
    "MUNICIPALITIES",
    "NATION",
    "STAGE",
    "Gazetteer",
    "Mention",
    "PageText",
    "Place",
    "PlaceReader",
    "PlaceRules",
    "chain",
    "level_of",
    "parent_code",
    "within",
]
