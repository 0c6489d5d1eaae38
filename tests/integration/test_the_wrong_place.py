"""People of the wrong place: every route is read and written to as every role, and nothing of another place moves."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client

from builders.addresses import ADMINISTRATION, Who, fill, find_who, iter_routes
from builders.assurance import NORTH, TOP, add_recommendation, add_risk, add_yearly_control, lead_of, organisation
from builders.explained import LISTS
from builders.lists import LIST
from builders.site import add_person_in_role
from placewise_site.accounts.models import AccessEvent, Event, Grant, Purpose, Role, User
from placewise_site.assurance.actions import assessments, packs, reviews
from placewise_site.programmes.actions import add_comment

pytestmark = pytest.mark.one_database

ELSEWHERE = {"practice": "A04", "pcn_staff": "NW3", "hospital_operations": "RT2"}
"""Where each role works instead of in the north; the others in the place of the south."""
SAID = "Our doctor was ill for a month"
TREATED = f"/my-patients/A01/{LIST}/", f"/my-patients/A01/{LIST}/sealed", f"/my-patients/A01/{LIST}/{LISTS}/1/"
SEEN_BY_NOBODY = (302, 403, 404)
SEES_EVERY_REFUSAL = "director"


@pytest.fixture
def north(release: Any) -> dict[str, str]:
    """What the north has: a practice's comment and a grant there, a risk, a review, a pack and more. Their numbers, as
    parts of addresses."""
    nurse = add_person_in_role("practice", "A01", Purpose.DIRECT_CARE)
    comment = add_comment(
        by=nurse, practice=organisation("A01"), finding="a/b", release=release.manifest.release, words=SAID
    )
    risk = add_risk()
    review = reviews.open_review(by=None, place=organisation(NORTH), title="A review", opened_on=date(2026, 4, 1))
    pack = packs.build_pack(by=None, programme="heart_care", release=release)
    made = {
        "comment": comment,
        "grant": Grant.objects.get(user=nurse),
        "risk": risk,
        "control": add_yearly_control(risk),
        "commitment": add_recommendation(),
        "review": review,
        "pack": pack,
        "challenge": packs.challenge_pack(by=None, pack=pack, words="Who is missed?"),
        "assessment": assessments.begin_assessment(by=None, title="Evenings", area=TOP, release=release),
    }
    return {name: str(row.pk) for name, row in made.items()}


def somebody_elsewhere(role: str) -> User:
    purpose = Purpose.DIRECT_CARE if role in ("practice", "pcn_staff") else Purpose.POPULATION_HEALTH_PLANNING
    return add_person_in_role(role, ELSEWHERE.get(role, "HVT"), purpose)


def iter_addresses(release: Any, parts: dict[str, str]) -> Iterator[tuple[str, Who | None]]:
    address = f"{release.manifest.release}/af_anticoagulated/A01/2026-03/all/all"
    for route in iter_routes():
        if not route.startswith((ADMINISTRATION, "accounts/")):
            yield fill(route, build=LISTS, address=address, **parts), find_who(route)


def roles() -> list[str]:
    from placewise_site.accounts.roles import ROLES

    return [slug for slug, *_ in ROLES]


@pytest.mark.parametrize("role", roles())
def test_every_route_as_somebody_of_another_place(
    release: Any, north: dict[str, str], role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of persons, nothing that a practice of the north said, and nothing that changes by being asked for or by
    an empty letter."""
    browser = Client()
    browser.force_login(somebody_elsewhere(role), backend="django.contrib.auth.backends.ModelBackend")
    before = Event.objects.count()
    addresses = list(iter_addresses(release, north))
    for address, who in addresses:
        answer = browser.get(address)
        assert answer.status_code < 500, address
        told = b"" if answer.streaming else answer.content
        assert SAID.encode() not in told, address
        if who in (Who.TREATING, Who.TREATING_BY_API) and address != "/my-patients/":
            assert answer.status_code in SEEN_BY_NOBODY, address
    assert Event.objects.count() == before, "reading changes nothing"
    assert not AccessEvent.objects.filter(practice="A01", denied="").exists()
    if role != SEES_EVERY_REFUSAL:  # what a refusal looks like is the same for all, and half of the time
        monkeypatch.setattr("django.template.backends.jinja2.Template.render", lambda *_: "")
    for address, _ in addresses:
        if not address.startswith("/my-patients/") and "/signature/" not in address and "/measure/" not in address:
            assert browser.post(address).status_code < 500, address
    assert Event.objects.count() == before, "an empty letter changes nothing"


OF_THE_NORTH = {
    "assurance/owed/{commitment}/steps/": {"state": "evidenced", "words": "Done", "evidence_on": "2026-05-01"},
    "assurance/reviews/{review}/self-assessment/": {"words": "We are well"},
    "findings/comment/{comment}/remove/": {"reason": "I do not like it"},
}
"""What people of the north alone may write, filled in as they would."""


@pytest.mark.parametrize("role", ["place_lead", "director", "practice", "lay_member"])
@pytest.mark.parametrize("address", OF_THE_NORTH)
def test_what_is_for_the_north_alone_is_not_written_by_the_south(
    north: dict[str, str], role: str, address: str
) -> None:
    browser = Client()
    browser.force_login(somebody_elsewhere(role), backend="django.contrib.auth.backends.ModelBackend")
    before = Event.objects.count()
    answer = browser.post(f"/{address.format(**north)}", OF_THE_NORTH[address])
    assert answer.status_code in (403, 404)
    assert Event.objects.count() == before


def test_and_is_by_the_north(north: dict[str, str]) -> None:
    """Or the test above proves nothing."""
    browser = Client()
    browser.force_login(lead_of(NORTH), backend="django.contrib.auth.backends.ModelBackend")
    for address in list(OF_THE_NORTH)[:2]:
        assert browser.post(f"/{address.format(**north)}", OF_THE_NORTH[address]).status_code == 302, address


def test_every_role_is_walked(site: Any) -> None:
    assert sorted(roles()) == sorted(Role.objects.values_list("slug", flat=True))
