"""The events of some people, gathered table by table and handed on in order of person and day."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placewise.floor.vocabulary.cdm import RECORDED_IN_CARE
from placewise.floor.vocabulary.code_lists import CodeList
from placewise.synthetic.chance import Days

_FIRST_CODE_SHARE = 0.7


@dataclass(frozen=True, slots=True)
class EventTable:
    """How one OMOP table names the parts of an event."""

    table: str
    key: str
    concept: str
    day: str
    end: str
    kind: str
    code: str


EVENT_TABLES = {
    "condition": EventTable(
        "condition_occurrence", "condition_occurrence_id", "condition_concept_id", "condition_start_date", "",
        "condition_type_concept_id", "condition_source_value",
    ),
    "drug": EventTable(
        "drug_exposure", "drug_exposure_id", "drug_concept_id", "drug_exposure_start_date", "drug_exposure_end_date",
        "drug_type_concept_id", "drug_source_value",
    ),
    "measurement": EventTable(
        "measurement", "measurement_id", "measurement_concept_id", "measurement_date", "",
        "measurement_type_concept_id", "measurement_source_value",
    ),
    "procedure": EventTable(
        "procedure_occurrence", "procedure_occurrence_id", "procedure_concept_id", "procedure_date", "",
        "procedure_type_concept_id", "procedure_source_value",
    ),
    "observation": EventTable(
        "observation", "observation_id", "observation_concept_id", "observation_date", "",
        "observation_type_concept_id", "observation_source_value",
    ),
    "visit": EventTable(
        "visit_occurrence", "visit_occurrence_id", "visit_concept_id", "visit_start_date", "visit_end_date",
        "visit_type_concept_id", "visit_source_value",
    ),
}  # fmt: skip

Rows = npt.NDArray[np.intp]
Column = npt.NDArray


class Events:
    """Events of people numbered from 0; a code list says in which table its codes stand."""

    def __init__(self, code_lists: Mapping[str, CodeList]) -> None:
        self._code_lists = code_lists
        self._parts: dict[EventTable, list[tuple[CodeList, dict[str, Column]]]] = {
            names: [] for names in EVENT_TABLES.values()
        }

    def add(
        self,
        code_list: str,
        who: Rows,
        day: Days,
        rng: np.random.Generator,
        *,
        always_first: bool = False,
        each: Column | None = None,
        **more: Column,
    ) -> None:
        """Events with codes of a list: the first code in seven of ten, else any other; or its first code always; or,
        where `each` gives a chance from 0 to 1 for each event, the code that chance falls on, so that the events of a
        person keep one code. `more` holds the OMOP columns some tables have besides."""
        named = self._code_lists[code_list]
        codes = np.array(named.concept_ids, np.int32)
        if len(codes) == 1 or always_first:
            concept = np.full(len(who), codes[0], np.int32)
        else:
            falls = rng.random(len(who)) if each is None else each
            other = 1 + (falls - _FIRST_CODE_SHARE) / (1 - _FIRST_CODE_SHARE) * (len(codes) - 1)
            concept = codes[np.where(falls < _FIRST_CODE_SHARE, 0, other).astype(np.intp)]
        self._parts[EVENT_TABLES[named.domain]].append((named, {"who": who, "day": day, "concept": concept, **more}))

    def of(self, code_list: str) -> tuple[Rows, Days]:
        """The events added so far that have a code of a list: whose each is, and its day."""
        named = self._code_lists[code_list]
        codes = np.array(named.concept_ids, np.int32)
        found = [(np.zeros(0, np.intp), np.zeros(0, np.int32))]
        for added, part in self._parts[EVENT_TABLES[named.domain]]:
            if not set(named.concept_ids).isdisjoint(added.concept_ids):
                fits = np.isin(part["concept"], codes)
                found.append((part["who"][fits], part["day"][fits]))
        return np.concatenate([who for who, _ in found]), np.concatenate([day for _, day in found])

    def first_days(self, code_list: str, people: int) -> Days:
        """For each person the day of their first such event so far; the last day there is where they have none."""
        first = np.full(people, np.iinfo(np.int32).max, np.int32)
        np.minimum.at(first, *self.of(code_list))
        return first

    def in_order(self, names: EventTable) -> dict[str, Column]:
        """One table's columns without identities: `who` (row of the person), concept, days and what came with them.

        In order of person and day; events of one day stay in the order they were added.
        """
        parts = [part for _, part in self._parts[names]]
        who = np.concatenate([part["who"] for part in parts]).astype(np.int64)
        day = np.concatenate([part["day"] for part in parts])
        order = np.argsort((who << 20) + day, kind="stable")  # days before 1970 are negative, and few enough
        columns = {
            "who": who[order],
            names.day: day[order],
            names.concept: np.concatenate([part["concept"] for part in parts])[order],
            names.kind: np.full(len(who), RECORDED_IN_CARE, np.int32),
        }
        for name in sorted({name for part in parts for name in part} - {"who", "day", "concept"}):
            given = [part["day"] if name == names.end and name not in part else part[name] for part in parts]
            columns[name] = np.concatenate(given)[order]
        if names.end and names.end not in columns:
            columns[names.end] = columns[names.day]
        return columns
