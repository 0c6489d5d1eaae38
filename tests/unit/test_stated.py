"""Counts that somebody stated are held against each other by what they say, and by nothing else."""

from pathlib import Path
from typing import Any

import pytest

from builders.stated_claims import build_claims
from placewise.floor.faults import FaultsFound
from placewise.publishing.stated import StatedCount, find_disputes, find_stated


def stated(count: int, since: str | None, until: str, **changed: Any) -> StatedCount:
    told = {"title": "People added", "measure": "some_added", "source": "Somebody, 2021", "says": "so many"}
    return StatedCount(count=count, since=since, until=until, **(told | changed))


@pytest.mark.requirement("S083")
@pytest.mark.parametrize(
    ("why", "other", "in_dispute"),
    [
        ("it overlaps, is longer and smaller", stated(10000, "2019-01", "2021-04"), True),
        ("it overlaps and is longer, but larger", stated(17000, "2019-01", "2021-04"), False),
        ("it is as large, and so nothing was added since", stated(16000, "2019-01", "2021-04"), True),
        ("it is shorter, so it may well be smaller", stated(10000, "2019-01", "2020-01"), False),
        ("it begins when the other is over", stated(10000, "2020-04", "2023-04"), False),
        ("it counts something else", stated(10000, "2019-01", "2021-04", measure="other_added"), False),
        ("neither says when it began, and it ends later", stated(10000, None, "2021-04"), True),
        ("neither says when it began, and it ends earlier", stated(10000, None, "2019-04"), False),
    ],
)
def test_a_count_that_is_no_larger_over_a_longer_overlapping_period_is_in_dispute(
    why: str, other: StatedCount, in_dispute: bool
) -> None:
    """16,000 until March 2020, from when nobody says, and another count."""
    first = stated(16000, None, "2020-03", about=True)
    for pair in ((first, other), (other, first)):
        disputes = find_disputes(pair)
        assert [(each.shorter, each.longer) for each in disputes] == ([(first, other)] if in_dispute else []), why


def test_periods_with_both_ends_are_compared_by_their_months() -> None:
    year, two_years = stated(500, "2019-04", "2020-03"), stated(400, "2018-04", "2020-03")
    assert [(each.shorter, each.longer) for each in find_disputes([two_years, year])] == [(year, two_years)]


@pytest.mark.requirement("S083")
def test_the_partnerships_two_statements_are_held_as_disputed(root: Path) -> None:
    rows = find_stated(root / "deployments" / "west_yorkshire", ["hypertension_added"])
    (dispute,) = find_disputes(StatedCount(**row) for row in rows)
    assert (dispute.shorter.count, dispute.longer.count) == (16000, 10000)
    assert len(rows) == 2, "both are held"


def test_a_deployment_that_states_nothing_has_nothing_in_dispute(root: Path) -> None:
    assert find_stated(root / "deployments" / "sandbox", []) == []


def test_a_count_of_a_measure_that_nobody_has_is_refused(tmp_path: Path) -> None:
    build_claims(tmp_path, "x 5 people measurand=m cumulative=yes period_to=2020-03 measure=aded")
    with pytest.raises(FaultsFound, match="x: no programme of this system has the measure aded") as found:
        find_stated(tmp_path, ["added"])
    assert "added" in str(found.value)


def test_a_claim_that_counts_up_to_no_day_cannot_stand_beside_a_measure(tmp_path: Path) -> None:
    build_claims(tmp_path, "x 5 people measurand=m measure=added")
    with pytest.raises(FaultsFound, match="x is no count up to a day"):
        find_stated(tmp_path, ["added"])


def test_where_it_was_stated_is_told_with_the_documents_title_and_day(tmp_path: Path) -> None:
    build_claims(tmp_path, "x 5 people measurand=m cumulative=yes period_to=2020-03 measure=added document=Z")
    (tmp_path / "documents.csv").write_text(
        "document,title,publisher,dated,published\nZ,Annual report,Somebody,2020-06-01,yes\n", encoding="utf-8"
    )
    (row,) = find_stated(tmp_path, ["added"])
    assert row["source"] == "Somebody, Annual report, 1 June 2020 (News)"
