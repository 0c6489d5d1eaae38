"""Why a person is on a list: month by month, for the team that treats them, and for nobody else."""

import json
import re
import shutil

import pyarrow.parquet as pq
import pytest

from builders.explained import LISTS
from builders.lists import LIST
from builders.pages import words_in
from builders.site import add_agreement
from placewise.floor.folders import read_json, write_json
from placewise_site.accounts.models import AccessEvent, Purpose
from placewise_site.care.month_strip import draw_strip, months_in_words
from placewise_site.evidence.explanations import Months

ROW_1 = f"/my-patients/A01/{LIST}/{LISTS}/1/"


@pytest.fixture
def own_store(site, settings, tmp_path):
    """A copy of the store, for a test that changes it."""
    store = tmp_path / "store"
    shutil.copytree(site.store, store)
    settings.PLACEWISE_STORE = store
    return store


@pytest.fixture
def practice(sign_in):
    return sign_in("practice", "A01", purpose=Purpose.DIRECT_CARE)


def test_the_practice_sees_the_months_of_each_part_and_the_events(practice):
    page = practice.get(ROW_1)
    told = words_in(page.content.decode())
    assert page.status_code == 200
    assert "born September 1942" in told
    assert "On 31 March 2026 this person was one of those of whom the measure asks, and did not count." in told
    assert "was issued “Anticoagulants (warfarin and direct oral anticoagulants)” in the last 6 months" in told
    assert "January 2024 to June 2024" in told
    assert "CHA2DS2-VASc stroke risk score 10 June 2021 4" in told
    assert "Who is left out of the list" in told
    assert "no-store" in page["Cache-Control"]


def test_the_list_leads_to_it_from_each_row(practice):
    text = practice.get(f"/my-patients/A01/{LIST}/").content.decode()
    assert ROW_1 in text
    assert len(re.findall(rf"/my-patients/A01/{LIST}/{LISTS}/\d+/", text)) == 20


@pytest.mark.requirement("S087")
def test_no_pseudonym_and_no_number_is_on_the_page(practice, site):
    text = practice.get(ROW_1).content.decode()
    listed = pq.read_table(site.store / "lists" / LISTS / LIST / "A01.parquet")
    assert not any(str(person) in text for person in listed["person_id"].to_pylist())
    assert not re.search(r"999\d{7}", text)


def test_a_look_is_one_row_of_the_log(practice):
    practice.get(ROW_1)
    event = AccessEvent.objects.get()
    assert (event.what, event.practice, event.role, event.purpose, event.rows, event.denied) == (
        f"lists/{LISTS}/{LIST}/row 1",
        "A01",
        "practice",
        "direct_care",
        1,
        "",
    )


@pytest.mark.parametrize(
    ("role", "organisation", "purpose"),
    [
        ("practice", "A02", Purpose.DIRECT_CARE),
        ("practice", "A01", Purpose.POPULATION_HEALTH_PLANNING),
        ("pcn_staff", "NW1", Purpose.DIRECT_CARE),
        ("analyst", "HVS", Purpose.POPULATION_HEALTH_PLANNING),
        ("director", "HVS", Purpose.DIRECT_CARE),
        ("caldicott_guardian", "HVS", Purpose.DIRECT_CARE),
    ],
)
def test_anybody_else_is_refused_kindly_and_it_is_logged(sign_in, role, organisation, purpose):
    page = sign_in(role, organisation, purpose=purpose).get(ROW_1)
    text = page.content.decode()
    assert page.status_code == 403
    assert "Nothing was shown, and the attempt was recorded." in text
    assert "1942" not in text
    assert [(event.rows, bool(event.denied)) for event in AccessEvent.objects.all()] == [(0, True)]


def test_network_staff_may_under_a_recorded_agreement(sign_in):
    browser = sign_in("pcn_staff", "NW1", purpose=Purpose.DIRECT_CARE)
    add_agreement("A01", "NW1")
    assert browser.get(ROW_1).status_code == 200
    assert browser.get(ROW_1.replace("A01", "A02")).status_code == 403


def test_nobody_comes_without_signing_in(client, site):
    assert client.get(ROW_1)["Location"].startswith("/accounts/login/")
    assert AccessEvent.objects.count() == 0


@pytest.mark.parametrize("address", [ROW_1.replace("/1/", "/99/"), ROW_1.replace(LISTS, "l-000000000000")])
def test_a_row_that_is_not_on_the_list_now_is_nobody_and_the_attempt_is_logged(practice, address):
    page = practice.get(address)
    assert page.status_code == 404
    assert "Nobody else's record is shown in its place." in page.content.decode().replace("&#39;", "'")
    assert [(event.rows, bool(event.denied)) for event in AccessEvent.objects.all()] == [(0, True)]


def test_a_list_that_was_made_anew_shows_no_other_person_under_the_old_row(practice, own_store):
    lists = own_store / "lists"
    shutil.copytree(lists / LISTS, lists / "l-later")
    (lists / "current").write_text("l-later\n", encoding="utf-8")
    page = practice.get(ROW_1)
    assert page.status_code == 404
    assert "it has been made anew since the page was opened" in page.content.decode()
    assert practice.get(ROW_1.replace(LISTS, "l-later")).status_code == 200


def test_definitions_that_changed_after_the_list_explain_nobody(practice, own_store):
    file = own_store / "lists" / LISTS / "made.json"
    write_json(file, read_json(file) | {"programmes": {"healthy_hearts": "00000000"}})
    page = practice.get(ROW_1)
    assert page.status_code == 404
    assert "the definitions have changed since it was made" in page.content.decode()


def test_records_that_may_be_kept_no_more_explain_nobody(practice, own_store):
    (file,) = own_store.glob("warehouse/direct_care/*/load.json")
    file.write_text(json.dumps(read_json(file) | {"retention_until": "2020-01-01"}), encoding="utf-8")
    assert practice.get(ROW_1).status_code == 404
    assert AccessEvent.objects.get().rows == 0


def test_somebody_who_has_left_the_practice_is_no_longer_shown(practice, own_store):
    (file,) = own_store.glob("warehouse/direct_care/*/shard=000/registration.parquet")
    registered = pq.read_table(file)
    pq.write_table(registered.set_column(3, registered.schema.field(3), registered["start_date"]), file)
    page = practice.get(ROW_1)
    assert page.status_code == 404
    assert "the practice has no such person registered now" in page.content.decode()


MONTHS = Months(years=((2024, (False,) * 11 + (True,)), (2025, (True, False))), runs=(("2024-12", "2025-01"),))


def test_a_strip_has_a_tall_mark_for_each_month_that_holds_and_says_so_in_words():
    drawn = draw_strip(MONTHS, "is on the register “A & B”", "part-1")
    assert drawn.count('class="app-holds"') == 2
    assert drawn.count('class="app-holds-not"') == 12
    assert '<title id="part-1-title">Months: is on the register “A &amp; B”</title>' in drawn
    assert '<desc id="part-1-told">December 2024 to January 2025</desc>' in drawn
    assert 'aria-labelledby="part-1-title part-1-told"' in drawn


def test_months_are_told_in_words():
    assert months_in_words(MONTHS) == "December 2024 to January 2025"
    assert months_in_words(Months(years=((2024, (True, True)),), runs=(("2024-01", "2024-02"),))) == "every month"
    assert months_in_words(Months(years=((2024, (False,)),), runs=())) == "no month"
    assert months_in_words(Months(years=((2024, (True, False)),), runs=(("2024-01", "2024-01"),))) == "January 2024"
