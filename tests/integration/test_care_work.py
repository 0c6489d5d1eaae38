"""A practice works through a list: what it records, what is refused and why, and who else sees nothing of it."""

import json
import re
import shutil
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.utils import timezone
from typer.testing import CliRunner

from builders.lists import CARD, DONE, GONE, LIST, OTHER_CARD, OTHER_LIST, write_other_lists
from builders.pages import words_in
from builders.site import add_agreement
from placewise.cli import app
from placewise.plans.lists.references import build_references
from placewise_site.accounts.actions import end_agreement
from placewise_site.accounts.models import AccessEvent, Agreement, Event, Purpose
from placewise_site.care.models import Reached, Step

A01, A02 = f"/my-patients/A01/{LIST}/", f"/my-patients/A02/{LIST}/"
EVERYBODY = "/my-patients/A01/every-contact/"
WEEK = "/my-patients/A01/this-week/"
WEEK_BY_API = "/api/v1/my-patients/A01/this-week"
NURSE = "practice.a01@example.org"


@pytest.fixture(scope="session")
def worked(planted: SimpleNamespace, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A store with two lists of the first practice; nothing else of the planted one changes."""
    store = tmp_path_factory.mktemp("worked") / "store"
    shutil.copytree(planted.store / "lists", store / "lists")
    write_other_lists(store, planted.keys)
    return store


@pytest.fixture
def nurse(sign_in: Any, settings: Any, worked: Any) -> Any:
    settings.PLACEWISE_STORE = worked
    settings.CARE_KEY = "an invented key"
    return sign_in("practice", "A01", purpose=Purpose.DIRECT_CARE)


def key_of(row: int, practice: str = "A01") -> str:
    """The key of a row of the first practice's first list."""
    return build_references(b"an invented key", practice, [10_000_000 + row])[0]


def record(browser: Any, *rows: int, state: str = "invited", route: str = "letter", on: date | None = None) -> Any:
    said = {"who": [key_of(row) for row in rows], "state": state, "route": route}
    return browser.post(f"{A01}record/", said | {"on": (on or timezone.localdate()).isoformat()}, follow=True)


def part(page: str, heading: str) -> str:
    """The table under a heading, in words."""
    found = re.search(rf"<h2[^>]*>{heading}</h2>(.*?)</table>", page, flags=re.S)
    return words_in(found[1]) if found else ""


def send_file(browser: Any, *lines: str) -> Any:
    file = SimpleUploadedFile("outcomes.csv", "\n".join(lines).encode())
    return browser.post(f"{A01}outcomes/", {"file": file}, follow=True)


def test_people_who_were_ticked_are_invited_and_leave_those_to_call(nurse):
    page = record(nurse, 1, 2).content.decode()
    assert "Recorded for 2 people: Invited, Letter." in page
    assert "15 to see, 2 under way" in words_in(page)
    assert "Invited once, by letter" in part(page, "Under way")
    again = record(nurse, 1, route="telephone").content.decode()
    assert "Invited twice, last by telephone" in part(again, "Under way")


def test_whoever_is_handed_back_is_to_be_called_again_with_no_attempt_counted(nurse):
    record(nurse, 1)
    page = record(nurse, 1, state="handed_back", route="").content.decode()
    assert "Handed back" in part(page, "To see next")
    assert "Invited once" in part(record(nurse, 1).content.decode(), "Under way")


def test_each_change_says_who_in_which_role_for_which_purpose_and_never_how_many_or_whom(nurse):
    record(nurse, 1, 2)
    event = Event.objects.get(action="work_recorded")
    assert (event.by.email, event.subject) == (NURSE, "A01")
    said = {"list": LIST, "states": ["invited"], "role": "practice", "purpose": "direct_care", "place": "A01"}
    assert event.detail == said
    assert AccessEvent.objects.filter(practice="A01", denied="").count() == 2  # opened to record, and shown again


@pytest.mark.parametrize(
    ("rows", "said", "why"),
    [
        ((), {}, "Choose at least one person."),
        ((1,), {"state": ""}, "Choose what was done."),
        ((1,), {"route": ""}, "Say how they were invited."),
        ((1,), {"state": "seen"}, "Only an invitation has a route."),
        ((1,), {"on": timezone.localdate() + timedelta(days=1)}, "Row 1: The day is still to come."),
        ((1,), {"on": date(2019, 1, 1)}, "Row 1: The day is more than a year ago."),
        ((1,), {"state": "handed_back", "route": ""}, "Row 1: Nothing is under way with this person"),
        ((1, 20), {}, "Row 20: The record says not to call this person: a mechanical heart valve is recorded."),
    ],
)
def test_what_cannot_be_recorded_is_refused_kindly_with_nothing_kept_and_the_ticks_where_they_were(
    nurse, rows, said, why
):
    page = record(nurse, *rows, **said)
    assert page.status_code == 400
    assert "Nothing was recorded" in page.content.decode()
    assert why in words_in(page.content.decode())
    assert page.content.decode().count(" checked>") == sum(row < 18 for row in rows)
    assert not Step.objects.exists()


def test_one_that_is_refused_keeps_all_from_being_recorded(nurse):
    record(nurse, 3, state="declined", route="")
    page = words_in(record(nurse, 1, 3).content.decode())
    assert "Row 3: Declined is recorded, and “invited” cannot follow. Hand the person back first." in page
    assert Step.objects.count() == 1


def test_nobody_is_invited_twice_within_weeks_for_two_things_unless_at_once(nurse):
    other = f"/my-patients/A01/{OTHER_LIST}/"
    week_ago = timezone.localdate() - timedelta(days=7)
    said = {"who": [key_of(2)], "state": "invited", "route": "letter", "on": week_ago.isoformat()}
    assert nurse.post(f"{other}record/", said).status_code == 302
    page = nurse.get(A01).content.decode()
    assert "contacted for something else" in part(page, "Contacted lately for something else")
    assert record(nurse, 2).status_code == 400
    assert record(nurse, 2, on=week_ago).status_code == 200  # the same letter asked about both


def test_whom_the_record_shows_treated_leaves_and_their_work_is_told_as_done_by_the_record(nurse):
    done, moved = build_references(b"an invented key", "A01", [DONE, GONE])
    person = nurse.person
    for each in (done, moved):
        Step.objects.create(
            practice=person.grants.get().organisation, list_slug=LIST, row_key=each, state="invited", route="letter",
            on=date(2026, 3, 2), at=timezone.now(), by=person,
        )  # fmt: skip
    page = nurse.get(A01).content.decode()
    assert "1 of those you worked with are done by the record" in words_in(page)
    assert "1 left for another reason" in words_in(page)
    assert done in part(page, "No longer on the list")
    assert moved not in page


@pytest.mark.requirement("S093")
def test_a_list_is_split_by_how_people_can_be_reached_and_nobody_is_left_out(nurse):
    nurse.post(f"{EVERYBODY}{key_of(2)}/", {"reach": "not_digital"})
    page = nurse.get(A01).content.decode()
    assert "Cannot be reached digitally (1 to see)" in page
    assert "Not known how to reach (16 to see)" in page
    only = nurse.get(f"{A01}?reach=not_digital").content.decode()
    assert part(only, "To see next").count("AF recorded") == 1
    assert "not digitally" in part(only, "To see next")
    for route in ("Letter", "Telephone", "In person"):
        assert f">{route}</option>" in only


def test_somebody_on_two_lists_is_in_one_row_and_one_contact_counts_for_both(nurse):
    page = words_in(nurse.get(EVERYBODY).content.decode())
    assert "20 people." in page
    first = page[page.index("To see them for") :][:400]
    assert first.index(CARD["title"]) < first.index(OTHER_CARD["title"])
    person = f"{EVERYBODY}{key_of(2)}/"
    said = {"lists": [LIST, OTHER_LIST], "state": "seen", "route": "", "on": timezone.localdate().isoformat()}
    text = words_in(nurse.post(person, said, follow=True).content.decode())
    assert "Recorded: seen." in text
    assert set(Step.objects.values_list("list_slug", "row_key")) == {(LIST, key_of(2)), (OTHER_LIST, key_of(2))}
    assert text.count("Work: Seen") == 2


def test_a_person_s_page_is_one_row_of_the_log_and_names_nobody(nurse):
    page = nurse.get(f"{EVERYBODY}{key_of(2)}/")
    assert [(each.rows, each.what) for each in AccessEvent.objects.all()] == [(1, "lists/planted/person")]
    assert "no-store" in page["Cache-Control"]
    assert "10000002" not in page.content.decode()
    assert nurse.get(f"{EVERYBODY}aaaaaaaaaaaaaaaa/").status_code == 404


def test_outcomes_are_read_back_by_row_key(nurse):
    page = send_file(
        nurse,
        "row_key,state,day,route,nhs_number",
        f"{key_of(1)},invited,2026-10-05,letter,9990000001",
        f"{key_of(1)},seen,2026-10-20,,9990000001",
        f"{key_of(4)},declined,2026-10-06,,9990000004",
    )
    assert "Recorded: 3 rows." in page.content.decode()
    assert "Seen, 20 October 2026" in part(page.content.decode(), "Under way")
    assert not any("999" in str(value) for row in Step.objects.values_list() for value in row)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("aaaaaaaaaaaaaaaa,seen,2026-10-05", "This person is not on the list."),
        ("9990000001,seen,2026-10-05", "This person is not on the list."),
        ("KEY,cured,2026-10-05", "This state is not known."),
        ("KEY,seen,5/10/2026", "This is no day. Write it as 2026-01-31."),
        ("KEY,invited,2026-10-05", "Say how the person was invited."),
        ("KEY,handed_back,2026-10-05", "Nothing is under way with this person"),
        ("Mrs Smith!,seen,2026-10-05", "This is no row key."),
    ],
)
def test_a_file_with_one_wrong_row_is_refused_whole_and_the_row_told(nurse, line, why):
    sent = line.replace("KEY", key_of(2))
    page = send_file(nurse, "row_key,state,day", f"{key_of(1)},seen,2026-10-05", sent)
    text = words_in(page.content.decode())
    assert page.status_code == 400
    assert f"3 {why}" in text  # the line
    assert "Smith" not in text
    assert not Step.objects.exists()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\xff\xfe\x00", "The file is not text."),
        (b"number,state\n1,seen\n", "row_key, day is not there."),
        (b"row_key,state,day\n", "The file has no rows below its first line."),
        (b"", "The file is empty."),
    ],
)
def test_a_file_that_is_none_is_told_apart(nurse, content, why):
    page = nurse.post(f"{A01}outcomes/", {"file": SimpleUploadedFile("outcomes.csv", content)})
    text = words_in(page.content.decode())
    assert page.status_code == 400
    assert why in text


def test_a_practice_s_week_says_what_to_do_first_what_is_new_and_what_worsened(nurse):
    long_ago = timezone.localdate() - timedelta(days=20)
    record(nurse, 1, on=long_ago)
    record(nurse, 3, state="seen", route="")
    text = words_in(nurse.get(WEEK).content.decode())
    assert f"Row 1 : {CARD['title']}; {OTHER_CARD['title']}" in text  # row 2 of the list, on two of them
    assert f"no answer: ask again by another route. {CARD['title']} : 1" in text
    assert f"{CARD['title']} 17 2 2 1" in text
    assert f"{OTHER_CARD['title']} 2 not known yet" in text
    assert "We recorded: seen 1." in text
    assert "No list grew" in text
    week = nurse.get(WEEK_BY_API).json()
    assert week["first"][0] == {"rank": 1, "row_key": week["first"][0]["row_key"], "lists": [LIST, OTHER_LIST]}
    numbers = ("to_call", "new", "left", "done_by_the_record")
    told = {each["list"]: [each[name] for name in numbers] for each in week["lists"]}
    assert told == {LIST: [17, 2, 2, 1], OTHER_LIST: [2, None, None, None]}
    assert (week["recorded"], week["worse"]) == ({"Seen": 1}, [])
    assert AccessEvent.objects.filter(what="lists/planted/every-contact", denied="").count() == 2  # each asking


def test_a_practice_s_week_is_told_on_the_command_line_and_logged(worked):
    asked = ["digest", "A01", "--store", str(worked), "--json"]
    week = json.loads(CliRunner().invoke(app, asked).stdout)
    assert week["first"][0] == {"rank": 1, "lists": [LIST, OTHER_LIST]}
    assert {each["slug"]: each["to_call"] for each in week["lists"]} == {LIST: 17, OTHER_LIST: 2}
    told = CliRunner().invoke(app, asked[:-1]).stdout
    assert f"See first: row 1 of every contact. {CARD['title']}; {OTHER_CARD['title']}" in told
    before = (worked / "access.jsonl").read_text().count("\n")
    refused = CliRunner().invoke(app, [*asked, "--purpose", "population_health_planning"])
    assert "is not direct care" in str(refused.exception)
    assert (worked / "access.jsonl").read_text().count("\n") == before + 1


def test_a_practice_that_is_not_there_is_refused_with_the_nearest_and_the_attempt_is_logged(worked):
    refused = CliRunner().invoke(app, ["digest", "A0l", "--store", str(worked), "--json"])
    assert "these lists have no practice A0l; did you mean `A01`" in str(refused.exception)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "these lists have no practice A0l" in (worked / "access.jsonl").read_text().splitlines()[-1]


def test_a_week_of_nobody_is_not_found_by_the_api(nurse):
    answer = nurse.get(WEEK_BY_API.replace("A01", "NOBODY"))
    assert (answer.status_code, answer.json()) == (404, {"detail": "Not Found"})


def test_the_practice_s_home_shows_its_lists_and_how_far_it_has_come(nurse):
    record(nurse, 1, 4)
    record(nurse, 3, state="treated", route="")
    text = words_in(nurse.get("/").content.decode())
    assert "17 2 2 1 1" in text  # on the list, new, under way, finished, done by the record
    assert AccessEvent.objects.filter(what="lists/planted").count() == 1


@pytest.mark.parametrize(
    ("role", "place", "purpose"),
    [
        ("practice", "A02", Purpose.DIRECT_CARE),
        ("practice", "A01", Purpose.POPULATION_HEALTH_PLANNING),
        ("pcn_staff", "NW1", Purpose.DIRECT_CARE),
        ("place_lead", "HVN", Purpose.DIRECT_CARE),
        ("analyst", "HVS", Purpose.POPULATION_HEALTH_PLANNING),
    ],
)
@pytest.mark.requirement("S087")
def test_nobody_else_opens_or_changes_anything_of_the_practice(sign_in, settings, worked, role, place, purpose):
    settings.PLACEWISE_STORE = worked
    browser = sign_in(role, place, purpose=purpose)
    said = {"who": ["aaaaaaaaaaaaaaaa"], "state": "seen", "on": "2026-10-05", "lists": [LIST], "reach": "digital"}
    addresses = (
        A01,
        f"{A01}sealed",
        f"{A01}outcomes/",
        EVERYBODY,
        f"{EVERYBODY}sealed",
        f"{EVERYBODY}{key_of(2)}/",
        WEEK,
        WEEK_BY_API,
    )
    for address in addresses:
        page = browser.get(address)
        assert page.status_code == 403, address
        assert "AF recorded" not in page.content.decode()
    for address in (f"{A01}record/", f"{A01}outcomes/", f"{EVERYBODY}{key_of(2)}/"):
        assert browser.post(address, said).status_code == 403, address
    assert not Step.objects.exists() and not Reached.objects.exists()
    assert {each.denied != "" for each in AccessEvent.objects.all()} == {True}
    assert AccessEvent.objects.count() == len(addresses) + 3


def test_network_staff_work_under_an_agreement_and_no_moment_longer(sign_in, settings, worked):
    settings.PLACEWISE_STORE = worked
    settings.CARE_KEY = "an invented key"
    browser = sign_in("pcn_staff", "NW1", purpose=Purpose.DIRECT_CARE)
    add_agreement("A01", "NW1")
    assert record(browser, 1).status_code == 200
    assert Event.objects.get(action="work_recorded").detail["role"] == "pcn_staff"
    end_agreement(by=None, agreement=Agreement.objects.get())
    assert record(browser, 2).status_code == 403
    assert browser.get(A01).status_code == 403
    assert Step.objects.count() == 1


def test_what_was_recorded_is_changed_and_deleted_by_nobody(nurse):
    record(nurse, 1)
    with pytest.raises(DatabaseError), transaction.atomic():
        Step.objects.all().update(state="treated", route="")
    with pytest.raises(DatabaseError), transaction.atomic():
        Step.objects.all().delete()


def test_work_is_kept_under_a_key_that_no_other_practice_shares_and_no_build_changes(nurse, settings):
    record(nurse, 1)
    kept = Step.objects.get()
    assert kept.row_key == key_of(1)
    assert kept.row_key != key_of(1, "A02")
    assert "10000001" not in str(list(Step.objects.values_list()))
    settings.CARE_KEY = "another"
    assert "17 to see" in words_in(nurse.get(A01).content.decode())  # nobody is found without the key
