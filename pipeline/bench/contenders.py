"""What is timed: one contender a process, so that none warms or burdens another.

Each takes the texts of the pages and says how many results it gave; loading is not timed, first use is (it is run
once on a little text before).
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

#: A contender, made ready: from texts to a number of results.
Run = Callable[[Sequence[str]], int]


def whole(without: tuple[str, ...]) -> Run:
    """The whole build, files to Parquet."""
    from pipeline.runner import build

    def run(texts: Sequence[str]) -> int:
        with tempfile.TemporaryDirectory() as folder:
            pages = Path(folder) / "pages"
            pages.mkdir()
            for n, text in enumerate(texts):
                (pages / f"{n:05d}.md").write_text(text, "utf-8")
            return sum(build([pages], Path(folder) / "outputs", jobs=1, without=without, quiet=True).rows.values())

    return run


def jieba_tagger() -> Run:
    import jieba.posseg

    return lambda texts: sum(1 for text in texts for _ in jieba.posseg.cut(text))


def rjieba_tagger() -> Run:
    import rjieba

    return lambda texts: sum(len(rjieba.tag(text)) for text in texts)


def jionlp_money() -> Run:
    import jionlp

    return lambda texts: sum(len(jionlp.ner.extract_money(line)) for text in texts for line in text.splitlines() if line)


def jionlp_time() -> Run:
    import jionlp

    return lambda texts: sum(len(jionlp.ner.extract_time(line)) for text in texts for line in text.splitlines() if line)


def recognizers_numbers() -> Run:
    from recognizers_number_with_unit import recognize_currency
    from recognizers_text import Culture

    return lambda texts: sum(len(recognize_currency(line, Culture.Chinese)) for text in texts for line in text.splitlines() if line)


def cpca_places() -> Run:
    import cpca

    return lambda texts: sum(len(cpca.transform(text.splitlines())) for text in texts)


def pkuseg_alone() -> Run:
    """spacy-pkuseg with its own decoder and the project's model: what `tokens` is compared with."""
    from spacy_pkuseg import pkuseg

    from pipeline.stages.tokens.model import unpack

    with tempfile.TemporaryDirectory() as folder:
        unpack(Path(folder))
        segmenter = pkuseg(folder)
    return lambda texts: sum(len(segmenter.cut(line)) for text in texts for line in text.splitlines() if line)


CONTENDERS: dict[str, Callable[[], Run]] = {
    "build without tokens": lambda: whole(("tokens",)),
    "build": lambda: whole(()),
    "spacy-pkuseg alone": pkuseg_alone,
    "jieba, tagger": jieba_tagger,
    "rjieba, tagger": rjieba_tagger,
    "JioNLP, money": jionlp_money,
    "JioNLP, times": jionlp_time,
    "recognizers-text, currency": recognizers_numbers,
    "cpca, places": cpca_places,
}
#: Peers so slow that a share of the text will do.
SLOW = {"build": 0.2, "spacy-pkuseg alone": 0.2, "JioNLP, money": 0.2, "JioNLP, times": 0.1, "recognizers-text, currency": 0.02, "cpca, places": 0.2}
