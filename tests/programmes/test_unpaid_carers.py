"""Unpaid carers: known, supported, and by which route they were found, nobody twice."""

import pytest

from builders.invented_people import Answers, answer, programmes

PEOPLE = """
    Amy  | 1970-01 female | carer_codes 2019-01-01, carer_support_offered 2025-07-01
    Baz  | 1970-01 male   | carer_codes 2019-01-01, carer_support_offered 2025-06-30
    Cho  | 1970-01 female | carer_codes 2019-01-01, no_longer_carer_codes 2023-01-01
    Dot  | 1970-01 female | carer_codes 2019-01-01, no_longer_carer_codes 2023-01-01, carer_codes 2025-01-01
    Ed   | 1970-01 male   | carer_codes 2025-02-01, carer_found_by_practice 2025-02-01
    Flo  | 1970-01 female | carer_codes 2025-02-01, carer_found_by_inequalities_subgroup 2025-02-01
    Guy  | 1970-01 male   | carer_found_by_impact_assessment 2025-02-01
    Hui  | 1970-01 female | carer_codes 2025-02-01, carer_found_by_inequalities_subgroup 2025-02-01, carer_found_by_practice 2025-08-01
    Ian  | 1970-01 male   | carer_codes 2025-02-01, carer_found_by_practice 2025-02-01, carer_found_by_practice 2025-03-01
    Joy  | 1970-01 female | carer_codes 2025-02-01, carer_found_by_impact_assessment 2025-02-01, carer_found_by_practice 2025-02-01
    Ken  | 1970-01 male   | carer_codes 2025-02-01, carer_found_by_practice 2025-02-01, leaves 2026-01-31
    Liv  | 1970-01 female |
    Mab  | 1970-01 female | carer_codes 2019-01-01, carer_support_declined 2025-07-01
    Nye  | 1970-01 male   | carer_codes 2019-01-01, carer_support_declined 2025-06-30
    Ola  | 1970-01 female | carer_found_by_practice 2019-01-01, no_longer_carer_codes 2023-01-01
    Per  | 1970-01 male   | carer_found_by_inequalities_subgroup 2021-01-01, no_longer_carer_codes 2023-01-01
    Rae  | 1970-01 female | carer_found_by_impact_assessment 2021-01-01, no_longer_carer_codes 2023-01-01
    Sol  | 1970-01 male   | carer_found_by_inequalities_subgroup 2025-02-01
    Tia  | 1970-01 female | carer_found_by_practice 2025-02-01
    Uma  | 1970-01 female | carer_found_by_practice 2025-02-01, carer_found_by_inequalities_subgroup 2025-08-01
"""  # noqa: E501
ROUTES = ("carers_found_by_practice", "carers_found_by_inequalities_subgroup", "carers_found_by_impact_assessment")


@pytest.fixture(scope="module")
def june() -> Answers:
    return answer("unpaid_carers", PEOPLE)


def test_the_known_are_those_on_record_and_not_stood_down(june: Answers) -> None:
    assert june.counted("carers_known") == "Amy Baz Dot Ed Flo Guy Hui Ian Joy Mab Nye Sol Tia Uma"
    assert june.missed("carers_known") == "Cho Liv Ola Per Rae"


def test_support_counts_for_twelve_months(june: Answers) -> None:
    assert june.counted("carers_offered_support") == "Amy"
    assert "Baz" in june.missed("carers_offered_support")
    assert june.counted("carers_offered_support", "2026-05") == "Amy Baz"


@pytest.mark.requirement("S006")
def test_a_carer_found_twice_counts_once_by_the_first_route(june: Answers) -> None:
    assert [june.counted(route) for route in ROUTES] == ["Ed Ian Joy Tia Uma", "Flo Hui Sol", "Guy"]
    by_route = [name for route in ROUTES for name in june.counted(route).split()]
    assert sorted(by_route) == sorted(june.counted("carers_found").split())


@pytest.mark.requirement("S006")
def test_the_found_are_a_share_of_known_carers_and_of_nothing_else() -> None:
    measures = programmes()["unpaid_carers"].measures
    assert {measures[slug].of for slug in (*ROUTES, "carers_found")} == {measures["carers_offered_support"].of}


def test_the_route_does_not_change_when_another_finds_them_later(june: Answers) -> None:
    assert june.counted(ROUTES[1], "2025-03") == june.counted(ROUTES[1]) == "Flo Hui Sol"


def test_whoever_declined_support_this_year_stays_in_the_count_and_is_not_called(june: Answers) -> None:
    assert "Mab" in june.missed("carers_offered_support")
    assert june.excluded("carers_not_offered_support") == "Mab"
    assert "Nye" in june.called("carers_not_offered_support"), "he declined more than a year ago"


def test_how_many_carers_there_are_is_a_range_of_census_and_survey() -> None:
    expected = programmes()["unpaid_carers"].case_finding["unpaid_carers"]
    assert {each.kind for each in expected} == {"estimated"}
    assert {each.title for each in expected} == {"Census 2021", "GP Patient Survey 2021"}
