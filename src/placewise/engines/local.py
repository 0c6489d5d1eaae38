"""The processes of this machine, one shard each at a time; this one is one of them."""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool

import pyarrow as pa

from placewise.engines.contract import Result, Task
from placewise.floor.faults import refuse


class LocalEngine:
    """workers: processes at most, this one among them; None: one for each core that this process may use.

    tasks_a_worker: how many tasks are worth a process, which takes as long to start as a few shards to count. Where
    there are too few for two, they are done here.
    """

    def __init__(self, workers: int | None = None, tasks_a_worker: int = 4) -> None:
        self.workers = workers or len(os.sched_getaffinity(0))
        self.tasks_a_worker = tasks_a_worker
        self._pool: ProcessPoolExecutor | None = None

    def run(self, work: Callable[[Task], Result], tasks: Sequence[Task]) -> Iterator[tuple[Task, Result]]:
        """As contract.py tells. No more than two tasks a worker are out at once, so that memory keeps its bound."""
        if min(self.workers, len(tasks) // self.tasks_a_worker) <= 1:
            yield from ((task, work(task)) for task in tasks)
            return
        try:
            yield from _run(self._open_pool(), work, tasks, at_once=2 * (self.workers - 1))
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
            self._pool = ProcessPoolExecutor(self.workers - 1, mp_context=fresh, initializer=_keep_to_one_core)
        return self._pool


def _run(
    pool: ProcessPoolExecutor, work: Callable[[Task], Result], tasks: Sequence[Task], at_once: int
) -> Iterator[tuple[Task, Result]]:
    """at_once: tasks given out. Nobody waits here for others while there is a task left to do."""
    waiting = list(reversed(tasks))
    running: dict[Future[Result], Task] = {}
    while waiting or running:
        while waiting and len(running) < at_once:
            task = waiting.pop()
            running[pool.submit(work, task)] = task
        done, _ = wait(running, timeout=0 if waiting else None, return_when=FIRST_COMPLETED)
        for future in done:
            yield running.pop(future), future.result()
        if waiting and not done:
            task = waiting.pop()
            yield task, work(task)


def _keep_to_one_core() -> None:
    """There are as many workers as cores: threads of Arrow besides would only take turns with them."""
    pa.set_cpu_count(1)
