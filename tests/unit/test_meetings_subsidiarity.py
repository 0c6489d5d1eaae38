"""Twenty worked cases, decided as the (invented) panel decided them: a place unless a reason speaks for the system."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placewise_site.meetings.rules.objections import Slug
from placewise_site.meetings.rules.subsidiarity import (
    Level,
    Reason,
    find_reasons,
    find_subsidiarity_objections,
    get_level,
)

ALL, TWO, ONE = ("P1", "P2", "P3", "P4", "P5"), ("P1", "P2"), ("P1",)

PANEL = [
    # case, reasons given, places concerned, what the panel said
    ("opening hours of a walk-in centre", {}, ONE, Level.PLACE),
    ("a grant to a befriending scheme", {}, ONE, Level.PLACE),
    ("where a district nursing team sits", {Reason.SCALE: "One team is cheaper."}, ONE, Level.PLACE),
    ("a clot removal centre", {Reason.SPECIALIST: "One centre for all places."}, ALL, Level.SYSTEM),
    ("a clot removal rota in one place's hospital", {Reason.SPECIALIST: "Only it has the unit."}, ONE, Level.SYSTEM),
    ("a mother and baby unit", {Reason.SCALE: "Eight beds for all places."}, ALL, Level.SYSTEM),
    ("a vascular network of two hospitals", {Reason.SCALE: "Too few operations apart."}, TWO, Level.SYSTEM),
    ("rebuilding a hospital", {Reason.RISK: "No place can bear the cost."}, ONE, Level.SYSTEM),
    ("a shared reserve for hard years", {Reason.RISK: "Shared by agreement."}, ALL, Level.SYSTEM),
    ("fewer blood pressure checks in the poorest areas of all places", {}, ALL, Level.PLACE),
    ("money moved to the places with the shortest lives", {Reason.INEQUALITY: "Between places."}, ALL, Level.SYSTEM),
    ("a gap between two towns of one place", {Reason.INEQUALITY: "Between its towns."}, ONE, Level.PLACE),
    ("a carers' card in every place", {}, ALL, Level.PLACE),
    ("one carers' card for all", {Reason.SCALE: ""}, ALL, Level.PLACE),
    ("a winter vaccination van", {Reason.SCALE: "   "}, TWO, Level.PLACE),
    ("neonatal cots", {Reason.SPECIALIST: "Few units.", Reason.SCALE: "Few babies."}, ALL, Level.SYSTEM),
    ("a digital record between hospitals", {Reason.SCALE: "One contract, five places."}, ALL, Level.SYSTEM),
    ("a social prescriber for one estate", {}, ONE, Level.PLACE),
    ("a new rule for travel costs", {Reason.INEQUALITY: "People pay by where they live."}, ALL, Level.SYSTEM),
    ("a care home's closure", {Reason.RISK: "Its residents move to every place."}, ONE, Level.SYSTEM),
]


@pytest.mark.requirement("S036")
@pytest.mark.parametrize(("case", "given_", "places", "panel"), PANEL, ids=[case for case, *_ in PANEL])
def test_a_worked_case_belongs_where_the_panel_put_it(case, given_, places, panel):
    assert get_level(given_, places) is panel


def test_there_are_twenty_worked_cases():
    assert len(PANEL) == 20


@given(
    reasons=st.dictionaries(st.sampled_from(list(Reason)), st.text()),
    places=st.lists(st.sampled_from(ALL), max_size=5),
    level=st.sampled_from(list(Level)),
)
def test_the_system_is_asked_why_exactly_where_no_reason_carries(reasons, places, level):
    found = list(find_subsidiarity_objections(decided_at=level, given=reasons, places=places))
    asked = level is Level.SYSTEM and not find_reasons(reasons, places)
    assert [each.slug for each in found] == ([Slug.PLACE_COULD_DECIDE] if asked else [])
    assert all(each.remedy.startswith("Why is this not left to the place?") for each in found)


@given(reasons=st.dictionaries(st.sampled_from(list(Reason)), st.text()), places=st.lists(st.sampled_from(ALL)))
def test_one_more_reason_never_takes_a_matter_from_the_system(reasons, places):
    if get_level(reasons, places) is Level.SYSTEM:
        assert get_level({**reasons, Reason.RISK: "It cannot be borne."}, places) is Level.SYSTEM
