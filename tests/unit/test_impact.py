"""Benefit beside harm, each with its horizon and source; the net as a range; and no sum that counts a stroke twice."""

import json
from pathlib import Path

import pytest
from pydantic import ValidationError
from typer.testing import CliRunner

from placewise.cli import app
from placewise.config import data_folder
from placewise.definitions import read_all_definitions
from placewise.floor.faults import FaultsFound
from placewise.floor.vocabulary.code_lists import read_code_lists
from placewise.plans.impact.build import add_up, build_impact
from placewise.plans.impact.contract import Impact
from placewise.plans.impact.definition import ImpactSection
from placewise.plans.impact.words import as_row, tell_impact
from placewise.programme import read_programmes

STROKES = {"event": "strokes", "effect": "prevents", "one_in": 25, "population": "anybody", "kind": "trial"}
STROKES |= {"source": "a trial", "horizon": "1 year"}
BLEEDS = STROKES | {"event": "bleeds", "effect": "causes", "one_in": 100}
A_YEAR = {"title": "one", "one_in": 34, "horizon": "12 months", "kind": "trial", "source": "a trial"}


@pytest.fixture(scope="module")
def sections() -> dict[str, ImpactSection]:
    return {slug: each for programme in read_all_definitions().programmes for slug, each in programme.impact.items()}


@pytest.fixture(scope="module")
def treated(sections: dict[str, ImpactSection]) -> Impact:
    return build_impact("af_anticoagulated", sections["af_anticoagulated"], 3539)


@pytest.mark.requirement("S081")
def test_of_3539_newly_treated_142_strokes_are_claimed_beside_35_bleeds_a_year(treated: Impact) -> None:
    row = as_row(treated)
    assert (row["prevented"], row["kind"], row["horizon"]) == (142, "claimed", "not stated")
    assert (row["harm"], row["harm_event"], row["harm_horizon"]) == (35, "major bleeds", "12 months")
    assert (row["net"]["low"], row["net"]["high"], row["net"]["horizon"]) == (77, 106, "12 months")
    assert row["net"]["readings"]["Real-world cohort, as its source rounds it"] == 104
    assert all(row["sources"])
    assert row["net"]["sources"]


def test_the_command_line_gives_the_same_for_a_machine_and_refuses_a_sum() -> None:
    asked = ["impact", "af_anticoagulated", "--people", "3539"]
    row = json.loads(CliRunner().invoke(app, [*asked, "--json"]).stdout)
    assert {"prevented", "harm", "net", "kind", "horizon", "sources"} <= row.keys()
    assert (row["prevented"], row["harm"], row["net"]["low"], row["net"]["high"]) == (142, 35, 77, 106)
    told = CliRunner().invoke(app, asked).stdout
    assert "about 142 strokes, 1 in 25, over what time is not stated (claimed)" in told
    assert "77 to 106 events fewer over 12 months, though they are not equal events" in told
    summed = CliRunner().invoke(app, ["impact", "af_anticoagulated", "blood_pressure_controlled", "--people", "10"])
    assert "overlap and cannot be added up; ask for each by itself" in str(summed.exception)


def test_the_sentence_never_tells_the_benefit_alone(treated: Impact) -> None:
    told = tell_impact(treated)
    assert told == (
        "If 3,539 more were treated, about 142 strokes, 1 in 25, over what time is not stated (claimed) would be "
        "prevented, beside about 35 (35 to 56) major bleeds caused over 12 months; net 77 to 106 over 12 months."
    )


def test_a_harm_is_never_rounded_away(sections: dict[str, ImpactSection]) -> None:
    told = tell_impact(build_impact("af_anticoagulated", sections["af_anticoagulated"], 20))
    assert "beside fewer than 1 major bleeds caused over 12 months" in told


def test_of_6707_unprotected_268_strokes_are_claimed(sections: dict[str, ImpactSection]) -> None:
    assert as_row(build_impact("af_anticoagulated", sections["af_anticoagulated"], 6707))["prevented"] == 268


@pytest.mark.parametrize(
    ("fault", "section"),
    [
        ("never stands without its harm", {"effects": [STROKES, STROKES]}),
        ("no range", {"effects": [STROKES, BLEEDS], "net": [A_YEAR]}),
        ("over different horizons", {"effects": [STROKES, BLEEDS], "net": [A_YEAR, A_YEAR | {"horizon": "5 years"}]}),
        ("without its horizon", {"effects": [STROKES, BLEEDS], "net": [A_YEAR | {"horizon": "not stated"}, A_YEAR]}),
        ("not told once", {"effects": [STROKES, BLEEDS], "net": [A_YEAR | {"prevents_one_in": 25}, A_YEAR]}),
        ("does not hold the number", {"effects": [STROKES | {"range": [10, 20]}, BLEEDS]}),
        ("no number of months", {"effects": [STROKES | {"horizon": "financial year"}, BLEEDS]}),
        ("source", {"effects": [{**STROKES, "source": ""}, BLEEDS]}),
    ],
)
def test_a_section_that_would_mislead_is_refused(fault: str, section: dict) -> None:
    with pytest.raises(ValidationError, match=fault):
        ImpactSection.model_validate({"people": "people", **section})


def test_only_the_people_may_differ_in_a_sum(sections: dict[str, ImpactSection], treated: Impact) -> None:
    places = [build_impact("af_anticoagulated", sections["af_anticoagulated"], people) for people in (3000, 539)]
    assert add_up([each.prevented[0] for each in places]).number == pytest.approx(treated.prevented[0].number)
    year = add_up([each.prevented[1] for each in places])
    assert (year.fewest, year.most) == pytest.approx((3539 / 27, 3539 / 25))


def test_sums_over_horizons_causes_and_events_are_refused(sections: dict[str, ImpactSection], treated: Impact) -> None:
    pressure = build_impact("blood_pressure_controlled", sections["blood_pressure_controlled"], 3539)
    claimed, in_a_year = treated.prevented
    for pair, fault in (
        ((claimed, in_a_year), "over not stated .* and over 12 months .* cannot be added up"),
        ((claimed, pressure.prevented[0]), "would prevent overlap and cannot be added up"),
        ((claimed, treated.caused[0]), "are not equal events"),
        ((), "nothing to add up"),
    ):
        with pytest.raises(FaultsFound, match=fault):
            add_up(pair)


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("af_anticoagulate", "has no measure `af_anticoagulate`; did you mean `af_anticoagulated`"),
        ("systolic_mean", "`systolic_mean` is no share of people"),
    ],
)
def test_an_impact_of_another_measure_is_told_with_its_line(tmp_path: Path, name: str, fault: str) -> None:
    text = (data_folder("programmes") / "healthy_hearts.yaml").read_text(encoding="utf-8")
    head = "af_anticoagulated:\n    people:"
    assert head in text
    (tmp_path / "healthy_hearts.yaml").write_text(text.replace(head, head.replace("af_anticoagulated", name)))
    line = text[: text.index(head)].count("\n") + 1
    with pytest.raises(FaultsFound, match=rf"healthy_hearts.yaml, line {line}: .*{fault}"):
        read_programmes(tmp_path, read_code_lists(data_folder("codelists")))
