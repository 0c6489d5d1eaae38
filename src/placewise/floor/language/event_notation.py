"""Questions about a person's record itself as people write them in YAML: what was recorded, when and in which order.

{has: af_codes, within: 12 months}                     {has: af_codes, not_resolved_by: af_resolved_codes}
{has: scan, after: {first: symptom}, near: 28 days}    {has: scan, after: ANCHOR, before: ANCHOR, within: 5 years}
{resolved: af_codes, by: af_resolved_codes}            {count: visits, at_least: 3, within: 12 months}
{first: stroke_codes, within: 12 months}               {nth: 2, of: visits, within: 12 months}
{earliest: cha2ds2vasc, value: ">= 2"}                 {nth: 2, of: cha2ds2vasc, value: ">= 2"}
{value: cha2ds2vasc, is: ">= 2", within: 12 months}    {earliest: by_practice, among: [by_practice, by_survey]}
{latest: cha2ds2vasc, value: ">= 2"}                   {latest: {systolic: "<= 140", diastolic: "<= 90"},
                                                        or: {home_systolic: "<= 135", home_diastolic: "<= 85"},
{on_medicine: anticoagulants}                           within: 12 months}
{on_medicine: anticoagulants, within: 6 months}        {age: "45 to 64"}
{on_medicine: anticoagulants, supply: carried over,    {sex: female}
 grace: 28 days}
ANCHOR: {first: symptom}  {nth: 2, of: symptom}  {latest: symptom}
"""

from collections.abc import Callable, Mapping

from placewise.floor.language.comparison import RECORDED, Comparison
from placewise.floor.language.entry import Entry, NoQuestion
from placewise.floor.language.nodes import (
    Age,
    Anchor,
    Count,
    Earliest,
    Has,
    Latest,
    Node,
    Nth,
    OnMedicine,
    Ordered,
    Reading,
    Resolved,
    Sex,
    Value,
)

CARRIED_OVER = "carried over"
ANCHORS: Mapping[str, set[str]] = {"first": set(), "latest": set(), "nth": {"of"}}
"""What an event may stand in order with -> the other keys it has."""
_HOW_TO_ANCHOR = "{first: CODES}, {latest: CODES} or {nth: 2, of: CODES}"
_NO_OF = "whose events are numbered is not told; add `of` with a code list"
_NO_NUMBER = "the number of an event is a whole number; write it like {nth: 2, of: CODES}"


def read_age(entry: Entry) -> Node:
    return Age(entry.comparison("age"))


def read_sex(entry: Entry) -> Node:
    return Sex(entry["sex"])


def read_has(entry: Entry) -> Node:
    codes, within = entry.code_list("has"), entry.period()
    if not any(key in entry for key in ("after", "before", "near")):
        return Has(codes, within, entry.code_list("not_resolved_by") if "not_resolved_by" in entry else None)
    if "not_resolved_by" in entry:
        raise NoQuestion("an event in order with another is not resolved; ask the two under `all`")
    return Ordered(codes, _anchor(entry, "after"), _anchor(entry, "before"), entry.period("near"), within)


def read_resolved(entry: Entry) -> Node:
    missing = "what resolves it is not told; add `by` with a code list"
    return Resolved(entry.code_list("resolved"), entry.code_list("by", missing))


def read_first(entry: Entry) -> Node:
    return Nth(entry.code_list("first"), 1, None, entry.period())


def read_nth(entry: Entry) -> Node:
    number = entry.whole_number("nth", _NO_NUMBER)
    if "value" not in entry:
        return Nth(entry.code_list("of", _NO_OF), number, None, entry.period())
    return Nth(entry.valued_code_list("of", _NO_OF), number, entry.comparison("value"), entry.period())


def read_earliest(entry: Entry) -> Node:
    if ("among" in entry) == ("value" in entry):
        raise NoQuestion("the earliest of what is not told; add either `value`, or `among` with a list of code lists")
    if "value" in entry:
        return Nth(entry.valued_code_list("earliest"), 1, entry.comparison("value"), entry.period())
    if "within" in entry:
        raise NoQuestion("the list that a person is first of stays the first for ever; remove `within`")
    if not isinstance(entry["among"], list):
        raise NoQuestion("the code lists it is first of are not told; list them under `among`")
    among = [entry.check_code_list(name, "among", place) for place, name in enumerate(entry["among"])]
    return Earliest(entry.code_list("earliest"), tuple(among))


def read_value(entry: Entry) -> Node:
    missing = "what is asked of the value is not told; add `is` with a comparison"
    return Value(entry.valued_code_list("value"), entry.comparison("is", missing), entry.period())


def read_latest(entry: Entry) -> Node:
    if isinstance(entry["latest"], dict):
        if "value" in entry:
            raise NoQuestion("each value has its comparison already; remove `value`")
        readings = [_reading(entry, "latest")]
    else:
        comparison = entry.comparison("value") if "value" in entry else Comparison(RECORDED)
        readings = [Reading(((entry.valued_code_list("latest"), comparison),))]
    if "or" in entry:
        readings.append(_reading(entry, "or"))
    return Latest(tuple(readings), entry.period())


def read_on_medicine(entry: Entry) -> Node:
    carried_over = entry.choice("supply", (CARRIED_OVER,)) is not None
    return OnMedicine(entry.medicines("on_medicine"), entry.period(), entry.days("grace"), carried_over)


def read_count(entry: Entry) -> Node:
    missing = "how many are needed is not told; add `at_least` with a whole number"
    return Count(entry.code_list("count"), entry.whole_number("at_least", missing), entry.period())


def _reading(entry: Entry, key: str) -> Reading:
    return Reading(tuple(entry.inside(key, '{systolic: "<= 140", diastolic: "<= 90"}').comparisons()))


def _anchor(entry: Entry, key: str) -> Anchor | None:
    anchor = entry.inside(key, _HOW_TO_ANCHOR) if key in entry else None
    if not anchor or not anchor.written:
        return None
    kinds = [kind for kind in ANCHORS if kind in anchor]
    if len(kinds) != 1:
        told = f"`{key}` names {' and '.join(kinds) or 'no event'}; write it like {_HOW_TO_ANCHOR}"
        entry.note(key, NoQuestion(told))
        return None
    kind = kinds[0]
    anchor.check_keys({kind, *ANCHORS[kind]})
    if kind == "nth":
        return Anchor(anchor.code_list("of", _NO_OF), anchor.whole_number("nth", _NO_NUMBER))
    return Anchor(anchor.code_list(kind), 1 if kind == "first" else None)


PRIMITIVES: Mapping[str, tuple[set[str], Callable[[Entry], Node]]] = {
    "has": ({"within", "not_resolved_by", "after", "before", "near"}, read_has),
    "resolved": ({"by"}, read_resolved),
    "first": ({"within"}, read_first),
    "nth": ({"of", "value", "within"}, read_nth),
    "earliest": ({"among", "value", "within"}, read_earliest),
    "latest": ({"value", "or", "within"}, read_latest),
    "value": ({"is", "within"}, read_value),
    "on_medicine": ({"within", "grace", "supply"}, read_on_medicine),
    "count": ({"at_least", "within"}, read_count),
    "age": (set(), read_age),
    "sex": (set(), read_sex),
}
"""Primitive -> the other keys it may have, and what reads it."""
