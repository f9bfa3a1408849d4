"""Quantities: numbers with their units, found in a text, and every other number accounted for.

`read(text, rules, taken)` gives columns; `rules` is what the family `quantities` compiles to.
"""

from pipeline.stages.figures.quantities.columns import COLUMNS, Quantities
from pipeline.stages.figures.quantities.compiled import Lexicon, QuantityRules, Unit
from pipeline.stages.figures.quantities.family import FAMILY
from pipeline.stages.figures.quantities.reading import read

__all__ = ["COLUMNS", "FAMILY", "Lexicon", "Quantities", "QuantityRules", "Unit", "read"]
