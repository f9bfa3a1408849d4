"""What the posts said of somebody make of them: an official, a reporter or anyone else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.stages.people.context import ROLES
from pipeline.stages.people.rules import Officials
from pipeline.stages.people.titles import Post


def role_of(posts: Sequence[Post], rules: Officials) -> str:
    """What the posts make of a person."""
    roles = {_role(post, rules) for post in posts}
    return next(role for role in ROLES if role in roles)


def _role(post: Post, rules: Officials) -> str:
    if post.word.role != "body":
        return post.word.role
    organisation = post.organisation
    if any(word in organisation for word in rules.words("state_firm")):
        return "official"
    private = _last_end(organisation, rules.words("private"))
    # 公司采购部经理: a firm's own units are no public bodies, whatever they are called.
    public = _last_end(organisation, (word for word in rules.words("public") if private < 0 or word not in rules.words("unit")))
    return "official" if public > private else "other"


def _last_end(text: str, words: Iterable[str]) -> int:
    """Where the last of some words that a text holds ends in it, -1 where it holds none."""
    return max((text.rfind(word) + len(word) for word in words if word in text), default=-1)
