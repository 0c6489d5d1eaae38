"""Only new months are rounded, and whatever is over goes where it costs least, however much it is."""

from datetime import date
from itertools import product

import numpy as np
import pyarrow as pa

from builders.release_texts import build_card
from placewise.publishing.contract import HIDDEN, SHOWN
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.rounding import flows
from placewise.publishing.rounding.tables import RoundedTables, round_tables
from placewise.publishing.tables import COUNTED_MEASURE, COUNTED_POPULATION

AREAS = {
    "WHOLE": {"level": "system", "reported": True, "parent": ""},
    "NORTH": {"level": "place", "reported": True, "parent": "WHOLE"},
    "SOUTH": {"level": "place", "reported": True, "parent": "WHOLE"},
}
COUNTS = {"WHOLE": (63.0, 141.0), "NORTH": (31.0, 68.0), "SOUTH": (32.0, 73.0)}
BEFORE, NEW = "2026-02", "2026-03"
STEP, FAR = 5, 1 << 30


def round_from(*months: str) -> RoundedTables:
    """The same counts in two months, rounded in those asked for."""
    rows = [
        {
            "level": AREAS[area]["level"], "area": area, "split": "all", "group": "all", "month": day,
            "numerator": met, "denominator": of, "state": SHOWN,
        }
        for area, (met, of) in COUNTS.items()
        for day in (date(2026, 2, 28), date(2026, 3, 31))
    ]  # fmt: skip
    counted = pa.Table.from_pylist(rows, COUNTED_MEASURE)
    cards = [build_card("measure", "A measure", "a programme")]
    people = COUNTED_POPULATION.empty_table()
    return round_tables({"measure": [counted]}, people, cards, AREAS, months, DisclosureRule(), outside=False)


def test_a_month_that_is_not_rounded_shows_nothing() -> None:
    """Its counts are exact, so a figure that were not taken from an earlier release would be hidden."""
    both, new = (round_from(*months).measures["measure"][0].to_pylist() for months in ((BEFORE, NEW), (NEW,)))
    for together, alone in zip(both, new, strict=True):
        if alone["month"] < date(2026, 3, 1):
            assert alone["state"] == HIDDEN
            assert [alone[name] for name in ("numerator", "denominator", "value", "lower", "upper")] == [None] * 5
        else:
            assert alone == together, "and the others as if all were rounded"
            assert alone["state"] == SHOWN


def solve(need: int, aims: list[float], weights: list[float], ranges: list[tuple[int, int]]) -> list[int]:
    """The parts of one sum of `need` steps."""
    parts = len(aims)
    flow = np.zeros((1, parts), np.int64)
    low, high = np.array(ranges, np.int64).T.reshape(2, 1, 1, parts)
    flows.solve(
        np.ones(parts, np.int32), np.zeros(parts, np.int32),
        np.array([0, parts, 2 * parts], np.int32), np.tile(np.arange(parts, dtype=np.int32), 2),
        np.array([[0, need]]), STEP, np.array([aims]), np.array([weights]),
        np.ascontiguousarray(low), np.ascontiguousarray(high), np.full((1, 1, parts), 100.0),
        np.full((1, parts), FAR), flow,
    )  # fmt: skip
    return flow[0].tolist()


def get_cost(steps: tuple[int, ...], aims: list[float], weights: list[float], ranges: list[tuple[int, int]]) -> float:
    apart = (weight * abs(STEP * each - aim) for each, aim, weight in zip(steps, aims, weights, strict=True))
    beyond = (max(low - each, each - high, 0) for each, (low, high) in zip(steps, ranges, strict=True))
    return sum(apart) + 100 * sum(beyond)


def test_no_other_parts_of_a_sum_cost_less() -> None:
    draw = np.random.default_rng(7)
    for _ in range(60):
        need = int(draw.integers(0, 13))
        aims, weights = draw.integers(0, 40, 3).astype(float).tolist(), draw.choice([0.0, 0.1, 1.0, 2.0], 3).tolist()
        ranges = [(low, low + int(draw.integers(0, 3))) for low in draw.integers(0, 6, 3).tolist()]
        found = solve(need, aims, weights, ranges)
        assert sum(found) == need
        least = min(
            get_cost(each, aims, weights, ranges) for each in product(range(need + 1), repeat=3) if sum(each) == need
        )
        assert abs(get_cost(tuple(found), aims, weights, ranges) - least) < 1e-6


def test_a_count_that_nobody_knows_takes_whatever_is_over() -> None:
    """Hundreds of thousands of steps are as quick as one."""
    assert solve(400_000, [61.0, 0.0, 33.0], [1.0, 0.0, 1.0], [(12, 13), (0, FAR), (6, 7)]) == [12, 399_981, 7]
