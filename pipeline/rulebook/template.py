"""A commented template for a new rule file, made from the model of its rules."""

from __future__ import annotations

import types
import typing
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from pipeline.rulebook.family import Family, Rule

_SHARED = ("id", "about", "examples", "counterexamples")


def template(family: Family, kind: str) -> str:
    """The text of a new rule file of this kind: every key there is, with what it takes."""
    model = family.kinds[kind]
    said = " ".join((model.__doc__ or "").split())
    lines = [
        f"# {said}" if said else "",
        f"# Other kinds in this family: {', '.join(name for name in family.kinds if name != kind)}." if len(family.kinds) > 1 else "",
        f"family: {family.name}",
        f"kind: {kind}",
        "rules:",
        "  - id: my.rule            # lower case letters, digits, '.', '_' and '-'; rows carry it as " + f"{family.name}/my.rule",
        "    about: What it reads, and the phrase that made you write it.",
        *(_key(name, field) for name, field in model.model_fields.items() if name not in _SHARED),
        "    examples:               # texts it reads, in your own words; through the whole pipeline",
        "      - text: 这里写一句应当读出的话。",
        "        # gives: {quantities: [{text: …, value: …, unit: …}]}   # rows that must come out, by dataset and column",
        '        # home: "500118"                                        # the page\'s place, where it matters',
        "        # date: 2023-07-25                                      # the page's date, where it matters",
        "    counterexamples:        # texts that look alike and must not be read",
        "      - text: 这里写一句不应读出的话。",
        "        # not: {quantities: [{text: …}]}                        # rows that must not come out",
    ]
    return "\n".join(line for line in lines if line) + "\n"


def _key(name: str, field: FieldInfo) -> str:
    takes = _words(field.annotation)
    note = f"{takes}. {field.description}" if field.description else takes
    if field.is_required():
        return f"    {field.alias or name}: {_sample(field.annotation)}   # required: {note}"
    return f"    # {field.alias or name}: {_sample(field.annotation)}   # {note}"


def _words(annotation: Any) -> str:
    """The kind of value, in words."""
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Literal:
        return "one of " + ", ".join(map(str, inner))
    if origin in (typing.Union, types.UnionType):
        return " or ".join(_words(part) for part in inner if part is not type(None))
    if origin in (list, tuple):
        return f"a list, each {_words(inner[0])}"
    if origin is dict:
        return f"a mapping from {_words(inner[0])} to {_words(inner[1])}"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel) and not issubclass(annotation, Rule):
        return "{" + ", ".join(annotation.model_fields) + "}"
    plain = {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}
    return plain.get(annotation, getattr(annotation, "__name__", str(annotation)))


def _sample(annotation: Any) -> str:
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Literal:
        return str(inner[0])
    if origin in (typing.Union, types.UnionType):
        return _sample(next(part for part in inner if part is not type(None)))
    if origin in (list, tuple):
        return f"[{_sample(inner[0])}]"
    if origin is dict or (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
        return "{}"
    samples = {str: "…", int: "1", float: "1.0", bool: "true"}
    return samples.get(annotation, "…")
