"""Runs one piece of work in a process of its own and tells its wall time, processor time and peak memory.

The work is a function that takes what JSON can hold and returns that or a table. Times are taken inside the process,
around the work, so that starting Python and importing libraries is not counted.
"""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import pyarrow.parquet as pq

TIMES = 3
"""How often what a ratio hangs on is done, where that is short: the same work takes a fifth more in some minutes."""
_BYTES_A_KIB = 1024
_SECONDS_BETWEEN_LOOKS = 0.05


@dataclass(frozen=True, slots=True)
class Measured:
    """wall, processor: seconds, of the processes it starts too; largest: peak bytes of its largest process; together:
    peak bytes of all its processes at one time, looked at twenty times a second."""

    wall: float
    processor: float
    largest: int
    together: int
    result: Any


def measure(
    work: Callable[..., Any],
    *arguments: Any,
    ready: Callable[[], Any] | None = None,
    keep: Path | None = None,
    again: bool = False,
) -> Measured:
    """ready: called before the clock starts; again: the work is done once before, so that no library's first use nor a
    loop's compilation is timed (the memory told is of both); keep: the file to which a table that the work returns is
    written when the clock has stopped."""
    asked = {"arguments": arguments, "ready": _name(ready), "keep": str(keep or ""), "again": again}
    command = [sys.executable, "-m", "bench.measuring", _name(work), json.dumps(asked)]
    with TemporaryFile("w+") as answer:
        process = subprocess.Popen(command, stdout=answer, env=_get_environment())
        together, ended = 0, 0
        while not ended:
            together = max(together, _get_memory(process.pid))
            time.sleep(_SECONDS_BETWEEN_LOOKS)
            ended, status = os.waitpid(process.pid, os.WNOHANG)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{_name(work)} failed ({process.returncode})")
        answer.seek(0)
        told = json.loads(answer.read().splitlines()[-1])
    largest = told["largest"]
    return Measured(told["wall"], told["processor"], largest, max(largest, together), told["result"])


def find_middle(measured: Sequence[Measured]) -> Measured:
    """By processor time, of an odd number of times that the same was done."""
    return sorted(measured, key=lambda each: each.processor)[len(measured) // 2]


def _name(function: Callable[..., Any] | None) -> str:
    return f"{function.__module__}:{function.__name__}" if function else ""


def _find(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), function)
    return found


def _get_environment() -> dict[str, str]:
    """Ours, with compiled modules kept as is usual: without, each process spends seconds on compiling libraries."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _get_memory(process: int) -> int:
    """Bytes that a process and all it started hold now; a process that has just ended holds none."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return pages * resource.getpagesize() + sum(_get_memory(int(child)) for child in children)


def _get_processor_seconds() -> float:
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, whose))


def _get_largest() -> int:
    """The most bytes that this process or one it started held: not what the system tells of this one at its end, which
    is never less than the process that started it held."""
    told = Path("/proc/self/status").read_text(encoding="ascii")
    own = next(int(line.split()[1]) for line in told.splitlines() if line.startswith("VmHWM:"))
    return max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) * _BYTES_A_KIB


def _main(name: str, asked: str) -> None:
    work, given = _find(name), json.loads(asked)
    import_module("numba")  # a library as any other, but imported by the first loop that is called
    if given["ready"]:
        _find(given["ready"])()
    if given["again"]:
        work(*given["arguments"])
    before, started = _get_processor_seconds(), time.perf_counter()
    result = work(*given["arguments"])
    wall, processor = time.perf_counter() - started, _get_processor_seconds() - before
    if given["keep"]:
        pq.write_table(result, given["keep"])
        result = None
    told = {"wall": wall, "processor": processor, "largest": _get_largest(), "result": result}
    print(json.dumps(told))


if __name__ == "__main__":
    _main(*sys.argv[1:])
