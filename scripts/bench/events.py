"""Ten years of events for the people of one shard, as dense as a real record: drawn, sorted and decoded as arrays.

An event is one sortable number (person, day, code), so that a table of some millions is sorted at once.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from bench.people import ShardPeople
from bench.volumes import FULL_SIZE, Volume
from placewise.floor.vocabulary.code_lists import VALUED, CodeList
from placewise.floor.vocabulary.units import NOT_STATED, read_units
from placewise.synthetic.chance import DAYS_A_YEAR
from placewise.synthetic.people import STILL_HERE

YEARS = 10
SUPPLY = 28
"""Days that one issue of a medicine lasts."""
STAYS, LONGEST_STAY = "hospital_stay", 12
"""The visits that last longer than a day, and the number of days they may."""

_DAY_BITS, _CODE_BITS = 17, 11
_CODE_MASK = (1 << _CODE_BITS) - 1
_EARLIEST = 60_000
"""Days before 1970 that fit: into the early nineteenth century."""
_FIRST_CODE_SHARE, _PAIRED, _TWICE, _NO_VALUE = 0.6, 0.96, 0.01, 0.02

Keys = npt.NDArray[np.int64]
Rows = npt.NDArray[np.int64]
Values = npt.NDArray[np.float64]


class EventDrawer:
    """Draws the events of a shard, table by table."""

    def __init__(
        self,
        volumes: Sequence[Volume],
        code_lists: Mapping[str, CodeList],
        shard: ShardPeople,
        last_day: int,
        rng: np.random.Generator,
    ) -> None:
        self._volumes, self._code_lists, self._shard, self._rng = volumes, code_lists, shard, rng
        self._last_day = last_day
        people = shard.people
        earliest = last_day - int(YEARS * DAYS_A_YEAR)
        self._first = np.maximum(np.maximum(people.start, people.birth), earliest).astype(np.int64)
        self._days = np.maximum(people.last - self._first + 1, 1)
        age = np.clip((people.last - people.birth) / DAYS_A_YEAR, 0, 90)
        self._rate = self._days * rng.gamma(1.5, size=len(people)) * (0.4 + age / 45)

    def build(self, domain: str) -> pa.Table:
        """One table of events in order of person, day and concept, without its schema."""
        volumes = [each for each in self._volumes if each.domain == domain]
        concepts = np.unique(np.concatenate([*self._concepts(volumes), *self._register_concepts(domain)]))
        mean, spread = self._get_values(volumes, concepts)
        keys = np.sort(np.concatenate([*self._draw_all(volumes, concepts), *self._draw_registers(domain, concepts)]))
        keys = _drop_repeated(keys, ~np.isnan(mean))
        place = keys & _CODE_MASK
        day = (((keys >> _CODE_BITS) & ((1 << _DAY_BITS) - 1)) - _EARLIEST).astype(np.int32)
        columns = {
            "person_id": self._shard.person_id[keys >> (_DAY_BITS + _CODE_BITS)],
            "concept_id": concepts[place],
            "date": day,
        }
        if domain == "drug":
            columns["end_date"] = day + SUPPLY - 1
        if domain == "visit":
            stay = np.isin(columns["concept_id"], self._code_lists[STAYS].concept_ids)
            last = day + np.where(stay, keys % LONGEST_STAY, 0)
            columns["end_date"] = np.minimum(last, self._last_day).astype(np.int32)  # as intake keeps it
        if domain in VALUED:
            columns["value"] = self._draw_values(mean[place], spread[place], _stands_before(keys))
            columns["unit_concept_id"] = self._find_units(volumes, concepts)[place]
        return pa.table(columns)

    def _concepts(self, volumes: Sequence[Volume]) -> list[npt.NDArray[np.int32]]:
        return [each.concepts(self._code_lists) for each in volumes]

    def _register_concepts(self, domain: str) -> list[npt.NDArray[np.int32]]:
        return [np.array(self._code_lists[name].concept_ids, np.int32) for name in self._registers(domain)]

    def _registers(self, domain: str) -> list[str]:
        return [name for name in self._shard.onset if self._code_lists[name].domain == domain]

    def _draw_all(self, volumes: Sequence[Volume], concepts: npt.NDArray[np.int32]) -> list[Keys]:
        named = {each.codes: each for each in volumes}
        found = []
        for volume in volumes:
            row, day = self._draw_days(volume)
            found.append(self._keys(row, day, volume.concepts(self._code_lists), concepts))
            if volume.paired_with:
                paired = self._rng.random(len(row)) < _PAIRED
                partner = named[volume.paired_with].concepts(self._code_lists)
                found.append(self._keys(row[paired], day[paired], partner, concepts))
        return found

    def _draw_days(self, volume: Volume) -> tuple[Rows, Rows]:
        on = self._shard.onset.get(volume.register)
        rate = self._rate * (1 if on is None else np.where(on < STILL_HERE, volume.times, 1.0))
        registered = self._shard.people.still_here.sum()
        wanted = volume.millions * 1e6 / FULL_SIZE * registered / volume.repeats
        row = np.repeat(np.arange(len(rate)), self._rng.poisson(rate * wanted / rate.sum()))
        day = self._first[row] + (self._rng.random(len(row)) * self._days[row]).astype(np.int64)
        if volume.repeats > 1:
            issues = self._rng.geometric(1 / volume.repeats, len(row))
            turn = np.arange(issues.sum()) - np.repeat(np.cumsum(issues) - issues, issues)
            row, day = np.repeat(row, issues), np.repeat(day, issues) + turn * SUPPLY
            kept = day <= self._shard.people.last[row]
            return row[kept], day[kept]
        twice = self._rng.random(len(row)) < _TWICE
        return np.concatenate([row, row[twice]]), np.concatenate([day, day[twice]])

    def _draw_registers(self, domain: str, concepts: npt.NDArray[np.int32]) -> list[Keys]:
        found = []
        for name in self._registers(domain):
            onset = self._shard.onset[name]
            row = np.flatnonzero(onset < STILL_HERE)
            codes = np.array(self._code_lists[name].concept_ids, np.int32)
            found.append(self._keys(row, onset[row].astype(np.int64), codes, concepts))
        return found

    def _keys(self, row: Rows, day: Rows, codes: npt.NDArray[np.int32], concepts: npt.NDArray[np.int32]) -> Keys:
        """The first code in six of ten, else any other, the later ones less often."""
        chance = self._rng.random(len(row))
        other = (np.maximum(chance - _FIRST_CODE_SHARE, 0) / (1 - _FIRST_CODE_SHARE)) ** 2 * (len(codes) - 1)
        place = np.searchsorted(concepts, codes)[
            np.where(chance < _FIRST_CODE_SHARE, 0, np.ceil(other)).astype(np.intp)
        ]
        return (((row << _DAY_BITS) + day + _EARLIEST) << _CODE_BITS) + place

    def _get_values(self, volumes: Sequence[Volume], concepts: npt.NDArray[np.int32]) -> tuple[Values, Values]:
        """Each concept's mean value, NaN where it has none, and the spread about it."""
        mean, spread = np.full(len(concepts), np.nan), np.zeros(len(concepts))
        for each in volumes:
            if each.mean is not None and each.spread is not None:
                here = np.searchsorted(concepts, each.concepts(self._code_lists))
                mean[here], spread[here] = each.mean, each.spread
        return mean, spread

    def _draw_values(self, mean: Values, spread: Values, again: npt.NDArray[np.bool_]) -> pa.Array:
        """again: recorded a second time that day, as another value then, since intake drops what stands twice."""
        value = np.rint(mean + spread * self._rng.standard_normal(len(mean), np.float32)) + np.where(again, 0.5, 0.0)
        missing = np.isnan(value) | ((self._rng.random(len(mean), np.float32) < _NO_VALUE) & ~again)
        return pa.array(value, mask=missing)

    def _find_units(self, volumes: Sequence[Volume], concepts: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
        """The unit of each concept's values: the one its code list is kept in."""
        units = np.full(len(concepts), NOT_STATED, np.int32)
        for each in volumes:
            if each.codes:
                here = np.searchsorted(concepts, each.concepts(self._code_lists))
                units[here] = read_units()[self._code_lists[each.codes].unit]
        return units


def _stands_before(keys: Keys) -> npt.NDArray[np.bool_]:
    return np.append(False, keys[1:] == keys[:-1])


def _drop_repeated(keys: Keys, valued: npt.NDArray[np.bool_]) -> Keys:
    """Sorted keys without the second of codes that have no value, and without the third of any."""
    keys = keys[np.append([True, True], keys[2:] != keys[:-2])]
    return keys[~_stands_before(keys) | valued[keys & _CODE_MASK]]
