"""One build at a time on an output folder: a lock of the system's on a disk, a lease elsewhere."""

from __future__ import annotations

import fcntl
import os
import threading
import time
import uuid
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from pipeline.storage.files import Files

#: The folder of an output folder that holds what readers need not see.
HIDDEN = ".zhengbao"
#: A lease that was not renewed for so long is no one's; it is renewed three times as often.
LEASE_SECONDS = 90.0
#: Two that come at once both write, and after this both see whose lease was written last.
SETTLE_SECONDS = 0.3


class BusyError(RuntimeError):
    """Another build holds the output folder."""


def busy(holder: str, place: str) -> BusyError:
    return BusyError(f"another build (process {holder or 'unknown'}) is writing {place}; wait for it or choose another --output")


class Lock:
    """Held while a build runs; the system lets go of it when the process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def __enter__(self) -> Lock:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(descriptor, 32).decode("ascii", "replace").strip()
            os.close(descriptor)
            raise busy(holder, str(self._path.parent.parent)) from None
        os.ftruncate(descriptor, 0)
        os.write(descriptor, str(os.getpid()).encode("ascii"))
        self._descriptor = descriptor
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


class Lease:
    """The same where no lock can be had: a file that says who holds the place and until when, renewed while the build runs.

    An object store cannot compare and set through pyarrow, so the last to write has it. A build that was killed leaves
    its lease behind, and the next has to wait until that is out.
    """

    def __init__(self, files: Files, place: str) -> None:
        self._files, self._place = files, place
        self._name = f"{HIDDEN}/lease"
        self._token = uuid.uuid4().hex
        self._done = threading.Event()
        self._renewing: threading.Thread | None = None

    def __enter__(self) -> Lease:
        holder, token, until = self._stated()
        if token and until > time.time():
            raise busy(holder, self._place)
        self._write()
        time.sleep(SETTLE_SECONDS)
        holder, token, _ = self._stated()
        if token != self._token:
            raise busy(holder, self._place)
        self._renewing = threading.Thread(target=self._renew, daemon=True)
        self._renewing.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._done.set()
        if self._renewing is not None:
            self._renewing.join()
        with suppress(OSError):  # it runs out by itself, and the fault that ended the build is the one to tell
            self._files.remove(self._name)

    def _stated(self) -> tuple[str, str, float]:
        """Who holds the place, by what token, and until when."""
        try:
            holder, token, until = self._files.read(self._name).decode("ascii").split()
            return holder, token, float(until)
        except (OSError, ValueError):
            return "", "", 0.0

    def _write(self) -> None:
        self._files.write(self._name, f"{os.getpid()} {self._token} {time.time() + LEASE_SECONDS}".encode("ascii"))

    def _renew(self) -> None:
        while not self._done.wait(LEASE_SECONDS / 3):
            with suppress(OSError):  # the build itself will meet the fault, or the next renewal works
                self._write()
