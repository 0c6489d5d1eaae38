"""A register's growth beside its list's: a register that grows as its list does has found nobody."""

from pathlib import Path

import numpy as np
import pytest

from builders.release import LIST_SIZES, WINDOW, build_planted_release
from builders.release_texts import CARD_KNOWN, KNOWN_AND_EXPECTED
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.growth import Growth, find_growth
from placewise.publishing.release import Release


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return build_planted_release(tmp_path_factory.mktemp("store"), **KNOWN_AND_EXPECTED)


def test_a_register_that_grows_as_its_list_does_has_not_grown_net_of_it(release: Release) -> None:
    """The planted list grows by 12 parts of 1,200 a year, and a steady share of it is known."""
    growth = find_growth(release, "carers_known", "HVS")
    assert growth is not None
    months = np.array([WINDOW.months - 13, WINDOW.months - 1])
    planted = np.rint(LIST_SIZES[:, None] * (1 + months / 1200)).sum(axis=0)
    assert growth.registered == pytest.approx(planted, abs=2.5)
    assert growth.month == "2025-03"
    assert growth.of_list == pytest.approx(planted[1] / planted[0] - 1, abs=0.0002)
    assert growth.net == pytest.approx(0, abs=0.004)


def test_growth_is_net_of_list_growth() -> None:
    growth = Growth(month="2025-03", known=(1000, 1100), registered=(10000, 10500))
    assert growth.of_register == pytest.approx(0.10)
    assert growth.of_list == pytest.approx(0.05)
    assert growth.net == pytest.approx(1.10 / 1.05 - 1)


def test_nothing_is_said_where_a_count_is_hidden(tmp_path: Path) -> None:
    strict = build_planted_release(tmp_path, rule=DisclosureRule(suppress_below=2000), **KNOWN_AND_EXPECTED)
    assert find_growth(strict, "carers_known", "NW2") is None


def test_only_a_measure_that_counts_a_register_among_everyone_grows(release: Release) -> None:
    assert CARD_KNOWN.register == "unpaid_carers"
    assert find_growth(release, "carers_reviewed", "HVS") is None
