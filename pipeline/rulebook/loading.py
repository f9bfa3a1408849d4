"""Reading rule files: strictly, with the line and the fix when something is wrong, and only once per content."""

from __future__ import annotations

import difflib
import hashlib
import pickle
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from pipeline.rulebook.collecting import collecting_seldom
from pipeline.rulebook.family import Family, Rule, RuleError, RuleFile
from pipeline.rulebook.patterns import check_patterns, runs_away

#: What each family compiled to last, with where it is kept: a process that builds again does not load the same rules again.
_LATEST: dict[str, tuple[Path, Any]] = {}
FILE_KEYS = ("family", "kind", "about", "rules")


class Rulebook:
    """The rule families a build uses, compiled when first asked for."""

    def __init__(self, root: Path, families: Iterable[Family], *, cache: Path | None = None, code: str = "") -> None:
        self.root = root
        self.families = {family.name: family for family in families}
        self._cache = cache
        self._code = code
        self._compiled: dict[str, Any] = {}
        self._fingerprints: dict[str, str] = {}
        self._files: dict[str, tuple[RuleFile, ...]] = {}

    def __getitem__(self, name: str) -> Any:
        """What the family compiles to."""
        if name not in self._compiled:
            self._compiled[name] = self._load_compiled(self.families[name])
        return self._compiled[name]

    def pin(self, fingerprints: Mapping[str, str]) -> Rulebook:
        """Hold to rules of these fingerprints: files edited since are an error, not a mix of old rules and new."""
        self._fingerprints = dict(fingerprints)
        return self

    def fingerprint(self, name: str) -> str:
        """A digest of every byte of the family's files."""
        if name not in self._fingerprints:
            self._fingerprints[name] = self._digest(name)
        return self._fingerprints[name]

    def fingerprints(self) -> dict[str, str]:
        """The digest of every family."""
        return {name: self.fingerprint(name) for name in self.families}

    def paths(self, name: str) -> list[Path]:
        """The family's rule files and data files, sorted."""
        folder = self.root / name
        family = self.families[name]
        return sorted({*self._rule_paths(name), *(path for pattern in family.data for path in folder.glob(pattern))})

    def files(self, name: str) -> tuple[RuleFile, ...]:
        """The family's rule files, validated."""
        if name not in self._files:
            self._files[name] = tuple(read_files(self.families[name], self._rule_paths(name), self.root))
        return self._files[name]

    def check(self) -> None:
        """Load and validate every family; raises `RuleError` at the first fault."""
        unknown = [path for path in sorted(self.root.iterdir()) if path.is_dir() and path.name not in self.families]
        if unknown:
            raise RuleError(unknown[0], None, f"no rule family is called {unknown[0].name!r}", _nearest(unknown[0].name, self.families))
        for name in self.families:
            kept = self._kept(name)
            if kept is None or not kept.exists():  # what is kept compiled was valid when it was compiled
                self[name]

    def run_away(self, names: Iterable[str], text: str) -> list[str]:
        """The rules of these families that have a pattern which does not get through the text in time."""
        return [
            f"{name}/{rule.id}"
            for name in names
            for file in self.files(name)
            for rule in file.rules
            if any(runs_away(pattern, text) for pattern in self.families[name].patterns(rule).values())
        ]

    def _digest(self, name: str) -> str:
        digest = hashlib.sha256()
        for path in self.paths(name):
            digest.update(path.relative_to(self.root).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()

    def _rule_paths(self, name: str) -> list[Path]:
        return sorted((self.root / name).glob("**/*.yaml"))

    def _kept(self, name: str) -> Path | None:
        """Where the family's compiled rules are kept, by what they and the code that compiles them say."""
        return None if self._cache is None else self._cache / f"{name}-{self.fingerprint(name)[:16]}-{self._code[:16]}.pickle"

    def _load_compiled(self, family: Family) -> Any:
        kept = self._kept(family.name)
        if kept is not None:
            latest = _LATEST.get(family.name)
            if latest is not None and latest[0] == kept:
                return latest[1]
            try:
                with collecting_seldom():
                    compiled = pickle.loads(_sealed(kept.read_bytes()))
                _LATEST[family.name] = kept, compiled
                return compiled
            except Exception:  # noqa: BLE001 - a cache that cannot be read, for whatever reason, is made anew
                pass
        data = [path for path in self.paths(family.name) if path.suffix != ".yaml"]
        compiled = family.compile(self.files(family.name), data)
        if self._digest(family.name) != self.fingerprint(family.name):
            raise RuleError(self.root / family.name, None, "was edited while a build was running", "run the build again")
        if kept is not None:
            content = pickle.dumps(compiled, protocol=pickle.HIGHEST_PROTOCOL)
            write_atomically(kept, hashlib.sha256(content).digest() + content)
            _LATEST[family.name] = kept, compiled
        return compiled


def load(root: Path | str, families: Iterable[Family], *, cache: Path | None = None, code: str = "") -> Rulebook:
    """The rulebook of a `rules/` folder; nothing is read until a family is asked for."""
    root = Path(root)
    if not root.is_dir():
        raise RuleError(root, None, "there is no such folder", "name the folder of rules with --rules")
    return Rulebook(root, families, cache=cache, code=code)


def read_files(family: Family, paths: Sequence[Path], root: Path) -> list[RuleFile]:
    """Read and validate a family's rule files; ids are unique in the family."""
    files: list[RuleFile] = []
    seen: dict[str, tuple[Path, int]] = {}
    for path in paths:
        file = _read_file(family, path, root)
        for rule, line in zip(file.rules, file.lines, strict=True):
            if rule.id in seen:
                other, at = seen[rule.id]
                raise RuleError(path, line, f"the id {rule.id!r} is used before, at {other.name}:{at}", "give this rule another id")
            seen[rule.id] = (path, line)
        files.append(file)
    return files


def _read_file(family: Family, path: Path, root: Path) -> RuleFile:
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise RuleError(path, None, f"is not UTF-8 at byte {error.start}", "save it as UTF-8") from None
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
        content = yaml.load(text, Loader=_PlainLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise RuleError(
            path, mark.line + 1 if mark else None, f"is no YAML: {getattr(error, 'problem', error)}", "check indentation, colons and quotes"
        ) from None
    if not isinstance(content, dict):
        raise RuleError(path, 1, "holds no mapping", f"start with 'family: {family.name}', 'kind: …' and 'rules:'")
    for key in content:
        if key not in FILE_KEYS:
            raise RuleError(path, _line_of(node, (key,)), f"unknown key {key!r}", _nearest(str(key), FILE_KEYS))
    if content.get("family") != family.name:
        raise RuleError(
            path, _line_of(node, ("family",)), f"family is {content.get('family')!r}", f"write 'family: {family.name}', the name of its folder"
        )
    kind = content.get("kind")
    if kind not in family.kinds:
        raise RuleError(path, _line_of(node, ("kind",)), f"kind is {kind!r}", f"one of {', '.join(family.kinds)}")
    if not isinstance(content.get("rules"), list):
        raise RuleError(
            path, _line_of(node, ("rules",)), "'rules' is no list", "write the rules as a list under 'rules:', each starting with '- id: …'"
        )
    rules: list[Rule] = []
    lines: list[int] = []
    for n, item in enumerate(content["rules"]):
        line = _line_of(node, ("rules", n))
        rule = _validate(family.kinds[kind], item, path, node, ("rules", n), line)
        check_patterns(path, line, family.patterns(rule))
        rules.append(rule)
        lines.append(line or 1)
    return RuleFile(path, kind, tuple(rules), tuple(lines))


def _validate(model: type[Rule], item: Any, path: Path, node: Any, at: tuple[Any, ...], line: int | None) -> Rule:
    try:
        return model.model_validate(item)
    except ValidationError as error:
        # A key written wrong is also a key missing; what to mend is the one that is there.
        first = min(error.errors(), key=lambda fault: fault["type"] != "extra_forbidden")
        where = tuple(first["loc"])
        name = item.get("id", "?") if isinstance(item, dict) else "?"
        spot = _line_of(node, at + where) or line
        key = str(where[-1]) if where else ""
        if first["type"] == "extra_forbidden":
            raise RuleError(path, spot, f"rule {name}: unknown key {key!r}", _nearest(key, _keys_at(model, where))) from None
        if first["type"] == "missing":
            raise RuleError(path, spot, f"rule {name}: {key!r} is missing", _FIX_MISSING.get(key, f"add '{key}:'")) from None
        raise RuleError(path, spot, f"rule {name}: {'.'.join(map(str, where))}: {first['msg']}", _FIX_MISSING.get(key, "")) from None


_FIX_MISSING = {
    "about": "say in a sentence what the rule reads and why",
    "examples": "add at least one '- text: …' it reads",
    "counterexamples": "add at least one '- text: …' that looks alike and must not be read",
    "id": "lower case letters, digits, '.', '_' and '-'",
}


class _PlainLoader(yaml.CSafeLoader):
    """Plain data only; dates stay the strings they are written as, and 'on', 'no' and 'yes' too."""


_PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_PlainLoader.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if not (pair[0] == "tag:yaml.org,2002:bool" and first in "yYnNoO")]
    for first, pairs in _PlainLoader.yaml_implicit_resolvers.items()
}


def _line_of(node: Any, path: tuple[Any, ...]) -> int | None:
    """The line a key path stands on, as far down as it leads."""
    line = None
    for step in path:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == step), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
        else:
            break
    return line


def _keys_at(model: type[Any], where: tuple[Any, ...]) -> list[str]:
    """The keys allowed where an unknown one was found, following the models down."""
    for step in where[:-1]:
        if isinstance(step, str) and step in model.model_fields:
            inner = _model_in(model.model_fields[step].annotation)
            if inner is None:
                return []
            model = inner
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: Any) -> type[Any] | None:
    if isinstance(annotation, type) and hasattr(annotation, "model_fields"):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _model_in(inner)
        if found is not None:
            return found
    return None


def _nearest(word: str, known: Iterable[str] | Mapping[str, Any]) -> str:
    names = list(known)
    close = difflib.get_close_matches(word, names, n=1, cutoff=0.5)
    return f"did you mean {close[0]!r}?" if close else f"one of {', '.join(names)}"


def _sealed(content: bytes) -> bytes:
    """What was kept, if it is whole: a bit flipped in a word would not be noticed otherwise."""
    seal = hashlib.sha256().digest_size
    if hashlib.sha256(content[seal:]).digest() != content[:seal]:
        raise ValueError("it is damaged")
    return content[seal:]


def write_atomically(path: Path, content: bytes) -> None:
    """Keep something that can be made again: whole, or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(content)
        Path(file.name).replace(path)
    except OSError:
        pass  # a cache that cannot be written is only slower
