"""spaCy components, one a recogniser, each with its registered factory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice, pairwise
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from pipeline.language.attributes import COLUMNS, describe, register
from pipeline.language.reading import KEY, Reader

Row = dict[str, Any]

_TIME_UNITS = {"hour"}
_QUANTITY_LABELS = {"money": "MONEY", "ordinal": "ORDINAL", "rank": "ORDINAL"}


def _place_label(row: Row) -> str | None:
    if row["nested"]:
        return None  # the place is part of another name: 河西区财政局
    return "LOC" if row["level"] == "region" else "GPE"


def _time_label(row: Row) -> str:
    return "TIME" if row["granularity"] in _TIME_UNITS else "DATE"


def _quantity_label(row: Row) -> str:
    if row["unit"] in ("%", "pp"):
        return "PERCENT"
    return _QUANTITY_LABELS.get(row["dimension"], "QUANTITY")


#: How a dataset's rows are labelled as entities (in the labels of OntoNotes, so that other pipelines' can stand beside them).
#: None: the row is no entity of its own.
LABELS: dict[str, Callable[[Row], str | None]] = {
    "places": _place_label,
    "people": lambda row: "PERSON",
    "officials": lambda row: None,
    "times": _time_label,
    "quantities": _quantity_label,
    "facts": lambda row: None,
}


class Recogniser:
    """Puts the rows of its datasets on a document: `doc.spans[dataset]`, `doc.ents`, `span._.<column>`.

    The first recogniser of a pipeline reads for all of them, a batch of documents at a time.
    """

    def __init__(self, nlp: Language, name: str, datasets: tuple[str, ...], rules: str | None, date: str | None, home: str | None) -> None:
        register()
        self.name = name
        self.datasets = datasets
        self._nlp = nlp
        self._rules, self._date, self._home = rules, date, home
        self._reader: Reader | None = None

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        for docs in batches(stream, batch_size):
            unread = [doc for doc in docs if not set(self.datasets) <= set(doc.user_data.get(KEY, {}))]
            if unread:
                for doc, rows in zip(unread, self._shared_reader().read(unread, self._date, self._home), strict=True):
                    doc.user_data[KEY] = rows
                    part_tokens(doc, (row[end] for found in rows.values() for row in found for end in ("raw_start", "raw_end")))
            for doc in docs:
                for dataset in self.datasets:
                    _put(doc, dataset, doc.user_data[KEY].pop(dataset))
                if not doc.user_data[KEY]:
                    del doc.user_data[KEY]
                yield doc

    def _shared_reader(self) -> Reader:
        others = [component for _, component in self._nlp.pipeline if isinstance(component, Recogniser)]
        alike = [component for component in others if component._settings() == self._settings()]
        datasets = dict.fromkeys(dataset for component in (self, *alike) for dataset in component.datasets)
        if self._reader is None or set(self._reader.datasets) != set(datasets):
            self._reader = Reader(datasets, self._rules)
        return self._reader

    def _settings(self) -> tuple[str | None, str | None, str | None]:
        return self._rules, self._date, self._home


def batches(stream: Iterable[Doc], size: int) -> Iterator[list[Doc]]:
    docs = iter(stream)
    while batch := list(islice(docs, size)):
        yield batch


def part_tokens(doc: Doc, offsets: Iterable[int]) -> None:
    """Part the tokens that a mention begins or ends inside of, so that every mention is a span of whole tokens."""
    cuts: dict[int, set[int]] = {}
    length = len(doc.text)  # spaCy puts the text together anew each time it is asked
    for offset in set(offsets):
        if 0 < offset < length:
            span = doc.char_span(offset, offset + 1, alignment_mode="expand")
            if span is not None and span.start_char < offset:
                cuts.setdefault(span.start, set()).add(offset - span.start_char)
    if not cuts:
        return
    with doc.retokenize() as retokenizer:
        for index, inside in cuts.items():
            token = doc[index]
            bounds = [0, *sorted(inside), len(token)]
            parts = [token.text[start:end] for start, end in pairwise(bounds)]
            retokenizer.split(token, parts, heads=[(token, n) for n in range(len(parts))])


def _put(doc: Doc, dataset: str, rows: list[Row]) -> None:
    spans: dict[tuple[int, int], Span] = {}
    entities: list[Span] = []
    for row in rows:
        label = LABELS[dataset](row)
        span = doc.char_span(row["raw_start"], row["raw_end"], label=label or dataset.upper())
        if span is None:
            continue  # it was sewn together from places in another order than the text's
        describe(span, dataset, row)
        spans.setdefault((span.start, span.end), span)
        if label:
            entities.append(span)
    doc.spans[dataset] = list(spans.values())
    add_entities(doc, entities)


def add_entities(doc: Doc, entities: Iterable[Span]) -> None:
    """Entities may not overlap: the longest stay, and of those the ones that were there first."""
    doc.set_ents(filter_spans([*doc.ents, *entities]))


def _attributes(*datasets: str) -> list[str]:
    return ["doc.spans", *(f"span._.{column}" for column in dict.fromkeys(column for dataset in datasets for column in COLUMNS[dataset]))]


_DEFAULTS: dict[str, Any] = {"rules": None, "date": None, "home": None}

Maker = Callable[..., Recogniser]


def _factory(name: str, *datasets: str, entities: bool = True) -> Maker:
    """A registered factory. `rules` is a rules folder, `date` and `home` what a manifest would say of every text."""

    def make(nlp: Language, name: str, rules: str | None, date: str | None, home: str | None) -> Recogniser:
        return Recogniser(nlp, name, datasets, rules, date, home)

    register()
    assigns = _attributes(*datasets) + (["doc.ents"] if entities else [])
    return Language.factory(name, default_config=_DEFAULTS, assigns=assigns, func=make)


places = _factory("zhengbao_places", "places")
people = _factory("zhengbao_people", "people", "officials")
times = _factory("zhengbao_times", "times")
quantities = _factory("zhengbao_quantities", "quantities")
facts = _factory("zhengbao_facts", "facts", entities=False)

#: The components of a whole pipeline, in order.
FACTORIES = ("zhengbao_places", "zhengbao_people", "zhengbao_times", "zhengbao_quantities", "zhengbao_facts")
