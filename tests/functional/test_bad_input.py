"""Bad input from the command line: one clear sentence, nothing half-written, the last good build and release stand."""

import json
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from builders.command_line import LINKAGE_KEY, Done, build_once, find_state, one_sentence, run_here, run_placewise
from builders.small_system import DEPLOYMENT, build_small_system
from placewise.floor.folders import current
from placewise.measures.cube import open_cube
from placewise.plans.lists.read import find_lists, read_lists
from placewise.publishing.release import open_current

PURPOSE = "population_health_planning"
DOOR = ("door", "records", "fresh", "--deployment", DEPLOYMENT, "--purpose", PURPOSE)


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_once(tmp_path_factory, "small_system", build_small_system)


@pytest.fixture
def folder(system: Path, root: Path, tmp_path: Path) -> Path:
    """A folder of one's own: the good store, the records and the extract it came from, and its own definitions."""
    for name in ("store", "records", "extract"):
        shutil.copytree(system / name, tmp_path / name)
    for name in ("programmes", "codelists"):
        shutil.copytree(root / name, tmp_path / name)
    shutil.copytree(root / "deployments" / DEPLOYMENT, tmp_path / "deployments" / DEPLOYMENT)
    return tmp_path


def run(folder: Path, *arguments: object) -> Done:
    return run_here(*arguments, folder=folder, PLACEWISE_LINKAGE_KEY=LINKAGE_KEY)


def refusal(folder: Path, *arguments: object, largest_file: int | None = None) -> str:
    """The one sentence a command is refused with; nothing is written anywhere, and the last good state can be opened.

    largest_file: bytes that a file may have, as on a full disk: then in a process of its own.
    """
    before = find_state(folder)
    if largest_file is None:
        told = one_sentence(run(folder, *arguments))
    else:
        given = {"PLACEWISE_LINKAGE_KEY": LINKAGE_KEY}
        told = one_sentence(run_placewise(*arguments, folder=folder, largest_file=largest_file, **given))
    assert find_state(folder) == before
    check_still_serves(folder / "store")
    return told


def check_still_serves(store: Path) -> None:
    release, build = open_current(store), current(store / "builds")
    assert release is not None
    assert build is not None
    assert release.manifest.build == build.name
    assert release.trend("hypertension_prevalence", "SBX")["numerator"][-1].as_py() > 0
    assert open_cube(build / "cube").read("hypertension_prevalence")
    assert read_lists(find_lists(store))


def rewrite(path: Path, change: Callable[[pa.Table], pa.Table]) -> None:
    pq.write_table(change(pq.read_table(path)), path)


def spoil_somebody(records: Path, table: str, who: int, change: Callable[[pa.Table], pa.Table]) -> None:
    """Change the rows of somebody who did not opt out: the first, second ... of those who have rows in the table."""
    people = pq.read_table(records / "person.parquet")
    opted_out = pq.read_table(records / "opt_out.parquet")["nhs_number"].combine_chunks()
    passing = people.filter(pc.invert(pc.is_in(people["person_source_value"], opted_out)))["person_id"].combine_chunks()
    rows = pq.read_table(records / f"{table}.parquet")
    someone = sorted(set(rows["person_id"].to_pylist()) & set(passing.to_pylist()))[who - 1]
    is_theirs = pc.equal(rows["person_id"], someone)
    changed = pa.concat_tables([rows.filter(pc.invert(is_theirs)), change(rows.filter(is_theirs))])
    pq.write_table(changed, records / f"{table}.parquet")


def with_first(table: pa.Table, column: str, value: object) -> pa.Table:
    """The table with another value in the first row of a column."""
    index = table.column_names.index(column)
    field = table.schema.field(index)
    values = pa.chunked_array([pa.array([value], field.type), table[column].slice(1).combine_chunks()])
    return table.set_column(index, field, values)


def cut_short(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def replace_line(path: Path, line: str, by: str) -> int:
    """Replace the first line that begins so; the line's number."""
    lines = path.read_text(encoding="utf-8").splitlines()
    number = next(place for place, each in enumerate(lines, 1) if each.startswith(line))
    lines[number - 1] = lines[number - 1].replace(line, by, 1)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return number


def test_records_cut_short_stop_at_the_door(folder: Path) -> None:
    cut_short(folder / "records" / "measurement.parquet")
    told = refusal(folder, *DOOR)
    assert told == (
        "records/measurement.parquet: it is not a whole Parquet file: it is cut short or damaged; export it again."
    )


def test_an_extract_cut_short_on_its_way_stops_at_intake(folder: Path) -> None:
    cut_short(folder / "extract" / "measurement.parquet")
    told = refusal(folder, "intake", DEPLOYMENT, "extract")
    assert told.startswith("extract/measurement.parquet: it is not the file that left the door: it was cut short")


def test_a_csv_with_a_shifted_column(folder: Path) -> None:
    write_plain_omop(folder, shifted=True)
    told = refusal(folder, "intake", DEPLOYMENT, "plain", "--declaration", "declaration.yaml")
    assert told.startswith("plain/measurement.csv, line 3: ")
    assert "a column is shifted" in told


def test_rows_that_cannot_be_right_are_set_aside_told_and_counted(folder: Path) -> None:
    """A reading dated 2099, and a person without a practice where the source declares practices."""
    records = folder / "records"
    spoil_somebody(records, "measurement", 1, lambda rows: with_first(rows, "measurement_date", date(2099, 1, 1)))
    spoil_somebody(records, "registration", 2, lambda rows: rows.slice(0, 0))
    assert run(folder, *DOOR).returncode == 0
    done = run(folder, "intake", DEPLOYMENT, "fresh", "--json")
    assert done.returncode == 0, done.stderr
    rows = {Path(row["file"]).stem: row for row in json.loads(done.stdout)}
    assert rows["measurement"]["rejected"]["the date lies after the extract"] == 1
    without = "the person has no practice, though the source declares practices"
    assert rows["person"]["rejected"] == {without: 1}
    for row in rows.values():
        assert row["rows_in"] == row["rows_kept"] + sum(row["rejected"].values())
    check_still_serves(folder / "store")


def test_a_practice_without_a_place(folder: Path) -> None:
    line = replace_line(
        folder / "deployments" / DEPLOYMENT / "organisations.csv",
        "SBX05,Lantern Street Surgery (synthetic),practice,practice,SBX-H",
        "SBX05,Lantern Street Surgery (synthetic),practice,practice,",
    )
    told = refusal(folder, "build", DEPLOYMENT)
    assert told.startswith(f"deployments/{DEPLOYMENT}/organisations.csv, line {line}: ")
    assert "SBX05" in told


def test_two_people_with_one_nhs_number_stop_at_the_door(folder: Path) -> None:
    numbers = pq.read_table(folder / "records" / "person.parquet")["person_source_value"]
    rewrite(
        folder / "records" / "person.parquet",
        lambda rows: with_first(rows, "person_source_value", numbers[6].as_py()),
    )
    told = refusal(folder, *DOOR)
    assert told.startswith("records/person.parquet: rows 1 and 7 have the same NHS number")
    assert numbers[6].as_py() not in told


def test_a_code_list_with_an_unknown_code(folder: Path) -> None:
    line = replace_line(folder / "codelists" / "af_codes.csv", "313217,SNOMED,49436004", "313217,SNOMED,49436040")
    told = refusal(folder, "build", DEPLOYMENT)
    assert told == (
        f"codelists/af_codes.csv, line {line}: 49436040 is not a SNOMED code: its check digit does not fit; "
        "correct the code."
    )


def test_a_code_list_whose_concept_is_no_number(folder: Path) -> None:
    line = replace_line(folder / "codelists" / "af_codes.csv", "313217,", "31321x,")
    told = refusal(folder, "build", DEPLOYMENT)
    assert told.startswith(f'codelists/af_codes.csv, line {line}: "31321x" is not a concept id; ')


def test_a_programme_that_names_no_code_list_there_is(folder: Path) -> None:
    line = replace_line(folder / "programmes" / "healthy_hearts.yaml", "    has: af_codes", "    has: af_code")
    told = refusal(folder, "build", DEPLOYMENT)
    assert told.startswith(f"programmes/healthy_hearts.yaml, line {line}: ")
    assert told.endswith("did you mean `af_codes`.")


def test_a_typing_mistake_in_a_deployment(folder: Path) -> None:
    line = replace_line(folder / "deployments" / DEPLOYMENT / "ics.yaml", "programmes:", "programes:")
    told = refusal(folder, "build", DEPLOYMENT)
    assert told == (
        f"deployments/{DEPLOYMENT}/ics.yaml, line {line}: `programes` is not a key here; did you mean `programmes`."
    )


def test_a_typing_mistake_in_a_programme(folder: Path) -> None:
    line = replace_line(
        folder / "programmes" / "healthy_hearts.yaml", "    not_resolved_by: af", "    not_resolvd_by: af"
    )
    told = refusal(folder, "build", DEPLOYMENT)
    assert told.startswith(f"programmes/healthy_hearts.yaml, line {line}: ")
    assert told.endswith("did you mean `not_resolved_by`.")


def test_a_release_never_sets_a_new_definition_beside_old_numbers(folder: Path) -> None:
    replace_line(folder / "programmes" / "healthy_hearts.yaml", "    count: {on_medicine: anticoagulants, within: 6",
                 "    count: {on_medicine: anticoagulants, within: 3")  # fmt: skip
    told = refusal(folder, "release", DEPLOYMENT)
    assert "from other definitions than those that stand now; run placewise build sandbox first." in told


@pytest.mark.parametrize("largest_file", [0, 20_000])
def test_a_full_disk_during_a_build(folder: Path, largest_file: int) -> None:
    replace_line(folder / "deployments" / DEPLOYMENT / "ics.yaml", "compare_by: [age_band, ", "compare_by: [")
    told = refusal(folder, "build", DEPLOYMENT, largest_file=largest_file)
    assert "it could not be written (" in told
    assert told.endswith("free some space on the disk and run it again.")


@pytest.mark.parametrize("largest_file", [0, 30_000])
def test_a_full_disk_during_a_release(folder: Path, largest_file: int) -> None:
    ics = folder / "deployments" / DEPLOYMENT / "ics.yaml"
    replace_line(ics, "disclosure: {suppress_below: 10", "disclosure: {suppress_below: 20")
    told = refusal(folder, "release", DEPLOYMENT, largest_file=largest_file)
    assert "it could not be written (" in told


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (("build", "sandbx"), "sandbx: there is no deployment of this name; did you mean `sandbox`."),
        (("intake", DEPLOYMENT, "nowhere"), "nowhere: "),
        (("build", DEPLOYMENT, "--store", "elsewhere"), "elsewhere"),
        (("release", DEPLOYMENT, "--store", "elsewhere"), "there is neither a build nor a published file in it"),
        (("open", "nothing.parquet", "--key", "records/practice_keys/SBX01.key"), "it is not a call list"),
        ((*DOOR, "--retention-until", "2030-02-30"), "--retention-until: 2030-02-30 is not a date"),
        (("door", "records", "fresh", "--deployment", DEPLOYMENT, "--purpose", "research"), "research is no purpose"),
        (("door", "nowhere", "fresh", "--deployment", DEPLOYMENT, "--purpose", PURPOSE), "nowhere"),
        (("demo", "--no-serve", "--deployment", DEPLOYMENT, "--published", "nowhere"), "published"),
        (("facts", "nowhere"), "nowhere"),
        (("synthesise", DEPLOYMENT, "--into", "records"), "records: this folder exists already"),
        (("explain", "af_prevalence", "--person", "1", "--deployment", DEPLOYMENT, "--practice", "SBX01",
          "--store", "elsewhere"), "elsewhere"),
    ],
)  # fmt: skip
def test_whatever_is_missing_is_said(folder: Path, command: tuple[str, ...], told: str) -> None:
    assert told in refusal(folder, *command)


def write_plain_omop(folder: Path, *, shifted: bool) -> None:
    """A pseudonymised folder of CSV files with its declaration; shifted: one line of it has a value too many."""
    (folder / "plain").mkdir()
    files = {
        "person": ("person_id,gender_concept_id,year_of_birth,month_of_birth,race_concept_id", "1,8507,1950,2,8527"),
        "observation_period": (
            "observation_period_id,person_id,observation_period_start_date,observation_period_end_date",
            "1,1,2010-01-01,2026-04-01",
        ),
        "registration": ("person_id,practice,start_date,end_date", "1,SBX01,2012-01-01,"),
        "measurement": (
            "measurement_id,person_id,measurement_concept_id,measurement_date,value_as_number,unit_concept_id",
            "1,1,3004249,2020-05-01,140.5,8876",
            "2,1,3004249,,2020-06-01,140.5,8876" if shifted else "2,1,3004249,2020-06-01,140.5,8876",
        ),
    }
    for table, lines in files.items():
        (folder / "plain" / f"{table}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    declared = {
        "source": "general_practice",
        "purpose": PURPOSE,
        "legal_basis": "UK GDPR articles 6(1)(e) and 9(2)(h)",
        "controller": "The practices",
        "retention_until": "2030-01-01",
        "cdm_version": "5.4",
        "extracted_on": "2026-04-01",
        "declares_practices": "true",
        "synthetic": "true",
        "opt_outs_applied": "[type_1, national]",
    }
    text = "\n".join(f"{key}: {value}" for key, value in declared.items())
    (folder / "declaration.yaml").write_text(text + "\n", encoding="utf-8")


def test_records_are_used_no_longer_than_they_may_be_kept(folder: Path) -> None:
    """Neither counted nor released once the date has passed, and the doctor names what is to be deleted."""
    load = current(folder / "store" / "warehouse" / PURPOSE)
    build = current(folder / "store" / "builds")
    assert load is not None and build is not None
    for file in (load / "load.json", build / "build.json"):
        text = file.read_text(encoding="utf-8")
        text = re.sub(r'"retention_until": "[^"]*"', '"retention_until": "2021-01-31"', text)
        file.write_text(text, encoding="utf-8")
    for command in ("build", "release"):
        told = refusal(folder, command, DEPLOYMENT)
        assert "these data might be kept until 31 January 2021 and no longer" in told
    found = run(folder, "doctor").stdout
    assert (
        f"MIND  These loads may be kept no more, run placewise retention --remove: warehouse/{PURPOSE}/{load.name}."
        in found
    )
