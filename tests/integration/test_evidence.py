"""Claims: from any number to its definition and source, and rows that nobody can change."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from builders.pages import links_in, words_in
from builders.release import build_planted_release
from builders.site import add_person_in_role
from placewise.publishing.contract import ClaimAddress
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.release import NotReleased, Release
from placewise_site.accounts.models import Event
from placewise_site.evidence.actions import cite_claim, type_claim
from placewise_site.evidence.claims import find_claim
from placewise_site.evidence.models import Claim
from placewise_site.evidence.sight import NotAllowed


@pytest.fixture
def address(release: Release) -> str:
    return f"{release.manifest.release}/af_anticoagulated/HVS/2026-03/all/all"


@pytest.fixture
def secretary(site):
    return add_person_in_role("board_secretary", "HVS")


@pytest.mark.parametrize(
    "page",
    ["/measures/", "/measures/af_anticoagulated/", "/measures/carers_reviewed/?area=HVN", "/population/",
     "/population/?area=NW3", "/sources/published/rtt_waiting/"],
)  # fmt: skip
def test_any_figure_can_be_checked_to_its_source_in_two_clicks(release: Release, page: str) -> None:
    client = Client()
    claims = {link for link in links_in(client.get(page).content.decode()) if link.startswith("/evidence/r-")}
    assert claims
    for claim in sorted(claims)[:: max(1, len(claims) // 12)]:  # a dozen of each page's
        answer = client.get(claim)  # the first click
        assert answer.status_code == 200, claim
        words = words_in(answer.content.decode())
        assert "Method" in words
        assert "SHA-256" in words
        sources = [link for link in links_in(answer.content.decode()) if link.startswith("/sources/?release=")]
        assert client.get(sources[0]).status_code == 200  # the second


def test_the_page_of_a_claim_says_everything_that_makes_it_checkable(address: str) -> None:
    words = words_in(Client().get(f"/evidence/{address}/").content.decode())
    for said in (
        "74.3%", "Counted 565", "Out of 760", "95% interval 71.1% to 77.3%", "As of March 2026", "Haven System (HVS)",
        "Counted from records", "people among them with the care recorded", "people on the register",
        "Method version 0a1b2c3d", "Wilson score interval", "Areas Invented areas 2021", "person.parquet", "1" * 64,
        "Shown.", "Proposed", address,
    ):  # fmt: skip
        assert said in words, said


def test_a_hidden_figure_has_a_claim_without_a_number(release: Release) -> None:
    address = f"{release.manifest.release}/af_anticoagulated/HVS/2026-03/learning_disability/yes"
    words = words_in(Client().get(f"/evidence/{address}/").content.decode())
    assert "hidden to protect privacy" in words
    assert "Out of" not in words


def test_a_published_figure_keeps_its_publishers_number_and_hash(release: Release) -> None:
    address = f"{release.manifest.release}/rtt_over_52_weeks/RT1/2026-01/all/all"
    words = words_in(Client().get(f"/evidence/{address}/").content.decode())
    assert "1,343 waits" in words
    assert "Invented, in the form in which its publisher would release it" in words  # the system is synthetic
    assert "2" * 64 in words


def test_a_claim_is_a_row_once_it_is_cited_and_the_same_row_ever_after(address: str, secretary) -> None:
    assert not Claim.objects.exists()
    row = cite_claim(by=secretary, address=address)
    assert (row.value, row.numerator, row.denominator) == (pytest.approx(565 / 760), 565, 760)
    assert cite_claim(by=secretary, address=address) == row
    assert Claim.objects.count() == 1
    assert [event.action for event in Event.objects.filter(subject=address)] == ["claim_cited"]


@pytest.mark.parametrize("change", ["UPDATE evidence_claim SET value = 1", "DELETE FROM evidence_claim"])
def test_the_database_itself_refuses_to_change_a_claim(address: str, secretary, change: str) -> None:
    cite_claim(by=secretary, address=address)
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        connection.cursor().execute(change)
    assert Claim.objects.get().value == pytest.approx(565 / 760)


def test_a_typed_claim_is_a_row_from_the_start(address: str, secretary) -> None:
    computed = find_claim(address, secretary).claim
    told = replace(
        computed,
        address=ClaimAddress.parse("typed/people_served/HVS/2021/all/all"),
        title="People the partnership serves", value=2_400_000, unit="people", numerator=None, denominator=None,
        lower=None, upper=None, kind="told", method="As stated in its own description", method_version="",
        period="2021", disclosure="as published", sources=(),
    )  # fmt: skip
    type_claim(by=secretary, claim=told)
    words = words_in(Client().get("/evidence/typed/people_served/HVS/2021/all/all/").content.decode())
    assert "2,400,000 people" in words
    assert "Told by a document" in words
    with pytest.raises(NotReleased, match="cite it"):
        type_claim(by=secretary, claim=computed)


def test_a_claim_about_a_practice_is_for_people_with_a_role(release: Release, secretary, django_user_model) -> None:
    address = f"{release.manifest.release}/af_anticoagulated/A01/2026-03/all/all"
    assert cite_claim(by=secretary, address=address).about_a_practice
    stranger = django_user_model.objects.create_user("stranger@example.org")
    assert not Claim.objects.visible_to(stranger).exists()
    assert Claim.objects.visible_to(secretary).count() == 1
    with pytest.raises(NotAllowed):
        find_claim(address, stranger)


@pytest.mark.requirement("S186")
def test_a_claim_stands_for_ever_and_says_when_a_later_release_gives_another_figure(
    settings, tmp_path: Path, secretary
) -> None:
    settings.PLACEWISE_STORE = tmp_path
    release = build_planted_release(tmp_path)
    address = f"{release.manifest.release}/af_anticoagulated/HVS/2026-03/all/all"
    cited = cite_claim(by=secretary, address=address)
    assert find_claim(address, secretary).claim.standing == "proposed"

    later = datetime(2026, 7, 20, 6, 30, tzinfo=UTC)
    build_planted_release(tmp_path, made_at=later, rule=DisclosureRule(8, 10))  # now rounded to 10
    found = find_claim(address, secretary)
    assert found.claim.standing == "superseded"
    assert (found.claim.numerator, found.record) == (565, cited)
    assert found.now is not None
    assert found.now.numerator == 570
    words = words_in(Client().get(f"/evidence/{address}/").content.decode())
    assert "Superseded The release in force gives another figure" in words
    same = f"{release.manifest.release}/people/HVS/2026-03/all/all"
    assert find_claim(same, secretary).claim.standing == "proposed"
