"""What the fuzzer found, cut down to the least that shows it, by target; each failed once."""

from __future__ import annotations

import io
import zipfile


def _nameless() -> bytes:
    """An archive with a member that has no name: it ends at a NUL, and that stands first."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr("~.txt", "甲")
    return sink.getvalue().replace(b"~.txt", b"\0.txt")


FOUND: dict[str, list[bytes]] = {
    # A word that the text breaks off in was taken for a shorter one, and reached beyond the end.
    "number": ["\0二多;一亿元八~降一点".encode()],
    # The third to the first quarter ended before it began.
    "time": ["\0今年三到一季度".encode()],
    # Control characters alone were a page.
    "ingest": [b"\0\x1c\n\x1d"],
    # zipfile asks for the last character of the empty name.
    "container": [b"\0" + _nameless()],
}
