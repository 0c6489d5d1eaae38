"""A shard's sums packed and added up elsewhere are the same sums."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from placewise.measures.packing import add_packed, pack

COUNTS = st.integers(0, 2**31) | st.integers(0, 130)
SHARDS = st.lists(arrays(np.int64, (2, 3, 1, 5), elements=COUNTS), min_size=1, max_size=4)


@given(SHARDS)
def test_packed_sums_add_up_to_the_sums(shards: list[np.ndarray]) -> None:
    total = [np.zeros((2, 3, 1, 5), np.int64), np.zeros((1, 5), np.int64)]
    for shard in reversed(shards):
        add_packed(pack([shard, shard[0, 0]]), total)
    assert np.array_equal(total[0], sum(shards))
    assert np.array_equal(total[1], sum(shard[0, 0] for shard in shards))


def test_counts_that_hardly_change_take_a_byte_each() -> None:
    many = np.full((100, 60), 5_000, np.int64)
    many[:, 0] = 90
    few = np.minimum(many, 90)
    assert len(pack([few])["changes"][0].as_py()) == 100 * 60
    assert pack([np.zeros((100, 60), np.int64)])["changes"][0].as_py() is None
