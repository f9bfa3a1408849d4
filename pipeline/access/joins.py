"""The joins of a row to its sentence, article, page, place and indicator, as look-ups in Arrow.

A look-up keeps rows and their order whatever the columns' types; Arrow's own join refuses lists.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.access.names import indicator_table, place_table

#: Below this many rows only the rows pointed at are read, not the whole table they stand in.
_FEW = 50_000

Reader = Callable[[str, Sequence[str], Mapping[str, object] | None], pa.Table]


@dataclass(frozen=True)
class Join:
    """Columns another table gives: `gives` maps their names here to theirs there. `source` is a dataset, or makes a table of names.
    `keys` are the columns that can point there, the first of them that a table has; `at` is the column they point to."""

    source: str | Callable[[], pa.Table]
    keys: tuple[str, ...]
    at: str
    gives: Mapping[str, str]

    def key(self, columns: Collection[str]) -> str | None:
        """The column that points there; none where such a table cannot be joined."""
        return next((name for name in self.keys if name in columns), None)


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


JOINS = (
    Join("sentences", ("sentence_id",), "sentence_id", {"sentence": "text", "section": "section", "speaker": "speaker"}),
    Join("articles", ("article_id",), "article_id", _same("headline")),
    Join("documents", ("doc_id",), "doc_id", _same("path", "publication", "issue_date")),
    # The code a row is about: a fact's and the panel's subject, a place's own, a post's body's.
    Join(place_table, ("subject_code", "code", "place_code"), "code", _same("place", "city", "province")),
    Join(indicator_table, ("indicator_id",), "indicator_id", _same("indicator_zh", "indicator_en")),
)


def join(table: pa.Table, one: Join, read: Reader) -> pa.Table:
    """The table with the columns of a join; null where a row points at nothing."""
    key = one.key(table.schema.names)
    assert key is not None
    keys = table[key]
    if isinstance(one.source, str):
        few = {one.at: keys.unique().drop_null().to_pylist()} if len(table) < _FEW else None
        other = read(one.source, [one.at, *one.gives.values()], few)
    else:
        other = one.source()
    found = pc.index_in(keys, value_set=other[one.at])
    for name, source in one.gives.items():
        if name not in table.schema.names:
            table = table.append_column(name, other[source].take(found))
    return table
