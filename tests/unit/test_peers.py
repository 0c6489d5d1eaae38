"""Peers of practices and networks: planted look-alikes find each other, and what is hidden decides nothing."""

import numpy as np
import pytest

from placewise.floor.vocabulary.organisations import Hierarchy, Organisation
from placewise.floor.vocabulary.people import AGE_BANDS
from placewise.measures.contract import ALL
from placewise.measures.cube import Counts, SplitCounts
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.peers import MOST_PEERS, build_peers
from placewise.publishing.tables import build_population

RULE = DisclosureRule()
PLAIN = np.array([20, 10, 25, 25, 14, 6])
"""Out of 100 people, by age band."""
STUDENTS, RETIRED = np.array([5, 60, 20, 10, 4, 1]), np.array([8, 2, 10, 25, 35, 20])
KINDS = {"P01": PLAIN, "P02": STUDENTS, "P03": RETIRED, "P04": STUDENTS, "P05": PLAIN, "P06": RETIRED}
PRACTICES = (*KINDS, *(f"P{number:02}" for number in range(7, 15)))
"""The first six are planted in pairs; the others are as plain as the first, and of other sizes."""


def build_system() -> Hierarchy:
    rows = [("S", "system", ""), ("N1", "network", "S"), ("N2", "network", "S"), ("N3", "network", "S")]
    rows += [(code, "practice", f"N{place % 3 + 1}") for place, code in enumerate(PRACTICES)]
    return Hierarchy(
        ("system", "network", "practice"),
        {
            code: Organisation(
                code=code, name=code, kind=level, level=level, parent=parent,
                open_from=None, open_to=None, synthetic=True, source="invented",
            )
            for code, level, parent in rows
        },
    )  # fmt: skip


def build_people(**changed: np.ndarray) -> Counts:
    """One month; each practice's people by age. changed: those of a practice, instead of the planted ones."""
    planted = [
        changed.get(code, KINDS.get(code, PLAIN) * (80 if code in KINDS else 20 + 5 * place))
        for place, code in enumerate(PRACTICES)
    ]
    by_age = np.array(planted, dtype=np.int64)[:, :, None]
    reported = np.ones((len(PRACTICES), 1), dtype=bool)
    everyone = by_age.sum(axis=1, keepdims=True)
    return {
        ALL: SplitCounts((ALL,), everyone, everyone, reported),
        "age_band": SplitCounts(AGE_BANDS, by_age, by_age, reported),
    }


def find_peers(people: Counts) -> dict[str, list[str]]:
    hierarchy = build_system()
    population = build_population(people, PRACTICES, hierarchy, RULE)
    peers: dict[str, list[str]] = {}
    for row in build_peers(population, people, PRACTICES, hierarchy, RULE).sort_by("rank").to_pylist():
        peers.setdefault(row["area"], []).append(row["peer"])
    return peers


@pytest.fixture(scope="module")
def peers() -> dict[str, list[str]]:
    return find_peers(build_people())


@pytest.mark.parametrize(("practice", "twin"), [("P01", "P05"), ("P02", "P04"), ("P03", "P06")])
def test_planted_look_alikes_are_each_others_first(peers: dict[str, list[str]], practice: str, twin: str) -> None:
    assert peers[practice][0] == twin
    assert peers[twin][0] == practice


def test_a_practice_has_ten_peers_and_is_none_of_its_own(peers: dict[str, list[str]]) -> None:
    assert {code: len(peers[code]) for code in PRACTICES} == dict.fromkeys(PRACTICES, MOST_PEERS)
    assert all(code not in found and len(set(found)) == len(found) for code, found in peers.items())


def test_peers_are_of_the_same_level_and_the_whole_has_none(peers: dict[str, list[str]]) -> None:
    assert sorted(peers["N1"]) == ["N2", "N3"]
    assert "S" not in peers


@pytest.mark.parametrize("hidden", range(1, 8))
def test_a_count_of_one_to_seven_changes_nobodys_peers(hidden: int) -> None:
    """The same everybody, and in one band 1 to 7: all of them are hidden alike, so none is told by who is alike."""
    among = PLAIN * 80

    def with_few(few: int) -> np.ndarray:
        moved = among.copy()
        moved[5], moved[2] = few, among[2] + 4 - few
        return moved

    told = find_peers(build_people(P01=with_few(4)))
    again = find_peers(build_people(P01=with_few(hidden)))
    assert {code: found for code, found in told.items() if code.startswith("P")} == {
        code: found for code, found in again.items() if code.startswith("P")
    }


def test_a_practice_that_reported_nobody_is_nobodys_peer() -> None:
    found = find_peers(build_people(P07=np.zeros(6, dtype=np.int64)))
    assert "P07" not in found
    assert all("P07" not in each for each in found.values())
