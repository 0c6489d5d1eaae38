"""Synthesise: invented records with planted truths, in the shape practices' systems would send (contract.py)."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from placewise.config import Deployment
from placewise.floor.faults import refuse
from placewise.floor.folders import whole_folder, write_json
from placewise.floor.progress import Report, quiet
from placewise.floor.vocabulary import cdm
from placewise.floor.vocabulary.code_lists import CodeList
from placewise.synthetic.annual_checks import add_annual_checks
from placewise.synthetic.blood_pressure import add_blood_pressures
from placewise.synthetic.carers import add_carers
from placewise.synthetic.chance import stream
from placewise.synthetic.coding_drive import plant_coding_drive
from placewise.synthetic.cohort import Cohort
from placewise.synthetic.contacts import add_contacts
from placewise.synthetic.contract import SyntheticManifest
from placewise.synthetic.diagnoses import add_diagnoses
from placewise.synthetic.early_births import add_early_births
from placewise.synthetic.events import EVENT_TABLES, Events
from placewise.synthetic.heart_rhythm import add_heart_rhythm
from placewise.synthetic.margins import FOLDER, get_place_level, read_margins
from placewise.synthetic.nhs_numbers import make_nhs_numbers
from placewise.synthetic.people import Calendar, build_people
from placewise.synthetic.planting import Tally, choose_where, tell_truths
from placewise.synthetic.recorded import add_recorded, read_recorded
from placewise.synthetic.records import Records
from placewise.synthetic.registers import draw_onset, pick_registers
from placewise.synthetic.small_areas import build_small_areas
from placewise.synthetic.subset import practices_for
from placewise.synthetic.tables import write_opt_outs, write_organisations, write_people, write_practice_keys

FEWEST_PEOPLE = 500
PEOPLE_IN_COHORT = 50_000


def synthesise(
    deployment: Deployment,
    code_lists: Mapping[str, CodeList],
    people: int,
    seed: int,
    folder: Path,
    progress: Report = quiet,
) -> SyntheticManifest:
    """Write the records of `people` registered at the window's last month, and of those who left or died during it.

    The same deployment, code lists, people and seed give the same bytes. The folder is written whole. Raises
    FaultsFound where the folder exists, the margins are faulty, or the people are too few for practices' lists.
    """
    if people < FEWEST_PEOPLE:
        raise refuse(folder, f"{people} people are too few for practices' lists", f"ask for {FEWEST_PEOPLE} or more")
    hierarchy, calendar = deployment.hierarchy, Calendar.of(deployment.window)
    place_level = get_place_level(hierarchy)
    margins = read_margins(deployment.folder / FOLDER, code_lists, {each.code for each in hierarchy.at(place_level)})
    recorded = read_recorded(deployment.folder / FOLDER, code_lists)
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
            write_organisations(records, deployment, practices, areas)
            for part, first in enumerate(range(0, len(everybody), PEOPLE_IN_COHORT)):
                progress("Writing records", first / len(everybody))
                rows = slice(first, first + PEOPLE_IN_COHORT)
                rng = stream(seed, "events", part)
                some = everybody.take(rows)
                onset = {each.code_list: draw_onset(each, some, rng) for each in margins.registers}
                on = on_register.take(rows)
                onset = plant_coding_drive(
                    onset, some, on, planting, calendar, tally, stream(seed, "coding drive", part)
                )
                cohort = Cohort(some, decile[rows], on, onset, calendar, margins, planting)
                write_people(records, cohort, first, nhs_numbers[rows])
                write_opt_outs(records, cohort, nhs_numbers[rows], rng)
                events = _build_events(cohort, code_lists, tally, rng)
                add_recorded(recorded, cohort, events, code_lists, seed, part)
                _write_events(records, events, code_lists, first)
        recipients = (each.organisation for each in deployment.recipients.values())
        write_practice_keys(draft / "practice_keys", (*practices, *recipients), seed)
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


def _build_events(cohort: Cohort, code_lists: Mapping[str, CodeList], tally: Tally, rng: np.random.Generator) -> Events:
    events = Events(code_lists)
    add_diagnoses(cohort, events, rng)
    add_heart_rhythm(cohort, events, tally, rng)
    add_blood_pressures(cohort, events, tally, rng)
    add_annual_checks(cohort, events, tally, rng)
    add_carers(cohort, events, tally, rng)
    add_contacts(cohort, events, rng)
    add_early_births(cohort, events, rng.spawn(1)[0])
    return events


def _write_events(records: Records, events: Events, code_lists: Mapping[str, CodeList], before: int) -> None:
    codes = {row.concept_id: row.code for code_list in code_lists.values() for row in code_list.rows}
    known = np.array(sorted(codes), np.int32)
    names = pa.array([codes[concept] for concept in sorted(codes)])
    for names_of in EVENT_TABLES.values():
        columns = events.in_order(names_of)
        who = columns.pop("who")
        index = np.searchsorted(known, columns[names_of.concept]).astype(np.int32)
        identities: dict[str, Any] = {
            names_of.key: records.next_keys(names_of.table, len(who)),
            "person_id": before + 1 + who,
            names_of.code: pa.DictionaryArray.from_arrays(index, names),
        }
        records.write(names_of.table, columns | identities)
