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
    MADE_FILE,
)
from placewise.plans.lists.references import build_references

_CODE = re.compile(r"[A-Za-z0-9_-]+")


def read_call_list(
    store_or_lists: Path,
    list_slug: str,
    practice: str,
    reader: Reader,
    log: AccessLog,
    agreements: Collection[Agreement] = (),
) -> pa.Table:
    """One practice's list as CALL_LIST, in rank order: pseudonyms and sealed NHS numbers, no name.

    store_or_lists: a store, whose lists in force are read, or a folder of lists. agreements: those recorded between
    networks and practices. One log record, written before any row is given. Raises AccessDenied for a reader who does
    not treat this practice's patients, and FaultsFound for a list or practice that is not there, after logging the
    attempt.
    """
    lists = find_lists(store_or_lists)
    what = f"{LISTS_FOLDER}/{lists.name}/{list_slug}"
    with gated(reader, practice, what, log, agreements) as look:
        rows = _read_rows(lists, list_slug, practice)
        look.rows = rows.num_rows
    return rows


def read_every_contact(
    store_or_lists: Path, practice: str, reader: Reader, log: AccessLog, agreements: Collection[Agreement] = ()
) -> pa.Table:
    """Everybody on any list of a practice once, as EVERY_CONTACT; gated and logged like a list. Nobody where the
    lists were made before there was such a one."""
    lists = find_lists(store_or_lists)
    with gated(reader, practice, f"{LISTS_FOLDER}/{lists.name}/{EVERY_CONTACT_FOLDER}", log, agreements) as look:
        check_practice(lists, practice)
        path = lists / EVERY_CONTACT_FOLDER / f"{practice}.parquet"
        is_there = bool(_CODE.fullmatch(practice)) and path.is_file()
        rows = pq.read_table(path, schema=EVERY_CONTACT) if is_there else EVERY_CONTACT.empty_table()
        look.rows = rows.num_rows
    return rows


def read_listed_person(
    store_or_lists: Path,
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
    lists = find_lists(store_or_lists)
    with gated(reader, practice, f"{LISTS_FOLDER}/{lists.name}/person", log, agreements) as look:
        path = lists / EVERY_CONTACT_FOLDER / f"{practice}.parquet"
        is_there = bool(_CODE.fullmatch(practice)) and path.is_file()
        people = pq.read_table(path, columns=["person_id", "gaps"]) if is_there else EVERY_CONTACT.empty_table()
        references = build_references(key, practice, people["person_id"].to_pylist())
        if reference not in references:
            raise refuse(f"{LISTS_FOLDER}/{lists.name}", "this person is on no list now", "open the list again")
        found = []
        for gap in people["gaps"][references.index(reference)].as_py():
            row = _read_rows(lists, gap["list"], practice).slice(gap["rank"] - 1, 1)
            found.append({"list": gap["list"], **row.select(["rank", "reason", "excluded", "shown"]).to_pylist()[0]})
        look.rows = 1
    return found


def read_handed_list(store_or_lists: Path, list_slug: str, recipient: str, reader: Reader, log: AccessLog) -> pa.Table:
    """The list of a recipient as CALL_LIST, in rank order: those of all practices who are sealed to it. Gated for its
    own staff and its own purpose, and logged like a list. Raises AccessDenied and FaultsFound as read_call_list."""
    lists = find_lists(store_or_lists)
    what = f"{LISTS_FOLDER}/{lists.name}/{HANDED_FOLDER}/{list_slug}"
    card = read_handed_lists(lists).get(list_slug, {})
    with gated_for_recipient(reader, recipient, card.get("purpose", reader.purpose), what, log) as look:
        if card.get("recipient") != recipient:
            raise refuse(what, f"there is no such list for {recipient}", "open one of your own lists")
        rows = pq.read_table(lists / HANDED_FOLDER / f"{list_slug}.parquet", schema=CALL_LIST)
        look.rows = rows.num_rows
    return rows


def find_done_people(lists: Path, list_slug: str, holder: str) -> list[int]:
    """The pseudonyms of those who would be on a list, had their record not shown it done; for a caller who stands
    within the gate, asks about people it knows of and shows no pseudonym. holder: the practice, or the recipient."""
    path = lists / DONE_FOLDER / f"{list_slug}.parquet"
    if list_slug in read_handed_lists(lists):
        path = lists / HANDED_FOLDER / DONE_FOLDER / f"{list_slug}.parquet"
    elif list_slug not in read_lists(lists):
        return []
    if not path.is_file():
        return []
    people: list[int] = pq.read_table(path, filters=[("practice", "==", holder)])["person_id"].to_pylist()
    return people


def find_listed_person(lists: Path, list_slug: str, practice: str, rank: int) -> int:
    """The pseudonym in one row of a practice's list, for a caller who stands within the gate and shows no more of it.

    Raises FaultsFound for a list, practice or row that is not there.
    """
    rows = _read_rows(lists, list_slug, practice)
    people = dict(zip(rows["rank"].to_pylist(), rows["person_id"].to_pylist(), strict=True))
    if rank not in people:
        raise refuse(f"{LISTS_FOLDER}/{lists.name}/{list_slug}", f"this list has no row {rank}", "open the list again")
    person: int = people[rank]
    return person


def _read_rows(lists: Path, list_slug: str, practice: str) -> pa.Table:
    what = f"{LISTS_FOLDER}/{lists.name}/{list_slug}"
    if list_slug not in read_lists(lists):
        raise refuse(what, "there is no such list", "open one of the lists in the programmes it was made with")
    check_practice(lists, practice)
    path = lists / list_slug / f"{practice}.parquet"
    if not _CODE.fullmatch(practice) or not path.is_file():
        raise refuse(what, f"these lists have no practice {practice}", "check the practice's code")
    return pq.read_table(path, schema=CALL_LIST)


def check_practice(lists: Path, practice: str) -> None:
    """Raises FaultsFound for a practice that has no lists: each that has has a file in every list."""
    known = {path.stem for path in (lists / EVERY_CONTACT_FOLDER).glob("*.parquet")}
    if known and practice not in known:
        raise refuse(
            f"{LISTS_FOLDER}/{lists.name}", f"these lists have no practice {practice}", nearest(practice, known)
        )


def read_lists(lists: Path) -> dict[str, dict[str, Any]]:
    """What each list is, by slug (CallListCard as JSON). It names nobody, so it needs no gate."""
    path = lists / LISTS_FILE
    cards: dict[str, dict[str, Any]] = read_json(path) if path.is_file() else {}
    return cards


def read_handed_lists(lists: Path) -> dict[str, dict[str, Any]]:
    """As read_lists, of the lists that go to recipients."""
    return read_lists(lists / HANDED_FOLDER)


def is_invented(lists: Path) -> bool:
    """Whether nobody on them is real, by what they say of the records they rest on."""
    path = lists / MADE_FILE
    return path.is_file() and all(load["synthetic"] for load in read_json(path)["loads"])


def find_lists_before(lists: Path) -> Path | None:
    """The newest earlier lists of the same deployment that are still kept, or None."""
    if not (lists / MADE_FILE).is_file():
        return None
    own = read_json(lists / MADE_FILE)
    earlier = [
        (said["made_at"], path.parent)
        for path in lists.parent.glob(f"*/{MADE_FILE}")
        for said in [read_json(path)]
        if said.get("deployment") == own.get("deployment") and said.get("made_at", "") < own.get("made_at", "")
    ]
    return max(earlier)[1] if earlier else None


def find_lists(store_or_lists: Path) -> Path:
    """The call lists in force of a store, or the folder of lists itself. Raises FaultsFound where there are none."""
    if (store_or_lists / LISTS_FILE).is_file():
        return store_or_lists
    lists = current(store_or_lists / LISTS_FOLDER)
    if lists is None:
        raise refuse(store_or_lists, "there are no call lists in this store", "run placewise build first")
    return lists
