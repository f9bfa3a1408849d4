"""Who goes with whom: pairs out of many candidates, best for all of them together, and how plain each choice is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

Pair = tuple[int, int]

#: Rounds of exchanging partners; two are nearly always enough.
ROUNDS = 5
#: No exchange is made for less.
TINY = 1e-9


def match(scores: Mapping[Pair, float]) -> dict[int, int]:
    """The partners on the right for those on the left: the best pairs first, then whatever exchange raises the sum."""
    chosen: dict[int, int] = {}
    taken: dict[int, int] = {}
    positive = sorted((pair for pair, score in scores.items() if score > 0), key=lambda pair: (-scores[pair], pair))
    for left, right in positive:
        if left not in chosen and right not in taken:
            chosen[left] = right
            taken[right] = left
    of_left: defaultdict[int, list[int]] = defaultdict(list)
    for left, right in positive:
        of_left[left].append(right)
    for _ in range(ROUNDS):
        exchanges = [_exchange(pair, scores, chosen, taken, of_left) for pair in positive]
        if not any(exchanges):
            break
    return chosen


def margins(chosen: Mapping[int, int], scores: Mapping[Pair, float]) -> dict[int, float]:
    """How much worse the pairs would be together without each of those chosen, its partners with others or alone."""
    taken = {right: left for left, right in chosen.items()}
    of_left: defaultdict[int, list[Pair]] = defaultdict(list)
    of_right: defaultdict[int, list[Pair]] = defaultdict(list)
    for pair in scores:
        of_left[pair[0]].append(pair)
        of_right[pair[1]].append(pair)
    out: dict[int, float] = {}
    for left, right in chosen.items():
        own = scores[left, right]
        alone = 0.0
        for pair in of_left[left]:
            other = taken.get(pair[1])
            if pair[1] == right:
                continue
            gain = scores[pair]
            if other is not None:  # both partners exchanged
                gain += max(0.0, scores.get((other, right), 0.0)) - scores[other, pair[1]]
            alone = max(alone, gain)
        freed = max((scores[pair] for pair in of_right[right] if pair[0] != left and pair[0] not in chosen), default=0.0)
        out[left] = own - max(alone, freed)
    return out


def _exchange(pair: Pair, scores: Mapping[Pair, float], chosen: dict[int, int], taken: dict[int, int], of_left: Mapping[int, list[int]]) -> bool:
    """Makes a pair of the two when that, and the best that is left for whom it displaces, is worth more than what was."""
    left, right = pair
    if chosen.get(left) == right:
        return False
    had, holder = chosen.get(left), taken.get(right)
    lost = (scores[left, had] if had is not None else 0.0) + (scores[holder, right] if holder is not None else 0.0)
    instead = None
    if holder is not None:
        free = [other for other in of_left[holder] if other != right and (other == had or other not in taken)]
        instead = max(free, key=lambda other: scores[holder, other], default=None)
    gained = scores[pair] + (scores[holder, instead] if holder is not None and instead is not None else 0.0)
    if gained <= lost + TINY:
        return False
    if had is not None:
        del taken[had]
    chosen[left], taken[right] = right, left
    if holder is not None:
        del chosen[holder]
        if instead is not None:
            chosen[holder], taken[instead] = instead, holder
    return True
