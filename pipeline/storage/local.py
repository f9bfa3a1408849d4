"""A folder of this machine."""

from __future__ import annotations

import os
import shutil
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from pipeline.storage.files import Files
from pipeline.storage.lease import HIDDEN, Lock


class LocalFiles(Files):
    """Files on disk: replaced by renaming, and written through before that."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def __str__(self) -> str:
        return str(self.root)

    def read(self, name: str) -> bytes:
        return (self.root / name).read_bytes()

    def write(self, name: str, content: bytes) -> None:
        path = self.root / name
        aside = path.with_name(f".{path.name}.new")
        write_through(aside, content)
        aside.replace(path)

    def move(self, name: str, target: str) -> None:
        (self.root / name).replace(self.root / target)

    def remove(self, name: str) -> None:
        (self.root / name).unlink(missing_ok=True)

    def exists(self, name: str) -> bool:
        return (self.root / name).is_file()

    def names(self, folder: str) -> list[str]:
        return self._inside(folder, folders=False)

    def folders(self, folder: str) -> list[str]:
        return self._inside(folder, folders=True)

    def make_folder(self, folder: str) -> None:
        (self.root / folder).mkdir(parents=True, exist_ok=True)

    def remove_folder(self, folder: str) -> None:
        shutil.rmtree(self.root / folder, ignore_errors=True)

    def sync(self, folder: str) -> None:
        descriptor = os.open(self.root / folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def lock(self) -> Lock:
        return Lock(self.root / HIDDEN / "lock")

    def scratch(self) -> AbstractContextManager[Path]:
        return nullcontext(self.root / HIDDEN)

    def _inside(self, folder: str, *, folders: bool) -> list[str]:
        try:
            with os.scandir(self.root / folder) as entries:
                return sorted(entry.name for entry in entries if entry.is_dir() == folders and not entry.name.endswith(".new"))
        except OSError:
            return []


def write_through(path: Path, content: bytes) -> None:
    """Write a file and wait until it is on the disk."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
