"""Running the pipeline: builds of any size, a text in memory, the rules' own examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.lazily import lazily

if TYPE_CHECKING:
    from pipeline.runner.asking import Checked, check_rules, explain, explain_tree
    from pipeline.runner.driver import build
    from pipeline.runner.examples import Failure
    from pipeline.runner.explaining import Branch
    from pipeline.runner.stepping import StageError
    from pipeline.runner.summary import Summary
    from pipeline.storage import BusyError

__all__ = ["Branch", "BusyError", "Checked", "Failure", "StageError", "Summary", "build", "check_rules", "explain", "explain_tree"]

__getattr__ = lazily(
    __name__,
    {
        "Branch": "pipeline.runner.explaining",
        "BusyError": "pipeline.storage",
        "Checked": "pipeline.runner.asking",
        "Failure": "pipeline.runner.examples",
        "StageError": "pipeline.runner.stepping",
        "Summary": "pipeline.runner.summary",
        "build": "pipeline.runner.driver",
        "check_rules": "pipeline.runner.asking",
        "explain": "pipeline.runner.asking",
        "explain_tree": "pipeline.runner.asking",
    },
)
