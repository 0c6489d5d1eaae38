"""What the benchmark asks: the demonstration's deployment with the programmes and code lists of benchmarks/."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pyarrow as pa

from placewise.config import Deployment, data_folder, find_demonstration, read_deployment
from placewise.definitions import Definitions
from placewise.floor.timeline.window import Window
from placewise.floor.vocabulary.code_lists import CodeList, read_code_lists
from placewise.intake.omop.sorting import sort_rows
from placewise.programme import read_programmes

FOLDER = Path(__file__).resolve().parents[2] / "benchmarks"
COMPARE_BY = ("age_band", "sex", "ethnicity", "deprivation_fifth")


@cache
def read_benchmark_code_lists() -> Mapping[str, CodeList]:
    """Those we ship, and those of the benchmark."""
    return {**read_code_lists(data_folder("codelists")), **read_code_lists(FOLDER / "codelists")}


@cache
def read_benchmark_definitions() -> Definitions:
    """The whole suite."""
    code_lists = read_benchmark_code_lists()
    return Definitions(code_lists, read_programmes(FOLDER, code_lists))


FORTY = ("heart_and_circulation", "order_and_change", "other_units", "prevention", "use_of_care")
"""The programmes of the suite that together use every primitive and unit of the language: the goal of the suite is set
for forty measures and more."""


@cache
def read_forty() -> Definitions:
    """The part of the suite that its goal is set for: 48 measures."""
    whole = read_benchmark_definitions()
    return Definitions(whole.code_lists, tuple(each for each in whole.programmes if each.slug in FORTY))


def count_measures(definitions: Definitions) -> int:
    return sum(len(each.measures) + len(each.unit_measures) for each in definitions.programmes)


@cache
def read_one_measure() -> Definitions:
    """The one measure that every peer counts too."""
    code_lists = read_benchmark_code_lists()
    return Definitions(code_lists, read_programmes(FOLDER / "one_measure", code_lists))


@cache
def read_benchmark_deployment(months: int = 60) -> Deployment:
    """Every breakdown; the last `months` months of the demonstration's window."""
    deployment = read_deployment(find_demonstration())
    return replace(deployment, compare_by=COMPARE_BY, window=last_months(deployment.window, months))


def last_months(window: Window, months: int) -> Window:
    year, month = divmod(window.first_month + window.months - months, 12)
    return Window(1970 + year, month + 1, months)


def read_all() -> None:
    """Read what is asked before a clock starts, so that the peers are not timed on our YAML, nor is the engine, and
    have Numba imported as every library is."""
    read_benchmark_definitions()
    read_one_measure()
    for months in (1, 36, 60):
        read_benchmark_deployment(months)
    sort_rows(pa.table({"day": [1, 0]}), ["day"], ["day"])
