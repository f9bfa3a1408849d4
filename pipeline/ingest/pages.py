"""Sources to pages: decoded, identified by their content, and quarantined with a reason where they cannot be read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa

from pipeline.contract import DATASETS
from pipeline.ingest.encodings import Reading, read_text
from pipeline.ingest.markup import read_html
from pipeline.ingest.source import DEFAULT_LIMITS, Limits, Source, Unreadable

_ID_LENGTH = 16
#: What prints nothing: white space, control characters, marks of width nothing.
_BLANK = "".join(map(chr, (*range(0x21), *range(0x7F, 0xA1), *range(0x2000, 0x2010), *range(0x2028, 0x2030), 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF)))
_PAGE_COLUMNS = (
    "doc_id",
    "path",
    "sha256",
    "encoding",
    "publication",
    "issue_date",
    "issue_date_method",
    "place_code",
    "place_code_method",
    "n_chars",
    "text",
    "status",
    "warnings",
)
_ISSUE_COLUMNS = ("kind", "stage", "doc_id", "text", "context")


@dataclass(frozen=True)
class Decoded:
    """A page's text with line ends as `\\n`, or, where `status` is `quarantined`, no text and the reason as first warning."""

    text: str
    encoding: str | None
    status: str
    warnings: tuple[str, ...] = ()


def decode(source: Source, limits: Limits = DEFAULT_LIMITS) -> Decoded:
    """The text of a source. It never raises on what the source holds."""
    try:
        if source.fault is not None:
            raise Unreadable(source.fault)
        text, encoding, warnings = _read(source, limits)
        text = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
        _refuse_unfit(text, limits)
    except Unreadable as reason:
        return Decoded("", None, "quarantined", (_sentence(str(reason)), *source.warnings))
    return Decoded(text, encoding, "ok", (*source.warnings, *warnings))


def _read(source: Source, limits: Limits) -> tuple[str, str | None, tuple[str, ...]]:
    # Libraries that most builds have no page for are loaded with the first page that needs them.
    match source.media:
        case "pdf":
            from pipeline.ingest.pdf import read_pdf

            text, warnings = read_pdf(source.data, limits)
            return text, None, tuple(warnings)
        case "docx":
            from pipeline.ingest.word import read_docx

            return read_docx(source.data, limits), None, ()
        case media:
            if len(source.data) > limits.page_bytes:
                raise Unreadable(f"it is larger than the {limits.page_bytes >> 20} MiB that one page may have")
            if not source.data:
                raise Unreadable("it is empty")
            reading: Reading = read_html(source.data) if media == "html" else read_text(source.data)
            of_table = reading.encoding == "utf-8" and source.encoding
            return reading.text, of_table or reading.encoding, reading.warnings


def _refuse_unfit(text: str, limits: Limits) -> None:
    if not text.strip(_BLANK):
        raise Unreadable("it holds nothing but white space")
    if len(text) > limits.line_chars:
        longest = max(map(len, text.split("\n")))
        if longest > limits.line_chars:
            raise Unreadable(f"one of its lines has {longest} characters, more than the {limits.line_chars} allowed")


def _sentence(reason: str) -> str:
    return reason[:1].upper() + reason[1:] + ("" if reason.endswith(".") else ".")


def doc_id_of(source: Source) -> str:
    """The page's id: the same bytes have the same id anywhere; further copies in a build have ids of their own."""
    key = source.content_key
    if source.occurrence:
        key = hashlib.sha256(f"{key}#{source.occurrence}".encode()).hexdigest()
    return key[:_ID_LENGTH]


def pages_table(sources: Iterable[Source], limits: Limits = DEFAULT_LIMITS) -> tuple[pa.Table, pa.Table]:
    """The pages in the form of `documents`, as far as ingest knows them, and an issue for each thing that went wrong."""
    pages: dict[str, list[object]] = {name: [] for name in _PAGE_COLUMNS}
    issues: dict[str, list[object]] = {name: [] for name in _ISSUE_COLUMNS}
    for source in sources:
        decoded = decode(source, limits)
        doc_id = doc_id_of(source)
        warnings = list(decoded.warnings)
        for warning in warnings:
            kind = "metadata" if warning in source.warnings else "decoding"
            _append(issues, (kind, "ingest", doc_id, source.path, warning))
        if source.occurrence:
            warnings.append(f"The same content as page {source.content_key[:_ID_LENGTH]}: copy {source.occurrence} of it in this build.")
        row = (
            doc_id,
            source.path,
            hashlib.sha256(source.data).hexdigest(),
            decoded.encoding,
            source.publication,
            source.issue_date,
            source.date_method,
            source.place_code,
            source.place_method or ("manifest" if source.place_code else None),
            len(decoded.text),
            decoded.text,
            decoded.status,
            warnings,
        )
        _append(pages, row)
    return DATASETS["documents"].table(pages), DATASETS["issues"].table(issues)


def _append(columns: dict[str, list[object]], row: Iterable[object]) -> None:
    for column, value in zip(columns.values(), row):
        column.append(value)
