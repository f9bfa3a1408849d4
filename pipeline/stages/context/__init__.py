"""Context: what a page is, when it was published and which place it belongs to."""

from pipeline.stages.context.home import Home, infer_home
from pipeline.stages.context.stage import STAGE

__all__ = ["STAGE", "Home", "infer_home"]
