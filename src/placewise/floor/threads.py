"""Work on every core for as long as NumPy and compiled loops do it, outside the interpreter's lock."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from typing import TypeVar

Given = TypeVar("Given")


def do_each(work: Callable[[Given], object], given: Iterable[Given]) -> None:
    """Side by side, and all done when it returns; raises the first fault there was."""
    with ThreadPoolExecutor(cpu_count()) as pool:
        for _ in pool.map(work, given):
            pass
