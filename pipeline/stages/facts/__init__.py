"""Facts: every figure tied to what it measures, for whom and when.

`read(article, figures, times, places, lexicon)` reads one article and knows nothing of tables; `STAGE` runs it over a batch.
"""

from pipeline.stages.facts.inputs import Article, Figures, Places, ReportPart, Times
from pipeline.stages.facts.reader import read
from pipeline.stages.facts.stage import STAGE
from pipeline.stages.facts.statement import Fact

__all__ = ["STAGE", "Article", "Fact", "Figures", "Places", "ReportPart", "Times", "read"]
