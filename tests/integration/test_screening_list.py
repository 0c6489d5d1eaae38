"""Who did not come to screening, from practices' records to the list of the screening provider, and to nobody else's.

The extract is of 1 April 2026. Everybody is asked about screening but those who are too young; nobody's kit came back,
except where the name says so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from builders.asked import code_lists
from builders.invented_people import programmes
from builders.omop import make_hierarchy
from builders.records import (
    LINKAGE_KEY,
    RESTRICTED,
    OptOut,
    Records,
    Someone,
    make_declaration,
    make_number,
    write_records,
)
from placewise.door.build import make_extract
from placewise.door.changes import make_changes
from placewise.door.contract import DoorReport
from placewise.door.definition import Recipient
from placewise.door.identity import make_pseudonyms
from placewise.floor.access import AccessDenied, AccessRecord, Reader
from placewise.floor.faults import FaultsFound
from placewise.floor.folders import read_json
from placewise.floor.timeline.events import read_events
from placewise.floor.timeline.kernel import Answers
from placewise.floor.timeline.window import Window
from placewise.intake.omop.build import load_warehouse
from placewise.intake.warehouse import open_warehouse
from placewise.measures.build import build_flags
from placewise.plans.lists.build import ListBuilder
from placewise.plans.lists.open import open_call_list
from placewise.plans.lists.read import find_done_people, read_call_list, read_handed_list, read_handed_lists, read_lists
from placewise.population.build import build_placing, build_population
from placewise.population.segments import read_segments
from placewise.programme import build_list_plans, get_registers

PROGRAMME, LIST, MEASURE = "cancer_early_diagnosis", "bowel_screening_not_done", "bowel_screening_uptake"
PROVIDER, PURPOSE = "SCREEN1", "screening_invitation"
RECIPIENT = Recipient(organisation=PROVIDER, purpose=PURPOSE, first_age=60, last_age=74)
WINDOW = Window(2025, 4, 12)
NAMES = (
    "never came", "came long ago", "of the other practice", "came", "declined", "at the end of life", "no bowel",
    "opted out of leaving the practice", "opted out nationally", "died", "moved away", "too young",
)  # fmt: skip
OWN = Reader(name="ann@screening.example", role="screening_provider", purpose=PURPOSE, place=PROVIDER)


def concept(code_list: str) -> int:
    return code_lists()[code_list].concept_ids[0]


def people() -> Iterator[Someone]:
    """Somebody for each of NAMES, in their order."""
    long_ago, lately = date(2020, 2, 1), date(2025, 10, 1)
    since = date(2015, 1, 1)
    for place, name in enumerate(NAMES):
        someone = Someone(make_number(place))
        match name:
            case "came long ago":
                yield replace(someone, observations=[(concept("bowel_screening_done"), long_ago)])
            case "of the other practice":
                yield replace(someone, spells=[("P2", since, None)])
            case "came":
                yield replace(someone, observations=[(concept("bowel_screening_done"), lately)])
            case "declined":
                yield replace(someone, observations=[(concept("bowel_screening_declined"), lately)])
            case "at the end of life":
                yield replace(someone, observations=[(concept("end_of_life_codes"), lately)])
            case "no bowel":
                yield replace(someone, observations=[(concept("bowel_screening_not_applicable"), long_ago)])
            case "died":
                yield replace(someone, died=date(2026, 3, 31))
            case "moved away":
                yield replace(someone, spells=[("P1", since, date(2026, 3, 31))])
            case "too young":
                yield replace(someone, born=(1985, 5))
            case _:
                yield someone


def pass_door(records: Records, extract: Path) -> DoorReport:
    return make_extract(
        records.folder,
        extract,
        declaration=make_declaration("direct_care"),
        practice_keys=records.practice_keys,
        linkage_key=LINKAGE_KEY,
        restricted_concepts=frozenset({RESTRICTED}),
        restricted_status="published",
        recipients=[RECIPIENT],
    )


@dataclass(frozen=True)
class Made:
    lists: Path
    keys: Path
    door: DoorReport
    sealed: Mapping[str, set[str]]
    """Practice or provider -> who is sealed to it."""

    def opened(self, key: str) -> list[str]:
        file = self.lists / "handed-on" / f"{LIST}.parquet"
        numbers = open_call_list(file, self.keys / f"{key}.key")["nhs_number"].to_pylist()
        return [NAMES[[make_number(place) for place in range(len(NAMES))].index(number)] for number in numbers]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("screening")
    opted_out = [
        OptOut(make_number(NAMES.index("opted out of leaving the practice")), "type_1"),
        OptOut(make_number(NAMES.index("opted out nationally")), "national"),
    ]
    records = write_records(folder / "records", tuple(people()), opted_out, [PROVIDER])
    door = pass_door(records, folder / "care")
    load_warehouse(
        folder / "care",
        folder / "store",
        declaration=None,
        hierarchy=make_hierarchy(),
        known_concepts=frozenset(concept(name) for name in ("bowel_screening_done", "bowel_screening_declined")),
        real_people=True,
    )
    care = open_warehouse(folder / "store", "direct_care")
    programme, lists = programmes()[PROGRAMME], code_lists()
    segments = read_segments(lists)
    [shard] = [each for each in care.shard_folders if care.read(each, "person").num_rows]
    events = read_events(shard, programme.code_lists | segments.code_lists | {"end_of_life_codes"}, lists)
    placing = build_placing(WINDOW, make_hierarchy(), care.small_areas, segments, declares_practices=True)
    answers = Answers(events, WINDOW, get_registers([programme]))
    plans = build_list_plans([programme], lists, {"bowel_screening_provider": RECIPIENT})
    builder = ListBuilder(placing.population, plans, lists)
    flags = build_flags({each.measure: programme.measures[each.measure] for each in plans}, answers)
    builder.add(build_population(shard, answers, placing), flags, answers)
    (folder / "lists").mkdir()
    builder.write(folder / "lists", care.sealed_identity)
    return Made(folder / "lists", records.practice_keys, door, _read_sealed(folder / "care"))


def _read_sealed(extract: Path) -> dict[str, set[str]]:
    pseudonyms = make_pseudonyms([make_number(place) for place in range(len(NAMES))], LINKAGE_KEY)
    names = dict(zip(pseudonyms, NAMES, strict=True))
    sealed: dict[str, set[str]] = {}
    for row in pq.read_table(extract / "sealed_identity.parquet").to_pylist():
        sealed.setdefault(row["practice"], set()).add(names[row["person_id"]])
    return sealed


class Log:
    def __init__(self) -> None:
        self.records: list[AccessRecord] = []

    def add(self, record: AccessRecord) -> None:
        self.records.append(record)


@pytest.mark.requirement("S104")
def test_the_provider_opens_who_did_not_come_with_its_own_key_longest_ago_first(made: Made) -> None:
    assert set(made.opened(PROVIDER)) == {"never came", "came long ago", "of the other practice"}
    assert made.opened(PROVIDER)[-1] == "came long ago"


@pytest.mark.requirement("S104")
@pytest.mark.parametrize("key", ["P1", "P2"])
def test_no_practice_opens_the_provider_s_list_with_its_key(made: Made, key: str) -> None:
    with pytest.raises(FaultsFound, match="use the private key of the practice it was made for"):
        made.opened(key)


def test_whoever_objects_is_cared_for_by_their_practice_and_never_sealed_to_the_provider(made: Made) -> None:
    objected = {"opted out of leaving the practice", "opted out nationally"}
    assert objected < made.sealed["P1"]
    assert not objected & made.sealed[PROVIDER]


def test_the_dead_those_who_left_and_those_of_another_age_are_never_sealed_to_the_provider(made: Made) -> None:
    assert not {"died", "moved away", "too young"} & made.sealed[PROVIDER]
    assert made.door.sealed_to == {PROVIDER: len(made.sealed[PROVIDER])}


def test_why_somebody_is_left_out_is_the_practice_s_to_know(made: Made) -> None:
    rows = pq.read_table(made.lists / "handed-on" / f"{LIST}.parquet")
    assert rows["excluded"].null_count == len(rows) == 3
    assert [row["rank"] for row in rows.to_pylist()] == [1, 2, 3]
    shown, *_ = rows["shown"].to_pylist()
    assert [column for column, _ in shown] == [
        "age",
        "Bowel cancer screening: kit returned with a result",
    ]


@pytest.mark.requirement("S104")
def test_no_list_of_a_practice_and_no_make_every_contact_count_names_a_non_attender(made: Made) -> None:
    assert LIST not in read_lists(made.lists)
    assert set(read_handed_lists(made.lists)) == {LIST}
    assert not (made.lists / LIST).exists()
    gaps = pq.read_table(made.lists / "every-contact/P1.parquet")["gaps"].to_pylist()
    assert not [gap for each in gaps for gap in each if gap["list"] == LIST]


@pytest.mark.requirement("S104")
@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"role": "practice", "place": "P1", "purpose": "direct_care"}, "the role practice does not open what goes to"),
        ({"role": "practice"}, "the role practice does not open what goes to a recipient"),
        ({"role": "pcn_staff"}, "the role pcn_staff does not open what goes to a recipient"),
        ({"role": "analyst"}, "the role analyst does not open what goes to a recipient"),
        ({"place": "SCREEN2"}, "SCREEN2 is another organisation"),
        ({"purpose": "direct_care"}, "the purpose direct_care is not screening_invitation"),
    ],
)
def test_every_other_reader_is_refused_and_every_look_is_logged(made: Made, changes: dict[str, Any], told: str) -> None:
    log = Log()
    with pytest.raises(AccessDenied, match=told):
        read_handed_list(made.lists, LIST, PROVIDER, replace(OWN, **changes), log)
    rows = read_handed_list(made.lists, LIST, PROVIDER, OWN, log)
    assert [(each.practice, each.rows, bool(each.denied)) for each in log.records] == [
        (PROVIDER, 0, True),
        (PROVIDER, len(rows), False),
    ]


def test_the_provider_opens_no_list_of_a_practice(made: Made) -> None:
    for practice in ("P1", PROVIDER):
        with pytest.raises(AccessDenied, match="is not direct care"):
            read_call_list(made.lists, "cancer_care_plan_due", practice, OWN, Log())
    with pytest.raises(FaultsFound, match="there is no such list for SCREEN1"):
        read_handed_list(made.lists, "cancer_care_plan_due", PROVIDER, OWN, Log())


def test_who_came_meanwhile_is_done_by_the_record_of_those_sealed_to_the_provider(made: Made) -> None:
    assert len(find_done_people(made.lists, LIST, PROVIDER)) == 1
    assert find_done_people(made.lists, LIST, "P1") == []


def test_a_key_that_is_missing_stops_the_door(made: Made, tmp_path: Path) -> None:
    records = write_records(tmp_path / "records", [Someone(make_number(0))])
    with pytest.raises(FaultsFound, match=f"there is no public key of {PROVIDER}"):
        pass_door(records, tmp_path / "care")


def test_whoever_opts_out_later_is_taken_from_the_provider_with_the_next_changes(tmp_path: Path) -> None:
    records = write_records(
        tmp_path / "records", [Someone(make_number(place)) for place in range(2)], recipients=[PROVIDER]
    )
    pass_door(records, tmp_path / "then")
    opted_out = pa.table({"nhs_number": [make_number(0)], "kind": ["type_1"], "from_date": [date(2026, 1, 1)]})
    pq.write_table(opted_out, records.folder / "opt_out.parquet")
    pass_door(records, tmp_path / "now")
    make_changes(tmp_path / "now", tmp_path / "then", tmp_path / "changes")
    held, told = (pq.read_table(tmp_path / name / "sealed_identity.parquet") for name in ("then", "changes"))
    assert sorted(held["practice"].to_pylist()) == ["P1", "P1", PROVIDER, PROVIDER]
    assert told["practice"].to_pylist() == ["P1"], "whom the changes name they tell of wholly: to the provider no more"


def test_a_system_that_names_no_provider_makes_no_such_list() -> None:
    assert LIST not in {each.slug for each in build_list_plans([programmes()[PROGRAMME]], code_lists())}


def test_the_extract_says_to_whom_it_names_people_besides_their_practice(made: Made) -> None:
    assert read_json(made.lists.parent / "care" / "extract.json")["also_named_to"] == [PROVIDER]
