"""A provider of screening works through those who did not come; nobody else opens its list or sees its work."""

import io
import shutil
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from builders.lists import HANDED, HANDED_CARD, LIST, write_handed_list
from builders.pages import words_in
from builders.site import add_person_in_role
from placewise.plans.lists.open import open_call_list, write_for_import
from placewise.plans.lists.references import build_references
from placewise_site.accounts.models import AccessEvent, Purpose
from placewise_site.care.models import Step

PROVIDER = "RT1"
HERE = f"/my-patients/{PROVIDER}/{HANDED}/"
pytestmark = pytest.mark.requirement("S104")


@pytest.fixture(scope="session")
def screened(planted: SimpleNamespace, tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    store = tmp_path_factory.mktemp("screened") / "store"
    for part in ("lists", "releases"):
        shutil.copytree(planted.store / part, store / part)
    keys = store / "keys"
    keys.mkdir()
    write_handed_list(store, keys, PROVIDER)
    return SimpleNamespace(store=store, keys=keys)


@pytest.fixture
def provider(sign_in: Any, settings: Any, screened: SimpleNamespace) -> Any:
    settings.PLACEWISE_STORE = screened.store
    settings.CARE_KEY = "an invented key"
    return sign_in("screening_provider", PROVIDER, purpose=Purpose.SCREENING_INVITATION)


def key_of(row: int) -> str:
    return build_references(b"an invented key", PROVIDER, [10_000_500 + row])[0]


def record(browser: Any, row: int, state: str, route: str = "", days_ago: int = 0) -> Any:
    on = (timezone.localdate() - timedelta(days=days_ago)).isoformat()
    return browser.post(f"{HERE}record/", {"who": [key_of(row)], "state": state, "route": route, "on": on}, follow=True)


def test_the_provider_finds_its_list_and_every_look_is_logged(provider: Any) -> None:
    mine = words_in(provider.get("/my-patients/").content.decode())
    assert HANDED_CARD["title"] in mine
    assert "Make every contact count" not in mine
    page = provider.get(HERE)
    assert (page.status_code, "no-store" in page["Cache-Control"]) == (200, True)
    assert "6 to see" in words_in(page.content.decode())
    (look,) = AccessEvent.objects.all()
    told = (look.role, look.purpose, look.place, look.practice, look.what, look.rows, look.denied)
    what = f"lists/planted/handed-on/{HANDED}"
    assert told == ("screening_provider", "screening_invitation", PROVIDER, PROVIDER, what, 6, "")


def test_what_was_done_moves_people_through_the_list_in_the_provider_s_words(provider: Any) -> None:
    assert "Recorded for 1 person: Invited, Letter." in words_in(
        record(provider, 1, "invited", "letter", 9).content.decode()
    )
    record(provider, 1, "booked", days_ago=4)
    assert "Recorded for 1 person: Attended." in words_in(record(provider, 1, "seen", days_ago=1).content.decode())
    record(provider, 2, "declined")
    record(provider, 3, "unsuitable")
    text = words_in(record(provider, 3, "handed_back").content.decode())
    assert "4 to see, 1 under way" in text
    assert "Attended," in text
    assert [step.state for step in Step.objects.all()] == [
        "invited", "booked", "seen", "declined", "unsuitable", "handed_back",
    ]  # fmt: skip


def test_treatment_is_not_the_provider_s_to_record(provider: Any) -> None:
    assert "treated" not in provider.get(HERE).content.decode()
    assert record(provider, 1, "treated").status_code == 400
    file = SimpleUploadedFile("outcomes.csv", f"row_key,state,day\n{key_of(1)},treated,2026-01-31\n".encode())
    told = provider.post(f"{HERE}outcomes/", {"file": file})
    assert (told.status_code, "Treatment is recorded by those who treat" in told.content.decode()) == (400, True)
    assert not Step.objects.exists()


def test_local_identifiers_are_exported_and_outcomes_read_back(
    provider: Any, screened: SimpleNamespace, tmp_path: Path
) -> None:
    sealed = pq.read_table(io.BytesIO(provider.get(f"{HERE}sealed").content))
    assert "person_id" not in sealed.column_names
    pq.write_table(sealed, tmp_path / "sealed.parquet")
    opened = open_call_list(tmp_path / "sealed.parquet", screened.keys / f"{PROVIDER}.key")
    write_for_import(opened, tmp_path / "import.csv")
    first = (tmp_path / "import.csv").read_text().splitlines()[1].replace('"', "")
    assert first == f"9990000501,{key_of(1)}"
    day = timezone.localdate().isoformat()
    file = SimpleUploadedFile(
        "outcomes.csv", f"row_key,state,day,nhs_number\n{key_of(1)},seen,{day},9990000501\n".encode()
    )
    told = words_in(provider.post(f"{HERE}outcomes/", {"file": file}, follow=True).content.decode())
    assert "Recorded: 1 row." in told


@pytest.mark.parametrize(
    ("role", "place", "purpose"),
    [
        ("practice", "A01", Purpose.DIRECT_CARE),
        ("practice", PROVIDER, Purpose.DIRECT_CARE),
        ("pcn_staff", "NW1", Purpose.DIRECT_CARE),
        ("place_lead", "HVN", Purpose.POPULATION_HEALTH_PLANNING),
        ("director", "HVS", Purpose.SCREENING_INVITATION),
        ("hospital_operations", PROVIDER, Purpose.POPULATION_HEALTH_PLANNING),
        ("screening_provider", "RT2", Purpose.SCREENING_INVITATION),
        ("screening_provider", PROVIDER, Purpose.DIRECT_CARE),
        ("screening_provider", "HVS", Purpose.SCREENING_INVITATION),
    ],
)
def test_nobody_else_opens_the_provider_s_list_or_changes_anything(
    sign_in: Any, settings: Any, screened: SimpleNamespace, role: str, place: str, purpose: Purpose
) -> None:
    settings.PLACEWISE_STORE = screened.store
    browser = sign_in(role, place, purpose=purpose)
    step = {"who": [key_of(1)], "state": "invited", "route": "letter", "on": timezone.localdate().isoformat()}
    answers = [browser.get(HERE), browser.get(f"{HERE}sealed"), browser.post(f"{HERE}record/", step)]
    assert [answer.status_code for answer in answers] == [403] * 3
    assert AccessEvent.objects.filter(denied="").count() == 0
    assert AccessEvent.objects.filter(practice=PROVIDER).exclude(denied="").count() == 3
    assert not Step.objects.exists()


def test_the_provider_opens_nothing_of_a_practice_and_no_person_beyond_its_list(provider: Any) -> None:
    refused = [
        f"/my-patients/A01/{LIST}/",
        "/my-patients/A01/every-contact/",
        f"/my-patients/{PROVIDER}/every-contact/",
    ]
    assert [provider.get(address).status_code for address in refused] == [403] * 3
    assert provider.get(f"{HERE}planted/1/").status_code == 404
    assert provider.get(f"/my-patients/A01/{HANDED}/").status_code == 404
    page = provider.get(HERE).content.decode()
    assert "Month by month" not in page
    assert "All lists" not in page


def test_the_programme_s_page_tells_everybody_to_whom_its_list_goes(
    site: Any, settings: Any, client: Any, screened: Any
) -> None:
    settings.PLACEWISE_STORE = screened.store
    page = client.get("/programmes/heart_care/")
    assert "Only Haven General Hospitals opens this list, and no practice does." in words_in(page.content.decode())


def test_a_practice_sees_neither_the_list_nor_the_work(sign_in: Any, settings: Any, screened: SimpleNamespace) -> None:
    settings.PLACEWISE_STORE = screened.store
    nurse = sign_in("practice", "A01", purpose=Purpose.DIRECT_CARE)
    assert HANDED_CARD["title"] not in nurse.get("/my-patients/").content.decode()
    person = add_person_in_role("screening_provider", PROVIDER, Purpose.SCREENING_INVITATION)
    assert not Step.objects.visible_to(nurse.person).exists()
    assert person.has_perm("accounts.open_lists", None)
