"""What mentions already read say for others: the village 全村 means, the county of a town that several have."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.stages.places.mentions import Mention


def settle_villages(mentions: Sequence[Mention], last: Mention | None) -> list[Mention]:
    """全村 and 该村 are the village last named, before that the only one of the page so far; before any is named they say nothing."""
    out: list[Mention] = []
    for mention in mentions:
        if mention.level == "village" and mention.deictic:
            if last is None:
                continue
            mention.name, mention.code, mention.township = last.name, last.code, last.township
        elif mention.level == "village":
            last = mention
        out.append(mention)
    return out


def settle_by_chains(mentions: Sequence[Mention]) -> None:
    """A town that could be several where it is first named is the one that the page names under its county; a village too."""
    towns: dict[str, set[str]] = {}
    villages: dict[str, list[Mention]] = {}
    for mention in mentions:
        if mention.level == "township" and mention.code and not mention.deictic:
            towns.setdefault(mention.name, set()).add(mention.code)
        if mention.level == "village" and mention.method == "chain" and mention.code:
            villages.setdefault(mention.name, []).append(mention)
    for mention in mentions:
        known = towns.get(mention.name, set())
        if mention.level == "township" and mention.code is None and len(known) == 1:
            mention.code, mention.method, mention.candidates = next(iter(known)), "context", ()
        chained = villages.get(mention.name, [])
        if mention.level == "village" and mention.method in ("pattern", "unresolved") and len({(m.code, m.township) for m in chained}) == 1:
            mention.code, mention.township, mention.method, mention.candidates = chained[0].code, chained[0].township, "context", ()
