"""How alike areas are: planted twins are nearest, traits weigh the same, what is the same everywhere tells nothing."""

import numpy as np
import pytest

from placewise.floor.statistics.likeness import find_nearest, get_distances

OLD, YOUNG = [0.1, 0.3, 0.6], [0.6, 0.3, 0.1]
AGES = np.array([OLD, YOUNG, OLD, YOUNG, [0.3, 0.4, 0.3]])
SIZE = np.array([[9.0], [9.0], [9.1], [7.0], [8.0]])


def test_an_area_is_no_distance_from_itself_and_as_far_from_another_as_that_from_it() -> None:
    distances = get_distances([AGES, SIZE])
    assert np.allclose(np.diag(distances), 0)
    assert np.allclose(distances, distances.T)


def test_it_is_the_formula_worked_out_by_hand() -> None:
    standard = [(each - each.mean(axis=0)) / each.std(axis=0) for each in (AGES, SIZE)]
    expected = np.sqrt(np.mean([((each[0] - each[3]) ** 2).mean() for each in standard]))
    assert get_distances([AGES, SIZE])[0, 3] == pytest.approx(expected)


def test_planted_twins_are_nearest_each_other() -> None:
    nearest = find_nearest(get_distances([AGES, SIZE]), 2)
    assert nearest[0, 0] == 2
    assert nearest[2, 0] == 0


def test_a_trait_weighs_the_same_however_many_variables_tell_it() -> None:
    told_once, told_thrice = SIZE, np.repeat(SIZE, 3, axis=1)
    assert np.allclose(get_distances([AGES, told_once]), get_distances([AGES, told_thrice]))


def test_what_is_the_same_everywhere_or_not_known_tells_nothing() -> None:
    same = np.column_stack([SIZE, np.full(5, 3.0)])
    assert np.isfinite(get_distances([same])).all()
    unknown = AGES.copy()
    unknown[4] = np.nan
    assert np.isfinite(get_distances([unknown, SIZE])).all()


def test_there_are_no_more_peers_than_others() -> None:
    assert find_nearest(get_distances([SIZE]), 10).shape == (5, 4)


@pytest.mark.parametrize("traits", [[], [np.zeros((3, 0))], [np.zeros(3)]])
def test_traits_that_are_none_are_refused(traits: list) -> None:
    with pytest.raises(ValueError, match="trait"):
        get_distances(traits)
