"""A published 0 is a missing month where the unit's other months make 0 unbelievable, and a 0 where they do not."""

import numpy as np

from placewise.floor.statistics.unreported import find_unreported


def test_a_hospital_that_did_not_report_for_two_years_is_found_month_by_month() -> None:
    counts = np.full((2, 59), 6000)
    counts[0, :26] = 0
    found = find_unreported(counts, np.full((2, 59), 22_000))
    assert np.flatnonzero(found[0]).tolist() == list(range(26))
    assert not found[1].any()


def test_a_rare_event_has_true_zeros() -> None:
    rng = np.random.default_rng(2)
    exposure = np.full((300, 36), 5000)
    assert not find_unreported(rng.poisson(1.5, exposure.shape), exposure).any()


def test_a_month_without_activity_is_not_a_missing_count_and_a_silent_unit_is_not_known() -> None:
    counts, exposure = np.array([[500, 0, 500], [0, 0, 0]]), np.array([[900, 0, 900], [900, 900, 900]])
    assert not find_unreported(counts, exposure).any()
