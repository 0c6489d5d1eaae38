"""Which release was in force when, and which were withdrawn: one log, a line for each, oldest first.

A withdrawn release is out of force for good. Its files are kept for audit, and nothing opens its numbers again.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from placewise.floor.faults import refuse
from placewise.floor.folders import POINTER, point_to, write_whole
from placewise.publishing.contract import IN_FORCE, RELEASES


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """at: with its time zone; replaced_by: the release that stands in its place, or "" while there is none."""

    release: str
    at: datetime
    because: str
    replaced_by: str

    @property
    def told(self) -> str:
        """One sentence without a full stop, which may be shown to anybody."""
        instead = f"; replaced by {self.replaced_by}" if self.replaced_by else ""
        day = f"{self.at.day} {self.at:%B %Y}"
        return f"the release {self.release} was withdrawn on {day} because {self.because}{instead}"

    @property
    def sentence(self) -> str:
        return f"{self.told[:1].upper()}{self.told[1:]}."


def put_in_force(store: Path, name: str, at: datetime) -> None:
    """Make a release the one pages open, and note since when. Raises FaultsFound for one that was withdrawn."""
    if withdrawn := find_withdrawals(store).get(name):
        raise refuse(
            store / RELEASES / name,
            f"{withdrawn.told}, and what is to be released now is the same",
            "put right what was wrong, then build and release again",
        )
    _append(store, {"release": name, "from": at.isoformat(timespec="seconds")})
    point_to(store / RELEASES, name)


def withdraw(store: Path, name: str, *, because: str, at: datetime, replaced_by: str = "") -> Withdrawal:
    """Take a release out of force; the newest that still stands is put in force where it was the one in force.

    A release withdrawn before can be told its replacement. Raises FaultsFound as `check_withdrawal` does.
    """
    check_withdrawal(store, [name], because=because, replaced_by=replaced_by)
    standing = get_standing(store)
    before = find_withdrawals(store).get(name)
    _append(
        store,
        {
            "release": name,
            "withdrawn": (before.at if before else at).isoformat(timespec="seconds"),
            "because": because.strip().rstrip("."),
            "replaced_by": replaced_by,
        },
    )
    if before is None and standing[0] == name:
        left = [each for each in (replaced_by, *standing[1:]) if each]
        if left:
            put_in_force(store, left[0], at)
        else:
            (store / RELEASES / POINTER).unlink(missing_ok=True)
    return find_withdrawals(store)[name]


def check_withdrawal(store: Path, names: Sequence[str], *, because: str, replaced_by: str = "") -> None:
    """Raises FaultsFound where one of the releases, or what is to replace them, does not stand here, or no reason is
    given: asked of all before one is withdrawn, since nothing puts a withdrawn release in force again."""
    standing, before = get_standing(store), find_withdrawals(store)
    for name in names:
        if name not in standing and name not in before:
            told = f"it has no release called {name}"
            raise refuse(store / RELEASES, told, "run `placewise doctor` to see those it has")
    if replaced_by and (replaced_by in names or replaced_by not in standing):
        raise refuse(store / RELEASES, f"no release called {replaced_by} stands here", "name one that is not withdrawn")
    if not because.strip():
        raise refuse("--because", "no reason is given", "write what was wrong, as everybody will read it")


def find_withdrawals(store: Path) -> dict[str, Withdrawal]:
    """Release -> its withdrawal, as it was told last.

    Unless somebody said what replaces it, that is the first new release after it, or else the one in force.
    """
    lines = _read(store)
    last = {line["release"]: line for line in lines if "withdrawn" in line}
    found = {}
    for name, line in last.items():
        at = next(place for place, each in enumerate(lines) if each["release"] == name and "withdrawn" in each)
        before = {each["release"] for each in lines[:at]}
        stands = [each["release"] for each in lines if "from" in each and each["release"] not in last]
        instead = line["replaced_by"] or next((each for each in stands if each not in before), "".join(stands[-1:]))
        found[name] = Withdrawal(name, datetime.fromisoformat(line["withdrawn"]), line["because"], instead)
    return found


def release_names(store: Path) -> list[str]:
    """Every release that was ever in force and is still kept, withdrawn ones too, the one in force last first."""
    names = dict.fromkeys(line["release"] for line in reversed(_read(store)) if "from" in line)
    return [name for name in names if (store / RELEASES / name).is_dir()]


def get_standing(store: Path) -> list[str]:
    """The releases that are not withdrawn, the one in force first."""
    withdrawn = find_withdrawals(store)
    return [name for name in release_names(store) if name not in withdrawn]


def find_in_force_on(store: Path, day: date) -> str | None:
    """The release in force at the end of a day (UTC), withdrawn since or not; None if there was none."""
    in_force = None
    for line in _read(store):
        if datetime.fromisoformat(line.get("from") or line["withdrawn"]).date() <= day:
            if "from" in line:
                in_force = line["release"]
            elif in_force == line["release"]:
                in_force = None
    return in_force


def _read(store: Path) -> list[dict[str, Any]]:
    log = store / RELEASES / IN_FORCE
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()] if log.is_file() else []


def _append(store: Path, line: dict[str, Any]) -> None:
    log = store / RELEASES / IN_FORCE
    before = log.read_text(encoding="utf-8") if log.is_file() else ""
    write_whole(log, f"{before}{json.dumps(line)}\n")
