"""What a clause without figures is about."""

from __future__ import annotations

from pipeline.stages.facts.clauses import Clause
from pipeline.stages.facts.marks import ADVERB, DOWN, PORTION, UP, VERB
from pipeline.stages.facts.phrases import trim, words

#: 他掰着指头说，去年…: who speaks is nothing that is measured.
_SAYING = ("说", "表示", "介绍", "坦言", "告诉", "道")
_DEED = VERB | UP | DOWN | PORTION | ADVERB
_LONGEST = 16


def topic_of(text: str, clause: Clause, start: int) -> str | None:
    """高耗能行业比重降，占比下降2.7个百分点: what the clause names before its deed, if that is a name."""
    start = trim(text, clause.atoms, start, clause.end)
    end = next((atom[0] for atom in clause.atoms if atom[0] > start and atom[2] & _DEED), clause.end)
    if not 2 <= end - start <= _LONGEST or text.startswith(_SAYING, end - 1) or text.startswith(_SAYING, end - 2):
        return None
    return words(text, clause.atoms, start, end)
