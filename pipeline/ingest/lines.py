"""Lines and rows of a stream whose encoding nobody stated, one at a time and none longer than a limit."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator

from pipeline.ingest.encodings import sniff
from pipeline.ingest.source import Unreadable

BUFFER = 1 << 18
#: A line over the limit is passed over; when it does not end for this many limits, the stream is given up.
_PATIENCE = 16
_NO_LIMIT = 2**31 - 1


class _Transcoded(io.RawIOBase):
    """A UTF-16 or UTF-32 stream as UTF-8, so that its lines can be cut at a byte."""

    def __init__(self, inner: io.BufferedReader, encoding: str) -> None:
        self._inner = inner
        self._decode = codecs.getincrementaldecoder(encoding)("replace")
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._ready:
            chunk = self._inner.read(BUFFER)
            self._ready = self._decode.decode(chunk, final=not chunk).encode("utf-8")
            if not chunk and not self._ready:
                return 0
        n = min(len(buffer), len(self._ready))
        buffer[:n] = self._ready[:n]
        self._ready = self._ready[n:]
        return n


class Lines:
    """The lines of a stream as text. Bytes that its encoding cannot read are kept as surrogates, for `restored`."""

    def __init__(self, stream: io.RawIOBase, limit: int) -> None:
        handle: io.BufferedReader = io.BufferedReader(stream, BUFFER)
        head = handle.peek(BUFFER)[:BUFFER]
        self.encoding = sniff(head[: head.rfind(b"\n") + 1] or head)
        if self.encoding.startswith(("utf-16", "utf-32")):
            handle = io.BufferedReader(_Transcoded(handle, self.encoding), BUFFER)
            self._codec = "utf-8"
        else:
            self._codec = self.encoding
        self._handle = handle
        self._limit = limit
        self.number = 0

    def __iter__(self) -> Iterator[str | None]:
        """Each line with its end; None for one over the limit."""
        while line := self._handle.readline(self._limit):
            self.number += 1
            if len(line) == self._limit and not line.endswith(b"\n"):
                self._pass_over()
                yield None
                continue
            if self.number == 1:
                line = line.removeprefix(codecs.BOM_UTF8)
            if self._codec == "utf-8":
                yield line.decode("utf-8", "surrogateescape")
            else:
                yield line.decode(self._codec, "replace")

    def _pass_over(self) -> None:
        for _ in range(_PATIENCE):
            if self._handle.readline(self._limit).endswith(b"\n"):
                return
        if self._handle.read(1):
            raise Unreadable(f"line {self.number} does not end; the rest was not read")


def restored(text: str) -> bytes:
    """The bytes of a text cut from `Lines`: UTF-8, and whatever stood there that was not."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half a surrogate pair, written as an escape in JSON
        return text.encode("utf-8", "surrogatepass")


class _Rows:
    """The lines a CSV reader asks for, until one row has taken more than a row may: a quote that never closes."""

    def __init__(self, lines: Lines, limit: int) -> None:
        self._lines = iter(lines)
        self._limit = limit
        self.size = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.size += self._limit + 1 if line is None else len(line)
            if self.size > self._limit:
                raise Unreadable("one of its rows does not end within the size of a page: a quote is not closed; the rest was not read")
            yield line or ""


def rows(lines: Lines, limit: int) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV stream with the line each ends on; blank ones are left out, and none is over `limit` characters."""
    csv.field_size_limit(_NO_LIMIT)  # the reader's own limit is one for the whole process, and too small for a page
    source = _Rows(lines, limit)
    reader = csv.reader(source)
    while True:
        source.size = 0
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable(f"line {lines.number} is no CSV ({error}); the rest was not read") from error
        if any(cell.strip() for cell in row):
            yield lines.number, row
