"""The processes of this machine, one shard each at a time."""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool

import pyarrow as pa

from placewise.engines.contract import Result, Task
from placewise.floor.faults import refuse


class LocalEngine:
    """workers: processes at most; None: one for each core that this process may use. One works here, without a pool."""

    def __init__(self, workers: int | None = None) -> None:
        self.workers = workers or len(os.sched_getaffinity(0))

    def run(self, work: Callable[[Task], Result], tasks: Sequence[Task]) -> Iterator[tuple[Task, Result]]:
        """As contract.py tells. No more than two results a worker wait to be taken, so that memory keeps its bound."""
        workers = min(self.workers, len(tasks))
        if workers <= 1:
            yield from ((task, work(task)) for task in tasks)
            return
        fresh = multiprocessing.get_context("spawn")  # a fork would copy locks that Arrow's threads may hold
        with ProcessPoolExecutor(workers, mp_context=fresh, initializer=_keep_to_one_core) as pool:
            try:
                yield from _run(pool, work, tasks, at_once=2 * workers)
            except BrokenProcessPool as error:
                raise refuse(
                    "engine",
                    f"one of {workers} worker processes was stopped before its work was done",
                    "free some memory, or ask for fewer workers (PLACEWISE_ENGINE=local:1), and run it again",
                ) from error
            finally:
                pool.shutdown(wait=True, cancel_futures=True)


def _run(
    pool: ProcessPoolExecutor, work: Callable[[Task], Result], tasks: Sequence[Task], at_once: int
) -> Iterator[tuple[Task, Result]]:
    waiting = list(reversed(tasks))
    running: dict[Future[Result], Task] = {}
    while waiting or running:
        while waiting and len(running) < at_once:
            task = waiting.pop()
            running[pool.submit(work, task)] = task
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in done:
            yield running.pop(future), future.result()


def _keep_to_one_core() -> None:
    """There are as many workers as cores: threads of Arrow besides would only take turns with them."""
    pa.set_cpu_count(1)
