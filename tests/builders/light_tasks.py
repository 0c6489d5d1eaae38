"""What other processes are asked to do in tests: of a module of its own, which a fresh process imports in a moment."""

import multiprocessing
import os
import signal

from placewise.floor.faults import refuse


def refuse_second(task: str) -> str:
    """A fault in the data, found wherever the work is done."""
    if task == "b.csv":
        raise refuse(task, "it is cut short", "send it again", line=3)
    return task


def stop_yourself(task: str) -> None:
    """In a process that was started for it, not in that of the test."""
    if multiprocessing.parent_process():
        os.kill(os.getpid(), signal.SIGKILL)
