"""`on_medicine`, `count` and `earliest`."""

from builders.asked import held

ROUTES = "[carer_found_by_practice, carer_found_by_inequalities_subgroup, carer_found_by_impact_assessment]"


def test_a_medicine_covers_its_days_both_ends_included() -> None:
    assert held("{on_medicine: anticoagulants}", "anticoagulants 2024-02-10 to 2024-04-30") == "2024-02 to 2024-04"
    assert held("{on_medicine: anticoagulants}", "anticoagulants 2024-02-10 to 2024-04-29") == "2024-02 to 2024-03"


def test_a_period_counts_from_the_issue_and_not_from_the_end_of_the_supply() -> None:
    """QOF AF008: an anticoagulant issued in the last six months."""
    question = "{on_medicine: anticoagulants, within: 6 months}"
    assert held(question, "anticoagulants 2024-02-10 to 2024-03-08") == "2024-02 to 2024-07"
    assert held(question, "anticoagulants 2023-06-10 to 2023-07-08") == "never"


def test_a_supply_that_runs_on_beyond_the_period_does_not_count() -> None:
    supplied_for_a_year = "anticoagulants 2024-01-10 to 2025-01-08"
    assert held("{on_medicine: anticoagulants, within: 6 months}", supplied_for_a_year) == "2024-01 to 2024-06"
    assert held("{on_medicine: anticoagulants}", supplied_for_a_year) == "2024-01 to 2024-12", "it is still taken"


def test_each_issue_begins_the_period_anew() -> None:
    events = """
        anticoagulants 2024-01-10 to 2024-02-06
        anticoagulants 2024-05-10 to 2024-06-06
    """
    assert held("{on_medicine: anticoagulants, within: 6 months}", events) == "2024-01 to 2024-10"


def test_a_medicine_that_ends_before_it_begins_covers_its_first_day() -> None:
    assert held("{on_medicine: anticoagulants}", "anticoagulants 2024-02-29 to 2024-01-01") == "2024-02"
    question = "{on_medicine: anticoagulants, within: 1 month}"
    assert held(question, "anticoagulants 2024-02-10 to 2024-01-01") == "2024-02"


def test_one_long_medicine_is_not_broken_by_a_short_one() -> None:
    events = """
        anticoagulants 2024-02-01 to 2024-10-31
        anticoagulants 2024-03-01 to 2024-03-28
    """
    assert held("{on_medicine: anticoagulants}", events) == "2024-02 to 2024-10"


def test_a_count_begins_with_the_day_that_completes_it_and_ends_with_the_first_to_lapse() -> None:
    events = """
        general_practice_visit 2024-02-10
        general_practice_visit 2024-03-10
        general_practice_visit 2024-06-10
    """
    question = "{count: general_practice_visit, at_least: 2, within: 4 months}"
    assert held(question, events) == "2024-03 to 2024-06"
    assert held("{count: general_practice_visit, at_least: 3, within: 4 months}", events) == "never"
    assert held("{count: general_practice_visit, at_least: 3}", events) == "2024-06 to 2024-12"


def test_two_events_of_a_day_are_one() -> None:
    events = """
        general_practice_visit 2024-02-10
        general_practice_visit 2024-02-10
    """
    assert held("{count: general_practice_visit, at_least: 2}", events) == "never"


def test_whoever_is_found_by_several_routes_belongs_to_the_first() -> None:
    events = """
        carer_found_by_inequalities_subgroup 2024-02-10
        carer_found_by_practice              2024-05-10
    """
    assert held(f"{{earliest: carer_found_by_inequalities_subgroup, among: {ROUTES}}}", events) == "2024-02 to 2024-12"
    assert held(f"{{earliest: carer_found_by_practice, among: {ROUTES}}}", events) == "never"


def test_of_two_on_the_same_day_the_one_named_first_is_taken() -> None:
    events = """
        carer_found_by_inequalities_subgroup 2024-02-10
        carer_found_by_practice              2024-02-10
    """
    assert held(f"{{earliest: carer_found_by_practice, among: {ROUTES}}}", events) == "2024-02 to 2024-12"
    assert held(f"{{earliest: carer_found_by_inequalities_subgroup, among: {ROUTES}}}", events) == "never"
