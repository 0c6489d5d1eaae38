"""Loops that NumPy has no word for, compiled to machine code."""

from collections.abc import Callable
from functools import cache, wraps
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def compiled(function: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """The same function, compiled for the types of its first call and kept for the next process.

    Numba takes a second to import, so it is imported by the first call: commands that count nothing start at once.
    """

    @cache
    def compile_once() -> Callable[Given, Answer]:
        from numba import njit

        try:
            return njit(nogil=True, cache=True)(function)
        except RuntimeError:  # nowhere to keep it: the installation is read-only and its user has no home
            return njit(nogil=True)(function)

    @wraps(function)
    def call(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
        return compile_once()(*args, **kwargs)

    return call
