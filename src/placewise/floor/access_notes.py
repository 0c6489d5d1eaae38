"""Where a log ended on a day, noted in a file that is kept elsewhere.

Whoever can rewrite a log can rewrite its head as well, and every hash after what they changed. They cannot rewrite what
somebody else keeps: a log that lacks a noted record, or has another in its place, was rewritten.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

from placewise.floor.faults import refuse


def note_end(file: Path, log: str, end: tuple[int, str]) -> None:
    """Add a line to the file: the number and hash of this log's last record, and when. log: which log it is."""
    number, digest = end
    line = {"log": log, "number": number, "hash": digest, "noted_at": datetime.now(UTC).isoformat(timespec="seconds")}
    try:
        with file.open("a", encoding="utf-8") as notes:
            notes.write(json.dumps(line, sort_keys=True) + "\n")
    except OSError as error:
        raise refuse(file, f"it could not be written ({error.strerror})", "choose another place") from error


def read_noted(file: Path, log: str) -> dict[int, str]:
    """Number -> hash of each record of this log that was noted. Raises FaultsFound for a file that is no such file."""
    noted: dict[int, str] = {}
    try:
        for place, text in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            line = json.loads(text)
            number, digest = int(line["number"]), str(line["hash"])
            if line["log"] == log and number and noted.setdefault(number, digest) != digest:
                raise refuse(file, f"line {place} notes record {number} otherwise than before", "find out who did")
    except (OSError, ValueError, KeyError, TypeError):
        raise refuse(file, "it holds no notes of a log", "name the file that placewise audit note wrote") from None
    return noted
