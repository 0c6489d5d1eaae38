"""Write a folder whole or not at all, and point to the one in force.

A build, a load and a release are each a folder. It is written beside its final place and renamed; then a small file
named `current` is replaced in one step to name it. A reader therefore sees the old folder or the new one,
never a part of either, and a full disk leaves the old one in force.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from placewise.floor.faults import FaultsFound, refuse

POINTER = "current"


@contextmanager
def whole_folder(final: Path) -> Iterator[Path]:
    """Yield a folder to fill; on success it takes its final name, on any error it is removed.

    Raises FaultsFound if the final folder exists already, since these folders are immutable, and if the disk is full.
    """
    if final.exists():
        raise refuse(final, "this folder exists already and is never changed", "give the new one another name")
    final.parent.mkdir(parents=True, exist_ok=True)
    _remove_abandoned_drafts(final.parent)
    draft = Path(tempfile.mkdtemp(prefix=f".draft.{os.getpid()}.", dir=final.parent))  # readable by its owner alone
    try:
        yield draft
        draft.rename(final)
    except OSError as error:
        shutil.rmtree(draft, ignore_errors=True)
        raise _not_written(final, error) from error
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def remove_folder(folder: Path) -> None:
    """Out of every reader's sight in one step, then gone. A removal that is cut short is finished with other drafts."""
    going = folder.with_name(f".draft.{os.getpid()}.{folder.name}")
    folder.rename(going)
    shutil.rmtree(going)


def _remove_abandoned_drafts(parent: Path) -> None:
    """Drafts of runs that were killed: they may hold persons' rows, and nothing will ever finish them."""
    for draft in parent.glob(".draft.*"):
        process = draft.name.split(".")[2]
        if process.isdigit() and not _is_running(int(process)):
            shutil.rmtree(draft, ignore_errors=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def write_whole(path: Path, text: str) -> None:
    """Write or replace a small file in one step. Raises FaultsFound if the disk is full, with the old one in place."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise _not_written(path, error) from error


def point_to(parent: Path, name: str) -> None:
    """Make `parent/name` the one in force, in one step."""
    write_whole(parent / POINTER, name + "\n")


def current(parent: Path) -> Path | None:
    """The folder in force under this parent, or None if there is none yet."""
    pointer = parent / POINTER
    if not pointer.is_file():
        return None
    folder = parent / pointer.read_text(encoding="utf-8").strip()
    return folder if folder.is_dir() else None


def write_json(path: Path, value: Any) -> None:
    """Write JSON in one canonical form: sorted keys, two-space indent, a final line feed."""
    path.write_text(
        json.dumps(value, sort_keys=True, indent=2, ensure_ascii=False, default=str) + "\n", encoding="utf-8"
    )


def read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def file_hash(path: Path) -> str:
    """SHA-256 of a file's bytes, as 64 hexadecimal digits; the file is read once, in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _not_written(path: Path, error: OSError) -> FaultsFound:
    fault = f"it could not be written ({error.strerror or error})"
    return refuse(path, fault, "free some space on the disk and run it again")
