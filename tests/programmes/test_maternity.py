"""Maternity: magnesium sulphate before births under 30 weeks, and why it was not given; shares with exact limits."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from scipy.stats import beta

from builders.asked import code_lists
from builders.invented_people import TO_JUNE_2026, _tables, programmes
from builders.release import PRACTICES, build_hierarchy
from builders.warehouse import write_shard
from placewise.floor.timeline.events import read_events
from placewise.floor.timeline.kernel import Answers
from placewise.floor.timeline.window import Window
from placewise.floor.vocabulary.organisations import PRACTICE
from placewise.floor.vocabulary.residence import SMALL_AREA
from placewise.measures.cube import PEOPLE, SplitCounts, open_cube, write_cube
from placewise.measures.entries import DENOMINATOR, NUMERATOR, build_entries, get_parts
from placewise.measures.periods import BEHIND, BEHIND_MISSED
from placewise.programme import get_registers
from placewise.programme_cards import build_cards
from placewise.publishing.build import build_release
from placewise.publishing.contract import HIDDEN, NO_DATA
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.release import Release, open_release

GIVEN, FOR_A_REASON = "magnesium_sulphate_given", "magnesium_sulphate_not_given_for_a_reason"
MOTHERS = """
    Ann  | 1995-01 female | pregnancy_codes 2025-12-01, magnesium_sulphate 2026-06-09, birth_under_30_weeks 2026-06-10
    Bea  | 1995-01 female | pregnancy_codes 2025-12-01, magnesium_sulphate 2026-06-10, birth_under_30_weeks 2026-06-10
    Cat  | 1995-01 female | pregnancy_codes 2025-12-01, birth_under_30_weeks 2026-06-10, magnesium_sulphate 2026-06-11
    Dee  | 1995-01 female | pregnancy_codes 2025-12-01, magnesium_sulphate_not_given 2026-06-10, birth_under_30_weeks 2026-06-10
    Eve  | 1995-01 female | pregnancy_codes 2025-12-01, magnesium_sulphate 2025-11-20, birth_under_30_weeks 2026-06-10
    Fay  | 1995-01 female | pregnancy_codes 2025-12-01, magnesium_sulphate 2026-06-10, pregnancy_ended_codes 2026-06-10
    Gus  | 1995-01 female | pregnancy_codes 2025-12-01, birth_under_30_weeks 2026-05-31, magnesium_sulphate 2026-05-31
"""  # noqa: E501


def ask(measure: str, part: str) -> int:
    """A part of the measure's count for the births of June 2026."""
    maternity = programmes()["preterm_births"]
    _, tables = _tables(MOTHERS)
    with TemporaryDirectory() as folder:
        events = read_events(write_shard(Path(folder), code_lists(), **tables), maternity.code_lists, code_lists())
    asked = maternity.unit_measures[measure].asked
    built = build_entries({measure: asked}, Answers(events, TO_JUNE_2026, get_registers([maternity])))[measure]
    place = get_parts(asked).index(part)
    return sum(int(each.amounts[(each.word & TO_JUNE_2026.last_bit) != 0, place].sum()) for each in built)


@pytest.mark.requirement("S121")
def test_births_under_30_weeks_those_given_and_those_with_a_reason_why_not() -> None:
    """Ann and Bea were given it; Cat after the birth and Eve before she was pregnant; Fay's birth was not so early, and
    Gus's was in May."""
    assert (ask(GIVEN, DENOMINATOR), ask(GIVEN, NUMERATOR)) == (5, 2)
    assert (ask(FOR_A_REASON, DENOMINATOR), ask(FOR_A_REASON, NUMERATOR)) == (3, 1), (
        "Cat, Dee and Eve; of Dee it is told"
    )


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
