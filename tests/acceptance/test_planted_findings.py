"""What was planted in the demonstration is among the findings of its build, which say no more than they may."""

import json
import re
from dataclasses import fields

import pytest

from builders.command_line import build_once, succeed_here
from builders.demonstration import Demonstration, build_demonstration
from placewise.definitions import read_definitions
from placewise.floor.vocabulary.organisations import PRACTICE
from placewise.gaps.contract import Finding, Kind, Side, Verdict
from placewise.gaps.counted import Counted, iter_counted
from placewise.gaps.definition import Judged, find_judged
from placewise.gaps.inequality import find_gaps
from placewise.gaps.kept import read_findings
from placewise.measures.residence import Homes


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    return Demonstration(build_once(tmp_path_factory, "demonstration", build_demonstration))


@pytest.fixture(scope="session")
def judged(demo: Demonstration) -> tuple[Judged, ...]:
    return find_judged(read_definitions(demo.deployment).measures, demo.cube.measures)


@pytest.fixture(scope="session")
def findings(demo: Demonstration) -> tuple[Finding, ...]:
    """Those that its build keeps."""
    found = read_findings(demo.build)
    assert found
    return found


def find(findings: tuple[Finding, ...], kind: Kind, measure: str, area: str) -> list[Finding]:
    return [each for each in findings if (each.kind, each.measure, each.area) == (kind, measure, area)]


@pytest.fixture(scope="session")
def top(demo: Demonstration) -> str:
    return demo.deployment.hierarchy.top.code


@pytest.fixture(scope="session")
def of_the_system(demo: Demonstration, judged: tuple[Judged, ...]) -> Counted:
    shares = [each for each in judged if each.of_people]
    return next(iter_counted(demo.cube, shares, demo.deployment.hierarchy, Homes.of(demo.cube, None)))


def test_the_treatment_gap_is_found_with_its_direction_and_interval(
    demo: Demonstration, judged: tuple[Judged, ...], findings: tuple[Finding, ...], of_the_system: Counted, top: str
) -> None:
    (found,) = find(findings, Kind.INEQUALITY, "af_anticoagulated", top)
    assert found.word == Side.WORSE
    gaps = find_gaps(of_the_system.good_by_fifth, of_the_system.people_by_fifth)
    row = [each.measure for each in judged].index("af_anticoagulated")
    lower, upper = (float(limit[row, 0]) for limit in (gaps.gap.lower, gaps.gap.upper))
    least, most = demo.planted["treatment_gap"]["expected"]["difference"]
    assert 0 < lower < upper
    assert lower < most
    assert upper > least


def test_the_outlying_practice_is_found_and_no_other_but_the_one_that_measures_less(
    demo: Demonstration, findings: tuple[Finding, ...]
) -> None:
    planted = {demo.planted[each]["where"]["practice"] for each in ("outlying_practice", "falling_measurement")}
    worse = {
        each.area
        for each in findings
        if (each.kind, each.measure, each.word) == (Kind.OUTLIER, "blood_pressure_controlled", Side.WORSE)
        and each.level == PRACTICE  # their patients' neighbourhoods may stand out with them
    }
    assert worse == planted


@pytest.mark.requirement("S084")
def test_falling_measurement_is_found_and_no_change_of_control_is_known(
    demo: Demonstration, findings: tuple[Finding, ...]
) -> None:
    practice = demo.planted["falling_measurement"]["where"]["practice"]
    found = [each for each in findings if each.kind == Kind.FALLING and each.level == PRACTICE]
    measures = ("blood_pressure_controlled", "systolic_mean")
    assert [(each.measure, each.area) for each in found] == [(measure, practice) for measure in measures]
    for measure in measures:
        (change,) = find(findings, Kind.CHANGE, measure, practice)
        assert change.word == Verdict.NOT_YET_KNOWN
    (measured,) = find(findings, Kind.CHANGE, "blood_pressure_recorded", practice)
    assert measured.word == Verdict.DETERIORATED


def test_the_group_that_truly_improved_is_the_fastest_and_has_sustained_it(
    demo: Demonstration, findings: tuple[Finding, ...]
) -> None:
    truth = demo.planted["true_improvement"]
    group = truth["where"]["network"]
    fastest = [each for each in findings if each.kind == Kind.FASTEST and each.measure == truth["measure"]]
    assert [each.area for each in fastest if each.level == "network"] == [group]
    (change,) = find(findings, Kind.CHANGE, truth["measure"], group)
    assert change.word == Verdict.SUSTAINED


def test_nothing_is_found_of_a_measure_in_which_nothing_is_planted(findings: tuple[Finding, ...]) -> None:
    found = [each for each in findings if each.measure == "af_score_recorded" and each.word != Verdict.NOT_YET_KNOWN]
    assert found == []


def test_findings_are_words_alone_and_every_area_that_reported_has_one_verdict(
    findings: tuple[Finding, ...], judged: tuple[Judged, ...]
) -> None:
    assert not any(re.search(r"\d", each.told) for each in findings)
    assert all(each.is_for_its_practice_alone == (each.level == PRACTICE) for each in findings)
    of_system = [each for each in findings if each.kind == Kind.CHANGE and each.level == "system"]
    assert {each.measure for each in of_system} == {each.measure for each in judged}
    assert len(of_system) == len(judged)


def test_the_command_line_tells_them_by_measure_the_system_first(demo: Demonstration) -> None:
    told = succeed_here("findings", "--store", demo.store, folder=demo.store.parent)
    (section,) = (each for each in told.split("\n\n") if "(af_anticoagulated)" in each)
    assert section.splitlines()[1].lstrip().startswith("system ")
    assert "inequality gap, worse" in section
    rows = json.loads(succeed_here("findings", "--store", demo.store, "--json", folder=demo.store.parent))
    assert {*rows[0]} == {each.name for each in fields(Finding)}
