"""OMOP GiBleed counted by a public engine, duckcdm (OHDSI's Circe cohorts as DuckDB SQL), as Placewise counts it."""

from pathlib import Path

import pytest
from bench.public_tool import WINDOW, count_with_duckcdm, count_with_placewise

MONTHS = 3


@pytest.mark.realdata
def test_a_circe_cohort_a_month_counts_what_one_pass_of_ours_counts(realdata: Path) -> None:
    """People who ever had osteoarthritis, and those of them whose temperature was taken within 365 days."""
    source = str(realdata / "synthetic/eunomia_gibleed_omop53")
    ours, theirs = count_with_placewise(source), count_with_duckcdm(source, MONTHS)
    assert len(ours["had"]) == WINDOW.months
    assert ours["had"][-MONTHS:] == theirs["had"]
    assert ours["measured"][-MONTHS:] == theirs["measured"]
    assert theirs["had"][0] > theirs["measured"][0] > 0
