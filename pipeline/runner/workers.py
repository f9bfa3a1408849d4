"""Processes that build batches: as many as asked for, each loading the rules once, none outliving the build."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

_WATCH_SECONDS = 0.5


def run_in_order(
    tasks: Iterable[Task], work: Callable[[Task], Result], jobs: int, setup: Callable[..., None], setup_args: tuple[Any, ...]
) -> Iterator[tuple[Task, Result]]:
    """Each task with its result, in the order of the tasks; no more than two tasks a process are held at once.

    The first two tasks decide: a single one is done here, without starting a process.
    """
    queue = iter(tasks)
    first = list(_take(queue, 2))
    if not first:
        return
    if jobs <= 1 or len(first) < 2:
        setup(*setup_args)
        for task in (*first, *queue):
            yield task, work(task)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_start, initargs=(os.getpid(), setup, setup_args)) as pool:
        waiting: deque[tuple[Task, Future[Result]]] = deque((task, pool.submit(work, task)) for task in first)
        try:
            for task in queue:
                while len(waiting) >= 2 * jobs:
                    done, future = waiting.popleft()
                    yield done, future.result()
                waiting.append((task, pool.submit(work, task)))
            while waiting:
                done, future = waiting.popleft()
                yield done, future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _take(queue: Iterator[Task], n: int) -> Iterator[Task]:
    for _ in range(n):
        try:
            yield next(queue)
        except StopIteration:
            return


def _start(parent: int, setup: Callable[..., None], setup_args: tuple[Any, ...]) -> None:
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    setup(*setup_args)


def _end_with(parent: int) -> None:
    # A build that is killed outright cannot tell its processes to stop; they see that their parent changed.
    while os.getppid() == parent:
        time.sleep(_WATCH_SECONDS)
    os._exit(1)
