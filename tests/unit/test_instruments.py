"""Which version of an agreement applied on a day between whom: one answer, or a sentence that says why not."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placewise_site.governance.rules.instruments import NoOneAnswer, Version, find_doubled, find_versions, get_version

LAST_DAY = date(2022, 6, 30)
MEMORANDUM = Version(
    instrument="agreement",
    slug="memorandum",
    name="Memorandum",
    parties=frozenset({"A", "B", "LEFT"}),
    in_force_from=date(2018, 4, 1),
    in_force_to=LAST_DAY,
)
CONSTITUTION = Version(
    instrument="agreement",
    slug="constitution",
    name="Constitution",
    parties=frozenset({"A", "B"}),
    in_force_from=LAST_DAY + timedelta(days=1),
)
BOTH = [MEMORANDUM, CONSTITUTION]


@pytest.mark.requirement("S053")
@pytest.mark.parametrize(("on", "applied"), [(LAST_DAY, MEMORANDUM), (LAST_DAY + timedelta(days=1), CONSTITUTION)])
def test_each_day_has_one_version_also_where_one_follows_the_other(on, applied):
    assert get_version(BOTH, "agreement", {"A"}, on) == applied


def test_who_has_left_is_bound_by_the_old_version_alone():
    assert get_version(BOTH, "agreement", {"A", "LEFT"}, LAST_DAY) == MEMORANDUM
    with pytest.raises(NoOneAnswer, match="no version of agreement was in force on 2022-07-01 between LEFT"):
        get_version(BOTH, "agreement", {"LEFT"}, LAST_DAY + timedelta(days=1))


def test_two_versions_that_claim_one_day_are_both_named():
    early = Version(
        instrument="agreement",
        slug="early",
        name="Begun too early",
        parties=frozenset({"A"}),
        in_force_from=LAST_DAY,
    )
    with pytest.raises(NoOneAnswer, match=r"early and memorandum were both in force on 2022-06-30 between A; end"):
        get_version([*BOTH, early], "agreement", {"A"}, LAST_DAY)
    assert (MEMORANDUM, early) in find_doubled([*BOTH, early])


def test_versions_between_other_parties_stand_side_by_side():
    elsewhere = Version(
        instrument="agreement",
        slug="elsewhere",
        name="Between others",
        parties=frozenset({"C", "D"}),
        in_force_from=date(2018, 4, 1),
    )
    assert find_doubled([*BOTH, elsewhere]) == []
    assert get_version([*BOTH, elsewhere], "agreement", {"C"}, LAST_DAY) == elsewhere


days = st.integers(0, 60).map(lambda ago: date(2020, 1, 1) + timedelta(days=ago))


@st.composite
def versions(draw):
    number = draw(st.integers(1, 5))
    made = []
    for index in range(number):
        first, last = sorted((draw(days), draw(days)))
        made.append(
            Version(
                instrument="agreement",
                slug=f"v{index}",
                name=f"v{index}",
                parties=frozenset(draw(st.sets(st.sampled_from("ABC"), min_size=1))),
                in_force_from=first,
                in_force_to=draw(st.sampled_from([last, None])),
            )
        )
    return made


@given(made=versions(), party=st.sampled_from("ABC"), on=days)
def test_without_doubled_versions_no_day_has_two_answers(made, party, on):
    if not find_doubled(made):
        assert len(find_versions(made, "agreement", {party}, on)) <= 1
