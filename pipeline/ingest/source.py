"""What walking yields: the bytes of one page with what is known of it, and an account of what was passed over."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath

MIB = 1 << 20

#: How each kind of page is read, by the end of its name.
PAGES = {
    ".txt": "txt",
    ".text": "txt",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".shtml": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
}
TABLES = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".parquet": "parquet"}
ARCHIVES = {".zip": "zip", ".gz": "gz"}
#: Pages whose bytes are text, and which therefore stay under the smaller limit.
TEXT_MEDIA = frozenset({"txt", "md", "html", "record"})


class Unreadable(Exception):
    """The input cannot be read; the message is the plain reason a user is told."""


@dataclass(frozen=True)
class Limits:
    """Beyond these an input is not read: one page must not cost the others their memory or their time."""

    #: The text of one page, packed out: a yearbook has about 5 MiB.
    page_bytes: int = 16 * MIB
    #: A PDF or DOCX file, and an archive or Parquet file that stands inside another archive.
    document_bytes: int = 128 * MIB
    #: One line of a page: nobody writes a paragraph as long as a book.
    line_chars: int = 1_000_000
    #: Packed pages may swell this many times; text packs 3 to 20 times, a bomb a thousand.
    ratio: int = 200
    #: Archives within archives.
    nesting: int = 3
    #: Members of one archive.
    members: int = 1_000_000
    #: Pages of one PDF.
    pdf_pages: int = 5_000


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True)
class Source:
    """One page to be: a file, a member of an archive or a record of a table, not yet decoded."""

    #: Relative to the input given, `/` between names; `#` before a record of a table or a member of an archive.
    path: str
    data: bytes
    media: str
    publication: str | None = None
    issue_date: date | None = None
    #: `manifest` or `record`: who stated the date.
    date_method: str | None = None
    place_code: str | None = None
    #: `manifest` or `record`: who stated the place.
    place_method: str | None = None
    #: Why it cannot be read, where that came out already while walking; `data` is then empty.
    fault: str | None = None
    #: How often the same bytes came before in this build; whoever runs the build sets it.
    occurrence: int = 0
    #: What the table it is a record of was decoded from (`data` is UTF-8 then); None for everything else.
    encoding: str | None = None
    #: What was odd about its metadata, one sentence each.
    warnings: tuple[str, ...] = ()

    @property
    def content_key(self) -> str:
        """SHA-256 of what the page is known by: its bytes, or its path where no bytes could be read."""
        known_by = self.data if self.fault is None else b"unread\0" + self.path.encode("utf-8", "replace")
        return hashlib.sha256(known_by).hexdigest()


@dataclass
class WalkReport:
    """What `walk` passed over, filled in while it goes along."""

    #: How many inputs were skipped, by reason.
    skipped: Counter[str] = field(default_factory=Counter)
    #: The first of them by name, with the reason.
    examples: list[tuple[str, str]] = field(default_factory=list)
    #: What was wrong with manifests, one sentence each.
    warnings: list[str] = field(default_factory=list)
    n_sources: int = 0
    n_bytes: int = 0
    n_faults: int = 0
    #: How many examples and warnings are kept: the report must stay small however large the input.
    keep: int = 200

    def skip(self, path: str, reason: str) -> None:
        self.skipped[reason] += 1
        if len(self.examples) < self.keep:
            self.examples.append((path, reason))

    def warn(self, message: str) -> None:
        if len(self.warnings) < self.keep:
            self.warnings.append(message)

    def count(self, source: Source) -> None:
        self.n_sources += 1
        self.n_bytes += len(source.data)
        self.n_faults += source.fault is not None


def suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def clean_name(name: str) -> str:
    """A name that prints: one form for each character; no control characters, no halves of pairs."""
    return "".join("\ufffd" if unicodedata.category(character)[0] == "C" else character for character in unicodedata.normalize("NFC", name))
