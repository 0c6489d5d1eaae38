"""Every way to delete or loosen one condition of a question, each with words that name it.

A comparison is loosened to "recorded", a period to for ever, a choice loses one of its parts. What a question is about
(a code list, a register) stays.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from placewise.floor.language.comparison import RECORDED, Comparison
from placewise.floor.language.nodes import (
    Age,
    AllOf,
    AnyOf,
    Began,
    Count,
    Earliest,
    Ended,
    Has,
    Latest,
    Node,
    Not,
    Nth,
    OnMedicine,
    Ordered,
    Reading,
    Registered,
    Value,
)
from placewise.floor.language.period import Months
from placewise.floor.language.units import (
    AllOfUnit,
    AnyOfUnit,
    Between,
    Each,
    EveryUnit,
    Lasted,
    LatestValue,
    Length,
    NotOfUnit,
    OfPerson,
    Unit,
    UnitNode,
)
from placewise.measures.unit_measure import LARGEST_VALUE, Asked

FOR_EVER = Months(1200)
ANY_VALUE = Comparison(RECORDED)

Loosened = Iterator[tuple[str, Any]]


def loosen(question: Node) -> Loosened:
    """The words and the loosened question; the whole question deleted comes first."""
    if question != Registered():
        yield f"all of: {_words(question)}", Registered()
    yield from _inside(question)


def _inside(node: Node) -> Loosened:
    match node:
        case AllOf(nodes) | AnyOf(nodes):
            for place, each in enumerate(nodes):
                others = nodes[:place] + nodes[place + 1 :]
                if others:
                    yield _words(each), type(node)(others)
                for words, looser in _inside(each):
                    yield words, type(node)((*nodes[:place], looser, *nodes[place + 1 :]))
        case Not(inner) | Began(inner) | Ended(inner):
            if isinstance(node, Began):
                yield f"that it began, of {_words(inner)}", inner
            for words, looser in _inside(inner):
                yield words, replace(node, node=looser)
        case Latest(readings):
            for place, reading in enumerate(readings):
                if len(readings) > 1:
                    yield f"reading {reading.parts}", replace(node, readings=readings[:place] + readings[place + 1 :])
                for words, loose in _parts(reading):
                    yield words, replace(node, readings=(*readings[:place], loose, *readings[place + 1 :]))
        case Value(codes, comparison) if comparison != ANY_VALUE:
            yield f"{codes} {comparison}", replace(node, comparison=ANY_VALUE)
        case Age(years) if years.symbol == "to":
            yield f"age not over {years.upper}", Age(Comparison(">=", years.number))
            yield f"age not under {years.number}", Age(Comparison("<=", years.upper))
        case Earliest(codes):
            yield f"that {codes} is the first", Has(codes)
        case Nth(codes, n):
            yield f"that {codes} is number {n}", Has(codes, node.within)
        case Count(codes, at_least) if at_least > 1:
            yield f"{at_least} of {codes}", replace(node, at_least=1)
        case Ordered(codes, after, before):
            yield f"the order of {codes}", Has(codes, node.within)
            if after and before:
                yield f"{codes} after", replace(node, after=None)
                yield f"{codes} before", replace(node, before=None)
            if node.near:
                yield f"{codes} near", replace(node, near=None)
    yield from _timing(node)


def _parts(reading: Reading) -> Loosened:
    for place, (codes, comparison) in enumerate(reading.parts):
        before, after = reading.parts[:place], reading.parts[place + 1 :]
        if comparison != ANY_VALUE:
            yield f"{codes} {comparison}", Reading((*before, (codes, ANY_VALUE), *after))
        if before or after:
            yield f"{codes} beside the others", Reading((*before, *after))


def _timing(node: Node) -> Loosened:
    """Periods, and the codes that end what others began."""
    if isinstance(node, OnMedicine) and node.within:
        yield f"{node.codes} within {node.within}", replace(node, within=FOR_EVER)
    elif getattr(node, "within", None):
        yield f"{_words(node)} within {node.within}", replace(node, within=None)
    if isinstance(node, OnMedicine) and node.grace:
        yield f"{node.codes} grace", replace(node, grace=None)
    if isinstance(node, OnMedicine) and node.carried_over:
        yield f"{node.codes} carried over", replace(node, carried_over=False)
    if isinstance(node, Has) and node.not_resolved_by:
        yield f"{node.codes} not resolved by {node.not_resolved_by}", replace(node, not_resolved_by=None)


def loosen_units(asked: Asked) -> Loosened:
    """As `loosen`, of a measure of other units, of a value, or of a rate."""
    value = Length(Comparison("to", 0, LARGEST_VALUE)) if isinstance(asked.value, Length) else asked.value
    for words, unit in _loosen_unit(asked.units):
        yield words, replace(asked, units=unit, value=value)  # `lasted` alone reaches as far as the unit does
    if asked.per_units:
        for words, unit in _loosen_unit(asked.per_units.units):
            yield words, replace(asked, per_units=replace(asked.per_units, units=unit))
    for part in ("of", "count"):
        question = getattr(asked, part)
        if question is not None and question != EveryUnit():
            for words, looser in ((f"all of: {_words(question)}", EveryUnit()), *_inside_unit(question)):
                yield words, replace(asked, **{part: looser})
    for words, people in loosen(asked.people):
        yield words, replace(asked, people=people)
    if isinstance(asked.value, LatestValue):
        if asked.value.within:
            yield f"value within {asked.value.within}", replace(asked, value=replace(asked.value, within=None))
        anything = Comparison("to", -LARGEST_VALUE, LARGEST_VALUE)
        yield f"plausible {asked.value.plausible}", replace(asked, value=replace(asked.value, plausible=anything))
    if asked.weights:
        yield f"weights {asked.weights.name}", replace(asked, weights=None)


def _loosen_unit(unit: Unit | None) -> Loosened:
    if isinstance(unit, Between):
        yield f"longest {unit.longest}", replace(unit, longest=FOR_EVER)
        if unit.first_ever:
            yield "first ever", replace(unit, first_ever=False)
        yield f"that it began with {unit.start}", Each(unit.end)


def _inside_unit(node: UnitNode) -> Loosened:
    match node:
        case AllOfUnit(nodes) | AnyOfUnit(nodes):
            for place, each in enumerate(nodes):
                others = nodes[:place] + nodes[place + 1 :]
                if others:
                    yield _words(each), type(node)(others)
                for words, looser in _inside_unit(each):
                    yield words, type(node)((*nodes[:place], looser, *nodes[place + 1 :]))
        case NotOfUnit(inner):
            for words, looser in _inside_unit(inner):
                yield words, NotOfUnit(looser)
        case OfPerson(question):
            for words, looser in _inside(question):
                yield words, OfPerson(looser)
        case Lasted(days) if days.symbol == "to":
            yield f"not over {days.upper} days", Lasted(Comparison(">=", days.number))
            yield f"not under {days.number} days", Lasted(Comparison("<=", days.upper))


def _words(node: Any) -> str:
    return str(node) if len(str(node)) < 120 else f"{str(node)[:117]}..."
