"""What a person holds is read once a request, and never outlives it: not the request, not the person, not a write."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from builders.meetings import build_board
from builders.site import add_person_in_role
from placewise_site.accounts.actions import end_grant, give_grant
from placewise_site.accounts.models import Purpose, Role
from placewise_site.accounts.queries import get_grants, has_lists, practices_open_to, waits_for_second_factor
from placewise_site.accounts.remembering import remembers_what_is_held
from placewise_site.governance.actions import end_membership
from placewise_site.meetings.queries.scope import bodies_open_to
from placewise_site.organisations.models import Organisation

pytestmark = pytest.mark.usefixtures("site")


def within_a_request(act) -> None:
    def view(_request) -> HttpResponse:
        act()
        return HttpResponse()

    remembers_what_is_held(view)(RequestFactory().get("/"))


def test_one_page_reads_a_persons_grants_once(client, django_assert_max_num_queries):
    user = add_person_in_role("director", "HVS")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/meetings/")
    with django_assert_max_num_queries(200) as asked:
        assert client.get("/meetings/").status_code == 200
    assert sum('FROM "accounts_grant"' in each["sql"] for each in asked.captured_queries) == 1


def test_a_grant_ended_or_given_within_a_request_is_seen_in_it():
    user = add_person_in_role("director", "HVS")
    seen = []

    def act() -> None:
        seen.append(len(get_grants(user)))
        end_grant(by=None, grant=user.grants.get())
        seen.append(len(get_grants(user)))
        give_grant(
            by=None,
            user=user,
            role=Role.objects.get(slug="analyst"),
            organisation=Organisation.objects.get(code="HVS"),
            purpose=Purpose.POPULATION_HEALTH_PLANNING,
            starts_on=user.grants.get().starts_on,
        )
        seen.append(len(get_grants(user)))

    within_a_request(act)
    assert seen == [1, 0, 1]


def test_a_seat_ended_within_a_request_opens_nothing_from_that_moment():
    board, seen = build_board(), []
    lay, yesterday = board.people["lay"], timezone.localdate() - timedelta(days=1)

    def act() -> None:
        seen.append(bodies_open_to(lay).count())
        end_membership(by=None, membership=board.seats["lay"], last_day=yesterday, reason="Moved away.")
        seen.append(bodies_open_to(lay).count())

    within_a_request(act)
    assert seen == [1, 0]


def test_nothing_is_remembered_from_one_request_to_the_next_nor_of_another_person():
    director, analyst = add_person_in_role("director", "HVS"), add_person_in_role("analyst", "HVS")
    within_a_request(lambda: get_grants(director))
    director.grants.update(ends_on="2020-05-01")  # past every action, so that nobody was told
    held = []
    within_a_request(lambda: held.extend([get_grants(director), get_grants(analyst)]))
    assert [[grant.role.slug for grant in each] for each in held] == [[], ["analyst"]]


def test_outside_of_a_request_each_asks_anew():
    user = add_person_in_role("director", "HVS")
    assert get_grants(user)
    user.grants.update(ends_on="2020-05-01")
    assert not get_grants(user)


@pytest.mark.parametrize("demo", [True, False])
@pytest.mark.parametrize(
    ("role", "organisation", "purpose"),
    [
        ("practice", "A01", Purpose.DIRECT_CARE),
        ("practice", "A01", Purpose.POPULATION_HEALTH_PLANNING),
        ("pcn_staff", "HVN", Purpose.DIRECT_CARE),
        ("director", "HVS", Purpose.POPULATION_HEALTH_PLANNING),
    ],
)
def test_the_menu_asks_for_the_same_as_the_lists_do(settings, demo, role, organisation, purpose):
    settings.DEMO = demo
    user = add_person_in_role(role, organisation, purpose)
    assert has_lists(user) == (practices_open_to(user).exists() or waits_for_second_factor(user))
