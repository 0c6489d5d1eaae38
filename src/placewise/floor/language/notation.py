"""Questions as people write them in YAML, with every mistake told at its line.

{has: af_codes, not_resolved_by: af_resolved_codes}          {in: af}
{has: check_done, within: financial year}                    {age: "45 to 64"}
{latest: cha2ds2vasc, value: ">= 2"}                         {sex: female}
{latest: {systolic: "<= 140", diastolic: "<= 90"},           registered
 or: {home_systolic: "<= 135", home_diastolic: "<= 85"},     {all: [QUESTION, ...]}
 within: 12 months}                                          {any: [QUESTION, ...]}
{on_medicine: anticoagulants, within: 6 months}              {not: QUESTION}
{count: visits, at_least: 3, within: 12 months}              {earliest: by_practice, among: [by_practice, by_survey]}
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar

from placewise.floor.faults import listed, nearest
from placewise.floor.language.comparison import RECORDED, Comparison
from placewise.floor.language.nodes import (
    Age,
    AllOf,
    AnyOf,
    Count,
    Earliest,
    Has,
    In,
    Latest,
    Node,
    Not,
    OnMedicine,
    Reading,
    Registered,
    Sex,
)
from placewise.floor.language.period import Period, parse_period
from placewise.floor.vocabulary.code_lists import VALUED, CodeList

T = TypeVar("T")
Keys = tuple[str | int, ...]
Mistake = tuple[Keys, str, str]
"""Where in the file (the keys that lead there), what is wrong, and what to do."""

Questions = Mapping[Keys, Node]
"""The questions of a file by the keys that lead to them."""

REGISTERED = "registered"
OPTIONS = {
    "has": {"within", "not_resolved_by"},
    "in": set[str](),
    "latest": {"value", "or", "within"},
    "earliest": {"among"},
    "on_medicine": {"within"},
    "count": {"at_least", "within"},
    "age": set[str](),
    "sex": set[str](),
    "all": set[str](),
    "any": set[str](),
    "not": set[str](),
}
"""Primitive -> the other keys it may have."""


class NoQuestion(ValueError):
    """What was written is no question. The remedy follows a semicolon, as in the errors of the nodes themselves."""


class QuestionReader:
    """Reads questions that may name these code lists and registers, and gathers the mistakes of all of them.

    Where a part is mistaken the mistake is noted and reading goes on, so that one pass finds them all.
    """

    def __init__(self, code_lists: Mapping[str, CodeList], registers: Collection[str]) -> None:
        self._code_lists, self._registers = code_lists, registers
        self.mistakes: list[Mistake] = []

    def read(self, written: Any, keys: Keys = ()) -> Node | None:
        """The question at these keys of a file, or None where a mistake in it was noted."""
        before = len(self.mistakes)
        node = None
        try:
            node = self._question(written, keys)
        except ValueError as error:
            if len(self.mistakes) == before:
                self._note(keys, error)
        return node if len(self.mistakes) == before else None

    def check_code_list(self, name: Any, keys: Keys) -> None:
        """Note a mistake if there is no such code list."""
        self._code_list(name, keys)

    def _question(self, written: Any, keys: Keys) -> Node:
        if written == REGISTERED:
            return Registered()
        if not isinstance(written, dict) or not written:
            raise NoQuestion(f"this is no question; write {REGISTERED} or one of {listed(OPTIONS)}")
        primitives = [key for key in written if key in OPTIONS]
        if len(primitives) > 1:
            told = " and ".join(f"`{key}`" for key in primitives)
            raise NoQuestion(f"{told} are two questions in one; put them under `all` or `any`")
        if not primitives:
            first = str(next(iter(written)))
            raise NoQuestion(f"`{first}` asks nothing; {nearest(first, OPTIONS)}")
        primitive = primitives[0]
        for key in written.keys() - {primitive} - OPTIONS[primitive]:
            self._note((*keys, key), NoQuestion(f"`{key}` is not a key here; {nearest(str(key), OPTIONS[primitive])}"))
        return self._node(primitive, written, keys)

    def _node(self, primitive: str, written: dict[str, Any], keys: Keys) -> Node:
        value, here = written[primitive], (*keys, primitive)
        match primitive:
            case "all":
                return AllOf(self._questions(value, here))
            case "any":
                return AnyOf(self._questions(value, here))
            case "not":
                return Not(self.read(value, here) or Registered())
            case "in":
                if not isinstance(value, str) or value not in self._registers:
                    raise NoQuestion(f"there is no register `{value}`; {nearest(str(value), self._registers)}")
                return In(value)
            case "age":
                return Age(Comparison.parse(value))
            case "sex":
                return Sex(value)
            case "latest":
                return Latest(self._readings(written, keys), self._within(written, keys))
            case "earliest":
                return Earliest(self._code_list(value, here), self._code_list_names(written.get("among"), keys))
            case "on_medicine":
                return OnMedicine(self._code_list(value, here, ("drug",)), self._within(written, keys))
            case "count":
                at_least = written.get("at_least")
                if not isinstance(at_least, int) or isinstance(at_least, bool):
                    raise NoQuestion("how many are needed is not told; add `at_least` with a whole number")
                return Count(self._code_list(value, here), at_least, self._within(written, keys))
        resolving = None
        if "not_resolved_by" in written:
            resolving = self._code_list(written["not_resolved_by"], (*keys, "not_resolved_by"))
        return Has(self._code_list(value, here), self._within(written, keys), resolving)

    def _questions(self, value: Any, keys: Keys) -> tuple[Node, ...]:
        if not isinstance(value, list):
            raise NoQuestion(f"`{keys[-1]}` is not a list of questions; start each with a dash")
        read = [self.read(each, (*keys, place)) for place, each in enumerate(value)]
        return tuple(each for each in read if each is not None)

    def _readings(self, written: dict[str, Any], keys: Keys) -> tuple[Reading, ...]:
        value = written["latest"]
        if not isinstance(value, dict):
            value = {str(value): written.get("value", RECORDED)}
        elif "value" in written:
            raise NoQuestion("each value has its comparison already; remove `value`")
        readings = [self._reading(value, (*keys, "latest"))]
        if "or" in written:
            readings.append(self._reading(written["or"], (*keys, "or")))
        return tuple(readings)

    def _reading(self, written: Any, keys: Keys) -> Reading:
        if not isinstance(written, dict):
            raise NoQuestion('this is no reading; write it like {systolic: "<= 140", diastolic: "<= 90"}')
        parts = []
        for codes, text in written.items():
            comparison = self._parsed(Comparison.parse, text, (*keys, codes)) or Comparison(RECORDED)
            parts.append((self._code_list(codes, (*keys, codes), VALUED), comparison))
        return Reading(tuple(parts))

    def _code_list(self, name: Any, keys: Keys, domains: tuple[str, ...] = ()) -> str:
        if not isinstance(name, str) or name not in self._code_lists:
            self._note(keys, NoQuestion(f"there is no code list `{name}`; {nearest(str(name), self._code_lists)}"))
        elif domains and self._code_lists[name].domain not in domains:
            fault = f"`{name}` holds {self._code_lists[name].domain} codes"
            self._note(keys, NoQuestion(f"{fault}; name a list of {' or '.join(domains)} codes"))
        return str(name)

    def _code_list_names(self, written: Any, keys: Keys) -> tuple[str, ...]:
        if not isinstance(written, list):
            raise NoQuestion("the code lists it is first of are not told; list them under `among`")
        return tuple(self._code_list(name, (*keys, "among", place)) for place, name in enumerate(written))

    def _within(self, written: dict[str, Any], keys: Keys) -> Period | None:
        return self._parsed(parse_period, written["within"], (*keys, "within")) if "within" in written else None

    def _parsed(self, parse: Callable[[object], T], text: object, keys: Keys) -> T | None:
        try:
            return parse(text)
        except ValueError as error:
            self._note(keys, error)
            return None

    def _note(self, keys: Keys, error: ValueError) -> None:
        fault, _, remedy = str(error).partition("; ")
        self.mistakes.append((keys, fault, remedy or "correct it"))
