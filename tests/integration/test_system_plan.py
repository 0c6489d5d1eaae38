"""One envelope, each organisation's own plan, and nothing closed until they add up to the pound."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from builders.assurance import NORTH, SOUTH, TOP, organisation
from builders.site import add_person_in_role
from placewise_site.accounts.models import Event
from placewise_site.assurance.actions.finance import (
    Part,
    close_plan,
    enter_forecast,
    enter_own_plan,
    enter_system_plan,
)
from placewise_site.assurance.models import Forecast, OrganisationPlan, PlanClosing, SystemPlan
from placewise_site.assurance.queries.finance import get_book
from placewise_site.assurance.rules.finance import Money
from placewise_site.running.demo_finance import add_demo_finance

pytestmark = pytest.mark.usefixtures("site")
JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)
PLANNED = {NORTH: 600_000, SOUTH: 400_001}
SHARES = {NORTH: 6_667, SOUTH: 3_333}


def enter(envelope: int = 1_000_001, **said: Any) -> SystemPlan:
    parts = [Part(organisation(code), Money(planned, planned), SHARES[code]) for code, planned in PLANNED.items()]
    told: dict[str, Any] = {"by": None, "starts_in": 2026, "parts": parts, "is_invented": True}
    return enter_system_plan(envelope=envelope, **told | said)


def enter_own(plan: SystemPlan, code: str, spending: int) -> None:
    enter_own_plan(
        by=None,
        plan=plan,
        organisation=organisation(code),
        income=PLANNED[code],
        spending=spending,
        is_invented=True,
    )


def enter_closed() -> SystemPlan:
    plan = enter()
    for code, planned in PLANNED.items():
        enter_own(plan, code, planned)
    close_plan(by=None, plan=plan)
    return plan


def forecast(plan: SystemPlan, code: str, month: date, more: int) -> None:
    enter_forecast(
        by=None,
        plan=plan,
        organisation=organisation(code),
        month=month,
        income=PLANNED[code],
        spending=PLANNED[code] + more,
        is_invented=True,
    )


@pytest.mark.requirement("S067")
def test_organisations_plans_add_to_the_system_plan_to_the_pound() -> None:
    plan = enter()
    enter_own(plan, NORTH, 600_000)
    with pytest.raises(ValidationError, match=r"\(HVT\) has not entered its plan yet"):
        close_plan(by=None, plan=plan)
    enter_own(plan, SOUTH, 400_002)
    with pytest.raises(ValidationError) as refused:
        close_plan(by=None, plan=plan)
    assert refused.value.messages == [
        "The organisations' spending comes to £1,000,002, £1 more than the system plan's £1,000,001.",
        f"{organisation(SOUTH)} (HVT): spending £400,002, £1 more than its part.",
    ]
    assert not PlanClosing.objects.exists()
    enter_own(plan, SOUTH, 400_001)
    close_plan(by=None, plan=plan)
    book = get_book(plan)
    assert book.is_closed
    assert book.entered == book.planned == Money(plan.envelope, plan.envelope)


def test_a_plan_whose_parts_are_a_pound_apart_from_the_envelope_is_not_entered() -> None:
    with pytest.raises(ValidationError, match="£1 more than the envelope of £1,000,000"):
        enter(1_000_000)
    assert not SystemPlan.objects.exists()
    assert not Event.objects.filter(action="system_plan_entered").exists()


def test_a_closed_plan_stands_and_a_later_forecast_stands_beside_it() -> None:
    plan = enter_closed()
    with pytest.raises(ValidationError, match="is closed: enter a forecast"):
        enter_own(plan, NORTH, 1)
    with pytest.raises(ValidationError, match="closed already"):
        close_plan(by=None, plan=plan)
    forecast(plan, NORTH, JUNE, 10)
    forecast(plan, NORTH, JULY, 20)
    book, before = get_book(plan), get_book(plan, JUNE)
    assert (book.month, before.month, book.months) == (JULY, JUNE, (JUNE, JULY))
    assert [each.rows[0].forecast.spending for each in (before, book)] == [600_010, 600_020]
    assert [each.rows[0].own.spending for each in (before, book)] == [600_000, 600_000]


def test_an_overspend_is_shared_as_agreed_once_every_organisation_gave_a_forecast() -> None:
    plan = enter_closed()
    forecast(plan, NORTH, JUNE, 101)
    assert get_book(plan).overspend is None
    forecast(plan, SOUTH, JUNE, -1)
    book = get_book(plan)
    assert book.overspend == 100
    assert [(row.borne.own, row.borne.bears, row.borne.pays) for row in book.rows] == [(101, 67, -34), (-1, 33, 34)]


def test_there_is_no_forecast_before_the_plan_is_closed_or_of_another_year() -> None:
    with pytest.raises(ValidationError, match="close the system plan first"):
        forecast(enter(), NORTH, JUNE, 0)
    with pytest.raises(ValidationError, match="month of the plan's financial year"):
        forecast(enter_closed(), NORTH, date(2027, 4, 1), 0)


def test_each_organisation_enters_its_own_plan_and_a_figure_rests_on_a_claim(release: Any) -> None:
    plan, finance = enter(), add_person_in_role("finance", NORTH)
    claim = f"{release.manifest.release}/af_anticoagulated/{TOP}/2026-03/all/all"
    said: dict[str, Any] = {"by": finance, "plan": plan, "income": 1, "spending": 1}
    with pytest.raises(PermissionDenied, match="for its own people of finance"):
        enter_own_plan(organisation=organisation(SOUTH), citation=claim, **said)
    with pytest.raises(ValidationError, match="rests on a claim"):
        enter_own_plan(organisation=organisation(NORTH), citation="NOWHERE", **said)
    with pytest.raises(PermissionDenied, match="does not enter the system's money"):
        enter(by=add_person_in_role("lay_member", TOP))
    enter_own_plan(organisation=organisation(NORTH), citation=claim, **said)
    assert OrganisationPlan.objects.get().citation == claim


def test_the_pages_take_a_plan_from_the_envelope_to_the_forecast(sign_in: Any, release: Any) -> None:
    claim = f"{release.manifest.release}/af_anticoagulated/{TOP}/2026-03/all/all"
    browser = sign_in("finance", NORTH)
    said = {"starts_in": 2026, "envelope": 900, "citation": claim, "parts": "HVN; £1,000; 1,000; 99.99"}
    answer = browser.post("/assurance/plans/new/", said)
    assert answer.status_code == 400
    assert "£100 more than the envelope" in answer.content.decode()
    unread = browser.post("/assurance/plans/new/", said | {"parts": "HVN; many; 1; 1"}).content.decode()
    assert "cannot be read" in unread
    assert browser.post("/assurance/plans/new/", said | {"envelope": 1_000}).status_code == 400, "99.99% is not all"
    right = said | {"envelope": 1_000, "parts": "HVN; £1,000; 1,000; 100"}
    assert browser.post("/assurance/plans/new/", right).status_code == 302
    page = f"/assurance/plans/{SystemPlan.objects.get().pk}/"
    refused = browser.post(f"{page}closing/", {}).content.decode()
    assert "has not entered its plan yet" in refused
    own = {"organisation": NORTH, "income": 1_000, "spending": 1_000, "citation": claim}
    assert browser.post(f"{page}organisations/", own).status_code == 302
    assert browser.post(f"{page}closing/", {}).status_code == 302
    later = own | {"spending": 1_007, "month": "2026-06-01"}
    assert browser.post(f"{page}forecasts/", later).status_code == 302
    assert Forecast.objects.get().spending == 1_007
    shown = browser.get(page).content.decode()
    assert "add up to it to the pound" in shown
    assert "£7 worse than planned" in shown
    assert "2026/27" in browser.get("/assurance/plans/").content.decode()
    _, row = browser.get(f"{page}?format=csv&month=2026-06").content.decode("utf-8-sig").splitlines()
    assert row.endswith("North Haven,1000,1000,1000,1000,1000,1007,100.0,7,7,0")


def test_forms_of_money_open_and_are_closed_to_others(sign_in: Any) -> None:
    plan = enter().pk
    forms = ("new/", f"{plan}/organisations/", f"{plan}/closing/", f"{plan}/forecasts/")
    browser = sign_in("director", TOP)
    assert [browser.get(f"/assurance/plans/{form}").status_code for form in forms] == [200] * 4
    lay = sign_in("lay_member", TOP)
    assert [lay.get(f"/assurance/plans/{form}").status_code for form in forms] == [403] * 4
    assert lay.get(f"/assurance/plans/{plan}/").status_code == 200


def test_a_demo_has_an_invented_plan_that_adds_up_and_the_api_tells_it(sign_in: Any) -> None:
    add_demo_finance([organisation(NORTH), organisation(SOUTH)], date(2026, 5, 1))
    browser = sign_in("lay_member", TOP)
    (told,) = browser.get("/api/v1/system-plans").json()["items"]
    assert (told["year"], told["is_invented"], told["is_closed"], told["overspend"]) == (
        "2026/27", True, True, 1_000_001,
    )  # fmt: skip
    assert sum(each["own_plan"]["income"] for each in told["organisations"]) == told["envelope"]
    assert sum(each["bears"] for each in told["organisations"]) == told["overspend"]
    assert "(invented)" in browser.get(f"/assurance/plans/{told['plan']}/").content.decode()
