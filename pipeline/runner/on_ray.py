"""The same batches on a Ray cluster: the one there is (`RAY_ADDRESS`), or one of this machine's cores.

Pages travel to the workers with their task and files travel back; only the process that was started writes. A worker
that dies has its batch given to another. Workers need the project installed and, for a rebuild, see the output folder.
"""

from __future__ import annotations

import logging
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

#: What this worker is set up for: a worker serves many batches, and loads the rules once.
_ready: tuple[Any, ...] | None = None


class NoRayError(ValueError):
    """Ray is asked for and not installed."""


def run_in_order(
    tasks: Iterable[Task], work: Callable[[Task], Result], jobs: int | None, setup: Callable[..., None], setup_args: tuple[Any, ...]
) -> Iterator[tuple[Task, Result]]:
    """Each task with its result, in the order of the tasks; no more than two tasks a core are held at once."""
    try:
        ray: Any = import_module("ray")
    except ImportError:
        raise NoRayError("the engine ray needs Ray: pip install 'zhengbao[ray]'") from None

    started = not ray.is_initialized()
    if started:
        where: dict[str, Any] = {"address": "auto"} if os.environ.get("RAY_ADDRESS") else {"num_cpus": jobs, "include_dashboard": False}
        ray.init(log_to_driver=False, logging_level=logging.ERROR, **where)
    try:
        step = ray.remote(max_retries=-1)(_step)
        said = ray.put((work, setup, setup_args))
        most = 2 * (jobs or int(ray.cluster_resources().get("CPU", 1)))
        waiting: deque[tuple[Task, Any]] = deque()
        try:
            for task in tasks:
                while len(waiting) >= most:
                    done, future = waiting.popleft()
                    yield done, ray.get(future)
                waiting.append((task, step.remote(task, said)))
            while waiting:
                done, future = waiting.popleft()
                yield done, ray.get(future)
        except ray.exceptions.RayTaskError as error:
            raise error.cause from error
    finally:
        if started:
            ray.shutdown()


def _step(task: Any, said: tuple[Callable[[Any], Any], Callable[..., None], tuple[Any, ...]]) -> Any:
    global _ready
    work, setup, setup_args = said
    if _ready != setup_args:
        setup(*setup_args)
        _ready = setup_args
    return work(task)
