"""Writes the tables about organisations and people: who they are, where they were when, and who opted out."""

import hashlib
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from nacl.public import PrivateKey

from placewise.config import Deployment
from placewise.door.contract import SMALL_AREAS
from placewise.floor.vocabulary import cdm
from placewise.synthetic.chance import DAYS_A_YEAR, days_between
from placewise.synthetic.cohort import Cohort
from placewise.synthetic.contract import OPT_OUT, REGISTRATION, RESIDENCE
from placewise.synthetic.people import CATEGORIES, NONE, STILL_HERE, People
from placewise.synthetic.records import Records
from placewise.synthetic.small_areas import SmallAreas


def write_organisations(
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


def write_people(records: Records, cohort: Cohort, before: int, nhs_numbers: npt.NDArray[np.int64]) -> None:
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
            REGISTRATION,
            "care_site_id",
            people.earlier_practice,
            people.practice,
            people.practice_since,
        ),
        ("residence", RESIDENCE, "location_id", people.earlier_area, people.area, people.area_since),
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


def write_opt_outs(
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
            OPT_OUT,
        )


def write_practice_keys(folder: Path, practices: tuple[str, ...], seed: int) -> None:
    """A key pair a practice, and a recipient. Derived from the seed: they are invented, and no real key is ever made
    so."""
    folder.mkdir()
    for practice in practices:
        private = PrivateKey(hashlib.sha256(f"synthetic practice key {seed} {practice}".encode()).digest())
        key = folder / f"{practice}.key"
        key.touch(mode=0o600)
        key.write_text(private.encode().hex() + "\n", encoding="ascii")
        (folder / f"{practice}.pub").write_text(private.public_key.encode().hex() + "\n", encoding="ascii")
