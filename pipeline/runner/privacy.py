"""Private persons hidden: who holds no public post and is no journalist of the page is named in no output.

Their names are replaced character by character, so that every offset still holds. It is done on a batch when all
its tables are made, for a stage must read the names that the page has.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any, Literal

import pyarrow as pa

from pipeline.contract import DATASETS

PrivatePersons = Literal["keep", "mask", "drop"]
MASK = "某"

#: Columns that hold no words of a page.
_NO_WORDS = re.compile(r"_id$|^(?:path|sha256|encoding|format|status|kind|rule_id|unit|code|.*_code|.*_method)$")
Hide = Callable[[str], str]


def hide_private_persons(tables: Mapping[str, pa.Table], mode: PrivatePersons) -> dict[str, pa.Table]:
    """The tables without private persons' names; `drop` takes their rows out of `people` and `officials` as well."""
    if mode == "keep" or "people" not in tables:
        return dict(tables)
    private = [row for row in tables["people"].to_pylist() if row["role"] == "other"]
    hide = _hiders(tables["people"].to_pylist())
    hidden = {name: _hidden(name, table, hide) for name, table in tables.items()}
    hidden["documents"] = _raw_hidden(hidden["documents"], private)
    if mode == "drop":
        spans = {(row["doc_id"], row["raw_start"]) for row in private}
        for name in ("people", "officials"):
            rows = zip(hidden[name]["doc_id"].to_pylist(), hidden[name]["raw_start"].to_pylist(), strict=True)
            hidden[name] = hidden[name].filter(pa.array([row not in spans for row in rows], pa.bool_()))
    return hidden


def _hiders(people: list[dict[str, Any]]) -> dict[str, Hide]:
    """For each page, a function that hides its private persons; a namesake who is none stays readable nowhere on it."""
    names: dict[str, set[str]] = defaultdict(set)
    for row in people:
        if row["role"] == "other":
            names[row["doc_id"]].update(name for name in (row["person"], row["text"]) if len(name) > 1)
    out: dict[str, Hide] = {}
    for doc_id, found in names.items():
        pattern = re.compile("|".join(re.escape(name) for name in sorted(found, key=lambda name: (-len(name), name))))
        out[doc_id] = lambda text, pattern=pattern: pattern.sub(_masked, text)  # type: ignore[misc]
    return out


def _masked(match: re.Match[str]) -> str:
    return "".join(char if char.isspace() else MASK for char in match[0])


def _hidden(name: str, table: pa.Table, hide: Mapping[str, Hide]) -> pa.Table:
    columns = {column: table[column].to_pylist() for column in table.schema.names}
    touched = [n for n, doc_id in enumerate(columns["doc_id"]) if doc_id in hide] if "doc_id" in columns else []
    if not touched:
        return table
    for column, values in columns.items():
        if not _NO_WORDS.search(column):
            for n in touched:
                values[n] = _value_hidden(values[n], hide[columns["doc_id"][n]])
    return DATASETS[name].table(columns)


def _value_hidden(value: Any, hide: Hide) -> Any:
    if isinstance(value, str):
        return hide(value)
    if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
        # Words of a sentence: a name may be cut between two of them.
        whole, out, at = hide("".join(value)), [], 0
        for part in value:
            out.append(whole[at : at + len(part)])
            at += len(part)
        return out
    if isinstance(value, list):
        return [{key: hide(part) if key == "text" and part else part for key, part in entry.items()} for entry in value]
    return value


def _raw_hidden(documents: pa.Table, private: list[dict[str, Any]]) -> pa.Table:
    """The pages with each mention hidden where it stands: there a name may be padded, or broken by a line's end."""
    texts = dict(zip(documents["doc_id"].to_pylist(), map(list, documents["text"].to_pylist()), strict=True))
    for row in private:
        spans = row["raw_spans"] or [{"start": row["raw_start"], "end": row["raw_end"]}]
        for at in (n for span in spans for n in range(span["start"], span["end"])):
            if not texts[row["doc_id"]][at].isspace():
                texts[row["doc_id"]][at] = MASK
    columns = {column: documents[column] for column in documents.schema.names}
    return DATASETS["documents"].table({**columns, "text": ["".join(texts[doc_id]) for doc_id in columns["doc_id"].to_pylist()]})
