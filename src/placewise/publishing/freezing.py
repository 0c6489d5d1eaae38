"""What was released before stays as it stood: late records change no figure of a past month, so that none shows.

A figure belongs to a series: a measure in one version of its definition, under one disclosure rule. The months of a
series that were released are taken from the newest standing release that has them, cell by cell, shown or hidden; only
new months are new. All are made anew at once, by the declared schedule alone. A month that is not complete yet is
hidden, or its first figure and its last would be two looks at one count.

A new edition of areas or of deprivation begins no series, or all past months would be looked at again: they stay by the
edition they were counted in. But groups of deprivation are never of two editions: past months have them no more.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from placewise.floor.encoding import encode, get_codes
from placewise.floor.vocabulary.residence import RESIDENCE
from placewise.publishing.attack.build import read_view
from placewise.publishing.attack.relations import BY_DEPRIVATION
from placewise.publishing.attack.view import View
from placewise.publishing.contract import (
    HIDDEN,
    MEASURES_FOLDER,
    NO_DATA,
    POPULATION_FILE,
    RELEASED_MEASURE,
    RELEASED_POPULATION,
    SHOWN,
    MeasureCard,
    ReleaseManifest,
    Revision,
)
from placewise.publishing.definition import RevisionSchedule
from placewise.publishing.in_force import find_withdrawals
from placewise.publishing.release import Release, open_seen

_ONE_CELL = ("area", "split", "group", "month")
_MOST_DAYS = 100_000

Rows = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """What releases must share for their figures of a measure in one version to be of one series."""

    deployment: str
    mode: str
    scheme: str
    suppress_below: int
    round_to: int

    def includes(self, manifest: ReleaseManifest) -> bool:
        said = manifest.disclosure
        return self == Series(
            deployment=manifest.deployment,
            mode=manifest.mode,
            scheme=said["scheme"],
            suppress_below=said["suppress_below"],
            round_to=said["round_to"],
        )


@dataclass(frozen=True, slots=True)
class Frozen:
    """What a release takes from earlier ones.

    months: of the release, YYYY-MM; revision: as it tells it; measures: measure -> the release that has its past
    months; people: one with the same last month; is_revised: whether past months are made anew, but for revision.kept;
    seen: all releases of the series, newest first, since people have seen them; withdrawn: those of them that were;
    withheld: months in which a series that begins now is hidden; deprivation_edition: of the release.
    """

    months: tuple[str, ...]
    revision: Revision
    measures: Mapping[str, Release] = field(default_factory=dict)
    people: Release | None = None
    is_revised: bool = False
    seen: tuple[Release, ...] = ()
    withdrawn: frozenset[str] = frozenset()
    withheld: tuple[str, ...] = ()
    deprivation_edition: str | None = None

    def hold(self, card: MeasureCard, levels: Iterable[pa.Table]) -> Iterator[pa.Table]:
        """RELEASED_MEASURE of each level as counted now, its frozen months as they stood and its unsettled ones hidden.

        Made anew, what was hidden stays hidden: shown now, it would tell how large it was about then. In a frozen month
        nothing is added: a cell that was not there has no data.
        """
        before = self.read_before(card.measure)
        was_hidden = np.append(is_in(before, HIDDEN), False)
        stay, settled = self._find_staying(card.measure), get_settled(self.months, card)
        for now in levels:
            then, month = _find_rows(now, before, _ONE_CELL), _get_months(now)
            taken = np.arange(len(now))
            taken[was_hidden[then] & is_in(now, SHOWN)] = _hidden_row(now, before)
            stays = np.isin(month, stay)
            taken[np.isin(month, self._withheld) & ~is_in(now, NO_DATA)] = _hidden_row(now, before)
            taken[stays] = np.where(then >= 0, len(now) + then, _empty_row(now, before))[stays]
            other = self._is_of_another_edition(self.measures.get(card.measure), now)
            taken[other & ~is_in(now, NO_DATA)] = _hidden_row(now, before)
            taken[~np.isin(month, settled) & ~is_in(now, NO_DATA)] = _hidden_row(now, before)
            yield _take(now, before, taken)

    def hold_people(self, now: pa.Table, cards: Sequence[MeasureCard]) -> pa.Table:
        """RELEASED_POPULATION as counted now, or as it stood where the last month was released before: then areas where
        people live that were not told are hidden."""
        before = self.read_people_before(cards)
        then = _find_rows(now, before, _ONE_CELL[:-1])
        taken = np.where(then >= 0, len(now) + then, np.arange(len(now)))
        if len(before):
            home = np.asarray(pc.is_in(now["level"].cast(pa.string()), value_set=pa.array(RESIDENCE)))
            taken[(home & (then < 0)) | self._is_of_another_edition(self.people, now)] = _hidden_row(now, before)
        return _take(now, before, taken)

    def _is_of_another_edition(self, release: Release | None, now: pa.Table) -> npt.NDArray[np.bool_]:
        """Which rows are groups of deprivation in months that the release has by another edition: made anew too, the
        two together would tell of the small areas that lie in another group now."""
        if release is None or release.manifest.deprivation_edition == self.deprivation_edition:
            return np.zeros(len(now), bool)
        by_deprivation = np.asarray(pc.is_in(now["split"].cast(pa.string()), value_set=pa.array(BY_DEPRIVATION)))
        if "month" not in now.schema.names:
            return by_deprivation
        return by_deprivation & np.isin(_get_months(now), np.array(release.months, "datetime64[M]"))

    def read_people_before(self, cards: Sequence[MeasureCard]) -> pa.Table:
        """RELEASED_POPULATION of an earlier release of the same last month, without registers defined otherwise now."""
        if self.people is None:
            return RELEASED_POPULATION.empty_table()
        table = pq.read_table(self.people.folder / POPULATION_FILE)
        versions = {card.measure: card.version for card in self.people.manifest.measures}
        changed = {card.register for card in cards if card.register and versions.get(card.measure) != card.version}
        anew = pc.is_in(table["split"].cast(pa.string()), value_set=pa.array(sorted(changed), pa.string()))
        return table.filter(pc.invert(anew)).unify_dictionaries().combine_chunks()

    def without_another_look(self, months: tuple[str, ...]) -> "Frozen":
        """In these months everything stays as it was, and what was not there is hidden."""
        revision = replace(self.revision, kept=months) if self.is_revised else self.revision
        return replace(self, revision=revision, withheld=months)

    @property
    def _withheld(self) -> npt.NDArray[np.datetime64]:
        return np.array(self.withheld, "datetime64[M]")

    def read_before(self, measure: str) -> pa.Table:
        """RELEASED_MEASURE of the release that has the measure's past months, those alone that were settled in it."""
        release = self.measures.get(measure)
        if release is None:
            return RELEASED_MEASURE.empty_table()
        table = pq.read_table(release.folder / MEASURES_FOLDER / f"{measure}.parquet")
        settled = get_settled(release.months, release.measure(measure))
        return table.filter(pa.array(np.isin(_get_months(table), settled))).unify_dictionaries().combine_chunks()

    def get_months_fixed(self, measure: str) -> tuple[str, ...]:
        """The months of the release in which nothing of a measure may be changed any more."""
        stay = self._find_staying(measure)
        return tuple(month for month in self.months if np.datetime64(month, "M") in stay)

    def get_months_anew(self, cards: Iterable[MeasureCard]) -> tuple[str, ...]:
        """The months from the first on in which a figure of these measures is what is counted now, and not what it was
        or hidden; and always the last month, in which people are counted."""
        months = np.array(self.months, "datetime64[M]")
        anew = months == months[-1]
        for card in cards:
            anew |= ~np.isin(months, self._find_staying(card.measure)) & ~np.isin(months, self._withheld)
        return self.months[int(np.argmax(anew)) :]

    def read_newest(self, months: Collection[str]) -> View | None:
        """What people saw last, or None where that told of none of these months."""
        tells = bool(self.seen) and not set(months).isdisjoint(self.seen[0].months)
        return read_view(self.seen[0]) if tells else None

    def _find_staying(self, measure: str) -> npt.NDArray[np.datetime64]:
        release = self.measures.get(measure)
        if release is None:
            return np.array([], "datetime64[M]")
        held = get_settled(release.months, release.measure(measure))
        return np.intersect1d(held, np.array(self.revision.kept, "datetime64[M]")) if self.is_revised else held


def find_frozen(
    store: Path,
    series: Series,
    cards: Sequence[MeasureCard],
    months: Sequence[str],
    schedule: RevisionSchedule,
    deprivation_edition: str | None = None,
) -> Frozen:
    """months: of the release to be made, oldest first, YYYY-MM. Only releases that stand are taken from."""
    seen = tuple(each for each in open_seen(store) if each.months and series.includes(each.manifest))
    withdrawn = frozenset(find_withdrawals(store))
    standing = [each for each in seen if each.manifest.release not in withdrawn]
    last = months[-1]
    if not standing:
        revision = Revision(last=last, next=schedule.get_next(last))
        return Frozen(tuple(months), revision, seen=seen, withdrawn=withdrawn, deprivation_edition=deprivation_edition)
    said = standing[0].manifest.revision or Revision(last=standing[0].months[-1], next="")
    revision = replace(said, next=schedule.get_next(said.last))
    is_revised = last >= revision.next
    if is_revised:
        revision = Revision(last=last, next=schedule.get_next(last))
    measures = {}
    for card in cards:
        same = (each for each in standing if card.version in _get_versions(each, card.measure))
        if release := next(same, None):
            measures[card.measure] = release
    people = next((each for each in standing if each.months[-1] == last), None)
    return Frozen(
        tuple(months),
        revision,
        measures,
        people,
        is_revised,
        seen,
        withdrawn,
        deprivation_edition=deprivation_edition,
    )


def get_settled(months: Sequence[str], card: MeasureCard) -> npt.NDArray[np.datetime64]:
    """The months that are complete, as datetime64[M]."""
    return np.array(months[: len(months) - card.settles_after], "datetime64[M]")


def _get_versions(release: Release, measure: str) -> Collection[str]:
    return [card.version for card in release.manifest.measures if card.measure == measure]


def _find_rows(now: pa.Table, before: pa.Table, columns: Sequence[str]) -> Rows:
    """For each row of a table, the row of the other that stands at the same place, or -1."""
    key, old = np.zeros(len(now), np.int64), np.zeros(len(before), np.int64)
    known = np.ones(len(before), bool)
    if not len(before):
        return np.full(len(now), -1, np.intp)
    for name in columns:
        if name == "month":
            codes, old_codes, most = _get_days(now), _get_days(before), _MOST_DAYS
        else:
            codes, words = get_codes(now[name])
            old_codes, old_words = get_codes(before[name])
            same = pc.index_in(pa.array(old_words, pa.string()), value_set=pa.array(words, pa.string())).fill_null(-1)
            old_codes, most = np.append(same.to_numpy(), -1)[old_codes], len(words)
        key, old = key * most + codes, old * most + old_codes
        known &= old_codes >= 0
    places = np.flatnonzero(known)
    order = places[np.argsort(old[places], kind="stable")]
    if not len(order):
        return np.full(len(now), -1, np.intp)
    found = np.minimum(np.searchsorted(old[order], key), len(order) - 1)
    return np.where(old[order[found]] == key, order[found], -1)


def _take(now: pa.Table, before: pa.Table, rows: Rows) -> pa.Table:
    """The table with what it tells, from column `numerator` or `people` on, of other rows: see _hidden_row."""
    if np.array_equal(rows, np.arange(len(now))):
        return now
    first = next(place for place, name in enumerate(now.column_names) if name in ("numerator", "people"))
    told = now.column_names[first:]
    blank = pa.table(
        {name: pa.nulls(2, now.schema.field(name).type) for name in told[:-1]}
        | {"state": encode(np.arange(2, dtype=np.int32), [HIDDEN, NO_DATA])}
    )
    both = pa.concat_tables([now.select(told), before.select(told), blank.cast(now.select(told).schema)])
    taken = both.unify_dictionaries().combine_chunks().take(pa.array(rows))
    return pa.table([*now.columns[:first], *taken.columns], schema=now.schema)


def _hidden_row(now: pa.Table, before: pa.Table) -> int:
    """Where a cell that is hidden stands after the rows of both tables; one without data stands after it."""
    return len(now) + len(before)


def _empty_row(now: pa.Table, before: pa.Table) -> int:
    return _hidden_row(now, before) + 1


def is_in(table: pa.Table, state: str) -> npt.NDArray[np.bool_]:
    """Which rows of a released table are in a state."""
    codes, words = get_codes(table["state"])
    return np.array([word == state for word in words], bool)[codes]


def _get_days(table: pa.Table) -> npt.NDArray[np.integer]:
    days: npt.NDArray[np.integer] = table["month"].cast(pa.int32()).to_numpy()
    return days


def _get_months(table: pa.Table) -> npt.NDArray[np.datetime64]:
    return _get_days(table).astype("datetime64[D]").astype("datetime64[M]")
