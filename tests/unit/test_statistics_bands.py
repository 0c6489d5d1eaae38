"""Bands of age are joined by name, and the standard population is whole."""

import numpy as np
import pytest

from placewise.floor.statistics.age_bands import LIFE_TABLE_TO_85, LIFE_TABLE_TO_90, arrange_bands, read_band
from placewise.floor.statistics.standard_population import get_european_standard_population

NINETEEN = ("0-4", *LIFE_TABLE_TO_90[2:])


def test_a_band_is_read_by_its_name() -> None:
    assert [read_band(name) for name in ("0", "1-4", "05-09", "90+")] == [(0, 1), (1, 5), (5, 10), (90, np.inf)]


@pytest.mark.parametrize("name", ["", "old", "9-5", "90-"])
def test_a_name_that_is_no_band_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="band of age"):
        read_band(name)


def test_the_standard_of_100_000_in_nineteen_and_twenty_bands_and_to_85() -> None:
    """Eurostat, 2013: 5,000 under 5, of whom 1,000 under 1; 7,000 in each band from 35 to 54; 2,500 from 85."""
    for bands in (NINETEEN, LIFE_TABLE_TO_90, LIFE_TABLE_TO_85):
        assert get_european_standard_population(bands).sum() == 100_000
    assert get_european_standard_population(NINETEEN)[[0, 7, 8, 9, 10, 18]].tolist() == [5000, *[7000] * 4, 1000]
    assert get_european_standard_population(LIFE_TABLE_TO_90)[:2].tolist() == [1000, 4000]
    assert get_european_standard_population(LIFE_TABLE_TO_85)[-1] == 2500


def test_the_standard_is_joined_by_name_whatever_the_order() -> None:
    turned = NINETEEN[::-1]
    np.testing.assert_array_equal(
        get_european_standard_population(turned), get_european_standard_population(NINETEEN)[::-1]
    )


@pytest.mark.parametrize(
    ("bands", "fault"),
    [(NINETEEN[:-1], "leave ages out"), (("0-4", *LIFE_TABLE_TO_90), "overlap"), (("0-2", "3-4"), "`0-2`")],
)
def test_bands_that_are_not_the_standards_are_refused(bands: tuple[str, ...], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        get_european_standard_population(bands)


def test_columns_are_put_in_the_declared_order() -> None:
    assert arrange_bands([[1, 2, 3]], ["5+", "00", "01-04"], ["0", "1-4", "5+"]).tolist() == [[2, 3, 1]]


def test_a_missing_and_an_unknown_band_are_named() -> None:
    with pytest.raises(ValueError, match="1-4 is missing, 2-3 is not expected"):
        arrange_bands([[1, 2, 3]], ["0", "2-3", "5+"], ["0", "1-4", "5+"])
    with pytest.raises(ValueError, match="0 is not expected"):
        arrange_bands([[1, 2]], ["0", "0"], ["0"])
