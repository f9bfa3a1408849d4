"""The joins of a mention to its sentence, article, page and place, as look-ups in Arrow.

A look-up keeps rows and their order whatever the columns' types; Arrow's own join refuses lists.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.access.names import place_table

#: The code a row is about: a fact's and the panel's subject, a place's own, a post's body's.
CODES = ("subject_code", "code", "place_code")

#: Below this many rows only the rows pointed at are read, not the whole table they stand in.
_FEW = 50_000

Reader = Callable[[str, Sequence[str], Mapping[str, object] | None], pa.Table]


@dataclass(frozen=True)
class Join:
    """Columns another table gives: `gives` maps their names here to theirs there. No `dataset`: the table of place names."""

    dataset: str | None
    key: str
    gives: Mapping[str, str]

    def fits(self, columns: Collection[str]) -> bool:
        """Whether a table with these columns can be joined."""
        return code_column(columns) is not None if self.dataset is None else self.key in columns


JOINS = (
    Join("sentences", "sentence_id", {"sentence": "text", "section": "section", "speaker": "speaker"}),
    Join("articles", "article_id", {"headline": "headline"}),
    Join("documents", "doc_id", {"path": "path", "publication": "publication", "issue_date": "issue_date"}),
    Join(None, "code", {"place": "place", "city": "city", "province": "province"}),
)


def code_column(columns: Collection[str]) -> str | None:
    """The column that holds the code a row is about."""
    return next((name for name in CODES if name in columns), None)


def join(table: pa.Table, one: Join, read: Reader) -> pa.Table:
    """The table with the columns of a join; null where a row points at nothing."""
    key = code_column(table.schema.names) if one.dataset is None else one.key
    assert key is not None
    keys = table[key]
    if one.dataset is None:
        other = place_table()
    else:
        few = {one.key: keys.unique().drop_null().to_pylist()} if len(table) < _FEW else None
        other = read(one.dataset, [one.key, *one.gives.values()], few)
    at = pc.index_in(keys, value_set=other[one.key])
    for name, source in one.gives.items():
        if name not in table.schema.names:
            table = table.append_column(name, other[source].take(at))
    return table
