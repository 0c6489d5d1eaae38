"""Engine and peers of the benchmark count the same in a small invented load: only then is their time worth telling."""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from bench.equality import hash_counts, take_last
from bench.hypertension import count_with_the_engine
from bench.parts.peers import PEERS
from bench.warehouse import invent_warehouse, open_invented

from placewise.intake.checks import check_warehouse

PEOPLE, MONTHS, FEWER = 3_000, 12, 5


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("benchmark") / "store"
    invent_warehouse(str(store), PEOPLE, seed=1)
    return store


@pytest.fixture(scope="module")
def counted(store: Path) -> pa.Table:
    return count_with_the_engine(str(store), MONTHS)


def test_the_invented_load_is_one_that_intake_would_pass(store: Path) -> None:
    assert all(check.passed for check in check_warehouse(open_invented(store)))


def test_some_are_controlled_and_some_are_not(counted: pa.Table) -> None:
    eligible, controlled = (sum(counted[part].to_pylist()) for part in ("denominator", "numerator"))
    assert 0.1 * eligible < controlled < 0.9 * eligible


@pytest.mark.parametrize("count", PEERS.values(), ids=list(PEERS))
def test_a_peer_counts_what_the_engine_counts(
    store: Path, counted: pa.Table, count: Callable[[str, int], pa.Table]
) -> None:
    assert hash_counts(count(str(store), FEWER)) == hash_counts(take_last(counted, FEWER, MONTHS))
