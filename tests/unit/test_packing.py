"""A shard's sums packed and added up elsewhere are the same sums."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from placewise.floor.timeline.count import take_changes
from placewise.measures.packing import add_to, iter_packed, pack

COUNTS = st.integers(0, 2**31) | st.integers(0, 130)
SHARDS = st.lists(arrays(np.int64, (2, 3, 1, 5), elements=COUNTS), min_size=1, max_size=4)


@settings(deadline=None)
@given(SHARDS)
def test_packed_sums_add_up_to_the_sums(shards: list[np.ndarray]) -> None:
    total = [np.zeros((2, 3, 1, 5), np.int64), np.zeros((1, 5), np.int64)]
    for shard in reversed(shards):
        packed = pack([take_changes(shard.copy()), take_changes(shard[0, 0].copy())])
        for sums, counted in zip(total, iter_packed(packed), strict=True):
            add_to(sums, counted)
    assert np.array_equal(total[0], sum(shards))
    assert np.array_equal(total[1], sum(shard[0, 0] for shard in shards))


def test_counts_that_seldom_change_take_little_room() -> None:
    """A hundred practices over five years, in which ten counts change: a few bytes for each change."""
    changed = np.zeros((100, 60), np.int64)
    changed[np.arange(10), np.arange(10) * 5] = [90, -90] * 5
    [packed] = pack([take_changes(changed)]).to_pylist()
    assert len(packed["gaps"]) + len(packed["changes"]) < 200
