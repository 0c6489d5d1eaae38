"""Children and young people: obesity at two ages, of those measured, and access to mental health care."""

import pytest

from builders.invented_people import Answers, answer, programmes

PROGRAMME = "childrens_health"
PEOPLE = """
    Ada | 2021-06 female | child_body_mass_index_centile 2026-02-10 95
    Ben | 2021-06 male   | child_body_mass_index_centile 2026-02-10 94
    Cai | 2021-06 male   | child_body_mass_index_centile 2025-06-10 98
    Dot | 2020-06 female | child_body_mass_index_centile 2026-02-10 98
    Eve | 2022-06 female |
    Fay | 2022-07 female | child_body_mass_index_centile 2026-02-10 98
    Gus | 2015-06 male   | child_body_mass_index_centile 2026-02-10 97
    Hal | 2014-07 male   | child_body_mass_index_centile 2026-02-10 50
    Ivy | 2014-06 female | child_body_mass_index_centile 2026-02-10 97
    Jon | 2016-07 male   | child_body_mass_index_centile 2026-02-10 97
    Rob | 2014-08 male   | child_body_mass_index_centile 2025-04-10 97
    Kay | 2010-01 female | children_mental_health_referral 2026-05-10, children_mental_health_contact 2026-06-07
    Lou | 2010-01 male   | children_mental_health_referral 2026-05-10, children_mental_health_contact 2026-06-08
    Max | 2010-01 male   | children_mental_health_referral 2026-05-10
    Nia | 2010-01 female | children_mental_health_contact 2025-06-10
    Oda | 2008-06 female | children_mental_health_referral 2026-05-10, children_mental_health_contact 2026-06-01
    Pam | 2010-01 female | children_mental_health_referral 2022-06-10, children_mental_health_contact 2026-06-10
    Quy | 2010-01 male   | children_mental_health_contact 2026-06-10
"""


@pytest.fixture(scope="module")
def june() -> Answers:
    return answer(PROGRAMME, PEOPLE)


def test_measured_are_those_of_four_ages_in_the_last_12_months(june: Answers) -> None:
    assert june.counted("children_measured") == "Ada Ben Gus Hal"
    assert june.missed("children_measured") == "Cai Eve Rob"


def test_obesity_is_the_95th_centile_of_those_measured(june: Answers) -> None:
    """Dot turned 6 and Ivy 12 in June; Jon and Fay are a month too young."""
    assert (june.counted("obesity_in_reception"), june.missed("obesity_in_reception")) == ("Ada", "Ben")
    assert (june.counted("obesity_in_year_6"), june.missed("obesity_in_year_6")) == ("Gus", "Hal")
    measures = programmes()[PROGRAMME].measures
    assert {measures[f"obesity_in_{year}"].completeness for year in ("reception", "year_6")} == {"children_measured"}


def test_one_contact_in_12_months_is_access(june: Answers) -> None:
    """Oda is 18, and Nia was seen over a year ago."""
    assert june.counted("children_mental_health_access") == "Kay Lou Pam Quy"
    assert "Oda" in june.not_asked("children_mental_health_access")


def test_within_4_weeks_is_28_days_from_referral(june: Answers) -> None:
    """Max waits still, Pam's referral was lost from sight after two years, and Quy's was never recorded."""
    assert june.counted("children_mental_health_seen_in_4_weeks") == "Kay"
    assert june.missed("children_mental_health_seen_in_4_weeks") == "Lou"
