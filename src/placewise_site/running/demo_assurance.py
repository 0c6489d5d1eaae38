"""A demo's risks, reviews, recommendations, pack, assessment and money: few, invented, marked so, over its release."""

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from placewise_site.accounts.models import User
from placewise_site.accounts.queries import grants_in_force
from placewise_site.assurance.actions.assessments import begin_assessment, say_effect
from placewise_site.assurance.actions.commitments import record_commitment, take_step
from placewise_site.assurance.actions.packs import build_pack, challenge_pack, record_involvement
from placewise_site.assurance.actions.reviews import add_reviewer, open_review
from placewise_site.assurance.actions.risks import (
    add_control,
    enter_risk,
    score_by_measure,
    score_for_reason,
    try_control,
    watch_risk,
)
from placewise_site.assurance.lifecycle import Kind, State
from placewise_site.assurance.models import Risk
from placewise_site.assurance.queries.places import get_top
from placewise_site.assurance.rules.reviewers import find_refusal
from placewise_site.assurance.rules.risks import Line
from placewise_site.evidence.releases import Release, current_release
from placewise_site.evidence.sight import Sight
from placewise_site.organisations.models import Organisation
from placewise_site.organisations.queries import get_parents
from placewise_site.running.demo_finance import add_demo_finance
from placewise_site.running.demo_strategy import add_demo_strategy

QUARTER = 91


def add_demo_assurance() -> None:
    """Once only, and only where a release measures something."""
    release = current_release()
    if release is None or not release.manifest.measures or Risk.objects.exists():
        return
    with transaction.atomic():
        top, today = get_top(), timezone.localdate()
        cards = release.manifest.measures
        lead = next((card for card in cards if card.lead and card.better == "higher"), cards[0])
        _add_risks(release, lead.measure, lead.programme, top, today)
        places = list(Organisation.objects.filter(parent=top).exclude(level=""))
        if places:
            _add_commitments(lead.measure, lead.programme, places[0], top, today)
            _add_review(places, top, today)
            add_demo_finance(places, today)
        _add_equality(release, lead.programme, top)
        add_demo_strategy(today)
        record_involvement(
            by=None,
            programme=lead.programme,
            on=today - timedelta(days=60),
            title="An evening with people the programme is for",
            people=34,
            what_changed="Invitations are now also sent by text message.",
            is_invented=True,
        )
        pack = build_pack(by=None, programme=lead.programme, release=release)
        challenge_pack(by=None, pack=pack, words="What is done for those who do not answer an invitation?")


def _add_risks(release: Release, measure: str, programme: str, top: Organisation, today: date) -> None:
    card = release.measure(measure)
    watched = enter_risk(
        by=None,
        title="Too few people are treated as the programme means them to be",
        what_follows="Illness that could have been prevented.",
        owner=top,
        likelihood=3,
        impact=4,
        reason="By the first release.",
        programme=programme,
        is_invented=True,
    )
    value = Sight(release, AnonymousUser()).latest(measure, top.code).value
    if value and card.better in ("higher", "lower"):
        steps = [value * share for share in ((1.2, 1.1, 1.0, 0.9) if card.better == "higher" else (0.8, 0.9, 1.0, 1.1))]
        watch_risk(by=None, risk=watched, measure=measure, area=top.code, steps=steps, better=card.better)
        score_by_measure(by=None, risk=watched, sight=Sight(release, AnonymousUser()))
    for line, title, ago in (
        (Line.MANAGEMENT, "Each practice looks at its list every month", 20),
        (Line.OVERSIGHT, "The programme's board reads the release", 45),
    ):
        control = add_control(by=None, risk=watched, title=title, line=line, test_every_days=QUARTER)
        try_control(by=None, control=control, on=today - timedelta(days=ago), passed=True, evidence="Minutes read.")
    staff = enter_risk(
        by=None,
        title="Staff leave faster than they are found",
        what_follows="Clinics are cancelled.",
        owner=top,
        likelihood=2,
        impact=3,
        reason="Few posts are empty.",
        is_invented=True,
    )
    overdue = add_control(
        by=None, risk=staff, title="A bank of staff shared by all", line=Line.MANAGEMENT, test_every_days=QUARTER
    )
    try_control(
        by=None, control=overdue, on=today - timedelta(days=200), passed=True, evidence="Ten shifts were filled."
    )
    systems = enter_risk(
        by=None,
        title="The systems of practices fail for a day",
        what_follows="Nobody's record can be read.",
        owner=top,
        likelihood=4,
        impact=3,
        reason="It happened last winter.",
        is_invented=True,
    )
    paper = add_control(
        by=None, risk=systems, title="A drill on paper each quarter", line=Line.INDEPENDENT, test_every_days=QUARTER
    )
    try_control(by=None, control=paper, on=today - timedelta(days=30), passed=True, evidence="All took part.")
    score_for_reason(by=None, risk=systems, likelihood=3, impact=3, reason="A second line was laid.")


def _add_commitments(measure: str, programme: str, place: Organisation, top: Organisation, today: date) -> None:
    source = "An invented review of services after the pandemic, recommendation"
    shared: dict[str, Any] = {"by": None, "owed_to": top, "owner": place, "programme": programme, "is_invented": True}
    done = record_commitment(
        kind=Kind.RECOMMENDATION,
        title="Invite in the languages that people read",
        source=f"{source} 1",
        due=today + timedelta(days=30),
        measure=measure,
        **shared,
    )
    take_step(by=None, commitment=done, state=State.IN_HAND)
    take_step(
        by=None,
        commitment=done,
        state=State.EVIDENCED,
        words="The letters in four languages, sent to every practice.",
        evidence_on=today - timedelta(days=5),
    )
    record_commitment(
        kind=Kind.RECOMMENDATION,
        title="Record ethnic group at each registration",
        source=f"{source} 2",
        due=today - timedelta(days=10),
        no_measure_because="how many are recorded is told by the release itself",
        **shared,
    )
    record_commitment(
        by=None,
        kind=Kind.PROMISE,
        title="Lend two nurses until the spring",
        source="An invented agreement between places",
        owner=top,
        owed_to=place,
        due=today + timedelta(days=60),
        no_measure_because="the nurses are there or not",
        is_invented=True,
    )


def _add_review(places: list[Organisation], top: Organisation, today: date) -> None:
    place, parents = places[-1], get_parents()
    review = open_review(
        by=None, place=place, title="How care is joined up", opened_on=today - timedelta(days=40), is_invented=True
    )
    for person in User.objects.filter(is_active=True):
        held = [grant.organisation for grant in grants_in_force(person)]
        if held and not find_refusal(place.code, [each.code for each in held], parents):
            add_reviewer(by=None, review=review, person=person, organisation=held[0], capacity="From another place")
            break
    record_commitment(
        by=None,
        kind=Kind.REVIEW_FINDING,
        title="Nobody answers for people between two services",
        source=f"Review: {review}",
        owner=place,
        owed_to=top,
        due=today + timedelta(days=90),
        no_measure_because="a name is given or not",
        review=review,
        is_invented=True,
    )


def _add_equality(release: Release, programme: str, top: Organisation) -> None:
    assessment = begin_assessment(
        by=None,
        title="Open the service on two evenings",
        area=top.code,
        release=release,
        programme=programme,
        is_invented=True,
    )
    say_effect(
        by=None,
        assessment=assessment,
        characteristic="age",
        expected="better",
        words="People of working age can come without leaving work.",
    )
    say_effect(
        by=None,
        assessment=assessment,
        characteristic="religion or belief",
        expected="unknown",
        words="Nobody has asked yet; the evenings must not be those of worship.",
    )
