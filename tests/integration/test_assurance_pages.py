"""Each form of assurance opens for those who may use it, says what is missing, and is closed to others; registers stand
as they stood on a day."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from builders.assurance import TOP, add_recommendation, add_risk, add_yearly_control
from builders.pages import words_in
from placewise_site.assurance.actions.commitments import take_step
from placewise_site.assurance.actions.risks import try_control, watch_risk
from placewise_site.assurance.lifecycle import State
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


@pytest.mark.requirement("S186")
def test_registers_stand_as_they_stood_on_a_day(sign_in: Any, release: Any, monkeypatch: Any) -> None:
    """Entered ten days ago; tested, watched by a measure and evidenced today."""
    now = timezone.now()
    with monkeypatch.context() as then:
        then.setattr(timezone, "now", lambda: now - timedelta(days=10))
        risk, owed = add_risk(), add_recommendation()
        control = add_yearly_control(risk)
    today = timezone.localdate()
    try_control(by=None, control=control, on=today, passed=True, evidence="All took part.")
    steps = [0.8, 0.7, 0.6, 0.5]
    watch_risk(by=None, risk=risk, measure="af_anticoagulated", area=TOP, steps=steps, better="higher")
    take_step(by=None, commitment=owed, state=State.EVIDENCED, words="The letters.", evidence_on=today)
    browser = sign_in("director", TOP)

    def read(address: str, ago: int) -> str:
        answer = browser.get(f"/assurance/{address}", {"as_of": (today - timedelta(days=ago)).isoformat()})
        return words_in(answer.content.decode()) if answer.status_code == 200 else str(answer.status_code)

    page = f"risks/{risk.pk}/"
    before, after = read(page, 5), read(page, 0)
    assert "Red whatever the score: The control “Lists are read” was never tested." in before
    assert "No measure watches this risk" in before and "As it stood at the end of" in before
    assert "Add a control" in after and "Add a control" not in before
    assert "All took part." in after and "Watched by" in after and "All took part." not in before
    assert (read(page, 15), "No risk is recorded." in read("risks/", 15)) == ("404", True)
    assert "The letters." in read(f"owed/{owed.pk}/", 0) and "None yet" in read(f"owed/{owed.pk}/", 5)
    assert [len(browser.get(f"/api/v1/risks{asked}").json()["items"][0]["because"])
            for asked in ("", f"?as_of={today - timedelta(days=5)}")] == [0, 1]  # fmt: skip
    for each in ("reviews/", "packs/", "equality/", "plans/", "strategy/"):
        assert "As it stood at the end of" in read(each, 5), each


@pytest.mark.parametrize("address", ["/assurance/packs/new/", "/assurance/equality/new/"])
def test_what_rests_on_figures_is_not_begun_before_the_first_release(
    sign_in: Any, settings: Any, tmp_path: Path, address: str
) -> None:
    settings.PLACEWISE_STORE = tmp_path
    browser = sign_in("director", TOP)
    for answer in (browser.get(address), browser.post(address)):
        assert answer.status_code == 503
        assert "Nothing has been released yet" in answer.content.decode()
