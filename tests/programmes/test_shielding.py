"""People at the highest risk: who is on the list, whom somebody reached in seven days, and whose needs were met."""

import pytest

from builders.invented_people import Answers, answer

PROGRAMME = "shielding"
PEOPLE = """
    Amy | 1950-01 female | shielding_codes 2026-06-01, shielding_contacted_or_escalated 2026-06-08
    Ben | 1950-01 male   | shielding_codes 2026-06-01, shielding_contacted_or_escalated 2026-06-09
    Cho | 1950-01 female | shielding_codes 2026-06-01
    Dot | 1950-01 female | shielding_codes 2026-06-28
    Ed  | 1950-01 male   | shielding_codes 2024-01-01, shielding_contacted_or_escalated 2024-01-03
    Flo | 1950-01 female | shielding_codes 2025-01-01, shielding_ended_codes 2026-01-01
    Guy | 1950-01 male   | shielding_codes 2024-01-01, shielding_contact_declined 2026-02-01
    Hui | 1950-01 female | shielding_codes 2024-01-01, shielding_contact_declined 2025-02-01
    Ian | 1950-01 male   | shielding_codes 2024-01-01, shielding_need_recorded 2026-02-01, shielding_need_met 2026-02-09
    Joy | 1950-01 female | shielding_codes 2024-01-01, shielding_need_recorded 2026-02-01, shielding_need_met 2025-02-09
    Ken | 1950-01 male   | shielding_codes 2024-01-01, shielding_need_recorded 2025-02-01, shielding_need_met 2026-02-09
    Liv | 1950-01 female | shielding_codes 2024-01-01, shielding_no_need_recorded 2026-02-01
    Mo  | 1950-01 male   | shielding_codes 2024-01-01, shielding_no_need_recorded 2025-02-01
    Nan | 1950-01 female | shielding_codes 2026-05-01, shielding_contacted_or_escalated 2026-05-03, dies 2026-06-01
    Oz  | 1950-01 male   |
    Pat | 1950-01 female | shielding_codes 2025-01-01, shielding_ended_codes 2025-06-01, shielding_need_recorded 2026-02-01
    Quy | 1950-01 male   | shielding_codes 2024-06-01, shielding_codes 2026-06-01, shielding_contacted_or_escalated 2026-06-02
"""  # noqa: E501


@pytest.fixture(scope="module")
def june() -> Answers:
    return answer(PROGRAMME, PEOPLE)


@pytest.mark.requirement("S090")
def test_everyone_put_on_the_list_is_reached_or_handed_on_within_seven_days(june: Answers) -> None:
    """Ben was reached on the eighth day and Cho never; Dot was listed two days ago; Quy has been listed for years."""
    assert june.counted("shielded_reached_in_seven_days") == "Amy"
    assert june.missed("shielded_reached_in_seven_days") == "Ben Cho Dot"


@pytest.mark.requirement("S090")
def test_whoever_was_not_reached_is_listed_to_their_practice_unless_they_declined_lately(june: Answers) -> None:
    assert june.called("shielded_not_reached") == "Cho Dot Ed Hui Ian Joy Ken Liv Mo"
    assert june.excluded("shielded_not_reached") == "Guy"


@pytest.mark.requirement("S090")
def test_needs_are_asked_about_and_met(june: Answers) -> None:
    """Joy's need of this year is not met by what was done a year before; Ken's need is older than a year."""
    assert june.counted("shielded_needs_asked") == "Ian Joy Liv"
    assert june.counted("shielded_needs_met") == "Ian"
    assert june.missed("shielded_needs_met") == "Joy"


def test_whose_risk_is_lower_now_is_on_the_list_no_more(june: Answers) -> None:
    assert june.counted("shielded_reached") == "Amy Ben Quy"
    assert "Flo" not in june.missed("shielded_reached")
