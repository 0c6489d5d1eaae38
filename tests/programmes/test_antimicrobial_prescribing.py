"""Antimicrobial prescribing: items, not people; broad-spectrum items in all items; no call list."""

import pytest

from builders.asked import code_lists
from builders.invented_people import Answers, answer, programmes

PROGRAMME = "antimicrobial_prescribing"
PEOPLE = """
    Ada | 1950-01 female | antibacterials 2026-06-10
    Ben | 1950-01 male   | antibacterials 2026-06-10, antibacterials 2026-06-10
    Cai | 1950-01 male   | antibacterials 2026-06-10, antibacterials 2026-06-20
    Dot | 1950-01 female | broad_spectrum_antibacterials 2026-06-10
    Eve | 1950-01 female | broad_spectrum_antibacterials 2026-06-10, antibacterials 2026-06-10
    Fay | 1950-01 female | antibacterials 2026-05-31
    Gus | 2016-07 male   | antibacterials 2026-06-10
    Hal | 2016-06 male   | antibacterials 2026-06-10
    Ivy | 2020-01 female |
    Jon | 1950-01 male   | antibacterials 2026-06-10, dies 2026-06-20
    Kay | 1950-01 female | antibacterials 2026-06-10, joins 2026-07-01
    Lou | 1950-01 male   | anticoagulants 2026-06-10
"""


@pytest.fixture(scope="module")
def june() -> Answers:
    return answer(PROGRAMME, PEOPLE)


def test_each_item_counts_two_of_one_day_too(june: Answers) -> None:
    """Fay's was in May, Kay came later; Jon's counts, though he died in the month."""
    assert june.counted("antibacterial_items") == "Ada Ben Ben Cai Cai Dot Eve Eve Gus Hal Jon"
    assert june.divided_by("antibacterial_items") == "Ada Ben Cai Dot Eve Fay Gus Hal Ivy Lou"


def test_broad_spectrum_items_are_of_all_items(june: Answers) -> None:
    assert june.counted("broad_spectrum_items") == "Dot Eve"
    assert june.divided_by("broad_spectrum_items") == "Ada Ben Ben Cai Cai Dot Eve Eve Gus Hal Jon"


def test_items_of_children_are_of_children_under_10(june: Answers) -> None:
    """Hal turned 10 in June."""
    assert june.counted("antibacterial_items_under_10") == "Gus"
    assert june.divided_by("antibacterial_items_under_10") == "Gus Ivy"


def test_the_broad_are_among_all_so_that_no_share_passes_one() -> None:
    broad, every = (code_lists()[name].concept_ids for name in ("broad_spectrum_antibacterials", "antibacterials"))
    assert set(broad) < set(every)


def test_items_for_weighted_people_are_left_to_published_prescribing_and_nobody_is_called() -> None:
    programme = programmes()[PROGRAMME]
    assert not programme.call_lists
    assert "STAR-PU" in programme.published["antibiotic_items"].title
    assert {each.asked.weights for each in programme.unit_measures.values()} == {None}
