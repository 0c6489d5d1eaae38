"""What every engine does: one pure function, called once for each task, anywhere and in any order.

People are independent and counts add, so a build hands each engine the same function over the same shards and sums what
comes back: the engine decides where the work is done and never what it is.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


class Engine(Protocol):
    def run(self, work: Callable[[Task], Result], tasks: Sequence[Task]) -> Iterator[tuple[Task, Result]]:
        """Each task with its result, as they come.

        work: a function of a module, or a functools.partial of one, that writes nothing and reads only what its task
        names, since it may run in another process, on another machine, and more than once; task and result can be
        pickled. Raises FaultsFound as `work` does, and where the engine itself cannot run.
        """
        ...

    def close(self) -> None:
        """Stop whatever was started; work that nobody waits for any more is dropped."""
        ...
