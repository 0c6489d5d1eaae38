"""Stated claims as rows of the record: what was stated stands for ever, what was removed is nowhere, and whatever cites
a claim learns how it stands."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction

from builders.ledger import load_partnership, record, state_share
from builders.pages import words_in
from builders.site import add_person_in_role
from placewise.floor.faults import FaultsFound
from placewise.publishing.release import Release
from placewise_site.accounts.models import Event
from placewise_site.evidence.ledger.actions import (
    correct_claim,
    propose_claim,
    record_use,
    remove_claim,
    set_standing,
    settle_conflict,
)
from placewise_site.evidence.ledger.lifecycle import Removed, Standing
from placewise_site.evidence.ledger.models import Conflict, Content, StatedClaim
from placewise_site.evidence.ledger.queries import find_uses, get_findings
from placewise_site.evidence.ledger.reading import read_claim

SOURCE = "Answer of the programme manager, minute 7 of 3 February 2022"
pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def secretary() -> Any:
    return add_person_in_role("board_secretary", "HVS")


@pytest.fixture
def analyst() -> Any:
    return add_person_in_role("analyst", "HVS")


@pytest.fixture
def director() -> Any:
    return add_person_in_role("director", "HVS")


def test_a_file_is_loaded_once_and_a_changed_row_supersedes_its_earlier_one(tmp_path: Path) -> None:
    first = record(tmp_path, "c1 500 people measurand=reviewed\nc2 600 people measurand=tested")
    again = record(tmp_path, "c1 500 people measurand=reviewed\nc2 650 people measurand=tested")
    assert (first.new, first.changed, first.unchanged) == (2, 0, 0)
    assert (again.new, again.changed, again.unchanged) == (0, 1, 1)
    assert [(row.name, row.version) for row in StatedClaim.objects.all()] == [("c1", 1), ("c2", 1), ("c2", 2)]
    assert [read_claim(row).value for row in StatedClaim.objects.in_force()] == [500, 650]


@pytest.mark.parametrize("table", ["statedclaim", "content"])
def test_the_database_itself_refuses_to_change_what_was_stated(tmp_path: Path, table: str) -> None:
    record(tmp_path, "c1 500 people measurand=reviewed")
    column = {"statedclaim": "version", "content": "value"}[table]
    for change in (f"UPDATE evidence_{table} SET {column} = 7", f"DELETE FROM evidence_{table}"):
        with pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(change)
    assert Content.objects.get().value == 500


def test_the_partnerships_claims_as_rows_raise_the_twelve_conflicts() -> None:
    load_partnership()
    kept = {(each.type, " ".join(each.claims)) for each in Conflict.objects.standing()}
    assert len(kept) == 11
    assert ("contradiction", "F046 F062") in kept
    assert sum(each.blocks for each in Conflict.objects.standing()) == 5
    (late,) = get_findings(["F020"])["F020"].conflicts  # the twelfth depends on the day
    assert (late.type, late.severity) == ("overdue", "warn")
    assert not get_findings(["F021"])["F021"].conflicts
    assert get_findings(["F021"], date(2023, 1, 1))["F021"].conflicts[0].type == "overdue"


def test_two_counts_that_contradict_are_both_held_as_disputed_and_block() -> None:
    load_partnership()
    found = get_findings(["F046", "F062", "F001"])
    assert [(each.standing, each.blocks) for each in found.values()] == [
        (Standing.DISPUTED, True), (Standing.DISPUTED, True), (Standing.PROPOSED, False),
    ]  # fmt: skip
    assert "F046, F062: counts of hypertension register additions over overlapping periods" in found["F046"].why


def test_a_lesser_finding_warns_and_never_blocks() -> None:
    load_partnership()
    found = get_findings(["F006", "F011", "F014", "F023", "F038", "F020"], date(2021, 12, 1))
    assert not any(each.blocks for each in found.values())
    assert {each.conflicts[0].type for each in found.values()} == {
        "definition", "footprint", "misprint", "overlap", "overdue",
    }  # fmt: skip
    assert "at least 5,000,000 GBP" in " ".join(found["F038"].warnings)


def test_an_unknown_claim_and_an_unreleased_number_are_no_ground(release: Release) -> None:
    hidden = f"{release.manifest.release}/af_anticoagulated/HVS/2026-03/learning_disability/yes"
    shown = f"{release.manifest.release}/af_anticoagulated/HVS/2026-03/all/all"
    found = get_findings(["F999", "r-000000000000/a/b/c/all/all", hidden, shown])
    assert [each.standing for each in found.values()] == [Standing.NOT_RELEASED] * 3 + [Standing.PROPOSED]
    assert [each.blocks for each in found.values()] == [True, True, True, False]
    assert "F999 is no claim of the record" in found["F999"].why


def test_settling_a_conflict_needs_a_source_and_a_role_and_marks_whatever_used_either_number(
    analyst: Any, director: Any
) -> None:
    load_partnership()
    record_use(by=None, citation="F046", kind="decision", title="Extend the programme", address="/decisions/1/")
    settled: dict[str, Any] = {"type": "contradiction", "claims": ["F046", "F062"], "stands": ["F062"]}
    with pytest.raises(PermissionDenied, match="ask a director or the board secretary"):
        settle_conflict(by=analyst, source=SOURCE, **settled)
    with pytest.raises(ValidationError, match="Name the source"):
        settle_conflict(by=director, source=" ", **settled)
    assert find_uses("F046")[0].marked == ""
    resolution = settle_conflict(by=director, source=SOURCE, **settled)
    assert (str(resolution.source), resolution.role) == (SOURCE, "director")
    found = get_findings(["F046", "F062"])
    assert (found["F046"].standing, found["F046"].superseded_by) == (Standing.SUPERSEDED, "F062")
    assert (found["F062"].standing, found["F062"].blocks) == (Standing.AGREED, False)
    assert "F062 stands." in find_uses("F046")[0].marked
    assert ("F046 F062") not in {" ".join(each.claims) for each in Conflict.objects.standing()}


def test_claims_that_would_still_contradict_cannot_both_stand(director: Any, tmp_path: Path) -> None:
    record(tmp_path, "a 100 people measurand=m\nb 200 people measurand=m\nc 300 people measurand=m")
    with pytest.raises(ValidationError, match="a and b cannot both stand"):
        settle_conflict(by=director, type="contradiction", claims=["a", "b", "c"], stands=["a", "b"], source=SOURCE)
    assert get_findings(["c"])["c"].standing == Standing.DISPUTED


def test_what_was_worked_out_from_a_superseded_claim_says_so(director: Any) -> None:
    load_partnership()
    claims = ["F054", "F055", "F058", "F059"]
    settle_conflict(by=director, type="contradiction", claims=claims, stands=["F054", "F058"], source=SOURCE)
    assert get_findings(["F056"])["F056"].warnings == ("F056 rests on F055, which F054 supersedes.",)


def test_one_role_proposes_and_another_agrees(analyst: Any, secretary: Any, director: Any, tmp_path: Path) -> None:
    record(tmp_path, "x 5 people measurand=m")
    said = read_claim(StatedClaim.objects.get())
    for role in ("lay_member", "practice", "hospital_operations"):
        with pytest.raises(PermissionDenied):
            propose_claim(by=add_person_in_role(role, "HVS"), claim=said, published=False)
    first = propose_claim(by=analyst, claim=said, published=False)
    second = propose_claim(by=secretary, claim=said, published=False)
    assert [first.name, second.name] == ["C1", "C2"]
    with pytest.raises(ValidationError, match="somebody else agrees it"):
        set_standing(by=secretary, citation="C2", state=Standing.AGREED, reason="It is right")
    with pytest.raises(PermissionDenied):
        set_standing(by=analyst, citation="C1", state=Standing.AGREED, reason="It is right")
    set_standing(by=director, citation="C1", state=Standing.AGREED, reason="Read in the minutes")
    assert "agreed by the director on" in get_findings(["C1"])["C1"].told
    correct_claim(by=analyst, name="C1", claim=said, published=False)
    assert get_findings(["C1"])["C1"].standing == Standing.PROPOSED, "a new version is nobody's yet"


def test_an_agreed_claim_and_those_of_published_documents_are_for_everybody(
    analyst: Any, director: Any, django_user_model: Any, tmp_path: Path
) -> None:
    record(tmp_path, "x 5 people measurand=m\ny 6 people measurand=n document=A", published={"A": True})
    stranger = django_user_model.objects.create_user("stranger@example.org")
    assert [row.name for row in StatedClaim.objects.visible_to(stranger)] == ["y"]
    assert StatedClaim.objects.visible_to(analyst).count() == 2
    set_standing(by=director, citation="x", state=Standing.AGREED, reason="Read in the minutes")
    assert StatedClaim.objects.visible_to(stranger).count() == 2
    set_standing(by=director, citation="x", state=Standing.DISPUTED, reason="Another count came in")
    assert StatedClaim.objects.visible_to(stranger).count() == 1


@pytest.mark.parametrize(("kind", "is_kept"), [(Removed.WITHDRAWN, True), (Removed.ERASED, False)])
def test_what_was_removed_is_shown_at_no_past_day(
    secretary: Any, analyst: Any, tmp_path: Path, kind: Removed, is_kept: bool
) -> None:
    record(tmp_path, "x 5 people measurand=m\ny 6 people measurand=m")
    before = datetime.now(UTC)
    assert get_findings(["x"], known_by=before)["x"].blocks
    with pytest.raises(PermissionDenied):
        remove_claim(by=analyst, name="x", kind=kind, reason="It names somebody")
    remove_claim(by=secretary, name="x", kind=kind, reason="It names somebody")
    for moment in (None, before):
        (found,) = get_findings(["x"], known_by=moment).values()
        assert (found.standing, found.title, found.conflicts) == (Standing.WITHDRAWN, "", ())
        assert found.told.endswith(": It names somebody.")
        assert get_findings(["y"], known_by=moment)["y"].conflicts == ()
    assert Content.objects.filter(claim__name="x").exists() == is_kept
    assert not Conflict.objects.exists(), "at no past day either"
    assert "5" not in str([event.detail for event in Event.objects.filter(action="claim_removed")])


def test_a_file_does_not_bring_back_what_was_destroyed(secretary: Any, tmp_path: Path) -> None:
    record(tmp_path, "x 5 people measurand=m")
    remove_claim(by=secretary, name="x", kind=Removed.ERASED, reason="It names somebody")
    with pytest.raises(FaultsFound, match=r"x was destroyed on .*; take it out of the file"):
        record(tmp_path, "x 5 people measurand=m\nz 7 people measurand=n")
    assert not StatedClaim.objects.filter(name="z").exists(), "all or nothing"


@pytest.mark.requirement("S186")
def test_how_a_claim_stood_on_a_past_day_can_be_told(director: Any, tmp_path: Path) -> None:
    record(tmp_path, "x 5 people measurand=m\ny 6 people measurand=m")
    before = datetime.now(UTC)
    settle_conflict(by=director, type="contradiction", claims=["x", "y"], stands=["y"], source=SOURCE)
    assert get_findings(["x"], known_by=before)["x"].standing == Standing.DISPUTED
    assert get_findings(["x"])["x"].standing == Standing.SUPERSEDED
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    assert get_findings(["x"], known_by=long_ago)["x"].standing == Standing.NOT_RELEASED


def test_a_computed_figure_is_agreed_and_says_what_rests_on_it(
    release: Release, analyst: Any, director: Any, client: Any
) -> None:
    address = f"{release.manifest.release}/af_anticoagulated/HVS/2026-03/all/all"
    with pytest.raises(PermissionDenied):
        set_standing(by=analyst, citation=address, state=Standing.AGREED, reason="Checked")
    set_standing(by=director, citation=address, state=Standing.AGREED, reason="Checked")
    record_use(by=None, citation=address, kind="decision", title="Extend the programme", address="/decisions/1/")
    assert get_findings([address])[address].standing == Standing.AGREED
    text = words_in(client.get(f"/evidence/{address}/").content.decode())
    assert "was agreed by the director on" in text
    assert "Extend the programme" in text


def test_a_stated_figure_that_contradicts_our_own_blocks_both(release: Release, tmp_path: Path) -> None:
    address = state_share(tmp_path, release, 20)
    found = get_findings(["s1", address])
    assert [(each.standing, each.blocks) for each in found.values()] == [(Standing.DISPUTED, True)] * 2
    assert found["s1"].conflicts == found[address].conflicts
    assert set(found["s1"].conflicts[0].claims) == {"s1", address}


def test_a_stated_figure_that_is_our_own_to_its_digits_does_not(release: Release, tmp_path: Path) -> None:
    address = state_share(tmp_path, release, 0)
    assert not any(each.conflicts for each in get_findings(["s1", address]).values())


def test_a_computed_figure_is_agreed_on_its_page(release: Release, sign_in: Any) -> None:
    page = f"/evidence/{release.manifest.release}/af_anticoagulated/HVS/2026-03/all/all/"
    said = {"state": "agreed", "reason": "Checked"}
    analyst = sign_in("analyst", "HVS")
    assert "Agree or dispute" not in words_in(analyst.get(page).content.decode())
    assert analyst.post(f"{page}standing/", said).status_code == 403
    browser = sign_in("director", "HVS")
    assert "Agree or dispute this figure" in words_in(browser.get(page).content.decode())
    assert "On what ground" in words_in(browser.get(page).content.decode())
    assert browser.post(f"{page}standing/", {"state": "agreed"}).status_code == 400
    assert browser.post(f"{page}standing/", said).url == page
    assert "was agreed by the director on" in words_in(browser.get(page).content.decode())


def test_a_hidden_figure_is_agreed_by_nobody(release: Release, director: Any) -> None:
    hidden = f"{release.manifest.release}/af_anticoagulated/HVS/2026-03/learning_disability/yes"
    with pytest.raises(ValidationError, match="hidden to protect privacy"):
        set_standing(by=director, citation=hidden, state=Standing.AGREED, reason="Checked")


def test_the_public_reads_on_a_past_day_what_was_agreed_on_that_day(
    director: Any, django_user_model: Any, tmp_path: Path
) -> None:
    record(tmp_path, "x 5 people measurand=m")
    stranger = django_user_model.objects.create_user("stranger@example.org")
    moments = [datetime.now(UTC)]
    for state in (Standing.AGREED, Standing.DISPUTED):
        set_standing(by=director, citation="x", state=state, reason="Read in the minutes")
        moments.append(datetime.now(UTC))
    assert [StatedClaim.objects.visible_to(stranger, at).count() for at in moments] == [0, 1, 0]
