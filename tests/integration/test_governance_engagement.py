"""A draft constitution is put out for comment clause by clause, and closes when every comment has its response."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from builders.bodies import load_bodies
from builders.meetings import build_board, plan
from builders.pages import words_in
from builders.site import add_person_in_role
from placewise_site.accounts.models import Event, User, WordsText
from placewise_site.governance.actions import (
    close_engagement,
    comment_on_clause,
    destroy_comment,
    respond_to_comment,
)
from placewise_site.governance.models import (
    Clause,
    ClauseComment,
    Disposition,
    Edition,
    Engagement,
    EngagementClosing,
    InstrumentVersion,
)
from placewise_site.running.demo_engagement import comment_on_demo_drafts

PAGE = "/governance/agreements/constitution/comments/"
IN_TIME, LAST_DAY, LATE = date(2021, 12, 20), date(2022, 1, 14), date(2022, 1, 15)


@pytest.fixture
def draft(release: Any) -> Engagement:
    load_bodies()
    return Engagement.objects.get(slug="constitution")


@pytest.fixture
def secretary(draft: Engagement) -> User:
    return add_person_in_role("board_secretary", "HVS")


def browser_of(person: User) -> Client:
    browser = Client()
    browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return browser


def comment_of(group: str, received_on: date = IN_TIME, clause: str = "membership") -> ClauseComment:
    return comment_on_clause(
        by=User.objects.get(email="board_secretary.hvs@example.org"),
        clause=Clause.objects.get(slug=clause),
        words=f"{group} ask for a seat.",
        on_behalf_of=group,
        received_on=received_on,
    )


def read(person: User | None = None, address: str = PAGE) -> str:
    return words_in((browser_of(person) if person else Client()).get(address).content.decode())


@pytest.mark.requirement("S054")
def test_every_comment_has_a_response_and_the_late_one_is_marked(draft: Engagement, secretary: User):
    in_time, last_day, late = comment_of("Carers", LAST_DAY), comment_of("Hospices"), comment_of("Unions", LATE)
    assert [each.is_late for each in (in_time, last_day, late)] == [False, False, True], "the closing day is in time"
    respond_to_comment(by=secretary, comment=in_time, disposition=Disposition.ACCEPTED, reason="A seat is added.")
    text = read()
    assert "Comments were asked for from 1 December 2021 until 14 January 2022." in text
    assert "1 of 3 has a response." in text
    assert "Carers Carers ask for a seat. 14 January 2022 Accepted. A seat is added." in text
    assert "Unions Unions ask for a seat. 15 January 2022 Late None yet" in text
    with pytest.raises(ValidationError, match="2 of 3 comments lack a response"):
        close_engagement(by=secretary, engagement=draft, on=LATE)
    for each in (last_day, late):
        respond_to_comment(by=secretary, comment=each, disposition=Disposition.OUT_OF_SCOPE, reason="Not for it.")
    close_engagement(by=secretary, engagement=draft, on=LATE)
    text = read()
    assert "3 of 3 have a response." in text and "with a response to every comment" in text


@pytest.mark.requirement("S054")
def test_the_page_refuses_to_close_and_says_how_many_lack_a_response(draft: Engagement, secretary: User):
    comment = comment_of("Carers")
    refused = browser_of(secretary).post(f"{PAGE}close/")
    assert refused.status_code == 400
    assert "1 of 1 comments lacks a response. Respond to each, then close." in words_in(refused.content.decode())
    said = {"disposition": "accepted_in_part", "reason": "One seat for all carers."}
    answered = browser_of(secretary).post(f"/governance/comments/{comment.pk}/response/", said)
    assert answered.status_code == 302
    assert browser_of(secretary).post(f"{PAGE}close/").status_code == 302
    assert "Accepted in part. One seat for all carers." in read()


def test_it_does_not_close_while_people_may_still_comment_in_time(draft: Engagement, secretary: User):
    with pytest.raises(ValidationError, match="People may comment until 14 January 2022"):
        close_engagement(by=secretary, engagement=draft, on=LAST_DAY)
    assert not EngagementClosing.objects.exists()


def test_anybody_with_an_account_comments_and_is_told_by_their_role(draft: Engagement):
    clause = Clause.objects.get(slug="meetings")
    person = add_person_in_role("voluntary_sector", "HVS")
    address = f"/governance/clauses/{clause.pk}/comments/"
    assert "/accounts/login/" in Client().post(address, {"words": "Too late in the day."})["Location"]
    assert "On behalf of" not in read(person, address)
    assert browser_of(person).post(address, {"words": "Meet in the evening."}).status_code == 302
    text = read()
    assert "Voluntary sector Meet in the evening." in text and "Late None yet" in text, "years after it closed"


def test_only_a_secretary_speaks_for_a_group_and_responds(draft: Engagement, secretary: User):
    director = add_person_in_role("director", "HVS")
    comment = comment_of("Carers")
    with pytest.raises(PermissionDenied):
        comment_on_clause(by=director, clause=comment.clause, words="We", on_behalf_of="Us", received_on=IN_TIME)
    with pytest.raises(PermissionDenied):
        respond_to_comment(by=director, comment=comment, disposition=Disposition.ACCEPTED, reason="Yes")
    with pytest.raises(PermissionDenied):
        close_engagement(by=director, engagement=draft, on=LATE)
    assert browser_of(director).get(f"/governance/comments/{comment.pk}/response/").status_code == 403
    assert browser_of(director).get(f"/governance/comments/{comment.pk}/removal/").status_code == 403


def test_a_comment_that_named_somebody_is_destroyed_and_its_response_stays(draft: Engagement, secretary: User):
    comment = comment_of("Friends of Ada Example")
    respond_to_comment(by=secretary, comment=comment, disposition=Disposition.NOT_ACCEPTED, reason="One for each.")
    destroy_comment(by=secretary, comment=comment, reason="It named a patient")
    assert not WordsText.objects.filter(words__contains="Ada Example").exists()
    text = read()
    assert "It named a patient" in text and "Not accepted. One for each." in text and "1 of 1 has a response" in text
    assert "ask for a seat" not in str(list(Event.objects.values_list("subject", "detail")))


def test_whoever_wrote_a_comment_removes_it(draft: Engagement):
    person = add_person_in_role("lay_member", "HVS")
    clause = Clause.objects.get(slug="meetings")
    comment = comment_on_clause(by=person, clause=clause, words="I was there.", received_on=LATE)
    assert browser_of(person).post(f"/governance/comments/{comment.pk}/removal/", {"reason": "Mine"}).status_code == 302
    assert "I was there." not in read()


def test_nothing_is_taken_before_it_opens_or_once_it_is_closed(draft: Engagement, secretary: User):
    with pytest.raises(ValidationError, match="not out for comment before 2021-12-01"):
        comment_of("Carers", date(2021, 11, 30))
    with pytest.raises(ValidationError, match="not one to come"):
        comment_of("Carers", date(2999, 1, 1))
    comment = comment_of("Carers")
    respond_to_comment(by=secretary, comment=comment, disposition=Disposition.ACCEPTED, reason="Yes.")
    close_engagement(by=secretary, engagement=draft, on=LATE)
    with pytest.raises(ValidationError, match="This engagement is closed"):
        comment_of("Hospices")
    with pytest.raises(ValidationError, match="This engagement is closed"):
        respond_to_comment(by=secretary, comment=comment, disposition=Disposition.NOT_ACCEPTED, reason="No.")


def test_a_draft_stays_as_it_was_put_out_and_gives_no_new_powers(draft: Engagement):
    editions = Edition.objects.count()
    load_bodies()
    assert Engagement.objects.count() == 1 and Clause.objects.count() == 2
    assert Edition.objects.count() == editions


def test_on_a_past_day_what_was_recorded_since_is_not_there(draft: Engagement, secretary: User):
    comment_of("Carers")
    assert "Carers" not in read(address=f"{PAGE}?as_of=2022-02-01")
    assert "Comments on the draft" in read(address="/governance/agreements/")


def test_a_demo_shows_responses_a_late_comment_and_one_that_waits(draft: Engagement):
    comment_on_demo_drafts()
    comment_on_demo_drafts()
    text = read()
    assert "3 of 4 have a response." in text
    assert "Staff side (invented) Say it so that anybody understands it. 17 January 2022 Late None yet" in text


def test_a_board_secretary_puts_a_draft_out_by_a_form_and_its_clauses_stand(draft: Engagement, secretary: User):
    """A version that is to come into force, which the deployment's file does not put out."""
    version = InstrumentVersion.objects.newest().get(slug="memorandum")
    browser, said = (
        browser_of(secretary),
        {"opens_on": "2026-01-01", "closes_on": "2026-02-01", "source": "The library"},
    )
    refused = browser.post("/governance/agreements/memorandum/comments/open/", said | {"clauses": "Seats: Each sits."})
    assert "This version is in force" in words_in(refused.content.decode())
    version.pk, version.slug, version.in_force_from, version.in_force_to = None, "next", date(2999, 1, 1), None
    version._state.adding = True
    version.save()
    address = "/governance/agreements/next/comments/open/"
    assert address in browser.get("/governance/agreements/").content.decode()
    assert "cannot be read" in words_in(browser.post(address, said | {"clauses": "Seats"}).content.decode())
    said |= {"clauses": "Seats: Each sits."}
    assert browser.post(address, said | {"closes_on": "2025-12-01"}).status_code == 400
    assert browser.post(address, said).status_code == 302
    put_out = Engagement.objects.get(slug="next")
    assert [(each.slug, each.title, each.says) for each in put_out.clauses.all()] == [("seats", "Seats", "Each sits.")]
    assert "put out for comment already" in words_in(browser.post(address, said).content.decode())
    assert browser_of(add_person_in_role("analyst", "HVS")).get(address).status_code == 403


def test_the_api_gives_each_comment_with_its_response(draft: Engagement, secretary: User):
    comment = comment_of("Carers")
    comment_of("Hospices")
    respond_to_comment(by=secretary, comment=comment, disposition=Disposition.IN_PART, reason="As far as we can.")
    (row,) = Client().get("/api/v1/engagements").json()
    assert (row["engagement"], row["comments"], row["responses"], row["closed_at"]) == ("constitution", 2, 1, None)
    clauses = Client().get("/api/v1/engagements/constitution").json()["clauses"]
    said = [each for clause in clauses for each in clause["comments"]]
    assert [(each["speaker"], each["disposition"]) for each in said] == [
        ("Carers", "accepted_in_part"), ("Hospices", None),
    ]  # fmt: skip
    assert said[0]["reason"] == "As far as we can."
    assert Client().get("/api/v1/engagements?as_of=2022-02-01").json() == []
    assert Client().get("/api/v1/engagements/none").status_code == 404


def test_how_people_were_involved_points_to_a_recorded_engagement_or_says_that_it_is_held_elsewhere(site: Any):
    board = build_board()
    item = plan(board)
    browser, address = browser_of(board.secretary), f"/meetings/items/{item.pk}/"
    both = {"engagement": "constitution", "reference": "A hall"}
    for wrong in ({}, both):
        assert browser.post(f"{address}involve/", wrong).status_code == 400
    assert browser.post(f"{address}involve/", {"engagement": "constitution"}).status_code == 302
    assert browser.post(f"{address}involve/", {"reference": "Minutes of the carers' forum"}).status_code == 302
    page = Client().get(address).content.decode()
    assert PAGE in page
    assert "Minutes of the carers' forum (held elsewhere)" in words_in(page)
    told = Client().get(f"/api/v1/meeting-items/{item.pk}").json()["assessed"]
    assert [each["engagement"] for each in told] == ["constitution", None]
