"""Where a rule stands and what it says of itself, without validating the family it is in."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import yaml


class RuleSource(NamedTuple):
    """A rule's file and line, and its `about`."""

    path: Path
    line: int
    about: str

    def place(self, root: Path) -> str:
        """File and line, as a reader of the rules folder names them."""
        return f"{root.name}/{self.path.relative_to(root).as_posix()}:{self.line}"


class RuleSources:
    """The rules of a folder by their full id; a family is looked through when one of its rules is first asked for."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._families: dict[str, dict[str, RuleSource]] = {}

    def get(self, rule_id: str) -> RuleSource | None:
        """The rule `family/id`, or None where the id names a model or a reading without a file."""
        family, _, name = rule_id.partition("/")
        if family not in self._families:
            self._families[family] = {}
            for path in sorted((self.root / family).glob("**/*.yaml")):
                self._families[family].update(_sources(path))
        return self._families[family].get(name)


def _sources(path: Path) -> dict[str, RuleSource]:
    found: dict[str, RuleSource] = {}
    node = yaml.compose(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    rules = next((value for key, value in node.value if key.value == "rules"), None) if isinstance(node, yaml.MappingNode) else None
    for rule in rules.value if isinstance(rules, yaml.SequenceNode) else ():
        says = {key.value: value.value for key, value in rule.value if isinstance(value, yaml.ScalarNode)}
        if "id" in says:
            found[says["id"]] = RuleSource(path, rule.start_mark.line + 1, " ".join(says.get("about", "").split()))
    return found
