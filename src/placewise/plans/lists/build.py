"""From who is missed by a measure at the last month to one list a practice.

A person is on the list of the practice where they are registered and alive on the last day of the window, and on no
other: one who moved is on the new practice's list, one who died or left on none.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from placewise.floor.folders import write_json
from placewise.floor.language.describe import describe
from placewise.floor.timeline.events import Events
from placewise.floor.timeline.kernel import Answers
from placewise.floor.vocabulary.code_lists import CodeList
from placewise.measures.contract import PersonFlags
from placewise.plans.lists.contract import (
    CALL_LIST,
    DONE,
    DONE_FOLDER,
    EVERY_CONTACT,
    EVERY_CONTACT_FOLDER,
    HANDED_FOLDER,
    LISTS_FILE,
)
from placewise.plans.lists.every_contact import build_every_contact
from placewise.plans.lists.listed import find_done, find_listed
from placewise.plans.lists.plan import AGE, Column, ListPlan, OrderKey
from placewise.plans.lists.reasons import build_reasons
from placewise.plans.lists.recorded import NEVER, Latest, Rows, date_words, get_latest, number_words
from placewise.population.contract import Population, ShardPopulation

_EPOCH = np.datetime64("1970-01-01")
DONE_ROWS = 20_000
"""In a group of rows of DONE: little more is read than one practice's."""


class ListBuilder:
    """Gathers the lists shard by shard. Its memory is that of the people on a list, not of all people."""

    def __init__(self, population: Population, plans: Iterable[ListPlan], code_lists: Mapping[str, CodeList]) -> None:
        self._population = population
        self._plans = tuple(plans)
        self._code_lists = code_lists
        self._titles = {name: code_list.title for name, code_list in code_lists.items()}
        self._last_bit = population.window.last_bit
        self._last_day = int((population.window.month_starts[-1] - _EPOCH).astype(int)) - 1
        names = [name for plan in self._plans for name in (plan.slug, _done(plan))]
        self._gathered: dict[str, list[pa.Table]] = {name: [] for name in names}

    def add(self, placed: ShardPopulation, flags: PersonFlags, answers: Answers) -> None:
        """Add one shard of the load for direct care, all in the order of placed.person_id; answers know every code list
        and register that the plans name."""
        for plan in self._plans:
            rows, practice = find_listed(plan, placed, flags, self._last_bit)
            self._gathered[plan.slug].append(self._get_rows(plan, rows, practice, placed, answers))
            done, practice = find_done(plan, placed, flags, self._last_bit)
            self._gathered[_done(plan)].append(pa.table({"practice": practice, "person_id": placed.person_id[done]}))

    def pack(self) -> dict[str, pa.Table]:
        """The rows of each list so far, and the people it is done for, to be put together elsewhere by another builder
        of the same lists."""
        return {name: pa.concat_tables(rows) for name, rows in self._gathered.items()}

    def add_packed(self, packed: Mapping[str, pa.Table]) -> None:
        """Add the rows of another builder."""
        for name, rows in self._gathered.items():
            rows.append(packed[name])

    def write(self, folder: Path, sealed: pa.Table) -> None:
        """Fill a folder (contract.py): a file for each list and practice, also where nobody is to be called.

        sealed: SEALED_IDENTITY of the load made for direct care; a number sealed to another practice than the one where
        a person is listed is left out, since only the treating practice may open it. A list of a recipient is of those
        sealed to it alone.
        """
        practices = pa.array(self._population.practices, pa.string())
        to_practices = sealed.filter(pc.is_in(sealed["practice"], practices)).combine_chunks()
        (folder / DONE_FOLDER).mkdir()
        own = [plan for plan in self._plans if not plan.recipient]
        ranked = {plan.slug: _rank(pa.concat_tables(self._gathered[plan.slug]), plan.order) for plan in own}
        for plan in own:
            self._write_by_practice(folder / plan.slug, self._seal(ranked[plan.slug], to_practices), CALL_LIST)
            self._write_done(folder / DONE_FOLDER / f"{plan.slug}.parquet", plan)
        if ranked:
            people = self._seal(build_every_contact(ranked), to_practices)
            self._write_by_practice(folder / EVERY_CONTACT_FOLDER, people, EVERY_CONTACT)
        write_json(folder / LISTS_FILE, {plan.slug: asdict(plan.card) for plan in own})
        self._write_handed_on(folder / HANDED_FOLDER, sealed)

    def _write_by_practice(self, folder: Path, rows: pa.Table, schema: pa.Schema) -> None:
        """A file for each practice. rows: in order of practice."""
        folder.mkdir()
        first = np.searchsorted(rows["practice"].to_numpy(), np.arange(len(self._population.practices) + 1))
        told = rows.select(schema.names).cast(schema)
        nobody = _to_bytes(schema.empty_table())  # what most files of a small system say
        for index, practice in enumerate(self._population.practices):
            own = told.slice(first[index], first[index + 1] - first[index])
            (folder / f"{practice}.parquet").write_bytes(_to_bytes(own) if len(own) else nobody)

    def _write_handed_on(self, folder: Path, sealed: pa.Table) -> None:
        """The lists of recipients. Whoever is excluded is left out wholly: why is the practice's to know. Whoever the
        door did not seal to the recipient, such as somebody who opted out, is not there either."""
        plans = [plan for plan in self._plans if plan.recipient]
        (folder / DONE_FOLDER).mkdir(parents=True)
        for plan in plans:
            named = sealed.filter(pc.equal(sealed["practice"], pa.scalar(plan.recipient))).combine_chunks()
            rows = pa.concat_tables(self._gathered[plan.slug])
            rows = _append_sealed(rows, pc.index_in(rows["person_id"].combine_chunks(), named["person_id"]), named)
            rows = rows.filter(pc.and_(pc.is_null(rows["excluded"]), pc.is_valid(rows["sealed"])))
            together = rows.drop_columns(["practice"]).append_column("practice", pa.array([0] * len(rows), pa.int32()))
            ranked = _rank(together, plan.order).select(CALL_LIST.names).cast(CALL_LIST)
            pq.write_table(ranked, folder / f"{plan.slug}.parquet")
            done = pa.concat_tables(self._gathered[_done(plan)])["person_id"].combine_chunks()
            done = done.filter(pc.is_in(done, named["person_id"].combine_chunks()))
            of_recipient = pa.array([plan.recipient] * len(done), pa.string()).dictionary_encode()
            pq.write_table(pa.table([of_recipient, done], schema=DONE), folder / DONE_FOLDER / f"{plan.slug}.parquet")
        write_json(folder / LISTS_FILE, {plan.slug: asdict(plan.card) for plan in plans})

    def _write_done(self, path: Path, plan: ListPlan) -> None:
        done = pa.concat_tables(self._gathered[_done(plan)]).combine_chunks()
        done = done.sort_by([("practice", "ascending"), ("person_id", "ascending")])
        codes = pa.DictionaryArray.from_arrays(done["practice"].combine_chunks(), self._population.practices)
        pq.write_table(pa.table([codes, done["person_id"]], schema=DONE), path, row_group_size=DONE_ROWS)

    def _get_rows(
        self,
        plan: ListPlan,
        rows: Rows,
        practice: npt.NDArray[np.int32],
        placed: ShardPopulation,
        answers: Answers,
    ) -> pa.Table:
        """CALL_LIST without rank and sealed number, with each person's practice and a column for each key of the
        order."""
        events = answers.events
        person_id = placed.person_id[rows]
        age = (self._population.window.first_month + self._population.window.months - 1 - placed.birth[rows]) // 12
        columns: dict[str, Any] = {
            "practice": practice,
            "person_id": person_id,
            "reason": build_reasons(plan.lines, events, rows, self._last_day, self._titles),
            "excluded": self._get_exclusions(plan, rows, answers),
            "shown": _as_map(plan.columns, [self._get_words(column, age, events, rows) for column in plan.columns]),
        }
        reviewed = np.full(len(rows), NEVER, np.int32)
        for place, key in enumerate(plan.order):
            latest = self._get_latest(key.codes, events, rows)
            columns[f"order_{place}"] = _sortable(latest, key)
            if not latest.values:
                reviewed = np.maximum(reviewed, latest.day)
        columns["reviewed"] = reviewed
        return pa.table(columns)

    def _get_exclusions(self, plan: ListPlan, rows: Rows, answers: Answers) -> Any:
        """Why a person is not to be called, in the words of the record; null for those who are."""
        if plan.exclude is None:
            return pa.nulls(len(rows), pa.string())
        words = answers.of(plan.exclude)
        told: Any = pc.binary_join(
            build_reasons(plan.exclude_lines, answers.events, rows, self._last_day, self._titles), "; "
        )
        told = pc.if_else(pc.equal(told, pa.scalar("")), describe(plan.exclude, self._titles), told)
        return pc.if_else(pa.array((words[rows] & self._last_bit) != 0), told, pa.scalar(None, pa.string()))

    def _get_latest(self, codes: str, events: Events, rows: Rows) -> Latest:
        return get_latest(self._code_lists[codes], events, rows, self._last_day)

    def _get_words(self, column: Column, age: npt.NDArray[np.int32], events: Events, rows: Rows) -> Any:
        if column.of == AGE:
            return pa.array(age).cast(pa.string())
        latest = self._get_latest(column.of, events, rows)
        return number_words(latest.values[0]) if latest.values else date_words(latest.day)

    def _seal(self, rows: pa.Table, sealed: pa.Table) -> pa.Table:
        """The rows with each person's sealed number, where it was sealed to the practice of the row. sealed: one row a
        person."""
        position = pc.index_in(rows["person_id"].combine_chunks(), sealed["person_id"])
        here = pa.array(self._population.practices, pa.string()).take(rows["practice"])
        same = pc.equal(sealed["practice"].take(position), here)
        return _append_sealed(rows, pc.if_else(same, position, pa.scalar(None, pa.int32())), sealed)


def _append_sealed(rows: pa.Table, position: pa.Array, sealed: pa.Table) -> pa.Table:
    """position: of each row's person in sealed, or null."""
    for name in ("sealed", "key_id"):
        rows = rows.append_column(name, sealed[name].take(position))
    return rows


def _to_bytes(rows: pa.Table) -> pa.Buffer:
    sink = pa.BufferOutputStream()
    pq.write_table(rows, sink, write_statistics=False)
    return sink.getvalue()


def _done(plan: ListPlan) -> str:
    """What the people a list is done for are gathered under, beside the list itself."""
    return f"{plan.slug}-done"


def _sortable(latest: Latest, key: OrderKey) -> npt.NDArray[np.float64]:
    """A number that puts people in the key's order when it rises."""
    if latest.values:
        value = np.where(np.isnan(latest.values[0]), -np.inf, latest.values[0])
    else:
        value = np.where(latest.day == NEVER, -np.inf, latest.day)
    return -value if key.descending else value


def _rank(rows: pa.Table, order: tuple[OrderKey, ...]) -> pa.Table:
    """The rows of a list by practice, those to be called first, then by the order and the pseudonym; ranked from 1."""
    practice = rows["practice"].to_numpy()
    is_excluded = pc.is_valid(rows["excluded"]).to_numpy()
    keys = [rows[f"order_{place}"].to_numpy() for place in range(len(order))]
    sorted_rows = np.lexsort((rows["person_id"].to_numpy(), *reversed(keys), is_excluded, practice))
    practice = practice[sorted_rows]
    rank = np.arange(1, len(practice) + 1) - np.searchsorted(practice, practice)
    return rows.take(sorted_rows).append_column("rank", pa.array(rank.astype(np.int32)))


def _as_map(columns: tuple[Column, ...], words: list[Any]) -> pa.MapArray:
    """For each person the names of the columns with the person's words."""
    people = len(words[0]) if words else 0
    by_person = np.arange(people * len(words)).reshape(len(words), people).T.ravel()
    values = pa.concat_arrays(words).take(by_person) if words else pa.array([], pa.string())
    names = pa.array([column.name for column in columns] * people, pa.string())
    offsets: Any = pa.array(np.arange(people + 1, dtype=np.int32) * len(words))
    return pa.MapArray.from_arrays(offsets, names, values)
