"""The public sees who decides: bodies, the matrix with what is wrong first, and which agreement applied on a day."""

from datetime import date, timedelta
from typing import Any

import pytest

from builders.bodies import load_bodies, seat_somebody
from builders.meetings import DAY, WARNED, add_meeting, bring, build_board, sitting, take, vote
from builders.pages import words_in
from placewise_site.governance.actions import declare_skill
from placewise_site.governance.queries import find_incident_route
from placewise_site.governance.rules.escalation import NoRoute


@pytest.fixture
def read(public: Any) -> Any:
    load_bodies()

    def reading(address: str, status: int = 200) -> str:
        page = public.get(address)
        assert page.status_code == status, words_in(page.content.decode())
        return words_in(page.content.decode())

    return reading


def test_bodies_are_listed_with_what_they_are_for(read: Any):
    text = read("/governance/")
    assert "Heart Board" in text and "Decides at the coast." in text
    assert "Old Committee , until 30 June 2022" in text or "Old Committee, until 30 June 2022" in text


@pytest.mark.requirement("S056")
def test_a_closed_body_names_its_successors(read: Any):
    text = read("/governance/bodies/old_committee/")
    assert "Closed after 30 June 2022: it decides nothing any more. Its successor is Heart Board" in text
    assert "Grants" not in text and "Nothing is delegated to it on this day" in text
    then = read("/governance/bodies/old_committee/?as_of=2022-06-30")
    assert "Closed after" not in then and "Give grants" in then


def test_a_body_tells_its_members_of_a_day_its_quorum_and_powers(read: Any):
    seat_somebody("heart_board", "lay")
    text = read("/governance/bodies/heart_board/?as_of=2026-04-01")
    assert "As it was on 1 April 2026" in text
    assert "2 members with a vote, and at least 1 of the kind lay, by the Constitution" in text
    assert "Lay member Lay member Lay member from 1 July 2022" in text
    assert "Agree the plan of the year Every place without limit" in text
    assert "Invented for this demonstration" in text
    before = read("/governance/bodies/heart_board/?as_of=2022-06-30")
    assert "No agreement in force on this day says one." in before and "Lay member Lay member Nobody" in before


@pytest.mark.requirement("S141")
def test_one_member_less_shows_the_gap_that_opens(read: Any):
    chair, lay = seat_somebody("heart_board", "chair"), seat_somebody("heart_board", "lay")
    for membership, skill in ((chair, "clinical"), (lay, "clinical"), (lay, "finance")):
        declare_skill(by=None, member=membership.member, skill=skill, on=membership.term_from)
    text = read("/governance/bodies/heart_board/?as_of=2026-04-01")
    assert "missing" not in text
    assert "Finance 1 Lay member Lay member" in text
    assert "Clinical 2 Chair, Lay member Chair, Lay member" in text


def test_gaps_and_overlaps_come_before_the_table(read: Any):
    text = read("/governance/delegation/?as_of=2026-04-01")
    assert text.index("Nobody decides: Give grants, South Haven") < text.index("Who decides on 1 April 2026")
    assert "Two decide: Agree the plan of the year, South Haven: Coast Committee and Heart Board" in text
    assert "Coast Committee up to £100,000, until 31 March 2027 Invented for this demonstration" in text


def test_the_matrix_is_a_file_too(read: Any, public: Any):
    table = public.get("/governance/delegation/?as_of=2026-04-01&format=csv").content.decode("utf-8-sig").splitlines()
    assert table[0] == "Function,North Haven,South Haven"
    assert (
        table[1]
        == 'Give grants,"Coast Committee, up to £100,000, until 31 March 2027 (invented for this demonstration)",nobody'
    )


@pytest.mark.requirement("S053")
def test_which_agreement_applied_on_a_day_is_one_version(read: Any):
    for day, name in (("2022-06-30", "Memorandum"), ("2022-07-01", "Constitution")):
        assert f"{name} , in force from" in read(f"/governance/agreements/?instrument=compact&party=HVN&as_of={day}")
    none = read("/governance/agreements/?instrument=compact&party=RT1&as_of=2022-07-01")
    assert "No version of it was in force on 1 July 2022 that bound Haven General Hospitals." in none


def test_a_day_that_is_none_and_a_body_that_is_none_are_told(read: Any):
    read("/governance/?as_of=soon", status=404)
    read("/governance/bodies/no-such-body/", status=404)


@pytest.mark.requirement("S058")
def test_an_incident_reaches_the_right_forum(read: Any):
    on = date(2026, 4, 1)
    assert [each.slug for each in find_incident_route("flood", "HVN", on)] == ["coast_committee", "heart_board"]
    assert [each.slug for each in find_incident_route("outage", "HVT", on)] == ["heart_board"]
    with pytest.raises(NoRoute, match="nobody receives flood in HVT"):
        find_incident_route("flood", "HVT", on)


def test_the_api_says_what_the_pages_say(read: Any, public: Any):
    seat_somebody("heart_board", "lay")
    board = public.get("/api/v1/bodies/heart_board?as_of=2026-04-01").json()
    assert board["quorum"] == {
        "at_least": 2,
        "of_kinds": {"lay": 1},
        "said_by": "Constitution",
        "is_invented": True,
    }
    assert [seat["members"] for seat in board["seats"] if seat["kind"] == "lay"] == [["Lay member"]]
    assert board["powers"][0]["function"] == "yearly_plan"
    rows = public.get("/api/v1/delegation").json()
    told = {(row["function"], row["place"]): row["state"] for row in rows}
    assert told[("grants", "HVT")] == "gap" and told[("yearly_plan", "HVT")] == "overlap"
    assert {row["is_invented"] for row in rows if row["state"] == "decided"} == {True}
    assert [each["body"] for each in public.get("/api/v1/bodies?as_of=2022-06-30").json()][-1] == "old_committee"
    applied = public.get("/api/v1/agreements/compact?as_of=2022-06-30&party=HVN").json()
    assert applied["version"] == "memorandum"
    refused = public.get("/api/v1/agreements/compact?as_of=2010-01-01")
    assert (refused.status_code, refused.json()["detail"]) == (
        404,
        "No version of compact was in force on 2010-01-01.",
    )


@pytest.mark.requirement("S057")
def test_every_forum_has_its_terms_its_next_date_and_its_last_decision(site: Any, public: Any):
    board = build_board()
    held, to_come = add_meeting(board), add_meeting(board, DAY + timedelta(days=30))
    item = bring(board, held)
    with sitting(board, held):
        vote(board, item, chair="for", clinical="for", lay="for")
        assert take(board, item, **WARNED).decision
    page = public.get("/governance/?as_of=2025-09-20").content.decode()
    text = words_in(page)
    assert "Care of the heart. 16 October 2025 in public The plan of the year 16 September 2025" in text
    assert f"/meetings/{to_come.pk}/" in page
    assert "Decides at the coast. No date is set not in public Nothing yet" in text
    assert "Decided last The plan of the year , 16 September 2025" in words_in(
        public.get("/governance/bodies/heart_board/?as_of=2025-09-20").content.decode()
    )
