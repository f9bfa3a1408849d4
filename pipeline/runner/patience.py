"""A limit to the time a stage may take, so that nothing a page or a rule holds can hang a build."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

#: Processor time a stage gets, for itself and for each million characters. The slowest takes a tenth of that.
SECONDS, SECONDS_A_MILLION = 20.0, 100.0


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise `TimeoutError` in what runs here once it has used so much processor time.

    Processor time, so that a busy machine changes nothing. Signals reach the main thread only; elsewhere, as in a
    notebook's background thread, there is no limit.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: object) -> None:
        raise TimeoutError(f"it took more than {seconds:.0f} seconds")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
