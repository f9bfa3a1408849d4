"""Archives: their members one by one, unpacked in memory a page at a time; nothing is ever written."""

from __future__ import annotations

import gzip
import io
import stat
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from pipeline.ingest import manifest
from pipeline.ingest.blobs import DAMAGE, Blob, Guarded, bounded, explained
from pipeline.ingest.manifest import Manifest
from pipeline.ingest.source import Limits, Unreadable, WalkReport, clean_name

_ENCRYPTED = 0x1
_NAME_IS_UTF8 = 0x800


def member_of_gz(blob: Blob, limits: Limits) -> Blob:
    """What a `.gz` holds: one file, which has its name less the ending, and its path."""

    def unpacked() -> Guarded:
        packed = blob.open()
        handle = io.BufferedReader(packed, 1 << 16)
        return Guarded(gzip.GzipFile(fileobj=handle), lambda: packed.count, limits.ratio, packed)  # type: ignore[arg-type]

    return Blob(blob.path, blob.name[: -len(".gz")], unpacked, depth=blob.depth + 1, manifests=blob.manifests)


def members_of_zip(blob: Blob, limits: Limits, report: WalkReport) -> Iterator[Blob | tuple[str, str]]:
    """The members of a `.zip` by name; one that must not be opened comes as its path and the reason."""
    with seekable(blob, limits) as handle, zipfile.ZipFile(handle) as archive:
        infos = archive.infolist()
        if len(infos) > limits.members:
            raise Unreadable(f"it has {len(infos)} members, more than the {limits.members} allowed")
        members = sorted(
            ((_name(info), info) for info in infos if not info.filename.endswith("/")), key=lambda member: (member[0], member[1].header_offset)
        )
        own: list[Manifest] = []
        for name, info in members:
            if name.rpartition("/")[2].lower() == manifest.NAME:
                own += _manifest(blob, archive, info, name, limits, report)
        for name, info in members:
            path = f"{blob.path}#{name}"
            reason = _refused(info, name, limits)
            if reason is not None:
                yield path, reason
                continue
            manifests = sorted((one for one in own if path.startswith(one.base)), key=lambda one: -len(one.base))
            yield Blob(
                path,
                name.rpartition("/")[2],
                lambda info=info: _member(archive, info, limits),  # type: ignore[misc]
                size=info.file_size,
                depth=blob.depth + 1,
                manifests=(*manifests, *blob.manifests),
            )
        for one in own:
            one.close(report)


def seekable(blob: Blob, limits: Limits) -> BinaryIO:
    """The blob for reading at random: from disk, or, out of an archive, from a memory that is bounded."""
    if blob.local is not None:
        return blob.local.open("rb")
    with blob.open() as stream:
        return io.BytesIO(bounded(stream, limits.document_bytes, blob.size))


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits) -> Guarded:
    return Guarded(archive.open(info), lambda: info.compress_size, limits.ratio)  # type: ignore[arg-type]


def _manifest(blob: Blob, archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, limits: Limits, report: WalkReport) -> list[Manifest]:
    path = f"{blob.path}#{name}"
    try:
        with _member(archive, info, limits) as stream:
            return [Manifest.read(stream, path, path[: -len(manifest.NAME)], report)]
    except DAMAGE as error:
        report.warn(f"{path}: {explained(error)}.")
        return []


def _refused(info: zipfile.ZipInfo, name: str, limits: Limits) -> str | None:
    parts = name.split("/")
    if ".." in parts or name.startswith("/") or (len(name) > 1 and name[1] == ":"):
        return "its name leads out of the archive"
    if info.flag_bits & _ENCRYPTED:
        return "it is encrypted"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "it is a link, not a page"
    return None


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name. Archives made on Chinese Windows do not say that theirs are GBK."""
    name = info.filename
    if not info.flag_bits & _NAME_IS_UTF8:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return clean_name(name.replace("\\", "/"))
