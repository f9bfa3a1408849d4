"""Looking seldom for garbage: where many things are made that last, looking for cycles among them is most of the work."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

#: Objects made, less those let go, between two looks for garbage that holds itself alive. A stage makes hundreds of thousands
#: that last until its tables are filled, and hardly any such garbage: looking every 700, as is usual, takes a tenth of its time,
#: and half the time of loading rules.
_COLLECT_EVERY = 100_000


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Look seldom for garbage that holds itself alive, as long as this lasts."""
    before = gc.get_threshold()
    gc.set_threshold(_COLLECT_EVERY, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
