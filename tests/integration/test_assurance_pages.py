"""Each form of assurance opens for those who may use it, says what is missing, and is closed to others."""

from pathlib import Path
from typing import Any

import pytest

from builders.assurance import TOP, add_recommendation, add_risk, add_yearly_control
from placewise_site.assurance.models import MoneyLine

FORMS = (
    "risks/new/", "risks/{risk}/score/", "risks/{risk}/watch/", "risks/{risk}/controls/", "controls/{control}/tests/",
    "owed/new/", "owed/{owed}/steps/", "reviews/new/", "packs/new/", "packs/money/", "packs/involvement/",
    "equality/new/",
)  # fmt: skip


@pytest.fixture
def held(release: Any) -> dict[str, int]:
    risk = add_risk()
    return {"risk": risk.pk, "control": add_yearly_control(risk).pk, "owed": add_recommendation().pk}


def test_each_form_opens_and_says_what_is_missing(sign_in: Any, held: dict[str, int]) -> None:
    browser = sign_in("director", TOP)
    for form in FORMS:
        address = f"/assurance/{form.format(**held)}"
        assert browser.get(address).status_code == 200, address
        answer = browser.post(address, {"csrfmiddlewaretoken": "x"})
        assert answer.status_code == 400, address
        assert "There is a problem" in answer.content.decode(), address


def test_forms_are_closed_to_roles_that_do_not_keep_them(sign_in: Any, held: dict[str, int]) -> None:
    browser = sign_in("hospital_operations", TOP)
    for form in FORMS:
        if "/steps/" not in form:  # the action itself asks who works for which side
            assert browser.get(f"/assurance/{form.format(**held)}").status_code == 403, form


def test_money_is_recorded_on_its_page_with_its_claim(sign_in: Any, release: Any) -> None:
    said = {"programme": "heart_care", "heading": "Pharmacists", "period": "2025/26", "pounds": "250000"}
    browser = sign_in("finance", TOP)
    refused = browser.post("/assurance/packs/money/", said | {"citation": "NOWHERE"})
    assert "A figure of money rests on a claim" in refused.content.decode()
    claim = f"{release.manifest.release}/af_anticoagulated/{TOP}/2026-03/all/all"
    assert browser.post("/assurance/packs/money/", said | {"citation": claim}).status_code == 302
    assert MoneyLine.objects.get().pounds == 250_000


def test_the_api_tells_the_public_of_recommendations_alone(public: Any, held: dict[str, int]) -> None:
    assert [each["kind"] for each in public.get("/api/v1/owed").json()["items"]] == ["recommendation"]
    for register in ("risks", "packs", "equality-assessments"):
        answer = public.get(f"/api/v1/{register}")
        assert (answer.status_code, "people with a role" in answer.json()["detail"]) == (403, True)


def test_the_api_tells_people_with_a_role_why_a_risk_is_red(sign_in: Any, held: dict[str, int]) -> None:
    (row,) = sign_in("lay_member", TOP).get("/api/v1/risks").json()["items"]
    assert (row["score"], row["colour"], row["because"]) == (
        4,
        "red",
        ["The control “Lists are read” was never tested."],
    )


@pytest.mark.parametrize("address", ["/assurance/packs/new/", "/assurance/equality/new/"])
def test_what_rests_on_figures_is_not_begun_before_the_first_release(
    sign_in: Any, settings: Any, tmp_path: Path, address: str
) -> None:
    settings.PLACEWISE_STORE = tmp_path
    browser = sign_in("director", TOP)
    for answer in (browser.get(address), browser.post(address)):
        assert answer.status_code == 503
        assert "Nothing has been released yet" in answer.content.decode()
