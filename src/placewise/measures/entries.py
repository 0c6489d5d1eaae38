"""What one shard adds to measures that are no share of people: entries, each a person's in some months.

A unit belongs where its person is counted: at the end of the month it counts in, or, where the person died or left
during that month, at the end of the month before. Of somebody who is with no practice at either, nothing is counted;
nor is what is open, or asked of people themselves, once they are registered no more.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placewise.floor.language.comparison import Comparison
from placewise.floor.language.nodes import Age, Registered
from placewise.floor.language.units import LatestValue, Length, Unit, When
from placewise.floor.timeline.kernel import Answers
from placewise.floor.timeline.runs import Calendar
from placewise.floor.timeline.units import UnitAnswers, UnitMonths, find_months, find_units
from placewise.floor.timeline.values import find_values
from placewise.floor.timeline.window import Words
from placewise.measures.periods import BEHIND, BEHIND_MISSED, prolong
from placewise.measures.unit_measure import VALUE_SCALE, Asked, OtherUnits
from placewise.measures.weights import Weights

Integers = npt.NDArray[np.int64]

DENOMINATOR, NUMERATOR, PEOPLE_PART, SQUARES = "denominator", "numerator", "people", "squares"


def get_parts(asked: Asked) -> tuple[str, ...]:
    """What is added up for a measure, each a sum of whole numbers.

    share: units asked about, and those that count. rate: people (or other units; or thousandths of weighted people, and
    then people besides), and units. mean, median: how many have a value, the sum of values in hundredths, and for a
    mean the sum of their squares. Of units also the people behind them, and behind those that a share leaves out.
    """
    more = (PEOPLE_PART,) if asked.weights else (SQUARES,) if asked.statistic == "mean" else ()
    behind = () if asked.units is None else (BEHIND, BEHIND_MISSED) if asked.statistic == "proportion" else (BEHIND,)
    return (DENOMINATOR, NUMERATOR, *more, *behind)


@dataclass(frozen=True, slots=True)
class Entries:
    """k entries in order of person.

    person: row in the shard; word: the months it counts in; late: 1 where it is counted where the person was a month
    before, else 0; amounts: int64[k, parts], what it adds to each part; value: in hundredths, None where there is none.
    """

    person: Integers
    word: Words
    late: npt.NDArray[np.uint64]
    amounts: Integers
    value: Integers | None = None

    def take(self, rows: npt.NDArray[np.integer] | npt.NDArray[np.bool_]) -> "Entries":
        """Those at these positions, or of which it holds."""
        return Entries(
            person=self.person[rows],
            word=self.word[rows],
            late=self.late[rows],
            amounts=self.amounts[rows],
            value=None if self.value is None else self.value[rows],
        )


class EntryBuilder:
    """Entries of one shard; units that several measures share are found once."""

    def __init__(self, answers: Answers) -> None:
        self._answers, self._calendar = answers, Calendar(answers.window)
        self._registered = answers.of(Registered())
        self._months: dict[tuple[Unit, When], tuple[UnitMonths, npt.NDArray[np.uint64]]] = {}

    def build(self, asked: Asked) -> list[Entries]:
        if isinstance(asked.value, LatestValue):
            return [self._values(asked, asked.value)]
        units = self._units(asked)
        found = [units, *self._behind(asked, units)]
        if asked.statistic != "rate":
            return found
        return [*found, self._others(asked.per_units)] if asked.per_units else [*found, *self._people(asked)]

    def _behind(self, asked: Asked, units: Entries) -> Iterator[Entries]:
        """Each person whose units count, and whose do not, once in each period."""
        parts = get_parts(asked)
        counts = units.amounts[:, parts.index(NUMERATOR)] > 0 if asked.value is None else np.ones(len(units.word), bool)
        for part, those in ((BEHIND, counts), (BEHIND_MISSED, ~counts)):
            if part in parts:
                one = (np.arange(len(parts)) == parts.index(part)).astype(np.int64)
                now = those & (units.late == 0)
                at_end, here = _join(units.person[now], units.word[now])
                late, before = _join(units.person[those & ~now], units.word[those & ~now])
                if asked.over != "month":
                    at_end, here = _join(units.person[those], units.word[those])
                    here = prolong(here, asked.over, self._calendar.window) & self._registered[at_end]
                    late, before = late[:0], before[:0]
                yield Entries(at_end, here, np.zeros(len(at_end), np.uint64), np.tile(one, (len(at_end), 1)))
                known = np.zeros(len(self._registered), np.uint64)
                known[at_end] = here
                yield Entries(late, before & ~known[late], np.ones(len(late), np.uint64), np.tile(one, (len(late), 1)))

    def _units(self, asked: Asked) -> Entries:
        assert asked.units is not None, "people are no other unit"
        months, late = self._placed(asked.units, asked.when)
        truths = UnitAnswers(months, self._answers)
        held = truths.of(asked.of)
        value = None
        if isinstance(asked.value, Length):
            held &= asked.value.plausible.holds(months.days)
            value = months.days * VALUE_SCALE
            columns = _value_columns(asked, value)
        else:
            assert asked.count is not None, "a share or a rate counts"
            counts = truths.of(asked.count).astype(np.int64)
            columns = [np.zeros_like(counts) if asked.statistic == "rate" else np.ones_like(counts), counts]
            columns += [np.zeros_like(counts)] * (len(get_parts(asked)) - 2)
        kept = np.flatnonzero(held)
        amounts = np.stack(columns, axis=1)[kept]
        return Entries(
            months.row[kept], _bits(months)[kept], late[kept], amounts, None if value is None else value[kept]
        )

    def _others(self, per: OtherUnits) -> Entries:
        """The units that a rate is of."""
        months, late = self._placed(per.units, per.when)
        return Entries(months.row, _bits(months), late, np.tile(np.array([1, 0]), (len(months.row), 1)))

    def _placed(self, units: Unit, when: When) -> tuple[UnitMonths, npt.NDArray[np.uint64]]:
        """The units in the months they count in, of those whose place is known, and which of them are late."""
        key = (units, when)
        if key not in self._months:
            months = find_months(find_units(units, self._answers.events), when, self._calendar)
            bit = _bits(months)
            at_end = (self._registered[months.row] & bit) != 0
            before = ((self._registered << np.uint64(1))[months.row] & bit) != 0
            late = ~at_end & before & (when != "open")
            kept = np.flatnonzero(at_end | late)
            self._months[key] = (months.where(kept), late[kept].astype(np.uint64))
        return self._months[key]

    def _people(self, asked: Asked) -> list[Entries]:
        """Whom a rate is of: each person in their months, or one entry for each weight they have in turn."""
        word = self._answers.of(asked.people) & self._registered
        if asked.weights is None:
            return [_of_people(word, np.broadcast_to([1, 0], (len(word), 2)))]
        ages = [(age, np.array(weights)[self._answers.events.sex]) for age, weights in _iter_ages(asked.weights)]
        return [
            _of_people(word & self._answers.of(age), np.stack([weight, 0 * weight, 0 * weight + 1], axis=1))
            for age, weight in ages
        ]

    def _values(self, asked: Asked, value: LatestValue) -> Entries:
        ranges = find_values(value, self._answers.events, self._calendar)
        word = ranges.word & (self._answers.of(asked.people) & self._registered)[ranges.row]
        kept = np.flatnonzero(word)
        hundredths = np.rint(ranges.value[kept] * VALUE_SCALE).astype(np.int64)
        amounts = np.stack(_value_columns(asked, hundredths), axis=1)
        return Entries(ranges.row[kept], word[kept], np.zeros(len(kept), np.uint64), amounts, hundredths)


def build_entries(measures: Mapping[str, Asked], answers: Answers) -> dict[str, list[Entries]]:
    """What the people of a shard, in the order of answers.events.person_id, add to each measure."""
    builder = EntryBuilder(answers)
    return {slug: builder.build(asked) for slug, asked in measures.items()}


def _bits(months: UnitMonths) -> Words:
    """The month of each as a word."""
    return np.uint64(1) << months.month.astype(np.uint64)


def _join(person: Integers, word: Words) -> tuple[Integers, Words]:
    """Each person once, in order, with all of their months."""
    people, place = np.unique(person, return_inverse=True)
    joined = np.zeros(len(people), np.uint64)
    np.bitwise_or.at(joined, place, word)
    return people, joined


def _value_columns(asked: Asked, value: Integers) -> list[Integers]:
    """The parts that values add to, as get_parts orders them."""
    return [np.ones_like(value), value, *([value**2] if asked.statistic == "mean" else [])]


def _of_people(word: Words, amounts: Integers) -> Entries:
    """An entry for each person who counts in some month. word, amounts: of every person of the shard."""
    person = np.flatnonzero(word)
    return Entries(person, word[person], np.zeros(len(person), np.uint64), amounts[person])


def _iter_ages(weights: Weights) -> Iterator[tuple[Age, list[int]]]:
    """Each stretch of ages in which no weight changes, and the weight of each sex in it."""
    starts = sorted({age for steps in weights.by_sex for age, _ in steps})
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        until = Comparison(">=", start) if following is None else Comparison("to", start, following - 1)
        yield Age(until), [max(step for step in steps if step[0] <= start)[1] for steps in weights.by_sex]
