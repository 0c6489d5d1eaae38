"""A verdict on counts that a release hides or rounds leaves only where it is the same however they are read."""

from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from builders.release import build_hierarchy
from placewise.gaps.ambitions.build import NOT_SAID, judge_target
from placewise.gaps.ambitions.contract import Scale, TargetCard, Verdict
from placewise.gaps.ambitions.definition import Target
from placewise.gaps.ambitions.reading import Reading
from placewise.publishing.ambitions import get_readers
from placewise.publishing.definition import DisclosureRule

PROMISE = {
    "says": "deaths halved by 2023", "value": -0.5, "unit": "change", "due": date(2023, 12, 31), "measure": "deaths",
    "baseline": {"period": "2019"}, "verdict": {"rule": "change"},
}  # fmt: skip


def judge(*deaths: int, official: bool = False) -> TargetCard:
    """Deaths among 50,000 births a year, from 2019 on."""
    number = np.array([deaths], np.float64)
    reading = Reading(
        name="deaths", title="Deaths", kind="rate", better="lower", scale=Scale(per=1000), groups=("all",),
        periods=tuple(str(2019 + year) for year in range(len(deaths))), number=number, of=np.full_like(number, 50_000),
    )  # fmt: skip

    def released(_measure: str) -> pa.Table | None:
        return None

    read = get_readers(
        {"deaths": reading}, {"deaths": official}, None, (), build_hierarchy(), DisclosureRule(), released
    )
    return judge_target(Target.model_validate(PROMISE), read, date(2024, 6, 1))


@pytest.mark.requirement("S085")
@pytest.mark.parametrize("few", range(1, 8))
def test_a_hidden_count_has_the_verdict_of_every_small_count_or_none(few: int) -> None:
    told = judge(30, 25, 20, 12, few)
    same = judge(30, 25, 20, 12, 4)
    assert (told.verdict, told.told, told.points) == (same.verdict, same.told, same.points)


def test_a_verdict_that_no_reading_changes_is_told() -> None:
    assert judge(900, 800, 600, 300, 100).verdict == Verdict.MET
    assert judge(900, 800, 900, 900, 890).verdict == Verdict.MISSED


def test_where_a_publisher_has_told_the_counts_the_verdict_is_theirs() -> None:
    few, fewer = judge(40, 25, 20, 12, 7, official=True), judge(40, 25, 20, 12, 1, official=True)
    assert NOT_SAID not in few.told and NOT_SAID not in fewer.told
    assert fewer.verdict == Verdict.MET
