"""The figures of a text: quantities with their units, and times."""

from pipeline.stages.figures.stage import STAGE

__all__ = ["STAGE"]
