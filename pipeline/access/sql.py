"""SQL over the Parquet folders, with DuckDB: every dataset is a view, and so are the joins people need.

`facts_in_full` is `facts` with `sentence, section, speaker, headline, path, publication, issue_date, place, city, province,
indicator_zh, indicator_en`; `officials_over_time` has a row per person and post; `place_names` a row per code, `indicator_names` a
row per canonical indicator.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.access.names import indicator_table, place_table
from pipeline.access.outputs import Outputs
from pipeline.contract import DATASETS

if TYPE_CHECKING:
    import duckdb

INSTALL = "SQL needs DuckDB, which is not installed: pip install 'zhengbao[sql]' (or pip install duckdb)"

#: The views beyond the datasets.
VIEWS = {
    "facts_in_full": """
        select f.*, s.text as sentence, s.section, s.speaker, a.headline, d.path, d.publication, d.issue_date, p.place, p.city, p.province,
        i.indicator_zh, i.indicator_en
        from facts f left join sentences s using (sentence_id) left join articles a on a.article_id = f.article_id
        left join documents d on d.doc_id = f.doc_id left join place_names p on p.code = f.subject_code
        left join indicator_names i on i.indicator_id = f.indicator_id""",
    "officials_over_time": """
        select person_id, person, title, organisation, post, o.place_code,
        arg_max(o.status, coalesce(issue_date, date '0001-01-01')) as status,
        min(issue_date) as first_seen, max(issue_date) as last_seen, count(distinct doc_id) as pages
        from officials o left join documents using (doc_id) group by all""",
}


class NotInstalledError(ImportError):
    """DuckDB is not here; the message says how to get it."""


def connect(outputs: Outputs) -> duckdb.DuckDBPyConnection:
    """A DuckDB connection in memory that sees the datasets of a folder as views."""
    try:
        import duckdb
    except ImportError:
        raise NotInstalledError(INSTALL) from None
    connection = duckdb.connect()
    for name in DATASETS:
        files = sorted(str(path) for path in (outputs.folder / name).glob("*.parquet"))
        if files:
            # A file list cannot be a prepared parameter of a view; quotes in a path are doubled.
            listed = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
            connection.execute(f"create view {name} as select * from read_parquet([{listed}], hive_partitioning = false)")
        else:
            connection.register(name, DATASETS[name].empty())
    connection.register("place_names", place_table())
    connection.register("indicator_names", indicator_table())
    for name, view in VIEWS.items():
        connection.execute(f"create view {name} as {view}")
    return connection


def query(outputs: Outputs, statement: str) -> tuple[list[str], Any]:
    """A statement's column names, and its rows one after the other."""
    cursor = connect(outputs).execute(statement)
    names = [column[0] for column in cursor.description or ()]
    return names, _rows(cursor)


def _rows(cursor: Any) -> Any:
    while batch := cursor.fetchmany(10_000):
        yield from batch
