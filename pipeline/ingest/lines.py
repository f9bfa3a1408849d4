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


def rows(lines: Lines, cell_limit: int) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV stream with the line each ends on; blank ones are left out."""
    csv.field_size_limit(max(csv.field_size_limit(), cell_limit))
    reader = csv.reader(_whole(lines))
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable(f"line {lines.number} is no CSV ({error}); the rest was not read") from error
        if any(cell.strip() for cell in row):
            yield lines.number, row


def _whole(lines: Lines) -> Iterator[str]:
    for line in lines:
        if line is None:
            raise Unreadable(f"line {lines.number} is longer than a page may be; the rest was not read")
        yield line
