"""Jumps inside a page: where a text breaks off it points to another place (下转右栏), and there back (上接左栏)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.stages.articles.items import Item

_PLACE = "(?:本版|左|右|上|下|中缝)[^（），。]{0,8}[）】]"
_LEAVES = re.compile(f"[（【]?(?:下转|转){_PLACE}\\Z")
_RETURNS = re.compile(f"[（【]?(?:紧接|上接|接){_PLACE}")


@dataclass(slots=True)
class Jumps:
    """The pointers of a page, as far as it has been read."""

    left: Item | None = None
    returns: bool = False

    def see(self, text: str, above: Item | None) -> None:
        """Takes note of a pointer that stands alone on its line under a piece."""
        if _LEAVES.search(text) and above is not None:
            self.left = above
        elif _RETURNS.match(text):
            self.returns = True

    def place(self, pieces: Sequence[Item], pointers: Sequence[str]) -> None:
        """Tells the pieces of a line, which had these pointers at its ends, what they go on with."""
        for text in pointers:
            if _RETURNS.match(text):
                self.returns = True
        if self.returns and self.left is not None:
            pieces[0].goes_on, self.left = self.left, None
        self.returns = False
        if any(_LEAVES.search(text) for text in pointers):
            self.left = pieces[-1]
