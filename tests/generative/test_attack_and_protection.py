"""Random people in a small system: an attacker is never wrong, and after protection knows no small number."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from builders.released_tables import Counts, NaiveRule, rule_of, show
from placewise.publishing.attack.bounds import find_narrowed, find_recovered, get_rows
from placewise.publishing.attack.build import work_out
from placewise.publishing.contract import HIDDEN
from placewise.publishing.disclosure import STATES
from placewise.publishing.protection.build import protect

PARENTS = {"WHOLE": "", "NORTH": "WHOLE", "SOUTH": "WHOLE", "N1": "NORTH", "N2": "NORTH", "S1": "SOUTH", "S2": "SOUTH"}
PRACTICES = ("N1", "N2", "S1", "S2")
SEXES, AGES = ("female", "male"), ("young", "middle", "old")
SHAPE = (len(PRACTICES), len(SEXES), len(AGES))
PEOPLE = st.one_of(*(arrays.arrays(np.int64, SHAPE, elements=st.integers(0, most)) for most in (4, 12, 60)))
RULES = st.sampled_from([NaiveRule(), NaiveRule(8, 5), NaiveRule(10, 10)])


def count(met: np.ndarray, missed: np.ndarray) -> Counts:
    """Practices in all; every area above them by sex and by age too."""
    cells = {}
    for area in PARENTS:
        inside = [at for at, code in enumerate(PRACTICES) if area in (code, PARENTS[code], "WHOLE")]
        both = met[inside].sum(axis=0), (met + missed)[inside].sum(axis=0)
        cells[area, "all", "all"] = tuple(int(each.sum()) for each in both)
        if area not in PRACTICES:
            for at, sex in enumerate(SEXES):
                cells[area, "sex", sex] = tuple(int(each[at].sum()) for each in both)
            for at, age in enumerate(AGES):
                cells[area, "age_band", age] = tuple(int(each[:, at].sum()) for each in both)
    return cells


@settings(max_examples=150, deadline=None)
@given(met=PEOPLE, missed=PEOPLE, rule=RULES, sensitive=st.booleans())
def test_what_is_true_is_never_ruled_out(met: np.ndarray, missed: np.ndarray, rule: NaiveRule, sensitive: bool) -> None:
    counts = count(met, missed)
    view = show(counts, PARENTS, rule, sensitive=sensitive)
    lower, upper = work_out(view, rule_of(rule), primary_only=True)
    truth = np.zeros_like(lower)
    for table in view.tables:
        numerator, denominator = np.array([counts[cell] for cell in view.cells]).T
        for rows, true in zip(get_rows(view, table), (numerator, denominator - numerator, denominator), strict=True):
            if rows is not None and table.name != "people":
                truth[rows, 0] = true
                assert (lower[rows, 0] <= true).all() and (true <= upper[rows, 0]).all()


@settings(max_examples=150, deadline=None)
@given(met=PEOPLE, missed=PEOPLE, rule=RULES, sensitive=st.booleans())
def test_after_protection_a_hidden_count_may_be_any_small_number(
    met: np.ndarray, missed: np.ndarray, rule: NaiveRule, sensitive: bool
) -> None:
    before = show(count(met, missed), PARENTS, rule, sensitive=sensitive)
    done = protect(before, rule_of(rule))
    lower, upper = work_out(done.view, rule_of(rule), primary_only=False)
    narrowed = recovered = 0
    for table, was in zip(done.view.tables, before.tables, strict=True):
        hidden = table.state == STATES.index(HIDDEN)
        assert hidden[was.state == STATES.index(HIDDEN)].all(), "what was hidden stays hidden"
        for rows in get_rows(done.view, table):
            if rows is not None:
                bounds = lower[rows], upper[rows], hidden, rule_of(rule)
                narrowed += find_narrowed(*bounds, sensitive=sensitive).sum()
                recovered += find_recovered(*bounds).sum()
    assert (narrowed, recovered, done.in_doubt) == (0, 0, ())
