"""Measures that are no share of people: shares of other units, rates, means and medians.

units:                                             # units.py and unit_notation.py of floor/language tell what they are
  visit: {title: Visits, kind: item, each: general_practice_visit}
  to_treatment: {title: Pathways, kind: pathway, from: referral, to: treatment, longest: 2 years}

measures:
  visits:   {unit: visit, when: starts, show: rate, of: people, count: each, per: 1000, ...}
  in_time:  {unit: to_treatment, when: ends, over: 12 months, count: {lasted: "<= 62 days"}, ...}
  days:     {unit: to_treatment, when: ends, show: median, value: lasted, ...}
  pressure: {show: mean, of: {in: hypertension}, value: {latest: systolic, plausible: 60 to 260}, ...}

`of` is what a figure is of: units of which a question holds (left out: each); for a rate `people`, {people: QUESTION},
{weights: TABLE} or other units, {unit: stay, when: ends}; for the value of people a question about them. `over` adds
months up: `12 months`, or the `financial year` so far; the people a rate is of are then the mean of the months.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from placewise.floor.faults import nearest
from placewise.floor.language.comparison import Comparison
from placewise.floor.language.entry import Keys, NoQuestion, as_mistake
from placewise.floor.language.nodes import Node, Registered
from placewise.floor.language.notation import QuestionReader
from placewise.floor.language.period import Days, Months, parse_period
from placewise.floor.language.unit_notation import parse_length, read_unit_question
from placewise.floor.language.units import (
    Between,
    EveryUnit,
    LatestValue,
    Length,
    Unit,
    UnitNode,
    When,
    get_people_questions,
    get_unit_code_lists,
)
from placewise.measures.weights import Weights

Statistic = Literal["proportion", "rate", "mean", "median"]
Over = Literal["month", "12 months", "financial year"]
PERSON = "person"
VALUE_SCALE = 100
"""Values and their sums are kept in whole hundredths, so that sums are exact in any order."""
LARGEST_VALUE = 10_000
"""So that a sum of squared hundredths of many million people stays within 64 bits."""
DAYS_A_MONTH = 31
_HOW_TO_VALUE = "write `lasted`, {lasted: 0 to 400 days} or {latest: CODES, plausible: 60 to 260}"


@dataclass(frozen=True, slots=True)
class OtherUnits:
    """Units that a rate is of, each in the month it counts in. unit: their slug."""

    unit: str
    units: Unit
    when: When


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a measure of units, or of a value, asks. Nothing here says what it is called.

    unit: its slug, or PERSON; units: what the unit is, None for people; of, count: questions about a unit, `count` None
    where a value is asked for; people: whom a rate is of, or whose value is asked for; weights: what each of them
    counts in a rate, None for one; per_units: what a rate is of where that is no people; over: the months added up.
    """

    statistic: Statistic
    unit: str
    units: Unit | None
    when: When
    of: UnitNode
    count: UnitNode | None
    people: Node
    weights: Weights | None
    value: LatestValue | Length | None
    per_units: OtherUnits | None = None
    over: Over = "month"

    @property
    def people_questions(self) -> tuple[Node, ...]:
        """Every question it asks of people."""
        asked = (self.of,) if self.count is None else (self.of, self.count)
        return (self.people, *(node for each in asked for node in get_people_questions(each)))

    @property
    def code_lists(self) -> frozenset[str]:
        """Those it names, without those of its questions about people."""
        per_units = self.per_units.units if self.per_units else None
        named = [each for each in (self.units, self.of, self.count, self.value, per_units) if each is not None]
        return frozenset[str]().union(*(get_unit_code_lists(each) for each in named))


def asks_of_more_than_people(section: Mapping[str, Any]) -> bool:
    """Whether a section of `measures`, as written, is anything but a share of people."""
    return section.get("unit", PERSON) != PERSON or section.get("show", "proportion") != "proportion"


def read_asked(
    section: Mapping[str, Any],
    keys: Keys,
    reader: QuestionReader,
    units: Mapping[str, Unit],
    weights: Mapping[str, Weights],
) -> Asked | None:
    """What a section asks, or None where a mistake in it was noted with the reader. units: those of its programme."""
    before = len(reader.mistakes)
    asked = None
    try:
        asked = _Section(section, keys, reader, units, weights).read()
    except ValueError as error:
        if len(reader.mistakes) == before:
            reader.mistakes.append(as_mistake(keys, error))
    return asked if len(reader.mistakes) == before else None


class _Section:
    """One section on its way from what is written to Asked."""

    def __init__(
        self,
        written: Mapping[str, Any],
        keys: Keys,
        reader: QuestionReader,
        units: Mapping[str, Unit],
        weights: Mapping[str, Weights],
    ) -> None:
        self.written, self.keys, self.reader, self.units, self.weights = written, keys, reader, units, weights

    def read(self) -> Asked:
        statistic: Statistic = self.written.get("show", "proportion")
        unit = self.written.get("unit", PERSON)
        if unit != PERSON and unit not in self.units:
            raise NoQuestion(f"this programme has no unit `{unit}`; {nearest(str(unit), [PERSON, *self.units])}")
        if unit == PERSON and statistic == "rate":
            raise NoQuestion("a rate counts units other than people; name one in `unit`, or show a proportion")
        if unit != PERSON and "when" not in self.written:
            raise NoQuestion("the month a unit counts in is not told; add `when` with starts, ends or open")
        if self.written.get("when") == "open" and self.written.get("over", "month") != "month":
            raise NoQuestion("what is open would be counted again in every month; remove `over`")
        if (statistic in ("mean", "median")) == ("count" in self.written):
            remedy = "name its `value`, and remove `count`" if "count" in self.written else "add `count`"
            raise NoQuestion(f"what a {statistic} is made of is not told; {remedy}")
        per_units = self._per_units() if statistic == "rate" and self._names_units() else None
        people, weights = (Registered(), None) if per_units else self._of_whom(statistic, unit)
        return Asked(
            statistic=statistic,
            unit=unit,
            units=self.units.get(unit),
            when=self.written.get("when", "open"),
            of=self._unit_question("of") if unit != PERSON and statistic != "rate" else EveryUnit(),
            count=self._unit_question("count") if "count" in self.written else None,
            people=people,
            weights=weights,
            value=self._value(unit) if statistic in ("mean", "median") else None,
            per_units=per_units,
            over=self.written.get("over", "month"),
        )

    def _unit_question(self, key: str) -> UnitNode:
        written = self.written.get(key)
        return (
            EveryUnit() if written is None else self._noted(read_unit_question(written, (*self.keys, key), self.reader))
        )

    def _noted(self, node: UnitNode | None) -> UnitNode:
        return EveryUnit() if node is None else node

    def _names_units(self) -> bool:
        written = self.written.get("of")
        return isinstance(written, dict) and "unit" in written

    def _per_units(self) -> OtherUnits:
        written: dict[str, Any] = self.written["of"]
        for key in written.keys() - {"unit", "when"}:
            told = f"`{key}` is not a key here; {nearest(str(key), ['unit', 'when'])}"
            self.reader.mistakes.append(as_mistake((*self.keys, "of", key), NoQuestion(told)))
        unit, when = str(written["unit"]), next((each for each in get_args(When) if each == written.get("when")), None)
        if unit not in self.units:
            raise NoQuestion(f"this programme has no unit `{unit}`; {nearest(unit, self.units)}")
        if when is None:
            raise NoQuestion(
                "the month in which a unit that the rate is of counts is not told; add `when` with starts, ends or open"
            )
        if when == "open" and self.written.get("over", "month") != "month":
            raise NoQuestion("what is open would be counted again in every month; remove `over`")
        return OtherUnits(unit, self.units[unit], when)

    def _of_whom(self, statistic: Statistic, unit: str) -> tuple[Node, Weights | None]:
        written, here = self.written.get("of"), (*self.keys, "of")
        if unit == PERSON:
            if written is None:
                raise NoQuestion("whose value it is is not told; add `of` with a question about people")
            return self.reader.read(written, here) or Registered(), None
        if statistic != "rate" or written == "people":
            return Registered(), None
        if not isinstance(written, dict) or not written or not written.keys() <= {"people", "weights"}:
            raise NoQuestion(
                "what the rate is of is not told; "
                "write `of: people`, {people: QUESTION}, {weights: TABLE} or {unit: UNIT, when: starts}"
            )
        people: Node = Registered()
        if "people" in written:
            people = self.reader.read(written["people"], (*here, "people")) or people
        if "weights" not in written:
            return people, None
        name = written["weights"]
        if name not in self.weights:
            raise NoQuestion(f"there is no table of weights `{name}`; {nearest(str(name), self.weights)}")
        return people, self.weights[name]

    def _value(self, unit: str) -> LatestValue | Length:
        written = self.written.get("value")
        if written == "lasted" and unit != PERSON:
            defined = self.units[unit]
            if not isinstance(defined, Between):
                raise NoQuestion("how long it may have lasted is not told; write {lasted: 0 to 400 days}")
            return Length(Comparison("to", 0, _longest_days(defined.longest)))
        if isinstance(written, dict) and written.keys() == {"lasted"} and unit != PERSON:
            return Length(_bounded(parse_length(written["lasted"])))
        if isinstance(written, dict) and "latest" in written and unit == PERSON:
            return self._latest(written)
        raise NoQuestion(f"its value is not told; {_HOW_TO_VALUE}")

    def _latest(self, written: dict[str, Any]) -> LatestValue:
        here = (*self.keys, "value")
        for key in written.keys() - {"latest", "plausible", "within"}:
            told = f"`{key}` is not a key here; {nearest(str(key), ['plausible', 'within'])}"
            self.reader.mistakes.append(as_mistake((*here, key), NoQuestion(told)))
        if "plausible" not in written:
            raise NoQuestion("what a reading may be is not told; add `plausible`, like `60 to 260`")
        self.reader.read({"latest": written["latest"]}, here)  # notes a list that does not exist or has no values
        within = parse_period(written["within"]) if "within" in written else None
        return LatestValue(str(written["latest"]), _bounded(Comparison.parse(written["plausible"])), within)


def _bounded(plausible: Comparison) -> Comparison:
    if max(abs(plausible.number or 0), abs(plausible.upper or 0)) > LARGEST_VALUE:
        raise NoQuestion(f"`{plausible}` reaches beyond {LARGEST_VALUE}; name the values that a person can have")
    return plausible


def _longest_days(longest: Days | Months) -> int:
    return min(LARGEST_VALUE, longest.count if isinstance(longest, Days) else longest.count * DAYS_A_MONTH)
