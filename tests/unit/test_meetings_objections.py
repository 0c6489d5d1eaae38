"""What refuses a decision and what only warns: each rule by its own example."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placewise_site.governance.rules.delegation import Power
from placewise_site.meetings.rules.assessments import Assessment, AssessmentRule, find_due
from placewise_site.meetings.rules.evidence import Cited, Conflict, Standing
from placewise_site.meetings.rules.judging import Case, find_objections
from placewise_site.meetings.rules.objections import WARNINGS, Objection, Slug, get_refusals, get_warnings
from placewise_site.meetings.rules.powers import Asked, pounds
from placewise_site.meetings.rules.publication import find_lateness, get_public_day, is_public
from placewise_site.meetings.rules.subsidiarity import Level, Reason
from placewise_site.meetings.rules.urgency import UrgentPower, find_urgency_objections, is_missed

ON = date(2025, 9, 16)
AGREED = Cited(
    address="C1", title="People with a stroke", released=True, standing=Standing.AGREED, told="It is agreed."
)
ASKED = Asked(body="board", function="stroke_services", title="Stroke services", places=("P1", "P2"), amount=500_000)
NAMES = {"board": "The Board", "forum": "The Forum"}


def power(decider: str = "board", limit: int | None = 1_000_000, expires: date | None = None, place: str | None = None):
    since = date(2022, 7, 1)
    return Power(function="stroke_services", place=place, decider=decider, limit=limit, starts=since, expires=expires)


SOUND = Case(
    on=ON,
    asked=ASKED,
    powers=(power(),),
    names=NAMES,
    text="Stroke services treat 3,539 people a year.",
    cited=(AGREED,),
    decided_at=Level.SYSTEM,
    reasons={Reason.SPECIALIST: "Clot removal needs a centre."},
    assessed=frozenset(Assessment),
)


def slugs(case: Case) -> list[Slug]:
    return [each.slug for each in find_objections(case)]


def test_nothing_speaks_against_a_sound_decision():
    assert find_objections(SOUND) == ()


@pytest.mark.parametrize(
    ("change", "slug"),
    [
        ({"powers": ()}, Slug.NO_DECIDER),
        ({"powers": (power(place="P1"),)}, Slug.NO_DECIDER),
        ({"powers": (power(place="P1"), power("forum", place="P2"))}, Slug.OUTSIDE_REMIT),
        ({"powers": (power("forum"),)}, Slug.OUTSIDE_REMIT),
        ({"powers": (power(), power("forum", place="P2"))}, Slug.SEVERAL_DECIDERS),
        ({"powers": (power(limit=499_999),)}, Slug.OVER_LIMIT),
        ({"powers": (power(expires=date(2025, 9, 15)),)}, Slug.NO_DECIDER),
        ({"asked": replace(ASKED, open_to=date(2025, 6, 30))}, Slug.BODY_NOT_OPEN),
        ({"cited": ()}, Slug.NOTHING_CITED),
        ({"cited": (replace(AGREED, released=False),)}, Slug.NOT_RELEASED),
        ({"cited": (replace(AGREED, standing=Standing.WITHDRAWN),)}, Slug.WITHDRAWN),
        (
            {"cited": (replace(AGREED, conflicts=(Conflict("contradiction", "It says 268.", True),)),)},
            Slug.CONTRADICTION,
        ),
        ({"cited": (replace(AGREED, conflicts=(Conflict("unit", "It counts days.", False),)),)}, Slug.LESSER_FINDING),
        ({"cited": (replace(AGREED, standing=Standing.SUPERSEDED),)}, Slug.SUPERSEDED),
        ({"cited": (replace(AGREED, standing=Standing.DISPUTED),)}, Slug.NOT_AGREED),
        ({"cited": (replace(AGREED, standing=Standing.PROPOSED),)}, Slug.NOT_AGREED),
        ({"assessed": frozenset()}, Slug.EQUALITY_ASSESSMENT_ABSENT),
        ({"reasons": {}}, Slug.PLACE_COULD_DECIDE),
    ],
)
def test_one_fault_raises_one_objection(change, slug):
    assert slugs(replace(SOUND, **change)) == [slug]


def test_an_objection_says_what_to_do():
    (objection,) = find_objections(replace(SOUND, powers=(power("forum"),)))
    assert objection == Objection(
        Slug.OUTSIDE_REMIT,
        "“Stroke services” is not for The Board to decide.",
        "Put it to The Forum, which decides it.",
        "forum",
    )
    assert objection.refuses


def test_the_last_day_of_a_power_still_counts():
    powers = (power(expires=ON),)
    assert slugs(replace(SOUND, powers=powers)) == []


@pytest.mark.requirement("S039")
@given(limit=st.integers(0, 10**7), over=st.integers(0, 10**6))
def test_a_use_above_the_limit_is_refused_and_one_within_is_not(limit: int, over: int):
    powers = (power(limit=limit),)
    case = replace(SOUND, powers=powers, asked=replace(ASKED, amount=limit + over))
    assert (Slug.OVER_LIMIT in slugs(case)) == (over > 0)


@given(
    standings=st.lists(st.sampled_from(list(Standing)), max_size=5),
    blocks=st.lists(st.booleans(), max_size=3),
    released=st.booleans(),
)
def test_of_conflicts_only_a_contradiction_refuses(standings, blocks, released):
    conflicts = tuple(Conflict("any", "It differs.", block) for block in blocks)
    cited = tuple(replace(AGREED, standing=each, conflicts=conflicts, released=released) for each in standings)
    found = find_objections(replace(SOUND, text="No figure here.", cited=cited))
    assert set(get_refusals(found)) | set(get_warnings(found)) == set(found)
    sound = released and not any(blocks) and Standing.WITHDRAWN not in standings
    assert bool(get_refusals(found)) == (bool(standings) and not sound)
    assert all(each.sentence and each.remedy for each in found)


def test_what_warns_is_named_and_everything_else_refuses():
    assert {each for each in Slug if not Objection(each, "", "").refuses} == WARNINGS
    assert Slug.CONTRADICTION not in WARNINGS and Slug.LESSER_FINDING in WARNINGS


def test_equality_is_assessed_from_an_amount_and_for_every_change_of_a_service():
    rule = AssessmentRule(100_000)
    assert find_due(rule, amount=99_999, changes_service=False) == {}
    assert set(find_due(rule, amount=100_000, changes_service=False)) == {Assessment.EQUALITY}
    assert set(find_due(rule, amount=None, changes_service=True)) == {Assessment.EQUALITY, Assessment.INVOLVEMENT}


def test_papers_are_public_so_many_days_before_and_never_before_they_are_issued():
    assert get_public_day(ON, 5) == date(2025, 9, 11)
    early, late = date(2025, 9, 1), date(2025, 9, 14)
    assert not is_public(issued=early, meeting=ON, days_before=5, on=date(2025, 9, 10))
    assert is_public(issued=early, meeting=ON, days_before=5, on=date(2025, 9, 11))
    assert not is_public(issued=late, meeting=ON, days_before=5, on=date(2025, 9, 13))
    assert not is_public(issued=None, meeting=ON, days_before=5, on=ON)
    assert find_lateness(early, ON, 5) == ()
    assert [each.slug for each in find_lateness(late, ON, 5)] == [Slug.PAPERS_LATE]


def test_the_urgent_route_needs_its_seats_its_limit_and_a_power():
    power = UrgentPower(("chair", "chief_executive"), 250_000)

    def refused(*arguments):
        return [each.slug for each in find_urgency_objections(*arguments)]

    assert refused(power, 250_000, {"chair", "chief_executive"}) == []
    assert refused(power, 250_001, {"chair", "chief_executive"}) == [Slug.OVER_LIMIT]
    assert refused(power, None, {"chair"}) == [Slug.NOT_SIGNED]
    assert refused(None, None, {"chair", "chief_executive"}) == [Slug.NO_URGENT_POWER]


def test_an_urgent_decision_not_reported_to_the_next_meeting_is_missed():
    decided, first, second = date(2025, 8, 20), date(2025, 9, 16), date(2025, 11, 18)
    assert not is_missed(decided, None, [])
    assert not is_missed(decided, first, [first, second])
    assert is_missed(decided, None, [first])
    assert is_missed(decided, second, [first, second])


def test_pounds_are_written_as_people_write_them():
    assert [pounds(each) for each in (1_250_000, None)] == [
        "£1,250,000",
        "no amount",
    ]
