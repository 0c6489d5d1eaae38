"""Pages of evidence: anybody finds what was stated with its source and what stands against it; conflicts are settled by
a role that may, on a source; and every page can be read as it stood on a past day."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from builders.ledger import load_partnership, record, state_share
from builders.pages import links_in, words_in
from builders.site import add_person_in_role
from builders.stated_claims import build_claims
from placewise.claims_verb import conflicts as conflicts_verb
from placewise.config import find_deployment
from placewise.floor.ledger.build import find_conflicts
from placewise.floor.ledger.claims_file import read_claims
from placewise.publishing.contract import ClaimAddress
from placewise_site.evidence.amounts import computed_words
from placewise_site.evidence.ledger.actions import record_use, remove_claim, settle_conflict
from placewise_site.evidence.ledger.lifecycle import Removed
from placewise_site.evidence.ledger.models import StatedClaim

SOURCE = "Answer of the programme manager, minute 7 of 3 February 2022"


@pytest.fixture
def partnership(release: Any) -> None:
    load_partnership()


def read(browser: Any, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status, address
    return words_in(answer.content.decode())


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("hypertension", "2 claims"),
        ("carers", "3 claims"),
        ("atrial fibrill", "8 claims"),
        ("nothing of it", "0 claims"),
    ],
)
def test_claims_are_found_by_words_and_their_beginnings(public: Any, partnership: None, words: str, found: str) -> None:
    assert f"{found} with “{words}”" in read(public, f"/evidence/?words={words}")


def test_a_long_list_comes_in_pages(public: Any, partnership: None) -> None:
    first = public.get("/evidence/").content.decode()
    assert "95 claims" in words_in(first)
    (following,) = {link for link in links_in(first) if "page=2" in link}
    assert "F095" in read(public, following)


def test_a_claims_page_says_everything_that_was_stated_and_where(public: Any, partnership: None) -> None:
    record_use(by=None, citation="F046", kind="paper", title="Heart plan", address="/papers/1/")
    text = read(public, "/evidence/F046/")
    for said in (
        "about 16,000 people", "Disputed", "Contradiction: blocks", "F046, F062: counts of hypertension register",
        "Told by a document", "a start that is not stated to 31 March 2020", "Place in it Other examples",
        "1 December 2021", "claims.csv", "SHA-256 of the file", "Our own count of the same thing", "Heart plan",
        "Version 1",
    ):  # fmt: skip
        assert said in text, said


def test_a_lesser_finding_is_printed_beside_the_figure(public: Any, partnership: None) -> None:
    assert "Definitions differ: warns" in read(public, "/evidence/?words=staff employed")
    assert "Overdue: warns" in read(public, "/evidence/F020/")


def test_conflicts_show_both_figures_side_by_side_by_two_clocks(public: Any, partnership: None) -> None:
    text = read(public, "/evidence/conflicts/")
    assert "12 conflicts found; 5 of them block decisions" in text
    assert text.index("12,268 people") < text.index("6,707 people") < text.index("about 22,000 people")
    due = text[text.index("Targets that had fallen due") :]
    by_document, today = due.split(f"By {timezone.localdate().day} ")[:2]
    assert "F020" in by_document
    assert "F021" not in by_document
    assert "F021" in today
    assert "F095" in today
    assert "Settle this conflict" not in text
    assert "2 conflicts found" in read(public, "/evidence/conflicts/?type=misprint")


@pytest.mark.requirement("S040")
def test_the_public_reads_which_target_fell_due_before_the_document_that_still_states_it(
    public: Any, partnership: None
) -> None:
    """X9 of the partnership's own claims: suicide is to fall by 10% by 2020/21, says a document of December 2021."""
    text = read(public, "/evidence/conflicts/")
    before = text[text.index("Before the document was dated") : text.index(f"By {timezone.localdate().day} ")]
    assert "educe suicide overall" in before
    assert "F020 31 March 2021 1 December 2021" in before


@pytest.mark.requirement("S186")
def test_pages_of_evidence_as_they_stood_on_a_past_day(public: Any, partnership: None, monkeypatch: Any) -> None:
    today = timezone.localdate()
    later = timezone.now() + timedelta(days=3)
    monkeypatch.setattr(timezone, "now", lambda: later)
    director = add_person_in_role("director", "HVS")
    settle_conflict(by=director, type="contradiction", claims=["F046", "F062"], stands=["F062"], source=SOURCE)
    assert "Superseded" in read(public, "/evidence/F046/")
    past = read(public, f"/evidence/F046/?as_of={today}")
    assert "As it stood at the end of" in past
    assert "Disputed" in past
    assert "11 conflicts found" in read(public, "/evidence/conflicts/")
    assert "12 conflicts found" in read(public, f"/evidence/conflicts/?as_of={today}")
    before = today - timedelta(days=1)
    assert "0 claims" in read(public, f"/evidence/?as_of={before}")
    assert public.get(f"/evidence/F046/?as_of={before}").status_code == 404
    assert public.get("/evidence/?as_of=soon").status_code == 404


@pytest.mark.parametrize("kind", list(Removed))
def test_a_removed_claim_says_when_and_why_and_nothing_else_at_any_day(
    public: Any, partnership: None, monkeypatch: Any, kind: Removed
) -> None:
    today = timezone.localdate()
    later = timezone.now() + timedelta(days=3)
    monkeypatch.setattr(timezone, "now", lambda: later)
    secretary = add_person_in_role("board_secretary", "HVS")
    remove_claim(by=secretary, name="F046", kind=kind, reason="It named a practice")
    for address in ("/evidence/F046/", f"/evidence/F046/?as_of={today}"):
        text = read(public, address, 410)
        assert ": It named a practice" in text
        assert "16,000" not in text
    for address in ("/evidence/", "/evidence/?words=hypertension", "/evidence/conflicts/", "/api/v1/claims"):
        for asked in (address, f"{address}{'&' if '?' in address else '?'}as_of={today}"):
            assert "16,000" not in read(public, asked)
            assert "16000" not in read(public, asked)


def test_a_director_settles_a_conflict_on_a_source(sign_in: Any, partnership: None) -> None:
    browser = sign_in("director", "HVS")
    (address,) = {
        link
        for link in links_in(browser.get("/evidence/conflicts/").content.decode())
        if "F062" in link and "settle" in link
    }
    assert "Which claim stands?" in read(browser, address)
    said = {"type": "contradiction", "claims": ["F046", "F062"]}
    answer = browser.post("/evidence/conflicts/settle/", said)
    assert answer.status_code == 400
    text = words_in(answer.content.decode())
    assert "Name the source that settles it" in text
    assert "Choose which claim stands" in text
    answer = browser.post("/evidence/conflicts/settle/", {**said, "stands": ["F046", "F062"], "source": SOURCE})
    assert "Say which claim stands, and which does not." in words_in(answer.content.decode())
    answer = browser.post("/evidence/conflicts/settle/", {**said, "stands": ["F062"], "source": SOURCE}, follow=True)
    assert "It is settled." in words_in(answer.content.decode())
    assert SOURCE in read(browser, "/evidence/F046/")
    assert browser.get(address).status_code == 404, "it is not found any more"


@pytest.mark.parametrize("role", ["analyst", "lay_member", "practice"])
def test_other_roles_settle_agree_and_remove_nothing(sign_in: Any, partnership: None, role: str) -> None:
    browser = sign_in(role, "HVS")
    assert browser.get("/evidence/conflicts/settle/?type=contradiction&claims=F046&claims=F062").status_code == 403
    assert browser.post("/evidence/F046/standing/", {"state": "agreed", "reason": "Right"}).status_code == 403
    assert browser.post("/evidence/F046/removal/", {"kind": "erased", "reason": "Wrong"}).status_code == 403
    assert "Agree or dispute" not in read(browser, "/evidence/F046/")
    assert StatedClaim.objects.filter(removal=None).count() == 95


def test_a_claim_is_agreed_and_removed_on_its_page(sign_in: Any, partnership: None) -> None:
    browser = sign_in("board_secretary", "HVS")
    assert browser.post("/evidence/F001/standing/", {"state": "agreed", "reason": " "}).status_code == 400
    browser.post("/evidence/F001/standing/", {"state": "agreed", "reason": "Read in the pack"})
    text = read(browser, "/evidence/F001/")
    assert "F001 was agreed by the board secretary on" in text
    assert "Read in the pack" in text
    browser.post("/evidence/F001/removal/", {"kind": "withdrawn", "reason": "Its authors took it back"})
    assert "Its authors took it back" in read(browser, "/evidence/F001/", 410)


def test_what_was_not_published_is_for_people_with_a_role(public: Any, sign_in: Any, tmp_path: Any) -> None:
    record(tmp_path, "x 5 people measurand=m\ny 6 people measurand=m")
    assert "0 claims" in read(public, "/evidence/")
    assert public.get("/evidence/x/").status_code == 404
    assert "0 conflicts found" in read(public, "/evidence/conflicts/")
    assert public.get("/api/v1/claims/x").status_code == 404
    assert "1 conflict found" in read(sign_in("lay_member", "HVS"), "/evidence/conflicts/")


def test_the_page_the_api_and_the_command_line_give_one_list_of_conflicts(public: Any, partnership: None) -> None:
    """X1 to X12, the overdue among them, by each document's own day and by a day that is asked."""
    stated = read_claims(find_deployment("west_yorkshire") / "claims.csv")
    for asked, clock in (("", None), (f"?as_of={timezone.localdate()}", timezone.localdate())):
        found = {(each.type, each.claims, each.told, each.remedy) for each in find_conflicts(stated, clock)}
        answer = public.get(f"/api/v1/conflicts{asked}").json()
        told = {(each["type"], tuple(each["claims"]), each["told"], each["remedy"]) for each in answer["items"]}
        assert told == found
        assert answer["count"] == len(found) == 12
        assert "12 conflicts found; 5 of them block" in read(public, f"/evidence/conflicts/{asked}")
    (late,) = public.get("/api/v1/conflicts?type=overdue").json()["items"]
    assert late["claims"] == ["F020"]
    assert "1 target had fallen due when its document was dated" in read(public, "/evidence/conflicts/?type=overdue")


def test_a_stated_figure_against_our_own_is_in_the_list_with_both_numbers(
    sign_in: Any, release: Any, tmp_path: Path
) -> None:
    address, browser = state_share(tmp_path, release, 20), sign_in("analyst", "HVS")
    answer = browser.get("/api/v1/conflicts").json()
    assert [(each["type"], each["blocks"], each["claims"]) for each in answer["items"]] == [
        ("contradiction", True, ["s1", address])
    ]
    assert browser.get("/api/v1/conflicts?type=unit").json()["count"] == 0
    text = read(browser, "/evidence/conflicts/")
    assert "1 conflict found; 1 of them blocks decisions" in text
    assert computed_words(release.claim(ClaimAddress.parse(address))) in text
    assert "Counted here: release" in text
    assert "Settle this conflict" not in text


def test_the_command_line_holds_a_file_against_a_release_where_it_is_given_a_store(
    site: Any, tmp_path: Path, capsys: Any
) -> None:
    build_claims(tmp_path, "s1 5 percent measurand=protected geography=HVS as_of=2026-03 measure=MEASURE")
    file = tmp_path / "claims.csv"
    file.write_text(file.read_text("utf-8").replace("MEASURE", "af_anticoagulated"), "utf-8")
    conflicts_verb(str(file), as_of=None, store=None, as_json=True)
    assert json.loads(capsys.readouterr().out) == []
    conflicts_verb(str(file), as_of=None, store=site.store, as_json=True)
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["type"], found["blocks"], found["claims"][0]) == ("contradiction", True, "s1")
    assert found["claims"][1].endswith("/af_anticoagulated/HVS/2026-03/all/all")


def test_the_api_gives_claims_and_conflicts(public: Any, partnership: None) -> None:
    found = public.get("/api/v1/claims?words=hypertension&page_size=1").json()
    assert (found["count"], found["items"][0]["name"]) == (2, "F046")
    assert public.get(found["next"]).json()["items"][0]["name"] == "F062"
    one = public.get("/api/v1/claims/F046").json()
    assert (one["value"], one["bound"], one["standing"]) == (16000, "about", "disputed")
    assert one["against"][0]["claims"] == ["F046", "F062"]
    assert public.get("/api/v1/claims/F088").json()["value"] == "closed"
    conflicts = public.get("/api/v1/conflicts").json()["items"]
    assert {(each["type"], " ".join(each["claims"])) for each in conflicts if each["blocks"]} == {
        ("contradiction", each) for each in ("F046 F062", "F047 F063", "F088 F089", "F090 F091", "F054 F055 F058 F059")
    }
    assert public.get("/api/v1/claims/F999").status_code == 404


def test_an_analyst_proposes_what_a_document_says_and_corrects_it(sign_in: Any, release: Any) -> None:
    browser = sign_in("analyst", "HVS")
    assert "Where it stands" in read(browser, "/evidence/propose/")
    said = {
        "document": "Annual report", "section": "Page 7", "document_date": "2026-03-01", "statement": "hubs open",
        "value": "many", "unit": "hubs", "kind": "told", "bound": "exact", "cumulative": "no", "measurand": "hubs",
    }  # fmt: skip
    answer = browser.post("/evidence/propose/", said)
    assert answer.status_code == 400
    assert "`many` in value is no number; write digits, without commas or signs." in words_in(answer.content.decode())
    answer = browser.post("/evidence/propose/", said | {"value": "6", "section": ""})
    assert "Say in which document it stands, and where in it." in words_in(answer.content.decode())
    assert browser.post("/evidence/propose/", said | {"value": "6"}).url == "/evidence/C1/"
    assert "6 hubs" in read(browser, "/evidence/C1/")
    page = browser.get("/evidence/C1/correct/").content.decode()
    assert 'name="value" value="6"' in page
    browser.post("/evidence/C1/correct/", said | {"value": "7"})
    text = read(browser, "/evidence/C1/")
    assert "7 hubs" in text
    assert text.index("Version 2") < text.index("Version 1")
    assert sign_in("lay_member", "HVS").get("/evidence/propose/").status_code == 403


def test_a_typed_claim_names_our_measure_its_method_and_how_often_it_is_printed(sign_in: Any, release: Any) -> None:
    browser = sign_in("analyst", "HVS")
    said = {
        "document": "Annual report", "section": "Page 7", "document_date": "2026-03-01", "statement": "are protected",
        "value": "61", "unit": "percent", "kind": "told", "bound": "exact", "cumulative": "no", "measurand": "safe",
        "measure": "af_anticoagulated", "method_version": "2", "times_printed": "3",
    }  # fmt: skip
    answer = browser.post("/evidence/propose/", said | {"measure": "no_such"})
    assert "no_such is no measure of ours." in words_in(answer.content.decode())
    assert browser.post("/evidence/propose/", said).url == "/evidence/C1/"
    content = StatedClaim.objects.get().content
    assert (content.measure, content.method_version, content.times_printed) == ("af_anticoagulated", "2", 3)
    assert "is printed 3 times in one sentence" in read(browser, "/evidence/C1/")
