"""The datasets as a reader of them wants them: a few rows or columns, with the joins made."""

from pipeline.access.outputs import Outputs, open_outputs

__all__ = ["Outputs", "open_outputs"]
