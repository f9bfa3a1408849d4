"""The figures of a text: quantities with their units, and times."""

from pipeline.stages.figures.columns import Quantities
from pipeline.stages.figures.family import FAMILY, QuantityRules
from pipeline.stages.figures.reading import read
from pipeline.stages.figures.stage import STAGE

__all__ = ["FAMILY", "STAGE", "Quantities", "QuantityRules", "read"]
