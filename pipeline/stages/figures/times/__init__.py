"""Times: dates, periods and other words of time, found in a text and resolved to intervals of days.

`find(text, rules)` reads what stands in the text; `resolve(text, spans, context, rules)` gives it days, where
`context_for(text, rules, issue_date=…, …)` says what the text is resolved against.
"""

from pipeline.stages.figures.times.context import Section, TimeContext, context_for, sections
from pipeline.stages.figures.times.expression import Expression, Span, Step
from pipeline.stages.figures.times.family import FAMILY
from pipeline.stages.figures.times.grammar import TimeRules
from pipeline.stages.figures.times.issue_date import IssueDate, infer_issue_date
from pipeline.stages.figures.times.reading import find
from pipeline.stages.figures.times.resolving import Resolved, resolve

__all__ = [
    "FAMILY",
    "Expression",
    "IssueDate",
    "Resolved",
    "Section",
    "Span",
    "Step",
    "TimeContext",
    "TimeRules",
    "context_for",
    "find",
    "infer_issue_date",
    "resolve",
    "sections",
]
