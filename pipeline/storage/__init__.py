"""Where pages lie and datasets go: a folder of this machine, or a place in an object store or on another file system.

A location is a path, or a URL that pyarrow knows (`s3://bucket/folder`, `gs://…`, `hdfs://…`, `file://…`) or, where
fsspec is installed, one that fsspec knows (`memory://…`, `sftp://…`). Credentials are those of the environment.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pyarrow as pa
import pyarrow.fs as pafs

from pipeline.storage.files import Files, Kept
from pipeline.storage.lease import BusyError
from pipeline.storage.local import LocalFiles
from pipeline.storage.remote import RemoteFiles, RemotePath

__all__ = ["BusyError", "Files", "Kept", "LocalFiles", "RemoteFiles", "RemotePath", "files_at", "path_at"]

Location = str | Path


def path_at(location: Location | RemotePath) -> Path | RemotePath:
    """What a location names, to be read."""
    if isinstance(location, (Path, RemotePath)):
        return location
    if "://" not in location:
        return Path(location)
    if location.startswith("file://"):
        return Path(unquote(urlsplit(location).path))
    system, path = _opened(location)
    return RemotePath(system, path)


def files_at(location: Location | Files) -> Files:
    """The folder a location names, to be written."""
    if isinstance(location, Files):
        return location
    path = path_at(location)
    return LocalFiles(path) if isinstance(path, Path) else RemoteFiles(path.system, path.path, str(location))


def _opened(url: str) -> tuple[pafs.FileSystem, str]:
    try:
        system, path = pafs.FileSystem.from_uri(url)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        try:
            from fsspec.core import url_to_fs
        except ImportError:
            raise ValueError(f"{url}: {error}; fsspec, which knows more kinds of storage, is not installed") from None
        opened, path = url_to_fs(url)
        system = pafs.PyFileSystem(pafs.FSSpecHandler(opened))
    return system, str(path).strip("/") if system.type_name in ("s3", "gcs") else str(path).rstrip("/")
