"""Somebody with several gaps is seen once: who comes first, and what nobody can tell from a reference."""

import pyarrow as pa

from placewise.plans.lists.every_contact import build_every_contact
from placewise.plans.lists.recorded import NEVER
from placewise.plans.lists.references import build_references

HEARTS, PRESSURE = "hearts", "pressure"


def ranked(*rows: tuple[int, int, int, str | None, int]) -> pa.Table:
    """practice, person, rank, left out because, day of the latest review."""
    names = ("practice", "person_id", "rank", "excluded", "reviewed")
    types = (pa.int32(), pa.int64(), pa.int32(), pa.string(), pa.int32())
    return pa.table(
        {
            name: pa.array(list(each), kind)
            for name, each, kind in zip(names, zip(*rows, strict=True), types, strict=True)
        }
    )


def people(*lists: pa.Table) -> list[tuple[int, int, int, list[str]]]:
    rows = build_every_contact(dict(zip((HEARTS, PRESSURE), lists, strict=False))).to_pylist()
    return [(each["practice"], each["rank"], each["person_id"], [gap["list"] for gap in each["gaps"]]) for each in rows]


def test_somebody_on_two_lists_is_there_once_and_first():
    hearts = ranked((0, 11, 1, None, 100), (0, 12, 2, None, 50))
    pressure = ranked((0, 12, 1, None, 70))
    assert people(hearts, pressure) == [(0, 1, 12, [HEARTS, PRESSURE]), (0, 2, 11, [HEARTS])]


def test_of_equal_gaps_the_longest_time_since_a_review_comes_first_and_never_is_longest():
    hearts = ranked((0, 1, 1, None, 300), (0, 2, 2, None, 100), (0, 3, 3, None, NEVER))
    assert [person for _, _, person, _ in people(hearts)] == [3, 2, 1]


def test_whoever_no_list_calls_comes_last_and_the_reason_stays():
    hearts = ranked((0, 1, 1, None, 300), (0, 2, 2, "End of life: recorded 2 Feb 2026", 100))
    assert [person for _, _, person, _ in people(hearts)] == [1, 2]
    [_, last] = build_every_contact({HEARTS: hearts}).to_pylist()
    assert last["gaps"][0]["excluded"] == "End of life: recorded 2 Feb 2026"


def test_each_practice_has_ranks_of_its_own():
    assert people(ranked((0, 1, 1, None, 5), (1, 2, 1, None, 5))) == [(0, 1, 1, [HEARTS]), (1, 1, 2, [HEARTS])]


def test_lists_with_nobody_on_them_are_no_trouble():
    assert people(ranked((0, 1, 1, None, 5)).slice(0, 0)) == []


def test_a_reference_is_the_same_in_every_build_and_another_at_every_practice_and_under_every_key():
    here = build_references(b"a key", "A01", [10_000_001, 10_000_002])
    assert here == build_references(b"a key", "A01", [10_000_001, 10_000_002])
    assert len(set(here)) == 2
    assert not set(here) & set(build_references(b"a key", "A02", [10_000_001, 10_000_002]))
    assert not set(here) & set(build_references(b"another", "A01", [10_000_001, 10_000_002]))
    assert all(len(each) == 16 and each.isalnum() and not each.isdigit() for each in here)
