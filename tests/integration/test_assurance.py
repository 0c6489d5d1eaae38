"""Risks move on a ground, commitments close on evidence, nobody reviews their own place, packs can be built again."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from builders.assurance import (
    NORTH,
    SOUTH,
    TOP,
    add_recommendation,
    add_risk,
    add_yearly_control,
    lead_of,
    organisation,
)
from builders.site import add_person_in_role
from placewise_site.accounts.models import Event, Words
from placewise_site.accounts.words import destroy_words
from placewise_site.assurance.actions import assessments, commitments, packs, reviews, risks
from placewise_site.assurance.lifecycle import Kind, State
from placewise_site.assurance.models import Assessment, Commitment, Pack, Risk
from placewise_site.assurance.queries.assessments import build_prefilled, get_characteristics
from placewise_site.assurance.queries.commitments import by_pair, get_owed
from placewise_site.assurance.queries.pack_content import is_same_again
from placewise_site.assurance.queries.risks import get_cards
from placewise_site.assurance.rules.groups import CHARACTERISTICS
from placewise_site.evidence.sight import Sight

pytestmark = pytest.mark.usefixtures("site")
PROGRAMME = "heart_care"


def colour_of(risk: Risk, on: date) -> str:
    (card,) = get_cards(Risk.objects.filter(pk=risk.pk), on)
    return str(card.rating.colour)


@pytest.mark.requirement("S062")
def test_the_smallest_risk_is_red_until_its_control_is_tested_and_again_when_the_test_is_too_old():
    today = timezone.localdate()
    risk = add_risk(1, 1)
    assert colour_of(risk, today) == "red"
    control = add_yearly_control(risk)
    assert colour_of(risk, today) == "red"
    risks.try_control(by=None, control=control, on=today, passed=True, evidence="Ten lists were read.")
    assert colour_of(risk, today) == "green"
    assert colour_of(risk, today + timedelta(days=366)) == "red"
    risks.try_control(by=None, control=control, on=today, passed=False, evidence="Three were not.")
    assert colour_of(risk, today) == "red"


def test_a_score_moves_with_its_measure_and_points_to_the_figure(release: Any):
    risk, sight = add_risk(1, 4), Sight(release, add_person_in_role("analyst", TOP))
    value = sight.latest("af_anticoagulated", TOP).value
    assert value is not None
    steps = [value + 0.03, value + 0.02, value + 0.01, value - 0.01]
    risks.watch_risk(by=None, risk=risk, measure="af_anticoagulated", area=TOP, steps=steps, better="higher")
    moved = risks.score_by_measure(by=None, risk=risk, sight=sight)
    assert moved is not None
    assert (moved.likelihood, moved.impact, moved.reason) == (4, 4, None)
    assert moved.claim.startswith(f"{release.manifest.release}/af_anticoagulated/{TOP}/")
    assert risks.score_by_measure(by=None, risk=risk, sight=sight) is None, "it stands there already"


def test_else_it_moves_for_a_recorded_reason_alone():
    risk = add_risk(1, 4)
    with pytest.raises(ValidationError):
        risks.score_for_reason(by=None, risk=risk, likelihood=5, impact=4, reason=" ")
    with pytest.raises(ValidationError, match="No measure watches this risk"):
        risks.score_by_measure(by=None, risk=risk, sight=None)  # type: ignore[arg-type]
    with pytest.raises(ValidationError, match="stands there already"):
        risks.score_for_reason(by=None, risk=risk, likelihood=1, impact=4, reason="No change")
    risks.score_for_reason(by=None, risk=risk, likelihood=5, impact=4, reason="Two nurses left")
    assert [str(score.reason) for score in risk.scores.all()] == ["As far as we know", "Two nurses left"]


def test_only_roles_that_keep_risks_do(sign_in: Any):
    browser = sign_in("lay_member", TOP)
    with pytest.raises(PermissionDenied):
        risks.score_for_reason(by=browser.person, risk=add_risk(), likelihood=5, impact=4, reason="Because")


@pytest.mark.requirement("S037")
def test_nothing_closes_without_evidence_and_whoever_gave_it_does_not_close_it():
    owed, owner, top = add_recommendation(), lead_of(NORTH), add_person_in_role("director", TOP)
    with pytest.raises(ValidationError, match="give evidence first"):
        commitments.take_step(by=top, commitment=owed, state=State.CLOSED)
    with pytest.raises(PermissionDenied, match="for people of North Haven"):
        commitments.take_step(by=lead_of(SOUTH), commitment=owed, state=State.IN_HAND)
    with pytest.raises(ValidationError, match="nothing closes without it"):
        commitments.take_step(by=owner, commitment=owed, state=State.EVIDENCED, evidence_on=date(2026, 5, 1))
    commitments.take_step(
        by=owner, commitment=owed, state=State.EVIDENCED, words="The letters", evidence_on=date(2026, 5, 1)
    )
    with pytest.raises(PermissionDenied, match="for people of Haven System"):
        commitments.take_step(by=owner, commitment=owed, state=State.CLOSED)
    commitments.take_step(by=top, commitment=owed, state=State.IN_HAND, words="Two languages are missing")
    commitments.take_step(
        by=owner, commitment=owed, state=State.EVIDENCED, words="Four languages", evidence_on=date(2026, 5, 20)
    )
    add_person_in_role("director", TOP, email=owner.email)
    with pytest.raises(PermissionDenied, match="Whoever gave the evidence does not close it"):
        commitments.take_step(by=owner, commitment=owed, state=State.CLOSED)
    commitments.take_step(by=top, commitment=owed, state=State.CLOSED)
    assert commitments.get_state(owed) == State.CLOSED


@pytest.mark.requirement("S065")
def test_every_recommendation_has_owner_measure_status_and_the_day_of_its_last_evidence():
    owed = add_recommendation()
    with pytest.raises(ValidationError, match="say why there is none"):
        add_recommendation(measure="")
    with pytest.raises(ValidationError, match="nobody answers to themselves"):
        add_recommendation(owner=organisation(TOP))
    for day in (date(2026, 5, 1), date(2026, 4, 1)):
        commitments.take_step(by=None, commitment=owed, state=State.EVIDENCED, words="A letter", evidence_on=day)
    (row,) = get_owed(Commitment.objects.all(), date(2026, 7, 1))
    assert row.commitment.owner.code == NORTH
    assert row.measured_by == "af_anticoagulated"
    assert (row.state, row.is_overdue, row.last_evidence) == (State.EVIDENCED, True, date(2026, 5, 1))


@pytest.mark.requirement("S037")
def test_who_owes_whom_what_is_told_by_pairs_without_what_is_closed():
    add_recommendation()
    closed = add_recommendation(title="Done", owner=organisation(SOUTH))
    commitments.take_step(
        by=None, commitment=closed, state=State.EVIDENCED, words="A letter", evidence_on=date(2026, 5, 1)
    )
    commitments.take_step(by=lead_of(TOP), commitment=closed, state=State.CLOSED)
    pairs = by_pair(get_owed(Commitment.objects.all(), date(2026, 6, 1)))
    assert [(owner.code, owed_to.code, len(held)) for (owner, owed_to), held in pairs.items()] == [(NORTH, TOP, 1)]


@pytest.mark.requirement("S060")
def test_a_reviewer_is_never_from_the_reviewed_place_and_findings_are_tracked_to_closure():
    review = reviews.open_review(by=None, place=organisation(NORTH), title="Joined-up care", opened_on=date(2026, 4, 1))
    for person, code in ((lead_of(NORTH), SOUTH), (add_person_in_role("pcn_staff", "NW1"), SOUTH), (lead_of(TOP), TOP)):
        with pytest.raises(ValidationError, match=r"cannot review North Haven: .* place under review"):
            reviews.add_reviewer(
                by=None, review=review, person=person, organisation=organisation(code), capacity="Peer"
            )
    reviews.add_reviewer(
        by=None, review=review, person=lead_of(SOUTH), organisation=organisation(SOUTH), capacity="Peer"
    )
    found = add_recommendation(kind=Kind.REVIEW_FINDING, review=review, title="Nobody answers")
    assert commitments.get_state(found) == State.OPEN
    commitments.take_step(
        by=lead_of(NORTH), commitment=found, state=State.EVIDENCED, words="A name", evidence_on=date(2026, 5, 1)
    )
    commitments.take_step(by=lead_of(TOP), commitment=found, state=State.CLOSED)
    assert [commitments.get_state(each) for each in review.findings.all()] == [State.CLOSED]
    with pytest.raises(PermissionDenied):
        reviews.assess_own_place(by=lead_of(SOUTH), review=review, words="We are good")
    reviews.assess_own_place(by=lead_of(NORTH), review=review, words="We are good at some of it")


def claim_of(release: Any) -> str:
    return f"{release.manifest.release}/af_anticoagulated/{TOP}/2026-03/all/all"


def test_money_without_a_claim_is_refused():
    with pytest.raises(ValidationError, match="rests on a claim"):
        packs.record_money(
            by=None, programme=PROGRAMME, heading="Pharmacists", period="2025/26", pounds=1, citation="NOWHERE"
        )


def build_pack_of_everything(release: Any) -> Pack:
    risk = add_risk(3, 4, programme=PROGRAMME)
    add_yearly_control(risk)
    add_recommendation(programme=PROGRAMME)
    packs.record_money(
        by=None,
        programme=PROGRAMME,
        heading="Pharmacists",
        period="2025/26",
        pounds=250_000,
        citation=claim_of(release),
    )
    packs.record_involvement(
        by=None, programme=PROGRAMME, on=date(2026, 3, 1), title="An evening", people=30, what_changed="Texts are sent."
    )
    return packs.build_pack(by=None, programme=PROGRAMME, release=release)


@pytest.mark.requirement("S061")
def test_a_pack_rebuilt_from_data_equals_the_stored_pack_byte_for_byte(release: Any):
    pack = build_pack_of_everything(release)
    said = json.loads(pack.content)
    assert {each["measure"] for each in said["measures"]} >= {"af_anticoagulated"}
    assert said["money"][0] == {
        "heading": "Pharmacists", "period": "2025/26", "pounds": 250_000, "is_invented": False,
        "citation": claim_of(release),
    }  # fmt: skip
    assert said["risks"][0]["colour"] == "red"
    assert said["involvement"][0]["people"] == 30
    assert any(each["splits"] != "not recorded" for each in said["inequality"])
    add_risk(5, 5, programme=PROGRAMME)
    risks.score_for_reason(by=None, risk=Risk.objects.all()[0], likelihood=5, impact=5, reason="It grew")
    destroy_words(by=None, words=Words.objects.filter(text__words="Texts are sent.").get(), reason="It named somebody")
    assert is_same_again(Pack.objects.get()), "what came later is not in it, and personal text never was"
    assert "Texts are sent." not in pack.content


def test_what_nobody_recorded_reads_not_recorded(release: Any):
    said = json.loads(packs.build_pack(by=None, programme=PROGRAMME, release=release).content)
    for part in ("money", "risks", "involvement", "recommendations", "assessments"):
        assert said[part] == "not recorded"


@pytest.mark.requirement("S063")
def test_each_challenge_of_a_lay_member_is_answered_or_open(release: Any):
    pack = packs.build_pack(by=None, programme=PROGRAMME, release=release)
    lay, lead = add_person_in_role("lay_member", TOP), add_person_in_role("programme_lead", TOP)
    asked = [packs.challenge_pack(by=lay, pack=pack, words=words) for words in ("Who is missed?", "What does it cost?")]
    with pytest.raises(PermissionDenied):
        packs.answer_challenge(by=lay, challenge=asked[0], words="Nobody")
    packs.answer_challenge(by=lead, challenge=asked[0], words="Those who move.")
    assert [hasattr(each, "answer") for each in pack.challenges.all()] == [True, False]
    with pytest.raises(ValidationError, match="answered already"):
        packs.answer_challenge(by=lead, challenge=asked[0], words="Another answer")


def begin(release: Any) -> Assessment:
    return assessments.begin_assessment(
        by=None, title="Open on two evenings", area=TOP, release=release, programme=PROGRAMME
    )


@pytest.mark.requirement("S066")
def test_an_assessment_is_filled_in_from_what_is_released_and_drops_nobody(release: Any):
    found = begin(release)
    said = {each.name: each for each in get_characteristics(found)}
    assert list(said) == list(CHARACTERISTICS)
    assert not said["sexual orientation"].is_recorded
    sight = Sight(release, add_person_in_role("analyst", TOP))
    people = sight.people(TOP, "ethnicity")
    assert [group["people"] for group in said["race"].people] == [cell.people for cell in people]
    assert any("not recorded" in group["title"].lower() for group in said["race"].people)
    assert found.prefilled == build_prefilled(release, TOP, PROGRAMME), "recomputed from data it is the same"
    for each in said.values():
        for measure in each.measures:
            standings = {group["title"]: group["standing"] for group in measure["groups"]}
            hidden = [group["title"] for group in measure["groups"] if group["state"] != "shown"]
            assert all(standings[title] == "not known" for title in hidden)
            assert measure["affected"] == [title for title, word in standings.items() if word == "worse"]


def test_it_is_signed_once_something_is_said_of_every_characteristic(release: Any):
    found, director = begin(release), add_person_in_role("director", TOP)
    for name in CHARACTERISTICS[:-1]:
        assessments.say_effect(
            by=director, assessment=found, characteristic=name, expected="unknown", words="Nobody has asked yet."
        )
    with pytest.raises(ValidationError, match="Nothing is said yet of: deprivation"):
        assessments.sign_assessment(by=director, assessment=found)
    assessments.say_effect(
        by=director, assessment=found, characteristic="deprivation", expected="better", words="Buses run late."
    )
    assessments.sign_assessment(by=director, assessment=found)
    with pytest.raises(ValidationError, match="is signed"):
        assessments.say_effect(by=director, assessment=found, characteristic="age", expected="worse", words="Too late")


def test_each_action_has_its_event(release: Any):
    build_pack_of_everything(release)
    done = set(Event.objects.values_list("action", flat=True))
    assert done >= {
        "risk_entered", "control_added", "commitment_recorded", "money_recorded", "involvement_recorded", "pack_built",
    }  # fmt: skip
