"""The processes of this machine, one shard each at a time; this one gathers what they work out."""

import ctypes
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool

import pyarrow as pa

from placewise.engines.contract import Result, Task
from placewise.floor.faults import refuse

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
"""As malloc.h names them for mallopt."""
_KEPT, _LARGEST_KEPT = 256 * 2**20, 32 * 2**20
"""Bytes of freed memory that a process keeps, and of the largest array among it, the most that glibc allows."""


class LocalEngine:
    """workers: processes at most; None: one for each core that this process may use.

    tasks_a_worker: how many tasks are worth a process, which takes as long to start as a few shards to count. Where
    there are too few for two, they are done here. This process holds what is gathered and does none of the work, which
    takes as much memory again: so none is larger, however many shards there are.
    """

    def __init__(self, workers: int | None = None, tasks_a_worker: int = 4) -> None:
        self.workers = workers or len(os.sched_getaffinity(0))
        self.tasks_a_worker = tasks_a_worker
        self._pool: ProcessPoolExecutor | None = None

    def run(self, work: Callable[[Task], Result], tasks: Sequence[Task]) -> Iterator[tuple[Task, Result]]:
        """As contract.py tells. Only one task more than there are workers is out at once, so that no worker waits for
        one and memory keeps its bound."""
        if min(self.workers, len(tasks) // self.tasks_a_worker) <= 1:
            _keep_freed_memory()
            yield from ((task, work(task)) for task in tasks)
            return
        try:
            yield from _run(self._open_pool(), work, tasks, at_once=self.workers + 1)
        except BrokenProcessPool as error:
            raise refuse(
                "engine",
                "a worker process was stopped before its work was done",
                "free some memory, or ask for fewer workers (PLACEWISE_ENGINE=local:1), and run it again",
            ) from error

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def _open_pool(self) -> ProcessPoolExecutor:
        if self._pool is None:
            fresh = multiprocessing.get_context("spawn")  # a fork would copy locks that Arrow's threads may hold
            self._pool = ProcessPoolExecutor(self.workers, mp_context=fresh, initializer=_start_worker)
        return self._pool


def _run(
    pool: ProcessPoolExecutor, work: Callable[[Task], Result], tasks: Sequence[Task], at_once: int
) -> Iterator[tuple[Task, Result]]:
    """at_once: tasks given out."""
    waiting = list(reversed(tasks))
    running: dict[Future[Result], Task] = {}
    while waiting or running:
        while waiting and len(running) < at_once:
            task = waiting.pop()
            running[pool.submit(work, task)] = task
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in done:
            yield running.pop(future), future.result()


def _start_worker() -> None:
    """There are as many workers as cores: threads of Arrow besides would only take turns with them."""
    pa.set_cpu_count(1)
    _keep_freed_memory()


def _keep_freed_memory() -> None:
    """The arrays of a shard are to lie where those of the last one did: glibc would give that memory back in between,
    and the system clear as much anew for each shard, which takes up to a tenth of the time."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:  # other C libraries have none
        mallopt(_TRIM_THRESHOLD, _KEPT)
        mallopt(_MMAP_THRESHOLD, _LARGEST_KEPT)
