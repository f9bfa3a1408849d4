"""Something with a name that can be opened: a file, or a member of an archive; and how it is opened without being swamped."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pipeline.ingest.manifest import Manifest
from pipeline.ingest.source import MIB, Unreadable
from pipeline.storage import RemotePath

#: What libraries raise on a file that is not what it says, cut short or not to be had.
DAMAGE = (
    OSError,
    EOFError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    ArithmeticError,
    LookupError,
    struct.error,
    MemoryError,
)
#: A small file may swell as it likes.
_HARMLESS = MIB


@dataclass(frozen=True)
class Blob:
    """One file or member: `open` gives its bytes, unpacked and guarded."""

    #: As in `Source.path`.
    path: str
    #: The end of its path, whose suffix says how it is read.
    name: str
    open: Callable[[], Guarded]
    #: Its length where that is known beforehand.
    size: int | None = None
    #: Where it lies, for what must be read at random; None inside an archive.
    local: Path | RemotePath | None = None
    #: How many archives it is in.
    depth: int = 0
    #: The manifests that may speak of it, innermost first.
    manifests: tuple[Manifest, ...] = ()


class Guarded(io.RawIOBase):
    """A stream that counts what comes out, and stops where that is out of proportion to what went in."""

    def __init__(self, inner: BinaryIO, packed: Callable[[], int] | None = None, ratio: int = 0, beneath: Guarded | None = None) -> None:
        self._inner = inner
        self._packed = packed
        self._ratio = ratio
        self._beneath = beneath
        self.count = 0

    def readable(self) -> bool:
        return True

    @property
    def is_packed(self) -> bool:
        """Whether it may swell, so that it must be read in small bites."""
        return self._packed is not None

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        chunk = self._inner.read(len(buffer))
        buffer[: len(chunk)] = chunk
        self.count += len(chunk)
        if self._packed is not None and self.count > _HARMLESS and self.count > self._ratio * max(self._packed(), 1):
            raise Unreadable(f"it swells to more than {self._ratio} times its packed size, as a zip bomb does; reading was stopped")
        return len(chunk)

    def close(self) -> None:
        if not self.closed:
            self._inner.close()
            if self._beneath is not None:
                self._beneath.close()
        super().close()


def opened(path: Path | RemotePath) -> Guarded:
    return Guarded(path.open("rb", buffering=0))


def bounded(stream: Guarded, limit: int, size: int | None = None) -> bytes:
    """All of a stream, if that is not more than `limit` bytes."""
    chunks: list[bytes] = []
    left = limit + 1
    expected = min(left, MIB if size is None or stream.is_packed else size + 1)
    while left and (chunk := stream.read(min(left, expected))):
        chunks.append(chunk)
        left -= len(chunk)
    if not left:
        raise Unreadable(too_large(limit))
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)


def too_large(limit: int) -> str:
    return f"it is larger than the {limit / MIB:g} MiB that one page may have"


def explained(error: BaseException) -> str:
    """A library's complaint in words for the person whose file it is."""
    match error:
        case Unreadable():
            return str(error)
        case FileNotFoundError():
            return "it is not there: it vanished, or a link leads nowhere"
        case PermissionError():
            return "there is no permission to read it"
        case MemoryError():
            return "it does not fit in memory"
        case NotImplementedError():
            return f"it is packed in a way that is not supported ({error})"
        case RuntimeError() if "password" in str(error) or "encrypted" in str(error):
            return "it is encrypted"
        case zipfile.BadZipFile() | zlib.error() | lzma.LZMAError() | EOFError():
            return f"it is damaged or cut short ({error})"
        case OSError() if error.strerror:
            return f"it cannot be read ({error.strerror})"
        case _:
            return f"it is damaged or cut short ({str(error)[:200]})"
