"""What a rule, a rule file and a family of rules are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

#: A partial row: the columns named must have these values in some row of the dataset.
PartialRow = dict[str, Any]


class Closed(BaseModel):
    """A mapping that allows the keys it declares and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class Example(Closed):
    """A text the rule reads, and what the whole pipeline makes of it.

    Without `gives`, the example passes when a row made by this rule comes out.
    """

    text: str
    gives: dict[str, list[PartialRow]] = Field(default_factory=dict)
    home: str | None = None
    date: str | None = None


class Counterexample(Closed):
    """A text that looks like a case for the rule and is none.

    `not` lists partial rows that must not come out; without it, no row made by this rule may come out.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, coerce_numbers_to_str=True)

    text: str
    gives_no: dict[str, list[PartialRow]] = Field(default_factory=dict, alias="not")
    gives: dict[str, list[PartialRow]] = Field(default_factory=dict)
    home: str | None = None
    date: str | None = None


class Rule(Closed):
    """What every rule says of itself, whatever its family; families add keys of their own."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_.\-]*$")
    about: str = Field(min_length=1)
    examples: list[Example] = Field(min_length=1)
    counterexamples: list[Counterexample] = Field(min_length=1)


class RuleError(Exception):
    """A rule file that cannot be used: where, what is wrong and what to write instead."""

    def __init__(self, path: Path | str, line: int | None, problem: str, fix: str = "") -> None:
        self.path, self.line, self.problem, self.fix = Path(path), line, problem, fix
        place = f"{path}:{line}" if line else str(path)
        super().__init__(f"{place}: {problem}" + (f" — {fix}" if fix else ""))


@dataclass(frozen=True)
class RuleFile:
    """One YAML file: its kind, its rules in order, and the line each rule starts on."""

    path: Path
    kind: str
    rules: tuple[Rule, ...]
    lines: tuple[int, ...]


class Claim(NamedTuple):
    """A surface a rule claims: `use` says as what. Two rules that claim one surface for one use clash, unless both make
    the same of it (`gives`). Of two, the one of lower `rank` wins; of equals the first, or with `later` the last."""

    surface: str
    use: str
    gives: str = ""
    rank: int = 0
    later: bool = False


@dataclass(frozen=True)
class Family:
    """A folder of `rules/`: which kinds of rule file it holds and how they become what a stage uses.

    `kinds` maps the `kind:` of a file to the model of its rules. `data` are glob patterns of tables beside them
    (such as a gazetteer). `compile` gets the rule files and the paths of the data files, and gives back
    whatever the stage wants; it must be picklable, for it is cached. `claims` gives the words a rule (of a kind) takes
    for its own, so that two rules after the same word are found; `patterns` its regular expressions, by key.
    """

    name: str
    kinds: dict[str, type[Rule]]
    compile: Callable[[Sequence[RuleFile], Sequence[Path]], Any]
    about: str = ""
    data: tuple[str, ...] = ()
    patterns: Callable[[Rule], dict[str, str]] = field(default=lambda rule: {})
    claims: Callable[[str, Rule], Iterable[Claim]] = field(default=lambda kind, rule: ())
