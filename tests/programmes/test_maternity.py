"""Maternity: the share of few births, with exact limits, told for the whole system alone."""

from datetime import UTC, datetime

import numpy as np
import pytest
from scipy.stats import beta

from builders.asked import code_lists
from builders.invented_people import programmes
from builders.release import PRACTICES, build_hierarchy
from placewise.floor.timeline.window import Window
from placewise.floor.vocabulary.organisations import PRACTICE
from placewise.floor.vocabulary.residence import SMALL_AREA
from placewise.measures.cube import PEOPLE, SplitCounts, open_cube, write_cube
from placewise.measures.periods import BEHIND, BEHIND_MISSED
from placewise.programme_cards import build_cards
from placewise.publishing.build import build_release
from placewise.publishing.contract import HIDDEN, NO_DATA
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.release import Release, open_release

GIVEN = "magnesium_sulphate_given"


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Each month five births in the first practice, three of them with magnesium sulphate; elsewhere none."""
    store, window = tmp_path_factory.mktemp("maternity"), Window(2024, 4, 24)
    reported = np.ones((len(PRACTICES), window.months), bool)

    def first(number: int) -> np.ndarray:
        counts = np.zeros((len(PRACTICES), 1, window.months), np.int64)
        counts[0] = number
        return counts

    births = SplitCounts(("all",), first(5), first(3), reported, {BEHIND: first(36), BEHIND_MISSED: first(24)})
    lists = np.full((len(PRACTICES), 1, window.months), 7_000)
    folder = store / "builds" / "b" / "cube"
    folder.mkdir(parents=True)
    write_cube(
        folder,
        window=window,
        units={PRACTICE: PRACTICES, SMALL_AREA: ()},
        counts={PRACTICE: {PEOPLE: {"all": SplitCounts(("all",), lists, lists, reported)}, GIVEN: {"all": births}}},
        hierarchy=build_hierarchy(),
        editions={},
        statistics={GIVEN: "proportion"},
    )
    cards = [card for card in build_cards([programmes()["preterm_births"]], code_lists()) if card.measure == GIVEN]
    return open_release(
        build_release(
            store,
            deployment="haven",
            mode="synthetic",
            build="b",
            made_at=datetime(2026, 4, 20, 6, 30, tzinfo=UTC),
            hierarchy=build_hierarchy(),
            rule=DisclosureRule(),
            cube=open_cube(folder),
            cards=cards,
        )
    )


@pytest.mark.requirement("S121")
def test_the_share_has_an_exact_interval(release: Release) -> None:
    """Of 60 births in 12 months 36: Clopper and Pearson's limits, from the rounded counts."""
    (row,) = release.at_month(GIVEN, "system", "2026-03").to_pylist()
    assert (row["numerator"], row["denominator"], row["value"]) == (35, 60, pytest.approx(35 / 60))
    assert row["lower"] == pytest.approx(beta.ppf(0.025, 35, 26))
    assert row["upper"] == pytest.approx(beta.ppf(0.975, 36, 25))


@pytest.mark.requirement("S121")
def test_it_is_told_for_the_whole_system_alone(release: Release) -> None:
    """The part of the neonatal network that the records hold: nothing is told of places, networks or practices."""
    for level in ("place", "network", "practice"):
        assert {row["state"] for row in release.at_month(GIVEN, level, "2026-03").to_pylist()} <= {HIDDEN, NO_DATA}
