"""Who is who: on a page by name and by places that agree, across pages by name, place and post."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

#: Posts that one person holds at a time say more of who it is than those that many hold.
MANY_HOLD = ("副", "委员", "常委", "成员", "领导", "代表", "负责人", "工作人员", "干部")
#: Where the name of a post's place ends: 北碚区委书记 and 区委书记 are one post once the place is known.
PLACE_ENDS = ("自治区", "自治州", "自治县", "省", "市", "区", "县", "州", "旗", "镇", "乡")


@dataclass(frozen=True)
class Held:
    """A post as said of somebody: its title and place, and whether the two settle whose it can be."""

    title: str
    code: str | None
    settles: bool


@dataclass
class Person:
    """Somebody on a page: a name, and what the page says of whoever bears it."""

    name: str
    posts: list[Held] = field(default_factory=list)

    def may_hold(self, posts: Sequence[Held]) -> bool:
        """Whether these posts may be the same person's: their places agree, or one lies within the other."""
        return all(_agree(known.code, post.code) for known in self.posts for post in posts)


class People:
    """The persons of one page, told apart as their mentions come in order."""

    def __init__(self) -> None:
        self._by_name: dict[str, list[Person]] = {}

    def who(self, name: str, posts: Sequence[Held]) -> Person:
        """The person of this name who may hold these posts; without posts, the one named last."""
        known = self._by_name.setdefault(name, [])
        person = next((person for person in reversed(known) if person.may_hold(posts)), None)
        if person is None:
            person = Person(name)
        else:
            known.remove(person)
        known.append(person)
        person.posts += [post for post in dict.fromkeys(posts) if post not in person.posts]
        return person


def person_id(person: Person, role: str, page: str, publication: str | None) -> str:
    """A digest that is the same wherever name, place and post agree.

    Who has no post that settles who it is is known only on the page; a reporter, in the publication.
    """
    settled = [post for post in person.posts if post.settles]
    if role == "official" and settled:
        _, _, title, code = min((_many_hold(post.title), len(_short(post.title)), _short(post.title), post.code or "") for post in settled)
        key = f"{code}|{title}"
    elif role == "reporter" and publication:
        key = f"reporter|{publication}"
    else:
        key = f"page|{page}"
    return "p-" + hashlib.sha256(f"{person.name}|{key}".encode()).hexdigest()[:12]


def _many_hold(title: str) -> bool:
    return any(word in title for word in MANY_HOLD)


def _agree(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return True
    return one.startswith(other.rstrip("0")) or other.startswith(one.rstrip("0"))


def _short(title: str) -> str:
    """A title without the place before its body."""
    for mark in PLACE_ENDS:
        at = title.rfind(mark)
        if 0 <= at < len(title) - len(mark):
            return title[at:]
    return title
