"""Officials over time: who was seen in which post, and from which page's date to which."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pyarrow.compute as pc

_WHO = ("person_id", "person", "title", "organisation", "post", "place_code")


def over_time(posts: pa.Table, documents: pa.Table) -> pa.Table:
    """One row per person and post: first and last day seen, on how many pages, and the status stated last."""
    days = documents["issue_date"].take(pc.index_in(posts["doc_id"], value_set=documents["doc_id"]))
    # Undated pages stand first, so that the last status is that of the latest day known.
    dated = posts.append_column("day", days).append_column("order", pc.fill_null(days, dt.date.min))
    dated = dated.sort_by("order")
    grouped = dated.group_by([*_WHO], use_threads=False).aggregate([("day", "min"), ("day", "max"), ("doc_id", "count_distinct"), ("status", "last")])
    named = {"day_min": "first_seen", "day_max": "last_seen", "doc_id_count_distinct": "pages", "status_last": "status"}
    found = grouped.rename_columns([named.get(name, name) for name in grouped.schema.names])
    order = [("person", "ascending"), ("person_id", "ascending"), ("first_seen", "ascending"), ("title", "ascending")]
    return found.sort_by(order).select([*_WHO, "status", "first_seen", "last_seen", "pages"])
