"""REST: the pages' numbers by the pages' rules."""

from typing import Any

import pytest
from django.test import Client

from builders.addresses import WHO_MAY_OPEN
from builders.pages import words_in
from placewise.publishing.release import Release

VALUES = "/api/v1/measures/af_anticoagulated/values"


def read(client: Client, address: str, status: int = 200) -> Any:
    response = client.get(address)
    assert response.status_code == status, response.content
    return response.json()


def test_measures_come_with_their_definition(public: Client, release: Release) -> None:
    listed = read(public, "/api/v1/measures")
    assert listed["release"] == release.manifest.release
    assert listed["count"] == 3
    one = read(public, "/api/v1/measures/af_anticoagulated")
    assert one["better"] == "higher"
    assert one["definition"].startswith("af_anticoagulated:")
    assert one["code_lists"][0]["review_date"] == "2027-01-15"


def test_a_measure_month_by_month_is_the_table_on_its_page(public: Client) -> None:
    values = read(public, f"{VALUES}?page_size=1000")["items"]
    assert len(values) == 60
    rows = public.get("/measures/af_anticoagulated/trend.csv").content.decode("utf-8-sig").splitlines()[1:]
    assert [f"{value['value'] * 100:.1f}" for value in values] == [row.split(",")[1] for row in rows]
    assert values[-1]["address"] in public.get("/measures/af_anticoagulated/").content.decode()


def test_values_by_level_split_and_month(public: Client) -> None:
    networks = read(public, f"{VALUES}?level=network&area=HVN&month=2026-03")["items"]
    assert [value["area_name"] for value in networks] == ["Harbour Network", "Hill Network"]
    fifths = read(public, f"{VALUES}?split=deprivation_fifth&month=2026-03")["items"]
    assert [value["group"] for value in fifths] == ["1", "2", "3", "4", "5", "not_recorded"]
    both = read(public, f"{VALUES}?level=place&split=sex&month=2025-12")["items"]
    assert {(value["area"], value["group"]) for value in both} >= {("HVN", "female"), ("HVT", "male")}


def test_a_hidden_value_is_null_with_its_reason(public: Client) -> None:
    hidden = read(public, f"{VALUES}?split=learning_disability&month=2026-03")["items"][0]
    assert hidden["state"] == "hidden"
    assert [hidden[key] for key in ("numerator", "denominator", "value", "lower", "upper")] == [None] * 5


@pytest.mark.requirement("S085")
@pytest.mark.parametrize("asked", ["area=A01", "level=practice", "area=NW1&level=practice", "area=A01&month=2026-03"])
def test_the_public_gets_nothing_below_a_network(public: Client, asked: str) -> None:
    assert "people with a role" in read(public, f"{VALUES}?{asked}", status=403)["detail"]
    assert "people with a role" in read(public, "/api/v1/population?area=A01", status=403)["detail"]


def test_somebody_with_a_role_gets_practices(sign_in) -> None:
    assert read(sign_in("analyst", "HVS"), f"{VALUES}?level=practice")["count"] == 5


def test_long_answers_come_in_pages(public: Client) -> None:
    first = read(public, f"{VALUES}?page_size=25")
    second = read(public, first["next"])
    third = read(public, second["next"])
    assert [len(page["items"]) for page in (first, second, third)] == [25, 25, 10]
    assert third["next"] is None
    assert first["count"] == 60


def test_people_and_published_figures(public: Client) -> None:
    people = read(public, "/api/v1/population?split=ethnicity")["items"]
    assert people[-1]["group"] == "not_recorded"
    assert "rtt_waiting" in [each["indicator"] for each in read(public, "/api/v1/published")["items"]]
    waits = read(public, "/api/v1/published/rtt_waiting?area=RT1&split=all")["items"]
    assert [each["value"] for each in waits] == [86915.0]


def test_every_release_is_listed_and_can_be_asked_for(public: Client, release: Release) -> None:
    assert [each["in_force"] for each in read(public, "/api/v1/releases")] == [True]
    assert read(public, f"{VALUES}?release={release.manifest.release}")["count"] == 60


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/api/v1/measures/nothing", 404, "This release has no measure called nothing."),
        ("/api/v1/measures/nothing/values", 404, "This release has no measure called nothing."),
        (f"{VALUES}?area=NOWHERE", 404, "This release has no area with the code NOWHERE."),
        (f"{VALUES}?split=colour", 404, "This release does not show af_anticoagulated of HVS by colour."),
        (f"{VALUES}?level=planet", 404, "There is nothing at the level planet within HVS."),
        (f"{VALUES}?month=1999-01", 404, "This release holds no month 1999-01."),
        (f"{VALUES}?month=March", 422, "pattern"),
        (f"{VALUES}?page=0", 422, "greater than or equal to 1"),
        ("/api/v1/published/nothing", 404, "This release has no published indicator called nothing."),
        ("/api/v1/measures?release=r-no", 404, "There is no release called r-no."),
    ],
)
def test_a_mistake_is_answered_in_one_sentence(public: Client, address: str, status: int, said: str) -> None:
    assert said in str(read(public, address, status)["detail"])


def test_the_description_is_openapi_three_point_one(public: Client) -> None:
    described = read(public, "/api/v1/openapi.json")
    assert described["openapi"].startswith("3.1")
    declared = {route for route in WHO_MAY_OPEN if route.startswith("api/v1/")} - {"api/v1/", "api/v1/openapi.json"}
    assert set(described["paths"]) == {f"/{route.replace('<', '{').replace('>', '}')}" for route in declared}


def test_the_reference_is_a_plain_page_that_tells_every_request(public: Client) -> None:
    page = public.get("/api/").content.decode()
    words = words_in(page)
    for path in read(public, "/api/v1/openapi.json")["paths"]:
        assert f"GET {path}" in words
    assert "swagger" not in page.lower()
