"""What was planted in the demonstration is found in its exact cube, and nothing is found where nothing was planted.

The records went through the door (without the people who opted out), intake and build. The cube is held against the
ranges of the records' own manifest, and against counts in plain SQL made apart from the engine, cell by cell.
"""

from collections.abc import Callable

import pytest

from builders.command_line import build_once
from builders.demonstration import Demonstration, build_demonstration
from builders.direct_counts import CARER_ROUTES, DirectCounts
from placewise.floor.vocabulary.people import ETHNIC_CATEGORY_GROUP
from placewise.publishing.case_finding import get_expectations, get_unprotected
from placewise.publishing.growth import find_growth

YEAR = 12
BEFORE_THE_IMPROVEMENT = 24
"""Months: the checks of two financial years were improved."""


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    return Demonstration(build_once(tmp_path_factory, "demonstration", build_demonstration))


def within(value: float, limits: list[float]) -> bool:
    return limits[0] <= value <= limits[1]


def test_fewer_are_treated_where_people_are_poorer(demo: Demonstration) -> None:
    expected = demo.planted["treatment_gap"]["expected"]
    poorest = demo.share("af_anticoagulated", split="deprivation_fifth", groups=("1",))
    richest = demo.share("af_anticoagulated", split="deprivation_fifth", groups=("5",))
    assert within(poorest, expected["low"])
    assert within(richest, expected["high"])
    assert within(richest - poorest, expected["difference"])
    assert richest - poorest > 0.06


def test_one_practice_lies_apart_from_all_others(demo: Demonstration) -> None:
    truth = demo.planted["outlying_practice"]
    outlier, falling = truth["where"]["practice"], demo.planted["falling_measurement"]["where"]["practice"]
    others = tuple(each for each in demo.cube.units() if each not in (outlier, falling))
    at_the_outlier = demo.share("blood_pressure_controlled", practices=(outlier,))
    assert within(at_the_outlier, truth["expected"]["practice"])
    assert within(demo.share("blood_pressure_controlled", practices=others), truth["expected"]["others"])
    reporting = [each for each in others if demo.count("people", practices=(each,))[1]]
    assert all(demo.share("blood_pressure_controlled", practices=(each,)) > at_the_outlier for each in reporting)


@pytest.mark.requirement("S084")
def test_falling_measurement_does_not_read_as_better_control(demo: Demonstration) -> None:
    truth = demo.planted["falling_measurement"]
    practice, expected = truth["where"]["practice"], truth["expected"]
    at = {"practices": (practice,)}
    for back, suffix in ((0, ""), (YEAR, "_year_before")):
        controlled, people = demo.count("blood_pressure_controlled", back, **at)
        measured, _ = demo.count("blood_pressure_recorded", back, **at)
        assert within(measured / people, expected[f"recorded{suffix}"])
        assert within(controlled / people, expected[f"controlled{suffix}"])
        assert within(controlled / measured, expected[f"controlled_of_recorded{suffix}"])
    assert expected["controlled_of_recorded"][0] > expected["controlled_of_recorded_year_before"][1], "seemingly better"

    def shown(measure: str, back: int) -> float:
        (value,) = demo.release.trend(measure, practice).slice(59 - back, 1)["value"].to_pylist()
        return value

    assert shown("blood_pressure_recorded", 0) < shown("blood_pressure_recorded", YEAR) - 0.2
    assert shown("blood_pressure_controlled", 0) < shown("blood_pressure_controlled", YEAR) - 0.05, "and not better"


def test_one_network_truly_improved_and_the_others_did_not(demo: Demonstration) -> None:
    truth = demo.planted["true_improvement"]
    expected, chains = truth["expected"], demo.deployment.hierarchy.chains
    group = tuple(each for each in demo.cube.units() if chains[each]["network"] == truth["where"]["network"])
    others = tuple(each for each in demo.cube.units() if each not in group)
    for back, suffix in ((0, ""), (BEFORE_THE_IMPROVEMENT, "_before")):
        for name, practices in (("group", group), ("others", others)):
            share = demo.share("learning_disability_check_done", back, practices=practices)
            assert within(share, expected[f"{name}{suffix}"]), (name, suffix)
    assert expected["group"][0] > expected["group_before"][1]


def test_nothing_is_found_where_nothing_was_planted(demo: Demonstration) -> None:
    expected = demo.planted["none"]["expected"]
    women, men = (demo.share("af_score_recorded", split="sex", groups=(sex,)) for sex in ("female", "male"))
    assert within(women, expected["female"])
    assert within(men, expected["male"])
    assert abs(women - men) < 0.03


@pytest.mark.requirement("S006")
def test_a_carer_found_twice_counts_once(demo: Demonstration) -> None:
    found = demo.count("carers_found")[0]
    by_route = [demo.count(f"carers_{route.removeprefix('carer_')}")[0] for route in CARER_ROUTES]
    assert sum(by_route) == found
    directly = demo.counted_directly()
    times = " union all ".join(f"select person_id from {directly.ever(route)}" for route in CARER_ROUTES)
    [(people, twice)] = directly.rows(
        f"""select count(*), count(*) filter (times > 1) from (
                select person_id, count(*) as times from ({times}) join registered using (person_id)
                where person_id in {directly.carers()} group by 1)"""
    )
    assert people == found
    assert within(twice / people, demo.planted["found_twice"]["expected"]["share_found_twice"])
    assert demo.count("carers_found")[1] == demo.count("carers_known")[0], "a share of the known, never of the expected"


Direct = Callable[[DirectCounts, str], list[tuple]]
MEASURES: dict[str, Direct] = {
    "people": lambda counts, group: counts.rows(f"select {group}, count(*), count(*) from registered group by all"),
    "af_anticoagulated": DirectCounts.anticoagulated,
    "af_score_recorded": DirectCounts.scored,
    "blood_pressure_controlled": DirectCounts.controlled,
    "learning_disability_check_done": DirectCounts.checked,
    "carers_offered_support": DirectCounts.supported,
}
SPLITS = {
    "all": "'all'",
    "sex": "if(sex = 8532, 'female', 'male')",
    "deprivation_fifth": "coalesce(((decile + 1) // 2)::varchar, 'not_recorded')",
    "ethnicity": "case "
    + " ".join(f"when ethnicity = '{code}' then '{group}'" for code, group in ETHNIC_CATEGORY_GROUP.items())
    + " else 'not_recorded' end",
}


@pytest.mark.parametrize("back", [0, 13, 23, 40, 59])
def test_every_cell_of_the_cube_is_what_sql_counts(demo: Demonstration, back: int) -> None:
    """Six measures, in each practice and group, at five months."""
    directly = demo.counted_directly(back)
    for measure, count in MEASURES.items():
        counts = demo.read(measure)
        for split, expression in SPLITS.items():
            found = {
                (practice, group): cell
                for practice, *cells in zip(
                    demo.cube.units(),
                    counts[split].numerator[:, :, -1 - back].tolist(),
                    counts[split].denominator[:, :, -1 - back].tolist(),
                    strict=True,
                )
                for group, *cell in zip(counts[split].groups, *cells, strict=True)
                if cell[1]
            }
            counted = {(row[0], row[1]): list(row[2:]) for row in count(directly, f"practice, {expression}")}
            assert found == counted, (measure, split, demo.months(back))


def test_a_register_grows_by_more_than_its_list(demo: Demonstration) -> None:
    """Growth of the register, and what of it is left once the list's own growth is taken off."""
    (known, people), (known_before, people_before) = (
        demo.count("hypertension_prevalence", back) for back in (0, 4 * YEAR)
    )
    assert people > people_before
    by_the_list_alone = known_before / people_before * (people - people_before)
    net = known - known_before - by_the_list_alone
    assert 0 < by_the_list_alone < known - known_before
    assert net == pytest.approx((known / people - known_before / people_before) * people)
    for back, register in ((0, known), (4 * YEAR, known_before)):
        directly = demo.counted_directly(back)
        on = directly.on_register("hypertension_codes", "hypertension_resolved_codes")
        assert directly.rows(f"select count(*) from registered where person_id in {on}") == [(register,)]


@pytest.mark.requirement("S083")
def test_the_planted_coding_drive_is_found_and_none_elsewhere(demo: Demonstration) -> None:
    """In exact counts, of every practice and each of the last 12 months; and growth is told without it."""
    truth = demo.planted["coding_drive"]
    practice, month = truth["where"]["practice"], truth["where"]["month"]
    (back,) = [back for back in range(YEAR) if demo.months(back) == month]
    assert within(demo.share(truth["measure"], back, practices=(practice,)), truth["expected"]["added_in_drive"])
    (drives,) = [each for each in demo.release.manifest.drives if each.measure == truth["measure"]]
    units = demo.cube.units()
    found = {area: said["months"] for area, said in drives.areas.items() if said["with_drive"] and area in units}
    assert found == {practice: [month]}
    growth = find_growth(demo.release, "hypertension_prevalence", demo.deployment.hierarchy.top.code)
    assert growth is not None
    assert growth.net_of_drives is not None
    assert 0 < growth.net_of_drives < growth.net < growth.of_register


@pytest.mark.requirement("S083")
def test_additions_and_removals_are_what_sql_counts(demo: Demonstration) -> None:
    """Known then and now, in the records: who is on the register at one end of the year and not at the other."""
    now, then = demo.counted_directly(0), demo.counted_directly(YEAR)
    on, was_on = (each.on_register("hypertension_codes", "hypertension_resolved_codes") for each in (now, then))
    [(added,)] = now.rows(f"select count(*) from registered where person_id in {on} and person_id not in {was_on}")
    [(removed,)] = now.rows(f"select count(*) from registered where person_id not in {on} and person_id in {was_on}")
    assert added == demo.count("hypertension_added")[0] > 0
    assert removed == demo.count("hypertension_removed")[0] > 0
    growth = find_growth(demo.release, "hypertension_prevalence", demo.deployment.hierarchy.top.code)
    assert growth is not None
    assert growth.added is not None
    assert growth.removed is not None
    assert growth.added.people == pytest.approx(added, abs=4)
    assert growth.removed.people == pytest.approx(removed, abs=4)


@pytest.mark.requirement("S005")
def test_expected_carers_are_the_known_and_the_gap_in_every_place(demo: Demonstration) -> None:
    release, hierarchy = demo.release, demo.deployment.hierarchy
    finding = next(each for each in release.manifest.case_finding if each.measure == "carers_known")
    for area in [hierarchy.top, *hierarchy.at("place")]:
        census, survey, claim = get_expectations(release, finding, area.code)
        for each in (census, survey, claim):
            assert each.known.people is not None
            assert each.gap is not None
            assert each.known.people + each.gap == each.expected
        (people,) = release.population(area.code)["people"].to_pylist()
        assert claim.expected == pytest.approx(people * 400_000 / 2_400_000, abs=20), "16.7%, as the partnership states"
        assert census.expected == pytest.approx(people * 4_678_263 / 56_490_048, abs=20), "8.3%, by the census"
        assert census.expected < survey.expected < 0.18 * people, "18% of adults alone"


@pytest.mark.requirement("S080")
def test_expected_known_at_risk_and_unprotected_are_four_populations(demo: Demonstration) -> None:
    known, people = demo.count("af_prevalence")
    protected, at_risk = demo.count("af_anticoagulated")
    assert people > known > at_risk > at_risk - protected > 0
    release, top = demo.release, demo.deployment.hierarchy.top.code
    finding = next(each for each in release.manifest.case_finding if each.register == "af")
    (expectation,) = get_expectations(release, finding, top)
    (unprotected,) = get_unprotected(release, finding, top)
    assert expectation.expected == pytest.approx(0.025 * people, abs=10)
    assert expectation.known.people == pytest.approx(known, abs=5)
    assert unprotected.people == pytest.approx(at_risk - protected, abs=5)
    assert len({expectation.expected, expectation.known.people, unprotected.people}) == 3
