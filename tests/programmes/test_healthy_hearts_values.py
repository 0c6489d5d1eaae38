"""Healthy Hearts: the wait for an anticoagulant and mean blood pressure, in June 2026."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from builders.asked import code_lists
from builders.invented_people import TO_JUNE_2026, _tables, programmes
from builders.warehouse import write_shard
from placewise.floor.timeline.events import read_events
from placewise.floor.timeline.kernel import Answers
from placewise.measures.entries import build_entries
from placewise.programme import get_registers

PEOPLE = """
    Ann | 1960-01 female | af_codes 2026-05-01, anticoagulants 2026-06-10 to 2026-07-07
    Bob | 1960-01 male   | af_codes 2026-06-03, anticoagulants 2026-06-03 to 2026-06-30
    Cat | 1960-01 female | af_codes 2020-01-01, anticoagulants 2020-03-01 to 2020-03-28, af_codes 2026-05-01, anticoagulants 2026-06-10 to 2026-07-07
    Dan | 1960-01 male   | af_codes 2024-06-01, anticoagulants 2026-06-02 to 2026-06-30
    Eve | 1960-01 female | af_codes 2026-05-01
    Fay | 1940-01 female | af_codes 2026-05-01, anticoagulants 2026-06-10 to 2026-07-07, dies 2026-06-20
    Gil | 1960-01 male   | hypertension_codes 2015-01-01, systolic 2026-05-01 141
    Hal | 1960-01 male   | hypertension_codes 2015-01-01, systolic 2026-05-01 151, systolic 2026-06-01 1510
    Ida | 1960-01 female | hypertension_codes 2015-01-01, systolic 2025-06-30 120
    Jan | 1960-01 male   | hypertension_codes 2015-01-01, home_systolic 2026-05-01 135
    Kai | 1960-01 male   | systolic 2026-05-01 190
"""  # noqa: E501


def values(measure: str) -> list[float]:
    """The values of June 2026, in order."""
    hearts = programmes()["healthy_hearts"]
    _, tables = _tables(PEOPLE)
    with TemporaryDirectory() as folder:
        events = read_events(write_shard(Path(folder), code_lists(), **tables), hearts.code_lists, code_lists())
    answers = Answers(events, TO_JUNE_2026, get_registers([hearts]))
    built = build_entries({measure: hearts.unit_measures[measure].asked}, answers)[measure]
    (entries,) = (each for each in built if each.value is not None)
    assert entries.value is not None
    in_june = (entries.word & TO_JUNE_2026.last_bit) != 0
    return sorted((entries.value[in_june] / 100).tolist())


def test_the_wait_is_from_the_first_diagnosis_to_the_first_medicine_after_it() -> None:
    """Ann 40 days, Bob 0, Fay 40 although she died in June; Cat's was in 2020, Dan's is lost, Eve still waits."""
    assert values("days_to_anticoagulant") == [0, 40, 40]


def test_the_mean_is_of_the_last_plausible_reading_at_a_clinic_in_12_months() -> None:
    """Gil and Hal (1510 is a slip); Ida was measured too long ago, Jan at home, and Kai has no high blood pressure."""
    assert values("systolic_mean") == [141, 151]
    assert np.mean(values("systolic_mean")) == 146
