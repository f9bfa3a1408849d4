"""A folder of datasets, opened: each table with some of its rows and columns, joined to what its rows point at.

data = pipeline.open("outputs")
data.facts(where={"subject_code": "500118"})        # with sentence, headline, page, date and place names
data.read("places", columns=["name", "code"])       # plain columns, nothing else is read from disk
data.officials_over_time()                          # who was seen in which post, from when to when
"""

from __future__ import annotations

import errno
from collections.abc import Mapping, Sequence
from functools import reduce
from operator import and_
from pathlib import Path
from typing import Any, TypeAlias

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from pipeline.access.joins import JOINS, join
from pipeline.access.posts import over_time
from pipeline.contract import DATASETS

#: Which rows: an Arrow expression, or columns with the value (or the values) each must have.
Where: TypeAlias = "pc.Expression | Mapping[str, Any]"


class Outputs:
    """The datasets of one output folder. Nothing is read before it is asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __repr__(self) -> str:
        return f"<zhengbao datasets in {self.folder}: {', '.join(self.names())}>"

    def names(self) -> list[str]:
        """The datasets that are there."""
        return [name for name in DATASETS if (self.folder / name).is_dir()]

    def dataset(self, name: str) -> ds.Dataset:
        """A dataset as Arrow sees it, with the contract's schema: for scanning what does not fit in memory."""
        if name not in DATASETS:
            raise KeyError(f"no dataset is called {name!r}; there are {', '.join(DATASETS)}")
        files = sorted(str(path) for path in (self.folder / name).glob("*.parquet"))
        return ds.dataset(files, schema=DATASETS[name].schema, format="parquet")

    def table(self, name: str, columns: Sequence[str] | None = None, where: Where | None = None) -> pa.Table:
        """Some columns of some rows, as an Arrow table; only those are read from disk."""
        dataset = self.dataset(name)
        unknown = set(columns or ()) - set(dataset.schema.names)
        if unknown:
            raise KeyError(f"{name} has no column {', '.join(sorted(unknown))}; it has {', '.join(dataset.schema.names)}")
        return dataset.to_table(columns=None if columns is None else list(columns), filter=_expression(where, dataset.schema))

    def read(self, name: str, columns: Sequence[str] | None = None, where: Where | None = None) -> pd.DataFrame:
        """Some columns of some rows, as a pandas frame; days are timestamps."""
        return _frame(self.table(name, columns, where))

    def joined(self, name: str, columns: Sequence[str] | None = None, where: Where | None = None) -> pd.DataFrame:
        """A dataset with what its rows point at: `sentence`, `section`, `speaker` of the sentence, `headline` of the article,
        `path, publication, issue_date` of the page, `place, city, province`, the names of the row's code, and `indicator_zh,
        indicator_en`, those of its canonical indicator.

        `columns` may name columns of either sort; only the joins that are needed are made. `where` speaks of the dataset's own.
        """
        own = self.dataset(name).schema.names
        offered = [*own, *(column for one in JOINS if one.key(own) for column in one.gives if column not in own)]
        wanted = offered if columns is None else list(columns)
        unknown = set(wanted) - set(offered)
        if unknown:
            raise KeyError(f"{name} joined has no column {', '.join(sorted(unknown))}; it has {', '.join(offered)}")
        needed = [one for one in JOINS if one.key(own) and not set(one.gives).isdisjoint(set(wanted) - set(own))]
        keys = [key for one in needed if (key := one.key(own))]
        table = self.table(name, list(dict.fromkeys([*(column for column in own if column in wanted), *keys])), where)
        for one in needed:
            table = join(table, one, self.table)
        return _frame(table.select(wanted))

    def facts(self, columns: Sequence[str] | None = None, where: Where | None = None) -> pd.DataFrame:
        """Every figure with its sentence, its article, its page and the names of the place it is about."""
        return self.joined("facts", columns, where)

    def officials(self, columns: Sequence[str] | None = None, where: Where | None = None) -> pd.DataFrame:
        """Every post a mention states, with its sentence, its page and the names of the body's place."""
        return self.joined("officials", columns, where)

    def panel(self, columns: Sequence[str] | None = None, where: Where | None = None) -> pd.DataFrame:
        """Place by indicator by period, with the names of the place and the indicator."""
        return self.joined("panel", columns, where)

    def officials_over_time(self, where: Where | None = None) -> pd.DataFrame:
        """One row per person and post over all pages: when it was first and last seen, by the pages' issue dates.

        A page with no issue date counts as a page but dates nothing. `status` is the one stated last.
        """
        posts = self.table("officials", ["doc_id", "person_id", "person", "title", "organisation", "post", "place_code", "status"], where)
        documents = self.table("documents", ["doc_id", "issue_date"])
        return _frame(over_time(posts, documents))

    def raw(self, row: Mapping[str, Any] | pd.Series[Any]) -> str:
        """The exact characters of the page a row stands for; a mention sewn together is its pieces in order."""
        page = self.table("documents", ["text"], {"doc_id": row["doc_id"]})["text"]
        if not len(page):
            raise KeyError(f"no page has the id {row['doc_id']!r}")
        text: str = page[0].as_py()
        spans: Any = row.get("raw_spans")
        sewn = hasattr(spans, "__len__") and len(spans) > 0  # null comes as None or NaN, according to what else the column holds
        pieces = [(span["start"], span["end"]) for span in spans] if sewn else [(row["raw_start"], row["raw_end"])]
        return "".join(text[int(start) : int(end)] for start, end in pieces)


def open_outputs(outputs: Path | str = "outputs") -> Outputs:
    """The datasets of an output folder, as written by `zhengbao build`."""
    folder = Path(outputs)
    if not (folder / "documents").is_dir():
        raise FileNotFoundError(errno.ENOENT, "no datasets are there; zhengbao build makes them", str(folder))
    return Outputs(folder)


def _expression(where: Where | None, schema: pa.Schema) -> pc.Expression | None:
    if where is None or isinstance(where, pc.Expression):
        return where
    return reduce(and_, [_test(schema.field(column), value) for column, value in where.items()], pc.scalar(True))


def _test(field: pa.Field, value: Any) -> pc.Expression:
    column = pc.field(field.name)
    if value is None:
        return column.is_null()
    if isinstance(value, (list, tuple, set, frozenset)):
        return column.isin(pa.array(list(value), field.type))
    return column == pa.scalar(value, field.type)


def _frame(table: pa.Table) -> pd.DataFrame:
    frame: pd.DataFrame = table.to_pandas(date_as_object=False)
    return frame
