"""People hold roles at organisations, for a purpose, between dates; every change leaves a row that is never changed."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from builders.site import PASSWORD, add_agreement, add_person_in_role
from placewise_site.accounts.actions import end_agreement, end_grant, give_grant, record_agreement
from placewise_site.accounts.models import Agreement, Event, Grant, Purpose, Role
from placewise_site.accounts.queries import grants_in_force, practices_open_to
from placewise_site.organisations.models import Organisation

pytestmark = pytest.mark.usefixtures("site")


def place(code: str) -> Organisation:
    return Organisation.objects.get(code=code)


def open_to(user) -> list[str]:
    return sorted(practices_open_to(user).values_list("code", flat=True))


def test_the_roles_of_the_partnership_are_there_from_the_first_migration():
    assert Role.objects.count() == 17
    assert set(Role.objects.filter(may_open_lists=True).values_list("slug", flat=True)) == {"practice", "pcn_staff"}


def test_a_grant_holds_only_between_its_dates():
    user = add_person_in_role("practice", "A01", Purpose.DIRECT_CARE)
    user.grants.update(ends_on=timezone.localdate())
    assert open_to(user) == ["A01"]
    user.grants.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert open_to(user) == []
    assert not grants_in_force(user).exists()


def test_a_grant_that_is_ended_opens_nothing_from_that_moment_and_may_be_given_again():
    user = add_person_in_role("practice", "A01", Purpose.DIRECT_CARE)
    grant = end_grant(by=None, grant=user.grants.get())
    assert open_to(user) == []
    assert not grants_in_force(user).exists()
    ended = grant.ended_at
    assert end_grant(by=None, grant=grant).ended_at == ended
    assert Event.objects.filter(action="grant_ended").count() == 1
    add_person_in_role("practice", "A01", Purpose.DIRECT_CARE)
    assert open_to(user) == ["A01"]
    assert user.grants.count() == 2, "the history of both stands"


def test_a_grant_that_has_not_started_gives_nothing():
    user = add_person_in_role("analyst", "HVS")
    tomorrow = timezone.localdate() + timedelta(days=1)
    grant = give_grant(
        by=None,
        user=user,
        role=Role.objects.get(slug="practice"),
        organisation=place("A01"),
        purpose=Purpose.DIRECT_CARE,
        starts_on=tomorrow,
    )
    assert grant.pk
    assert open_to(user) == []


def test_dates_out_of_order_are_refused_by_the_action_and_by_the_database():
    user = add_person_in_role("practice", "A01", Purpose.DIRECT_CARE)
    grant = user.grants.get()
    with pytest.raises(ValidationError):
        give_grant(
            by=None,
            user=user,
            role=grant.role,
            organisation=place("A02"),
            purpose=Purpose.DIRECT_CARE,
            starts_on=date(2024, 1, 1),
            ends_on=date(2019, 1, 1),
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.filter(pk=grant.pk).update(ends_on=date(2019, 1, 1))


def test_planning_opens_no_lists_whatever_the_role():
    assert open_to(add_person_in_role("practice", "A01", Purpose.POPULATION_HEALTH_PLANNING)) == []


@pytest.mark.parametrize("role", ["analyst", "director", "caldicott_guardian", "programme_lead"])
def test_no_other_role_opens_lists_even_for_direct_care(role):
    assert open_to(add_person_in_role(role, "A01", Purpose.DIRECT_CARE)) == []


def test_network_staff_open_the_lists_of_practices_that_agreed_and_of_no_other():
    user = add_person_in_role("pcn_staff", "NW1", Purpose.DIRECT_CARE)
    assert open_to(user) == []
    add_agreement("A02", "NW1")
    assert open_to(user) == ["A02"]


def test_a_practice_agrees_with_its_own_network_only():
    with pytest.raises(ValidationError, match="does not belong"):
        record_agreement(
            by=None, practice=place("A04"), network=place("NW1"), reference="x", starts_on=date(2024, 1, 1)
        )


def test_an_agreement_that_is_ended_opens_nothing_from_that_moment():
    user = add_person_in_role("pcn_staff", "NW1", Purpose.DIRECT_CARE)
    add_agreement("A02", "NW1")
    end_agreement(by=None, agreement=Agreement.objects.get())
    assert open_to(user) == []


def test_an_agreement_lapses_when_the_practice_moves_to_another_network():
    user = add_person_in_role("pcn_staff", "NW1", Purpose.DIRECT_CARE)
    add_agreement("A02", "NW1")
    Organisation.objects.filter(code="A02").update(parent=place("NW2"))
    assert open_to(user) == []


def test_an_action_and_its_event_stand_or_fall_together():
    user = add_person_in_role("practice", "A01", Purpose.DIRECT_CARE)
    assert [event.action for event in Event.objects.order_by("pk")] == ["person_added", "grant_given"]
    with pytest.raises(ValidationError):
        add_person_in_role("practice", "A01", Purpose.DIRECT_CARE)  # the same grant again
    assert Event.objects.count() == 2
    assert user.grants.count() == 1


def test_an_event_is_never_changed_or_deleted():
    add_person_in_role("practice", "A01", Purpose.DIRECT_CARE)
    event = Event.objects.first()
    assert event is not None
    event.subject = "somebody else"
    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()


def test_sign_in_takes_the_address_and_the_password(client):
    add_person_in_role("practice", "A01", Purpose.DIRECT_CARE)
    answer = client.post("/accounts/login/", {"login": "practice.a01@example.org", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_too_many_wrong_passwords_are_turned_away(client):
    add_person_in_role("practice", "A02", Purpose.DIRECT_CARE)
    for _ in range(5):
        client.post("/accounts/login/", {"login": "practice.a02@example.org", "password": "wrong"})
    answer = client.post("/accounts/login/", {"login": "practice.a02@example.org", "password": PASSWORD})
    assert answer.status_code == 200
    assert "Too many failed login attempts" in answer.content.decode()


def test_nobody_makes_an_account_for_themselves(client):
    told = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
    answer = client.post("/accounts/signup/", told)
    assert "Accounts are made for you" in answer.content.decode()


def test_somebody_without_a_role_sees_what_the_public_sees(client):
    user = add_person_in_role("practice", "A01", Purpose.DIRECT_CARE)
    end_grant(by=None, grant=user.grants.get())
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert "Health and care here, in figures" in client.get("/").content.decode()
    assert client.get("/my-patients/").status_code == 403
