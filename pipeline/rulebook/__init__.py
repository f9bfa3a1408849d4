"""The rulebook: the files of `rules/`, loaded strictly, compiled once, and cached by what they say."""

from pipeline.rulebook.collecting import collecting_seldom
from pipeline.rulebook.family import Claim, Counterexample, Example, Family, Rule, RuleError, RuleFile
from pipeline.rulebook.loading import Rulebook, load

__all__ = ["Claim", "Counterexample", "Example", "Family", "Rule", "RuleError", "RuleFile", "Rulebook", "collecting_seldom", "load"]
