"""What a stage depends on besides its input: the code of its rooms and the rules it reads."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from pipeline.contract import CONTRACT_VERSION
from pipeline.rulebook import Rulebook
from pipeline.stages.base import Stage

_IMPORT = re.compile(rb"^[ \t]*(?:from|import)[ \t]+(pipeline[\w.]*)(?:[ \t]+import[ \t]+\(?([^\n)]*))?", re.MULTILINE)
_CODE_SUFFIXES = {".py", ".npz", ".npy", ".json", ".tsv", ".bin", ".gz", ".txt", ".dat"}


@lru_cache(maxsize=256)
def code_fingerprint(room: str) -> str:
    """A digest of every file of a room and of the rooms it imports, so an edit anywhere below it is noticed."""
    digest = hashlib.sha256(CONTRACT_VERSION.encode())
    for path, content in sorted(_closure(room).items()):
        digest.update(path.encode() + b"\0" + hashlib.sha256(content).digest())
    return digest.hexdigest()


def stage_fingerprints(stage: Stage, rulebook: Rulebook, private: str = "keep") -> dict[str, str]:
    """The stage's code, each rule family it uses, and whether private persons are hidden in what it gives, by name."""
    rules = {f"rules/{name}": rulebook.fingerprint(name) for name in sorted(stage.rules)}
    return {f"code/{stage.name}": code_fingerprint(stage.room), "setting/private_persons": private, **rules}


def combine(parts: Iterable[tuple[str, str]]) -> str:
    """One digest of named digests."""
    digest = hashlib.sha256()
    for name, value in sorted(parts):
        digest.update(f"{name}={value}\n".encode())
    return digest.hexdigest()


def _closure(room: str) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    done: set[str] = set()
    todo = [room]
    while todo:
        name = todo.pop()
        if name in done:
            continue
        done.add(name)
        for path in _files_of(name):
            key = f"{name}/{path.name}" if path.name != "__init__.py" else name
            content = path.read_bytes()
            files[key] = content
            if path.suffix == ".py":
                todo.extend(_imports(content))
    return files


def _imports(content: bytes) -> Iterable[str]:
    for match in _IMPORT.finditer(content):
        module = match[1].decode()
        if module != "pipeline":
            yield module
        # `from pipeline.text import numerals` names a module too; a name that is no module has no files.
        for name in (match[2] or b"").decode().split(","):
            if name.strip().isidentifier():
                yield f"{module}.{name.strip()}"


@lru_cache(maxsize=1024)
def _files_of(module: str) -> tuple[Path, ...]:
    """The files of a module, found by its name alone: asking for a module's spec imports what stands above it."""
    top, *rest = module.split(".")
    spec = find_spec(top)
    if spec is None or spec.origin is None:
        return ()
    place = Path(spec.origin).parent.joinpath(*rest)
    if not (place / "__init__.py").is_file():
        alone = place.with_suffix(".py")
        return (alone,) if rest and alone.is_file() else ()
    return tuple(sorted(path for path in place.rglob("*") if path.suffix in _CODE_SUFFIXES and "__pycache__" not in path.parts))
