"""The measures of the plan in the notation

What rows S020 to S029, S080 to S090, S100 to S106 and S121 of docs/requirements.csv ask, as a programme would write it.
The tests answer each measure of people for a record that counts and for one that does not. The code lists are invented:
a programme names its own. Measures of deaths, of areas and of organisations rest on published files.
"""

from dataclasses import dataclass

import pytest
from yaml import load

from builders.asked import held
from builders.invented_lists import invent_code_lists
from placewise.floor.language.notation import QuestionReader
from placewise.floor.language.unit_notation import read_unit, read_unit_question
from placewise.floor.yaml_values import Values

LISTS = invent_code_lists(
    condition="af diabetes hypertension hypertension_resolved learning_disability cancer early_stage stage_recorded "
    "vulnerable pregnant birth stillbirth preterm_birth",
    drug="anticoagulants antiplatelets antibacterials kidney_medicines magnesium",
    measurement="stroke_risk systolic diastolic albumin_ratio bmi_centile",
    procedure="check_done action_plan vaccination screened found_by_screening found_by_referral colon_capsule scan "
    "biopsy result_told needs_assessment care_plan treatment_summary follow_up_chosen home_kidney_test",
    observation="check_offered invited_to_test invited_to_screening contacted escalated settled_home "
    "magnesium_declined",
    visit="referral first_appointment diagnosis_told emergency_stay",
)
AF_AT_RISK = '{all: [{has: af}, {latest: stroke_risk, value: ">= 2"}]}'
UNPROTECTED = "{not: {on_medicine: anticoagulants, within: 6 months}}"
NEW_CANCER = "{first: cancer, within: 12 months}"
ON_HYPERTENSION = "{has: hypertension, not_resolved_by: hypertension_resolved}"
AT_RISK = "af 2020-01-01\nstroke_risk 2024-01-10 3"
CONTROLLED = "systolic 2024-02-10 130\ndiastolic 2024-02-10 80"


@dataclass(frozen=True)
class OfPeople:
    """A measure of people: whom it is asked of, whom it counts, and records of two people of whom it is asked."""

    row: str
    title: str
    of: str
    count: str
    met: str
    missed: str
    person: str = "1950-03 female"


@dataclass(frozen=True)
class OfUnits:
    """A measure of another unit: what the unit is and which of them it counts."""

    row: str
    title: str
    unit: str
    count: str


@dataclass(frozen=True)
class Published:
    """A figure that rests on published files, not on records."""

    row: str
    title: str
    file: str


PEOPLE = (
    OfPeople(
        "S022",
        "Children with obesity",
        '{age: "10 to 11"}',
        '{value: bmi_centile, is: ">= 95", within: 12 months}',
        "bmi_centile 2024-03-05 96",
        "bmi_centile 2024-03-05 94",
        person="2013-03",
    ),
    OfPeople(
        "S023, S103",
        "Cancer found early",
        NEW_CANCER,
        "{has: early_stage, after: {first: cancer}, near: 6 months}",
        "cancer 2024-03-05\nearly_stage 2024-04-02",
        "cancer 2024-03-05\nearly_stage 2024-11-01",
    ),
    OfPeople(
        "S023",
        "Stage recorded, the completeness beside it",
        NEW_CANCER,
        "{has: stage_recorded, after: {first: cancer}, near: 6 months}",
        "cancer 2024-03-05\nstage_recorded 2024-04-02",
        "cancer 2024-03-05",
    ),
    OfPeople(
        "S026",
        "Three or more courses of antibiotics",
        "registered",
        "{count: antibacterials, at_least: 3, within: 12 months}",
        "antibacterials 2024-01-05\nantibacterials 2024-02-05\nantibacterials 2024-03-05",
        "antibacterials 2024-01-05\nantibacterials 2024-01-05\nantibacterials 2024-03-05",
    ),
    OfPeople(
        "S080",
        "At risk of stroke and unprotected",
        AF_AT_RISK,
        UNPROTECTED,
        AT_RISK,
        f"{AT_RISK}\nanticoagulants 2024-09-05 to 2024-10-02",
    ),
    OfPeople(
        "S081",
        "Newly known to have AF",
        "registered",
        "{began: {has: af}, since: 12 months}",
        "af 2024-03-05",
        "af 2020-03-05",
    ),
    OfPeople(
        "S081",
        "Newly anticoagulated",
        AF_AT_RISK,
        "{began: {on_medicine: anticoagulants, within: 6 months}, since: 12 months}",
        f"{AT_RISK}\nanticoagulants 2024-09-05 to 2024-10-02",
        AT_RISK,
    ),
    OfPeople(
        "S082",
        "On an antiplatelet alone",
        "{has: af}",
        f"{{all: [{{on_medicine: antiplatelets, within: 6 months}}, {UNPROTECTED}]}}",
        "af 2020-01-01\nantiplatelets 2024-09-05",
        "af 2020-01-01\nantiplatelets 2024-09-05\nanticoagulants 2024-09-05",
    ),
    OfPeople(
        "S083",
        "Added to the hypertension register",
        "registered",
        f"{{began: {ON_HYPERTENSION}, since: 12 months}}",
        "hypertension 2024-03-05",
        "hypertension 2024-03-05\nhypertension_resolved 2024-04-05",
    ),
    OfPeople(
        "S083",
        "Removed from the hypertension register",
        "registered",
        f"{{ended: {ON_HYPERTENSION}, since: 12 months}}",
        "hypertension 2020-03-05\nhypertension_resolved 2024-04-05",
        "hypertension 2020-03-05",
    ),
    OfPeople(
        "S084",
        "Blood pressure controlled",
        ON_HYPERTENSION,
        '{latest: {systolic: "<= 140", diastolic: "<= 90"}, within: 12 months}',
        f"hypertension 2020-03-05\n{CONTROLLED}",
        f"hypertension 2020-03-05\n{CONTROLLED}\nsystolic 2024-05-10 150\ndiastolic 2024-05-10 80",
    ),
    OfPeople(
        "S084",
        "Not measured, counted apart",
        ON_HYPERTENSION,
        "{not: {latest: {systolic: recorded, diastolic: recorded}, within: 12 months}}",
        "hypertension 2020-03-05\nsystolic 2024-02-10 130",
        f"hypertension 2020-03-05\n{CONTROLLED}",
    ),
    OfPeople(
        "S086",
        "Invited to a home kidney test",
        "{any: [{has: diabetes}, {has: hypertension}]}",
        "{has: invited_to_test, within: 12 months}",
        "diabetes 2020-01-01\ninvited_to_test 2024-03-05",
        "diabetes 2020-01-01\ninvited_to_test 2022-03-05",
    ),
    OfPeople(
        "S086",
        "Tested since the invitation",
        "{has: invited_to_test, within: 12 months}",
        "{has: home_kidney_test, after: {latest: invited_to_test}}",
        "invited_to_test 2024-03-05\nhome_kidney_test 2024-04-05",
        "invited_to_test 2024-03-05\nhome_kidney_test 2023-04-05",
    ),
    OfPeople(
        "S086",
        "Treated after a raised result",
        '{value: albumin_ratio, is: ">= 3", within: 12 months}',
        "{on_medicine: kidney_medicines, supply: carried over, grace: 28 days}",
        "albumin_ratio 2024-03-05 3.5\nkidney_medicines 2024-11-15 to 2024-12-12",
        "albumin_ratio 2024-03-05 3.5\nkidney_medicines 2024-04-01 to 2024-04-28",
    ),
    OfPeople(
        "S087",
        "Health check offered",
        "{has: learning_disability}",
        "{has: check_offered, within: financial year}",
        "learning_disability 2000-01-01\ncheck_offered 2024-04-01",
        "learning_disability 2000-01-01\ncheck_offered 2024-03-31",
    ),
    OfPeople(
        "S087",
        "Health check completed",
        "{has: learning_disability}",
        "{has: check_done, within: financial year}",
        "learning_disability 2000-01-01\ncheck_done 2024-04-01",
        "learning_disability 2000-01-01\ncheck_offered 2024-04-01",
    ),
    OfPeople(
        "S087",
        "An action plan follows the check",
        "{has: check_done, within: financial year}",
        "{has: action_plan, after: {latest: check_done}, near: 28 days}",
        "check_done 2024-05-01\naction_plan 2024-05-01",
        "check_done 2024-05-01\naction_plan 2024-04-30",
    ),
    OfPeople(
        "S088",
        "In a settled home",
        "{has: learning_disability}",
        "{has: settled_home, within: 12 months}",
        "learning_disability 2000-01-01\nsettled_home 2024-04-01",
        "learning_disability 2000-01-01",
    ),
    OfPeople(
        "S088, S089",
        "Vaccinated this season",
        '{any: [{age: ">= 65"}, {has: learning_disability}]}',
        "{has: vaccination, within: 6 months}",
        "vaccination 2024-10-01",
        "vaccination 2023-10-01",
    ),
    OfPeople(
        "S090",
        "Contacted or escalated within a week",
        "{has: vulnerable}",
        "{any: [{has: contacted, after: {first: vulnerable}, near: 7 days}, "
        "{has: escalated, after: {first: vulnerable}, near: 7 days}]}",
        "vulnerable 2024-03-25\nescalated 2024-03-31",
        "vulnerable 2024-03-25\ncontacted 2024-04-01",
    ),
    OfPeople(
        "S103",
        "Found by screening first",
        NEW_CANCER,
        "{earliest: found_by_screening, among: [found_by_screening, found_by_referral]}",
        "cancer 2024-03-05\nfound_by_screening 2024-02-01",
        "cancer 2024-03-05\nfound_by_screening 2024-02-01\nfound_by_referral 2024-01-31",
    ),
    OfPeople(
        "S104",
        "Did not attend screening",
        "{has: invited_to_screening, within: 36 months}",
        "{not: {has: screened, after: {latest: invited_to_screening}}}",
        "invited_to_screening 2024-03-05\nscreened 2021-03-05",
        "invited_to_screening 2024-03-05\nscreened 2024-03-25",
    ),
    OfPeople(
        "S105",
        "Cancer missed by the capsule",
        "{first: colon_capsule, within: 24 months}",
        "{has: cancer, after: {first: colon_capsule}, near: 12 months}",
        "colon_capsule 2024-01-05\ncancer 2024-11-05",
        "cancer 2023-12-05\ncolon_capsule 2024-01-05",
    ),
    *(
        OfPeople(
            "S106",
            f"Personalised care: {codes.replace('_', ' ')}",
            NEW_CANCER,
            f"{{has: {codes}, after: {{first: cancer}}, near: 12 months}}",
            f"cancer 2024-03-05\n{codes} 2024-06-05",
            "cancer 2024-03-05",
        )
        for codes in ("needs_assessment", "care_plan", "treatment_summary", "follow_up_chosen")
    ),
)

PREGNANCY = "{kind: pregnancy, from: pregnant, to: birth, longest: 300 days}"
CANCER_PATHWAY = "{kind: pathway, from: referral, to: diagnosis_told, longest: 2 years}"
UNITS = (
    OfUnits("S026", "Antibiotic items", "{kind: item, each: antibacterials}", "each"),
    OfUnits("S027", "Stillbirths", PREGNANCY, "{ended_by: stillbirth}"),
    OfUnits(
        "S088",
        "Emergency stays of people with a learning disability",
        "{kind: stay, each: emergency_stay}",
        "{person: {has: learning_disability}}",
    ),
    OfUnits(
        "S088",
        "Long waits of people with a learning disability",
        "{kind: wait, from: referral, to: first_appointment, longest: 5 years}",
        '{all: [{lasted: "> 18 weeks"}, {person: {has: learning_disability}}]}',
    ),
    OfUnits("S089", "Vaccinations given", "{kind: item, each: vaccination}", '{person: {age: ">= 65"}}'),
    OfUnits(
        "S100",
        "On a pathway with every component",
        CANCER_PATHWAY,
        "{all: [{during: scan}, {during: biopsy}, {during: result_told}]}",
    ),
    OfUnits("S101", "Within the time of the pathway", CANCER_PATHWAY, '{lasted: "<= 28 days"}'),
    OfUnits("S105", "Capsules used, each a diagnostic slot released", "{kind: item, each: colon_capsule}", "each"),
    OfUnits(
        "S121",
        "Magnesium sulphate given",
        "{kind: pregnancy, from: pregnant, to: preterm_birth, longest: 300 days}",
        "{during: magnesium}",
    ),
    OfUnits(
        "S121",
        "Not given, with the reason",
        "{kind: pregnancy, from: pregnant, to: preterm_birth, longest: 300 days}",
        "{all: [{not: {during: magnesium}}, {during: magnesium_declined}]}",
    ),
)

PUBLISHED = (
    Published(
        "S020",
        "Life expectancy and healthy life expectancy by deprivation",
        "deaths and residents by age, sex and decile",
    ),
    Published(
        "S021",
        "Deaths under 75 of people with a learning disability, autism or severe mental illness",
        "published mortality; nobody who has died is registered, so that no count of registered people holds them",
    ),
    Published("S022", "Children with obesity, as measured at school", "child measurement programme by area"),
    Published(
        "S024, S025",
        "Suicide, overall and in a versioned list of areas",
        "registrations of deaths, three years at a time",
    ),
    Published(
        "S026",
        "Resistant infections; items per adjusted population",
        "infection counts and prescribing by organisation",
    ),
    Published("S027", "Neonatal and maternal deaths", "published mortality"),
    Published("S028", "Leadership posts by group", "a return of each organisation; posts are not people in a record"),
    Published("S029", "Carbon", "returns of organisations; without a number it reads “not measured”"),
    Published(
        "S085", "Every measure above by practice, network, place and system", "none: it is how every measure is counted"
    ),
    Published("S102", "Case-mix-adjusted outcomes", "none: statistics over measures such as S103"),
    Published("S103", "Survival", "published survival by alliance"),
)


@pytest.mark.parametrize("measure", PEOPLE, ids=[f"{each.row}: {each.title}" for each in PEOPLE])
def test_a_measure_of_people_is_written_and_answered(measure: OfPeople) -> None:
    for record, counts in ((measure.met, True), (measure.missed, False)):
        of, count = (
            held(asked, record, person=measure.person, lists=LISTS).endswith("2024-12")
            for asked in (measure.of, measure.count)
        )
        assert (of, count) == (True, counts), record


@pytest.mark.parametrize("measure", UNITS, ids=[f"{each.row}: {each.title}" for each in UNITS])
def test_a_measure_of_another_unit_is_written(measure: OfUnits) -> None:
    reader = QuestionReader(LISTS, ())
    assert read_unit(load(measure.unit, Values), (), reader) is not None, reader.mistakes
    assert read_unit_question(load(measure.count, Values), (), reader) is not None, reader.mistakes


def test_every_row_says_how_it_is_measured() -> None:
    rows = {row for each in (*PEOPLE, *UNITS, *PUBLISHED) for row in each.row.split(", ")}
    wanted = [*range(20, 30), *range(80, 91), *range(100, 107), 121]
    assert rows == {f"S{number:03}" for number in wanted}
