"""Two rules of one family after the same word: which one wins, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.rulebook.family import Claim, Rule
from pipeline.rulebook.loading import Rulebook


@dataclass(frozen=True)
class Claimant:
    """A rule that claims a surface, and where it stands."""

    rule_id: str
    path: Path
    line: int
    kind: str
    claim: Claim

    @property
    def place(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True)
class Clash:
    """A surface two rules claim for one use; harmless where both make the same of it."""

    winner: Claimant
    loser: Claimant

    @property
    def harmless(self) -> bool:
        return self.winner.claim.gives == self.loser.claim.gives

    def __str__(self) -> str:
        won, lost = self.winner, self.loser
        surface = f"{lost.place}: {lost.rule_id}: {lost.claim.surface!r} as {lost.claim.use}"
        if won.rule_id == lost.rule_id:
            return f"{surface} stands twice in the rule; take one out"
        if self.harmless:
            return f"{surface} is in {won.rule_id} ({won.place}) too; both make the same of it, so take it out of one"
        return f"{surface} is claimed by {won.rule_id} ({won.place}) too, which wins: {self._why()}; take it out of one of the two"

    def _why(self) -> str:
        if self.winner.claim.rank != self.loser.claim.rank:
            return f"{self.winner.kind} come before {self.loser.kind}"
        if self.winner.claim.later:
            return "it comes later (files go by their names, rules by their order in them)"
        return "it comes first (files go by their names, rules by their order in them)"


def clashes(rulebook: Rulebook, families: Sequence[str] = ()) -> Iterator[Clash]:
    """Every clash in the families named (default: all), those that change something first in each family."""
    for name in families or rulebook.families:
        found: list[Clash] = []
        held: dict[tuple[str, str], Claimant] = {}
        for claimant in claimants(rulebook, name):
            key = (claimant.claim.use, claimant.claim.surface)
            before = held.setdefault(key, claimant)
            if before is claimant:
                continue
            if _wins(claimant.claim, before.claim):
                held[key] = claimant
                found.append(Clash(claimant, before))
            else:
                found.append(Clash(before, claimant))
        yield from sorted(found, key=lambda clash: clash.harmless)


def claimants(rulebook: Rulebook, family: str) -> Iterator[Claimant]:
    """Every surface a family's rules claim, in the order in which the rules are read."""
    for file in rulebook.files(family):
        for rule, line in zip(file.rules, file.lines, strict=True):
            for claim in rulebook.families[family].claims(file.kind, rule):
                yield Claimant(_full_id(family, rule), file.path, line, file.kind, claim)


def _wins(new: Claim, old: Claim) -> bool:
    return new.rank < old.rank or (new.rank == old.rank and new.later)


def _full_id(family: str, rule: Rule) -> str:
    return f"{family}/{rule.id}"
