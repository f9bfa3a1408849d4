"""Files and folders to pages, in an order that is the same on every machine, and one at a time."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.ingest import manifest
from pipeline.ingest.archives import member_of_gz, members_of_zip
from pipeline.ingest.blobs import DAMAGE, Blob, bounded, explained, opened, too_large
from pipeline.ingest.manifest import Manifest, gathered
from pipeline.ingest.source import ARCHIVES, DEFAULT_LIMITS, PAGES, TABLES, TEXT_MEDIA, Limits, Source, Unreadable, WalkReport, clean_name, suffix
from pipeline.ingest.stated import SILENT, Stated
from pipeline.ingest.tables import records
from pipeline.storage import RemotePath

#: Where pages lie: on a disk, or on another file system.
Place = Path | RemotePath

_READ = {**PAGES, **TABLES, **ARCHIVES}


def walk(inputs: Sequence[Place], limits: Limits = DEFAULT_LIMITS, report: WalkReport | None = None) -> Iterator[Source]:
    """Every page under the files and folders given, sorted; what cannot be read comes with its `fault`.

    Only the page at hand is in memory. `report` is filled in along the way: what was skipped and why, and what was
    wrong with manifests.
    """
    report = WalkReport() if report is None else report
    walker = _Walker(limits, report)
    for path in _distinct(inputs, report):
        for source in walker.given(path):
            report.count(source)
            yield source


def _distinct(inputs: Iterable[Place], report: WalkReport) -> list[Place]:
    """The inputs in order, without those that stand inside another: their pages would count twice."""
    kept: list[Place] = []
    real: list[Place] = []
    for path in sorted(inputs, key=lambda path: (len(path.absolute().parts), _order(path.name), str(path))):
        target = path.resolve()
        if any(target == other or other in target.parents for other in real):
            report.skip(clean_name(path.name), "given twice, or inside a folder that is given")
        else:
            kept.append(path)
            real.append(target)
    return sorted(kept, key=lambda path: (_order(path.absolute().name), str(path)))


@dataclass
class _Folder:
    """A folder being read: the names still to come, and what its manifest says."""

    path: Place
    label: str
    names: Iterator[str]
    manifests: tuple[Manifest, ...]
    own: Manifest | None
    identity: tuple[int, int | str]


class _Walker:
    def __init__(self, limits: Limits, report: WalkReport) -> None:
        self._limits = limits
        self._report = report
        self._seen: set[tuple[int, int | str]] = set()

    def given(self, path: Place) -> Iterator[Source]:
        """The pages of one input: a folder, or a file, for which the manifest beside it speaks as well."""
        label = clean_name(path.absolute().name)
        try:
            is_folder = stat.S_ISDIR(path.stat().st_mode)
        except (OSError, ValueError) as error:
            yield Source(label, b"", "", fault=explained(error))
            return
        if is_folder:
            yield from self._tree(path)
        elif label.lower() == manifest.NAME:
            self._report.skip(label, "a manifest speaks of pages and is none")
        elif suffix(label) not in _READ:
            yield Source(label, b"", "", fault=f"its kind is not known: names must end in {', '.join(_READ)}")
        else:
            beside = self._manifest(path.absolute().parent, "")
            yield from self._file(path, label, (beside,) if beside else ())

    def _tree(self, root: Place) -> Iterator[Source]:
        """Folders within folders, with a stack of our own: they may be nested deeper than calls can be."""
        stack: list[_Folder] = []
        yield from self._enter(stack, root, "", ())
        while stack:
            folder = stack[-1]
            name = next(folder.names, None)
            if name is None:
                stack.pop()
                if folder.own is not None:
                    folder.own.close(self._report)
                continue
            path, label = folder.path / name, folder.label + clean_name(_readable(name))
            if name.startswith("."):
                self._report.skip(label, "hidden")
                continue
            try:
                is_folder = stat.S_ISDIR(path.stat().st_mode)
            except (OSError, ValueError) as error:
                if suffix(label) in _READ:
                    yield Source(label, b"", "", fault=explained(error))
                else:
                    self._report.skip(label, explained(error))
                continue
            if is_folder:
                yield from self._enter(stack, path, f"{label}/", folder.manifests)
            elif name.lower() != manifest.NAME:
                yield from self._file(path, label, folder.manifests)

    def _enter(self, stack: list[_Folder], path: Place, label: str, manifests: tuple[Manifest, ...]) -> Iterator[Source]:
        try:
            status = path.stat()
            identity = (status.st_dev, status.st_ino)
            if any(folder.identity == identity for folder in stack):
                raise Unreadable("it is a link that leads back to a folder it is in")
            if identity in self._seen:
                self._report.skip(label, "the same folder as one read before")
                return
            names = sorted(_names(path), key=_order)
        except (OSError, Unreadable) as error:
            yield Source(label or clean_name(path.name), b"", "", fault=explained(error))
            return
        self._seen.add(identity)
        own = self._manifest(path, label)
        stack.append(_Folder(path, label, iter(names), (own, *manifests) if own else manifests, own, identity))

    def _manifest(self, folder: Place, label: str) -> Manifest | None:
        path = folder / manifest.NAME
        try:
            if not path.is_file():
                return None
            with opened(path) as stream:
                return Manifest.read(stream, label + manifest.NAME, label, self._report)
        except OSError as error:
            self._report.warn(f"{label}{manifest.NAME}: {explained(error)}.")
            return None

    def _file(self, path: Place, label: str, manifests: tuple[Manifest, ...]) -> Iterator[Source]:
        """One file on disk. It is looked at again before it is opened: reading a pipe would wait for ever."""
        try:
            status = path.stat()
        except OSError as error:
            yield Source(label, b"", "", fault=explained(error))
            return
        if not stat.S_ISREG(status.st_mode):
            self._report.skip(label, "no regular file")
            return
        blob = Blob(label, label.rpartition("/")[2], lambda: opened(path), status.st_size, path, manifests=manifests)
        yield from self._blob(blob)

    def _blob(self, blob: Blob) -> Iterator[Source]:
        """The pages in a file or member: itself, its records, or what it holds."""
        ending = suffix(blob.name)
        if blob.name.startswith("."):
            self._report.skip(blob.path, "hidden")
        elif ending not in _READ:
            self._report.skip(blob.path, f"{ending} is not read" if ending else "no suffix says what it is")
        else:
            try:
                if ending in PAGES:
                    yield self._page(blob, PAGES[ending])
                elif ending in TABLES:
                    yield from self._records(blob, TABLES[ending])
                else:
                    yield from self._members(blob, ARCHIVES[ending])
            except (Unreadable, *DAMAGE) as error:
                yield self._source(blob.path, b"", PAGES.get(ending, ""), blob.manifests, fault=explained(error))

    def _page(self, blob: Blob, media: str) -> Source:
        limit = self._limits.page_bytes if media in TEXT_MEDIA else self._limits.document_bytes
        if blob.size is not None and blob.size > limit:
            raise Unreadable(too_large(limit))
        with blob.open() as stream:
            data = bounded(stream, limit, blob.size)
        return self._source(blob.path, data, media, blob.manifests)

    def _records(self, blob: Blob, kind: str) -> Iterator[Source]:
        for record in records(blob, kind, self._limits):
            path = f"{blob.path}#{record.name}"
            yield self._source(path, record.data, "record", blob.manifests, record.stated, record.fault, record.encoding)

    def _members(self, blob: Blob, kind: str) -> Iterator[Source]:
        if blob.depth >= self._limits.nesting:
            raise Unreadable(f"it is an archive inside {blob.depth} others; {self._limits.nesting} are read")
        if kind == "gz":
            yield from self._blob(member_of_gz(blob, self._limits))
            return
        for member in members_of_zip(blob, self._limits, self._report):
            if isinstance(member, Blob):
                if any(part.startswith(".") for part in member.path[len(blob.path) + 1 :].split("/")):
                    self._report.skip(member.path, "hidden")
                elif member.name.lower() != manifest.NAME:
                    yield from self._blob(member)
            elif suffix(member[0]) in _READ:
                yield self._source(member[0], b"", PAGES.get(suffix(member[0]), ""), blob.manifests, fault=member[1])
            else:
                self._report.skip(*member)

    def _source(
        self,
        path: str,
        data: bytes,
        media: str,
        manifests: tuple[Manifest, ...],
        record: Stated = SILENT,
        fault: str | None = None,
        encoding: str | None = None,
    ) -> Source:
        said, voices = gathered(path, manifests, record)
        return Source(
            path,
            data,
            media,
            said.publication,
            said.issue_date,
            voices.get("issue_date"),
            said.place_code,
            voices.get("place_code"),
            fault,
            encoding=encoding,
            warnings=said.warnings,
        )


def _names(folder: Place) -> list[str]:
    """Names only: a folder may hold millions."""
    return folder.names() if isinstance(folder, RemotePath) else os.listdir(folder)  # noqa: PTH208


def _order(name: str) -> tuple[str, str]:
    """By code point of the composed form: some file systems keep é as e and an accent."""
    return unicodedata.normalize("NFC", name), name


def _readable(name: str) -> str:
    """A file's name as text; names that are no UTF-8 are mostly GBK from an old archive."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        raw = os.fsencode(name)
        try:
            return raw.decode("gb18030")
        except UnicodeDecodeError:
            return raw.decode("utf-8", "replace")
    return name
