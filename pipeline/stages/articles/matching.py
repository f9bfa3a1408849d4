"""Who goes with whom: how sure each of many pairs is, when everyone has one partner at most and all pairs are weighed together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from math import exp

Pair = tuple[int, int]

#: Rounds of sharing out; few pairs change after these.
ROUNDS = 12
#: Evidence beyond this is as good as certain.
CERTAIN = 30.0


def shares(scores: Mapping[Pair, float], alone_left: float, alone_right: Mapping[int, float]) -> dict[Pair, float]:
    """How likely each pair is, from the evidence for it (as log-odds), and for having no partner at all on either side.

    Everyone shares out one whole among partners and solitude, in turns until both sides agree: a pair is likely only when
    neither has another that is nearly as good, and when that other is not wanted more by somebody else.
    """
    weights = {pair: exp(min(CERTAIN, score)) for pair, score in scores.items()}
    lefts: defaultdict[int, list[Pair]] = defaultdict(list)
    rights: defaultdict[int, list[Pair]] = defaultdict(list)
    for pair in weights:
        lefts[pair[0]].append(pair)
        rights[pair[1]].append(pair)
    none_left, none_right = exp(alone_left), {m: exp(alone_right[m]) for m in rights}
    left, right = dict.fromkeys(lefts, 1.0), dict.fromkeys(rights, 1.0)
    for _ in range(ROUNDS):
        for n, pairs in lefts.items():
            left[n] = 1 / (none_left + sum(weights[pair] * right[pair[1]] for pair in pairs))
        for m, pairs in rights.items():
            right[m] = 1 / (none_right[m] + sum(weights[pair] * left[pair[0]] for pair in pairs))
    return {pair: left[pair[0]] * weight * right[pair[1]] for pair, weight in weights.items()}
