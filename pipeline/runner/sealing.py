"""Books that know whether they are whole: a mapping as JSON under the digest of its text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pipeline.contract import digest


def seal(content: Mapping[str, Any]) -> bytes:
    """The bytes of a book."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
    return digest(text).encode("ascii") + b"\n" + text


def unseal(book: bytes) -> dict[str, Any] | None:
    """What a book says; None where it is not the bytes that were written."""
    stated, _, text = book.partition(b"\n")
    if digest(text).encode("ascii") != stated:
        return None
    content: dict[str, Any] = json.loads(text.decode("utf-8", "surrogatepass"))
    return content
