"""A shard's sums packed and added up elsewhere are the same sums."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from placewise.measures.packing import (
    add_changes_to,
    iter_packed,
    pack_changes,
    pack_sums,
    take_changes,
    to_table,
    unpack_sums,
)

COUNTS = st.integers(-(2**62), 2**62) | st.integers(-130, 130) | st.just(0)
SHARDS = st.lists(arrays(np.int64, (2, 3, 1, 5), elements=COUNTS), min_size=1, max_size=4)


@settings(deadline=None)
@given(SHARDS)
def test_packed_sums_add_up_to_the_sums(shards: list[np.ndarray]) -> None:
    total = [np.zeros((2, 3, 1, 5), np.int64), np.zeros((1, 5), np.int64)]
    for shard in reversed(shards):
        packed = to_table([take_changes(shard.copy()), take_changes(shard[0, 0].copy())])
        for sums, counted in zip(total, iter_packed(packed), strict=True):
            add_changes_to(sums, counted)
    assert np.array_equal(total[0], sum(shards))
    assert np.array_equal(total[1], sum(shard[0, 0] for shard in shards))


@settings(deadline=None)
@given(st.dictionaries(st.integers(0, 2**62), COUNTS))
def test_packed_positions_and_changes_come_out_as_they_went_in(changes: dict[int, int]) -> None:
    positions = sorted(changes)
    found, change = unpack_sums(
        pack_sums(np.array(positions, np.int64), np.array([changes[each] for each in positions], np.int64))
    )
    assert dict(zip(found.tolist(), change.tolist(), strict=True)) == changes


def test_what_is_taken_is_gone() -> None:
    changed = np.array([[0, 7, -3]], np.int32)
    take_changes(changed)
    assert not changed.any()


def test_counts_that_seldom_change_take_little_room() -> None:
    """A hundred practices over five years, in which ten counts change: a few bytes for each change."""
    changed = np.zeros((100, 60), np.int64)
    changed[np.arange(10), np.arange(10) * 5] = [90, -90] * 5
    assert len(take_changes(changed)) < 50


def test_what_is_packed_to_be_kept_stays() -> None:
    changed = np.array([[0, 7, -3]], np.int32)
    packed = pack_changes(changed)
    assert changed.tolist() == [[0, 7, -3]]
    assert packed == take_changes(changed)
