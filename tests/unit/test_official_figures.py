"""Official figures of a tiny invented system: counts added up, joined, compared, and never guessed."""

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from builders.published_system import get_hierarchy, write_files, write_published, write_text
from placewise.floor.faults import FaultsFound
from placewise.intake.published.build import load_observations
from placewise.publishing.contract import RELEASED_PUBLISHED
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.figure_checks import check_official_figures
from placewise.publishing.figures import get_indicator_cards, read_official_figures
from placewise.publishing.published import build_official_figures
from placewise.publishing.unplaced import find_unplaced, get_unplaced_checks

RESIDENTS = """
    figures:
      residents:
        {title: Residents, unit: people, source: people, counts: residents, shown_as: count, areas: [system, place],
         by: areas}
"""
BY_DECILE = """
    figures:
      by_decile:
        {title: Residents by decile, unit: proportion, source: people, counts: residents, shown_as: share,
         areas: [system, place], by: areas, splits: {deprivation_decile: {by: deprivation}}, official: OFFICIAL}
"""
QOF = """
    figures:
      qof: {title: Hypertension, unit: proportion, source: qof, counts: qof_hyp, shown_as: ratio,
            areas: [system, place, practice], by: map_then}
    unplaced:
      left_out: {title: Left out, unit: people, source: qof, counts: qof_hyp, period: 2020-21, placed_by: map_then,
                 left_out_by: map_later, areas: [system, practice]}
"""


def build(tmp_path: Path, figures: str, more_sources: str = "", **texts: str) -> pa.Table:
    data = write_files(tmp_path / "data")
    for file, text in texts.items():
        write_text(data, f"{file}.csv", text)
    published = write_published(tmp_path, figures, more_sources)
    load = load_observations(published, data, tmp_path / "store")
    read = read_official_figures(published)
    table = build_official_figures(load.folder, read, get_hierarchy(), DisclosureRule())
    assert all(each.passed for each in check_official_figures(table, read.exact, get_hierarchy()))
    return table


def cells(table: pa.Table, *columns: str) -> dict[tuple[str, str], tuple]:
    return {(row["area"], row["group"]): tuple(row[each] for each in columns) for row in table.to_pylist()}


def test_figures_whose_places_do_not_add_up_stop_the_release(tmp_path: Path) -> None:
    table = build(tmp_path, RESIDENTS)
    without_south = table.filter(pc.not_equal(table["area"].cast(pa.string()), "SOU"))
    indicators = table["indicator"].unique().to_pylist()
    with pytest.raises(FaultsFound, match="every place added up differs from the system by -200"):
        check_official_figures(without_south, indicators, get_hierarchy())


@pytest.mark.requirement("S001")
def test_places_add_up_to_the_system_and_the_neighbour_counts_for_nothing(tmp_path: Path) -> None:
    table = build(tmp_path, RESIDENTS)
    assert table.schema.equals(RELEASED_PUBLISHED)
    assert cells(table, "area_name", "value", "period") == {
        ("SYS", "all"): ("The System", 600, "2021"),
        ("NOR", "all"): ("North", 400, "2021"),
        ("SOU", "all"): ("South", 200, "2021"),
    }


@pytest.mark.requirement("S001")
def test_registered_patients_beyond_residents(tmp_path: Path) -> None:
    table = build(
        tmp_path,
        RESIDENTS
        + """
      registered: {title: Registered, unit: people, source: registered, counts: registered_patients, shown_as: count,
                   areas: [system, place]}
    comparisons:
      excess: {title: Beyond residents, unit: proportion, areas: [system, place],
               excess_of: {figure: registered, period: 2021-04}, over: {figure: residents, period: "2021"}}
    """,
    )
    excess = table.filter(pa.compute.equal(table["indicator"].cast(pa.string()), "excess"))
    assert cells(excess, "numerator", "denominator", "value") == {
        ("SYS", "all"): (90, 600, 0.15),
        ("NOR", "all"): (50, 400, 0.125),
        ("SOU", "all"): (40, 200, 0.2),
    }


@pytest.mark.requirement("S003")
def test_a_decile_is_a_share_of_all_who_live_in_the_area(tmp_path: Path) -> None:
    table = build(tmp_path, BY_DECILE.replace("OFFICIAL", "true"))
    assert cells(table, "numerator", "denominator", "value") == {
        ("SYS", "1"): (300, 600, 0.5),
        ("SYS", "10"): (300, 600, 0.5),
        ("NOR", "1"): (100, 400, 0.25),
        ("NOR", "10"): (300, 400, 0.75),
        ("SOU", "1"): (200, 200, 1.0),
    }


FEW_PEOPLE = """
    lsoa,total,disabled,not_disabled
    E01000001,6,1,5
    E01000002,300,30,270
    E01000003,203,40,163
"""


@pytest.mark.requirement("S187")
def test_a_join_of_small_areas_hides_small_numbers_of_people(tmp_path: Path) -> None:
    table = build(tmp_path, BY_DECILE.replace("OFFICIAL", "true"), people=FEW_PEOPLE)
    assert cells(table, "numerator", "denominator", "value") == {
        ("SYS", "1"): (209, 509, 209 / 509),
        ("SYS", "10"): (300, 509, 300 / 509),
        ("NOR", "1"): (None, None, None),  # 6 people
        ("NOR", "10"): (None, None, None),  # all but 6
        ("SOU", "1"): (203, 203, 1.0),
    }


@pytest.mark.requirement("S187")
def test_a_characteristic_among_the_people_of_each_decile_hides_small_numbers_too(tmp_path: Path) -> None:
    figures = BY_DECILE.replace("OFFICIAL", "true").replace(
        "{by: deprivation}", "{by: deprivation, of: disability, only: [disabled]}"
    )
    table = build(tmp_path, figures, people=FEW_PEOPLE)
    assert cells(table, "numerator", "denominator", "value") == {
        ("SYS", "1"): (41, 209, 41 / 209),
        ("SYS", "10"): (30, 300, 0.1),
        ("NOR", "1"): (None, None, None),  # 1 of 6 people
        ("NOR", "10"): (30, 300, 0.1),
        ("SOU", "1"): (40, 203, 40 / 203),
    }


def test_groups_can_be_picked_only_where_areas_are_joined(tmp_path: Path) -> None:
    figures = BY_DECILE.replace("OFFICIAL", "true").replace("{by: deprivation}", "{of: disability, only: [disabled]}")
    with pytest.raises(FaultsFound, match="`only` picks groups of a split where areas are joined"):
        build(tmp_path, figures)


@pytest.mark.requirement("S187")
def test_council_data_that_are_no_official_statistics_are_rounded_too(tmp_path: Path) -> None:
    table = build(tmp_path, BY_DECILE.replace("OFFICIAL", "false"), people=FEW_PEOPLE)
    assert cells(table, "numerator", "denominator") == {
        ("SYS", "1"): (210, 510),
        ("SYS", "10"): (300, 510),
        ("NOR", "1"): (None, None),
        ("NOR", "10"): (None, None),
        ("SOU", "1"): (205, 205),
    }


def test_rounded_places_need_not_add_up_to_the_rounded_system(tmp_path: Path) -> None:
    people = "lsoa,total,disabled,not_disabled\nE01000001,102,1,101\nE01000002,300,30,270\nE01000003,202,40,162\n"
    table = build(tmp_path, BY_DECILE.replace("OFFICIAL", "false"), people=people)
    shown = {area: count for (area, group), (count,) in cells(table, "numerator").items() if group == "1"}
    assert shown == {"SYS": 305, "NOR": 100, "SOU": 200}


@pytest.mark.requirement("S001")
def test_places_that_do_not_add_up_to_the_system_stop_the_release(tmp_path: Path) -> None:
    nowhere = "lsoa,place,system,decile,score\nE01000001,NOR,SYS,1,80\nE01000002,,SYS,10,2\nE01000003,SOU,SYS,1,70\n"
    with pytest.raises(FaultsFound, match="every place added up differs from the system by -300"):
        build(tmp_path, RESIDENTS, lookup=nowhere)


def test_an_area_of_no_decile_is_shown_as_not_recorded(tmp_path: Path) -> None:
    figures = BY_DECILE.replace("OFFICIAL", "true").replace("{by: deprivation}", "{by: some_deprivation}")
    some = """
      some_deprivation:
        file: some.csv
        adapter: deprivation_index
        options: {area: {kind: lsoa21, code: lsoa}, decile: decile, score: score}
        title: Some deciles
        publisher: Nobody
        licence: OGL v3
        attribution: Invented
        period: "2021"
        geography_edition: LSOA 2021
    """
    table = build(tmp_path, figures, some, some="lsoa,decile,score\nE01000001,1,80\nE01000002,10,2\n")
    assert cells(table, "numerator", "denominator")["SOU", "not_recorded"] == (200, 200)


def test_a_missing_value_is_never_read_as_zero(tmp_path: Path) -> None:
    table = build(
        tmp_path,
        RESIDENTS,
        people="lsoa,total,disabled,not_disabled\nE01000001,,1,5\nE01000002,300,30,270\nE01000003,200,40,160\n",
    )
    assert cells(table, "value") == {("SYS", "all"): (None,), ("NOR", "all"): (None,), ("SOU", "all"): (200,)}


@pytest.mark.requirement("S010")
def test_counts_on_one_edition_are_never_placed_by_a_lookup_of_another(tmp_path: Path) -> None:
    older = """
      older_areas:
        file: lookup.csv
        adapter: lookup
        options: {area: {kind: lsoa11, code: lsoa}, groups: {place: {code: place}, system: {code: system}}}
        title: Older areas
        publisher: Nobody
        licence: OGL v3
        attribution: Invented
        period: "2011"
        geography_edition: LSOA 2011
    """
    with pytest.raises(FaultsFound, match="it counts by lsoa21 and older_areas places lsoa11; join counts and lookups"):
        build(tmp_path, RESIDENTS.replace("by: areas", "by: older_areas"), older)


def test_published_statistics_name_practices_and_keep_their_small_numbers(tmp_path: Path) -> None:
    small = """
        YEAR,PRACTICE_CODE,GROUP_CODE,REGISTER,PATIENT_LIST_TYPE,PRACTICE_LIST_SIZE
        2020-21,A00001,HYP,3,TOTAL,450
        2020-21,A00002,HYP,60,TOTAL,240
    """
    table = build(tmp_path, QOF, qof=small)
    table = table.filter(pa.compute.equal(table["indicator"].cast(pa.string()), "qof"))
    assert cells(table, "area_name", "numerator", "denominator")["A00001", "all"] == ("Leafy Practice", 3, 450)


def test_practices_that_a_map_leaves_out_are_named_with_their_patients(tmp_path: Path) -> None:
    table = build(tmp_path, QOF)
    left_out = table.filter(pa.compute.equal(table["indicator"].cast(pa.string()), "left_out"))
    assert cells(left_out, "area_name", "numerator", "unit") == {
        ("SYS", "all"): ("The System", 450, "people"),
        ("A00001", "all"): ("Leafy Practice", 450, "people"),
    }


def test_areas_in_no_row_of_a_lookup_are_listed_with_their_people(tmp_path: Path) -> None:
    build(tmp_path, RESIDENTS)
    load = load_observations(tmp_path / "published.yaml", tmp_path / "data", tmp_path / "store")
    unplaced = find_unplaced(load.folder, read_official_figures(tmp_path / "published.yaml"))
    assert [(row["area"], row["people"]) for row in unplaced.to_pylist()] == [("E01000005", 50)]
    (check,) = get_unplaced_checks(unplaced)
    assert check.told == (
        "1 areas of people (2021), with 50 counted in them, are in no row of areas, the first E01000005."
    )


def test_a_name_of_nothing_is_told_with_its_line(tmp_path: Path) -> None:
    published = write_published(tmp_path, RESIDENTS.replace("by: areas", "by: areaz"))
    with pytest.raises(FaultsFound, match=r"line \d+: there is no source called `areaz`; correct the name"):
        read_official_figures(published)


def test_a_count_has_a_unit_of_things(tmp_path: Path) -> None:
    published = write_published(tmp_path, RESIDENTS.replace("unit: people", "unit: proportion"))
    with pytest.raises(FaultsFound, match="a count has a unit of things"):
        read_official_figures(published)


def test_a_card_names_every_file_a_figure_rests_on(tmp_path: Path) -> None:
    figures = read_official_figures(write_published(tmp_path, BY_DECILE.replace("OFFICIAL", "true")))
    card = get_indicator_cards(figures)["by_decile"]
    assert card["sources"] == ["people", "areas", "deprivation"]
    assert (card["unit"], card["better"], card["kind"]) == ("proportion", "neither", "counted")


GP_ACCESS = """
      appointments:
        file: appointments.csv
        adapter: gp_appointments
        options: {area: {kind: place, code: SUB_ICB_LOCATION_CODE}, month: Appointment_Month}
        title: Appointments in general practice, September 2021
        publisher: NHS England
        licence: OGL v3
        attribution: Invented
        period: 2021-09
        geography_edition: Sub-ICB locations
      online:
        file: online.csv
        adapter: online_consultations
        options: {}
        title: Online consultation systems
        publisher: NHS England
        licence: OGL v3
        attribution: Invented
        period: 2023-04
        geography_edition: Practices
"""
GP_ACCESS_FIGURES = """
    figures:
      by_mode: {title: Appointments by mode, unit: proportion, source: appointments, counts: gp_appointments,
                shown_as: share, areas: [system, place], splits: {appointment_mode: {of: appointment_mode}}}
      online: {title: Practices offering online consultation, unit: proportion, source: online,
               counts: online_consultation_available, shown_as: ratio, areas: [system, place], by: map_then}
"""
APPOINTMENTS = """
    SUB_ICB_LOCATION_CODE,Appointment_Month,APPT_MODE,COUNT_OF_APPOINTMENTS
    NOR,01SEP2021,Face-to-Face,60
    NOR,01SEP2021,Telephone,40
    SOU,01SEP2021,Face-to-Face,62
    SOU,01SEP2021,Telephone,38
    OTH,01SEP2021,Face-to-Face,900
"""
ONLINE = """
    MONTH,GP_CODE,GP_NAME,SUPPLIER
    2023-04,A00001,Leafy Practice,Supplier One
    2023-04,A00002,Stony Practice,None
"""


@pytest.mark.requirement("S011")
def test_the_share_of_appointments_face_to_face_is_of_one_month_and_one_geography(tmp_path: Path) -> None:
    table = build(tmp_path, GP_ACCESS_FIGURES, GP_ACCESS, appointments=APPOINTMENTS, online=ONLINE)
    shown = cells(table, "numerator", "denominator", "value", "period", "area_name")
    assert shown["SYS", "face_to_face"] == (122, 200, 0.61, "2021-09", "The System")
    assert shown["NOR", "face_to_face"] == (60, 100, 0.6, "2021-09", "North")


@pytest.mark.requirement("S012")
def test_online_consultation_keeps_its_numerator_its_denominator_and_the_exact_share(tmp_path: Path) -> None:
    table = build(tmp_path, GP_ACCESS_FIGURES, GP_ACCESS, appointments=APPOINTMENTS, online=ONLINE)
    shown = cells(table, "numerator", "denominator", "value")
    assert shown["SYS", "all"] == (1, 2, 0.5)
    assert shown["SOU", "all"] == (0, 1, 0)
