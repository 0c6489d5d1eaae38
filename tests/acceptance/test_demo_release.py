"""The demonstration's release: safe as written, not hidden away, and every list reconciled with its count."""

import hashlib
import re
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from builders.command_line import build_once, find_state, succeed
from builders.demonstration import PEOPLE, SEED, Demonstration, build_demonstration
from placewise.definitions import read_definitions
from placewise.door.identity import make_pseudonyms
from placewise.floor.folders import current, read_json
from placewise.measures.contract import ALL
from placewise.pipeline import DIRECT_CARE, PLANNING
from placewise.plans.lists.contract import HANDED_FOLDER
from placewise.plans.lists.read import read_handed_lists, read_lists
from placewise.programme import build_list_plans
from placewise.publishing.checks import check_release

TEST_NUMBER = r"99[89]\d{7}"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_once(tmp_path_factory, "demonstration", build_demonstration)


@pytest.fixture(scope="session")
def demo(folder: Path) -> Demonstration:
    return Demonstration(folder)


def is_common(demo: Demonstration, measure: str) -> bool:
    """Whether the middle practice has no number to hide: of whatever is rarer nearly all is hidden for itself."""
    counts = demo.cube.read(measure)[ALL]
    met, asked = (np.asarray(each)[:, 0, -1] for each in (counts.numerator, counts.denominator))
    fewest = np.minimum(met, asked - met)[asked > 0]
    return float(np.median(fewest)) >= demo.deployment.disclosure.suppress_below


def test_under_a_third_of_the_practice_cells_of_the_lead_measures_are_hidden(demo: Demonstration) -> None:
    leads = [card for card in demo.release.manifest.measures if card.lead]
    measured = {card.programme for card in demo.release.manifest.measures}
    assert len(leads) == len(measured), "one of each programme that measures something of its own"
    assert measured | {card.programme for card in demo.release.manifest.series} == set(demo.deployment.programmes)
    leads = [card.measure for card in leads if not card.whole_only and is_common(demo, card.measure)]
    assert len(leads) > len(measured) / 2
    hidden = cells = 0
    for measure in leads:
        at_last = demo.release.at_month(measure, "practice", demo.months())
        assert at_last.num_rows >= 10
        assert pc.sum(pc.equal(at_last["state"], "hidden")).as_py() < at_last.num_rows / 3, measure
        rows = pq.read_table(
            demo.release.folder / "measures" / f"{measure}.parquet", filters=[("level", "==", "practice")]
        )
        hidden += pc.sum(pc.equal(rows["state"], "hidden")).as_py()
        cells += rows.num_rows
    assert hidden < cells / 3


def test_the_release_as_written_keeps_its_rule(demo: Demonstration) -> None:
    check_release(demo.release.folder, demo.deployment.disclosure, demo.release.manifest.measures)
    assert all(each["passed"] for each in demo.release.manifest.checks)
    assert demo.release.manifest.cells["shown"] > 10_000


def opted_out(demo: Demonstration) -> set[int]:
    """The pseudonyms of whoever opted out of planning: only the door's processor and this test can know them."""
    numbers = pq.read_table(demo.records / "opt_out.parquet")["nhs_number"].unique().to_pylist()
    linkage_key = hashlib.sha256(f"{demo.deployment.slug} {SEED}".encode()).digest()
    return set(make_pseudonyms(numbers, linkage_key).tolist())


def test_everybody_who_came_to_the_door_is_accounted_for(demo: Demonstration) -> None:
    for purpose in (PLANNING, DIRECT_CARE):
        report = read_json(demo.store / f"extract-{PEOPLE}-{SEED}-{purpose}.door.json")
        assert report["people_in"] == demo.manifest["rows"]["person"]
        assert report["people_in"] == report["people_out"] + report["opted_out"] + sum(report["refused"].values())
        load = current(demo.store / "warehouse" / purpose)
        assert load is not None
        assert read_json(load / "load.json")["people"] == report["people_out"]
    assert report["opted_out"] == 0, "nobody opts out of their own care"


@pytest.mark.requirement("S087")
def test_every_list_is_its_count_and_those_who_opted_out(demo: Demonstration) -> None:
    plans = build_list_plans(read_definitions(demo.deployment).programmes, demo.code_lists)
    away = opted_out(demo)
    assert {plan.slug for plan in plans} == set(read_lists(demo.lists))
    listed = on_lists = 0
    for plan in plans:
        for practice in demo.cube.units():
            numerator, denominator = demo.count(plan.measure, practices=(practice,))
            people = pq.read_table(demo.lists / plan.slug / f"{practice}.parquet")["person_id"]
            not_counted = away.intersection(people.to_pylist())
            counted = numerator if plan.counted else denominator - numerator
            assert len(people) == counted + len(not_counted), (plan.slug, practice)
            listed += len(people)
            on_lists += len(not_counted)
    assert 0.05 < on_lists / listed < 0.15, "so the reconciliation was put to the test"


@pytest.mark.requirement("S104")
def test_the_screening_provider_s_list_is_those_counted_as_missed_without_whoever_declined(demo: Demonstration) -> None:
    (slug, card), *others = read_handed_lists(demo.lists).items()
    assert not others
    people = pq.read_table(demo.lists / HANDED_FOLDER / f"{slug}.parquet")["person_id"].to_pylist()
    numerator, denominator = demo.count(card["measure"])
    assert 0 < len(people) <= denominator - numerator
    assert not opted_out(demo).intersection(people)
    assert slug not in read_lists(demo.lists)


@pytest.mark.requirement("S095")
@pytest.mark.parametrize(
    ("need", "reach"),
    [
        ("smoking_known", "smokers_offered_support"),
        ("obesity_known", "obesity_offered_support"),
        ("inactivity_known", "inactive_offered_support"),
        ("drinking_known", "drinkers_offered_support"),
    ],
)
def test_how_far_help_reaches_is_told_by_deprivation_of_those_who_need_it(
    demo: Demonstration, need: str, reach: str
) -> None:
    """Whoever is at risk is the numerator of need and the denominator of reach, in each fifth: rounded apart."""
    step, top = 2 * demo.deployment.disclosure.round_to, demo.deployment.hierarchy.top.code
    at_risk, offered = (
        demo.release.groups(each, top, demo.months(), "deprivation_fifth").to_pylist()[:5] for each in (need, reach)
    )
    assert [row["group"] for row in offered] == ["1", "2", "3", "4", "5"], "the most deprived first"
    told = [(a, b) for a, b in zip(at_risk, offered, strict=True) if a["value"] is not None and b["value"] is not None]
    assert len(told) >= 2
    for a, b in told:
        assert abs(a["numerator"] - b["denominator"]) <= step
        assert 0 <= b["numerator"] <= b["denominator"]


def find_numbers(table: pa.Table) -> set[str]:
    """Every ten digits of the test range among the values of a table, those inside lists, maps and structs too."""
    found: set[str] = set()
    waiting = [chunk for column in table.columns for chunk in column.chunks]
    while waiting:
        values = waiting.pop()
        if pa.types.is_map(values.type):
            waiting += [values.keys, values.items]
        elif pa.types.is_struct(values.type):
            waiting += values.flatten()
        elif pa.types.is_nested(values.type):
            waiting.append(values.flatten())
        elif pa.types.is_dictionary(values.type):
            waiting.append(values.dictionary)
        elif pa.types.is_integer(values.type):
            whole = values.drop_null().to_numpy(zero_copy_only=False)
            found |= set(map(str, whole[(whole >= 9_980_000_000) & (whole <= 9_999_999_999)].tolist()))
        elif pa.types.is_string(values.type) or pa.types.is_large_string(values.type):
            matching = values.filter(pc.match_substring_regex(values, TEST_NUMBER)).to_pylist()
            found.update(*(re.findall(TEST_NUMBER, text) for text in matching))
    return found


def test_no_nhs_number_stands_anywhere_behind_the_door(demo: Demonstration) -> None:
    """Neither in the bytes of any file nor, since those are compressed, among the values of any table."""
    numbers = set(pq.read_table(demo.records / "person.parquet")["person_source_value"].to_pylist())
    parts = ("warehouse", "builds", "releases", "observations")
    files = [path for part in parts for path in (demo.store / part).rglob("*") if path.is_file()]
    assert len(files) > 100
    for path in [*files, demo.store / "site.sqlite3"]:
        in_bytes = {match.decode() for match in re.findall(TEST_NUMBER.encode(), path.read_bytes())}
        assert numbers.isdisjoint(in_bytes), path
        if path.suffix == ".parquet":
            assert numbers.isdisjoint(find_numbers(pq.read_table(path))), path
    assert numbers == find_numbers(pq.read_table(demo.records / "person.parquet")), "so they would have been found"


def test_a_second_start_writes_nothing(folder: Path, demo: Demonstration) -> None:
    before = find_state(folder)
    told = succeed("demo", "--no-serve", folder=folder)
    assert told == f"{demo.deployment.name}: the release {demo.release.folder.name} is in force.\n"
    assert find_state(folder) == before


def test_the_window_and_the_levels_are_the_deployments(demo: Demonstration) -> None:
    assert len(demo.release.months) == 60
    (people,) = demo.release.population(demo.deployment.hierarchy.top.code)["people"].to_pylist()
    assert people == pytest.approx(PEOPLE * 0.92, rel=0.02), "some opted out of being counted"
    for level in demo.deployment.hierarchy.levels:
        assert demo.release.at_month("hypertension_prevalence", level, demo.months()).num_rows > 0
    assert np.isclose(
        sum(demo.count("hypertension_prevalence", practices=(each,))[0] for each in demo.cube.units()),
        demo.count("hypertension_prevalence")[0],
    )


def test_a_release_tells_no_number_of_the_load_for_direct_care(demo: Demonstration) -> None:
    """Beside the load for planning it would tell how many opted out."""
    manifest = demo.release.manifest
    care = next(load for load in manifest.loads if load["purpose"] == DIRECT_CARE)
    assert care["people"] is None
    assert all(source.get("purpose", PLANNING) == PLANNING for source in manifest.sources)
    said = (demo.release.folder / "release.json").read_text(encoding="utf-8")
    load = current(demo.store / "warehouse" / DIRECT_CARE)
    assert load is not None
    people = read_json(load / "load.json")["people"]
    assert str(people) not in said
    assert f"{people:,}" not in said
