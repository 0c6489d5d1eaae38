"""Who may decide: bodies, agreements and powers come from files; members are appointed, declare interests, and end."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import Error, transaction
from django.utils import timezone

from builders.bodies import load_bodies, seat_somebody
from builders.site import add_person_in_role
from placewise_site.accounts.models import Event
from placewise_site.evidence.deployment import get_deployment
from placewise_site.governance.actions import (
    add_member,
    appoint,
    declare_interest,
    destroy_expired_interests,
    end_interest,
    end_membership,
    load_partnership,
    loading,
    remove_name,
    withdraw_interest,
)
from placewise_site.governance.models import Body, Delegation, Edition, Interest, InterestKind, Membership, Seat
from placewise_site.governance.queries import (
    Decider,
    find_version,
    get_body,
    get_decider,
    get_interests,
    get_memberships,
    get_quorum_rule,
    get_seats,
    places_on,
    register_of,
)
from placewise_site.governance.rules.delegation import Gap, Overlap
from placewise_site.organisations.actions import load_organisations

ON = date(2026, 4, 1)
DAY = timedelta(days=1)


@pytest.fixture
def loaded(site: Any) -> Edition:
    return load_bodies()


def sitting(body: str, on: date) -> list[str]:
    return [each.member.shown_name for each in get_memberships(get_body(body), on)]


def test_loading_twice_changes_nothing_and_something_new_is_a_new_edition(loaded: Edition):
    assert load_bodies() == loaded
    partnership = get_deployment().partnership
    fewer = type(partnership)(
        bodies=partnership.bodies,
        functions=partnership.functions,
        instruments=partnership.instruments,
        delegations=partnership.delegations[:2],
    )
    newer = load_partnership(by=None, partnership=fewer)
    assert newer != loaded
    assert Delegation.objects.newest().count() == 2
    assert Delegation.objects.filter(edition=loaded).count() == 4, "what held before still says what it said"
    assert [each.subject for each in Event.objects.filter(action="powers_loaded")] == [
        newer.digest[:12],
        loaded.digest[:12],
    ]


def test_a_seat_that_left_the_file_is_closed_and_takes_nobody(loaded: Edition):
    seat_somebody("heart_board", "lay")
    body = get_deployment().partnership.bodies["heart_board"]
    seats = {slug: each for slug, each in body.terms.seats.items() if slug != "lay"}
    without = body.model_copy(update={"terms": body.terms.model_copy(update={"seats": seats})})
    partnership = get_deployment().partnership
    load_partnership(by=None, partnership=type(partnership)(bodies=partnership.bodies | {"heart_board": without}))
    closed = Seat.objects.get(body__slug="heart_board", slug="lay")
    assert closed.is_closed
    assert sitting("heart_board", ON) == ["Lay member"], "whoever sat there is still told"
    with pytest.raises(ValidationError, match="closed"):
        appoint(by=None, seat=closed, member=add_member(by=None, name="Another"), term_from=ON)


def test_the_version_in_force_says_the_quorum(loaded: Edition):
    rule = get_quorum_rule(get_body("heart_board"), ON)
    assert (rule.at_least, rule.of_kinds, rule.said_by) == (2, {"lay": 1}, "Constitution")
    assert get_quorum_rule(get_body("heart_board"), date(2022, 6, 30)) is None
    assert get_quorum_rule(get_body("old_committee"), date(2022, 6, 30)).said_by == "Memorandum"
    assert find_version("compact", ["HVN"], date(2022, 6, 30)).slug == "memorandum"


def test_who_decides_is_one_body_or_what_is_wrong_is_told(loaded: Edition):
    decider = get_decider("grants", "HVN", ON)
    assert isinstance(decider, Decider)
    assert (decider.body.slug, decider.limit, decider.above.slug) == ("coast_committee", 100_000, "heart_board")
    assert get_decider("grants", "HVT", ON) == Gap("grants", "HVT")
    assert get_decider("yearly_plan", "HVT", ON) == Overlap("yearly_plan", "HVT", ("coast_committee", "heart_board"))


@pytest.mark.requirement("S055")
def test_six_places_then_five_and_each_function_has_one_decider_or_is_listed(settings: Any, db: None):
    settings.PLACEWISE_DEPLOYMENT = "west_yorkshire"
    load_organisations(get_deployment().hierarchy.organisations.values())
    load_bodies()
    before, after = date(2020, 3, 31), date(2020, 4, 1)
    assert [len(places_on(day)) for day in (before, after)] == [6, 5]
    left = set(places_on(before)) - set(places_on(after))
    assert [each.code for each in left] == ["03E"]
    functions = list(get_deployment().partnership.functions)
    for day in (before, after):
        for place in places_on(day):
            assert all(isinstance(get_decider(each, place.code, day), Decider) for each in functions)
    wrong = {
        (each, place.code): found
        for each in functions
        for place in places_on(ON)
        if not isinstance(found := get_decider(each, place.code, ON), Decider)
    }
    assert {key: type(found) for key, found in wrong.items()} == {
        ("voluntary_sector_grants", "02T"): Gap,
        ("specialist_mental_health", "15F"): Overlap,
    }


@pytest.mark.requirement("S190")
def test_each_place_lists_its_partners_by_kind(settings: Any, db: None):
    settings.PLACEWISE_DEPLOYMENT = "west_yorkshire"
    load_organisations(get_deployment().hierarchy.organisations.values())
    load_bodies()
    for place in places_on(ON):
        (body,) = (each for each in Body.objects.filter(kind="place_partnership") if each.covers == [place.code])
        kinds = {each.represents for each in body.seats.exclude(represents="")}
        assert {"hospice", "healthwatch", "commissioner"} <= kinds


def test_one_seat_one_member_at_a_time(loaded: Edition):
    held = seat_somebody("heart_board", "chair", until=date(2026, 6, 30))
    new = add_member(by=None, name="Next chair")
    with pytest.raises(ValidationError, match="holds the seat Chair"):
        appoint(by=None, seat=held.seat, member=new, term_from=ON)
    deputy = appoint(by=None, seat=held.seat, member=new, term_from=ON, deputy_for=held)
    assert sitting("heart_board", ON) == ["Chair", "Next chair"]
    assert deputy.deputy_for == held
    appoint(by=None, seat=held.seat, member=new, term_from=date(2026, 7, 1))


def test_an_early_end_is_a_row_of_its_own_and_the_first_stands(loaded: Edition):
    held = seat_somebody("heart_board", "lay")
    end = end_membership(by=None, membership=held, last_day=ON, reason="Moved away.")
    assert end_membership(by=None, membership=held, last_day=ON + DAY, reason="Again.") == end
    assert (sitting("heart_board", ON), sitting("heart_board", ON + DAY)) == (["Lay member"], [])
    assert Membership.objects.get(pk=held.pk).term_to is None


def test_history_is_never_changed(loaded: Edition):
    held = seat_somebody("heart_board", "lay")
    for table in (Membership.objects, Delegation.objects, Edition.objects):
        with pytest.raises(Error, match="never changed or deleted"), transaction.atomic():
            table.all().update(at=timezone.now()) if table is not Delegation.objects else table.update(source="x")
    with pytest.raises(TypeError, match="never changed"):
        held.delete()


def test_a_name_is_destroyed_and_the_term_stays(loaded: Edition):
    held = seat_somebody("heart_board", "lay")
    remove_name(by=None, member=held.member, reason="Asked for")
    assert sitting("heart_board", ON) == [f"Removed on {timezone.now():%-d %B %Y}: Asked for"]


def test_only_a_board_secretary_of_the_system_keeps_the_registers(loaded: Edition):
    secretary = add_person_in_role("board_secretary", "HVS")
    others = [add_person_in_role("board_secretary", "HVN"), add_person_in_role("board_member", "HVS")]
    seat = Seat.objects.get(body__slug="heart_board", slug="lay")
    member = add_member(by=secretary, name="Lay member")
    for other in others:
        with pytest.raises(PermissionDenied):
            appoint(by=other, seat=seat, member=member, term_from=ON)
    appoint(by=secretary, seat=seat, member=member, term_from=ON)
    event = Event.objects.filter(action="member_appointed").get()
    assert (event.by, event.subject, event.detail["seat"]) == (secretary, "heart_board", "lay")


def declare(member: Any, words: str, held_from: date, by: Any = None) -> Interest:
    return declare_interest(by=by, member=member, kind=InterestKind.FINANCIAL, words=words, held_from=held_from)


def test_members_declare_their_own_interests_and_nobody_elses(loaded: Edition):
    person = add_person_in_role("board_member", "HVS")
    own = seat_somebody("heart_board", "clinical", person=person).member
    other = seat_somebody("heart_board", "lay").member
    interest = declare(own, "Owns shares in a supplier", date(2024, 1, 1), by=person)
    assert list(get_interests(own, ON)) == [interest]
    with pytest.raises(PermissionDenied):
        declare(other, "Not mine to say", date(2024, 1, 1), by=person)


def test_an_interest_that_ended_is_public_for_half_a_year_then_private_then_destroyed(loaded: Edition):
    member = seat_somebody("heart_board", "lay").member
    today = timezone.localdate()
    since = today - timedelta(days=4000)
    ended = {
        "lately": today - timedelta(days=100),
        "last year": today - timedelta(days=365),
        "long ago": today - timedelta(days=6 * 366 + 1),
    }
    for words, last_day in ended.items():
        end_interest(by=None, interest=declare(member, words, since), last_day=last_day)
    declare(member, "still held", since)
    assert sorted(each.told for each in register_of([member], today)) == ["lately", "still held"]
    assert destroy_expired_interests(by=None, on=today) == 1
    assert destroy_expired_interests(by=None, on=today) == 0
    words = sorted(str(each) for each in Interest.objects.all())
    assert words[0].startswith("Removed on") and words[1:] == ["last year", "lately", "still held"]


def test_what_was_withdrawn_is_gone_from_every_past_day(loaded: Edition):
    member = seat_somebody("heart_board", "lay").member
    interest = declare(member, "Declared for the wrong member", date(2024, 1, 1))
    today = timezone.localdate()
    assert [each.told for each in register_of([member], today - DAY)] == [], "not declared yet on that day"
    withdraw_interest(by=None, interest=interest, reason="Declared in error")
    (told,) = register_of([member], today)
    assert told.told == f"Removed on {timezone.now():%-d %B %Y}: Declared in error"


def test_a_past_day_shows_the_seats_the_quorum_and_the_powers_of_that_day(loaded: Edition, monkeypatch: Any):
    """A year after the first load one seat of five goes and four with a vote come; nobody has to agree the plan."""
    later = timezone.now() + timedelta(days=365)
    monkeypatch.setattr(loading.timezone, "now", lambda: later)
    partnership = get_deployment().partnership
    board = partnership.bodies["heart_board"]
    seats = {slug: each for slug, each in board.terms.seats.items() if slug != "hospice"}
    seats |= {f"clinical_{number}": seats["clinical"] for number in range(4)}
    load_partnership(
        by=None,
        partnership=type(partnership)(
            bodies=partnership.bodies
            | {"heart_board": board.model_copy(update={"terms": board.terms.model_copy(update={"seats": seats})})},
            functions=partnership.functions,
            instruments=partnership.instruments,
            delegations=partnership.delegations[:2],
        ),
    )
    body, after = get_body("heart_board"), timezone.localdate(later)
    before = after - DAY
    assert [len(get_seats(body, day)) for day in (before, after)] == [5, 8]
    assert len(get_seats(body, ON)) == 5, "of a day before anything was recorded, the first day is told"
    assert [get_quorum_rule(body, day).at_least for day in (before, after)] == [2, 4], "half of the seats with a vote"
    assert isinstance(get_decider("yearly_plan", "HVN", before), Decider)
    assert isinstance(get_decider("yearly_plan", "HVN", after), Gap)
