"""Who is who across pages: the same name with the same place and post, or on the same page, is the same person."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

#: Posts that one person holds at a time say more of who it is than those that many hold.
MANY_HOLD = ("副", "委员", "常委", "成员", "领导", "代表", "负责人", "工作人员")


def person_id(name: str, role: str, posts: Iterable[tuple[str, str | None]], page: str, publication: str | None) -> str:
    """A digest that is the same wherever name, place and post agree.

    `posts` are titles and place codes of everything the page says of this person. Who has no post with a place is
    known only on the page; a reporter, in the publication.
    """
    known = sorted({(_rank(title), title, code) for title, code in posts if code or not _is_local(title)})
    if role == "official" and known:
        _, title, code = known[0]
        key = f"{code or ''}|{_short(title)}"
    elif role == "reporter" and publication:
        key = f"reporter|{publication}"
    else:
        key = f"page|{page}"
    return "p-" + hashlib.sha256(f"{name}|{key}".encode()).hexdigest()[:12]


def _rank(title: str) -> int:
    return 1 if any(word in title for word in MANY_HOLD) else 0


def _is_local(title: str) -> bool:
    return title != "总书记"


def _short(title: str) -> str:
    """A title without its place: 北碚区委书记 and 区委书记 are one post once the place is known."""
    for mark in ("自治区", "自治州", "自治县", "省", "市", "区", "县", "州", "旗", "镇", "乡"):
        at = title.rfind(mark)
        if 0 <= at < len(title) - len(mark):
            return title[at:]
    return title
