"""The site's one way to rows about persons and to a practice's exact counts: role, purpose and place, and a log row."""

from pathlib import Path
from typing import Any

import pyarrow as pa
from django.conf import settings

from placewise.floor.access import AccessDenied, Agreement, Reader
from placewise.floor.faults import FaultsFound, refuse
from placewise.measures import read
from placewise.measures.read import ExactCount
from placewise.plans.lists.changes import ListChange, read_list_changes
from placewise.plans.lists.digest import find_first
from placewise.plans.lists.read import (
    find_done_people,
    find_lists,
    is_invented,
    read_call_list,
    read_every_contact,
    read_handed_list,
    read_handed_lists,
    read_listed_person,
    read_lists,
)
from placewise.plans.lists.references import build_references
from placewise.publishing.contract import is_unit_measure
from placewise_site.accounts.models import User
from placewise_site.accounts.queries import agreements_in_force, grant_to_ask_with
from placewise_site.evidence.access_log import SiteAccessLog
from placewise_site.evidence.deployment import is_live
from placewise_site.evidence.releases import current_release
from placewise_site.organisations.models import Organisation

__all__ = [
    "AccessDenied",
    "ExactCount",
    "FaultsFound",
    "ListChange",
    "find_call_lists",
    "find_done",
    "find_first",
    "find_handed_lists",
    "find_lists_name",
    "open_call_list",
    "open_changes",
    "open_every_contact",
    "open_handed_list",
    "open_person",
    "read_exact_counts",
]

NOBODY = "none"


def find_call_lists() -> dict[str, dict[str, Any]]:
    """The lists in force, by slug: title, measure, next_action, order, columns. They name nobody."""
    try:
        return read_lists(lists_in_force())
    except FaultsFound:  # none yet, as where only published figures are held; or such as may not be shown
        return {}


def find_handed_lists() -> dict[str, dict[str, Any]]:
    """As find_call_lists, of the lists that go to a recipient in place of practices."""
    try:
        return read_handed_lists(lists_in_force())
    except FaultsFound:
        return {}


def find_lists_name() -> str:
    """What the lists in force are called, or "" where there are none. Read it before the rows that it is to name."""
    try:
        return lists_in_force().name
    except FaultsFound:
        return ""


def open_call_list(*, by: User, practice: Organisation, list_slug: str) -> pa.Table:
    """One practice's list (plans/lists/contract.py) with a row key for each pseudonym. One log row; AccessDenied,
    logged too, where they may not."""
    lists, reader = lists_in_force(), reader_of(by, practice)
    rows = read_call_list(lists, list_slug, practice.code, reader, SiteAccessLog(by), agreements_on_record())
    return _with_keys(rows, practice)


def open_handed_list(*, by: User, recipient: Organisation, list_slug: str) -> pa.Table:
    """The list of a recipient, of people of all practices, as open_call_list gives one; for its own staff alone."""
    lists, reader = lists_in_force(), reader_of(by, recipient)
    return _with_keys(read_handed_list(lists, list_slug, recipient.code, reader, SiteAccessLog(by)), recipient)


def open_every_contact(*, by: User, practice: Organisation) -> pa.Table:
    """Everybody on any list of a practice once, with a row key for each pseudonym. Logged like a list."""
    lists, reader = lists_in_force(), reader_of(by, practice)
    rows = read_every_contact(lists, practice.code, reader, SiteAccessLog(by), agreements_on_record())
    return _with_keys(rows, practice)


def open_person(*, by: User, practice: Organisation, row_key: str) -> list[dict[str, Any]]:
    """One person's rows on all lists of a practice: list, rank, reason, excluded, shown. One log row. Raises
    FaultsFound for a key that is on none of them now, AccessDenied as above; both are logged."""
    lists, reader, key = lists_in_force(), reader_of(by, practice), _care_key()
    return read_listed_person(lists, practice.code, row_key, key, reader, SiteAccessLog(by), agreements_on_record())


def open_changes(*, by: User, practice: Organisation) -> tuple[ListChange, ...]:
    """What changed on a practice's lists since those before. Logged like a list."""
    lists, reader = lists_in_force(), reader_of(by, practice)
    return read_list_changes(lists, practice.code, reader, SiteAccessLog(by), agreements_on_record())


def find_done(practice: Organisation, list_slug: str) -> frozenset[str]:
    """The row keys of those whose record shows done what a list is for. For a caller to whom the list was opened."""
    people = find_done_people(lists_in_force(), list_slug, practice.code)
    return frozenset(build_references(_care_key(), practice.code, people))


def read_exact_counts(*, by: User, practice: Organisation) -> list[ExactCount]:
    """A practice's own counts, for its own staff alone: AccessDenied for anybody else, even agreed. One log row."""
    release = current_release()
    if release is None or release.manifest.last_month is None:
        return []
    build = store_folder() / "builds" / release.manifest.build
    measures = [card.measure for card in release.manifest.measures if not is_unit_measure(card)]
    return read.read_exact_counts(build, practice.code, measures, reader_of(by, practice), SiteAccessLog(by))


def agreements_on_record() -> set[Agreement]:
    return set(agreements_in_force().values_list("network__code", "practice__code"))


def reader_of(user: User, practice: Organisation) -> Reader:
    grant = grant_to_ask_with(user, practice)
    if grant is None:
        return Reader(name=user.email, role=NOBODY, purpose=NOBODY, place=NOBODY)
    return Reader(name=user.email, role=grant.role.slug, purpose=grant.purpose, place=grant.organisation.code)


def lists_in_force() -> Path:
    """Raises FaultsFound where there are none, and where they rest on real people's records without live use."""
    lists, live_here = find_lists(store_folder()), is_live()
    if not (is_invented(lists) or live_here):
        raise refuse(lists, "they rest on real people's records", "set mode: live with live_use recorded")
    return lists


def _with_keys(rows: pa.Table, practice: Organisation) -> pa.Table:
    keys = build_references(_care_key(), practice.code, rows["person_id"].to_pylist())
    return rows.drop_columns(["person_id"]).append_column("row_key", pa.array(keys, pa.string()))


def _care_key() -> bytes:
    return str(settings.CARE_KEY).encode()


def store_folder() -> Path:
    return Path(settings.PLACEWISE_STORE)
