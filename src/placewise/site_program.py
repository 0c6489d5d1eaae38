"""The site runs as a program of its own: the command line itself needs no Django."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EADDRINUSE
from pathlib import Path
from types import TracebackType

from placewise.floor.faults import refuse


class SiteBeside:
    """Prepares the site while the release is made: what needs no release first, and the rest once it is in force.

    Used with `with`: what was begun and not finished is stopped at its end.
    """

    def __init__(self, store: Path, deployment: str, mode: str) -> None:
        self._store, self._deployment, self._mode = store, deployment, mode
        self._begun: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "SiteBeside":
        return self

    def begin(self) -> None:
        self._begun = subprocess.Popen(
            _site("prepare", "--wait"),
            env=_environment(self._store, self._deployment, self._mode),
            stdin=subprocess.PIPE,
            # Ctrl+C is told to us alone, and we stop it. Not a session of its own: Linux gives each an equal share of
            # the processor, however nice what runs in it is (sched_autogroup).
            process_group=0,
        )

    def finish(self) -> int:
        """To be called once the release is in force: prepares to the end, and says the exit code."""
        if self._begun is None:
            return run_site("prepare", store=self._store, deployment=self._deployment, mode=self._mode)
        self._begun.communicate(b"\n")  # the line it waits for
        return self._begun.returncode

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._begun is not None and self._begun.poll() is None:
            self._begun.terminate()
            self._begun.communicate()


def run_site(*arguments: str, store: Path, deployment: str | None = None, mode: str | None = None) -> int:
    """Its exit code. Ctrl+C ends it before us: a server killed half way leaves one behind that nobody stops."""
    with subprocess.Popen(_site(*arguments), env=_environment(store, deployment, mode)) as running:
        try:
            return running.wait()
        except KeyboardInterrupt:
            running.terminate()  # a terminal has told it too, another program only us
            running.wait()
            raise


def check_port(port: int) -> None:
    """To be asked before any other work. Raises FaultsFound where nothing can be served there."""
    with socket.socket() as tried:
        # As the server does it: one that was just ended is not in the way.
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            fault = "it is in use" if isinstance(error, OSError) and error.errno == EADDRINUSE else "it cannot be used"
            raise refuse(f"port {port}", fault, "name another with --port") from error


def serve_site(port: int, *, store: Path, deployment: str | None, mode: str | None = None) -> int:
    """Until Ctrl+C, or SIGTERM as a service manager sends it, which is no fault: its exit code."""
    try:
        with _taking_term_as_interrupt():
            return run_site("serve", "--port", str(port), store=store, deployment=deployment, mode=mode)
    except KeyboardInterrupt:
        return 0


@contextmanager
def _taking_term_as_interrupt() -> Iterator[None]:
    """By itself SIGTERM would end this program and leave the server behind."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _site(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "placewise_site", *arguments]


def _environment(store: Path, deployment: str | None, mode: str | None) -> dict[str, str]:
    named = {"PLACEWISE_STORE": str(store.resolve()), "PLACEWISE_DEPLOYMENT": deployment, "PLACEWISE_MODE": mode}
    return {**os.environ, **{name: value for name, value in named.items() if value}}
