"""Random exact counts through the real release: whatever is shown is right, safe, and says no more than it may."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from builders.release import PRACTICES, build_hierarchy
from builders.release_texts import build_card
from placewise.floor.timeline.window import Window
from placewise.measures.contract import ALL
from placewise.measures.cube import PEOPLE, SplitCounts, write_cube
from placewise.publishing.build import build_release
from placewise.publishing.definition import DisclosureRule

WINDOW = Window(2025, 1, 2)
GROUPS = ("a", "b", "not_recorded")
SHAPE = (len(PRACTICES), len(GROUPS), WINDOW.months)
COUNTS = arrays.arrays(np.int64, SHAPE, elements=st.integers(0, 30))
REPORTED = arrays.arrays(np.bool_, (len(PRACTICES), WINDOW.months))
RULES = st.builds(DisclosureRule, st.integers(8, 12), st.sampled_from([5, 10, 20]))


@settings(max_examples=30, deadline=None)
@given(met=COUNTS, missed=COUNTS, reported=REPORTED, rule=RULES, sensitive=st.booleans())
def test_every_released_cell_is_safe_and_follows_from_the_exact_sum(
    met: np.ndarray, missed: np.ndarray, reported: np.ndarray, rule: DisclosureRule, sensitive: bool
) -> None:
    there = reported[:, None, :]
    numerator, denominator = met * there, (met + missed) * there
    rows = release(numerator, denominator, reported, rule, sensitive)
    hierarchy = build_hierarchy()
    seen = 0
    for row in rows:
        inside = [place for place, code in enumerate(PRACTICES) if hierarchy.chains[code][row["level"]] == row["area"]]
        groups = slice(None) if row["split"] == ALL else [GROUPS.index(row["group"])]
        month = [end.isoformat() for end in WINDOW.month_ends].index(row["month"].isoformat())
        exact = [int(counts[inside][:, groups, month].sum()) for counts in (numerator, denominator)]
        x, n = exact
        numbers = [row[name] for name in ("numerator", "denominator", "value", "lower", "upper")]
        if not reported[inside, month].any():
            assert row["state"] == "no_data" and numbers == [None] * 5
        elif any(1 <= count < rule.suppress_below for count in (x, n, n - x)) or (sensitive and n and x in (0, n)):
            assert row["state"] == "hidden" and numbers == [None] * 5
        elif row["state"] == "hidden":  # for the sake of another cell
            assert numbers == [None] * 5
        else:
            assert row["state"] == "shown"
            for count, shown in zip(exact, numbers, strict=False):
                assert shown % rule.round_to == 0 and abs(shown - count) <= rule.round_to and bool(shown) == bool(count)
            assert row["value"] == (numbers[0] / numbers[1] if n else None)
        seen += 1
    areas = {row["area"] for row in rows}
    practices = sum(area in PRACTICES for area in areas)
    assert seen == WINDOW.months * len(areas) + len(GROUPS) * (len(areas) - practices), "by group in the last month"


def release(
    numerator: np.ndarray, denominator: np.ndarray, reported: np.ndarray, rule: DisclosureRule, sensitive: bool
) -> list[dict]:
    def counts(x: np.ndarray, n: np.ndarray) -> dict[str, SplitCounts]:
        return {
            ALL: SplitCounts((ALL,), n.sum(axis=1, keepdims=True), x.sum(axis=1, keepdims=True), reported),
            "ethnicity": SplitCounts(GROUPS, n, x, reported),
        }

    with TemporaryDirectory() as folder:
        cube = write_cube(
            Path(folder),
            window=WINDOW,
            units={"practice": PRACTICES},
            counts={"practice": {PEOPLE: counts(denominator, denominator), "measure": counts(numerator, denominator)}},
            hierarchy=build_hierarchy(),
            editions={"deprivation": "2025", "geography": "2021"},
        )
        made = build_release(
            Path(folder) / "store",
            deployment="haven",
            mode="synthetic",
            build="random",
            made_at=datetime(2026, 1, 1, tzinfo=UTC),
            hierarchy=build_hierarchy(),
            rule=rule,
            cube=cube,
            cards=(build_card("measure", "A measure", "a programme", sensitive=sensitive),),
        )
        return pq.read_table(made / "measures" / "measure.parquet").to_pylist()
