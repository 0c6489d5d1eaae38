"""Synthesise: invented records with planted truths, in the shape practices' systems would send (contract.py)."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from nacl.public import PrivateKey

from placewise.config import Deployment
from placewise.door.contract import SMALL_AREAS
from placewise.floor.faults import refuse
from placewise.floor.folders import whole_folder, write_json
from placewise.floor.vocabulary.code_lists import CodeList
from placewise.floor.vocabulary.organisations import PRACTICE
from placewise.floor.vocabulary.subset import practices_for
from placewise.synthetic import cdm
from placewise.synthetic.annual_checks import add_annual_checks
from placewise.synthetic.blood_pressure import add_blood_pressures
from placewise.synthetic.carers import add_carers
from placewise.synthetic.chance import DAYS_A_YEAR, days_between, stream
from placewise.synthetic.cohort import Cohort
from placewise.synthetic.contacts import add_contacts
from placewise.synthetic.contract import SyntheticManifest
from placewise.synthetic.events import EVENT_TABLES, Events
from placewise.synthetic.heart_rhythm import add_heart_rhythm
from placewise.synthetic.margins import FOLDER, Margins, read_margins
from placewise.synthetic.nhs_numbers import make_nhs_numbers
from placewise.synthetic.people import CATEGORIES, NONE, STILL_HERE, Calendar, People, build_people
from placewise.synthetic.planting import Tally, choose_where, tell_truths
from placewise.synthetic.records import Records
from placewise.synthetic.registers import draw_onset, pick_registers
from placewise.synthetic.small_areas import SmallAreas, build_small_areas

FEWEST_PEOPLE = 500
PEOPLE_IN_COHORT = 50_000

Report = Callable[[str, float], None]


def synthesise(
    deployment: Deployment,
    code_lists: Mapping[str, CodeList],
    people: int,
    seed: int,
    folder: Path,
    progress: Report = lambda told, share: None,
) -> SyntheticManifest:
    """Write the records of `people` registered at the window's last month, and of those who left or died during it.

    The same deployment, code lists, people and seed give the same bytes. The folder is written whole. Raises
    FaultsFound where the folder exists, the margins are faulty, or the people are too few for practices' lists.
    """
    if people < FEWEST_PEOPLE:
        raise refuse(folder, f"{people} people are too few for practices' lists", f"ask for {FEWEST_PEOPLE} or more")
    hierarchy, calendar = deployment.hierarchy, Calendar.of(deployment.window)
    place_level = hierarchy.levels[1] if hierarchy.levels[1] != PRACTICE else hierarchy.levels[0]
    margins = read_margins(deployment.folder / FOLDER, code_lists, {each.code for each in hierarchy.at(place_level)})
    practices = tuple(practices_for(hierarchy, people))

    progress("Placing people", 0.0)
    areas = build_small_areas(margins, people, stream(seed, "areas"))
    place_of = np.array([areas.places.index(hierarchy.chains[practice][place_level]) for practice in practices])
    practices_in = [np.flatnonzero(place_of == place).astype(np.int16) for place in range(len(areas.places))]
    everybody = build_people(margins, areas, practices_in, calendar, stream(seed, "people"))
    decile = areas.decile[everybody.area]
    on_register = pick_registers(margins.registers, everybody, decile, stream(seed, "registers"))
    lists = np.bincount(everybody.practice[everybody.still_here], minlength=len(practices))
    planting = choose_where(hierarchy, practices, lists, margins.planted)
    nhs_numbers = make_nhs_numbers(len(everybody), stream(seed, "nhs numbers"))
    tally = Tally()

    with whole_folder(folder) as draft:
        with Records(draft) as records:
            _write_organisations(records, deployment, practices, areas)
            for part, first in enumerate(range(0, len(everybody), PEOPLE_IN_COHORT)):
                progress("Writing records", first / len(everybody))
                rows = slice(first, first + PEOPLE_IN_COHORT)
                rng = stream(seed, "events", part)
                some = everybody.take(rows)
                onset = {each.code_list: draw_onset(each, some, rng) for each in margins.registers}
                cohort = Cohort(some, decile[rows], on_register.take(rows), onset, calendar, margins, planting)
                _write_people(records, cohort, first, nhs_numbers[rows])
                _write_opt_outs(records, cohort, nhs_numbers[rows], rng)
                _write_events(records, cohort, code_lists, first, tally, rng)
        _write_practice_keys(draft / "practice_keys", practices, seed)
        manifest = SyntheticManifest(
            deployment=deployment.slug,
            people=people,
            seed=seed,
            first_month=f"{deployment.window.month_ends[0]:%Y-%m}",
            last_month=f"{deployment.window.month_ends[-1]:%Y-%m}",
            cdm_version=cdm.VERSION,
            rows=dict(sorted(records.rows.items())),
            planted=tell_truths(planting, tally, deployment.window),
        )
        write_json(draft / "manifest.json", asdict(manifest))
    progress("Records written", 1.0)
    return manifest


def _write_organisations(
    records: Records, deployment: Deployment, practices: tuple[str, ...], areas: SmallAreas
) -> None:
    names = [deployment.hierarchy.organisations[practice].name for practice in practices]
    records.write(
        "care_site",
        {
            "care_site_id": np.arange(1, len(practices) + 1),
            "care_site_name": pa.array(names),
            "care_site_source_value": pa.array(practices),
        },
    )
    records.write(
        "location",
        {"location_id": np.arange(1, len(areas.codes) + 1), "location_source_value": pa.array(areas.codes)},
    )
    records.write(
        "small_areas",
        {
            "small_area": pa.array(areas.codes),
            "place": pa.array([areas.places[place] for place in areas.place]),
            "deprivation_decile": areas.decile,
            "deprivation_edition": pa.array([deployment.deprivation_edition] * len(areas.codes)),
            "geography_edition": pa.array([deployment.geography_edition] * len(areas.codes)),
        },
        SMALL_AREAS,
    )


def _write_people(records: Records, cohort: Cohort, before: int, nhs_numbers: npt.NDArray[np.int64]) -> None:
    people = cohort.people
    person_id = before + 1 + np.arange(len(people))
    born = people.birth.astype("datetime64[D]")
    month = born.astype("datetime64[M]")
    none = np.zeros(len(people), np.int32)
    records.write(
        "person",
        {
            "person_id": person_id,
            "gender_concept_id": np.where(people.sex == 0, cdm.FEMALE, cdm.MALE),
            "year_of_birth": 1970 + born.astype("datetime64[Y]").astype(np.int32),
            "month_of_birth": month.astype(np.int32) % 12 + 1,
            "day_of_birth": (born - month).astype(np.int32) + 1,
            "race_concept_id": none,
            "ethnicity_concept_id": none,
            "location_id": people.area + 1,
            "care_site_id": people.practice.astype(np.int64) + 1,
            "person_source_value": pa.array(nhs_numbers).cast(pa.string()),
            "race_source_value": pa.DictionaryArray.from_arrays(people.ethnicity, list(CATEGORIES)),
        },
    )
    records.write(
        "observation_period",
        {
            "observation_period_id": person_id,
            "person_id": person_id,
            "observation_period_start_date": people.start,
            "observation_period_end_date": people.last,
            "period_type_concept_id": np.full(len(people), cdm.RECORDED_IN_CARE),
        },
    )
    dead = np.flatnonzero(people.died)
    records.write(
        "death",
        {
            "person_id": person_id[dead],
            "death_date": people.end[dead],
            "death_type_concept_id": np.full(len(dead), cdm.RECORDED_IN_CARE),
        },
    )
    for table, schema, unit, earlier, latest, since in (
        (
            "registration",
            cdm.REGISTRATION,
            "care_site_id",
            people.earlier_practice,
            people.practice,
            people.practice_since,
        ),
        ("residence", cdm.RESIDENCE, "location_id", people.earlier_area, people.area, people.area_since),
    ):
        records.write(table, _spells(people, person_id, table, unit, earlier, latest, since), schema)


def _spells(
    people: People,
    person_id: npt.NDArray[np.int64],
    table: str,
    unit: str,
    earlier: npt.NDArray[np.integer],
    latest: npt.NDArray[np.integer],
    since: npt.NDArray[np.int32],
) -> dict[str, npt.NDArray | pa.Array]:
    """One row a person, and one before it for who moved; the earlier ends the day before the later starts."""
    who = np.repeat(np.arange(len(people)), 1 + (earlier != NONE))
    is_earlier = np.append(who[:-1] == who[1:], False)
    end = np.where(is_earlier, since[who] - 1, people.end[who]).astype(np.int32)
    return {
        "person_id": person_id[who],
        unit: np.where(is_earlier, earlier[who], latest[who]).astype(np.int64) + 1,
        f"{table}_start_date": np.where(is_earlier, people.start[who], since[who]),
        f"{table}_end_date": pa.array(end, mask=end == STILL_HERE).view(pa.date32()),
    }


def _write_opt_outs(
    records: Records, cohort: Cohort, nhs_numbers: npt.NDArray[np.int64], rng: np.random.Generator
) -> None:
    """Who opted out, from a day in the ten years before the last; of the people who went, before they went."""
    people, rates = cohort.people, cohort.margins.tendencies
    for kind, share in (("type_1", rates.type_1_opt_out), ("national", rates.national_opt_out)):
        who = np.flatnonzero(rng.random(len(people)) < share)
        earliest = np.maximum(people.birth[who], people.last[who] - int(10 * DAYS_A_YEAR)).astype(np.int32)
        records.write(
            "opt_out",
            {
                "nhs_number": pa.array(nhs_numbers[who]).cast(pa.string()),
                "kind": pa.array([kind] * len(who), pa.string()),
                "from_date": days_between(earliest, people.last[who], rng),
            },
            cdm.OPT_OUT,
        )


def _write_events(
    records: Records,
    cohort: Cohort,
    code_lists: Mapping[str, CodeList],
    before: int,
    tally: Tally,
    rng: np.random.Generator,
) -> None:
    events = Events(code_lists)
    _add_diagnoses(cohort, events, cohort.margins, rng)
    add_heart_rhythm(cohort, events, tally, rng)
    add_blood_pressures(cohort, events, tally, rng)
    add_annual_checks(cohort, events, tally, rng)
    add_carers(cohort, events, tally, rng)
    add_contacts(cohort, events, rng)
    codes = {row.concept_id: row.code for code_list in code_lists.values() for row in code_list.rows}
    known = np.array(sorted(codes), np.int32)
    names = pa.array([codes[concept] for concept in sorted(codes)])
    for names_of in EVENT_TABLES.values():
        columns = events.in_order(names_of)
        who = columns.pop("who")
        index = np.searchsorted(known, columns[names_of.concept]).astype(np.int32)
        columns |= {
            names_of.key: records.next_keys(names_of.table, len(who)),
            "person_id": before + 1 + who,
            names_of.code: pa.DictionaryArray.from_arrays(index, names),
        }
        records.write(names_of.table, columns)


def _add_diagnoses(cohort: Cohort, events: Events, margins: Margins, rng: np.random.Generator) -> None:
    """The code that puts each person on a register; for who was on it once, that code and the one that resolves it."""
    for register in margins.registers:
        onset = cohort.since(register.code_list)
        now = np.flatnonzero(cohort.on.now[register.code_list])
        events.add(register.code_list, now, onset[now], rng)
        if register.resolved_by:
            once = np.flatnonzero(cohort.on.resolved[register.code_list])
            events.add(register.code_list, once, onset[once], rng)
            resolved = days_between(onset[once], cohort.people.last[once], rng)
            events.add(register.resolved_by, once, resolved, rng)


def _write_practice_keys(folder: Path, practices: tuple[str, ...], seed: int) -> None:
    """A key pair a practice. Derived from the seed: these practices are invented, and no real key is ever made so."""
    folder.mkdir()
    for practice in practices:
        private = PrivateKey(hashlib.sha256(f"synthetic practice key {seed} {practice}".encode()).digest())
        key = folder / f"{practice}.key"
        key.touch(mode=0o600)
        key.write_text(private.encode().hex() + "\n", encoding="ascii")
        (folder / f"{practice}.pub").write_text(private.public_key.encode().hex() + "\n", encoding="ascii")
