"""Fifty at once lose nothing, and a server that is killed while deciding leaves all or nothing. PostgreSQL alone: a
SQLite file has one writer."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, connections

from builders.meetings import DAY, Board, add_meeting, bring, build_board, sitting, take
from builders.site import add_organisations, add_person_in_role
from placewise_site.accounts.models import Event
from placewise_site.governance.actions import add_member, appoint
from placewise_site.governance.models import Membership, Seat
from placewise_site.meetings import actions, clock
from placewise_site.meetings.models import Decision, Item, Override, Placement, Vote
from placewise_site.meetings.rules.voting import Choice

FIFTY = 50
OWN = f"written_by_many_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
"""Of each process of a run its own."""

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="many write at once to PostgreSQL only")


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A copy of the tests' database: what is written here stays written, since history cannot be emptied."""
    with django_db_blocker.unblock():
        copied = str(connection.settings_dict["NAME"])
        _in_postgres(f'CREATE DATABASE {OWN} TEMPLATE "{copied}"')
        connection.settings_dict["NAME"] = OWN
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = copied
            _in_postgres(f"DROP DATABASE {OWN} WITH (FORCE)")


def _in_postgres(said: str) -> None:
    """Said beside the tests' database, which nobody may be connected to while it is copied."""
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(said)


@pytest.fixture
def board(own_database: None, planted: SimpleNamespace, settings: Any) -> Board:
    settings.PLACEWISE_STORE, settings.PLACEWISE_DEPLOYMENT = planted.store, str(planted.deployment)
    settings.DEMO = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    add_organisations()
    return build_board()


def at_once(deeds: list[Callable[[], Any]]) -> list[Any]:
    """Each in a thread and connection of its own, all let go together."""
    gate = threading.Barrier(len(deeds))

    def do(deed: Callable[[], Any]) -> Any:
        try:
            gate.wait()
            with clock.standing_at(DAY):
                return deed()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def add_seats(board: Board) -> list[Membership]:
    seats = [
        Seat(body=board.body, slug=f"partner_{number}", title=f"Partner {number}", kind="member", votes=True, rank=100)
        for number in range(FIFTY)
    ]
    taken = []
    for seat in Seat.objects.bulk_create(seats):
        person = add_person_in_role("board_member", "HVS", email=f"{seat.slug}@example.org")
        member = add_member(by=None, name=seat.title, person=person)
        taken.append(appoint(by=None, seat=seat, member=member, term_from=DAY.date().replace(year=2024), term_to=None))
    return taken


def test_fifty_voting_and_filing_at_once_lose_nothing(board):
    members, meeting = add_seats(board), add_meeting(board)
    item = bring(board, meeting)
    with sitting(board, meeting):
        actions.record_attendance(by=board.secretary, meeting=meeting, present=[*members, *board.seats.values()])
    before = Event.objects.count()

    def voting(each: Membership) -> Callable[[], Any]:
        return lambda: actions.cast_vote(by=each.member.person, item=item, membership=each, choice=Choice.FOR)

    def filing(number: int) -> Callable[[], Any]:
        return lambda: actions.plan_item(by=board.secretary, body=board.body, title=f"Item {number}", purpose="note")

    at_once([*(voting(each) for each in members[:25]), *(filing(number) for number in range(25))])
    at_once([voting(each) for each in members[25:]])
    assert Vote.objects.filter(item=item).count() == FIFTY
    assert Item.objects.filter(purpose="note").count() == 25
    assert Event.objects.count() == before + FIFTY + 25


def test_items_placed_at_once_have_each_a_number_of_their_own(board):
    meeting = add_meeting(board)
    items = [
        actions.plan_item(by=None, body=board.body, title=f"Item {number}", purpose="note") for number in range(20)
    ]
    at_once([lambda item=item: actions.place_item(by=None, item=item, meeting=meeting) for item in items])
    assert sorted(Placement.objects.values_list("number", flat=True)) == list(range(1, 21))


def test_an_item_is_decided_once_however_many_ask(board):
    meeting = add_meeting(board)
    item = bring(board, meeting)
    with sitting(board, meeting):
        actions.cast_vote(by=board.chair, item=item, membership=board.seats["chair"], choice=Choice.FOR)

    def deciding() -> Any:
        try:
            return take(board, item).decision
        except Exception as error:  # whoever comes second is told
            return error

    came = at_once([deciding] * 8)
    assert sum(isinstance(each, Decision) for each in came) == 1
    assert all("not before the meeting" in str(each) for each in came if not isinstance(each, Decision))
    assert Decision.objects.count() == 1 and Event.objects.filter(action="decision_made").count() == 1


DECIDE_SLOWLY = """
import os, sys, time
import django
django.setup()
from django.conf import settings
from datetime import datetime
from placewise_site.meetings import actions, clock
from placewise_site.meetings.actions import deciding
from placewise_site.meetings.models import Item
step = deciding.step_item
def slowly(**said):
    print("deciding", flush=True)
    time.sleep(60)
    return step(**said)
deciding.step_item = slowly
with clock.standing_at(datetime.fromisoformat(sys.argv[2])):
    actions.decide(by=None, item=Item.objects.get(pk=sys.argv[1]), resolved="Agreed.")
"""


def test_a_server_killed_while_deciding_leaves_nothing_and_the_item_can_be_decided(board, planted):
    meeting = add_meeting(board)
    item = bring(board, meeting)
    with sitting(board, meeting):
        actions.cast_vote(by=board.chair, item=item, membership=board.seats["chair"], choice=Choice.FOR)
    said = connection.settings_dict
    address = f"postgres://{said['USER']}:{said['PASSWORD']}@{said['HOST']}:{said['PORT']}/{said['NAME']}"
    options = "&".join(f"{name}={told}" for name, told in said["OPTIONS"].items() if isinstance(told, str))
    environment = os.environ | {
        "PLACEWISE_DATABASE": f"{address}?{options}" if options else address,
        "PLACEWISE_STORE": str(planted.store),
        "PLACEWISE_DEPLOYMENT": str(planted.deployment),
        "PLACEWISE_MODE": "demo",
        "DJANGO_SETTINGS_MODULE": "placewise_site.settings",
    }
    command = [sys.executable, "-c", DECIDE_SLOWLY, str(item.pk), DAY.isoformat()]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stdout.readline() == "deciding\n"
        process.send_signal(signal.SIGKILL)
    until = time.monotonic() + 20
    while time.monotonic() < until and _is_locked(item):
        time.sleep(0.2)
    assert not Decision.objects.exists() and not Override.objects.exists()
    assert not Event.objects.filter(action="decision_made").exists()
    with clock.standing_at(DAY):
        assert take(board, item).decision
    assert Event.objects.filter(action="decision_made").count() == 1


def _is_locked(item: Item) -> bool:
    """Until the server has seen that whoever held the row is gone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM meetings_item WHERE id = %s FOR UPDATE SKIP LOCKED", [item.pk])
        return cursor.fetchone() is None


@pytest.mark.django_db
def test_what_is_written_there_reaches_no_other_test():
    """And the tests' database is made for the sake of this one, also where these tests run alone."""
    assert not Vote.objects.exists() and not Decision.objects.exists()
