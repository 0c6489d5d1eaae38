"""The command line from invented records to a release and back, run as a user runs it, on the invented system."""

import getpass
import json
import re
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.main import get_command
from typer.testing import CliRunner

from builders.command_line import build_once, one_sentence, run_here, succeed_here
from builders.small_system import DEPLOYMENT, PEOPLE, SYNTHESISE, build_small_system
from placewise.cli import app
from placewise.floor.folders import current
from placewise.publishing.checks import OPENS_RECORDS
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.disclosure import get_rounded
from placewise.publishing.release import open_current

VERBS = (
    "check", "synthesise", "door", "intake", "build", "release", "show", "explain", "attack", "withdraw",
    "findings", "ambitions", "claims", "facts", "open", "serve", "backup", "restore", "demo", "doctor", "audit",
    "retention", "impact", "effect", "outreach", "digest",
)  # fmt: skip


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_once(tmp_path_factory, "small_system", build_small_system)


@pytest.fixture(scope="session")
def told(system: Path) -> dict[str, str]:
    return json.loads((system / "told.json").read_text(encoding="utf-8"))


@pytest.fixture
def own(system: Path, tmp_path: Path) -> Path:
    """A folder with a copy of the store, for a test that writes to it."""
    shutil.copytree(system / "store", tmp_path / "store")
    return tmp_path


def some_list(system: Path) -> Path:
    """A list with somebody on it, of a practice that has a key."""
    folder = current(system / "store" / "lists")
    assert folder is not None
    lists = [file for file in folder.glob("*/*.parquet") if "-" not in file.parent.name]
    return max(lists, key=lambda path: pq.read_metadata(path).num_rows)


def test_each_step_tells_the_next_until_the_pages_are_served(told: dict[str, str]) -> None:
    steps = [command.split()[1] for command in told]
    assert steps == ["synthesise", "door", "intake", "door", "intake", "build", "release"]
    *_, last = told.values()
    assert last.splitlines()[-1] == "Next: placewise serve"


def test_invented_people_are_all_registered_and_their_rows_told(system: Path, told: dict[str, str]) -> None:
    manifest = json.loads((system / "records" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["people"] == PEOPLE
    assert told[SYNTHESISE].startswith(
        f"{PEOPLE:,} people and {sum(manifest['rows'].values()):,} rows stand in records."
    )


def test_intake_accounts_for_every_row_for_a_machine_too(own: Path, system: Path) -> None:
    rows = json.loads(succeed_here("intake", DEPLOYMENT, system / "extract", "--json", folder=own))
    assert {Path(row["file"]).name for row in rows} >= {"person.parquet", "measurement.parquet", "registration.parquet"}
    for row in rows:
        assert row["rows_in"] == row["rows_kept"] + sum(row["rejected"].values())
        assert row["rows_in"] == pq.read_metadata(system / "extract" / Path(row["file"]).name).num_rows
        assert len(row["sha256"]) == 64


def test_the_release_in_force_shows_the_last_month_of_the_invented_system(system: Path) -> None:
    release = open_current(system / "store")
    assert release is not None
    trend = release.trend("hypertension_prevalence", "SBX")
    assert trend.num_rows == 36
    *_, last = trend["denominator"].to_pylist()
    assert last == pytest.approx(PEOPLE * 0.92, rel=0.05), "some opted out of planning"
    assert last % 10 == 0, "this system rounds to 10"


def test_a_release_tells_of_the_records_no_more_than_the_rule_allows(system: Path) -> None:
    """The store's owner reads exact numbers in load.json; everybody else reads rounded ones, or none below eight."""
    release = open_current(system / "store")
    assert release is not None
    (planning,) = (system / "store" / "warehouse" / "population_health_planning").glob("*/load.json")
    load = json.loads(planning.read_text(encoding="utf-8"))
    rule = DisclosureRule(suppress_below=10, round_to=10)
    told = {each["table"]: each for each in release.manifest.sources if "table" in each}
    for table in load["tables"]:
        shown = told[table["table"]]
        assert shown["rows_kept"] == get_rounded(table["rows_kept"], rule), table["table"]
        assert shown["rejected"].keys() == table["rejected"].keys()
    assert all(each["people"] is None or each["people"] % 10 == 0 for each in release.manifest.loads)
    sentences = " ".join(each["told"] for each in release.manifest.checks if each["room"] in OPENS_RECORDS)
    assert "Everybody stands once" in sentences
    assert not re.search(r"\d", sentences)
    assert "unmapped_concepts" not in (release.folder / "release.json").read_text(encoding="utf-8")


def test_building_again_from_the_same_puts_the_same_in_force(own: Path, system: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in (own / "store" / "builds").rglob("*.parquet")}
    folder = current(own / "store" / "builds")
    assert folder is not None
    assert f"The build {folder.name} is in force." in succeed_here("build", DEPLOYMENT, folder=own)
    assert {path: path.stat().st_mtime_ns for path in (own / "store" / "builds").rglob("*.parquet")} == before


def test_check_finds_no_mistake_in_what_we_ship(tmp_path: Path) -> None:
    assert succeed_here("check", folder=tmp_path) == "No mistakes.\n"
    assert json.loads(succeed_here("check", DEPLOYMENT, "--json", folder=tmp_path)) == []


def test_show_says_in_plain_english_what_a_measure_is(tmp_path: Path) -> None:
    told = succeed_here("show", "af_anticoagulated", folder=tmp_path)
    lines = told.splitlines()
    of, counts = lines.index("Of whom it is asked") + 1, lines.index("Who counts") + 1
    assert lines[of] == "  - is on the register “Atrial fibrillation at risk of stroke”"
    assert lines[counts] == (
        "  - was issued “Anticoagulants (warfarin and direct oral anticoagulants)” in the last 6 months"
    )
    register = lines.index("  “Atrial fibrillation at risk of stroke”: a person who")
    assert lines[register + 1 : register + 5] == [
        "    - all of these",
        "      - is on the register “Atrial fibrillation”",
        "      - has as latest reading “CHA2DS2-VASc stroke risk score” 2 or more",
        "      - has no record of “Mechanical heart valve, or moderate to severe mitral stenosis”",
    ]
    assert "Better: higher." in told
    assert "  Atrial fibrillation (af_codes)" in lines
    assert "No build has used this measure here yet" in lines[-1]
    assert "A mechanical" not in told
    assert "      SNOMED 49436004  Atrial fibrillation" in succeed_here(
        "show", "af_anticoagulated", "--codes", folder=tmp_path
    )
    card = json.loads(succeed_here("show", "af_anticoagulated", "--json", folder=tmp_path))
    assert (card["measure"], card["better"], len(card["version"])) == ("af_anticoagulated", "higher", 8)
    assert {each["name"] for each in card["code_lists"]} >= {"af_codes", "anticoagulants", "cha2ds2vasc"}


def test_show_says_what_changed_since_the_version_that_was_built(own: Path, root: Path) -> None:
    assert succeed_here("show", "af_anticoagulated", folder=own).splitlines()[-1] == (
        "This is the first version built here: there is none before to compare with."
    )
    for kind in ("programmes", "codelists"):
        shutil.copytree(root / kind, own / kind)
    programme, codes = own / "programmes" / "healthy_hearts.yaml", own / "codelists" / "anticoagulants.csv"
    text = programme.read_text(encoding="utf-8")
    programme.write_text(
        text.replace("count: {on_medicine: anticoagulants, within: 6 months}", "count: {on_medicine: anticoagulants}"),
        encoding="utf-8",
    )
    head, *rows, last = codes.read_text(encoding="utf-8").splitlines()
    kept = [f"{head},removed", *(f"{row}," for row in rows), f"{last},prescribed no more"]
    codes.write_text("\n".join(kept) + "\n", encoding="utf-8")
    title = "Anticoagulants (warfarin and direct oral anticoagulants)"
    changes = [
        f"what counts: the period of “{title}” is no longer set; it was 6 months",
        f"1 code was removed from the code list “{title}”: {last.split(',')[1]} {last.split(',')[2]}",
    ]
    lines = succeed_here("show", "af_anticoagulated", folder=own).splitlines()
    (heading,) = (line for line in lines if line.startswith("What the next build will change since version "))
    for line, change in zip(lines[lines.index(heading) + 1 :], changes, strict=True):
        assert line.startswith(f"  - {change}")
    # And once it is built and released, the release tells it too
    succeed_here("build", DEPLOYMENT, folder=own)
    succeed_here("release", DEPLOYMENT, folder=own)
    assert "What changed since version " in succeed_here("show", "af_anticoagulated", folder=own)
    release = open_current(own / "store")
    assert release is not None
    (card,) = (each for each in release.manifest.measures if each.measure == "af_anticoagulated")
    assert card.previous is not None
    assert card.previous["changes"][0] == changes[0]
    said = json.loads(succeed_here("show", "af_anticoagulated", "--json", folder=own))
    assert [each["version"] for each in said["built"]] == [card.version, card.previous["version"]]


def test_a_misspelt_measure_is_met_with_the_nearest(tmp_path: Path) -> None:
    told = one_sentence(run_here("show", "af_anticoagulatd", folder=tmp_path))
    assert told == "af_anticoagulatd: there is no measure of this name; did you mean `af_anticoagulated`."


def test_explain_lays_one_case_open_to_the_treating_practice_alone_and_logs_every_attempt(own: Path) -> None:
    file = some_list(own)
    measure = json.loads((file.parents[1] / "lists.json").read_text(encoding="utf-8"))[file.parent.name]["measure"]
    person = pq.read_table(file)["person_id"][0].as_py()
    asked = ("explain", measure, "--person", person, "--deployment", DEPLOYMENT)
    told = succeed_here(*asked, "--practice", file.stem, folder=own)
    assert "Of whom it is asked" in told
    asked_of, counts = told.splitlines()[-2:]
    assert re.search(r"■  asked of this person: .* to 2026-03$", asked_of), "on a list now, so asked of now"
    assert re.search(r"·  counts: ", counts), "and missed now"
    plain = succeed_here(*asked, "--practice", file.stem, "--plain", folder=own)
    assert plain.isascii()
    assert len(plain.splitlines()) == len(told.splitlines())
    elsewhere = one_sentence(run_here(*asked, "--practice", "SBX99", folder=own))
    assert "the practice has no such person registered now" in elsewhere
    analyst = one_sentence(run_here(*asked, "--practice", file.stem, "--role", "analyst", folder=own))
    assert "the role analyst sees no names" in analyst
    log = [json.loads(line) for line in (own / "store" / "access.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(each["reader"]["name"], each["rows"], bool(each["denied"])) for each in log] == [
        (getpass.getuser(), 1, False),
        (getpass.getuser(), 1, False),
        (getpass.getuser(), 0, True),
        (getpass.getuser(), 0, True),
    ]


def test_findings_are_told_in_words_of_a_build_there_is(system: Path, tmp_path: Path) -> None:
    rows = json.loads(succeed_here("findings", DEPLOYMENT, "--json", folder=system))
    assert {row["level"] for row in rows} == {"system", "district", "practice"}
    assert {row["month"] for row in rows if row["kind"] == "change"} == {"2026-03"}
    assert not any(re.search(r"\d", row["told"]) for row in rows)
    told = one_sentence(run_here("findings", DEPLOYMENT, folder=tmp_path))
    assert "there is no build in it" in told


def test_a_practice_opens_its_list_with_its_own_key_and_no_other(system: Path, tmp_path: Path) -> None:
    file = some_list(system)
    keys = system / "records" / "practice_keys"
    rows = json.loads(succeed_here("open", file, "--key", keys / f"{file.stem}.key", "--json", folder=tmp_path))
    listed = pq.read_table(file)
    assert [row["rank"] for row in rows] == listed["rank"].to_pylist()
    assert all(row["nhs_number"].startswith("999") for row in rows)
    assert "age" in rows[0]["shown"]
    told = succeed_here("open", file, "--key", keys / f"{file.stem}.key", folder=tmp_path)
    assert rows[0]["nhs_number"] in told
    another = next(key for key in keys.glob("*.key") if key.stem != file.stem)
    refused = one_sentence(run_here("open", file, "--key", another, folder=tmp_path))
    assert f"{another.name} does not open it" in refused


def test_the_doctor_says_what_is_well_and_what_is_missing(system: Path, tmp_path: Path) -> None:
    found = json.loads(succeed_here("doctor", "--json", folder=system))
    assert all(each["passed"] for each in found)
    assert any("is in force" in each["told"] for each in found)
    new = run_here("doctor", folder=tmp_path)
    assert new.returncode == 1
    assert "MIND  No release is in force: run placewise demo." in new.stdout


def test_every_verb_explains_itself() -> None:
    runner = CliRunner()
    assert set(VERBS) == set(get_command(app).list_commands(None))  # type: ignore[attr-defined,arg-type]
    for verb in VERBS:
        said = runner.invoke(app, [verb, "--help"])
        assert said.exit_code == 0
        assert "Usage:" in said.stdout


def test_the_help_names_every_verb(tmp_path: Path) -> None:
    told = succeed_here("--help", folder=tmp_path)
    assert all(verb in told for verb in VERBS)


@pytest.mark.realdata
def test_every_stated_figure_comes_out_of_the_published_files(realdata: Path, tmp_path: Path) -> None:
    rows = json.loads(succeed_here("facts", realdata, "--json", folder=tmp_path))
    assert len(rows) >= 15
    assert all(row["agrees"] for row in rows)
