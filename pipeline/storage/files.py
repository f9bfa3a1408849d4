"""What a build asks of the place its outputs go to."""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path


class Files(ABC):
    """Files by name below one place; `/` parts folders.

    A file that is written is there whole or not at all, and nothing more is promised: no two files change together.
    """

    @abstractmethod
    def read(self, name: str) -> bytes:
        """A file's bytes; `OSError` where there is none."""

    @abstractmethod
    def write(self, name: str, content: bytes) -> None:
        """Put a file in place of what was there."""

    @abstractmethod
    def move(self, name: str, target: str) -> None:
        """Give a file another name, in place of what had it; where it stops halfway, both may be there."""

    @abstractmethod
    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""

    @abstractmethod
    def names(self, folder: str) -> list[str]:
        """The names of the files right in a folder, sorted; none where there is no folder."""

    @abstractmethod
    def folders(self, folder: str) -> list[str]:
        """The names of the folders right in a folder, sorted."""

    @abstractmethod
    def make_folder(self, folder: str) -> None:
        """Make a folder, where the place has such a thing."""

    @abstractmethod
    def remove_folder(self, folder: str) -> None:
        """Remove a folder with all in it, if it is there."""

    @abstractmethod
    def sync(self, folder: str) -> None:
        """What was written into a folder outlasts a loss of power from here on."""

    @abstractmethod
    def lock(self) -> AbstractContextManager[object]:
        """Held while a build writes here; `BusyError` where another one does."""

    @abstractmethod
    def scratch(self) -> AbstractContextManager[Path | str]:
        """A folder of this machine for what is needed during a build and never after."""

    def exists(self, name: str) -> bool:
        folder, _, last = name.rpartition("/")
        return last in self.names(folder)


@dataclass(frozen=True)
class Kept:
    """A file of an earlier build, read where it is needed."""

    files: Files
    name: str

    def read(self) -> bytes:
        return self.files.read(self.name)
