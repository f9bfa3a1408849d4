"""The panel: facts of canonical indicators, merged across sentences and pages into place, indicator and period.

`select` keeps of a batch what the panel needs, `merge` merges one partition of places; nothing needs the whole corpus at once.
"""

from pipeline.stages.panel.merge import READ, RULES, merge, select

__all__ = ["READ", "RULES", "merge", "select"]
