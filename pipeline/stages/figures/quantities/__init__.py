"""Quantities: numbers with their units, found in a text, and every other number accounted for.

`read(text, rules, taken)` gives columns; `rules` is what the family `quantities` compiles to.
"""

from pipeline.stages.figures.quantities.columns import COLUMNS, Quantities
from pipeline.stages.figures.quantities.compiled import Lexicon, QuantityRules, Unit
from pipeline.stages.figures.quantities.coverage import Coverage, Gap, coverage
from pipeline.stages.figures.quantities.family import FAMILY
from pipeline.stages.figures.quantities.reading import read

__all__ = ["COLUMNS", "FAMILY", "Coverage", "Gap", "Lexicon", "Quantities", "QuantityRules", "Unit", "coverage", "read"]
