"""My patients: for the team that treats them, with a purpose, logged; no identity is on the page or the server."""

import io
import time

import pyarrow.parquet as pq
import pytest

from builders.lists import CARD, LIST, write_call_lists
from builders.site import add_agreement
from placewise.floor.faults import FaultsFound
from placewise.plans.lists.open import open_call_list, write_for_import
from placewise_site.accounts.models import AccessEvent, Purpose

LIST_OF_A01 = f"/my-patients/A01/{LIST}/"


def test_the_practice_sees_its_list_with_reasons_next_action_and_exclusions(sign_in):
    page = sign_in("practice", "A01", purpose=Purpose.DIRECT_CARE).get(LIST_OF_A01)
    text = page.content.decode()
    assert page.status_code == 200
    assert CARD["next_action"] in text
    assert "AF recorded in 2011; stroke risk score 9 in 2025" in text
    assert "17 to see, and 3 left out with the reason" in text
    assert "a mechanical heart valve is recorded" in text
    assert "no-store" in page["Cache-Control"]


@pytest.mark.requirement("S087")
def test_no_identity_is_on_the_page(sign_in, site):
    text = sign_in("practice", "A01", purpose=Purpose.DIRECT_CARE).get(LIST_OF_A01).content.decode()
    stored = pq.read_table(site.store / "lists/planted" / LIST / "A01.parquet")
    assert stored["sealed"].null_count == 0
    assert not any(str(person) in text for person in stored["person_id"].to_pylist())
    assert not any(f"999{number:07}" in text for number in range(1, 21))
    assert not any(sealed.hex() in text for sealed in stored["sealed"].to_pylist())


def test_a_look_is_one_row_of_the_log_not_one_a_name(sign_in):
    browser = sign_in("practice", "A01", purpose=Purpose.DIRECT_CARE)
    browser.get(LIST_OF_A01)
    event = AccessEvent.objects.get()
    assert (event.name, event.role, event.purpose, event.practice, event.rows, event.denied) == (
        "practice.a01@example.org",
        "practice",
        "direct_care",
        "A01",
        20,
        "",
    )
    assert LIST in event.what


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
def test_anybody_else_is_refused_kindly_and_the_attempt_is_logged(sign_in, role, organisation, purpose):
    browser = sign_in(role, organisation, purpose=purpose)
    for address in (LIST_OF_A01, f"{LIST_OF_A01}sealed"):
        page = browser.get(address)
        assert page.status_code == 403
        text = page.content.decode()
        assert "Nothing was shown, and the attempt was recorded." in text
        assert "AF recorded" not in text
    assert [(event.rows, bool(event.denied)) for event in AccessEvent.objects.all()] == [(0, True), (0, True)]


def test_network_staff_may_under_a_recorded_agreement(sign_in):
    browser = sign_in("pcn_staff", "NW1", purpose=Purpose.DIRECT_CARE)
    add_agreement("A01", "NW1")
    assert browser.get(LIST_OF_A01).status_code == 200
    assert browser.get(f"/my-patients/A02/{LIST}/").status_code == 403


def test_nobody_comes_without_signing_in(client, site):
    assert client.get(LIST_OF_A01)["Location"].startswith("/accounts/login/")
    assert AccessEvent.objects.count() == 0


def test_the_download_opens_with_the_practices_key_and_holds_no_pseudonym(sign_in, site, tmp_path):
    browser = sign_in("practice", "A01", purpose=Purpose.DIRECT_CARE)
    answer = browser.get(f"{LIST_OF_A01}sealed")
    assert "person_id" not in pq.read_schema(io.BytesIO(answer.content)).names
    file = tmp_path / "list.parquet"
    file.write_bytes(answer.content)
    opened = open_call_list(file, site.keys / "A01.key")
    assert opened["nhs_number"].to_pylist()[0] == "9990000001"
    assert opened["rank"].to_pylist() == list(range(1, 21))
    for_import = tmp_path / "import.csv"
    write_for_import(opened, for_import)
    header, *lines = for_import.read_text(encoding="ascii").splitlines()
    assert header.replace('"', "") == "nhs_number,row_key"
    assert len(lines) == 17, "whoever is left out is not brought into the clinical system to be called"
    assert lines[0].replace('"', "") == f"9990000001,{opened['row_key'][0]}"
    assert for_import.stat().st_mode & 0o077 == 0
    with pytest.raises(FaultsFound, match="cannot be written"):
        write_for_import(opened, for_import)


def test_a_thousand_patients_come_in_one_page_and_fast(sign_in, site, settings, tmp_path):
    write_call_lists(tmp_path, people=1000)
    settings.PLACEWISE_STORE = tmp_path
    browser = sign_in("practice", "A01", purpose=Purpose.DIRECT_CARE)
    took = []
    for _ in range(3):
        start = time.process_time()
        page = browser.get(LIST_OF_A01)
        took.append(time.process_time() - start)
    assert min(took) < 0.3
    assert page.content.decode().count("AF recorded in") == 1000


def test_what_the_practice_is_shown_is_kept_by_nobody(sign_in):
    browser = sign_in("practice", "A01", purpose=Purpose.DIRECT_CARE)
    for address in ("/", "/my-patients/", LIST_OF_A01, f"{LIST_OF_A01}sealed", "/api/v1/measures", "/nowhere/"):
        kept = browser.get(address)["Cache-Control"]
        assert "no-store" in kept and "private" in kept, address


def test_the_download_names_the_list_and_the_practice_and_nobody(sign_in):
    answer = sign_in("practice", "A01", purpose=Purpose.DIRECT_CARE).get(f"{LIST_OF_A01}sealed")
    assert answer["Content-Disposition"] == f'attachment; filename="{LIST}-A01.parquet"'
    assert answer["Content-Type"] == "application/vnd.apache.parquet"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_an_unknown_list_or_practice_is_not_found(sign_in):
    browser = sign_in("practice", "A01", purpose=Purpose.DIRECT_CARE)
    assert browser.get("/my-patients/A01/no_such_list/").status_code == 404
    assert browser.get(f"/my-patients/ZZZ/{LIST}/").status_code == 404
