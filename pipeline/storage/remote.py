"""A place on any file system that pyarrow speaks to: an object store, a cluster's storage, memory."""

from __future__ import annotations

import io
import stat
import tempfile
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.fs as pafs

from pipeline.storage.files import Files
from pipeline.storage.lease import Lease

#: Stores that know no folders: a name with `/` in it is enough.
_FLAT = ("s3", "gcs", "abfs")


class RemoteFiles(Files):
    """Files of a pyarrow file system below one path."""

    def __init__(self, system: pafs.FileSystem, root: str, place: str = "") -> None:
        self._system, self._root = system, root.rstrip("/")
        self._place = place or f"{system.type_name}:{root}"

    def __str__(self) -> str:
        return self._place

    def read(self, name: str) -> bytes:
        with self._system.open_input_stream(self._path(name)) as stream:
            content: bytes = stream.read()
        return content

    def write(self, name: str, content: bytes) -> None:
        self.make_folder(name.rpartition("/")[0])
        with self._system.open_output_stream(self._path(name)) as stream:
            stream.write(content)

    def move(self, name: str, target: str) -> None:
        self.make_folder(target.rpartition("/")[0])
        self._system.move(self._path(name), self._path(target))

    def remove(self, name: str) -> None:
        if self._system.get_file_info(self._path(name)).type == pafs.FileType.File:
            self._system.delete_file(self._path(name))

    def names(self, folder: str) -> list[str]:
        return self._inside(folder, pafs.FileType.File)

    def folders(self, folder: str) -> list[str]:
        return self._inside(folder, pafs.FileType.Directory)

    def make_folder(self, folder: str) -> None:
        if self._system.type_name not in _FLAT:
            self._system.create_dir(self._path(folder), recursive=True)

    def remove_folder(self, folder: str) -> None:
        if self._system.get_file_info(self._path(folder)).type == pafs.FileType.Directory:
            self._system.delete_dir(self._path(folder))

    def sync(self, folder: str) -> None:
        """Nothing to do: what such a store took is kept."""

    def lock(self) -> Lease:
        return Lease(self, self._place)

    def scratch(self) -> tempfile.TemporaryDirectory[str]:
        return tempfile.TemporaryDirectory(prefix="zhengbao-")

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}" if name else self._root

    def _inside(self, folder: str, kind: pafs.FileType) -> list[str]:
        selector = pafs.FileSelector(self._path(folder), allow_not_found=True, recursive=False)
        return sorted(info.base_name for info in self._system.get_file_info(selector) if info.type == kind)


@dataclass(frozen=True)
class Status:
    """What `os.stat` tells of a file, as far as walking asks."""

    st_mode: int
    st_size: int
    st_dev: int
    st_ino: str


@dataclass(frozen=True)
class RemotePath:
    """A path on a pyarrow file system that can be walked like one of `pathlib`; what a folder's listing told is kept."""

    system: pafs.FileSystem
    path: str
    _known: Any = None
    _inside: dict[str, Any] = field(default_factory=dict, compare=False)

    def __truediv__(self, name: str) -> RemotePath:
        return RemotePath(self.system, f"{self.path}/{name}", self._inside.get(name))

    def __str__(self) -> str:
        return self.path

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(self.path.split("/"))

    @property
    def parent(self) -> RemotePath:
        return RemotePath(self.system, self.path.rpartition("/")[0])

    @property
    def parents(self) -> list[RemotePath]:
        parts = self.parts
        return [RemotePath(self.system, "/".join(parts[:n])) for n in range(len(parts) - 1, 0, -1)]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RemotePath) and self.path == other.path and bool(self.system.equals(other.system))

    def __hash__(self) -> int:
        return hash(self.path)

    def absolute(self) -> RemotePath:
        return self

    def resolve(self) -> RemotePath:
        return self

    def exists(self) -> bool:
        return bool(self._info().type != pafs.FileType.NotFound)

    def is_dir(self) -> bool:
        return bool(self._info().type == pafs.FileType.Directory)

    def is_file(self) -> bool:
        return bool(self._info().type == pafs.FileType.File)

    def stat(self) -> Status:
        info = self._info()
        if info.type == pafs.FileType.NotFound:
            raise FileNotFoundError(self.path)
        mode = stat.S_IFDIR if info.type == pafs.FileType.Directory else stat.S_IFREG
        return Status(mode, info.size or 0, 0, self.path)

    def names(self) -> list[str]:
        """The names of what is right in a folder."""
        for info in self.system.get_file_info(pafs.FileSelector(self.path, recursive=False)):
            self._inside[info.base_name] = info
        return list(self._inside)

    def open(self, mode: str = "rb", buffering: int = -1) -> BinaryIO:
        """The file for reading, at random."""
        return _Handle(self.system.open_input_file(self.path))  # type: ignore[return-value]

    def _info(self) -> Any:
        return self._known if self._known is not None else self.system.get_file_info(self.path)


class _Handle(io.RawIOBase):
    """An Arrow file as one of Python's: zipfile and csv ask for more than it has."""

    def __init__(self, file: pa.NativeFile) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        content = self._file.read(len(buffer))
        buffer[: len(content)] = content
        return len(content)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._file.seek(offset, whence)
        return int(self._file.tell())

    def tell(self) -> int:
        return int(self._file.tell())

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()
