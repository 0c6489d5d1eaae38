"""The site runs as a program of its own: the command line itself needs no Django."""

import os
import subprocess
import sys
from pathlib import Path


def run_site(*arguments: str, store: Path, deployment: str | None = None, mode: str | None = None) -> int:
    """Its exit code."""
    environment = {**os.environ, "PLACEWISE_STORE": str(store.resolve())}
    if deployment:
        environment["PLACEWISE_DEPLOYMENT"] = deployment
    if mode:
        environment["PLACEWISE_MODE"] = mode
    try:
        return subprocess.run(
            [sys.executable, "-m", "placewise_site", *arguments], env=environment, check=False
        ).returncode
    except KeyboardInterrupt:
        return 0
