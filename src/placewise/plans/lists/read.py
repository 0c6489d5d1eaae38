"""The one way to open a call list: through the gate, and logged, also when the gate stays shut."""

import re
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from placewise.floor.access import AccessLog, Agreement, Reader, gated, gated_for_recipient
from placewise.floor.faults import nearest, refuse
from placewise.floor.folders import current, read_json
from placewise.plans.lists.contract import (
    CALL_LIST,
    DONE_FOLDER,
    EVERY_CONTACT,
    EVERY_CONTACT_FOLDER,
    HANDED_FOLDER,
    LISTS_FILE,
    LISTS_FOLDER,
)
from placewise.plans.lists.references import build_references
from placewise.population.contract import BUILD_FILE, BUILDS

_CODE = re.compile(r"[A-Za-z0-9_-]+")


def read_call_list(
    store_or_build: Path,
    list_slug: str,
    practice: str,
    reader: Reader,
    log: AccessLog,
    agreements: Collection[Agreement] = (),
) -> pa.Table:
    """One practice's list as CALL_LIST, in rank order: pseudonyms and sealed NHS numbers, no name.

    store_or_build: a store, whose build in force is read, or a build. agreements: those recorded between networks and
    practices. One log record, written before any row is given. Raises AccessDenied for a reader who does not treat this
    practice's patients, and FaultsFound for a list or practice the build does not have, after logging the attempt.
    """
    build = find_build(store_or_build)
    what = f"{build.name}/{LISTS_FOLDER}/{list_slug}"
    with gated(reader, practice, what, log, agreements) as look:
        rows = _read_rows(build, list_slug, practice)
        look.rows = rows.num_rows
    return rows


def read_every_contact(
    store_or_build: Path, practice: str, reader: Reader, log: AccessLog, agreements: Collection[Agreement] = ()
) -> pa.Table:
    """Everybody on any list of a practice once, as EVERY_CONTACT; gated and logged like a list. Nobody where the build
    was made before there was such a list."""
    build = find_build(store_or_build)
    with gated(reader, practice, f"{build.name}/{LISTS_FOLDER}/{EVERY_CONTACT_FOLDER}", log, agreements) as look:
        check_practice(build, practice)
        path = build / LISTS_FOLDER / EVERY_CONTACT_FOLDER / f"{practice}.parquet"
        is_there = bool(_CODE.fullmatch(practice)) and path.is_file()
        rows = pq.read_table(path, schema=EVERY_CONTACT) if is_there else EVERY_CONTACT.empty_table()
        look.rows = rows.num_rows
    return rows


def read_listed_person(
    store_or_build: Path,
    practice: str,
    reference: str,
    key: bytes,
    reader: Reader,
    log: AccessLog,
    agreements: Collection[Agreement] = (),
) -> list[dict[str, Any]]:
    """One person's row on each list of a practice: list, rank, reason, excluded and shown, in the order of the lists.

    reference, key: as of build_references. One log record, of one row. Raises FaultsFound, logged as well, for somebody
    who is on no list of this practice.
    """
    build = find_build(store_or_build)
    with gated(reader, practice, f"{build.name}/{LISTS_FOLDER}/person", log, agreements) as look:
        path = build / LISTS_FOLDER / EVERY_CONTACT_FOLDER / f"{practice}.parquet"
        is_there = bool(_CODE.fullmatch(practice)) and path.is_file()
        people = pq.read_table(path, columns=["person_id", "gaps"]) if is_there else EVERY_CONTACT.empty_table()
        references = build_references(key, practice, people["person_id"].to_pylist())
        if reference not in references:
            raise refuse(f"{build.name}/{LISTS_FOLDER}", "this person is on no list now", "open the list again")
        found = []
        for gap in people["gaps"][references.index(reference)].as_py():
            row = _read_rows(build, gap["list"], practice).slice(gap["rank"] - 1, 1)
            found.append({"list": gap["list"], **row.select(["rank", "reason", "excluded", "shown"]).to_pylist()[0]})
        look.rows = 1
    return found


def read_handed_list(store_or_build: Path, list_slug: str, recipient: str, reader: Reader, log: AccessLog) -> pa.Table:
    """The list of a recipient as CALL_LIST, in rank order: those of all practices who are sealed to it. Gated for its
    own staff and its own purpose, and logged like a list. Raises AccessDenied and FaultsFound as read_call_list."""
    build = find_build(store_or_build)
    what = f"{build.name}/{LISTS_FOLDER}/{HANDED_FOLDER}/{list_slug}"
    card = read_handed_lists(build).get(list_slug, {})
    with gated_for_recipient(reader, recipient, card.get("purpose", reader.purpose), what, log) as look:
        if card.get("recipient") != recipient:
            raise refuse(what, f"this build has no such list for {recipient}", "open one of your own lists")
        rows = pq.read_table(build / LISTS_FOLDER / HANDED_FOLDER / f"{list_slug}.parquet", schema=CALL_LIST)
        look.rows = rows.num_rows
    return rows


def find_done_people(build: Path, list_slug: str, holder: str) -> list[int]:
    """The pseudonyms of those who would be on a list, had their record not shown it done; for a caller who stands
    within the gate, asks about people it knows of and shows no pseudonym. holder: the practice, or the recipient."""
    path = build / LISTS_FOLDER / DONE_FOLDER / f"{list_slug}.parquet"
    if list_slug in read_handed_lists(build):
        path = build / LISTS_FOLDER / HANDED_FOLDER / DONE_FOLDER / f"{list_slug}.parquet"
    elif list_slug not in read_lists(build):
        return []
    if not path.is_file():
        return []
    people: list[int] = pq.read_table(path, filters=[("practice", "==", holder)])["person_id"].to_pylist()
    return people


def find_listed_person(build: Path, list_slug: str, practice: str, rank: int) -> int:
    """The pseudonym in one row of a practice's list, for a caller who stands within the gate and shows no more of it.

    Raises FaultsFound for a list, practice or row the build does not have.
    """
    rows = _read_rows(build, list_slug, practice)
    people = dict(zip(rows["rank"].to_pylist(), rows["person_id"].to_pylist(), strict=True))
    if rank not in people:
        raise refuse(f"{build.name}/{list_slug}", f"this list has no row {rank}", "open the list again")
    person: int = people[rank]
    return person


def _read_rows(build: Path, list_slug: str, practice: str) -> pa.Table:
    what = f"{build.name}/{LISTS_FOLDER}/{list_slug}"
    if list_slug not in read_lists(build):
        raise refuse(what, "this build has no such list", "open one of the lists in the programmes it was built with")
    check_practice(build, practice)
    path = build / LISTS_FOLDER / list_slug / f"{practice}.parquet"
    if not _CODE.fullmatch(practice) or not path.is_file():
        raise refuse(what, f"this build has no practice {practice}", "check the practice's code")
    return pq.read_table(path, schema=CALL_LIST)


def check_practice(build: Path, practice: str) -> None:
    """Raises FaultsFound for a practice that the build does not have: each that it has has a file in every list."""
    known = {path.stem for path in (build / LISTS_FOLDER / EVERY_CONTACT_FOLDER).glob("*.parquet")}
    if known and practice not in known:
        raise refuse(f"{build.name}/{LISTS_FOLDER}", f"this build has no practice {practice}", nearest(practice, known))


def read_lists(build: Path) -> dict[str, dict[str, Any]]:
    """What each list of a build is, by slug (CallListCard as JSON). It names nobody, so it needs no gate."""
    path = build / LISTS_FOLDER / LISTS_FILE
    lists: dict[str, dict[str, Any]] = read_json(path) if path.is_file() else {}
    return lists


def read_handed_lists(build: Path) -> dict[str, dict[str, Any]]:
    """As read_lists, of the lists that go to recipients."""
    path = build / LISTS_FOLDER / HANDED_FOLDER / LISTS_FILE
    lists: dict[str, dict[str, Any]] = read_json(path) if path.is_file() else {}
    return lists


def find_build_before(build: Path) -> Path | None:
    """The newest earlier build of the same deployment that is still kept, or None."""
    if not (build / BUILD_FILE).is_file():
        return None
    own = read_json(build / BUILD_FILE)
    earlier = [
        (said["made_at"], path.parent)
        for path in build.parent.glob(f"*/{BUILD_FILE}")
        for said in [read_json(path)]
        if said.get("deployment") == own.get("deployment") and said.get("made_at", "") < own.get("made_at", "")
    ]
    return max(earlier)[1] if earlier else None


def find_build(store_or_build: Path) -> Path:
    """The build in force of a store, or the build itself. Raises FaultsFound where there is none yet."""
    if (store_or_build / LISTS_FOLDER).is_dir():
        return store_or_build
    build = current(store_or_build / BUILDS)
    if build is None:
        raise refuse(store_or_build, "there is no build in this store", "run placewise build first")
    return build
