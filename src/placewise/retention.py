"""Records that may be kept no more: found, removed, and the removal kept in the log of who touched persons' rows."""

import getpass
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from placewise.door.declaration import is_expired
from placewise.explanation import ACCESS_LOG
from placewise.floor.access import FileAccessLog, Reader, record_of
from placewise.floor.folders import read_json, remove_folder
from placewise.intake.warehouse import find_expired_loads
from placewise.plans.lists.contract import LISTS_FOLDER, MADE_FILE
from placewise.population.contract import BUILD_FILE, BUILDS, TALLIES

ROLE = "retention"
EVERY_PRACTICE = "all"


@dataclass(frozen=True, slots=True)
class Expired:
    """A folder of persons' rows past the last day on which it may be kept."""

    folder: Path
    purpose: str


def find_expired(store: Path) -> list[Expired]:
    """Every such load, and all builds, with a row a person, and call lists that rest on one."""
    loads = [Expired(folder, folder.parent.name) for folder in find_expired_loads(store)]
    made = [
        Expired(path.parent, purpose)
        for room, file in ((BUILDS, BUILD_FILE), (LISTS_FOLDER, MADE_FILE))
        for path in sorted((store / room).glob(f"*/{file}"))
        if (purpose := _find_expired_purpose(path))
    ]
    return loads + made


def remove_expired(store: Path) -> list[Expired]:
    """Remove them, and what was worked out of shards if anything was removed. The log has a row before each goes.

    A removal that is cut short leaves the folder out of every reader's sight; the next removal finishes it.
    """
    found, log = find_expired(store), FileAccessLog(store / ACCESS_LOG)
    for each in found:
        reader = Reader(name=getpass.getuser(), role=ROLE, purpose=each.purpose, place="")
        what = f"removed {each.folder.relative_to(store)}: its retention has ended"
        log.add(record_of(reader, what, EVERY_PRACTICE, rows=0))
        remove_folder(each.folder)
    if found:
        shutil.rmtree(store / TALLIES, ignore_errors=True)
    return found


def _find_expired_purpose(made: Path) -> str:
    """The purpose of a load of this build, or of these lists, that may be kept no more; "" where there is none."""
    for load in read_json(made).get("loads", ()):
        if is_expired(date.fromisoformat(load["retention_until"])):
            return str(load["purpose"])
    return ""
