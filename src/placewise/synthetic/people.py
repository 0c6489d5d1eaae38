"""Who the synthetic people are: age, sex, ethnicity, practice and home, and when they came, moved, left or died.

Everybody registered at the last month follows the margins exactly (whole people, by largest remainder). Traits that
go together in life are tied by ranks that chance disturbs, so that each margin still holds. People who left or died
earlier come on top: each resembles somebody registered now.
"""

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from placewise.floor.timeline.window import Window
from placewise.floor.vocabulary.people import ETHNIC_CATEGORY_GROUP
from placewise.synthetic.chance import DAYS_A_YEAR, Days, days_between, pick_evenly
from placewise.synthetic.margins import Margins
from placewise.synthetic.small_areas import SmallAreas
from placewise.synthetic.subset import share_out

CATEGORIES = tuple(ETHNIC_CATEGORY_GROUP)
NOT_STATED, NOT_KNOWN = CATEGORIES.index("Z"), CATEGORIES.index("99")
STILL_HERE = np.iinfo(np.int32).max
NONE = -1
HISTORY_BEFORE_WINDOW = 457
"""Days before the window from which routine events are kept: a year and a quarter, so that the first month's look back
over twelve months is as full as any other's."""

_OLDEST = 104
_LIST_SPREAD = 0.35
"""Standard deviation of the logarithm of list sizes within a place: most lists are between half and twice the mean."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days since 1970: the window's first and last day, and the first day of routine history."""

    first: int
    last: int
    history: int

    @classmethod
    def of(cls, window: Window) -> "Calendar":
        starts = window.month_starts.astype(np.int64)
        return cls(int(starts[0]), int(starts[-1]) - 1, int(starts[0]) - HISTORY_BEFORE_WINDOW)

    @property
    def years(self) -> float:
        return (self.last - self.first + 1) / DAYS_A_YEAR


@dataclass(frozen=True, slots=True)
class People:
    """n people, practice by practice, in random order within each. Days are since 1970.

    practice, area: index of the last one; earlier_*: the one before, NONE where there was none, until the day before
    *_since; sex: 0 female, 1 male; ethnicity: index into CATEGORIES; end: the last day registered, STILL_HERE if none;
    last: the last day with events, never after the window.
    """

    practice: npt.NDArray[np.int16]
    area: npt.NDArray[np.int32]
    sex: npt.NDArray[np.int8]
    ethnicity: npt.NDArray[np.int8]
    birth: Days
    start: Days
    end: Days
    died: npt.NDArray[np.bool_]
    earlier_practice: npt.NDArray[np.int16]
    practice_since: Days
    earlier_area: npt.NDArray[np.int32]
    area_since: Days
    last: Days

    def __len__(self) -> int:
        return len(self.birth)

    @property
    def still_here(self) -> npt.NDArray[np.bool_]:
        return self.end == STILL_HERE

    @property
    def age(self) -> npt.NDArray[np.int16]:
        """Whole years at the last day."""
        return ((self.last - self.birth) / DAYS_A_YEAR).astype(np.int16)

    def take(self, rows: npt.NDArray[np.intp] | slice) -> "People":
        return People(*(getattr(self, each.name)[rows] for each in fields(self)))


def build_people(
    margins: Margins,
    areas: SmallAreas,
    practices_in: list[npt.NDArray[np.int16]],
    calendar: Calendar,
    rng: np.random.Generator,
) -> People:
    """Everybody in the records. practices_in: for each place of `areas`, the indices of its practices."""
    here = _concatenate(
        [_people_of(margins, areas, place, practices, calendar, rng) for place, practices in enumerate(practices_in)]
    )
    left = _people_who_went(here, margins.tendencies.leaves_a_year, _chance_to_leave(here), calendar, rng)
    dead = _people_who_went(here, margins.tendencies.deaths_a_year, _chance_to_die(here), calendar, rng)
    dead["died"][:] = True
    columns = _concatenate([here, left, dead])
    order = np.lexsort((rng.random(len(columns["birth"])), columns["practice"]))
    columns = {name: values[order] for name, values in columns.items()}
    columns["last"] = np.minimum(columns["end"], calendar.last).astype(np.int32)
    columns |= _moves(columns, margins, areas, practices_in, calendar, rng)
    return People(**columns)


_Columns = dict[str, npt.NDArray]


def _concatenate(parts: list[_Columns]) -> _Columns:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _people_of(
    margins: Margins,
    areas: SmallAreas,
    place: int,
    practices: npt.NDArray[np.int16],
    calendar: Calendar,
    rng: np.random.Generator,
) -> _Columns:
    """The people registered in one place at the last day."""
    code = areas.places[place]
    people = areas.people_in(place)
    in_place = np.flatnonzero(areas.place == place)
    area = np.repeat(in_place, areas.people[in_place]).astype(np.int32)  # the most deprived first
    decile = areas.decile[area]

    bands = [row for row in margins.ages if row.place == code]
    counts = share_out(people, np.array([(row.female, row.male) for row in bands], np.float64).ravel())
    sex = np.repeat(np.tile(np.array([0, 1], np.int8), len(bands)), counts)
    from_age = np.repeat(np.repeat([row.from_age for row in bands], 2), counts)
    oldest = from_age == bands[-1].from_age
    years = np.where(oldest, rng.exponential(3.0, people), rng.random(people) * 5)
    age = np.minimum(from_age + years, _OLDEST)
    youngest_first = np.argsort(age + rng.normal(scale=160, size=people), kind="stable")
    sex, age = sex[youngest_first], age[youngest_first]  # the young live in more deprived areas a little more often

    groups = sorted((row for row in margins.ethnicities if row.place == code), key=lambda row: _is_white(row.category))
    group_people = share_out(people, np.array([row.people for row in groups], np.float64))
    ethnicity = np.empty(people, np.int8)
    ethnicity[np.argsort(decile + age / 15 + rng.normal(scale=5, size=people), kind="stable")] = np.repeat(
        np.array([CATEGORIES.index(row.category) for row in groups], np.int8), group_people
    )
    unknown = pick_evenly(np.full(people, margins.tendencies.ethnicity_not_recorded), rng)
    ethnicity[unknown] = np.where(rng.random(unknown.sum()) < 0.3, NOT_STATED, NOT_KNOWN)

    lists = share_out(people, rng.lognormal(sigma=_LIST_SPREAD, size=len(practices)))
    practice = np.empty(people, np.int16)
    practice[np.argsort(decile + rng.normal(scale=4, size=people), kind="stable")] = np.repeat(
        rng.permutation(practices), lists
    )

    birth = (calendar.last - np.floor(age * DAYS_A_YEAR)).astype(np.int32)
    newcomers_a_year = margins.tendencies.joins_a_year * np.where((age >= 18) & (age < 40), 2.0, 0.6)
    newcomer = rng.random(people) < -np.expm1(-newcomers_a_year * calendar.years)
    long_since = calendar.first - 1 - rng.exponential(9 * DAYS_A_YEAR, people)
    start = np.where(newcomer, rng.integers(calendar.first, calendar.last, people, endpoint=True), long_since)
    return {
        "practice": practice,
        "area": area,
        "sex": sex,
        "ethnicity": ethnicity,
        "birth": birth,
        "start": np.minimum(np.maximum(start, birth + 7), calendar.last).astype(np.int32),
        "end": np.full(people, STILL_HERE, np.int32),
        "died": np.zeros(people, np.bool_),
    }


def _is_white(category: str) -> bool:
    return ETHNIC_CATEGORY_GROUP[category] == "white"


def _chance_to_leave(here: _Columns) -> npt.NDArray[np.float64]:
    age = (here["birth"].max() - here["birth"]) / DAYS_A_YEAR
    return np.where((age >= 18) & (age < 40), 2.0, 0.6)


def _chance_to_die(here: _Columns) -> npt.NDArray[np.float64]:
    """Gompertz: the chance to die doubles about every seven and a half years of age; men's is four tenths higher."""
    age = (here["birth"].max() - here["birth"]) / DAYS_A_YEAR
    return np.exp(0.095 * age) * np.where(here["sex"] == 1, 1.4, 1.0)


def _people_who_went(
    here: _Columns, rate: float, chance: npt.NDArray[np.float64], calendar: Calendar, rng: np.random.Generator
) -> _Columns:
    """People who went during the window, each like somebody of the same age who is here now."""
    number = round(rate * calendar.years * len(chance))
    alike = np.searchsorted(np.cumsum(chance), rng.random(number) * chance.sum())
    went = {name: values[alike] for name, values in here.items()}
    end = rng.integers(calendar.first + 1, calendar.last - 1, number, endpoint=True).astype(np.int32)
    went["birth"] = np.minimum(went["birth"] - (calendar.last - end), end - 60).astype(np.int32)
    stay = 30 + rng.exponential(8 * DAYS_A_YEAR, number)
    went["start"] = np.maximum(end - stay, went["birth"] + 7).astype(np.int32)
    went["end"] = end
    return went


def _moves(
    columns: _Columns,
    margins: Margins,
    areas: SmallAreas,
    practices_in: list[npt.NDArray[np.int16]],
    calendar: Calendar,
    rng: np.random.Generator,
) -> _Columns:
    """Moves within a place during the window, at most one of each kind; who changes practice moves home too."""
    people = len(columns["birth"])
    first, last = np.maximum(columns["start"], calendar.first) + 30, columns["last"] - 30
    years = np.maximum(last - first, 0) / DAYS_A_YEAR
    to_practice = rng.random(people) < margins.tendencies.practice_moves_a_year * years
    to_home = to_practice | (rng.random(people) < margins.tendencies.address_moves_a_year * years)
    day = days_between(first.astype(np.int32), last.astype(np.int32), rng)
    place = areas.place[columns["area"]]
    earlier_area = np.full(people, NONE, np.int32)
    earlier_practice = np.full(people, NONE, np.int16)
    for each, practices in enumerate(practices_in):
        in_place = np.flatnonzero(areas.place == each)
        rows = np.flatnonzero(to_home & (place == each))
        earlier_area[rows] = in_place[rng.integers(0, len(in_place), len(rows))]
        rows = np.flatnonzero(to_practice & (place == each))
        if len(practices) > 1:
            turn = np.searchsorted(practices, columns["practice"][rows])
            earlier_practice[rows] = practices[(turn + rng.integers(1, len(practices), len(rows))) % len(practices)]
    earlier_area[earlier_area == columns["area"]] = NONE
    return {
        "earlier_practice": earlier_practice,
        "practice_since": np.where(earlier_practice == NONE, columns["start"], day).astype(np.int32),
        "earlier_area": earlier_area,
        "area_since": np.where(earlier_area == NONE, columns["start"], day).astype(np.int32),
    }
