"""Who goes with whom: how sure each of many pairs is, when everyone has one partner at most and all pairs are weighed together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from math import exp
from operator import mul

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
    lefts: defaultdict[int, tuple[list[int], list[float]]] = defaultdict(lambda: ([], []))
    rights: defaultdict[int, tuple[list[int], list[float]]] = defaultdict(lambda: ([], []))
    for (n, m), weight in weights.items():
        lefts[n][0].append(m)
        lefts[n][1].append(weight)
        rights[m][0].append(n)
        rights[m][1].append(weight)
    none_left, none_right = exp(alone_left), {m: exp(alone_right[m]) for m in rights}
    left, right = dict.fromkeys(lefts, 1.0), dict.fromkeys(rights, 1.0)
    for _ in range(ROUNDS):
        for n, (partners, worth) in lefts.items():
            left[n] = 1 / (none_left + sum(map(mul, worth, map(right.__getitem__, partners))))
        for m, (partners, worth) in rights.items():
            right[m] = 1 / (none_right[m] + sum(map(mul, worth, map(left.__getitem__, partners))))
    return {pair: left[pair[0]] * weight * right[pair[1]] for pair, weight in weights.items()}
